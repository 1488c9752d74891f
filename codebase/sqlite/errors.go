package sqlite

import (
	"errors"
	"fmt"

	driver "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"

	"github.com/seccoder/seccoder/codebase"
)

// adviceDamaged ends the errors about a file that SQLite cannot read.
const adviceDamaged = "; put a sound copy in its place, or move it away: the starter examples come back by themselves"

// fail says what was being done on which file when err came, and turns SQLite's
// codes into the errors that callers of a store branch on.
func (s *Store) fail(doing string, err error) error {
	switch primaryCode(err) {
	case codes.SQLITE_CORRUPT, codes.SQLITE_NOTADB:
		return fmt.Errorf("%s %s: %w: %w%s", doing, s.path, codebase.ErrDamaged, err, adviceDamaged)
	case codes.SQLITE_FULL:
		return fmt.Errorf("%s %s: %w: %w; nothing was written: free some space and try again", doing, s.path, codebase.ErrFull, err)
	case codes.SQLITE_BUSY:
		return fmt.Errorf("%s %s: another process is writing to it and does not finish: %w", doing, s.path, err)
	case codes.SQLITE_READONLY:
		return fmt.Errorf("%s %s: the file or its folder cannot be written: %w", doing, s.path, err)
	case codes.SQLITE_CANTOPEN:
		return fmt.Errorf("%s %s: no file can be opened or made there: %w", doing, s.path, err)
	}
	return fmt.Errorf("%s %s: %w", doing, s.path, err)
}

func isBusy(err error) bool {
	code := primaryCode(err)
	return code == codes.SQLITE_BUSY || code == codes.SQLITE_PROTOCOL
}

// primaryCode is SQLite's result code without its extension, or 0.
func primaryCode(err error) int {
	var e *driver.Error
	if !errors.As(err, &e) {
		return 0
	}
	return e.Code() & 0xff
}
