package model

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"os"
	"strings"
	"sync"
	"time"
)

const (
	httpTries        = 3
	defaultStall     = 30 * time.Second
	defaultDelay     = time.Second
	connectTimeout   = 5 * time.Second
	handshakeTimeout = 10 * time.Second
	// enoughProgress makes a broken try count as none: a long download over a bad line
	// may break often.
	enoughProgress = 1 << 20
)

var errStalled = errors.New("nothing came in any more")

// transientError may go away by itself: the same request is worth another try.
type transientError struct{ err error }

func (e *transientError) Error() string { return e.err.Error() }
func (e *transientError) Unwrap() error { return e.err }

// defaultClient connects fast or not at all.
var defaultClient = sync.OnceValue(func() *http.Client {
	return &http.Client{Transport: &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		DialContext:         (&net.Dialer{Timeout: connectTimeout}).DialContext,
		TLSHandshakeTimeout: handshakeTimeout,
		ForceAttemptHTTP2:   true,
		IdleConnTimeout:     time.Minute,
	}}
})

// fetchURL gets each file from its address.
func (j *job) fetchURL(ctx context.Context, source Source, pending []File) error {
	for _, f := range pending {
		address := strings.ReplaceAll(source.URL, "{file}", f.Name)
		if err := j.download(ctx, address, source.String(), f); err != nil {
			return err
		}
		if err := j.finish(ctx, f); err != nil {
			return err
		}
	}
	return nil
}

// download gets one file whole, in as many tries as it takes while bytes come.
func (j *job) download(ctx context.Context, address, source string, f File) error {
	file, err := os.OpenFile(j.partial(f), os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return err
	}
	defer file.Close()
	delay := j.puller.RetryDelay
	if delay <= 0 {
		delay = defaultDelay
	}
	d := &download{job: j, address: address, file: file, want: f, meter: j.meter(PhaseDownloading, f, source)}
	if err := d.begin(); err != nil {
		return err
	}
	for try := 1; d.have < f.Size; try++ {
		before := d.have
		err := d.attempt(ctx)
		if err == nil {
			break
		}
		if _, transient := errors.AsType[*transientError](err); !transient || ctx.Err() != nil {
			return err
		}
		if d.have >= before+enoughProgress {
			try = 1
		}
		if try == httpTries {
			return fmt.Errorf("gave up after %d tries: %w", httpTries, err)
		}
		select {
		case <-time.After(delay << (try - 1)):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return file.Sync()
}

// attempt sends one request for what is missing and takes what comes.
func (d *download) attempt(parent context.Context) error {
	stall := d.job.puller.StallTimeout
	if stall <= 0 {
		stall = defaultStall
	}
	ctx, cancel := context.WithCancelCause(parent)
	defer cancel(nil)
	alarm := time.AfterFunc(stall, func() { cancel(errStalled) })
	defer alarm.Stop()

	connected := false
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { connected = true },
	})
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, d.address, nil)
	if err != nil {
		return err
	}
	d.ask(request.Header)
	client := d.job.puller.Client
	if client == nil {
		client = defaultClient()
	}
	response, err := client.Do(request)
	if err != nil {
		switch {
		case parent.Err() != nil:
			return parent.Err()
		case errors.Is(context.Cause(ctx), errStalled):
			return &transientError{fmt.Errorf("%w for %v", errStalled, stall)}
		case !connected:
			// No way out from here, or no such host: another try would not find one either.
			return fmt.Errorf("cannot be reached: %w", withoutAddress(err))
		}
		return &transientError{withoutAddress(err)}
	}
	defer response.Body.Close()
	if err := d.answer(response); err != nil {
		return err
	}
	err = d.take(response.Body, func() { alarm.Reset(stall) })
	switch {
	case parent.Err() != nil:
		return parent.Err()
	case err != nil && errors.Is(context.Cause(ctx), errStalled):
		return &transientError{fmt.Errorf("%w for %v", errStalled, stall)}
	}
	return err
}

// withoutAddress drops the address that net/http puts before its errors: it is
// long, and the source is named already.
func withoutAddress(err error) error {
	type timeout interface{ Timeout() bool }
	for {
		inner := errors.Unwrap(err)
		if inner == nil || !strings.Contains(err.Error(), "://") {
			return err
		}
		if t, ok := err.(timeout); ok && t.Timeout() {
			return inner
		}
		err = inner
	}
}

// take appends the body to the file. alive is called whenever bytes came.
func (d *download) take(body io.Reader, alive func()) error {
	buffer := make([]byte, 256<<10)
	for {
		n, err := body.Read(buffer)
		if n > 0 {
			alive()
			if d.have+int64(n) > d.want.Size {
				return errors.Join(fmt.Errorf("sends more than the %d bytes of %s", d.want.Size, d.want.Name), d.restart())
			}
			// WriteAt, not Write: a failed write must not leave a gap behind it.
			written, failed := d.file.WriteAt(buffer[:n], d.have)
			d.have += int64(written)
			if failed != nil {
				return failed
			}
			d.meter.at(d.have)
		}
		if err == io.EOF && d.have == d.want.Size {
			return nil
		}
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return &transientError{fmt.Errorf("the connection broke after %d of %d bytes: %w", d.have, d.want.Size, err)}
		}
	}
}
