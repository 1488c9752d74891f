package sqlite_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/sqlite"
	"github.com/seccoder/seccoder/codebase/sqlite/sqlitetest"
	"github.com/seccoder/seccoder/codebase/storetest"
)

// The tests start this binary again as a writer: with childPath set it writes to
// that store and runs no tests.
const (
	childPath  = "SECCODER_TEST_STORE"
	childName  = "SECCODER_TEST_NAME"
	childCount = "SECCODER_TEST_COUNT"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(childPath); path != "" {
		if err := child(path, os.Getenv(childName), os.Getenv(childCount)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// child adds count batches, and holds one example beside each, and prints the number of
// each when the store has acknowledged it.
func child(path, name, count string) error {
	batches, err := strconv.Atoi(count)
	if err != nil {
		return err
	}
	store, err := sqlite.Open(context.Background(), path, sqlite.Options{})
	if err != nil {
		return err
	}
	for i := range batches {
		if _, err := store.Add(context.Background(), batch(name, i)...); err != nil {
			return err
		}
		held := heldBy(name, i)
		if _, err := store.Hold(context.Background(), name, held); err != nil {
			return err
		}
		if i%3 == 0 { // every third is reviewed
			if _, err := store.Accept(context.Background(), held.Example.ID, name, "for the test"); err != nil {
				return err
			}
		}
		fmt.Println(i)
	}
	return store.Close()
}

// batch is what the writer of that name adds in its i-th call: three examples of
// different sizes, one of them larger than a page.
func batch(name string, i int) []codebase.Example {
	var examples []codebase.Example
	for part, size := range []int{0, 200, 9000} {
		code := fmt.Sprintf("%s = %d, %d\n%s", name, i, part, strings.Repeat("x", size))
		examples = append(examples, storetest.Example("python", code, 89, 79, 22))
	}
	return examples
}

// heldBy is what the writer of that name puts into quarantine with its i-th batch.
func heldBy(name string, i int) codebase.Held {
	return codebase.Held{
		Example:  storetest.Example("python", fmt.Sprintf("held = %s, %d\n", name, i)),
		Outcomes: []codebase.Outcome{{Check: "test", Version: "1", Answer: codebase.Rejects, Reason: "for the test"}},
	}
}

func childCommand(path, name string, batches int) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childPath+"="+path, childName+"="+name, childCount+"="+strconv.Itoa(batches))
	return cmd
}

// TestKill kills a writer at random moments, over and over on one file, and
// finds all that was acknowledged and nothing half-written.
func TestKill(t *testing.T) {
	rounds := 25
	if testing.Short() {
		rounds = 5
	}
	path := filepath.Join(t.TempDir(), "codebase.db")
	acknowledged := map[string]int{} // batches, by the writer's name
	for round := range rounds {
		name := fmt.Sprintf("round%d", round)
		// The first rounds are killed at any time from the start, while the file is made.
		acknowledged[name] = killedWriter(t, path, name, round >= rounds/5)
	}
	store := sqlitetest.Open(t, path)
	if err := store.Check(t.Context()); err != nil {
		t.Error(err)
	}
	have := map[string]codebase.Example{}
	for _, e := range mustList(t, store) {
		have[e.ID] = e
	}
	total := 0
	for name, n := range acknowledged {
		total += n
		// One more may have been written but not yet acknowledged; none after it.
		for i := range n + 2 {
			found := 0
			for _, want := range batch(name, i) {
				if got, ok := have[want.ID]; ok {
					found++
					if diff := cmp.Diff(want, got); diff != "" {
						t.Errorf("%s, batch %d: want (-), got (+):\n%s", name, i, diff)
					}
					delete(have, want.ID)
				}
			}
			if found != 3 && (i < n || found != 0) {
				t.Errorf("%s, batch %d of %d acknowledged: %d of 3 examples", name, i, n, found)
			}
			checkHeld(t, store, have, name, i, i < n)
		}
	}
	if len(have) > 0 {
		t.Errorf("%d examples that nobody added", len(have))
	}
	if total == 0 {
		t.Error("no writer got as far as to add anything")
	}
	t.Logf("%d rounds, %d batches acknowledged", rounds, total)
}

// checkHeld looks for what the i-th batch put into quarantine: its state, its history and
// the store's examples agree, and nothing that was acknowledged is missing.
func checkHeld(t *testing.T, store *sqlite.Store, have map[string]codebase.Example, name string, i int, acknowledged bool) {
	t.Helper()
	id := heldBy(name, i).Example.ID
	held, err := store.GetHeld(t.Context(), id)
	_, served := have[id]
	delete(have, id)
	if err != nil {
		if acknowledged || served || !errors.Is(err, codebase.ErrNotFound) {
			t.Errorf("%s, held example %d: served %v, %v", name, i, served, err)
		}
		return
	}
	released := held.State == codebase.Released
	events := 1
	if released {
		events = 2
	}
	if released != served || len(held.History) != events || acknowledged && released != (i%3 == 0) {
		t.Errorf("%s, held example %d: %s, served %v, history %v", name, i, held.State, served, held.History)
	}
}

// killedWriter starts a writer, kills it at a random moment and returns how many
// batches it had acknowledged.
func killedWriter(t *testing.T, path, name string, afterFirst bool) int {
	t.Helper()
	cmd := childCommand(path, name, 1<<30)
	var complaints strings.Builder
	cmd.Stderr = &complaints
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	n := 0
	if afterFirst {
		if _, err := lines.ReadString('\n'); err != nil {
			t.Fatalf("the writer ended: %v: %s", err, complaints.String())
		}
		n++
	}
	timer := time.AfterFunc(rand.N(60*time.Millisecond), func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	for {
		// A line without its end was never acknowledged whole.
		if _, err := lines.ReadString('\n'); err != nil {
			if err != io.EOF {
				t.Error(err)
			}
			break
		}
		n++
	}
	_ = cmd.Wait() // it was killed
	if complaints.Len() > 0 {
		t.Errorf("the writer complained: %s", complaints.String())
	}
	return n
}

// TestProcesses has several processes make and write one store at once.
func TestProcesses(t *testing.T) {
	const writers, batches = 3, 15
	path := filepath.Join(t.TempDir(), "codebase.db")
	var running []*exec.Cmd
	for w := range writers {
		cmd := childCommand(path, fmt.Sprintf("writer%d", w), batches)
		cmd.Stderr = os.Stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		running = append(running, cmd)
	}
	store := sqlitetest.Open(t, path) // and this process is a fourth
	mustAdd(t, store, batch("parent", 0)...)
	for _, cmd := range running {
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
	}
	if got, want := len(mustList(t, store)), 3*(writers*batches+1)+writers*batches/3; got != want {
		t.Errorf("%d examples, want %d", got, want)
	}
	if err := store.Check(t.Context()); err != nil {
		t.Error(err)
	}
}
