package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"iter"

	"github.com/seccoder/seccoder/codebase"
)

// KnownIDs implements codebase.LookupStore.
func (s *Store) KnownIDs(ctx context.Context, ids []string) ([]string, error) {
	return s.among(ctx, "read store", "SELECT id FROM example WHERE id IN (SELECT value FROM json_each(?))", ids)
}

// HeldIDs implements codebase.LookupStore.
func (s *Store) HeldIDs(ctx context.Context, ids []string) ([]string, error) {
	return s.among(ctx, "read the quarantine of store", "SELECT id FROM held WHERE id IN (SELECT value FROM json_each(?))", ids)
}

// among reads the ids that a query finds among those that it is given.
func (s *Store) among(ctx context.Context, doing, query string, ids []string) ([]string, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, s.fail(doing, err)
	}
	var found []string
	for id, err := range read(ctx, s, doing, query, []any{string(list)}, scanID) {
		if err != nil {
			return nil, err
		}
		found = append(found, id)
	}
	return found, nil
}

// GetMany implements codebase.BulkStore.
func (s *Store) GetMany(ctx context.Context, ids []string) ([]codebase.Example, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, s.fail("read store", err)
	}
	var examples []codebase.Example
	for e, err := range read(ctx, s, "read store", selectExamples+"id IN (SELECT value FROM json_each(?)) ORDER BY id", []any{string(list)}, scanExample) {
		if err != nil {
			return nil, err
		}
		examples = append(examples, e)
	}
	return examples, nil
}

// IDs implements codebase.BulkStore. The loop sees the store as it was when the loop began.
func (s *Store) IDs(ctx context.Context, filter codebase.Filter) iter.Seq2[string, error] {
	where, args := conditions(filter)
	return read(ctx, s, "read store", "SELECT id FROM example WHERE "+where+" ORDER BY id", args, scanID)
}

func scanID(rows *sql.Rows) (id string, err error) {
	err = rows.Scan(&id)
	return id, err
}
