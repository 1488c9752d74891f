package generation

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// An Emitter turns the pieces in which models hand out their completions into
// texts: it asks Request.Stop where each one ends and tells Request.OnText what
// is certain not to be cut off again. Every generator uses it, so that streams
// look the same whatever made them.
//
//	e := generation.NewEmitter(request.Stop, request.OnText, request.N)
//	for piece := range pieces {
//		if e.Push(piece.Index, piece.Text) {
//			// this completion ended: generate no more for it
//		}
//	}
//	e.Finish(0) // the model was done, or the tokens ran out
//	text := e.Text(0)
//
// The deltas of one index, put together, are its Text exactly. Texts are valid
// UTF-8 and no delta splits a rune: a rune's first bytes wait for the others
// (those that never come are dropped), and a byte that can belong to no rune
// becomes U+FFFD.
//
// Stop often knows only a little later that a completion is over: at the "d" of
// the next def, or when it can tell "else" from "exit". Held back is therefore
// white space at the end and, from the second line on, the line that is not yet
// complete. A Stop that cuts even earlier is obeyed where nobody watches
// (onText is nil); what was shown already stays in the text.
//
// An Emitter belongs to one goroutine.
type Emitter struct {
	stop   func(text string) (end int, ended bool)
	onText func(index int, delta string)
	texts  []growing
}

// growing is one completion on its way.
type growing struct {
	text    strings.Builder // whole runes
	partial []byte          // the first bytes of a rune
	shown   int             // the length that onText has seen
	end     int             // the final length, once ended
	ended   bool
}

// NewEmitter makes an Emitter for completions 0 to n-1. Both functions may be nil.
func NewEmitter(stop func(text string) (end int, ended bool), onText func(index int, delta string), n int) *Emitter {
	return &Emitter{stop: stop, onText: onText, texts: make([]growing, max(n, 0))}
}

// Push adds a piece to a completion and reports whether the completion has
// ended, with this piece or before. Pieces behind the end are ignored, and an
// index that there is not counts as ended.
func (e *Emitter) Push(index int, delta string) (ended bool) {
	g := e.at(index)
	if g == nil || g.ended {
		return true
	}
	if !g.grow(delta) {
		return false
	}
	if e.stop != nil {
		text := g.text.String()
		if end, ended := e.stop(text); ended {
			e.close(index, g, end)
			return true
		}
	}
	if e.onText != nil {
		e.show(index, g, settled(g.text.String()))
	}
	return false
}

// Text is what a completion holds so far, without what Stop cut off.
func (e *Emitter) Text(index int) string {
	g := e.at(index)
	switch {
	case g == nil:
		return ""
	case g.ended:
		return g.text.String()[:g.end]
	default:
		return g.text.String()
	}
}

// Finish ends a completion whose model has no more to say, and shows what was
// held back. Finishing twice, or what Stop ended, changes nothing.
func (e *Emitter) Finish(index int) {
	if g := e.at(index); g != nil && !g.ended {
		g.partial = nil
		e.close(index, g, g.text.Len())
	}
}

func (e *Emitter) at(index int) *growing {
	if index < 0 || index >= len(e.texts) {
		return nil
	}
	return &e.texts[index]
}

// close ends a text at a length, moved to the start of a rune and to where
// onText has been.
func (e *Emitter) close(index int, g *growing, end int) {
	text := g.text.String()
	end = min(max(end, g.shown), len(text))
	for end > 0 && end < len(text) && !utf8.RuneStart(text[end]) {
		end--
	}
	g.end, g.ended = end, true
	if e.onText != nil {
		e.show(index, g, end)
	}
}

func (e *Emitter) show(index int, g *growing, length int) {
	if length > g.shown {
		delta := g.text.String()[g.shown:length]
		g.shown = length
		e.onText(index, delta)
	}
}

// grow adds the whole runes of what came and reports whether there were any.
func (g *growing) grow(delta string) bool {
	if len(g.partial) > 0 {
		delta = string(g.partial) + delta
		g.partial = nil
	}
	before := g.text.Len()
	for len(delta) > 0 {
		r, size := utf8.DecodeRuneInString(delta)
		if r == utf8.RuneError && size == 1 {
			if !utf8.FullRuneInString(delta) {
				g.partial = []byte(delta)
				break
			}
			g.text.WriteRune(utf8.RuneError)
		} else {
			g.text.WriteString(delta[:size])
		}
		delta = delta[size:]
	}
	return g.text.Len() > before
}

// settled is the length of a text before which no Stop is expected to cut.
func settled(text string) int {
	if newline := strings.LastIndexByte(text, '\n'); newline >= 0 {
		text = text[:newline]
	}
	return len(strings.TrimRightFunc(text, unicode.IsSpace))
}
