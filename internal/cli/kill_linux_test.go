package cli_test

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/seccoder/seccoder/check/checktest"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/sqlite"
)

// killsVariable says how many processes TestNothingLost kills; where it is not set it
// is a sample.
const killsVariable = "SECCODER_TEST_KILLS"

// TestNothingLost kills the program at random moments while it adds, imports and mines,
// all at once on one store. What a command had acknowledged is there, nothing is
// half-written, a command that is given again goes on, and so it is in a backup
// that was made meanwhile.
func TestNothingLost(t *testing.T) {
	checktest.Tool(t, "git")
	wanted := 9
	if text := os.Getenv(killsVariable); text != "" {
		var err error
		if wanted, err = strconv.Atoi(text); err != nil {
			t.Fatalf("%s: %v", killsVariable, err)
		}
	}
	k := &killer{wanted: (wanted + 2) / 3, limit: map[string]time.Duration{}, killed: map[string]int{}}
	empty := mustEmptyStore(t)
	rounds, acknowledged := 0, 0
	for ; k.wants("add") || k.wants("import") || k.wants("mine"); rounds++ {
		r := newKillRound(t, k, empty, rounds)
		r.run()
		acknowledged += len(r.acknowledged) + len(r.held)
		if t.Failed() {
			return
		}
	}
	t.Logf("%d rounds, %v killed, %d entries acknowledged, none lost", rounds, k.killed, acknowledged)
}

// A killer decides when processes die. It is safe for concurrent use.
type killer struct {
	mu sync.Mutex
	// wanted is how many processes of each kind are to be killed, killed how many were.
	wanted int
	killed map[string]int
	// limit is within which time a process of a kind is killed.
	limit map[string]time.Duration
}

// wants reports whether processes of a kind are to be killed still.
func (k *killer) wants(kind string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.killed[kind] < k.wanted
}

// delay is a random time after which to kill a process.
func (k *killer) delay(kind string) time.Duration {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.limit[kind] == 0 {
		k.limit[kind] = 300 * time.Millisecond
	}
	return rand.N(k.limit[kind])
}

// learn keeps the limit somewhat above the time that a process takes which is left alone,
// such that it is killed at all moments of its life, and some are not.
func (k *killer) learn(kind string, killed bool, took time.Duration) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if killed {
		k.killed[kind]++
		k.limit[kind] = k.limit[kind] * 5 / 4
		return
	}
	k.limit[kind] = took * 5 / 4
}

// A killRound is the life of one store, from the first command to the end of an import and of a
// mining, while others add.
type killRound struct {
	t         *testing.T
	killer    *killer
	dir       string
	variables []string
	store     string
	fresh     bool // whether the program makes the store's file
	// want is what may be in the store, by id. imported and mined are the ids of what the
	// commands bring, in their order.
	want            map[string]codebase.Example
	imported, mined []string
	data, repo      string

	mu sync.Mutex
	// acknowledged and held are the ids of what a command said is in the store, and in its
	// quarantine.
	acknowledged, held map[string]bool
	// working counts the commands that are to end before nothing more is added.
	working atomic.Int32
}

// Two batches of an import, and so many fixes to mine.
const (
	importedRecords = 510
	minedFixes      = 8
)

func newKillRound(t *testing.T, k *killer, empty []byte, number int) *killRound {
	t.Helper()
	r := &killRound{
		t: t, killer: k, dir: t.TempDir(), want: map[string]codebase.Example{},
		acknowledged: map[string]bool{}, held: map[string]bool{},
	}
	r.variables = append(environment(r.dir, filepath.Join(r.dir, "cache")), "TMPDIR="+r.dir, "GIT_CONFIG_NOSYSTEM=1")
	r.store = filepath.Join(r.dir, "codebase.db")
	if r.fresh = number%10 == 9; r.fresh {
		r.mustExpectStarter() // the program is killed while it makes the file, too
	} else {
		r.mustWrite("codebase.db", string(empty))
	}
	r.mustWriteData(fmt.Sprintf("R%d", number))
	r.mustMakeRepo(fmt.Sprintf("M%d", number))
	return r
}

func (r *killRound) run() {
	var group sync.WaitGroup
	r.working.Store(2)
	group.Go(func() { r.workUntilDone("import", r.imported, "import", "sven", r.data, "--licence", "MIT") })
	group.Go(func() { r.workUntilDone("mine", r.mined, "mine", r.repo) })
	group.Go(r.adds)
	group.Wait()
	r.check(r.store, r.acknowledged, r.held)
	r.mustVerify()
}

// workUntilDone gives a command again until it ends by itself, and has then acknowledged
// what it brings.
func (r *killRound) workUntilDone(kind string, brings []string, args ...string) {
	defer r.working.Add(-1)
	for !r.t.Failed() {
		ended, killed := r.attempt(kind, append([]string{"base"}, args...)...)
		if killed && kind == "import" {
			r.checkMark()
		}
		if killed {
			continue
		}
		if ended.code != 0 {
			r.t.Errorf("%s: exit code %d: %s", kind, ended.code, ended.errOut)
			return
		}
		for _, id := range brings {
			r.acknowledge(r.acknowledged, id)
		}
		return
	}
}

// adds adds one file after the other, each until that is acknowledged; every fourth is
// kept out by admission. When some are in, it makes a backup, while the others go on.
func (r *killRound) adds() {
	for i := 0; r.working.Load() > 0 && !r.t.Failed(); i++ {
		poisoned := i%4 == 3
		e := r.addedExample(i, poisoned)
		for {
			ended, killed := r.attempt("add", "base", "add", e.Source.Path, "--cwe", "22", "--licence", "MIT", "--title", e.Title, "--checker", "none")
			if ended.out == e.ID+"\n" { // a line without its end was not acknowledged
				r.acknowledge(map[bool]map[string]bool{false: r.acknowledged, true: r.held}[poisoned], e.ID)
			}
			if killed {
				continue
			}
			if want := map[bool]int{false: 0, true: 3}[poisoned]; ended.code != want || ended.out != e.ID+"\n" {
				r.t.Errorf("add: exit code %d, want %d: %s%s", ended.code, want, ended.out, ended.errOut)
			}
			break
		}
		if i == 4 {
			r.backup()
		}
		time.Sleep(rand.N(100 * time.Millisecond)) // or it would leave the others little of the machine
	}
}

func (r *killRound) acknowledge(to map[string]bool, id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	to[id] = true
}

// attempt runs the program, and kills it where the killer says so. What it started dies with it.
func (r *killRound) attempt(kind string, args ...string) (ended run, killed bool) {
	cmd := exec.Command("seccoder", args...)
	cmd.Env = append(os.Environ(), r.variables...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.WaitDelay = 10 * time.Second
	var out, errOut bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errOut
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		r.t.Errorf("start seccoder: %v", err)
		return run{code: -1}, false
	}
	if r.killer.wants(kind) {
		timer := time.AfterFunc(r.killer.delay(kind), func() { _ = cmd.Process.Kill() })
		defer timer.Stop()
	}
	_ = cmd.Wait() // how it ended is in its state
	status, _ := cmd.ProcessState.Sys().(syscall.WaitStatus)
	killed = status.Signaled() && status.Signal() == syscall.SIGKILL
	if killed {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
	}
	r.killer.learn(kind, killed, time.Since(begin))
	return run{cmd.ProcessState.ExitCode(), out.String(), errOut.String()}, killed
}

// checkMark looks how far a killed import says that it came: what stands before that was
// acknowledged, and is there.
func (r *killRound) checkMark() {
	db, err := sql.Open("sqlite", r.store+"?_pragma=busy_timeout(30000)")
	if err != nil {
		r.t.Error(err)
		return
	}
	defer db.Close()
	var records int
	err = db.QueryRow("SELECT json_extract(value, '$.position.number') FROM meta WHERE key LIKE 'import/%'").Scan(&records)
	if errors.Is(err, sql.ErrNoRows) || err != nil && r.fresh && strings.Contains(err.Error(), "no such table: meta") {
		return
	}
	if err != nil || records < 1 || records > len(r.imported) {
		r.t.Errorf("the import noted that it read %d of %d records: %v", records, len(r.imported), err)
		return
	}
	for _, id := range r.imported[:records] {
		var found int
		if err := db.QueryRow("SELECT count(*) FROM example WHERE id = ?", id).Scan(&found); err != nil || found != 1 {
			r.t.Errorf("of %d records that the import noted as read, example %.12s is not there: %v", records, id, err)
			return
		}
		r.acknowledge(r.acknowledged, id)
	}
}

// backup copies the store while others write to it. The copy has what was acknowledged
// before, and opens in the store's place.
func (r *killRound) backup() {
	r.mu.Lock()
	acknowledged, held := maps.Clone(r.acknowledged), maps.Clone(r.held)
	r.mu.Unlock()
	store, err := sqlite.Open(r.t.Context(), r.store, sqlite.Options{})
	if err != nil {
		r.t.Error(err)
		return
	}
	defer store.Close()
	copied := filepath.Join(r.dir, "copy.db")
	if err := store.Backup(r.t.Context(), copied); err != nil {
		r.t.Error(err)
		return
	}
	r.check(copied, acknowledged, held)
}

// check compares all that a store has with what was put in.
func (r *killRound) check(path string, acknowledged, held map[string]bool) {
	store, err := sqlite.Open(r.t.Context(), path, sqlite.Options{})
	if err != nil {
		r.t.Error(err)
		return
	}
	defer store.Close()
	if err := store.Check(r.t.Context()); err != nil {
		r.t.Error(err)
	}
	there := map[string]bool{}
	for e, err := range store.Examples(r.t.Context(), codebase.Filter{}) {
		if err != nil {
			r.t.Error(err)
			return
		}
		there[e.ID] = true
		r.checkWhole(e)
		if e.AdmittedBy == "" || e.AdmittedAt.IsZero() || len(e.CheckedBy) == 0 && e.Source.Kind != codebase.KindStarter {
			r.t.Errorf("example %.12s lost who admitted it, when, or what checked it", e.ID)
		}
	}
	inQuarantine := map[string]bool{}
	for h, err := range store.AllHeld(r.t.Context(), codebase.HeldFilter{}) {
		if err != nil {
			r.t.Error(err)
			return
		}
		inQuarantine[h.Example.ID] = true
		r.checkWhole(h.Example)
		if h.State != codebase.Waiting || len(h.History) != 1 || len(h.Reasons()) == 0 || there[h.Example.ID] {
			r.t.Errorf("held example %.12s: %s, history %v, reasons %v, served %v", h.Example.ID, h.State, h.History, h.Reasons(), there[h.Example.ID])
		}
	}
	for what, sets := range map[string][2]map[string]bool{"example": {acknowledged, there}, "held example": {held, inQuarantine}} {
		for id := range sets[0] {
			if !sets[1][id] {
				r.t.Errorf("%s %.12s was acknowledged and is not in %s", what, id, path)
			}
		}
	}
}

// checkWhole compares an example with the one that it has to be.
func (r *killRound) checkWhole(got codebase.Example) {
	r.mu.Lock()
	want, known := r.want[got.ID]
	r.mu.Unlock()
	if !known {
		r.t.Errorf("nobody put example %s in", got.ID)
		return
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(codebase.Example{}, "AdmittedAt", "AdmittedBy", "CheckedBy")); diff != "" {
		r.t.Errorf("example %.12s: want (-), got (+):\n%s", got.ID, diff)
	}
}

// mustVerify has the program look at the store itself, and at the backup in its place.
func (r *killRound) mustVerify() {
	r.t.Helper()
	verify := func(what string) {
		if v := mustRun(r.t, r.variables, "base", "verify"); v.code != 0 || !strings.Contains(v.errOut, " 0 rejected") {
			r.t.Errorf("verify %s: exit code %d: %s%s", what, v.code, v.out, v.errOut)
		}
	}
	verify("the store")
	copied := filepath.Join(r.dir, "copy.db")
	if _, err := os.Stat(copied); err != nil {
		return // the round was over before there was much to copy
	}
	for _, log := range []string{"-wal", "-shm"} {
		_ = os.Remove(r.store + log) // of the file that the backup replaces
	}
	if err := os.Rename(copied, r.store); err != nil {
		r.t.Fatal(err)
	}
	verify("the backup in its place")
}
