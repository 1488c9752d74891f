package own

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/seccoder/seccoder/check/sandbox"
)

// golang runs Go programs. The cache of the go command is kept, since compiling the
// standard library takes half a minute.
type golang struct {
	sandbox  *sandbox.Sandbox
	cacheDir string

	once  sync.Once
	cache string
	err   error
}

func (*golang) compiler() string { return "go" }

func (l *golang) run(ctx context.Context, p program) (transcript, error) {
	if err := installed("go", "Go 1.26 or newer"); err != nil {
		return transcript{}, err
	}
	l.once.Do(l.prepare)
	if l.err != nil {
		return transcript{}, l.err
	}
	err := lay(p.dir, map[string]string{
		"src/scenario/program/program.go": goImports(p.source),
		"src/scenario/program/test.go":    p.test,
		"src/scenario/run/main.go":        harnessFile("go/main.go.txt"),
		"src/suite/suite.go":              harnessFile("go/suite.go.txt"),
	})
	if err != nil {
		return transcript{}, err
	}
	built, err := l.build(ctx, p, "-ldflags=-s -w", "-o", "test", "scenario/run")
	if err != nil {
		return transcript{}, err
	}
	if built.ExitCode != 0 || built.Exceeded != "" {
		if err := os.Remove(filepath.Join(p.dir, "src/scenario/program/test.go")); err != nil {
			return transcript{}, err
		}
		alone, err := l.build(ctx, p, "scenario/program")
		switch {
		case err != nil:
			return transcript{}, err
		case alone.Exceeded != "":
			return transcript{invalid: "the compiler passed its limit: " + alone.Exceeded}, nil
		case alone.ExitCode != 0:
			return transcript{invalid: complaint(alone.Stderr)}, nil
		}
		return transcript{mismatch: or(complaint(built.Stderr), end(built))}, nil
	}
	return runCases(ctx, l.sandbox, p, sandbox.Command{Args: []string{"/sandbox/test"}}, false)
}

// prepare makes the folder of the go command's cache.
func (l *golang) prepare() {
	dir, err := cacheFolder(l.cacheDir)
	cache := filepath.Join(dir, "go-build")
	if err == nil {
		err = os.MkdirAll(cache, 0o755)
	}
	if err != nil {
		l.err = fmt.Errorf("make a folder for Go's build cache: %w", err)
		return
	}
	l.cache = cache
}

// build runs go build. No program of the scenario's runs in it: cgo is off.
func (l *golang) build(ctx context.Context, p program, args ...string) (sandbox.Result, error) {
	return l.sandbox.Run(ctx, sandbox.Command{
		Args: append([]string{"go", "build"}, args...), Dir: p.dir, Writable: []string{l.cache},
		Env: []string{
			"GO111MODULE=off", "GOPATH=/sandbox", "GOCACHE=" + l.cache, "CGO_ENABLED=0", "GOTOOLCHAIN=local", "GOTELEMETRY=off", "GOFLAGS=",
		},
		Limits: sandbox.Limits{Wall: 5 * time.Minute, CPU: 5 * time.Minute, MemoryBytes: 2 << 30, DiskBytes: 512 << 20, Processes: 64, OpenFiles: 1024},
	})
}

// complaint is the compiler's first line about the program.
func complaint(output []byte) string {
	for line := range strings.Lines(string(output)) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "#") {
			return line
		}
	}
	return ""
}
