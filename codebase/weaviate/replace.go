package weaviate

import (
	"context"
	"maps"
	"slices"

	"github.com/seccoder/seccoder/codebase"
)

// Replace implements codebase.ReplaceStore. Each example is written over as a whole. It is looked
// at right before, but not in the same step, which a cluster cannot do.
func (s *Store) Replace(ctx context.Context, where func(have codebase.Example) bool, examples ...codebase.Example) (replaced int, err error) {
	byUUID := make(map[string]codebase.Example, len(examples))
	for i := range examples {
		if err := examples[i].Validate(); err != nil {
			return 0, s.fail("replace in store", err)
		}
		byUUID[uuidOf(examples[i].ID)] = examples[i]
	}
	for some := range slices.Chunk(slices.Sorted(maps.Keys(byUUID)), pageContent) {
		n, err := s.replaceSome(ctx, where, some, byUUID)
		replaced += n
		if err != nil {
			return replaced, s.fail("replace in store", err)
		}
	}
	return replaced, nil
}

func (s *Store) replaceSome(ctx context.Context, where func(have codebase.Example) bool, uuids []string, byUUID map[string]codebase.Example) (int, error) {
	chosen, err := s.chosen(ctx, where, uuids)
	if err != nil || len(chosen) == 0 {
		return 0, err
	}
	objects := make([]object, len(chosen))
	for i, uuid := range chosen {
		if objects[i], err = exampleObject(byUUID[uuid]); err != nil {
			return 0, err
		}
	}
	// The examples are last: while they are the old ones, whoever repeats the call does it all.
	if err = s.relabel(ctx, chosen, byUUID); err == nil {
		err = s.write(ctx, objects)
	}
	if err = s.changedBy(ctx, err); err != nil {
		return 0, err
	}
	return len(chosen), nil
}

// chosen are those of the objects for whose examples where is true.
func (s *Store) chosen(ctx context.Context, where func(have codebase.Example) bool, uuids []string) ([]string, error) {
	objects, err := s.fetch(ctx, classExamples, uuids, []string{"content"}, false)
	if err != nil {
		return nil, err
	}
	var chosen []string
	for _, o := range objects {
		have, err := decodeExample(o)
		if err != nil {
			return nil, err
		}
		if where(have) {
			chosen = append(chosen, o.ID)
		}
	}
	return chosen, nil
}

// relabel gives the vectors of examples the labels that these have now.
func (s *Store) relabel(ctx context.Context, uuids []string, byUUID map[string]codebase.Example) error {
	_, classes, err := s.vectorClasses(ctx)
	if err != nil {
		return err
	}
	for _, class := range classes {
		vectors, err := s.fetch(ctx, class, uuids, []string{"example_id"}, true)
		if err != nil {
			return err
		}
		for i, o := range vectors {
			vectors[i] = object{Class: class, ID: o.ID, Vector: o.Vector, Properties: labelsOf(byUUID[o.ID])}
		}
		if err := s.write(ctx, vectors); err != nil {
			return err
		}
	}
	return nil
}

// RemoveWhere implements codebase.ReplaceStore. The examples are looked at right before they
// are removed, but not in the same step.
func (s *Store) RemoveWhere(ctx context.Context, where func(have codebase.Example) bool, ids ...string) (removed int, err error) {
	byUUID := make(map[string]string, len(ids))
	for _, id := range ids {
		if isID(id) {
			byUUID[uuidOf(id)] = id
		}
	}
	for some := range slices.Chunk(slices.Sorted(maps.Keys(byUUID)), pageContent) {
		chosen, err := s.chosen(ctx, where, some)
		if err != nil {
			return removed, s.fail("remove from store", err)
		}
		for i, uuid := range chosen {
			chosen[i] = byUUID[uuid]
		}
		n, err := s.Remove(ctx, chosen...)
		removed += n
		if err != nil {
			return removed, err
		}
	}
	return removed, nil
}
