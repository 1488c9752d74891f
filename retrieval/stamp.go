package retrieval

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/seccoder/seccoder/codebase"
)

// A stamp says what an index was made from: the store's revision, and a word that the
// store got when the index was saved. A copy of the store that was put in its place has
// another word, even where its revision happens to be the same.
type stamp struct {
	revision int64
	token    string
}

func (s stamp) String() string { return fmt.Sprintf("%d %s", s.revision, s.token) }

// tokenKey is the name of the word of an index in a file, among the store's facts. A file that
// several machines each have for themselves has its own.
func tokenKey(path string) string { return codebase.OwnFact + filepath.Base(path) }

// readStamp has no token for a store that cannot tell its changes. The key is the name of the
// word among the store's facts.
func readStamp(ctx context.Context, store codebase.Store, key string) (s stamp, err error) {
	revisioner, revisions := store.(Revisioner)
	meta, facts := store.(codebase.MetaStore)
	if !revisions || !facts {
		return stamp{}, nil
	}
	if s.revision, err = revisioner.Revision(ctx); err != nil {
		return stamp{}, fmt.Errorf("ask the secure codebase whether it has changed: %w", err)
	}
	if s.token, err = meta.Meta(ctx, key); err != nil {
		return stamp{}, fmt.Errorf("ask the secure codebase which index it has: %w", err)
	}
	return s, nil
}

// renew has an index saved with a new stamp, of the same revision, and gives the store the word of
// it. The file comes before the word, so that whatever happens in between costs another look
// for changes and no more.
func (s stamp) renew(ctx context.Context, store codebase.Store, key string, save func(stamp string) error) error {
	meta, ok := store.(codebase.MetaStore)
	if !ok {
		return errors.New("this store keeps no facts about itself")
	}
	word := make([]byte, 8)
	_, _ = rand.Read(word) // never fails, its documentation says
	s.token = hex.EncodeToString(word)
	if err := save(s.String()); err != nil {
		return err
	}
	return meta.SetMeta(ctx, key, s.token)
}

// A notice is told what a person should know, such as that an index's file could not be used. It
// may be nil.
type notice func(text string)

func (n notice) tell(format string, arguments ...any) {
	if n != nil {
		n(fmt.Sprintf(format, arguments...))
	}
}
