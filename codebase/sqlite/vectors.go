package sqlite

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"maps"
	"math"
	"slices"

	"github.com/seccoder/seccoder/codebase"
)

// PutVectors implements codebase.VectorStore.
func (s *Store) PutVectors(ctx context.Context, embedder string, vectors map[string][]float32) error {
	if len(vectors) == 0 {
		return nil
	}
	err := s.write(ctx, func(tx *sql.Tx) error {
		length, err := vectorLength(ctx, tx, embedder)
		if err != nil {
			return err
		}
		// An example that is gone has no row to select, so that nothing is inserted for it.
		put, err := tx.PrepareContext(ctx, `INSERT INTO vector (example_id, embedder, vals)
			SELECT id, ?, ? FROM example WHERE id = ?
			ON CONFLICT (embedder, example_id) DO UPDATE SET vals = excluded.vals`)
		if err != nil {
			return err
		}
		defer put.Close()
		for _, id := range slices.Sorted(maps.Keys(vectors)) {
			values := vectors[id]
			if length == 0 {
				length = len(values)
			}
			if err := codebase.FitVector(values, length); err != nil {
				return fmt.Errorf("vector of example %.12s by %s: %w", id, embedder, err)
			}
			if _, err := put.ExecContext(ctx, embedder, encodeVector(values), id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return s.fail("write vectors to store", err)
	}
	return nil
}

// vectorLength is the length of the vectors that the embedder has here, or 0.
func vectorLength(ctx context.Context, tx *sql.Tx, embedder string) (int, error) {
	var size int
	err := tx.QueryRowContext(ctx, "SELECT length(vals) FROM vector WHERE embedder = ? LIMIT 1", embedder).Scan(&size)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, err
	}
	return size / 4, nil
}

// Vectors implements codebase.VectorStore. The loop sees the store as it was
// when the loop began.
func (s *Store) Vectors(ctx context.Context, embedder string, filter codebase.Filter) iter.Seq2[codebase.Vector, error] {
	where, args := conditions(filter)
	query := `SELECT example.id, vals FROM example JOIN vector ON example_id = example.id
		WHERE embedder = ? AND ` + where + " ORDER BY example.id"
	return read(ctx, s, "read vectors of store", query, append([]any{embedder}, args...), scanVector)
}

func scanVector(rows *sql.Rows) (codebase.Vector, error) {
	var v codebase.Vector
	var blob sql.RawBytes
	if err := rows.Scan(&v.ExampleID, &blob); err != nil {
		return v, err
	}
	if len(blob) == 0 || len(blob)%4 != 0 {
		return v, fmt.Errorf("%w: the vector of example %.12s has %d bytes", codebase.ErrDamaged, v.ExampleID, len(blob))
	}
	v.Values = decodeVector(blob)
	return v, nil
}

// WithoutVector implements codebase.VectorStore.
func (s *Store) WithoutVector(ctx context.Context, embedder string) ([]string, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id FROM example
		WHERE NOT EXISTS (SELECT 1 FROM vector WHERE example_id = id AND embedder = ?) ORDER BY id`, embedder)
	if err != nil {
		return nil, s.fail("read vectors of store", err)
	}
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, s.fail("read vectors of store", err)
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil {
		return nil, s.fail("read vectors of store", err)
	}
	return ids, nil
}

// Embedders implements codebase.MovableStore.
func (s *Store) Embedders(ctx context.Context) ([]string, error) {
	var embedders []string
	for embedder, err := range read(ctx, s, "read vectors of store", "SELECT DISTINCT embedder FROM vector ORDER BY embedder", nil, scanText) {
		if err != nil {
			return nil, err
		}
		embedders = append(embedders, embedder)
	}
	return embedders, nil
}

func scanText(rows *sql.Rows) (text string, err error) {
	err = rows.Scan(&text)
	return text, err
}

func encodeVector(values []float32) []byte {
	blob := make([]byte, 0, 4*len(values))
	for _, v := range values {
		blob = binary.LittleEndian.AppendUint32(blob, math.Float32bits(v))
	}
	return blob
}

func decodeVector(blob []byte) []float32 {
	values := make([]float32, len(blob)/4)
	for i := range values {
		values[i] = math.Float32frombits(binary.LittleEndian.Uint32(blob[4*i:]))
	}
	return values
}
