package model

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// pollEvery is how often the growing download of a child process is looked at.
const pollEvery = 200 * time.Millisecond

// keptOutput bounds how much of a command's output is kept for its error.
const keptOutput = 16 << 10

// commandError is a package client's failure. Its text is the line of the
// client's output that says most.
type commandError struct {
	name   string
	output string
	err    error
}

func (e *commandError) Error() string {
	said := telling(e.output)
	if said == "" {
		return fmt.Sprintf("%s: %v", e.name, e.err)
	}
	return fmt.Sprintf("%s: %v: %s", e.name, e.err, said)
}

func (e *commandError) Unwrap() error { return e.err }

// emptyFolder makes the job's work folder anew, with one folder in it for what a
// package client downloads. The disk must have need bytes free.
func (j *job) emptyFolder(name string, need int64) (string, error) {
	if err := checkSpace(j.dir, need); err != nil {
		return "", err
	}
	if err := os.RemoveAll(j.work); err != nil {
		return "", err
	}
	folder := filepath.Join(j.work, name)
	return folder, os.MkdirAll(folder, 0o755)
}

// runClient runs a package client with its temporary files in work, and calls
// tick with the number of bytes there while it runs. When ctx ends the client
// and all it started are killed.
//
// The client runs in work, not where the user is: Python takes modules from the
// folder it is started in, and npm its configuration, and that folder may be
// somebody else's repository.
func runClient(ctx context.Context, work string, argv []string, tick func(bytes int64)) error {
	command := exec.CommandContext(ctx, argv[0], argv[1:]...)
	command.Dir = work
	command.Env = append(os.Environ(), "TMPDIR="+work, "TEMP="+work, "TMP="+work,
		"PIP_REQUIRE_VIRTUALENV=0") // nothing is installed
	var output tail
	command.Stdout, command.Stderr = &output, &output
	ownGroup(command)
	command.WaitDelay = 5 * time.Second
	if err := command.Start(); err != nil {
		return fmt.Errorf("start %s: %w", argv[0], err)
	}
	done := make(chan error, 1)
	go func() { done <- command.Wait() }()
	ticker := time.NewTicker(pollEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			tick(folderBytes(work))
		case err := <-done:
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			if err != nil {
				return &commandError{name: argv[0], output: string(output.bytes), err: err}
			}
			return nil
		}
	}
}

// firstFound returns the first of several commands whose program is installed.
func firstFound(commands ...[]string) ([]string, error) {
	var names []string
	for _, argv := range commands {
		if _, err := exec.LookPath(argv[0]); err == nil {
			return argv, nil
		}
		names = append(names, argv[0])
	}
	return nil, errors.New("not installed: " + strings.Join(names, ", ") + " (one is enough)")
}

// tail keeps the end of what is written to it. One process's output goes through
// one goroutine, so it needs no lock.
type tail struct{ bytes []byte }

func (t *tail) Write(p []byte) (int, error) {
	t.bytes = append(t.bytes, p...)
	if over := len(t.bytes) - keptOutput; over > 0 {
		t.bytes = append(t.bytes[:0], t.bytes[over:]...)
	}
	return len(p), nil
}

// telling picks the line of pip's or npm's output that says what went wrong:
// pip's last "ERROR:", npm's first "npm error" after its code, else the last line.
func telling(output string) string {
	var pip, npm, last string
	for line := range strings.Lines(output) {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
			continue
		case strings.HasPrefix(line, "ERROR:"):
			pip = line
		case npm == "" && strings.HasPrefix(line, "npm error") && !strings.HasPrefix(line, "npm error code"):
			npm = line
		}
		last = line
	}
	switch {
	case pip != "":
		return pip
	case npm != "":
		return npm
	}
	return last
}
