package eval

import (
	"fmt"
	"strings"
)

// An UnusableError says that a model's answers to some prompts were no completions. The
// others of the run were made, and a further Run asks for these again.
type UnusableError struct {
	// Answers are the reasons, each with its place in the run; they wrap
	// generation.ErrUnusable.
	Answers []error
}

// mostUnusable is how many reasons an error lists.
const mostUnusable = 20

func (e *UnusableError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "a model's answers could not be used for %d of the run's batches:", len(e.Answers))
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
