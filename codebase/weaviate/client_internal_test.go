package weaviate

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"
)

// TestMajority asks nodes that answer, fail and refuse, twice: what failed the first time is
// not asked the second time while another will do.
func TestMajority(t *testing.T) {
	answers, fails, refuses := error(nil), errors.New("connection refused"), error(&refusal{http.StatusForbidden, "no"})
	tests := map[string]struct {
		nodes         []error
		first, second []int // how often each node was asked
		want          error
	}{
		"one":                {[]error{answers}, []int{1}, []int{1}, nil},
		"two":                {[]error{answers, answers}, []int{1, 1}, []int{1, 1}, nil},
		"one of two fails":   {[]error{fails, answers}, []int{1, 1}, []int{0, 1}, nil},
		"one of three fails": {[]error{fails, answers, answers}, []int{1, 1, 1}, []int{0, 1, 1}, nil},
		"two of three fail":  {[]error{fails, answers, fails}, []int{1, 1, 1}, []int{0, 1, 0}, nil},
		"one refuses":        {[]error{refuses}, []int{1}, []int{1}, refuses},
		"all fail":           {[]error{fails, fails}, nil, nil, ErrUnreachable},
		"all refuse":         {[]error{refuses, refuses, refuses, refuses, refuses}, nil, nil, refuses},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			address := Address{Timeout: 200 * time.Millisecond}
			for i := range test.nodes {
				address.Hosts = append(address.Hosts, string(rune('a'+i)))
			}
			c, err := newClient(address)
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range [][]int{test.first, test.second} {
				var mu sync.Mutex
				asked := make([]int, len(test.nodes))
				err := c.majority(t.Context(), func(_ context.Context, base string) error {
					mu.Lock()
					defer mu.Unlock()
					node := slices.Index(c.base, base)
					asked[node]++
					return test.nodes[node]
				})
				if !errors.Is(err, test.want) {
					t.Errorf("error %v, want %v", err, test.want)
				}
				if want != nil && !slices.Equal(asked, want) {
					t.Errorf("asked %v times, want %v", asked, want)
				}
			}
		})
	}
}

// TestHangingNode asks for something while one node takes requests and says nothing: the
// first time costs that node's share of the time, the second nothing.
func TestHangingNode(t *testing.T) {
	c, err := newClient(Address{Hosts: []string{"hangs", "b", "c"}, Timeout: 3 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(ctx context.Context, base string) error {
		if base == c.base[0] {
			<-ctx.Done()
			return ctx.Err()
		}
		return nil
	}
	for name, send := range map[string]func(context.Context, func(context.Context, string) error) error{"majority": c.majority, "retry": c.retry} {
		c.preferred.Store(0)
		c.failed[0].Store(0)
		if err := send(t.Context(), ask); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		begin := time.Now()
		if err := send(t.Context(), ask); err != nil || time.Since(begin) > 500*time.Millisecond {
			t.Errorf("%s again: %v, after %s", name, err, time.Since(begin))
		}
	}
}
