package sven

import (
	"fmt"
	"slices"
	"strings"
)

// arithmeticOps are the operators whose results can leave their type, and division.
var arithmeticOps = []string{"+", "-", "*", "/", "%"}

// An overflowQuery looks for arithmetic on values from a source, as CodeQL's
// cpp/uncontrolled-arithmetic and cpp/tainted-arithmetic do.
type overflowQuery struct {
	flow   *cFlow
	ranges *ranges
	// source reports whether an expression brings the values in.
	source func(n *cNode) bool
	// wide is true where arithmetic on anything but a variable counts without regard to guards.
	wide bool
	// bits is true where operands of & and | are left alone.
	bits bool
	// tainted are the variables that hold such values somewhere.
	tainted map[string]bool
}

// find returns the first finding in words, or "".
func (q *overflowQuery) find() string {
	q.tainted = map[string]bool{}
	for changed := true; changed; {
		changed = false
		for _, s := range q.flow.Steps {
			if s.Node == nil {
				continue
			}
			name, value := "", (*cNode)(nil)
			switch n := s.Node; {
			case n.Kind == cDecl && len(n.Kids) > 0:
				name, value = n.Text, n.Kids[0]
			case n.Kind == cAssign && n.Kids[0].Kind == cIdent:
				name, value = n.Kids[0].Text, n.Kids[1]
			}
			if name != "" && !q.tainted[name] && q.holds(value) {
				q.tainted[name], changed = true, true
			}
		}
	}
	for _, s := range q.flow.Steps {
		if s.Node == nil {
			continue
		}
		for _, operand := range arithmeticOperands(s.Node) {
			if q.holds(operand) {
				if effect := q.unguarded(s.Node, operand); effect != "" {
					return fmt.Sprintf("line %d: %s may %s", s.Node.Line, s.Node.show(), effect)
				}
			}
		}
	}
	return ""
}

// arithmeticOperands are the operands of an arithmetic operation; none for other steps.
func arithmeticOperands(n *cNode) []*cNode {
	switch n.Kind {
	case cBinary, cAssign:
		if op := strings.TrimSuffix(n.Op, "="); slices.Contains(arithmeticOps, op) {
			return n.Kids
		}
	case cUnary, cPostfix:
		if n.Op == "++" || n.Op == "--" || n.Op == "-" && n.Kind == cUnary {
			return n.Kids
		}
	}
	return nil
}

// holds reports whether an expression's value comes from the source with nothing that bounds
// it on the way.
func (q *overflowQuery) holds(n *cNode) bool {
	n = n.bare()
	if q.bounded(n) || q.ranges.typeOf(n).isPointer() && !q.source(n) {
		return false
	}
	if q.source(n) {
		return true
	}
	switch n.Kind {
	case cIdent:
		return q.tainted[n.Text]
	case cBinary, cAssign:
		if slices.Contains(arithmeticOps, strings.TrimSuffix(n.Op, "=")) {
			return slices.ContainsFunc(n.Kids, q.holds)
		}
	case cUnary, cPostfix:
		return n.Op != "!" && n.Op != "&" && n.Op != "*" && q.holds(n.Kids[0])
	case cCond:
		return q.holds(n.Kids[1]) || q.holds(n.Kids[2])
	case cComma:
		return q.holds(n.Kids[1])
	case cCall:
		switch n.callee() {
		case "atoi", "atol", "atoll", "strtol", "strtoll", "strtoul", "strtoull", "abs", "labs":
			return len(n.args()) > 0 && q.holds(n.args()[0])
		}
	}
	return false
}

// bounded reports whether what becomes of a value makes it small, or whether the value is
// that of an operation that cannot overflow.
func (q *overflowQuery) bounded(n *cNode) bool {
	up := n.Up
	for up != nil && up.Kind == cCast {
		n, up = up, up.Up
	}
	if up != nil && len(up.Kids) > 0 && up.Kids[0] == n {
		switch up.Op {
		case "%", "/", ">>", "%=", "/=", ">>=":
			return true
		}
	}
	if up != nil && up.Kind == cBinary && (up.Op == "&" || up.Op == "|" && q.bits) {
		return true
	}
	n = n.bare()
	if len(arithmeticOperands(n)) > 0 {
		high, low := q.overflows(n)
		return !high && !low
	}
	return false
}

// overflows reports whether an operation may leave its type upwards or downwards.
func (q *overflowQuery) overflows(n *cNode) (high, low bool) {
	step, ok := q.flow.at[n]
	if !ok || q.ranges.before[step] == nil {
		return true, true
	}
	state := q.ranges.before[step]
	t := q.ranges.typeOf(n)
	if !t.isInteger() {
		return false, false
	}
	var s span
	switch n.Kind {
	case cBinary, cAssign:
		s = q.ranges.compute(strings.TrimSuffix(n.Op, "="), q.ranges.eval(state, n.Kids[0]), q.ranges.eval(state, n.Kids[1]))
	default:
		s = q.ranges.eval(state, n.Kids[0])
		switch n.Op {
		case "++":
			s.high++
		case "--":
			s.low--
		case "-":
			s = span{-s.high, -s.low}
		}
	}
	limits := t.limits()
	return s.high > limits.high, s.low < limits.low
}

// unguarded says how an operation on the operand may go wrong: "overflow", "underflow" or "".
func (q *overflowQuery) unguarded(op, operand *cNode) string {
	v := operand.bare()
	if v.Kind != cIdent {
		if q.wide {
			return "overflow"
		}
		return ""
	}
	high, low := q.overflows(op)
	noLesser := func() bool { return !q.flow.guarded(op, v.Text, true) }
	noGreater := func() bool { return !q.flow.guarded(op, v.Text, false) }
	switch op.Op {
	case "+", "+=", "++":
		if high && noLesser() {
			return "overflow"
		}
	case "*", "*=":
		if high && (noLesser() || noGreater()) {
			return "overflow"
		}
		if low && q.wide && (noLesser() || noGreater()) {
			return "underflow"
		}
	case "-", "-=", "--":
		if op.Kind != cUnary && low && op.Kids[0].bare() == v && noGreater() || op.Op == "--" && low && noGreater() {
			return "underflow"
		}
	}
	return ""
}
