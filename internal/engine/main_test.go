package engine_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/internal/engine"
	"github.com/seccoder/seccoder/internal/enginetest"
)

// roleVariable makes this test's binary a program with an engine, see playRole.
const roleVariable = "ENGINE_TEST_ROLE"

func TestMain(m *testing.M) {
	engine.RunWorker()
	if role := os.Getenv(roleVariable); role != "" {
		playRole(role)
		return
	}
	os.Exit(m.Run())
}

// playRole is a small program that uses the engine of the folder and model in its
// arguments. It prints the worker's process id, then does what the role says.
func playRole(role string) {
	interrupts := make(chan os.Signal, 1)
	signal.Notify(interrupts, os.Interrupt)
	e := engine.New(engine.Options{LibraryDir: os.Args[1], ModelPath: os.Args[2], Threads: 1})
	if _, err := e.Open(context.Background()); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println(e.Pid())
	switch role {
	case "idle":
		select {}
	case "busy":
		g := engine.Generation{Prefix: "def add(a, b):\n", N: 8, MaxTokens: 4000, Temperature: 2, TopP: 1}
		_, err := e.Generate(context.Background(), g, func([]engine.Piece) []int { return nil })
		fmt.Println(err)
	case "interrupted":
		<-interrupts
		n, err := e.CountTokens(context.Background(), "def add(a, b):\n")
		fmt.Println(n > 0, err, e.Pid())
		_ = e.Close()
	}
}

// options are those of an engine with the small model and one thread.
func options(t testing.TB) engine.Options {
	t.Helper()
	return engine.Options{LibraryDir: enginetest.Libraries(t), ModelPath: enginetest.Model(t, enginetest.SmallModel), Threads: 1}
}

// mustOpen starts an engine that is closed when the test ends.
func mustOpen(t testing.TB, o engine.Options) *engine.Engine {
	t.Helper()
	e := engine.New(o)
	t.Cleanup(func() { _ = e.Close() })
	if _, err := e.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	return e
}

// A result is what a generation gave.
type result struct {
	texts []string
	// tokens counts the pieces of each sample.
	tokens []int
	usage  engine.Usage
}

// generate collects the texts of a generation. stop, where set, says after each piece
// whether its sample needs no more.
func generate(ctx context.Context, e *engine.Engine, g engine.Generation, stop func(index, tokens int) bool) (result, error) {
	texts := make([]strings.Builder, g.N)
	r := result{texts: make([]string, g.N), tokens: make([]int, g.N)}
	usage, err := e.Generate(ctx, g, func(pieces []engine.Piece) (ended []int) {
		for _, p := range pieces {
			texts[p.Index].Write(p.Text)
			r.tokens[p.Index]++
			if stop != nil && stop(p.Index, r.tokens[p.Index]) {
				ended = append(ended, p.Index)
			}
		}
		return ended
	})
	for i := range texts {
		r.texts[i] = texts[i].String()
	}
	r.usage = usage
	return r, err
}

func mustGenerate(t testing.TB, e *engine.Engine, g engine.Generation) result {
	t.Helper()
	r, err := generate(t.Context(), e, g, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// mustReadLine reads a line without its end.
func mustReadLine(t testing.TB, r *bufio.Reader) string {
	t.Helper()
	line, err := r.ReadString('\n')
	if err != nil {
		t.Fatalf("read a line: %v (got %q)", err, line)
	}
	return strings.TrimSuffix(line, "\n")
}

// demonstration and prefix are a prompt of some 150 tokens.
const (
	demonstration = `"""
` + "```" + `
def find_user(connection, name):
    cursor = connection.cursor()
    cursor.execute("SELECT id, name, mail FROM users WHERE name = ?", (name,))
    row = cursor.fetchone()
    if row is None:
        raise LookupError(f"no user {name!r}")
    return User(id=row[0], name=row[1], mail=row[2])
` + "```" + `
"""
`
	prefix = "def delete_user(connection, name):\n    cursor = connection.cursor()\n    cursor"
)
