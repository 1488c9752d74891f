package eval

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"modernc.org/sqlite" // brings the driver named "sqlite"
	codes "modernc.org/sqlite/lib"
)

// ErrNoRun says that no run has the id.
var ErrNoRun = errors.New("no such run")

// severalRuns is the error of an id that is the beginning of several. To whoever branches on
// it, it is [ErrNoRun]; to people it says what to do instead.
type severalRuns string

func (e severalRuns) Error() string { return string(e) }

// Is has it taken for ErrNoRun.
func (severalRuns) Is(target error) bool { return target == ErrNoRun }

// A Store keeps all that runs have made, in one SQLite file. Prompts, completions and
// judgements are found by a hash of all that determines them, so that runs share
// them and a changed setting costs only what it touches. What is kept is on the disk when
// the method returns: a killed process loses nothing but what was in its hands.
//
// Several goroutines and processes may use one file.
type Store struct {
	path string
	db   *sql.DB
}

// storeVersion is that of the schema.
const storeVersion = 1

const schema = `
CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS run (
	id TEXT PRIMARY KEY, plan TEXT NOT NULL, started TEXT NOT NULL, updated TEXT NOT NULL,
	scenarios INTEGER NOT NULL, wanted INTEGER NOT NULL, done INTEGER NOT NULL, unjudged INTEGER NOT NULL,
	state TEXT NOT NULL, results BLOB
) WITHOUT ROWID;
PRAGMA user_version = 1;`

// OpenStore opens the store of a folder, and makes both where there are none.
func OpenStore(ctx context.Context, dir string) (*Store, error) {
	path, err := filepath.Abs(filepath.Join(dir, "results.db"))
	if err != nil {
		return nil, fmt.Errorf("open results in %s: %w", dir, err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, fmt.Errorf("open results: %w", err)
	}
	s := &Store{path: path}
	version, err := s.open(ctx, storeSource(path))
	if cannotShare(err) && settled(path) {
		version, err = s.open(ctx, storeSource(path)+"&immutable=1")
	}
	switch {
	case err != nil:
	case version > storeVersion:
		err = errors.New("a newer version of seccoder wrote it; update seccoder")
	case version < storeVersion:
		_, err = s.db.ExecContext(ctx, schema)
	}
	if err != nil {
		if s.db != nil {
			_ = s.db.Close()
		}
		return nil, s.fail("open results", err)
	}
	return s, nil
}

// open opens the file and reads the version of its schema; 0 is that of a new one.
func (s *Store) open(ctx context.Context, source string) (version int, err error) {
	if s.db != nil {
		_ = s.db.Close()
	}
	if s.db, err = sql.Open("sqlite", source); err != nil {
		return 0, err
	}
	return version, s.db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version)
}

// cannotShare reports whether SQLite could not make the file beside the store through which
// processes share it, since the folder is read-only or the disk is full.
func cannotShare(err error) bool {
	coded, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return false
	}
	switch coded.Code() {
	case codes.SQLITE_READONLY_DIRECTORY, codes.SQLITE_READONLY_CANTINIT, codes.SQLITE_IOERR_SHMOPEN, codes.SQLITE_IOERR_SHMSIZE:
		return true
	}
	return coded.Code()&0xff == codes.SQLITE_CANTOPEN
}

// settled reports whether all that was written is in the file itself, so that it can be read
// without sharing it.
func settled(path string) bool {
	log, err := os.Stat(path + "-wal")
	return errors.Is(err, fs.ErrNotExist) || err == nil && log.Size() == 0
}

func storeSource(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	query := url.Values{"_pragma": {"busy_timeout(30000)", "journal_mode(WAL)", "synchronous(NORMAL)"}, "_txlock": {"immediate"}}
	return (&url.URL{Scheme: "file", Path: path, RawQuery: query.Encode()}).String()
}

// Close ends the use of the store.
func (s *Store) Close() error {
	if err := s.db.Close(); err != nil {
		return s.fail("close results", err)
	}
	return nil
}

// fail says what was being done on which file, and what to do where a file is no store.
func (s *Store) fail(doing string, err error) error {
	advice := ""
	if coded, ok := errors.AsType[*sqlite.Error](err); ok {
		switch coded.Code() & 0xff {
		case codes.SQLITE_CORRUPT, codes.SQLITE_NOTADB:
			advice = "; the file is damaged: move it away, and what it held is made anew"
		case codes.SQLITE_FULL:
			advice = "; free some space and resume the run"
		case codes.SQLITE_READONLY:
			advice = "; the folder is read-only, or there is no space left"
		}
	}
	return fmt.Errorf("%s %s: %w%s", doing, s.path, err, advice)
}

// A key is what something is kept under.
type key [sha256.Size]byte

// newKey hashes the kind and all that determines the thing, which JSON can write.
func newKey(kind string, determinants ...any) key {
	h := sha256.New()
	e := json.NewEncoder(h)
	for _, d := range append([]any{kind}, determinants...) {
		if err := e.Encode(d); err != nil {
			fmt.Fprintf(h, "%T %v", d, d) // a number that JSON has not, such as infinity
		}
	}
	return key(h.Sum(nil))
}

// get reads what is kept under the key into value, and reports whether there is any.
func (s *Store) get(ctx context.Context, k key, value any) (bool, error) {
	var data []byte
	err := s.db.QueryRowContext(ctx, "SELECT value FROM kept WHERE key = ?", k[:]).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, s.fail("read results", err)
	}
	if err := json.Unmarshal(data, value); err != nil {
		// What cannot be read is made anew.
		return false, nil
	}
	return true, nil
}

// put keeps a value, in place of an earlier one.
func (s *Store) put(ctx context.Context, k key, value any) error {
	data, err := json.Marshal(value)
	if err != nil {
		return s.fail("keep results", err)
	}
	// What was computed is kept even when the user wants to stop.
	_, err = s.db.ExecContext(context.WithoutCancel(ctx), "INSERT OR REPLACE INTO kept (key, value) VALUES (?, ?)", k[:], data)
	if err != nil {
		return s.fail("keep results", err)
	}
	return nil
}

// A RunRecord is a run as it is listed.
type RunRecord struct {
	ID        string    `json:"id"`
	Plan      string    `json:"-"`
	StartedAt time.Time `json:"started_at"`
	UpdatedAt time.Time `json:"updated_at"`
	// Limit is the number of scenarios of each suite that were last asked for; 0 is all.
	Limit int `json:"limit,omitzero"`
	// Wanted, Done and Unjudged count samples, of the results that [Runner.Results] gives:
	// where a run that had some is run again, of these until it has as many. Where it goes on
	// or was killed, the batch and the judgements of its last seconds may be missing.
	Wanted   int `json:"wanted"`
	Done     int `json:"done"`
	Unjudged int `json:"unjudged"`
	// state is a hash of all that the results are made of, empty while the run goes on,
	// after it was killed, and where it was stopped before it had again what it has.
	state string
	// kept is whether there are results of when it ended or was stopped.
	kept bool
}

// Older reports whether the results are those of before: of a run that was begun again and has
// not come as far.
func (r RunRecord) Older() bool { return r.kept && r.state == "" }

// Complete reports whether nothing is missing.
func (r RunRecord) Complete() bool { return r.state != "" && r.Done == r.Wanted && r.Unjudged == 0 }

// begin records a run. What it had stays, results and numbers, until there is as much again:
// whatever stops it now must not cost what came before.
func (s *Store) begin(ctx context.Context, id, plan string, limit, wanted int) error {
	now := time.Now().UTC().Format(time.RFC3339Nano)
	_, err := s.db.ExecContext(ctx, `INSERT INTO run (id, plan, started, updated, scenarios, wanted, done, unjudged, state) VALUES (?, ?, ?, ?, ?, ?, 0, 0, '')
		ON CONFLICT (id) DO UPDATE SET scenarios = excluded.scenarios, state = '',
			wanted = iif(results IS NULL, excluded.wanted, wanted), done = iif(results IS NULL, min(done, excluded.wanted), done)`, id, plan, now, now, limit, wanted)
	if err != nil {
		return s.fail("record run "+id+" in", err)
	}
	return nil
}

// noMore is true of a run that has no results, or whose results have no more than so many
// samples and judgements.
const noMore = "(results IS NULL OR done <= ? AND done - unjudged <= ?)"

// progress records how far a run is that goes on, once it has what its results have. These
// go then: whoever wants some collects them from what is kept.
func (s *Store) progress(ctx context.Context, id string, p Progress) error {
	_, err := s.db.ExecContext(context.WithoutCancel(ctx), "UPDATE run SET updated = ?, wanted = ?, done = ?, unjudged = ?, results = NULL WHERE id = ? AND "+noMore,
		time.Now().UTC().Format(time.RFC3339Nano), p.Wanted, p.Generated, p.Generated-p.Judged, id, p.Generated, p.Judged)
	if err != nil {
		return s.fail("record run "+id+" in", err)
	}
	return nil
}

// finish keeps the results of a run that ended, and of one that was stopped unless those that
// it has hold more.
func (s *Store) finish(ctx context.Context, state string, r *Results, ended bool) error {
	var packed bytes.Buffer
	z, _ := gzip.NewWriterLevel(&packed, gzip.BestSpeed)
	err := json.NewEncoder(z).Encode(r)
	if err := errors.Join(err, z.Close()); err != nil {
		return s.fail("keep the results of run "+r.Run.ID+" in", err)
	}
	_, err = s.db.ExecContext(context.WithoutCancel(ctx), "UPDATE run SET updated = ?, wanted = ?, done = ?, unjudged = ?, state = ?, results = ? WHERE id = ? AND (? OR "+noMore+")",
		r.Run.UpdatedAt.UTC().Format(time.RFC3339Nano), r.Run.Wanted, r.Run.Done, r.Run.Unjudged, state, packed.Bytes(), r.Run.ID, ended, r.Run.Done, r.Run.Done-r.Run.Unjudged)
	if err != nil {
		return s.fail("keep the results of run "+r.Run.ID+" in", err)
	}
	return nil
}

// Runs lists the runs, the last one last.
func (s *Store) Runs(ctx context.Context) ([]RunRecord, error) {
	rows, err := s.db.QueryContext(ctx, "SELECT id, plan, started, updated, scenarios, wanted, done, unjudged, state, results IS NOT NULL FROM run")
	if err != nil {
		return nil, s.fail("list the runs in", err)
	}
	defer rows.Close()
	runs := []RunRecord{}
	for rows.Next() {
		var r RunRecord
		var started, updated string
		if err := rows.Scan(&r.ID, &r.Plan, &started, &updated, &r.Limit, &r.Wanted, &r.Done, &r.Unjudged, &r.state, &r.kept); err != nil {
			return nil, s.fail("list the runs in", err)
		}
		r.StartedAt, _ = time.Parse(time.RFC3339Nano, started)
		r.UpdatedAt, _ = time.Parse(time.RFC3339Nano, updated)
		runs = append(runs, r)
	}
	if err := rows.Err(); err != nil {
		return nil, s.fail("list the runs in", err)
	}
	// Not by the text: it leaves zeros at the end of a second's fraction away.
	slices.SortFunc(runs, func(a, b RunRecord) int {
		return cmp.Or(a.StartedAt.Compare(b.StartedAt), strings.Compare(a.ID, b.ID))
	})
	return runs, nil
}

// Run finds the run whose id is, or begins with, id, and of several the one whose name that is.
// "last" is the one that was last begun. The error of an unknown one, and of a beginning of several, is ErrNoRun.
func (s *Store) Run(ctx context.Context, id string) (RunRecord, error) {
	runs, err := s.Runs(ctx)
	if err != nil {
		return RunRecord{}, err
	}
	if id == "last" && len(runs) > 0 {
		return runs[len(runs)-1], nil
	}
	var found, named []RunRecord
	for _, r := range runs {
		if r.ID == id {
			return r, nil
		}
		rest, begins := strings.CutPrefix(r.ID, id)
		if id == "" || !begins {
			continue
		}
		found = append(found, r)
		if strings.LastIndexByte(rest, '-') == 0 {
			named = append(named, r)
		}
	}
	if len(named) > 0 {
		found = named // "table" is table-3f2a91, also where there is a table-two-77b0c2
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return RunRecord{}, fmt.Errorf("run %q in %s: %w", id, filepath.Dir(s.path), ErrNoRun)
	default:
		return RunRecord{}, severalRuns(fmt.Sprintf("run %q: %d runs have an id that begins so, such as %s and %s: give more of it", id, len(found), found[0].ID, found[1].ID))
	}
}

// results are those that finish kept; nil where there are none.
func (s *Store) results(ctx context.Context, id string) (*Results, error) {
	var packed []byte
	if err := s.db.QueryRowContext(ctx, "SELECT results FROM run WHERE id = ?", id).Scan(&packed); err != nil {
		return nil, s.fail("read the results of run "+id+" in", err)
	}
	if len(packed) == 0 {
		return nil, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, s.fail("read the results of run "+id+" in", err)
	}
	data, err := io.ReadAll(z)
	if err != nil {
		return nil, s.fail("read the results of run "+id+" in", err)
	}
	var r Results
	if err := json.Unmarshal(data, &r); err != nil {
		return nil, s.fail("read the results of run "+id+" in", err)
	}
	r.regroup()
	return &r, nil
}

// Remove takes a run off the list. What it has made stays, for others that need it.
func (s *Store) Remove(ctx context.Context, id string) error {
	if _, err := s.db.ExecContext(ctx, "DELETE FROM run WHERE id = ?", id); err != nil {
		return s.fail("remove run "+id+" from", err)
	}
	return nil
}

// hex is the key's beginning, for people.
func (k key) String() string { return hex.EncodeToString(k[:6]) }
