package weaviate

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"time"

	"github.com/seccoder/seccoder/codebase"
)

// Hold implements codebase.Quarantine.
func (s *Store) Hold(ctx context.Context, by string, held ...codebase.Held) (added int, err error) {
	for i := range held {
		if err := held[i].Example.Validate(); err != nil {
			return 0, s.fail("put into the quarantine of store", err)
		}
	}
	err = codebase.ValidateDecision(by, "held")
	if err == nil && len(held) > 0 {
		added, err = s.hold(ctx, by, held)
	}
	if err != nil {
		return 0, s.fail("put into the quarantine of store", err)
	}
	return added, nil
}

func (s *Store) hold(ctx context.Context, by string, held []codebase.Held) (added int, err error) {
	s.deciding.Lock()
	defer s.deciding.Unlock()
	before, served, err := s.standing(ctx, held)
	if err != nil {
		return 0, err
	}
	now := time.Now().UTC()
	write := make(map[string]codebase.Held)
	for _, h := range held {
		uuid := uuidOf(h.Example.ID)
		old := before[uuid]
		if latest, twice := write[uuid]; twice {
			old = latest
		}
		if served[uuid] || old.State == codebase.Refused {
			continue
		}
		h.State, h.History = codebase.Waiting, old.History
		if old.State != codebase.Waiting {
			added++
			h.History = append(slices.Clone(h.History), codebase.Event{At: now, By: by, What: codebase.Waiting})
		}
		write[uuid] = h
	}
	return added, s.writeHeld(ctx, write)
}

// standing reads which of the held ones are in quarantine already, and which are served.
func (s *Store) standing(ctx context.Context, held []codebase.Held) (before map[string]codebase.Held, served map[string]bool, err error) {
	var uuids []string
	for _, h := range held {
		uuids = append(uuids, uuidOf(h.Example.ID))
	}
	slices.Sort(uuids)
	uuids = slices.Compact(uuids)
	if served, err = s.exists(ctx, classExamples, uuids); err != nil {
		return nil, nil, err
	}
	before, err = s.heldBy(ctx, uuids)
	return before, served, err
}

// heldBy reads the quarantined ones with these uuids, by uuid.
func (s *Store) heldBy(ctx context.Context, uuids []string) (map[string]codebase.Held, error) {
	held := make(map[string]codebase.Held)
	for some := range slices.Chunk(uuids, pageContent) {
		objects, err := s.fetch(ctx, classHeld, some, []string{"content"}, false)
		if err != nil {
			return nil, err
		}
		for _, o := range objects {
			if held[o.ID], err = decodeHeld(o); err != nil {
				return nil, err
			}
		}
	}
	return held, nil
}

func (s *Store) writeHeld(ctx context.Context, held map[string]codebase.Held) error {
	var objects []object
	for uuid, h := range held {
		content, err := json.Marshal(h)
		if err != nil {
			return err
		}
		objects = append(objects, object{Class: classHeld, ID: uuid, Properties: map[string]any{
			"place": placeOf(h.Example.ID), "state": string(h.State), "content": string(content),
		}})
	}
	return s.write(ctx, objects)
}

func decodeHeld(o object) (codebase.Held, error) {
	var h codebase.Held
	if err := json.Unmarshal([]byte(o.textOf("content")), &h); err != nil {
		return h, fmt.Errorf("%w: object %s in quarantine: %w", codebase.ErrDamaged, o.ID, err)
	}
	return h, nil
}

// AllHeld implements codebase.Quarantine.
func (s *Store) AllHeld(ctx context.Context, filter codebase.HeldFilter) iter.Seq2[codebase.Held, error] {
	var conditions []where
	if filter.State != "" {
		conditions = append(conditions, textIs("state", "Equal", string(filter.State)))
	}
	return scan(ctx, s, "read the quarantine of store", classHeld, pageContent, []string{"content"}, false, conditions, decodeHeld)
}

// GetHeld implements codebase.Quarantine.
func (s *Store) GetHeld(ctx context.Context, id string) (codebase.Held, error) {
	o, err := s.content(ctx, classHeld, " in quarantine", id)
	if err != nil {
		return codebase.Held{}, s.failGet("read the quarantine of store", err)
	}
	h, err := decodeHeld(o)
	if err != nil {
		return h, s.fail("read the quarantine of store", err)
	}
	return h, nil
}

// Accept implements codebase.Quarantine.
func (s *Store) Accept(ctx context.Context, id, by, note string) (codebase.Example, error) {
	now := time.Now().UTC()
	var e codebase.Example
	err := s.decide(ctx, id, codebase.Event{At: now, By: by, What: codebase.Released, Note: note}, func(h *codebase.Held) error {
		e = h.Vetted(now, by, note)
		if err := e.Validate(); err != nil {
			return err
		}
		_, err := s.add(ctx, []codebase.Example{e}, nil)
		return err
	})
	if err != nil {
		return codebase.Example{}, s.fail("accept from the quarantine of store", err)
	}
	return e, nil
}

// Refuse implements codebase.Quarantine.
func (s *Store) Refuse(ctx context.Context, id, by, note string) error {
	err := s.decide(ctx, id, codebase.Event{At: time.Now().UTC(), By: by, What: codebase.Refused, Note: note}, nil)
	if err != nil {
		return s.fail("refuse from the quarantine of store", err)
	}
	return nil
}

// decide calls first, where it is not nil, with a held example, and brings that into the event's state.
// Whatever fails, and whenever the process ends, the example can be decided on as before.
func (s *Store) decide(ctx context.Context, id string, event codebase.Event, first func(h *codebase.Held) error) error {
	if err := codebase.ValidateDecision(event.By, event.Note); err != nil {
		return err
	}
	if !isID(id) {
		return fmt.Errorf("%w in quarantine: %s", codebase.ErrNotFound, id)
	}
	s.deciding.Lock()
	defer s.deciding.Unlock()
	uuid := uuidOf(id)
	all, err := s.heldBy(ctx, []string{uuid})
	if err != nil {
		return err
	}
	h, there := all[uuid]
	switch {
	case !there || h.Example.ID != id:
		return fmt.Errorf("%w in quarantine: %s", codebase.ErrNotFound, id)
	case h.State == event.What || h.State == codebase.Released:
		return fmt.Errorf("example %.12s is %s: %w", id, h.State, codebase.ErrDecided)
	}
	if first != nil {
		if err := first(&h); err != nil {
			return err
		}
	}
	return s.writeHeld(ctx, map[string]codebase.Held{uuid: after(h, event)})
}

// after is a held example after an event.
func after(h codebase.Held, event codebase.Event) codebase.Held {
	h.State = event.What
	h.History = append(slices.Clone(h.History), event)
	return h
}

// releaseAdded releases those of the added examples that are held: they have passed a later
// admission.
func (s *Store) releaseAdded(ctx context.Context, added map[string]codebase.Example) error {
	there, err := s.exists(ctx, classHeld, slices.Sorted(maps.Keys(added)))
	if err != nil || len(there) == 0 {
		return err
	}
	s.deciding.Lock()
	defer s.deciding.Unlock()
	held, err := s.heldBy(ctx, slices.Sorted(maps.Keys(there)))
	if err != nil {
		return err
	}
	for uuid, h := range held {
		if h.State == codebase.Released {
			delete(held, uuid)
			continue
		}
		e := added[uuid]
		held[uuid] = after(h, codebase.Event{At: e.AdmittedAt.UTC(), By: e.AdmittedBy, What: codebase.Released, Note: "it passed a later admission"})
	}
	return s.writeHeld(ctx, held)
}

// PutHeld implements codebase.MovableStore.
func (s *Store) PutHeld(ctx context.Context, held ...codebase.Held) (changed int, err error) {
	for i := range held {
		if err := held[i].Validate(); err != nil {
			return 0, s.fail("put into the quarantine of store", err)
		}
	}
	if len(held) == 0 {
		return 0, nil
	}
	if changed, err = s.putHeld(ctx, held); err != nil {
		return 0, s.fail("put into the quarantine of store", err)
	}
	return changed, nil
}

func (s *Store) putHeld(ctx context.Context, held []codebase.Held) (changed int, err error) {
	s.deciding.Lock()
	defer s.deciding.Unlock()
	before, served, err := s.standing(ctx, held)
	if err != nil {
		return 0, err
	}
	write := make(map[string]codebase.Held)
	for _, h := range held {
		uuid := uuidOf(h.Example.ID)
		old, twice := write[uuid]
		if !twice {
			old = before[uuid]
		}
		if merged, changed := h.Merged(old, served[uuid]); changed {
			write[uuid] = merged
		}
	}
	return len(write), s.writeHeld(ctx, write)
}
