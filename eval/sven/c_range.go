package sven

import (
	"maps"
	"math"
	"strconv"
	"strings"
)

// A span is the interval of values that an integer expression may have.
type span struct{ low, high float64 }

var anything = span{math.Inf(-1), math.Inf(1)}

func (s span) join(t span) span { return span{min(s.low, t.low), max(s.high, t.high)} }

// within cuts s off at t; empty intervals become t's nearer bound.
func (s span) within(t span) span {
	low, high := max(s.low, t.low), min(s.high, t.high)
	if low > high {
		return span{min(low, t.high), max(high, t.low)}.sorted()
	}
	return span{low, high}
}

// as is what becomes of s in a type with such limits: values that do not fit may become any.
func (s span) as(limits span) span {
	if s.low < limits.low || s.high > limits.high {
		return limits
	}
	return s
}

func (s span) sorted() span { return span{min(s.low, s.high), max(s.low, s.high)} }

// limits is the range of a type.
func (t *cType) limits() span {
	if !t.isInteger() {
		return anything
	}
	if t.Base == "bool" {
		return span{0, 1}
	}
	bits := float64(8 * t.Bytes)
	if t.Unsigned {
		return span{0, math.Exp2(bits) - 1}
	}
	return span{-math.Exp2(bits - 1), math.Exp2(bits-1) - 1}
}

// cConstants are the constants of the standard headers, on the usual 64 bit systems.
var cConstants = map[string]float64{
	"INT_MAX": math.MaxInt32, "INT_MIN": math.MinInt32, "UINT_MAX": math.MaxUint32, "LONG_MAX": math.MaxInt64, "LONG_MIN": math.MinInt64,
	"LLONG_MAX": math.MaxInt64, "LLONG_MIN": math.MinInt64, "SIZE_MAX": math.MaxUint64, "ULONG_MAX": math.MaxUint64, "SHRT_MAX": 32767,
	"CHAR_MAX": 127, "RAND_MAX": math.MaxInt32, "INT32_MAX": math.MaxInt32, "INT32_MIN": math.MinInt32, "INT64_MAX": math.MaxInt64,
	"UINT32_MAX": math.MaxUint32, "NULL": 0, "EXIT_SUCCESS": 0, "EXIT_FAILURE": 1, "EOF": -1, "true": 1, "false": 0, "CHAR_BIT": 8, "BUFSIZ": 8192,
}

// number is the value of a number as written.
func number(text string) (float64, bool) {
	trimmed := strings.TrimRight(strings.ToLower(text), "ul")
	if v, err := strconv.ParseUint(trimmed, 0, 64); err == nil {
		return float64(v), true
	}
	v, err := strconv.ParseFloat(strings.TrimRight(trimmed, "f"), 64)
	return v, err == nil
}

// constant is the value of an expression that has no variables in it.
func constant(n *cNode) (float64, bool) {
	switch n.Kind {
	case cNumber:
		return number(n.Text)
	case cChar:
		if s := unquoteC(n.Text); s != "" {
			return float64(s[0]), true
		}
	case cIdent:
		v, ok := cConstants[n.Text]
		return v, ok
	case cSizeof:
		if n.Type != nil && n.Type.size() > 0 {
			return float64(n.Type.size()), true
		}
	case cCast:
		v, ok := constant(n.Kids[0])
		if ok && n.Type.isInteger() {
			v = math.Trunc(v)
		}
		return v, ok
	case cUnary:
		v, ok := constant(n.Kids[0])
		switch n.Op {
		case "-":
			return -v, ok
		case "+":
			return v, ok
		case "!":
			return truth(v == 0), ok
		}
	case cBinary:
		a, ok := constant(n.Kids[0])
		b, ok2 := constant(n.Kids[1])
		if ok && ok2 {
			return calculate(n.Op, a, b)
		}
	}
	return 0, false
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// calculate is a op b.
func calculate(op string, a, b float64) (float64, bool) {
	switch op {
	case "+":
		return a + b, true
	case "-":
		return a - b, true
	case "*":
		return a * b, true
	case "/":
		if b != 0 {
			return math.Trunc(a / b), true
		}
	case "%":
		if b != 0 {
			return math.Mod(a, b), true
		}
	case "<<":
		return a * math.Exp2(b), true
	case ">>":
		return math.Floor(a / math.Exp2(b)), true
	}
	return 0, false
}

// ranges are the spans of the variables before each step.
type ranges struct {
	flow   *cFlow
	before []map[string]span
	types  map[string]*cType
}

// variableTypes are the types of what a function can see, by name. Names that hide others are
// not told apart.
func variableTypes(p *cProgram, f *cFunction) map[string]*cType {
	types := map[string]*cType{}
	for _, g := range p.Globals {
		types[g.Text] = g.Type
	}
	for _, d := range append(f.Params, f.Body.all(cDecl)...) {
		types[d.Text] = d.Type
	}
	return types
}

// Visits of a loop's head after which its spans are widened, rounds that narrow them again, and
// a bound for loops that no head closes.
const (
	widenAfter   = 4
	narrowRounds = 2
	mostVisits   = 40
)

// typing knows the types of a function's expressions, and no ranges.
func typing(f *cFlow) *ranges {
	return &ranges{flow: f, types: variableTypes(f.Program, f.Function)}
}

// rangesOf finds the spans, as a range analysis without knowledge of other functions does.
func rangesOf(f *cFlow) *ranges {
	r := typing(f)
	r.before = make([]map[string]span, len(f.Steps))
	r.before[0] = map[string]span{}
	visits := make([]int, len(f.Steps))
	work := []int{0}
	for len(work) > 0 {
		step := work[0]
		work = work[1:]
		for _, e := range f.Steps[step].Next {
			next := r.along(step, e)
			if next == nil {
				continue
			}
			old := r.before[e.To]
			merged := next
			if old != nil {
				head := f.Steps[e.To].Node != nil && f.Steps[e.To].Node.Kind == cEmpty // of a loop, or a label
				merged = r.merge(old, next, head && visits[e.To] > widenAfter)
				if maps.Equal(old, merged) {
					continue
				}
			}
			if visits[e.To]++; visits[e.To] > mostVisits {
				continue
			}
			r.before[e.To] = merged
			work = append(work, e.To)
		}
	}
	into := make([][]cEdge, len(f.Steps)) // To is where the edge comes from
	for step, s := range f.Steps {
		for _, e := range s.Next {
			into[e.To] = append(into[e.To], cEdge{step, e.Sense})
		}
	}
	for range narrowRounds {
		r.narrow(into)
	}
	return r
}

// narrow computes all spans once more from those that widening left.
func (r *ranges) narrow(into [][]cEdge) {
	for step := range into {
		if step == 0 || r.before[step] == nil {
			continue
		}
		var state map[string]span
		for _, e := range into[step] {
			next := r.along(e.To, cEdge{step, e.Sense})
			if state != nil && next != nil {
				next = r.merge(state, next, false)
			}
			if next != nil {
				state = next
			}
		}
		r.before[step] = state
	}
}

// merge joins two states; a variable that is missing may have any value of its type.
func (r *ranges) merge(a, b map[string]span, widen bool) map[string]span {
	out := map[string]span{}
	for name, s := range a {
		t, ok := b[name]
		if !ok {
			continue
		}
		joined := s.join(t)
		if widen && joined != s {
			limits := r.types[name].limits()
			if joined.low < s.low {
				joined.low = limits.low
			}
			if joined.high > s.high {
				joined.high = limits.high
			}
		}
		out[name] = joined
	}
	return out
}

// along is the state after a step on one of its ways out; nil where no value leads there.
func (r *ranges) along(step int, e cEdge) map[string]span {
	state := r.before[step]
	if state == nil {
		return nil
	}
	n := r.flow.Steps[step].Node
	if n == nil {
		return state
	}
	state = r.apply(state, n)
	if e.Sense != 0 {
		state = r.refine(maps.Clone(state), n, e.Sense > 0)
	}
	return state
}

// apply is the state after a step.
func (r *ranges) apply(state map[string]span, n *cNode) map[string]span {
	set := func(name string, s span) {
		state = maps.Clone(state)
		limits := anything
		if t := r.types[name]; t != nil {
			limits = t.limits()
		}
		state[name] = s.as(limits)
	}
	switch n.Kind {
	case cDecl:
		if len(n.Kids) == 1 && n.Type.isInteger() {
			set(n.Text, r.eval(state, n.Kids[0]))
		} else {
			set(n.Text, n.Type.limits())
		}
	case cAssign:
		if left := n.Kids[0]; left.Kind == cIdent {
			set(left.Text, r.assigned(state, n))
		}
	case cPostfix, cUnary:
		if n.Kids[0].Kind == cIdent && (n.Op == "++" || n.Op == "--") {
			s := r.eval(state, n.Kids[0])
			if n.Op == "++" {
				set(n.Kids[0].Text, span{s.low + 1, s.high + 1})
			} else {
				set(n.Kids[0].Text, span{s.low - 1, s.high - 1})
			}
		}
	case cCall:
		for _, arg := range n.args() {
			if b := arg.bare(); b.Kind == cUnary && b.Op == "&" && b.Kids[0].Kind == cIdent {
				set(b.Kids[0].Text, anything)
			}
		}
	}
	return state
}

// assigned is what an assignment to a variable gives it.
func (r *ranges) assigned(state map[string]span, n *cNode) span {
	if n.Op == "=" {
		return r.eval(state, n.Kids[1])
	}
	op := strings.TrimSuffix(n.Op, "=")
	return r.compute(op, r.eval(state, n.Kids[0]), r.eval(state, n.Kids[1]))
}
