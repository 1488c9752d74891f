// Package sqlite keeps the secure codebase in one SQLite file, the default
// store. It is pure Go.
//
//	store, err := sqlite.Open(ctx, path, sqlite.Options{})
//	if err != nil { … }
//	defer store.Close()
//	added, err := store.Add(ctx, examples...)
//
// Several processes and goroutines may have one file open at once: readers never
// wait, writers take turns. The file is in write-ahead mode with full
// synchronisation, so what a method has acknowledged survives a killed process
// and a power cut. It must lie on a local disk; network file systems do not lock
// well enough.
//
// The schema is in migrations/, one numbered file a version. It is brought up to
// date when the file is opened, by one process while the others wait. Texts are
// kept byte for byte; what is not UTF-8 or holds a NUL is refused, as
// [codebase.Example.Validate] says.
//
// Beside [codebase.Store], a [Store] is a [codebase.VectorStore], a
// [codebase.IndexStore], a [codebase.LookupStore], a [codebase.BulkStore], a
// [codebase.ReplaceStore], a [codebase.MetaStore], a [codebase.Quarantine] and a [codebase.MovableStore].
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	_ "modernc.org/sqlite" // the driver named "sqlite"

	"github.com/seccoder/seccoder/codebase"
)

var (
	_ codebase.Store       = (*Store)(nil)
	_ codebase.VectorStore = (*Store)(nil)
	_ codebase.IndexStore  = (*Store)(nil)
	_ codebase.LookupStore = (*Store)(nil)
	_ codebase.BulkStore   = (*Store)(nil)
	_ codebase.MetaStore   = (*Store)(nil)
	_ codebase.Quarantine  = (*Store)(nil)

	_ codebase.MovableStore = (*Store)(nil)
	_ codebase.ReplaceStore = (*Store)(nil)
)

// Options say how to open a store. The zero Options suit.
type Options struct {
	// Wait is how long to wait for other processes that write; 30 seconds where it is 0.
	Wait time.Duration
	// MaxBytes, where positive, is the size past which the file does not grow, rounded
	// down to whole pages: Add then returns codebase.ErrFull. The write-ahead log
	// beside it does not count.
	MaxBytes int64
}

// A Store is a secure codebase in an SQLite file.
type Store struct {
	path string
	db   *sql.DB
	// writer has the connection that writes. What it keeps aside to take one statement back, a
	// copy of each page that an insert and its triggers change, stays in memory and goes
	// into no file (the others sort, which may take a file's room), and it keeps more
	// pages, since ids are hashes and each belongs in another place.
	writer *sql.DB
	// asked has the statements by which single examples are read, prepared when first needed:
	// SQLite takes longer to parse one than to find an example.
	asked struct {
		sync.Mutex
		statements map[string]*sql.Stmt
	}
	// writing holds a token while a goroutine of this process writes, so that they
	// queue here rather than poll the file's lock.
	writing chan struct{}
}

// pageSize is the size in bytes of the pages of the file, and writerCache that of the pages
// that the connection that writes keeps.
const (
	pageSize    = 4096
	writerCache = 32 << 20
)

// Open opens the store in the file at path. It makes the file, and the folder
// that it lies in, where there is none.
//
// A file that is not a store is never changed: one that SQLite cannot read gives
// codebase.ErrDamaged, one that a newer version of the program wrote gives
// codebase.ErrNewerSchema, and the database of another program is an error too.
func Open(ctx context.Context, path string, options Options) (*Store, error) {
	migrations, err := embeddedMigrations()
	if err != nil {
		return nil, err
	}
	return open(ctx, path, options, migrations)
}

func open(ctx context.Context, path string, options Options, migrations []migration) (*Store, error) {
	if options.Wait <= 0 {
		options.Wait = 30 * time.Second
	}
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("open store %s: %w", path, err)
	}
	if err := os.MkdirAll(filepath.Dir(absolute), 0o755); err != nil {
		return nil, fmt.Errorf("open store %s: %w", path, err)
	}
	if err := possibleSize(absolute); err != nil {
		return nil, fmt.Errorf("open store %s: %w", path, err)
	}
	db, err := sql.Open("sqlite", dataSource(absolute, options))
	if err != nil {
		return nil, fmt.Errorf("open store %s: %w", path, err)
	}
	writer, err := sql.Open("sqlite", dataSource(absolute, options, "temp_store(MEMORY)", "cache_size(-"+strconv.Itoa(writerCache>>10)+")"))
	if err != nil {
		return nil, fmt.Errorf("open store %s: %w", path, errors.Join(err, db.Close()))
	}
	// The number of connections is not limited: a loop over Examples holds one, and
	// may call the store's other methods.
	db.SetMaxIdleConns(4)
	s := &Store{path: path, db: db, writer: writer, writing: make(chan struct{}, 1)}
	if err := s.prepare(ctx, migrations, time.Now().Add(options.Wait)); err != nil {
		_ = errors.Join(db.Close(), writer.Close())
		return nil, s.fail("open store", err)
	}
	return s, nil
}

// Close ends the use of the store. Loops over Examples and Vectors must have ended.
func (s *Store) Close() error {
	if err := errors.Join(s.writer.Close(), s.db.Close()); err != nil {
		return s.fail("close store", err)
	}
	return nil
}

// possibleSize finds files of a size that no SQLite file has, which SQLite itself
// takes for empty or fills with zeros: every page is a multiple of 512 bytes. The
// last page may be cut short where a log beside the file still has it. The file
// is not opened, since closing it would drop the locks that this process has on it.
func possibleSize(path string) error {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size()%512 == 0 {
		return nil // SQLite makes the file or says what is wrong
	}
	for _, suffix := range []string{"-wal", "-journal"} {
		if log, err := os.Stat(path + suffix); err == nil && log.Size() > 0 {
			return nil
		}
	}
	return fmt.Errorf("%w: %d bytes are no whole number of pages%s", codebase.ErrDamaged, info.Size(), adviceDamaged)
}

// dataSource names the file as a URI, so that a path may hold any character, and
// gives the settings that each connection has for itself, and more of them.
func dataSource(path string, options Options, more ...string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // a Windows drive
	}
	settings := []string{
		"busy_timeout(" + strconv.FormatInt(options.Wait.Milliseconds(), 10) + ")",
		"foreign_keys(1)",
		"synchronous(FULL)",
		// A file from elsewhere must not run functions with side effects by its schema.
		"trusted_schema(0)",
	}
	settings = append(settings, more...)
	if options.MaxBytes > 0 {
		pages := max(options.MaxBytes/pageSize, 1)
		settings = append(settings, "max_page_count("+strconv.FormatInt(pages, 10)+")")
	}
	query := url.Values{"_pragma": settings, "_txlock": {"immediate"}}
	return (&url.URL{Scheme: "file", Path: path, RawQuery: query.Encode()}).String()
}
