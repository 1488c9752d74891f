package weaviate

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"
)

const (
	// quorum has a request count only when a majority of the replicas has carried it out.
	quorum = "?consistency_level=QUORUM"
	// parallelRequests is how many requests one method has under way at most.
	parallelRequests = 8
	// maxBatch and maxBatchBytes bound what one request writes.
	maxBatch      = 200
	maxBatchBytes = 4 << 20
	// page is about how many objects one request lists, and pageContent how many it reads
	// with all that they hold. Of pageIDs no more is read than their names, where that goes through
	// a whole class.
	page        = 1000
	pageContent = 100
	pageIDs     = 4000
	// placeBits is how many bits of an id are its place: as many as a number in JSON holds
	// for certain.
	placeBits = 52
)

// An object is what a class holds.
type object struct {
	Class      string         `json:"class"`
	ID         string         `json:"id"`
	Properties map[string]any `json:"properties"`
	Vector     []float32      `json:"vector,omitempty"`
}

// uuidOf is the first half of a SHA-256 in hex, written as a UUID: the same example has the
// same object wherever it is added from, and objects are in the order of ids.
func uuidOf(id string) string {
	return id[:8] + "-" + id[8:12] + "-" + id[12:16] + "-" + id[16:20] + "-" + id[20:32]
}

// placeOf is the beginning of an id as a number.
func placeOf(id string) int64 {
	n, _ := strconv.ParseInt(id[:placeBits/4], 16, 64) // ids are hex
	return n
}

func (s *Store) objectPath(class, uuid string) string {
	return "/v1/objects/" + s.prefix + class + "/" + uuid + quorum
}

// each calls do for some items at a time.
func each[T any](ctx context.Context, items []T, do func(ctx context.Context, item T) error) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(parallelRequests)
	for _, item := range items {
		group.Go(func() error { return do(ctx, item) })
	}
	return group.Wait()
}

// read reads one object as a quorum has it. It brings replicas that differ in line.
func (s *Store) read(ctx context.Context, class, uuid string, withVector bool) (o object, there bool, err error) {
	path := s.objectPath(class, uuid)
	if withVector {
		path += "&include=vector"
	}
	err = s.client.do(ctx, http.MethodGet, path, nil, &o)
	if refused(err, http.StatusNotFound) {
		return o, false, nil
	}
	return o, err == nil, err
}

// exists returns those of the uuids that the class has.
func (s *Store) exists(ctx context.Context, class string, uuids []string) (map[string]bool, error) {
	there := make(map[string]bool)
	if len(uuids) > parallelRequests {
		for some := range slices.Chunk(uuids, page) {
			found, _, err := s.find(ctx, class, textIn("id", some))
			if err != nil {
				return nil, err
			}
			// A replica that was away may still have, and list, what the others removed: an Add that
			// took that for kept would lose it when the replica catches up.
			objects, err := s.fetch(ctx, class, found, []string{"place"}, false)
			if err != nil {
				return nil, err
			}
			for _, o := range objects {
				there[o.ID] = true
			}
		}
		return there, nil
	}
	var mu sync.Mutex
	err := each(ctx, uuids, func(ctx context.Context, uuid string) error {
		err := s.client.do(ctx, http.MethodHead, s.objectPath(class, uuid), nil, nil)
		if refused(err, http.StatusNotFound) {
			return nil
		}
		mu.Lock()
		defer mu.Unlock()
		there[uuid] = true
		return err
	})
	return there, err
}

// write puts objects in, in place of those that have their ids.
func (s *Store) write(ctx context.Context, objects []object) error {
	for len(objects) > 0 {
		n, size := 0, 0
		for n < len(objects) && n < maxBatch && (n == 0 || size < maxBatchBytes) {
			size += objects[n].size()
			n++
		}
		if err := s.writeBatch(ctx, objects[:n]); err != nil {
			return err
		}
		objects = objects[n:]
	}
	return nil
}

func (o object) size() int {
	content, _ := o.Properties["content"].(string)
	return 500 + len(content) + 12*len(o.Vector)
}

// writeBatch writes what one request can. A batch with an object that failed, and may not
// fail again, is sent again as a whole.
func (s *Store) writeBatch(ctx context.Context, objects []object) error {
	data, err := s.batch(objects)
	if err != nil {
		return err
	}
	return s.client.retry(ctx, func(ctx context.Context, base string) error {
		return s.writeTo(ctx, base, data, len(objects))
	})
}

// batch is the body of a request that writes objects.
func (s *Store) batch(objects []object) ([]byte, error) {
	for i := range objects {
		objects[i].Class = s.prefix + strings.TrimPrefix(objects[i].Class, s.prefix)
	}
	return json.Marshal(map[string]any{"objects": objects})
}

// writeTo sends a batch of n objects to a node. The answer has an error for each of them.
func (s *Store) writeTo(ctx context.Context, base string, batch []byte, n int) error {
	var results []struct {
		ID     string `json:"id"`
		Result struct {
			Status string          `json:"status"`
			Errors json.RawMessage `json:"errors"`
		} `json:"result"`
	}
	if err := s.client.once(ctx, http.MethodPost, base+"/v1/batch/objects"+quorum, batch, &results); err != nil {
		return err
	}
	var failed error
	for _, r := range results {
		if r.Result.Status == "SUCCESS" {
			continue
		}
		err := fmt.Errorf("object %s: %w", r.ID, failure(http.StatusUnprocessableEntity, errorText(r.Result.Errors)))
		if isRefusal(err) {
			return err
		}
		failed = err
	}
	if failed == nil && len(results) != n {
		return fmt.Errorf("%d objects were written of %d", len(results), n)
	}
	return failed
}

// remove takes objects out. Those that are not there are passed over.
func (s *Store) remove(ctx context.Context, class string, uuids []string) error {
	return each(ctx, uuids, func(ctx context.Context, uuid string) error {
		err := s.client.do(ctx, http.MethodDelete, s.objectPath(class, uuid), nil, nil)
		if refused(err, http.StatusNotFound) {
			return nil
		}
		return err
	})
}

// find returns the uuids of what fulfils a condition, sorted, and how many there are, which
// is more where the cluster's limit cut the list off.
//
// The request is that of deleting them, as a trial, because it is the only one of Weaviate's
// that asks a quorum of each shard and joins what they have. A query asks one replica, and
// one that has just come back lacks what was written while it was away. A key that may not
// delete, and a single node whose disk is full, make do with the query.
func (s *Store) find(ctx context.Context, class string, condition where) (uuids []string, matches int, err error) {
	data, err := json.Marshal(map[string]any{
		"match":  map[string]any{"class": s.prefix + class, "where": condition},
		"dryRun": true, "output": "verbose",
	})
	if err != nil {
		return nil, 0, err
	}
	err = s.client.retry(ctx, func(ctx context.Context, base string) error {
		var err error
		if uuids, matches, err = s.try(ctx, base, data); errors.Is(err, errIncomplete) && s.replicas == 1 {
			return &refusal{http.StatusForbidden, err.Error()} // there is nobody else to ask
		}
		return err
	})
	if refused(err, http.StatusForbidden) {
		return s.query(ctx, class, condition)
	}
	return uuids, matches, err
}

// errIncomplete says that a list lacks what some shard has.
var errIncomplete = errors.New("of a shard, too few replicas could be asked")

// try sends a deletion as a trial to one node.
func (s *Store) try(ctx context.Context, base string, body []byte) (uuids []string, matches int, err error) {
	var answer struct {
		Results struct {
			Matches int `json:"matches"`
			Objects []struct {
				ID string `json:"id"`
			} `json:"objects"`
		} `json:"results"`
	}
	if err := s.client.once(ctx, http.MethodDelete, base+"/v1/batch/objects"+quorum, body, &answer); err != nil {
		return nil, 0, err
	}
	for _, o := range answer.Results.Objects {
		if o.ID == "" { // that is how a shard's failure shows, and all that is said of it
			return nil, 0, errIncomplete
		}
		uuids = append(uuids, o.ID)
	}
	slices.Sort(uuids)
	return slices.Compact(uuids), max(answer.Results.Matches, len(uuids)), nil
}

// query is find by one replica of each shard.
func (s *Store) query(ctx context.Context, class string, condition where) (uuids []string, matches int, err error) {
	const most = 10_000 // Weaviate's own limit, where nobody changed it
	found, err := s.get(ctx, class, fmt.Sprintf("where:%s,limit:%d", condition.graphQL(), most), nil, false)
	for _, o := range found {
		uuids = append(uuids, o.ID)
	}
	slices.Sort(uuids)
	matches = len(uuids)
	if matches == most {
		matches++ // there may be more
	}
	return uuids, matches, err
}

// A span is a range of places.
type span struct {
	from, end int64 // without end
}

// everywhere is the span of all ids.
var everywhere = span{0, 1 << placeBits}

// list yields the uuids of what lies in the span and fulfils all conditions, in order, some
// at a time.
func (s *Store) list(ctx context.Context, class string, size int, in span, conditions ...where) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		total, err := s.count(ctx, class)
		if err != nil {
			yield(nil, err)
			return
		}
		width := max(everywhere.end/int64(1+2*total/size), 1)
		for from := in.from; from < in.end; {
			to := min(from+width, in.end)
			between := append(slices.Clone(conditions), intIs("place", "GreaterThanEqual", from), intIs("place", "LessThan", to))
			uuids, matches, err := s.find(ctx, class, all(between...))
			if err != nil {
				yield(nil, err)
				return
			}
			if (matches > 2*size || matches > len(uuids)) && width > 1 { // too many, or more than the cluster lists
				width = max(width*int64(size)/int64(2*matches), 1)
				continue
			}
			if len(uuids) > 0 && !yield(uuids, nil) {
				return
			}
			from = to
			if matches < size/4 {
				width *= 4
			}
			width = min(width, everywhere.end)
		}
	}
}

// count is how many objects a class has, or about so many.
func (s *Store) count(ctx context.Context, class string) (int, error) {
	var answer struct {
		Aggregate map[string][]struct {
			Meta struct {
				Count int `json:"count"`
			} `json:"meta"`
		}
	}
	err := s.graphQL(ctx, "{Aggregate{"+s.prefix+class+"{meta{count}}}}", &answer)
	for _, group := range answer.Aggregate[s.prefix+class] {
		return group.Meta.Count, err
	}
	return 0, err
}

// textOf is a property that is text, or "".
func (o object) textOf(name string) string {
	value, _ := o.Properties[name].(string)
	return value
}

// intsOf is a property that is a list of numbers.
func (o object) intsOf(name string) []int {
	list, _ := o.Properties[name].([]any)
	var numbers []int
	for _, value := range list {
		if n, ok := value.(float64); ok {
			numbers = append(numbers, int(n))
		}
	}
	return numbers
}
