// Package toolchain says which compilers and interpreters the sandbox of an evaluation
// has, for the digests of suites: a judgement that was kept must not outlive the compiler
// that it came of. Nor must it outlive the code that decided, which [Sources] writes.
//
//	err := toolchain.Digest(digest, box, "clang", "node")
//
// Of Python pyenv.Env.Digest says it.
package toolchain

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/seccoder/seccoder/check/sandbox"
)

// Digest writes the names of the tools with what each says of its version in the sandbox.
// One that is not there is written as missing. Without a sandbox nothing can be judged,
// and no tool is asked. An error means that a tool gave no answer, so that nothing can be
// said of what it would do.
func Digest(to io.Writer, box *sandbox.Sandbox, tools ...string) error {
	answers := make([]string, len(tools))
	if box != nil {
		var asking errgroup.Group
		for i, tool := range tools {
			asking.Go(func() error {
				var err error
				answers[i], err = version(box, tool)
				return err
			})
		}
		if err := asking.Wait(); err != nil {
			return err
		}
	}
	for i, tool := range tools {
		fmt.Fprintf(to, "%s\x00%d\x00%s\x00", tool, len(answers[i]), answers[i])
	}
	return nil
}

// Sources writes a package's own files, embedded in it, but for its tests.
func Sources(to io.Writer, files fs.FS) error {
	return fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(name, "_test.go") {
			return err
		}
		data, err := fs.ReadFile(files, name)
		fmt.Fprintf(to, "%s\x00%d\x00%s", name, len(data), data)
		return err
	})
}

// A question is put once in the life of a process.
type question struct {
	box  *sandbox.Sandbox
	tool string
}

// asked holds a function for each question that was put, which has the answer.
var asked sync.Map

func version(box *sandbox.Sandbox, tool string) (string, error) {
	answer, _ := asked.LoadOrStore(question{box, tool}, sync.OnceValues(func() (string, error) { return ask(box, tool) }))
	return answer.(func() (string, error))()
}

// limits are far above what an answer takes, since a busy machine must not make another
// digest.
var limits = sandbox.Limits{Wall: 2 * time.Minute, CPU: 30 * time.Second}

func ask(box *sandbox.Sandbox, tool string) (string, error) {
	argument := "--version"
	if tool == "go" {
		argument = "version"
	}
	// The answer outlives whoever asks first, so it has no caller's context.
	r, err := box.Run(context.Background(), sandbox.Command{
		Args: []string{tool, argument}, Env: []string{"LC_ALL=C", "GOTOOLCHAIN=local", "GOTELEMETRY=off"}, Limits: limits,
	})
	switch {
	case err != nil:
		return "", fmt.Errorf("ask %s for its version: %w", tool, err)
	case r.Exceeded != "" || r.Signal != "":
		return "", fmt.Errorf("ask %s for its version: it was ended (%s%s) before it answered; try again when the machine has less to do", tool, r.Exceeded, r.Signal)
	case r.ExitCode != 0:
		return fmt.Sprintf("missing, exit status %d", r.ExitCode), nil
	}
	return string(r.Stdout), nil
}
