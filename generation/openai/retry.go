package openai

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// withRetries calls attempt until it succeeds, fails for good, or has failed
// MaxRetries times more than once. ctx bounds the waiting, too: a server that
// wants more time than is left gets no second request.
func (g *Generator) withRetries(ctx context.Context, attempt func() *Error) *Error {
	for failures := 0; ; failures++ {
		err := attempt()
		if err == nil || !err.retry || failures >= g.options.MaxRetries {
			return err
		}
		wait := max(backoff(failures), err.after)
		if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < wait {
			err.Hint = fmt.Sprintf("the next attempt would be in %s, which is past the timeout", wait.Round(time.Second))
			return err
		}
		timer := time.NewTimer(wait)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return err
		}
	}
}

// backoff doubles from half a second up to 16, and takes between half and all of
// it, so that clients which failed together do not come back together.
func backoff(failures int) time.Duration {
	whole := 500 * time.Millisecond << min(failures, 5)
	return whole/2 + rand.N(whole/2)
}

// retryAfter reads the header of that name, seconds or a date, and the more
// exact retry-after-ms of some servers.
func retryAfter(header http.Header, now time.Time) time.Duration {
	const most = 24 * time.Hour
	if ms, err := strconv.ParseFloat(header.Get("Retry-After-Ms"), 64); err == nil && ms >= 0 {
		return time.Duration(min(ms, float64(most.Milliseconds())) * float64(time.Millisecond))
	}
	value := strings.TrimSpace(header.Get("Retry-After"))
	if seconds, err := strconv.ParseFloat(value, 64); err == nil && seconds >= 0 {
		return time.Duration(min(seconds, most.Seconds()) * float64(time.Second))
	}
	if date, err := http.ParseTime(value); err == nil {
		return min(max(date.Sub(now), 0), most)
	}
	return 0
}

// failConnection makes an Error of a request that got no answer.
func (g *Generator) failConnection(err error) *Error {
	e := g.fail(nil, err.Error())
	e.retry = true
	var (
		operation   *net.OpError
		name        *net.DNSError
		certificate *tls.CertificateVerificationError
		record      tls.RecordHeaderError
	)
	switch {
	case errors.As(err, &name):
		e.Hint = "is the host's name right?"
		e.retry = !name.IsNotFound
	case errors.As(err, &certificate):
		e.retry = false
	case errors.As(err, &record), strings.Contains(e.Message, "HTTP response to HTTPS client"):
		e.Hint = "does the server speak http instead of https?"
		e.retry = false
	case errors.As(err, &operation) && operation.Op == "dial":
		e.Hint = "is the server running, and is that its address?"
	}
	return e
}
