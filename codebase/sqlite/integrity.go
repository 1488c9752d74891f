package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/seccoder/seccoder/codebase"
)

// Check reads the whole file and returns codebase.ErrDamaged, with what was
// found, where it is not sound. It takes time in proportion to the file's size.
func (s *Store) Check(ctx context.Context) error {
	var verdict string
	if err := s.db.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&verdict); err != nil {
		return s.fail("check store", err)
	}
	if verdict != "ok" {
		return s.fail("check store", fmt.Errorf("%w: %s", codebase.ErrDamaged, verdict))
	}
	var orphans int
	if err := s.db.QueryRowContext(ctx, "SELECT count(*) FROM pragma_foreign_key_check").Scan(&orphans); err != nil {
		return s.fail("check store", err)
	}
	if orphans > 0 {
		return s.fail("check store", fmt.Errorf("%w: %d rows belong to no example", codebase.ErrDamaged, orphans))
	}
	return nil
}

// Backup writes a copy of the store, as it is at one moment, to a file that must
// not exist. The store may be in use meanwhile. Other than a copy of the file,
// it cannot miss what is still in the write-ahead log. The copy is there whole
// or not at all.
func (s *Store) Backup(ctx context.Context, path string) (err error) {
	if _, err := os.Lstat(path); !errors.Is(err, os.ErrNotExist) {
		if err == nil {
			err = os.ErrExist
		}
		return fmt.Errorf("back up store %s to %s: %w; choose another name", s.path, path, err)
	}
	partial := path + ".partial"
	if err := os.Remove(partial); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("back up store %s: %w", s.path, err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(partial)
		}
	}()
	if _, err := s.db.ExecContext(ctx, "VACUUM INTO ?", partial); err != nil {
		return s.fail("back up store", err)
	}
	if err := syncFile(partial); err != nil {
		return fmt.Errorf("back up store %s: %w", s.path, err)
	}
	if err := os.Rename(partial, path); err != nil {
		return fmt.Errorf("back up store %s: %w", s.path, err)
	}
	return nil
}

// syncFile waits until the file's content is on the disk.
func syncFile(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}
