package cli

import (
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"golang.org/x/term"
)

// A colour is an ANSI escape sequence.
type colour string

const (
	red    colour = "\x1b[31m"
	green  colour = "\x1b[32m"
	yellow colour = "\x1b[33m"
	bold   colour = "\x1b[1m"
	dim    colour = "\x1b[2m"
	reset  colour = "\x1b[0m"
)

// isTerminal reports whether w is a terminal.
func isTerminal(w any) bool {
	f := file(w)
	return f != nil && term.IsTerminal(int(f.Fd()))
}

// colours are the values of --color.
var colours = []string{"auto", "always", "never"}

func (a *app) checkColour() error {
	if !slices.Contains(colours, a.colour) {
		return usagef("--color %q: expected %s", a.colour, strings.Join(colours, ", "))
	}
	return nil
}

// coloured reports whether what is written to w is coloured.
func (a *app) coloured(w io.Writer) bool {
	switch a.colour {
	case "always":
		return true
	case "never":
		return false
	}
	return os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && isTerminal(w)
}

// paint colours a text that is written to w.
func (a *app) paint(w io.Writer, c colour, text string) string {
	if !a.coloured(w) {
		return text
	}
	return string(c) + text + string(reset)
}

// patience is the time after which the user is told what is going on.
const patience = 2 * time.Second

// later says what is going on if it has not ended after two seconds.
func (a *app) later(what string) (done func()) {
	if a.quiet {
		return func() {}
	}
	timer := time.AfterFunc(patience, func() { a.note("%s …", what) })
	return func() { timer.Stop() }
}
