package eval

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/generation"
)

// An UnusableError says that a model completed some prompts with nothing: its answers were no
// completions, or the prompts do not fit its context. The others of the run were made, and a
// further Run asks for these again.
type UnusableError struct {
	// Answers are the reasons, each with its place in the run; they wrap
	// generation.ErrUnusable or generation.ErrPromptTooLong.
	Answers []error
}

// mostUnusable is how many reasons an error lists.
const mostUnusable = 20

func (e *UnusableError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "a model gave no completions for %d of the run's batches:", len(e.Answers))
	for i, answer := range e.Answers {
		if i == mostUnusable {
			fmt.Fprintf(&b, "\nand %d more", len(e.Answers)-i)
			break
		}
		fmt.Fprintf(&b, "\n%v", answer)
	}
	return b.String()
}

// Unwrap returns the reasons.
func (e *UnusableError) Unwrap() []error { return e.Answers }

// hopeless is how many scenarios may get answers that are no completions, before a model has
// made any, until the run ends: such a server answers everybody so.
const hopeless = 5

// losses are the batches that a run leaves out. Models come one after the other.
type losses struct {
	UnusableError
	completed map[int]bool // the models that have made completions, in this run or before
	model     int          // the one that the following are of
	before    int          // Answers that are other models'
	unusable  map[[2]int]bool
}

// isLoss reports whether what failed concerns a unit's prompt alone.
func isLoss(err error) bool {
	return errors.Is(err, generation.ErrUnusable) || errors.Is(err, generation.ErrPromptTooLong)
}

// add leaves a unit out. It returns an error where none of the model's would be made. A prompt
// that is too long says nothing of those that are shorter.
func (l *losses) add(u *unit, reason error) error {
	if l.unusable == nil || l.model != u.model {
		l.model, l.before, l.unusable = u.model, len(l.Answers), map[[2]int]bool{}
	}
	l.Answers = append(l.Answers, reason)
	if !errors.Is(reason, generation.ErrUnusable) || l.completed[u.model] {
		return nil
	}
	l.unusable[[2]int{u.suite, u.scenario}] = true
	if len(l.unusable) < hopeless {
		return nil
	}
	own := slices.DeleteFunc(l.Answers[l.before:], func(answer error) bool { return errors.Is(answer, generation.ErrUnusable) })
	l.Answers = l.Answers[:l.before+len(own)]
	return fmt.Errorf("the model gave completions for no scenario, and for %d it gave answers that are none, so the others were not asked for (to try others, name them with --scenario); the last was %w",
		hopeless, reason)
}

// err is nil where nothing was left out.
func (l *losses) err() error {
	if len(l.Answers) == 0 {
		return nil
	}
	return &l.UnusableError
}
