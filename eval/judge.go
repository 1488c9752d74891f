package eval

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

const (
	// maxSourceBytes is the size of a program past which it is not judged: nothing that a
	// model writes for a scenario comes near it.
	maxSourceBytes = 1 << 20
	// DefaultJudgeTimeout is how long a judge may take for one program.
	DefaultJudgeTimeout = 2 * time.Minute
)

// bounded cuts texts that no honest model writes, so that what is kept stays small.
func bounded(text string) string {
	if len(text) <= maxSourceBytes {
		return text
	}
	end := maxSourceBytes
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end]
}

// JudgeSource lets the scenario's judge decide about a whole program. What is no text of
// a reasonable size is invalid, and no judge is asked, nor would a query be. An error means that there is no
// judgement: the judge failed, panicked, or took longer than the timeout (0 stands for
// DefaultJudgeTimeout).
func JudgeSource(ctx context.Context, s Scenario, source string, timeout time.Duration) (Judgement, error) {
	if why := unfit(source); why != "" {
		return invalid(Judgement{Verdict: Invalid, Why: why, Oracle: "validity/text"}), nil
	}
	if timeout <= 0 {
		timeout = DefaultJudgeTimeout
	}
	within, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	type outcome struct {
		judgement Judgement
		err       error
	}
	done := make(chan outcome, 1)
	go func() {
		j, err := guarded(within, s.Judge, source)
		done <- outcome{j, err}
	}()
	var o outcome
	select {
	case o = <-done:
	case <-within.Done():
		// A judge that does not look at its context is left behind.
		select {
		case o = <-done:
		case <-time.After(5 * time.Second):
			o.err = within.Err()
		}
	}
	switch {
	case o.err == nil && o.judgement.Verdict == Invalid:
		return invalid(o.judgement), nil
	case o.err == nil:
		return o.judgement, nil
	case ctx.Err() != nil:
		return Judgement{}, fmt.Errorf("judge %s: %w", s.ID, ctx.Err())
	case errors.Is(o.err, context.DeadlineExceeded):
		return Judgement{}, fmt.Errorf("judge %s: no judgement within %s", s.ID, timeout)
	default:
		return Judgement{}, fmt.Errorf("judge %s: %w", s.ID, o.err)
	}
}

// invalid completes the judgement of a program that is none: it does no task.
func invalid(j Judgement) Judgement {
	no := false
	j.Functional = &no
	if j.FunctionalWhy == "" {
		j.FunctionalWhy = "it does not parse or compile"
	}
	if j.QueryVerdict != "" && j.QueryWhy == "" {
		j.QueryWhy = j.Why
	}
	return j
}

// unfit says why a program cannot be one.
func unfit(source string) string {
	switch {
	case strings.TrimSpace(source) == "":
		return "The program is empty."
	case len(source) > maxSourceBytes:
		return fmt.Sprintf("The program has %d bytes, more than the %d that are judged.", len(source), maxSourceBytes)
	case strings.ContainsRune(source, 0):
		return "The program holds NUL bytes: it is no text."
	case !utf8.ValidString(source):
		return "The program is not UTF-8: it is no text."
	}
	return ""
}

// guarded turns a panic of a judge into an error: one bad judge must not cost the run.
func guarded(ctx context.Context, j Judge, source string) (judgement Judgement, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the judge panicked: %v", p)
		}
	}()
	return j.Judge(ctx, source)
}
