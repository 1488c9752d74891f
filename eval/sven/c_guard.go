package sven

// A fact is what a test tells: Left < Right + Plus.
type fact struct {
	Left, Right *cNode
	Plus        float64
}

// facts are the comparisons with "less than" that hold when the test n turned out so, also
// with constants moved from one side to the other.
func facts(n *cNode, sense bool) []fact {
	if n.Kind != cBinary {
		return nil
	}
	a, b := n.Kids[0].bare(), n.Kids[1].bare()
	var f fact
	switch op := n.Op; {
	case op == "<" && sense || op == ">=" && !sense:
		f = fact{a, b, 0}
	case op == ">" && sense || op == "<=" && !sense:
		f = fact{b, a, 0}
	case op == "<=" && sense || op == ">" && !sense:
		f = fact{a, b, 1}
	case op == ">=" && sense || op == "<" && !sense:
		f = fact{b, a, 1}
	default:
		return nil
	}
	all := []fact{f}
	if inner, c, ok := withoutConstant(f.Left); ok {
		all = append(all, fact{inner, f.Right, f.Plus - c})
	}
	for _, g := range all[:len(all):len(all)] {
		if inner, c, ok := withoutConstant(g.Right); ok {
			all = append(all, fact{g.Left, inner, g.Plus + c})
		}
	}
	return all
}

// withoutConstant splits x + c and x - c.
func withoutConstant(n *cNode) (*cNode, float64, bool) {
	if n.Kind != cBinary || n.Op != "+" && n.Op != "-" {
		return nil, 0, false
	}
	c, ok := constant(n.Kids[1])
	if n.Op == "-" {
		c = -c
	}
	return n.Kids[0].bare(), c, ok
}

// ensured are the facts that hold wherever the step of n is reached, as the tests that
// control it tell them. Whether a variable changed since is not looked at.
func (f *cFlow) ensured(n *cNode) []fact {
	at, ok := f.at[n]
	if !ok {
		return nil
	}
	var all []fact
	for guard, s := range f.Steps {
		if !s.Test {
			continue
		}
		for _, sense := range []int{1, -1} {
			if f.controls(guard, sense, at) {
				all = append(all, facts(s.Node, sense > 0)...)
			}
		}
	}
	return all
}

// first is the first step of the statement or expression n; false where it has none.
func (f *cFlow) first(n *cNode) (int, bool) {
	for step := 2; step < len(f.Steps); step++ {
		for up := f.Steps[step].Node; up != nil; up = up.Up {
			if up == n {
				return step, true
			}
		}
	}
	return 0, false
}

// dominates reports whether every way to step b passes step a.
func (f *cFlow) dominates(a, b int) bool {
	return a == b || !f.reach(0, nil, func(_ int, e cEdge) bool { return e.To == a })[b]
}

// guarded reports whether a comparison that has the variable on its lesser side (or its
// greater one) stands in a condition under whose true branch n is computed. What the
// variable is compared with does not matter.
func (f *cFlow) guarded(n *cNode, variable string, lesser bool) bool {
	at, ok := f.at[n]
	if !ok {
		return false
	}
	for _, kind := range []cKind{cIf, cWhile, cFor, cCond} {
		for _, c := range f.Function.Body.all(kind) {
			cond, then := c.Kids[0], c.Kids[1]
			if kind == cFor {
				cond, then = c.Kids[1], c.Kids[3]
			}
			if !comparesSide(cond, variable, lesser) {
				continue
			}
			if first, ok := f.first(then); ok && f.dominates(first, at) {
				return true
			}
		}
	}
	return false
}

// comparesSide reports whether a comparison below cond has the variable on that side.
func comparesSide(cond *cNode, variable string, lesser bool) bool {
	found := false
	cond.each(func(n *cNode) bool {
		if n.Kind == cBinary {
			side := -1
			switch n.Op {
			case "<", "<=":
				side = 0
			case ">", ">=":
				side = 1
			}
			if side >= 0 {
				if !lesser {
					side = 1 - side
				}
				found = found || n.Kids[side].mentions(variable)
			}
		}
		return !found
	})
	return found
}
