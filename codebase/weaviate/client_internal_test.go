package weaviate

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
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
			synctest.Test(t, func(t *testing.T) { testMajority(t, test.nodes, [][]int{test.first, test.second}, test.want) })
		})
	}
}

// testMajority asks nodes that answer so, on a clock of its own.
func testMajority(t *testing.T, nodes []error, wants [][]int, wantErr error) {
	address := Address{Timeout: 200 * time.Millisecond}
	for i := range nodes {
		address.Hosts = append(address.Hosts, string(rune('a'+i)))
	}
	c, err := newClient(address)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range wants {
		var mu sync.Mutex
		asked := make([]int, len(nodes))
		err := c.majority(t.Context(), func(_ context.Context, base string) error {
			mu.Lock()
			defer mu.Unlock()
			node := slices.Index(c.base, base)
			asked[node]++
			return nodes[node]
		})
		if !errors.Is(err, wantErr) {
			t.Errorf("error %v, want %v", err, wantErr)
		}
		if want != nil && !slices.Equal(asked, want) {
			t.Errorf("asked %v times, want %v", asked, want)
		}
	}
}

// TestHangingNode asks for something while one node takes requests and says nothing: the
// first time costs that node's share of the time, the second nothing.
func TestHangingNode(t *testing.T) {
	for name, send := range map[string]func(*client, context.Context, func(context.Context, string) error) error{
		"majority": (*client).majority, "retry": (*client).retry,
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { testHangingNode(t, send) })
		})
	}
}

// testHangingNode asks twice, on a clock of its own.
func testHangingNode(t *testing.T, send func(*client, context.Context, func(context.Context, string) error) error) {
	c, err := newClient(Address{Hosts: []string{"hangs", "b", "c"}, Timeout: 3 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	for _, most := range []time.Duration{time.Second, 0} {
		begin := time.Now()
		err := send(c, t.Context(), func(ctx context.Context, base string) error {
			if base == c.base[0] {
				<-ctx.Done()
				return ctx.Err()
			}
			return nil
		})
		if took := time.Since(begin); err != nil || took > most {
			t.Errorf("error %v after %s, want an answer within %s", err, took, most)
		}
	}
}

// TestAllHang asks nodes of which too many take requests and say nothing: that takes the timeout
// and no longer, and one that answers is heard in that time.
func TestAllHang(t *testing.T) {
	tests := map[string]struct {
		nodes, hang int
		want        error
	}{
		"1 of 1": {1, 1, ErrUnreachable},
		"3 of 3": {3, 3, ErrUnreachable},
		"1 of 3": {3, 1, nil},
	}
	for name, test := range tests {
		for _, timeout := range []time.Duration{300 * time.Millisecond, 1500 * time.Millisecond} {
			address := Address{Hosts: []string{"a", "b", "c"}[:test.nodes], Timeout: timeout}
			for way, send := range map[string]func(*client, context.Context, func(context.Context, string) error) error{
				"majority": (*client).majority, "retry": (*client).retry,
			} {
				t.Run(fmt.Sprintf("%s, %s, %s", name, way, timeout), func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) { testHang(t, address, test.hang, send, test.want) })
				})
			}
		}
	}
}

// testHang asks nodes of which the first hang, on a clock of its own.
func testHang(t *testing.T, address Address, hang int, send func(*client, context.Context, func(context.Context, string) error) error, want error) {
	c, err := newClient(address)
	if err != nil {
		t.Fatal(err)
	}
	begin := time.Now()
	err = send(c, t.Context(), func(ctx context.Context, base string) error {
		if slices.Index(c.base, base) >= hang {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(10 * time.Second):
			return errors.New("nobody stopped waiting")
		}
	})
	if took := time.Since(begin); !errors.Is(err, want) || took > address.Timeout {
		t.Errorf("error %v after %s, want %v within %s", err, took, want, address.Timeout)
	}
}
