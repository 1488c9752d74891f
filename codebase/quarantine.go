package codebase

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"
)

// An Answer is what a check of admission says of an example.
type Answer string

// The answers.
const (
	// Accepts: the check looked, and found nothing against the example.
	Accepts Answer = "accepts"
	// Rejects: the check found something; the reason says what.
	Rejects Answer = "rejects"
	// DoesNotApply: the check asks nothing of such an example.
	DoesNotApply Answer = "does not apply"
	// CouldNotTell: the check could not look, or what it saw decides nothing.
	CouldNotTell Answer = "could not tell"
)

// An Outcome is the evidence that one check leaves: which check, in which version,
// and what it said.
type Outcome struct {
	Check   string `json:"check"`
	Version string `json:"version"`
	Answer  Answer `json:"answer"`
	// Reason is one line for a person; empty where the answer says it all.
	Reason string `json:"reason,omitempty"`
}

// String is the line that [Example.CheckedBy] keeps of an outcome.
func (o Outcome) String() string {
	text := fmt.Sprintf("%s/%s %s", o.Check, o.Version, o.Answer)
	if o.Reason != "" {
		text += ": " + o.Reason
	}
	return text
}

// A HeldState says what has become of an example in quarantine.
type HeldState string

// The states.
const (
	// Waiting: nobody has decided yet.
	Waiting HeldState = "waiting"
	// Refused: a person decided against it.
	Refused HeldState = "refused"
	// Released: it is, or was, among the examples: a person accepted it, or it passed a
	// later admission.
	Released HeldState = "released"
)

// A Held is an example in quarantine: kept with the reasons, and never served.
type Held struct {
	// Example is the candidate as it came. AdmittedAt and AdmittedBy say when it came
	// and who brought it; [Quarantine.Accept] sets them anew.
	Example Example `json:"example"`
	// Outcomes are those of the last admission that it failed.
	Outcomes []Outcome `json:"outcomes"`
	State    HeldState `json:"state"`
	// History is what was decided, the oldest first. The first event is that it was held.
	History []Event `json:"history"`
}

// Reasons lists what the rejecting checks said, each as "check: reason".
func (h *Held) Reasons() []string {
	var reasons []string
	for _, o := range h.Outcomes {
		if o.Answer == Rejects {
			reasons = append(reasons, o.Check+": "+o.Reason)
		}
	}
	return reasons
}

// An Event is something that happened to an example in quarantine.
type Event struct {
	At time.Time `json:"at"`
	By string    `json:"by"`
	// What is the state that it led to.
	What HeldState `json:"what"`
	// Note is a person's reason, in one line.
	Note string `json:"note,omitempty"`
}

// ErrDecided says that an example in quarantine has been decided on already.
var ErrDecided = errors.New("it is decided already")

// A HeldFilter chooses among the quarantined. The zero HeldFilter chooses all.
type HeldFilter struct {
	// State, where set, keeps those in this state.
	State HeldState
}

// A Quarantine is a Store that also keeps the examples that admission did not let
// in. What it holds is in no method of Store before [Quarantine.Accept].
//
// When Add puts in an example that is held, because it passed a later admission, the
// held one becomes Released in the same transaction.
type Quarantine interface {
	// Hold keeps examples with the outcomes of their admission, all or none; by says who
	// brought them. One that waits already gets the new outcomes; one that was refused,
	// or that is among the store's examples, is left as it is. It returns how many are
	// waiting that were not before.
	Hold(ctx context.Context, by string, held ...Held) (added int, err error)
	// GetHeld returns the quarantined example whose id is, or begins with, id, in any
	// state. Errors are those of Store.Get.
	GetHeld(ctx context.Context, id string) (Held, error)
	// AllHeld yields what matches the filter, in the order of ids. An error ends the sequence.
	AllHeld(ctx context.Context, filter HeldFilter) iter.Seq2[Held, error]
	// Accept puts a held example among the store's, in the name of a person who gives a
	// reason, and returns it. The id is whole. It is ErrDecided where it is released already.
	Accept(ctx context.Context, id, by, note string) (Example, error)
	// Refuse decides against a held example that waits; otherwise it is ErrDecided.
	Refuse(ctx context.Context, id, by, note string) error
}

// ValidateDecision reports what is wrong with a person's decision: it needs a name and
// a reason, each one line.
func ValidateDecision(by, note string) error {
	for _, f := range []field{{"name of who decides", by}, {"note", note}} {
		if strings.TrimSpace(f.text) == "" {
			return fmt.Errorf("the %s is empty", f.name)
		}
		if firstUnfit(f.text) >= 0 || strings.ContainsFunc(f.text, breaksLine) {
			return fmt.Errorf("the %s is not one line of plain text", f.name)
		}
	}
	return nil
}

// Vetted is the example that an acceptance puts into the store.
func (h *Held) Vetted(at time.Time, by, note string) Example {
	e := h.Example
	e.AdmittedAt, e.AdmittedBy = at, by
	e.CheckedBy = nil // what it brought along is no evidence
	for _, o := range h.Outcomes {
		e.CheckedBy = append(e.CheckedBy, o.String())
	}
	e.CheckedBy = append(e.CheckedBy, "review by "+by+" accepts: "+note)
	return e
}

// Validate reports what makes a held example unfit to be put into a store as it is: an
// example that no store takes, an unknown state, or a history that does not lead to it.
func (h *Held) Validate() error {
	if err := h.Example.Validate(); err != nil {
		return err
	}
	switch h.State {
	case Waiting, Refused, Released:
	default:
		return fmt.Errorf("example %.12s: %q is no state of quarantine", h.Example.ID, h.State)
	}
	if len(h.History) == 0 || h.History[len(h.History)-1].What != h.State {
		return fmt.Errorf("example %.12s: its history does not end with %q", h.Example.ID, h.State)
	}
	return nil
}

// Merged is what a store is to keep that has old, or an empty Held where it has none, and
// is given h from another store: all that was decided in either, the state that the last
// decision led to, and the outcomes that came with it. Changed says whether that is another
// than old. What the store serves is not held again.
func (h *Held) Merged(old Held, served bool) (merged Held, changed bool) {
	if served && h.State != Released {
		return old, false
	}
	merged = *h
	merged.History = slices.Clone(h.History)
	for _, event := range old.History {
		if !slices.ContainsFunc(merged.History, event.equal) {
			merged.History = append(merged.History, event)
		}
	}
	if len(merged.History) == len(old.History) {
		return old, false
	}
	slices.SortStableFunc(merged.History, func(a, b Event) int { return a.At.Compare(b.At) })
	last := merged.History[len(merged.History)-1]
	if merged.State = last.What; slices.ContainsFunc(old.History, last.equal) {
		merged.Outcomes = old.Outcomes
	}
	return merged, true
}

func (e Event) equal(other Event) bool {
	return e.At.Equal(other.At) && e.By == other.By && e.What == other.What && e.Note == other.Note
}
