package weaviate

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"

	"github.com/seccoder/seccoder/codebase"
)

// revisionKey is the fact that changes with the examples.
const revisionKey = "revision of the examples"

// Meta implements codebase.MetaStore.
func (s *Store) Meta(ctx context.Context, key string) (string, error) {
	value, err := s.fact(ctx, key)
	if err != nil {
		return "", s.fail("read store", err)
	}
	return value, nil
}

func (s *Store) fact(ctx context.Context, key string) (string, error) {
	o, _, err := s.read(ctx, classFacts, uuidOf(factID(key)), false)
	return o.textOf("value"), err
}

// factID stands for the id that an example has.
func factID(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:])
}

// SetMeta implements codebase.MetaStore.
func (s *Store) SetMeta(ctx context.Context, key, value string) error {
	if err := s.setFact(ctx, key, value); err != nil {
		return s.fail("write to store", err)
	}
	return nil
}

func (s *Store) setFact(ctx context.Context, key, value string) error {
	id := factID(key)
	if value == "" {
		err := s.client.do(ctx, http.MethodDelete, s.objectPath(classFacts, uuidOf(id)), nil, nil)
		if refused(err, http.StatusNotFound) {
			return nil
		}
		return err
	}
	return s.write(ctx, []object{factObject(key, value)})
}

func factObject(key, value string) object {
	id := factID(key)
	return object{Class: classFacts, ID: uuidOf(id), Properties: map[string]any{"key": key, "value": value, "place": placeOf(id)}}
}

// Facts implements codebase.MovableStore.
func (s *Store) Facts(ctx context.Context) (map[string]string, error) {
	facts := make(map[string]string)
	for o, err := range scan(ctx, s, "read store", classFacts, pageContent, []string{"key", "value"}, false, nil, func(o object) (object, error) { return o, nil }) {
		if err != nil {
			return nil, err
		}
		if key := o.textOf("key"); key != revisionKey && !strings.HasPrefix(key, completeKey) {
			facts[key] = o.textOf("value")
		}
	}
	return facts, nil
}

// Revision implements retrieval.Revisioner. A cluster has nothing to count by, so that each
// change of the examples draws a number.
func (s *Store) Revision(ctx context.Context) (int64, error) {
	value, err := s.fact(ctx, revisionKey)
	if err == nil && value != "" {
		var n int64
		if n, err = strconv.ParseInt(value, 10, 64); err == nil {
			return n, nil
		}
		err = fmt.Errorf("%w: its revision is %.40q", codebase.ErrDamaged, value)
	}
	if err != nil {
		return 0, s.fail("read store", err)
	}
	return 0, nil
}

// changed draws the next revision. Each try draws its own: a node that hung may carry out one late,
// when another process has changed the examples again, and must not bring back a number that
// some index was made for.
func (s *Store) changed(ctx context.Context) error {
	return s.client.retry(ctx, func(ctx context.Context, base string) error {
		batch, err := s.batch([]object{factObject(revisionKey, strconv.FormatInt(1+rand.Int64N(1<<62), 10))})
		if err != nil {
			return err
		}
		return s.writeTo(ctx, base, batch, 1)
	})
}
