package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/seccoder/seccoder/codebase"
)

// applicationID marks the file as a store of SecCoder: "SecC" in ASCII, at the
// place that SQLite's file header has for such marks.
const applicationID = 0x53656343

//go:embed migrations/*.sql
var migrationFiles embed.FS

// A migration is the SQL that makes a schema of the version before it one of its
// own version. The first has version 1.
type migration string

// embeddedMigrations reads migrations/ in the order of the names, which begin
// with the version in four digits.
func embeddedMigrations() ([]migration, error) {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	var migrations []migration
	for i, name := range names {
		if !strings.HasPrefix(name, fmt.Sprintf("migrations/%04d_", i+1)) {
			return nil, fmt.Errorf("%s: version %d is missing", name, i+1)
		}
		text, err := migrationFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		migrations = append(migrations, migration(text))
	}
	return migrations, nil
}

// prepare makes the file a store of the version that migrations lead to, or
// finds that it is one. Switching to the write-ahead log fails at once while
// others have the file open in the old mode, so it is tried again until the deadline.
func (s *Store) prepare(ctx context.Context, migrations []migration, deadline time.Time) error {
	for pause := time.Millisecond; ; pause = min(2*pause, 50*time.Millisecond) {
		err := s.prepareOnce(ctx, migrations)
		if err == nil || !isBusy(err) || time.Now().After(deadline) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

func (s *Store) prepareOnce(ctx context.Context, migrations []migration) error {
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	// Nothing is written before this has seen that the file is ours or empty.
	version, err := schemaVersion(ctx, conn, len(migrations))
	if err != nil {
		return err
	}
	var mode string
	if err := conn.QueryRowContext(ctx, "PRAGMA journal_mode").Scan(&mode); err != nil {
		return err
	}
	if mode != "wal" {
		if err := conn.QueryRowContext(ctx, "PRAGMA journal_mode = WAL").Scan(&mode); err != nil {
			return err
		}
	}
	if version == len(migrations) {
		return nil
	}
	return migrate(ctx, conn, migrations)
}

// migrate brings the file to the last version in one transaction. The lock comes
// first and the version is read under it, since another process may have just
// done the same.
func migrate(ctx context.Context, conn *sql.Conn, migrations []migration) (err error) {
	if _, err := conn.ExecContext(ctx, "BEGIN EXCLUSIVE"); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			// The rollback must run when ctx is what ended the work. Where it fails, closing
			// the connection rolls back.
			_, _ = conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		}
	}()
	version, err := schemaVersion(ctx, conn, len(migrations))
	if err != nil {
		return err
	}
	for ; version < len(migrations); version++ {
		if _, err := conn.ExecContext(ctx, string(migrations[version])); err != nil {
			return fmt.Errorf("bring its schema to version %d: %w", version+1, err)
		}
	}
	mark := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d; COMMIT", applicationID, version)
	_, err = conn.ExecContext(ctx, mark)
	return err
}

// schemaVersion reads the version of the file's schema, 0 for an empty file. It
// writes nothing.
func schemaVersion(ctx context.Context, conn *sql.Conn, latest int) (int, error) {
	var id, version, tables int
	row := conn.QueryRowContext(ctx, `SELECT
		(SELECT application_id FROM pragma_application_id),
		(SELECT user_version FROM pragma_user_version),
		(SELECT count(*) FROM sqlite_schema)`)
	if err := row.Scan(&id, &version, &tables); err != nil {
		return 0, err
	}
	switch {
	case id == 0 && version == 0 && tables == 0:
		return 0, nil
	case id != applicationID:
		return 0, errors.New("it is the SQLite database of another program; choose another path")
	case version > latest:
		return 0, fmt.Errorf("%w (its schema is version %d, this program knows up to %d); update seccoder, or choose another path",
			codebase.ErrNewerSchema, version, latest)
	case version < 1 || tables == 0:
		return 0, fmt.Errorf("%w: its schema is missing", codebase.ErrDamaged)
	}
	return version, nil
}
