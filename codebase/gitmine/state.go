package gitmine

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/seccoder/seccoder/internal/gitobjects"
)

// maxTips is how many looked-at commits are remembered, one for each branch that was mined.
const maxTips = 16

// A state is what is remembered of a repository.
type state struct {
	Repository string `json:"repository"`
	// Settings is the digest of what decides which commits are taken.
	Settings string `json:"settings"`
	// Tips are commits whose history was looked at, the last first.
	Tips []string `json:"tips"`
}

// rules is raised when the program decides otherwise than before.
const rules = "1"

// settings is the digest of what decides what is taken.
func (o *Options) settings() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%g %d %d %d\n%s", rules, o.MinScore, o.MaxFunctions, o.MaxLines, o.MaxBytes, o.Words.digest))
	return hex.EncodeToString(sum[:8])
}

func stateKey(repository string) string {
	sum := sha256.Sum256([]byte(repository))
	return "mined:" + hex.EncodeToString(sum[:16])
}

// remembered are the commits whose history need not be looked at again: none after a
// change of settings, and none that the repository has no more, as after its history was
// rewritten.
func (r *repository) remembered(ctx context.Context, o *Options) ([]string, error) {
	if o.State == nil || o.Again {
		return nil, nil
	}
	s, err := readState(ctx, o, r.name)
	if err != nil || s.Settings != o.settings() {
		return nil, err
	}
	var tips []string
	for _, id := range s.Tips {
		if gitobjects.IsID(id) && r.Has(ctx, id) {
			tips = append(tips, id)
		}
	}
	return tips, nil
}

func readState(ctx context.Context, o *Options, repository string) (state, error) {
	var s state
	text, err := o.State.Meta(ctx, stateKey(repository))
	if err != nil {
		return s, err
	}
	if json.Unmarshal([]byte(text), &s) != nil {
		return state{}, nil // written by another version: as if there were none
	}
	return s, nil
}

// remember notes that the history of the tip has been looked at.
func (r *repository) remember(ctx context.Context, o *Options, tip string) error {
	if o.State == nil {
		return nil
	}
	s, err := readState(ctx, o, r.name)
	if err != nil {
		return err
	}
	if s.Settings != o.settings() || o.Again {
		s.Tips = nil
	}
	s.Repository, s.Settings = r.name, o.settings()
	s.Tips = slices.Insert(slices.DeleteFunc(s.Tips, func(id string) bool { return id == tip }), 0, tip)
	s.Tips = s.Tips[:min(len(s.Tips), maxTips)]
	text, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return o.State.SetMeta(ctx, stateKey(r.name), string(text))
}
