package weaviate

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

// ErrUnreachable says that the cluster did not answer, or that too few of its nodes did for
// a quorum. Nothing is known of what was asked: an Add may have been carried out.
var ErrUnreachable = errors.New("the cluster does not answer")

const (
	defaultTimeout = 30 * time.Second
	// maxAnswer bounds what one answer can make the program allocate.
	maxAnswer = 1 << 30
)

// A client sends requests to the nodes of a cluster. Each request is such that sending it
// twice does no harm, so whatever fails on one node is sent to the next.
type client struct {
	address Address
	base    []string // of each node, without a slash at the end
	key     string
	http    *http.Client
	timeout time.Duration
	// preferred is the node that answered last.
	preferred atomic.Int32
	// failed is when each node failed last, in Unix nanoseconds; 0 where it has answered since.
	failed []atomic.Int64
}

func newClient(address Address) (*client, error) {
	c := &client{address: address, timeout: cmp.Or(address.Timeout, defaultTimeout)}
	scheme := "http://"
	if address.Secure {
		scheme = "https://"
	}
	for _, host := range address.Hosts {
		c.base = append(c.base, scheme+host)
	}
	c.failed = make([]atomic.Int64, len(c.base))
	c.key = os.Getenv(cmp.Or(address.KeyEnv, defaultKeyEnv))
	switch safe := address.Secure || address.local(); {
	case address.KeyEnv != "" && c.key == "":
		return nil, fmt.Errorf("the environment variable %s, which should hold the key of the cluster %s, is empty", address.KeyEnv, address)
	case address.KeyEnv != "" && !safe:
		return nil, fmt.Errorf("the key of the cluster %s would be sent over plain HTTP: use %s", address, schemeSecure)
	case !safe:
		c.key = "" // meant for another cluster, maybe; this one says so where it wants one
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 4 * parallelRequests
	c.http = &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse // a key goes to no other host
	}}
	return c, nil
}

func (c *client) close() { c.http.CloseIdleConnections() }

// A refusal is an answer that asking again would not change.
type refusal struct {
	status int
	text   string
}

func (r *refusal) Error() string {
	switch r.status {
	case http.StatusUnauthorized, http.StatusForbidden:
		return fmt.Sprintf("%s (status %d): the key of the cluster, in the environment variable %s or the one that key-env names, is missing or may not do this; it is sent by %s only, or to this machine",
			r.text, r.status, defaultKeyEnv, schemeSecure)
	}
	return fmt.Sprintf("%s (status %d)", r.text, r.status)
}

// refused reports whether err is an answer of the status.
func refused(err error, status int) bool {
	var r *refusal
	return errors.As(err, &r) && r.status == status
}

// do sends a request with a JSON body (nil for none) and reads the answer into result,
// where that is not nil. It asks one node after the other, again and again, until one
// answers or the time is over.
func (c *client) do(ctx context.Context, method, path string, body, result any) error {
	var data []byte
	if body != nil {
		var err error
		if data, err = json.Marshal(body); err != nil {
			return err
		}
	}
	return c.retry(ctx, func(ctx context.Context, base string) error {
		return c.once(ctx, method, base+path, data, result)
	})
}

// order is the nodes in the order in which they are to be asked: from the one that answered
// last on, and those that failed in the last minute behind the first n.
func (c *client) order() (nodes []int32, n int) {
	var failed []int32
	for i := range int32(len(c.base)) {
		node := (c.preferred.Load() + i) % int32(len(c.base))
		if time.Since(time.Unix(0, c.failed[node].Load())) < time.Minute {
			failed = append(failed, node)
		} else {
			nodes = append(nodes, node)
		}
	}
	return append(nodes, failed...), len(nodes)
}

// retry calls ask with one node after the other until it gives no error or a refusal.
func (c *client) retry(ctx context.Context, ask func(ctx context.Context, base string) error) error {
	within, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	return c.outcome(ctx, c.inTurn(within, ask))
}

// majority calls ask with more than half of the nodes at once, or as many as answer. It is
// an error when none does, or where one refuses.
func (c *client) majority(ctx context.Context, ask func(ctx context.Context, base string) error) error {
	within, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	nodes, n := c.order()
	turns := make(chan int32, n)
	for _, node := range nodes[:n] {
		turns <- node
	}
	close(turns)
	var answered atomic.Bool
	group, together := errgroup.WithContext(within)
	for range min(len(nodes)/2+1, n) {
		group.Go(func() error {
			for node := range turns {
				switch err := c.ask(together, node, ask); {
				case err == nil:
					answered.Store(true)
					return nil
				case isRefusal(err):
					return err
				}
			}
			return nil
		})
	}
	switch err := group.Wait(); {
	case err != nil:
		return err
	case ctx.Err() != nil:
		return ctx.Err()
	case answered.Load():
		return nil
	}
	return c.outcome(ctx, c.inTurn(within, ask))
}

// inTurn asks one node after the other, again and again, until one answers or ctx ends. Its error
// is the last that came before that.
func (c *client) inTurn(ctx context.Context, ask func(ctx context.Context, base string) error) error {
	nodes, _ := c.order()
	pause := 20 * time.Millisecond
	var last error
	for try := 1; ; try++ {
		err := c.ask(ctx, nodes[(try-1)%len(nodes)], ask)
		if err == nil || isRefusal(err) {
			return err
		}
		if last == nil || ctx.Err() == nil {
			last = err
		}
		if try%len(nodes) == 0 {
			select {
			case <-ctx.Done():
			case <-time.After(pause):
			}
			pause = min(2*pause, time.Second)
		}
		if ctx.Err() != nil {
			return last
		}
	}
}

// outcome is what a request came to whose time was c.timeout within ctx.
func (c *client) outcome(ctx context.Context, err error) error {
	switch {
	case err == nil || isRefusal(err):
		return err
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return fmt.Errorf("%w within %s (%w): see that its nodes run and can be reached from here; with fallback=FILE in the address, a copy answers reads meanwhile",
		ErrUnreachable, c.timeout, err)
}

// ask gives a node its share of the time, so that one that hangs is left for the next.
func (c *client) ask(ctx context.Context, node int32, ask func(ctx context.Context, base string) error) error {
	within := ctx
	if len(c.base) > 1 {
		var cancel context.CancelFunc
		within, cancel = context.WithTimeout(ctx, max(c.timeout/time.Duration(len(c.base)), min(time.Second, c.timeout/2)))
		defer cancel()
	}
	err := ask(within, c.base[node])
	switch {
	case err == nil || isRefusal(err):
		c.preferred.Store(node)
		c.failed[node].Store(0)
	case ctx.Err() == nil:
		c.failed[node].Store(time.Now().UnixNano())
	}
	return err
}

func isRefusal(err error) bool {
	var r *refusal
	return errors.As(err, &r)
}

func (c *client) once(ctx context.Context, method, url string, body []byte, result any) error {
	request, err := http.NewRequestWithContext(ctx, method, url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if c.key != "" {
		request.Header.Set("Authorization", "Bearer "+c.key)
	}
	response, err := c.http.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
	switch {
	case err != nil:
		return err
	case len(answer) > maxAnswer:
		return &refusal{response.StatusCode, fmt.Sprintf("an answer of more than %d bytes", maxAnswer)}
	case response.StatusCode >= 300:
		return failure(response.StatusCode, errorText(answer))
	case result == nil:
		return nil
	}
	if err := json.Unmarshal(answer, result); err != nil {
		return &refusal{response.StatusCode, fmt.Sprintf("%s answered what is no JSON of Weaviate's (%v): see that the address is a Weaviate server's", request.URL.Host, err)}
	}
	return nil
}

// failure is an error of a status: one that passes, or a refusal.
func failure(status int, text string) error {
	if status >= 500 && text == noMessage || status == http.StatusTooManyRequests || status == http.StatusBadGateway || status == http.StatusServiceUnavailable || status == http.StatusGatewayTimeout ||
		status >= 400 && status != http.StatusNotFound && passes(text) {
		return fmt.Errorf("%s (status %d)", text, status)
	}
	return &refusal{status, text}
}

// noMessage stands for what an answer does not say, such as those to HEAD, which have no body.
const noMessage = "no message"

// passing are parts of what Weaviate says while nodes come and go. It gives them the
// statuses of errors that stay.
var passing = []string{
	"replica", "consistency level", "connection refused", "connection reset", "broken pipe", "no route to host", "EOF",
	"leader", "not ready", "starting", "shutting down", "shutdown", "deadline exceeded", "timeout", "read error", "repair",
	"could not resolve", "unavailable", "not found in schema", "could not find class", "failed to get class", "find index", "index not found",
	"Cannot query field", // of a class that another node has just made
}

func passes(text string) bool {
	for _, part := range passing {
		if strings.Contains(text, part) {
			return true
		}
	}
	return false
}

// errorText takes the messages out of an answer, in one line.
func errorText(answer []byte) string {
	var report struct {
		Error []struct {
			Message string `json:"message"`
		} `json:"error"`
		Message string `json:"message"`
	}
	text := ""
	if json.Unmarshal(answer, &report) == nil {
		text = report.Message
		for _, e := range report.Error {
			text = strings.TrimPrefix(text+"; "+e.Message, "; ")
		}
	}
	if text == "" {
		text = string(answer[:min(len(answer), 300)])
	}
	text = strings.Join(strings.Fields(text), " ")
	return cmp.Or(strings.ToValidUTF8(text[:min(len(text), 600)], ""), noMessage)
}
