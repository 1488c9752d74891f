package lang

import "slices"

// A unit is a part of the header before a brace: a token, or a pair of brackets
// with all that is in them, whose text is "()", "[]" or "{}".
type unit struct {
	kind Kind
	text string
	// at and end are the marks that the unit spans: marks[at:end].
	at, end int
}

// maxHeader bounds the units of a header, so that hostile text costs no more
// than linear time.
const maxHeader = 64

// header collects the units of the statement before marks[to], back to where it
// starts. Where listed is set, a comma is such a start.
func (b *blocks) header(to int, listed bool) []unit {
	var units []unit
	for i := to - 1; i >= 0 && len(units) < maxHeader; {
		m := &b.marks[i]
		u := unit{kind: m.Kind, text: m.Text, at: i, end: i + 1}
		if m.Kind == Punct {
			switch m.Text {
			case ")", "]", "}":
				if m.match < 0 || m.Text == "}" && m.block != blockExpr {
					return reversed(units)
				}
				u.at = m.match
				u.text = b.marks[m.match].Text + m.Text
			case "(", "[", "{", ";":
				return reversed(units)
			case ",":
				if listed {
					return reversed(units)
				}
			}
		}
		if i+1 < to && len(units) > 0 && b.lineEnds(m, &b.marks[units[len(units)-1].at]) {
			return reversed(units)
		}
		units = append(units, u)
		i = u.at - 1
	}
	return reversed(units)
}

// headerOf is the header of the opening brace marks[at], as it was classified.
func (b *blocks) headerOf(at int) []unit {
	units := b.header(at, false)
	for len(units) > 0 && units[0].at < b.marks[at].head {
		units = units[1:]
	}
	return units
}

func reversed(units []unit) []unit {
	slices.Reverse(units)
	return units
}

// listed reports whether a comma ends what stands before it here: among
// arguments, and in JavaScript's object literals.
func (b *blocks) listed() bool {
	if b.open == nil {
		return false
	}
	return b.open.bracket != '{' || b.open.block == blockExpr && b.script()
}

func (b *blocks) script() bool { return b.l == JavaScript || b.l == TypeScript }

// lineEnds reports whether the line ending between two marks ends a statement,
// as it does in Go and JavaScript when both could stand at a statement's edge.
func (b *blocks) lineEnds(last, next *mark) bool {
	if !next.newline || b.l != Go && !b.script() || !endsStatement(b.l, last) {
		return false
	}
	if b.l == Go {
		return true
	}
	switch next.Kind {
	case Ident:
		return !scriptContinues[next.Text]
	case Punct:
		return next.Text == "@" || next.Text == "#" || next.Text == "{"
	}
	return true
}

// scriptContinues are the words that cannot start a statement of JavaScript.
var scriptContinues = set("instanceof in of extends implements as satisfies")

// endsStatement reports whether a statement may end with the mark.
func endsStatement(l Language, m *mark) bool {
	switch m.Kind {
	case Ident:
		switch m.Text {
		case "break", "continue", "return", "fallthrough", "this", "super", "true", "false", "null", "undefined":
			return true
		}
		return !IsKeyword(l, m.Text) || l == TypeScript
	case Punct:
		switch m.Text {
		case ")", "]", "}", "++", "--":
			return true
		}
		return false
	}
	return true
}

// first reports whether the header starts with one of the words.
func first(units []unit, words map[string]bool) bool {
	return len(units) > 0 && units[0].kind == Ident && words[units[0].text]
}

// last is the text of the header's last unit.
func last(units []unit) string {
	if len(units) == 0 {
		return ""
	}
	return units[len(units)-1].text
}

// find is the index of the first unit with the text, or -1.
func find(units []unit, text string) int {
	return slices.IndexFunc(units, func(u unit) bool { return u.kind != String && u.text == text })
}

// has reports whether the header holds one of the words.
func has(units []unit, words map[string]bool) bool {
	return slices.ContainsFunc(units, func(u unit) bool { return u.kind == Ident && words[u.text] })
}

// textAt is the text of the unit at an index that may be out of range.
func textAt(units []unit, i int) string {
	if i < 0 || i >= len(units) {
		return ""
	}
	return units[i].text
}

// kindAt is the kind of the unit at an index that may be out of range; Punct there.
func kindAt(units []unit, i int) Kind {
	if i < 0 || i >= len(units) {
		return Punct
	}
	return units[i].kind
}
