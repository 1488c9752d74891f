package sven

import (
	"fmt"
	"regexp"
	"strconv"
)

// cConversion is a conversion of a format: flags, width, precision, length, letter.
var cConversion = regexp.MustCompile(`%([-+ #0]*)(\*|\d+)?(?:\.(\*|\d*))?(hh|h|ll|l|j|z|t|L)?([a-zA-Z%])`)

// longestOutput is the greatest number of bytes that a format may print, the final NUL
// included, by the rules of CodeQL's FormatLiteral: types decide and not values, so %f is 317
// bytes long. It is false where there is no bound (%s of an unknown string, a width that
// is an argument).
func longestOutput(format string) (int, bool) {
	total := 1
	last := 0
	for _, m := range cConversion.FindAllStringSubmatchIndex(format, -1) {
		group := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return format[m[2*i]:m[2*i+1]]
		}
		total += m[0] - last
		last = m[1]
		if group(2) == "*" || group(3) == "*" {
			return 0, false
		}
		precision, dot := 6, 1
		if m[6] >= 0 {
			precision, _ = strconv.Atoi(group(3))
			if precision == 0 {
				dot = 0
			}
		}
		length := 0
		switch group(5) {
		case "%", "c", "C":
			length = 1
		case "f", "F":
			length = 1 + 309 + dot + precision
		case "e", "E":
			length = 1 + 1 + dot + precision + 1 + 1 + 3
		case "g", "G":
			length = max(max(precision, 1)+6, 1+1+dot+precision+1+1+3)
		case "d", "i":
			length = 11
			if group(4) == "l" || group(4) == "ll" || group(4) == "z" || group(4) == "j" {
				length = 20
			}
		case "u":
			length = 10
			if group(4) == "l" || group(4) == "ll" || group(4) == "z" || group(4) == "j" {
				length = 20
			}
		case "x", "X":
			length = 8
		case "o":
			length = 11
		case "s":
			if m[6] < 0 {
				return 0, false
			}
			length = precision
		default:
			return 0, false
		}
		if width, err := strconv.Atoi(group(2)); err == nil {
			length = max(length, width)
		}
		total += length
	}
	return total + len(format) - last, true
}

// overlongSprintf finds the calls of sprintf whose output may be longer than the buffer, as
// CodeQL's cpp/potential-buffer-overflow does: the format is a literal and the buffer an array
// or memory of constant size.
func overlongSprintf(f *cFlow) (found *cNode, why string) {
	for _, call := range f.Function.Body.all(cCall) {
		if call.callee() != "sprintf" || len(call.args()) < 2 || call.args()[1].Kind != cString {
			continue
		}
		size, ok := f.bufferSize(call.args()[0].bare())
		longest, bounded := longestOutput(unquoteC(call.args()[1].Text))
		if ok && bounded && longest > size {
			return call, fmt.Sprintf("line %d: %s may print %d bytes for all that the types allow, the buffer has %d", call.Line, call.show(), longest, size)
		}
	}
	return nil, ""
}

// bufferSize is the number of bytes behind a buffer's name, where it is one constant.
func (f *cFlow) bufferSize(n *cNode) (int, bool) {
	if n.Kind != cIdent {
		return 0, false
	}
	size, known := 0, false
	take := func(value *cNode) bool {
		s, ok := allocated(value.bare())
		if !ok || known && s != size {
			return false
		}
		size, known = s, true
		return true
	}
	for _, d := range append(f.Function.locals(), f.Program.Globals...) {
		if d.Text != n.Text {
			continue
		}
		if d.Type.isArray() {
			return d.Type.size(), d.Type.size() > 0
		}
		if len(d.Kids) > 0 && !d.Kids[0].isNull() && !take(d.Kids[0]) {
			return 0, false
		}
	}
	for _, a := range f.Function.Body.all(cAssign) {
		if a.Op == "=" && a.Kids[0].isName(n.Text) && !a.Kids[1].isNull() && !take(a.Kids[1]) {
			return 0, false
		}
	}
	return size, known
}

// allocated is how many bytes a call allocates.
func allocated(call *cNode) (int, bool) {
	args := []*cNode{}
	if call.Kind == cCall {
		args = call.args()
	}
	switch name := call.callee(); {
	case name == "malloc" && len(args) == 1:
		v, ok := constant(args[0])
		return int(v), ok
	case name == "calloc" && len(args) == 2:
		v, ok := constant(args[0])
		w, ok2 := constant(args[1])
		return int(v * w), ok && ok2
	}
	return 0, false
}
