package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"iter"

	"github.com/seccoder/seccoder/codebase"
)

// Labels implements codebase.IndexStore. The loop sees the store as it was when the
// loop began.
func (s *Store) Labels(ctx context.Context) iter.Seq2[codebase.Label, error] {
	return read(ctx, s, "read store", `SELECT id, language, title, fix,
		(SELECT group_concat(cwe, ' ' ORDER BY position) FROM example_cwe WHERE example_id = id)
		FROM example ORDER BY id`, nil, scanLabel)
}

func scanLabel(rows *sql.Rows) (codebase.Label, error) {
	var l codebase.Label
	var cwes sql.NullString
	if err := rows.Scan(&l.ID, &l.Language, &l.Title, &l.Fix, &cwes); err != nil {
		return l, err
	}
	var err error
	if l.CWEs, err = parseCWEs(cwes.String); err != nil {
		return l, fmt.Errorf("%w: example %.12s: %w", codebase.ErrDamaged, l.ID, err)
	}
	return l, nil
}

// VectorsOf implements codebase.IndexStore.
func (s *Store) VectorsOf(ctx context.Context, embedder string, ids []string) ([]codebase.Vector, error) {
	wanted, err := json.Marshal(ids)
	if err != nil {
		return nil, s.fail("read vectors of store", err)
	}
	var vectors []codebase.Vector
	for vector, err := range read(ctx, s, "read vectors of store", `SELECT example_id, vals FROM vector
		WHERE embedder = ? AND example_id IN (SELECT value FROM json_each(?)) ORDER BY example_id`,
		[]any{embedder, string(wanted)}, scanVector) {
		if err != nil {
			return nil, err
		}
		vectors = append(vectors, vector)
	}
	return vectors, nil
}

// IndexPath implements codebase.IndexStore: a file beside the store's.
func (s *Store) IndexPath(name string) string {
	sum := sha256.Sum256([]byte(name))
	return s.path + "-index-" + hex.EncodeToString(sum[:4])
}
