package sven

import "math"

// at is the span of n's value at its step.
func (r *ranges) at(n, value *cNode) span {
	step, ok := r.flow.at[n]
	if !ok || r.before[step] == nil {
		return anything
	}
	return r.eval(r.before[step], value)
}

// reached reports whether any value leads to the step of n.
func (r *ranges) reached(n *cNode) bool {
	step, ok := r.flow.at[n]
	return ok && r.before[step] != nil
}

// eval is the span of an expression whose own steps are done. A value that does not fit its
// type may be any of the type.
func (r *ranges) eval(state map[string]span, n *cNode) span {
	if v, ok := constant(n); ok {
		return span{v, v}
	}
	t := r.typeOf(n)
	s := t.limits()
	switch n.Kind {
	case cIdent:
		if known, ok := state[n.Text]; ok {
			return known
		}
	case cSizeof:
		if len(n.Kids) > 0 {
			if size := r.typeOf(n.Kids[0]).size(); size > 0 {
				return span{float64(size), float64(size)}
			}
		}
	case cCast:
		if t.isInteger() {
			s = r.eval(state, n.Kids[0])
		}
	case cUnary:
		switch n.Op {
		case "-":
			inner := r.eval(state, n.Kids[0])
			s = span{-inner.high, -inner.low}
		case "+", "++", "--":
			s = r.eval(state, n.Kids[0])
		case "!":
			s = span{0, 1}
		}
	case cPostfix: // the step has changed the variable already
		s = r.eval(state, n.Kids[0])
		if n.Kids[0].Kind == cIdent {
			if n.Op == "++" {
				s = span{s.low - 1, s.high - 1}
			} else {
				s = span{s.low + 1, s.high + 1}
			}
		}
	case cAssign:
		s = r.eval(state, n.Kids[0])
	case cComma:
		return r.eval(state, n.Kids[1])
	case cCond:
		return r.eval(state, n.Kids[1]).join(r.eval(state, n.Kids[2]))
	case cBinary:
		switch n.Op {
		case "<", ">", "<=", ">=", "==", "!=", "&&", "||":
			s = span{0, 1}
		default:
			s = r.compute(n.Op, r.eval(state, n.Kids[0]), r.eval(state, n.Kids[1]))
		}
	case cCall:
		if r.flow.AsQuery { // which knows no more of a call than its type
			return s
		}
		switch n.callee() {
		case "rand", "random", "lrand48", "rand_r":
			s = span{0, math.MaxInt32}
		case "abs", "labs", "getchar", "fgetc", "getc":
			s = span{-1, math.MaxInt32}
		}
	}
	return s.as(t.limits())
}

// compute is the span of a op b without regard to types.
func (r *ranges) compute(op string, a, b span) span {
	switch op {
	case "+":
		return span{a.low + b.low, a.high + b.high}
	case "-":
		return span{a.low - b.high, a.high - b.low}
	case "*":
		products := [4]float64{product(a.low, b.low), product(a.low, b.high), product(a.high, b.low), product(a.high, b.high)}
		return span{min(products[0], products[1], products[2], products[3]), max(products[0], products[1], products[2], products[3])}
	case "/":
		if b.low > 0 {
			return span{math.Trunc(a.low / b.low), math.Trunc(a.high / b.low)}.join(span{math.Trunc(a.low / b.high), math.Trunc(a.high / b.high)})
		}
	case "%":
		most := max(math.Abs(b.low), math.Abs(b.high)) - 1
		out := span{-most, most}
		if a.low >= 0 {
			out = span{0, min(most, a.high)}
		}
		if a.high <= 0 {
			out.high = 0
		}
		return out
	case "&":
		if b.low >= 0 || a.low >= 0 {
			most := math.Inf(1)
			if b.low >= 0 {
				most = b.high
			}
			if a.low >= 0 {
				most = min(most, a.high)
			}
			return span{0, most}
		}
	case ">>":
		if a.low >= 0 && b.low >= 0 {
			return span{math.Floor(a.low / math.Exp2(b.high)), math.Floor(a.high / math.Exp2(b.low))}
		}
	case "<<":
		if a.low >= 0 && b.low >= 0 {
			return span{product(a.low, math.Exp2(b.low)), product(a.high, math.Exp2(b.high))}
		}
	}
	return anything
}

// product is a times b where nothing times anything is nothing.
func product(a, b float64) float64 {
	if a == 0 || b == 0 {
		return 0
	}
	return a * b
}

// operand is an operand of a sum without its casts: a query looks through all of them.
func (r *ranges) operand(state map[string]span, n *cNode) *cNode {
	if r.flow.AsQuery || r.keeps(state, n, anything) {
		return n.bare()
	}
	return n
}

// mirrored are the comparisons with their sides changed.
var mirrored = map[string]string{"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==", "!=": "!="}

// refine narrows the state to where the test n turned out true or false.
func (r *ranges) refine(state map[string]span, n *cNode, sense bool) map[string]span {
	if n.Kind != cBinary {
		r.narrowTo(state, n, span{0, 0}, map[bool]string{true: "!=", false: "=="}[sense])
		return state
	}
	op := n.Op
	if !sense {
		op = map[string]string{"<": ">=", ">=": "<", ">": "<=", "<=": ">", "==": "!=", "!=": "=="}[op]
	}
	left, right := n.Kids[0], n.Kids[1]
	if !r.flow.AsQuery && (r.typeOf(left).isFloat() || r.typeOf(right).isFloat()) {
		op = notStrict(op) // 3 is the greatest whole number below 3.5, which a query does not see
	}
	common := arithmetic(r.typeOf(left), r.typeOf(right)).limits()
	a, b := r.eval(state, left).as(common), r.eval(state, right).as(common)
	r.narrowSide(state, left, a, b, op, common)
	r.narrowSide(state, right, b, a, mirrored[op], common)
	return state
}

// notStrict is a comparison that what is equal passes too.
func notStrict(op string) string {
	if op == "<" || op == ">" {
		return op + "="
	}
	return op
}

// narrowSide narrows the variable on one side of a comparison by the knowledge that side op s
// holds. Both sides are compared in a type with the limits common, in which the side is own.
func (r *ranges) narrowSide(state map[string]span, side *cNode, own, s span, op string, common span) {
	n := r.uncast(side)
	if r.flow.AsQuery { // CodeQL takes a cast to a type that is not smaller for one that changes nothing
		own = common
	} else if !r.keeps(state, side, common) {
		// A number below zero becomes a great one, which is less than none that its own type has.
		if op != "<" && op != "<=" && op != "==" || s.high > r.typeOf(n).limits().high {
			return
		}
	}
	switch op {
	case "<", "<=":
		r.narrowTo(state, n, own, ">=")
	case ">", ">=":
		r.narrowTo(state, n, own, "<=")
	}
	r.narrowTo(state, n, s, op)
}

// uncast is n without the casts to types that are not smaller.
func (r *ranges) uncast(n *cNode) *cNode {
	for n.Kind == cCast {
		from := r.typeOf(n.Kids[0])
		if !n.Type.isInteger() && !n.Type.isFloat() || !from.isInteger() && !from.isFloat() || n.Type.Bytes < from.Bytes {
			break
		}
		n = n.Kids[0]
	}
	return n
}

// keeps reports whether the casts of n, and its conversion to a type with such limits, change
// none of the values that it may have.
func (r *ranges) keeps(state map[string]span, n *cNode, limits span) bool {
	s := r.eval(state, n)
	return s == s.as(limits) && (n.Kind != cCast || r.keeps(state, n.Kids[0], n.Type.limits()))
}

// narrowTo narrows the variable in n by the knowledge that n op s holds.
func (r *ranges) narrowTo(state map[string]span, n *cNode, s span, op string) {
	shift := 0.0
	switch {
	case n.Kind == cPostfix && n.Op == "++":
		n, shift = n.Kids[0], 1
	case n.Kind == cPostfix && n.Op == "--":
		n, shift = n.Kids[0], -1
	case n.Kind == cUnary && (n.Op == "++" || n.Op == "--"), n.Kind == cAssign:
		n = n.Kids[0]
	case n.Kind == cBinary && (n.Op == "+" || n.Op == "-"):
		if v, ok := constant(n.Kids[0]); ok && n.Op == "-" { // v - x < s is x > v - s
			r.narrowTo(state, r.operand(state, n.Kids[1]), span{v - s.high, v - s.low}, mirrored[op])
			return
		}
		if v, ok := constant(n.Kids[1]); ok {
			if shift = -v; n.Op == "-" {
				shift = v
			}
			n = r.operand(state, n.Kids[0])
		}
	}
	if n.Kind != cIdent || !r.types[n.Text].isInteger() {
		return
	}
	s = span{s.low + shift, s.high + shift}
	now := r.eval(state, n)
	switch op {
	case "<":
		now = now.within(span{math.Inf(-1), s.high - 1})
	case "<=":
		now = now.within(span{math.Inf(-1), r.whole(s.high, math.Floor)})
	case ">":
		now = now.within(span{s.low + 1, math.Inf(1)})
	case ">=":
		now = now.within(span{r.whole(s.low, math.Ceil), math.Inf(1)})
	case "==":
		now = now.within(s)
	case "!=":
		if s.low == s.high && now.low == s.low {
			now.low++
		}
		if s.low == s.high && now.high == s.low {
			now.high--
		}
		if now.low > now.high {
			return
		}
	}
	state[n.Text] = now
}

// whole rounds the bound of a variable, which is an integer. A query leaves bounds as they are.
func (r *ranges) whole(bound float64, round func(float64) float64) float64 {
	if r.flow.AsQuery {
		return bound
	}
	return round(bound)
}
