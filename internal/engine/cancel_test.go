package engine_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seccoder/seccoder/internal/engine"
)

// A cancelled request leaves its worker fit for the next one: a worker that does not
// answer a cancellation within seconds would be killed, and the next have another pid.
func TestCancel(t *testing.T) {
	t.Parallel()
	e := mustOpen(t, options(t))
	g := engine.Generation{Demonstration: demonstration, Prefix: prefix, N: 2, MaxTokens: 5, Temperature: 1, TopP: 1}
	want := mustGenerate(t, e, g)
	pid := e.Pid()
	check := func(t *testing.T, err error) {
		t.Helper()
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got the error %v", err)
		}
		if e.Pid() != pid {
			t.Errorf("worker %d became %d", pid, e.Pid())
		}
		if got := mustGenerate(t, e, g); !slices.Equal(got.texts, want.texts) {
			t.Errorf("then got %q, want %q", got.texts, want.texts)
		}
	}
	t.Run("while the prompt is read", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(200*time.Millisecond, cancel)
		long := engine.Generation{Demonstration: strings.Repeat("x = y + 1\n", 1000), Prefix: prefix, N: 1, MaxTokens: 1000, Temperature: 2, TopP: 1}
		_, err := generate(ctx, e, long, nil)
		check(t, err)
	})
	t.Run("while samples decode", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		long := engine.Generation{Prefix: prefix, N: 3, MaxTokens: 4000, Temperature: 2, TopP: 1}
		_, err := generate(ctx, e, long, func(index, tokens int) bool {
			if tokens == 3 {
				cancel()
			}
			return false
		})
		check(t, err)
	})
	t.Run("before the request", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := generate(ctx, e, g, nil)
		check(t, err)
	})
	t.Run("while another request is served", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		_, err := generate(t.Context(), e, g, func(int, int) bool {
			cancel()
			if _, err := e.CountTokens(ctx, "x"); !errors.Is(err, context.Canceled) {
				t.Errorf("the request that waits got %v", err)
			}
			return false
		})
		if err != nil {
			t.Error(err)
		}
		check(t, ctx.Err())
	})
	t.Run("at every moment", func(t *testing.T) {
		short := engine.Generation{Prefix: prefix, N: 2, MaxTokens: 4, Temperature: 1, TopP: 1}
		for i := range 20 {
			ctx, cancel := context.WithTimeout(t.Context(), time.Duration(i)*5*time.Millisecond)
			if _, err := generate(ctx, e, short, nil); err != nil && !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("cancelled after %d ms: %v", 5*i, err)
			}
			cancel()
		}
		check(t, context.Canceled)
	})
}

func TestPanicOfTheCaller(t *testing.T) {
	t.Parallel()
	e := mustOpen(t, options(t))
	g := engine.Generation{Prefix: prefix, N: 1, MaxTokens: 3, TopP: 1}
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was lost")
			}
		}()
		_, _ = e.Generate(t.Context(), g, func([]engine.Piece) []int { panic("of the caller") })
	}()
	mustGenerate(t, e, g)
}

func TestCloseWaitsForTheRequest(t *testing.T) {
	t.Parallel()
	e := mustOpen(t, options(t))
	closed := make(chan struct{})
	steps := 0
	_, err := e.Generate(t.Context(), engine.Generation{Prefix: prefix, N: 1, MaxTokens: 3, TopP: 1}, func([]engine.Piece) []int {
		if steps++; steps == 1 {
			go func() {
				defer close(closed)
				if err := e.Close(); err != nil {
					t.Error(err)
				}
			}()
		}
		select {
		case <-closed:
			t.Error("closed while a request is served")
		case <-time.After(20 * time.Millisecond):
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	<-closed
	if pid := e.Pid(); pid != 0 {
		t.Errorf("worker %d runs on", pid)
	}
	if _, err := e.CountTokens(t.Context(), "x"); !errors.Is(err, engine.ErrClosed) {
		t.Errorf("a closed engine answers %v", err)
	}
	if err := e.Close(); err != nil {
		t.Errorf("closed twice: %v", err)
	}
}
