package weaviate_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/storetest"
	"github.com/seccoder/seccoder/codebase/weaviate"
	"github.com/seccoder/seccoder/codebase/weaviate/weaviatetest"
)

// loadVariable is how many adds the loss of a node is tested with (make cluster). There is
// a search for every five.
const loadVariable = "SECCODER_TEST_CLUSTER_ADDS"

const (
	embedder = "test"
	dims     = 384
)

// A load is adds and searches at one time, by several goroutines.
type load struct {
	t       *testing.T
	store   *weaviate.Store
	vectors map[string][]float32 // of what is added
	pending chan codebase.Example
	done    atomic.Int64

	mu sync.Mutex
	// acknowledged are the ids of the examples whose Add returned without error.
	acknowledged []string
	addTimes     []time.Duration
	searchTimes  []time.Duration
}

// TestLossOfANode kills one of three nodes in the middle of a load, and starts it again
// before its end.
func TestLossOfANode(t *testing.T) {
	adds := 300
	if text := os.Getenv(loadVariable); text != "" {
		var err error
		if adds, err = strconv.Atoi(text); err != nil || adds < 100 {
			t.Fatalf("%s=%s: expected a number from 100 on", loadVariable, text)
		}
	}
	cluster := weaviatetest.Start(t, 3)
	store := openNamed(t, cluster.Address()+"/loss")
	if n := store.Replicas(); n != 3 {
		t.Fatalf("%d replicas on three nodes", n)
	}
	l := newLoad(t, store, adds)
	begin := time.Now()
	finished := l.start(adds / 5)
	l.waitFor(adds / 3)
	cluster.Kill(1)
	killed := l.count()
	l.waitFor(adds * 2 / 3)
	cluster.Restart(1)
	restarted := l.count()
	<-finished
	if t.Failed() {
		return
	}
	t.Logf("%d adds (%s) and %d searches (%s) in %s; node killed after %d, back after %d adds",
		len(l.acknowledged), quantiles(l.addTimes), len(l.searchTimes), quantiles(l.searchTimes), time.Since(begin).Round(time.Millisecond), killed, restarted)

	l.checkAll()
	t.Logf("the node that was away has all examples %s after the load's end", l.waitForNode(cluster, 1))
	l.checkRecall(cluster, 1)
	l.checkOutages(cluster)
}

func newLoad(t *testing.T, store *weaviate.Store, adds int) *load {
	l := &load{t: t, store: store, vectors: map[string][]float32{}, pending: make(chan codebase.Example, adds)}
	random := rand.New(rand.NewPCG(1, 2))
	for i, e := range storetest.Numbered(adds) {
		e.Code += strings.Repeat(fmt.Sprintf("# line of example %d\n", i), 20)
		e.ID = e.Hash()
		l.vectors[e.ID] = unit(random)
		l.pending <- e
	}
	close(l.pending)
	return l
}

// unit draws a vector of length 1.
func unit(random *rand.Rand) []float32 {
	v := make([]float32, dims)
	sum := 0.0
	for i := range v {
		v[i] = float32(random.NormFloat64())
		sum += float64(v[i]) * float64(v[i])
	}
	for i := range v {
		v[i] /= float32(math.Sqrt(sum))
	}
	return v
}

// start begins the load, and returns what is closed at its end.
func (l *load) start(searches int) <-chan struct{} {
	var group sync.WaitGroup
	for range 4 {
		group.Go(l.add)
	}
	var searched atomic.Int64
	for i := range 2 {
		group.Go(func() {
			random := rand.New(rand.NewPCG(uint64(i), 3))
			for searched.Add(1) <= int64(searches) && !l.t.Failed() {
				l.search(random)
				// Over the whole of the load, if they are fast.
				for searched.Load()*int64(cap(l.pending)) > l.done.Load()*int64(searches) && l.done.Load() < int64(cap(l.pending)) && !l.t.Failed() {
					time.Sleep(time.Millisecond)
				}
			}
		})
	}
	finished := make(chan struct{})
	go func() {
		group.Wait()
		close(finished)
	}()
	return finished
}

func (l *load) add() {
	for e := range l.pending {
		begin := time.Now()
		n, err := l.store.Add(l.t.Context(), e)
		took := time.Since(begin)
		if err == nil {
			l.mu.Lock()
			l.acknowledged = append(l.acknowledged, e.ID)
			l.addTimes = append(l.addTimes, took)
			l.mu.Unlock()
			err = l.store.PutVectors(l.t.Context(), embedder, map[string][]float32{e.ID: l.vectors[e.ID]})
		}
		if err != nil || n != 1 {
			l.t.Errorf("Add = %d, %v", n, err)
			return
		}
		l.done.Add(1)
	}
}

func (l *load) search(random *rand.Rand) {
	begin := time.Now()
	_, err := l.store.Nearest(l.t.Context(), embedder, unit(random), codebase.Filter{Language: "python", CWE: 89}, 5)
	took := time.Since(begin)
	if err != nil {
		l.t.Errorf("search: %v", err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.searchTimes = append(l.searchTimes, took)
}

func (l *load) count() int { return int(l.done.Load()) }

func (l *load) waitFor(adds int) {
	for l.count() < adds && !l.t.Failed() {
		time.Sleep(5 * time.Millisecond)
	}
}

// checkAll looks for every acknowledged add: by its id, and in lists.
func (l *load) checkAll() {
	l.t.Helper()
	have := make(map[string]bool)
	for label, err := range l.store.Labels(l.t.Context()) {
		if err != nil {
			l.t.Fatal(err)
		}
		have[label.ID] = true
	}
	missing, err := l.store.WithoutVector(l.t.Context(), embedder)
	if err != nil || len(missing) > 0 {
		l.t.Errorf("%d examples have no vector, %v", len(missing), err)
	}
	lost := 0
	for _, id := range l.acknowledged {
		if !have[id] {
			l.t.Errorf("example %.12s was acknowledged and is in no list", id)
			lost++
		}
		if e, err := l.store.Get(l.t.Context(), id); err != nil || e.ID != id {
			l.t.Errorf("example %.12s was acknowledged: %v", id, err)
			lost++
		}
		if lost > 10 {
			l.t.FailNow()
		}
	}
}

// waitForNode waits until a node has every acknowledged example itself, and says how long
// that took.
func (l *load) waitForNode(cluster *weaviatetest.Cluster, node int) time.Duration {
	l.t.Helper()
	begin := time.Now()
	missing := slices.Clone(l.acknowledged)
	for len(missing) > 0 {
		missing = slices.DeleteFunc(missing, func(id string) bool { return l.nodeHas(cluster, node, id) })
		if time.Since(begin) > 5*time.Minute {
			l.t.Fatalf("%s has not %d of %d examples", cluster.NodeName(node), len(missing), len(l.acknowledged))
		}
		if len(missing) > 0 {
			time.Sleep(200 * time.Millisecond)
		}
	}
	return time.Since(begin).Round(time.Millisecond)
}

// nodeHas asks what one node has, and no other.
func (l *load) nodeHas(cluster *weaviatetest.Cluster, node int, id string) bool {
	url := strings.Replace(cluster.NodeAddress(node), "weaviate", "http", 1) +
		"/v1/objects/" + l.store.ClassOfExamples() + "/" + weaviate.UUID(id) + "?node_name=" + cluster.NodeName(node)
	response, err := http.Get(url)
	if err != nil {
		l.t.Fatal(err)
	}
	defer response.Body.Close()
	return response.StatusCode == http.StatusOK
}

// checkRecall compares what is found with the exact answer: through each node alone, and through
// all with the one that was away first. A node searches the replica that it has, and Weaviate 1.35 brings
// one that was away its objects but not all of them into its vector index: what is found through that
// one alone is said and not held to anything.
func (l *load) checkRecall(cluster *weaviatetest.Cluster, away int) {
	l.t.Helper()
	hosts := []string{strings.TrimPrefix(cluster.NodeAddress(away), "weaviate://")}
	for node := range 3 {
		address := cluster.NodeAddress(node)
		recall := l.recall(openNamed(l.t, address+"/loss"))
		l.t.Logf("recall@10 by %s: %.3f", cluster.NodeName(node), recall)
		if node == away {
			continue
		}
		hosts = append(hosts, strings.TrimPrefix(address, "weaviate://"))
		if recall < 0.95 {
			l.t.Errorf("recall@10 by %s is %.3f", cluster.NodeName(node), recall)
		}
	}
	recall := l.recall(openNamed(l.t, "weaviate://"+strings.Join(hosts, ",")+"/loss"))
	l.t.Logf("recall@10 by all: %.3f", recall)
	if recall < 0.95 {
		l.t.Errorf("recall@10 by all, the node that was away first, is %.3f", recall)
	}
}

// recall is the share of the 10 nearest vectors that a store finds, over 100 queries.
func (l *load) recall(store *weaviate.Store) float64 {
	l.t.Helper()
	const queries, k = 100, 10
	random := rand.New(rand.NewPCG(7, 7))
	found := 0
	for range queries {
		query := unit(random)
		got, err := store.Nearest(l.t.Context(), embedder, query, codebase.Filter{}, k)
		if err != nil {
			l.t.Fatal(err)
		}
		exact := l.exact(query, k)
		for _, near := range got {
			if slices.Contains(exact, near.ID) {
				found++
			}
		}
	}
	return float64(found) / (queries * k)
}

func (l *load) exact(query []float32, k int) []string {
	type scored struct {
		id    string
		score float32
	}
	var all []scored
	for id, v := range l.vectors {
		var product float32
		for i, value := range v {
			product += value * query[i]
		}
		all = append(all, scored{id, product})
	}
	slices.SortFunc(all, func(a, b scored) int {
		if a.score > b.score {
			return -1
		}
		return 1
	})
	var ids []string
	for _, s := range all[:k] {
		ids = append(ids, s.id)
	}
	return ids
}

// checkOutages takes one node more away than a quorum can bear, and then a node that hangs.
func (l *load) checkOutages(cluster *weaviatetest.Cluster) {
	l.t.Helper()
	hasty := openNamed(l.t, cluster.Address()+"/loss?timeout=5s")
	cluster.Hang(0)
	if _, err := l.store.Get(l.t.Context(), l.acknowledged[0]); err != nil {
		l.t.Errorf("Get while a node hangs: %v", err)
	}
	cluster.Kill(0)
	cluster.Kill(2)
	begin := time.Now()
	_, err := hasty.Add(context.WithoutCancel(l.t.Context()), storetest.Example("c", "int never;"))
	if took := time.Since(begin); err == nil || took > 30*time.Second {
		l.t.Errorf("Add with one of three nodes: error %v, after %s", err, took)
	}
	l.t.Logf("Add with one of three nodes: %v", err)
}

func quantiles(times []time.Duration) string {
	slices.Sort(times)
	if len(times) == 0 {
		return "none"
	}
	at := func(share float64) time.Duration {
		return times[int(share*float64(len(times)-1))].Round(100 * time.Microsecond)
	}
	return fmt.Sprintf("p50 %s, p99 %s, slowest %s", at(0.5), at(0.99), at(1))
}
