package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
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
	if err := codebase.ValidateDecision(by, "held"); err != nil {
		return 0, s.fail("put into the quarantine of store", err)
	}
	err = s.write(ctx, func(tx *sql.Tx) error {
		for i := range held {
			isNew, err := holdOne(ctx, tx, by, &held[i])
			if err != nil {
				return fmt.Errorf("example %.12s: %w", held[i].Example.ID, err)
			}
			if isNew {
				added++
			}
		}
		return nil
	})
	if err != nil {
		return 0, s.fail("put into the quarantine of store", err)
	}
	return added, nil
}

func holdOne(ctx context.Context, tx *sql.Tx, by string, h *codebase.Held) (isNew bool, err error) {
	var state string
	var served bool
	err = tx.QueryRowContext(ctx, `SELECT coalesce((SELECT state FROM held WHERE id = ?1), ''), EXISTS (SELECT 1 FROM example WHERE id = ?1)`,
		h.Example.ID).Scan(&state, &served)
	if err != nil || served || state == string(codebase.Refused) {
		return false, err
	}
	if err := writeHeld(ctx, tx, h, codebase.Waiting); err != nil || state == string(codebase.Waiting) {
		return false, err
	}
	return true, addEvent(ctx, tx, h.Example.ID, codebase.Event{At: time.Now(), By: by, What: codebase.Waiting})
}

// writeHeld writes a held example in a state, without its history.
func writeHeld(ctx context.Context, tx *sql.Tx, h *codebase.Held, state codebase.HeldState) error {
	example, err := json.Marshal(h.Example)
	if err != nil {
		return err
	}
	outcomes, err := json.Marshal(h.Outcomes)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO held (id, state, example, outcomes) VALUES (?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET state = excluded.state, example = excluded.example, outcomes = excluded.outcomes`,
		h.Example.ID, string(state), string(example), string(outcomes))
	return err
}

func addEvent(ctx context.Context, tx *sql.Tx, id string, e codebase.Event) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO held_event (held_id, at, by, what, note) VALUES (?, ?, ?, ?, ?)",
		id, e.At.UTC().Format(timeForm), e.By, string(e.What), e.Note)
	return err
}

// selectHeld has an event's parts joined as JSON, in their order.
const selectHeld = `SELECT id, state, example, outcomes,
	(SELECT json_group_array(json_object('at', at, 'by', by, 'what', what, 'note', note) ORDER BY number) FROM held_event WHERE held_id = held.id)
	FROM held WHERE `

// AllHeld implements codebase.Quarantine.
func (s *Store) AllHeld(ctx context.Context, filter codebase.HeldFilter) iter.Seq2[codebase.Held, error] {
	where, args := "true", []any(nil)
	if filter.State != "" {
		where, args = "state = ?", []any{string(filter.State)}
	}
	return read(ctx, s, "read the quarantine of store", selectHeld+where+" ORDER BY id", args, scanHeld)
}

// GetHeld implements codebase.Quarantine.
func (s *Store) GetHeld(ctx context.Context, id string) (codebase.Held, error) {
	return beginning(ctx, s, "read the quarantine of store", " in quarantine", selectHeld, id, scanHeld,
		func(h codebase.Held) string { return h.Example.ID })
}

// scanHeld reads a row of selectHeld.
func scanHeld(rows *sql.Rows) (codebase.Held, error) {
	var h codebase.Held
	var id, example, outcomes, history string
	if err := rows.Scan(&id, &h.State, &example, &outcomes, &history); err != nil {
		return h, err
	}
	err := errors.Join(json.Unmarshal([]byte(example), &h.Example), json.Unmarshal([]byte(outcomes), &h.Outcomes), json.Unmarshal([]byte(history), &h.History))
	if err != nil {
		return h, fmt.Errorf("%w: example %.12s in quarantine: %w", codebase.ErrDamaged, id, err)
	}
	return h, nil
}

// Accept implements codebase.Quarantine.
func (s *Store) Accept(ctx context.Context, id, by, note string) (codebase.Example, error) {
	var e codebase.Example
	now := time.Now()
	err := s.decide(ctx, id, codebase.Event{At: now, By: by, What: codebase.Released, Note: note}, func(tx *sql.Tx, h *codebase.Held) error {
		e = h.Vetted(now.UTC(), by, note)
		if err := e.Validate(); err != nil {
			return err
		}
		_, err := addAll(ctx, tx, []codebase.Example{e})
		return err
	})
	if err != nil {
		return codebase.Example{}, s.fail("accept from the quarantine of store", err)
	}
	return e, nil
}

// Refuse implements codebase.Quarantine.
func (s *Store) Refuse(ctx context.Context, id, by, note string) error {
	err := s.decide(ctx, id, codebase.Event{At: time.Now(), By: by, What: codebase.Refused, Note: note}, nil)
	if err != nil {
		return s.fail("refuse from the quarantine of store", err)
	}
	return nil
}

// decide brings a held example into the event's state, in one transaction with then.
func (s *Store) decide(ctx context.Context, id string, event codebase.Event, then func(tx *sql.Tx, h *codebase.Held) error) error {
	if err := codebase.ValidateDecision(event.By, event.Note); err != nil {
		return err
	}
	return s.write(ctx, func(tx *sql.Tx) error {
		h, err := heldIn(ctx, tx, id)
		if err != nil {
			return err
		}
		if h.State == event.What || h.State == codebase.Released {
			return fmt.Errorf("example %.12s is %s: %w", id, h.State, codebase.ErrDecided)
		}
		if _, err := tx.ExecContext(ctx, "UPDATE held SET state = ? WHERE id = ?", string(event.What), id); err != nil {
			return err
		}
		if err := addEvent(ctx, tx, id, event); err != nil {
			return err
		}
		if then == nil {
			return nil
		}
		return then(tx, &h)
	})
}

// heldIn reads a held example inside a transaction.
func heldIn(ctx context.Context, tx *sql.Tx, id string) (codebase.Held, error) {
	rows, err := tx.QueryContext(ctx, selectHeld+"id = ?", id)
	if err != nil {
		return codebase.Held{}, err
	}
	defer rows.Close()
	if !rows.Next() {
		return codebase.Held{}, errors.Join(rows.Err(), fmt.Errorf("%w in quarantine: %s", codebase.ErrNotFound, id))
	}
	return scanHeld(rows)
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
	err = s.write(ctx, func(tx *sql.Tx) error {
		for i := range held {
			isNew, err := putHeld(ctx, tx, &held[i])
			if err != nil {
				return fmt.Errorf("example %.12s: %w", held[i].Example.ID, err)
			}
			if isNew {
				changed++
			}
		}
		return nil
	})
	if err != nil {
		return 0, s.fail("put into the quarantine of store", err)
	}
	return changed, nil
}

func putHeld(ctx context.Context, tx *sql.Tx, from *codebase.Held) (changed bool, err error) {
	old, err := heldIn(ctx, tx, from.Example.ID)
	if err != nil && !errors.Is(err, codebase.ErrNotFound) {
		return false, err
	}
	var served bool
	if err := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM example WHERE id = ?)", from.Example.ID).Scan(&served); err != nil {
		return false, err
	}
	h, changed := from.Merged(old, served)
	if !changed {
		return false, nil
	}
	if err := writeHeld(ctx, tx, &h, h.State); err != nil {
		return false, err
	}
	// The events are written anew: those from elsewhere may lie between those from here.
	if _, err := tx.ExecContext(ctx, "DELETE FROM held_event WHERE held_id = ?", h.Example.ID); err != nil {
		return false, err
	}
	for _, event := range h.History {
		if err := addEvent(ctx, tx, h.Example.ID, event); err != nil {
			return false, err
		}
	}
	return true, nil
}
