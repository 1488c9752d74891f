package engine

import (
	"bufio"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"
)

const (
	// helloTimeout is how long a new worker may take to greet; it loads nothing before it does.
	helloTimeout = 15 * time.Second
	// stopTimeout is how much later than a worker this program may learn that it is stopped.
	stopTimeout = 300 * time.Millisecond
	// graceTimeout is how long a worker may take to end a cancelled request before it is killed.
	graceTimeout = 3 * time.Second
	// orphanTimeout is how long processes that a worker left behind may hold its output.
	orphanTimeout = time.Second
)

// A process is one running worker.
type process struct {
	command  *exec.Cmd
	stdin    io.WriteCloser
	stdout   io.ReadCloser
	commands chan command
	reports  chan report   // closed when the worker's output ends
	exited   chan struct{} // closed when the process has been waited for
	state    *os.ProcessState
	cut      bool // its output was not understood, which ended it
	stderr   *tail
}

// start runs a worker and waits for its greeting.
func start(ctx context.Context, name string, args []string) (*process, error) {
	if os.Getenv(workerVariable) != "" {
		return nil, errors.New("start the engine's worker: this process is itself one; its program must call RunWorker first in main")
	}
	p := &process{
		command: exec.Command(name, args...),
		// A request has at most its own command, a step and a cancellation under way.
		commands: make(chan command, 4),
		reports:  make(chan report),
		exited:   make(chan struct{}),
		stderr:   &tail{limit: 64 << 10},
	}
	p.command.WaitDelay = orphanTimeout
	p.command.Env = append(os.Environ(), workerVariable+"=1",
		// Where an assertion fails the library would start a debugger, for seconds.
		"GGML_NO_BACKTRACE=1")
	p.command.Stderr = p.stderr
	var err error
	if p.stdin, err = p.command.StdinPipe(); err != nil {
		return nil, fmt.Errorf("start the engine's worker: %w", err)
	}
	if p.stdout, err = p.command.StdoutPipe(); err != nil {
		return nil, fmt.Errorf("start the engine's worker: %w", err)
	}
	if err := p.command.Start(); err != nil {
		return nil, fmt.Errorf("start the engine's worker: %w", err)
	}
	go p.write()
	go p.read()
	answered, err := p.greeted(ctx)
	if answered {
		return p, nil
	}
	if err == nil && p.gone() && !p.cut && !p.state.Exited() {
		return nil, fmt.Errorf("start the engine's worker: %w", p.deathError())
	}
	p.kill()
	if err != nil {
		return nil, fmt.Errorf("start the engine's worker: %w", err)
	}
	return nil, fmt.Errorf("start the engine's worker: %s did not answer as one; its program must call RunWorker first in main%s", name, p.stderr.suffix())
}

// greeted waits for the worker's greeting. The error is that of ctx.
func (p *process) greeted(ctx context.Context) (bool, error) {
	select {
	case <-ctx.Done():
		return false, ctx.Err()
	case r, ok := <-p.reports:
		if ok && r.Greeting == greeting {
			return true, nil
		}
	case <-time.After(helloTimeout):
	}
	// A terminal's Ctrl-C reaches the worker too, and ends it where it has not yet come to
	// ignore it. That this program is being stopped as well may show a moment later.
	select {
	case <-ctx.Done():
		return false, ctx.Err()
	case <-time.After(stopTimeout):
		return false, nil
	}
}

// read passes reports on until the worker's output ends, then waits for its end.
func (p *process) read() {
	decoder := gob.NewDecoder(bufio.NewReader(p.stdout))
	for {
		var r report
		if err := decoder.Decode(&r); err != nil {
			p.cut = !errors.Is(err, io.EOF)
			break
		}
		p.reports <- r
	}
	// A worker whose output is not understood is of no use any more.
	_ = p.command.Process.Kill()
	_ = p.command.Wait()
	p.state = p.command.ProcessState
	close(p.exited)
	close(p.reports)
}

// write passes commands on until the worker is gone.
func (p *process) write() {
	encoder := gob.NewEncoder(p.stdin)
	for {
		select {
		case c := <-p.commands:
			// It fails when the worker is gone; the reports' end tells why.
			_ = encoder.Encode(c)
		case <-p.exited:
			return
		}
	}
}

// send passes a command on, without waiting for a worker that does not read.
func (p *process) send(c command) {
	select {
	case p.commands <- c:
	case <-p.exited:
	}
}

// gone reports whether the process has ended.
func (p *process) gone() bool {
	select {
	case <-p.exited:
		return true
	default:
		return false
	}
}

// kill ends the worker at once and waits until it is gone. Its pipes are closed first:
// a worker command that is a wrapper may leave processes behind, which hold them.
func (p *process) kill() {
	_ = p.command.Process.Kill()
	_ = p.stdin.Close()
	_ = p.stdout.Close()
	for range p.reports { // let read come to its end
	}
	<-p.exited
}

// A WorkerError says that the worker process ended while it was needed.
type WorkerError struct {
	// State is the system's description of its end, as in "signal: killed".
	State string
	// Output is the last of what it printed to standard error.
	Output string
}

func (e *WorkerError) Error() string {
	message := "the engine's worker process ended unexpectedly (" + e.State + "); the request is lost, the next one starts a new worker"
	if e.Output != "" {
		message += "; its last output: " + e.Output
	}
	return message
}

// deathError describes the end of a worker whose reports have ended.
func (p *process) deathError() error {
	<-p.exited
	state := "unknown"
	if p.state != nil {
		state = p.state.String()
	}
	return &WorkerError{State: state, Output: p.stderr.last()}
}
