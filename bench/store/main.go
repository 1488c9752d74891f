// Store measures the SQLite store with many examples, as docs/performance.md reports it:
//
//	go run ./bench/store -n 1000000
//
// The examples are made up, and the same in every run. Each part runs in a process of its own, so
// that the memory that it reports is its own. The file is removed at the end, unless -keep
// says so.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"

	"github.com/seccoder/seccoder/bench/parts"
	"github.com/seccoder/seccoder/codebase/sqlite"
)

type options struct {
	n    int
	dir  string
	keep bool
	part string
}

func main() {
	var o options
	flag.IntVar(&o.n, "n", 1_000_000, "number of examples")
	flag.StringVar(&o.dir, "dir", "", "folder for the store (default: a new one among the temporary files)")
	flag.BoolVar(&o.keep, "keep", false, "leave the store where it is")
	flag.StringVar(&o.part, "part", "", "run one part on the store that is in the folder")
	flag.Parse()
	run := one
	if o.part == "" {
		run = all
	}
	parts.Main("bench/store", func(ctx context.Context) error { return run(ctx, o) })
}

// all runs the parts one after the other, each in a new process.
func all(ctx context.Context, o options) (err error) {
	dir, remove, err := parts.Folder(o.dir, o.keep)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, remove()) }()
	o.dir = dir
	self, err := os.Executable()
	if err != nil {
		return err
	}
	fmt.Printf("%s, %s/%s, %d cores, %d examples in %s\n", time.Now().Format(time.DateOnly), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), o.n, o.dir)
	for _, p := range steps {
		cmd := exec.CommandContext(ctx, self, "-part", p.name, "-dir", o.dir, "-n", fmt.Sprint(o.n))
		cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("part %s: %w", p.name, err)
		}
		fmt.Printf("%-8s %.1f s of processor time\n", p.name, (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds())
	}
	return nil
}

// one runs a part, and prints the largest memory that it took.
func one(ctx context.Context, o options) error {
	path := filepath.Join(o.dir, "codebase.db")
	for _, p := range steps {
		if p.name != o.part {
			continue
		}
		begin := time.Now()
		store, err := sqlite.Open(ctx, path, sqlite.Options{})
		if err != nil {
			return err
		}
		opened := time.Since(begin)
		if err := p.run(ctx, store, o.n); err != nil {
			return errors.Join(err, store.Close())
		}
		if err := store.Close(); err != nil {
			return err
		}
		info, err := os.Stat(path)
		if err != nil {
			return err
		}
		fmt.Printf("%-8s file of %d MB opened in %s; peak memory %s\n", p.name, info.Size()/1e6, opened.Round(10*time.Microsecond), parts.Peak())
		return nil
	}
	return fmt.Errorf("no part %q", o.part)
}
