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
	// Answers is what checkers said of commits whose history was not looked at in full.
	Answers map[string][]mended `json:"answers,omitempty"`
}

// rules is raised when the program decides otherwise than before.
const rules = "1"

// settings is the digest of what decides what is taken.
func (o *Options) settings() string {
	text := fmt.Sprintf("%s\n%g %d %d %d\n%s", rules, o.MinScore, o.MaxFunctions, o.MaxLines, o.MaxBytes, o.Words.digest)
	for _, c := range o.Checking.Checkers {
		text += fmt.Sprintf("\n%s %g", c.Name(), o.Checking.Score)
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:8])
}

// stateKey is what the state of a repository is kept under. What was looked at with
// checkers and what was without are two things.
func (o *Options) stateKey(repository string) string {
	sum := sha256.Sum256([]byte(repository))
	prefix := "mined:"
	if len(o.Checking.Checkers) > 0 {
		prefix = "mined-by-checker:"
	}
	return prefix + hex.EncodeToString(sum[:16])
}

// remembered are the commits whose history need not be looked at again: none after a
// change of settings, and none that the repository has no more, as after its history was
// rewritten.
func (r *repository) remembered(ctx context.Context, o *Options) ([]string, error) {
	if o.Again {
		return nil, nil
	}
	s, err := readState(ctx, o, r.name)
	if err != nil {
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

// readState is what is remembered; nothing where the settings are others now.
func readState(ctx context.Context, o *Options, repository string) (state, error) {
	fresh := state{Repository: repository, Settings: o.settings()}
	if o.State == nil {
		return fresh, nil
	}
	text, err := o.State.Meta(ctx, o.stateKey(repository))
	if err != nil {
		return fresh, err
	}
	var s state
	if json.Unmarshal([]byte(text), &s) != nil || s.Settings != fresh.Settings {
		return fresh, nil // as if there were none; also where another version wrote it
	}
	return s, nil
}

func (s state) write(ctx context.Context, o *Options) error {
	if o.State == nil {
		return nil
	}
	text, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return o.State.SetMeta(ctx, o.stateKey(s.Repository), string(text))
}

// remember notes that the history of the tip has been looked at; asked says whether
// checkers were asked about all of it.
func (r *repository) remember(ctx context.Context, o *Options, tip string, asked bool) error {
	without := *o
	without.Checking = Checking{}
	all := []*Options{&without}
	if asked && len(o.Checking.Checkers) > 0 {
		all = append(all, o)
	}
	for _, o := range all {
		s, err := readState(ctx, o, r.name)
		if err != nil {
			return err
		}
		if o.Again {
			s.Tips = nil
		}
		s.Tips = slices.Insert(slices.DeleteFunc(s.Tips, func(id string) bool { return id == tip }), 0, tip)
		s.Tips, s.Answers = s.Tips[:min(len(s.Tips), maxTips)], nil
		if err := s.write(ctx, o); err != nil {
			return err
		}
	}
	return nil
}

// answered is what checkers said in earlier runs that left some commits.
func (r *repository) answered(ctx context.Context, o *Options) (map[string][]mended, error) {
	s, err := readState(ctx, o, r.name)
	if err != nil || o.Again || s.Answers == nil {
		return map[string][]mended{}, err
	}
	return s.Answers, nil
}

// rememberAnswers notes what checkers said so far, also where the run is being stopped.
func (r *repository) rememberAnswers(ctx context.Context, o *Options, answers map[string][]mended) error {
	ctx = context.WithoutCancel(ctx)
	s, err := readState(ctx, o, r.name)
	if err != nil {
		return err
	}
	s.Answers = answers
	return s.write(ctx, o)
}
