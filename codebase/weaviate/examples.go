package weaviate

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// lateTime is how long a method that failed half-way tries to tell others of what it wrote.
const lateTime = 10 * time.Second

// Add implements codebase.Store. See the package's comment for what "all or none" means
// where there are no transactions.
func (s *Store) Add(ctx context.Context, examples ...codebase.Example) (added int, err error) {
	for i := range examples {
		if err := examples[i].Validate(); err != nil {
			return 0, s.fail("add to store", err)
		}
	}
	if len(examples) == 0 {
		return 0, nil
	}
	if added, err = s.add(ctx, examples, s.releaseAdded); err != nil {
		return 0, s.fail("add to store", err)
	}
	return added, nil
}

// add puts valid examples in, and calls then with all of them, by uuid.
//
// What was written stays where it fails: an example that was not there may be so now because
// another process added it, too, and was told that it is kept. To add the same ones again
// brings all to its end, so that everything but the writing is also done for those that
// are there.
func (s *Store) add(ctx context.Context, examples []codebase.Example, then func(ctx context.Context, added map[string]codebase.Example) error) (added int, err error) {
	uuids := make([]string, 0, len(examples))
	byUUID := make(map[string]codebase.Example, len(examples))
	for _, e := range examples {
		uuid := uuidOf(e.ID)
		if _, twice := byUUID[uuid]; !twice {
			uuids = append(uuids, uuid)
			byUUID[uuid] = e
		}
	}
	there, err := s.exists(ctx, classExamples, uuids)
	if err != nil {
		return 0, err
	}
	uuids = slices.DeleteFunc(uuids, func(uuid string) bool { return there[uuid] })
	objects := make([]object, len(uuids))
	for i, uuid := range uuids {
		if objects[i], err = exampleObject(byUUID[uuid]); err != nil {
			return 0, err
		}
	}
	if err = s.write(ctx, objects); err == nil && then != nil {
		err = then(ctx, byUUID)
	}
	return len(uuids), s.changedBy(ctx, err)
}

// changedBy draws the next revision after a change, of which a part may have been made where
// it failed with an error: that is the one to tell, but the indexes of others are old all the same.
func (s *Store) changedBy(ctx context.Context, failed error) error {
	if failed == nil {
		return s.changed(ctx)
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lateTime)
	defer cancel()
	_ = s.changed(ctx)
	return failed
}

func exampleObject(e codebase.Example) (object, error) {
	content, err := json.Marshal(e)
	if err != nil {
		return object{}, err
	}
	o := object{Class: classExamples, ID: uuidOf(e.ID), Properties: labelsOf(e)}
	o.Properties["title"], o.Properties["fix"], o.Properties["content"] = e.Title, e.Fix, string(content)
	return o, nil
}

// labelsOf are the properties of labels.
func labelsOf(e codebase.Example) map[string]any {
	cwes := make([]int, len(e.CWEs))
	for i, cwe := range e.CWEs {
		cwes[i] = int(cwe)
	}
	return map[string]any{
		"example_id": e.ID, "place": placeOf(e.ID), "language": string(e.Language), "cwes": cwes,
		"kind": e.Source.Kind, "admitted_at": e.AdmittedAt.UTC().Format(timeForm),
	}
}

// Remove implements codebase.Store.
func (s *Store) Remove(ctx context.Context, ids ...string) (removed int, err error) {
	if removed, err = s.removeExamples(ctx, ids); err != nil {
		return 0, s.fail("remove from store", err)
	}
	return removed, nil
}

func (s *Store) removeExamples(ctx context.Context, ids []string) (removed int, err error) {
	var uuids []string
	for _, id := range ids {
		if isID(id) {
			uuids = append(uuids, uuidOf(id))
		}
	}
	slices.Sort(uuids)
	there, err := s.exists(ctx, classExamples, slices.Compact(uuids))
	if err != nil || len(there) == 0 {
		return 0, err
	}
	uuids = slices.DeleteFunc(slices.Compact(uuids), func(uuid string) bool { return !there[uuid] })
	_, classes, err := s.vectorClasses(ctx)
	if err != nil {
		return 0, err
	}
	// The examples go first: a vector without its example is served by nothing.
	for _, class := range append([]string{classExamples}, classes...) {
		if err = s.remove(ctx, class, uuids); err != nil {
			break
		}
	}
	return len(uuids), s.changedBy(ctx, err)
}

// isID reports whether text is a whole id.
func isID(text string) bool { return len(text) == 64 && isHex(text) }

func isHex(text string) bool { return strings.Trim(text, "0123456789abcdef") == "" }

// Get implements codebase.Store.
func (s *Store) Get(ctx context.Context, id string) (codebase.Example, error) {
	content, err := s.content(ctx, classExamples, "", id)
	if err != nil {
		return codebase.Example{}, s.failGet("read store", err)
	}
	e, err := decodeExample(content)
	if err != nil {
		return e, s.fail("read store", err)
	}
	return e, nil
}

// failGet is fail, but for errors that are about the id.
func (s *Store) failGet(doing string, err error) error {
	if errors.Is(err, codebase.ErrNotFound) || errors.Is(err, codebase.ErrAmbiguous) {
		return err
	}
	return s.fail(doing, err)
}

// content reads the one object of a class whose id begins so. Where says in which part of
// the store it was looked for, as in " in quarantine".
func (s *Store) content(ctx context.Context, class, where, id string) (object, error) {
	prefix := strings.ToLower(id)
	if prefix == "" || !isHex(prefix) {
		return object{}, fmt.Errorf("%w%s: %q is not the beginning of an id", codebase.ErrNotFound, where, id)
	}
	notFound := fmt.Errorf("%w%s: %s", codebase.ErrNotFound, where, id)
	if len(prefix) == 64 {
		o, there, err := s.read(ctx, class, uuidOf(prefix), false)
		if err != nil || there {
			return o, err
		}
		return object{}, notFound
	}
	uuids, err := s.beginning(ctx, class, prefix)
	if err != nil {
		return object{}, err
	}
	objects, err := s.fetch(ctx, class, uuids, []string{"content"}, false)
	if err != nil {
		return object{}, err
	}
	// Of a prefix longer than a place or a UUID the rest is looked at here.
	ids := make([]string, 0, len(objects))
	objects = slices.DeleteFunc(objects, func(o object) bool {
		whole := contentID(o)
		if strings.HasPrefix(whole, prefix) {
			ids = append(ids, whole)
			return false
		}
		return true
	})
	switch len(objects) {
	case 0:
		return object{}, notFound
	case 1:
		return objects[0], nil
	}
	return object{}, fmt.Errorf("%w: %s begins %s and %s", codebase.ErrAmbiguous, id, ids[0], ids[1])
}

// contentID is the id of the example in an object's content.
func contentID(o object) string {
	var e struct {
		ID   string              `json:"id"`
		Held struct{ ID string } `json:"example"`
	}
	if json.Unmarshal([]byte(o.textOf("content")), &e) != nil {
		return ""
	}
	return e.ID + e.Held.ID
}

// beginning lists uuids of objects whose id may begin so: all, or two at least.
func (s *Store) beginning(ctx context.Context, class, prefix string) ([]string, error) {
	const digits = placeBits / 4
	low := prefix[:min(len(prefix), digits)]
	in := span{placeOf(low + strings.Repeat("0", digits-len(low))), placeOf(low+strings.Repeat("f", digits-len(low))) + 1}
	uuidPrefix := prefix[:min(len(prefix), 32)]
	var list []string
	for uuids, err := range s.list(ctx, class, page, in) {
		if err != nil {
			return nil, err
		}
		for _, uuid := range uuids {
			if strings.HasPrefix(strings.ReplaceAll(uuid, "-", ""), uuidPrefix) {
				list = append(list, uuid)
			}
		}
		if len(list) > 1 && len(prefix) <= digits {
			// Enough to be ambiguous, and a few more, since one may have been removed.
			return list[:min(len(list), 8)], nil
		}
	}
	return list, nil
}

// Examples implements codebase.Store. What is written while the loop runs may be in it or not.
func (s *Store) Examples(ctx context.Context, filter codebase.Filter) iter.Seq2[codebase.Example, error] {
	return scan(ctx, s, "read store", classExamples, pageContent, []string{"content"}, false, conditions(filter), decodeExample)
}

// GetMany implements codebase.BulkStore.
func (s *Store) GetMany(ctx context.Context, ids []string) ([]codebase.Example, error) {
	var uuids []string
	for _, id := range ids {
		if isID(id) {
			uuids = append(uuids, uuidOf(id))
		}
	}
	slices.Sort(uuids)
	var examples []codebase.Example
	for some := range slices.Chunk(slices.Compact(uuids), pageContent) {
		objects, err := s.fetch(ctx, classExamples, some, []string{"content"}, false)
		if err != nil {
			return nil, s.fail("read store", err)
		}
		for _, o := range objects {
			e, err := decodeExample(o)
			if err != nil {
				return nil, s.fail("read store", err)
			}
			examples = append(examples, e)
		}
	}
	return examples, nil
}

// IDs implements codebase.BulkStore. What is written while the loop runs may be in it or not.
func (s *Store) IDs(ctx context.Context, filter codebase.Filter) iter.Seq2[string, error] {
	return scan(ctx, s, "read store", classExamples, page, []string{"example_id"}, false, conditions(filter), decodeID)
}

func decodeID(o object) (string, error) {
	id := o.textOf("example_id")
	if !isID(id) || uuidOf(id) != o.ID {
		return "", fmt.Errorf("%w: object %s is of example %.12s", codebase.ErrDamaged, o.ID, id)
	}
	return id, nil
}

// scan yields what decode makes of each object of a class that fulfils all conditions, in
// the order of ids.
func scan[T any](ctx context.Context, s *Store, doing, class string, size int, properties []string, withVector bool, conditions []where,
	decode func(object) (T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		for uuids, err := range s.list(ctx, class, size, everywhere, conditions...) {
			for some := range slices.Chunk(uuids, size) {
				objects, failed := s.fetch(ctx, class, some, properties, withVector)
				if err = failed; err != nil {
					break
				}
				for _, o := range objects {
					value, err := decode(o)
					if err != nil {
						yield(none, s.fail(doing, err))
						return
					}
					if !yield(value, nil) {
						return
					}
				}
			}
			if err != nil {
				yield(none, s.fail(doing, err))
				return
			}
		}
	}
}

func decodeExample(o object) (codebase.Example, error) {
	var e codebase.Example
	if err := json.Unmarshal([]byte(o.textOf("content")), &e); err != nil {
		return e, fmt.Errorf("%w: object %s: %w", codebase.ErrDamaged, o.ID, err)
	}
	if !isID(e.ID) || uuidOf(e.ID) != o.ID {
		return e, fmt.Errorf("%w: object %s holds example %.12s", codebase.ErrDamaged, o.ID, e.ID)
	}
	return e, nil
}

// Labels implements codebase.IndexStore.
func (s *Store) Labels(ctx context.Context) iter.Seq2[codebase.Label, error] {
	return scan(ctx, s, "read store", classExamples, page, []string{"example_id", "language", "cwes", "title", "fix"}, false, nil, decodeLabel)
}

func decodeLabel(o object) (codebase.Label, error) {
	l := codebase.Label{ID: o.textOf("example_id"), Language: lang.Language(o.textOf("language")), Title: o.textOf("title"), Fix: o.textOf("fix")}
	for _, cwe := range o.intsOf("cwes") {
		l.CWEs = append(l.CWEs, codebase.CWE(cwe))
	}
	_, err := decodeID(o)
	return l, err
}
