package openai

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"time"
)

const (
	maxErrorBody = 64 << 10
	// What an event of a stream and an answer that was not streamed may have beside their texts.
	maxEvent  = 1 << 20
	maxAnswer = 16 << 20
)

var (
	errIdle    = errors.New("the stream fell silent")
	errTimeout = errors.New("the request took too long")
	errEnded   = errors.New("every completion of the request has ended")
	errTooLong = errors.New("more than any completion needs")
)

// newClient makes the client of one Generator. It follows no redirects (see
// failStatus) and bounds how long a connection may take to open; how long an
// answer may take is for contexts to say.
func newClient(parallel int) *http.Client {
	transport := &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		DialContext:         (&net.Dialer{Timeout: 30 * time.Second}).DialContext,
		ForceAttemptHTTP2:   true,
		TLSHandshakeTimeout: 20 * time.Second,
		MaxIdleConnsPerHost: parallel,
		IdleConnTimeout:     90 * time.Second,
		DisableCompression:  true, // a compressed stream comes in lumps
	}
	return &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// attempt makes one HTTP request and hands each chunk of the answer to take, with little
// more than maxText bytes of each text in it. The error may be retried unless take was given
// text before.
func (g *Generator) attempt(ctx context.Context, b body, maxText int, take func(chunk) *Error) *Error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	payload, err := json.Marshal(b)
	if err != nil {
		return g.fail(err, "write the request")
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, g.url, bytes.NewReader(payload))
	if err != nil {
		return g.fail(nil, "the base URL cannot be used")
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "text/event-stream, application/json")
	request.Header.Set("User-Agent", "seccoder")
	g.key.authorize(request.Header)

	response, err := g.client.Do(request)
	if err != nil {
		if cause := context.Cause(ctx); cause != nil {
			return g.failContext(cause)
		}
		var outer *url.Error // it repeats the whole URL
		if errors.As(err, &outer) {
			err = outer.Err
		}
		return g.failConnection(err)
	}
	defer response.Body.Close()

	idle := time.AfterFunc(g.options.IdleTimeout, func() { cancel(errIdle) })
	defer idle.Stop()
	alive := func() { idle.Reset(g.options.IdleTimeout) }
	if response.StatusCode != http.StatusOK {
		said, _ := io.ReadAll(io.LimitReader(response.Body, maxErrorBody))
		return g.failStatus(response.StatusCode, response.Header, said)
	}
	answer := &shortener{r: response.Body, most: maxText, maxDropped: g.maxDropped}
	texts := 6 * int64(max(b.N, 1)) * int64(maxText) // JSON may write a byte as \u0000
	kind, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type"))
	switch kind {
	case "application/json":
		err = g.readWhole(answer, maxAnswer+texts, take)
	case "text/html":
		page, _ := io.ReadAll(io.LimitReader(response.Body, maxErrorBody))
		return g.failPage(page)
	default:
		// Headers may come long before the first token, which Timeout waits for.
		idle.Stop()
		err = g.readStream(answer, maxEvent+texts, alive, take)
	}
	var e *Error
	if err == nil || errors.As(err, &e) {
		return e
	}
	if cause := context.Cause(ctx); cause != nil {
		return g.failContext(cause)
	}
	if errors.Is(err, errTooLong) {
		return g.failAnswer(err.Error())
	}
	e = g.fail(nil, "read the answer: "+err.Error())
	e.retry = true
	return e
}

// readStream reads chunks up to [DONE], or to the end if every choice that
// began had its finish_reason by then.
func (g *Generator) readStream(r io.Reader, maxEvent int64, alive func(), take func(chunk) *Error) error {
	finished := map[int]bool{} // the choices that began
	done := false
	err := readEvents(r, maxEvent, alive, func(data []byte) (bool, error) {
		if bytes.Equal(bytes.TrimSpace(data), []byte("[DONE]")) {
			done = true
			return false, nil
		}
		c, err := g.parseChunk(data)
		if err != nil {
			return false, err
		}
		for _, choice := range c.Choices {
			finished[choice.Index] = finished[choice.Index] || choice.FinishReason != nil
		}
		if e := take(c); e != nil {
			return false, e
		}
		return true, nil
	})
	if err != nil {
		return err
	}
	for _, f := range finished {
		if !f && !done {
			e := g.fail(io.ErrUnexpectedEOF, "the stream broke off before its end")
			e.retry = true
			return e
		}
	}
	if len(finished) == 0 {
		e := g.failAnswer("the server answered with no completion")
		e.retry = !done
		return e
	}
	return nil
}

// readWhole reads an answer that was not streamed although it was asked to be.
func (g *Generator) readWhole(r io.Reader, most int64, take func(chunk) *Error) error {
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	if err != nil {
		return err
	}
	if int64(len(data)) > most {
		return fmt.Errorf("the answer is longer than %d bytes, %w", most, errTooLong)
	}
	c, err := g.parseChunk(data)
	if err != nil {
		return err
	}
	if len(c.Choices) == 0 {
		return g.failAnswer("the server answered with no completion")
	}
	c.whole = true
	if e := take(c); e != nil {
		return e
	}
	return nil
}

func (g *Generator) parseChunk(data []byte) (chunk, error) {
	var c chunk
	if err := json.Unmarshal(data, &c); err != nil {
		// A key that the cut to 120 characters went through would be found no more.
		said := g.key.redact(string(data))
		return c, g.failAnswer(fmt.Sprintf("the server sent what is no JSON of this API (%v): %.120q", err, said))
	}
	if len(c.Error) > 0 && string(c.Error) != "null" {
		return c, g.failReported(data)
	}
	return c, nil
}

// failContext makes an Error of a context that ended.
func (g *Generator) failContext(cause error) *Error {
	switch {
	case errors.Is(cause, errIdle):
		return g.fail(nil, fmt.Sprintf("%v for %s; the server may hang or be overloaded", errIdle, g.options.IdleTimeout))
	case errors.Is(cause, errTimeout):
		return g.fail(nil, fmt.Sprintf("%v (over %s)", errTimeout, g.options.Timeout))
	default:
		return g.fail(cause, "")
	}
}
