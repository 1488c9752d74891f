package sven

import "slices"

// nullDereferences finds uses of local pointers that are followed though they may be null:
// what malloc, calloc or a function that returns null gave them was not tested on some way to
// there. It follows CodeQL's cpp/missing-null-test; a pointer that was followed once counts
// as tested, so that each lapse is found at one place.
func nullDereferences(f *cFlow) []*cNode {
	types := typing(f)
	var found []*cNode
	locals := f.Function.locals()
	// null[name][step]: the variable may be null before the step. Variables take it from one
	// another, so all are followed together until nothing changes.
	null := map[string][]bool{}
	for _, d := range locals {
		null[d.Text] = make([]bool, len(f.Steps))
	}
	for changed := true; changed; {
		changed = false
		for name, before := range null {
			for step, s := range f.Steps {
				for _, e := range s.Next {
					if !before[e.To] && f.nullAfter(name, step, e, null, types) {
						before[e.To], changed = true, true
					}
				}
			}
		}
	}
	for step, s := range f.Steps {
		if s.Node != nil && s.Node.Kind == cIdent && null[s.Node.Text] != nil && null[s.Node.Text][step] && f.dereferenced(s.Node, types) {
			found = append(found, s.Node)
		}
	}
	return found
}

// nullAfter reports whether the variable may be null behind a step on one of its ways out.
func (f *cFlow) nullAfter(name string, step int, e cEdge, null map[string][]bool, types *ranges) bool {
	n := f.Steps[step].Node
	may := null[name][step]
	if n == nil {
		return may
	}
	switch {
	case n.Kind == cAssign && n.Op == "=" && n.Kids[0].isName(name):
		may = f.mayBeNull(n.Kids[1], step, null)
	case n.Kind == cDecl && n.Text == name:
		may = len(n.Kids) > 0 && f.mayBeNull(n.Kids[0], step, null)
	case n.Kind == cCall && slices.ContainsFunc(n.args(), func(a *cNode) bool {
		b := a.bare()
		return b.Kind == cUnary && b.Op == "&" && b.Kids[0].isName(name)
	}):
		may = false
	case followsName(n, name):
		for _, use := range n.all(cIdent) {
			if use.Text == name && f.dereferenced(use, types) {
				may = false
			}
		}
	}
	if e.Sense != 0 {
		if nonNull, tested := nullTest(n, name); tested && nonNull == e.Sense {
			may = false
		}
	}
	return may
}

// followsName reports whether n is a step that may follow the variable itself.
func followsName(n *cNode, name string) bool {
	switch n.Kind {
	case cIndex, cMember, cCall:
		return n.mentions(name)
	case cUnary:
		return n.Op == "*" && n.mentions(name)
	}
	return false
}

// nullTest says on which way out of the test n the variable is not null.
func nullTest(n *cNode, name string) (nonNull int, tested bool) {
	is := func(m *cNode) bool {
		m = m.bare()
		return m.isName(name) || m.Kind == cAssign && m.Kids[0].isName(name)
	}
	if is(n) {
		return 1, true
	}
	if n.Kind == cBinary && (n.Op == "==" || n.Op == "!=") {
		for i := range 2 {
			if is(n.Kids[i]) && n.Kids[1-i].isNull() {
				return map[string]int{"==": -1, "!=": 1}[n.Op], true
			}
		}
	}
	return 0, false
}

// mayBeNull reports whether a value that is assigned may be null.
func (f *cFlow) mayBeNull(n *cNode, step int, null map[string][]bool) bool {
	n = n.bare()
	switch n.Kind {
	case cIdent:
		if before := null[n.Text]; before != nil {
			return before[step]
		}
	case cAssign:
		return f.mayBeNull(n.Kids[1], step, null)
	case cCall:
		name := n.callee()
		if own := f.Program.function(name); own != nil && own != f.Function {
			return returnsNull(own)
		}
		return name == "malloc" || name == "calloc" || f.Real && slices.Contains(cAllocations, name)
	}
	return n.isNull()
}

// returnsNull reports whether a function returns null or memory that it did not test.
func returnsNull(own *cFunction) bool {
	for _, ret := range own.Body.all(cReturn) {
		if len(ret.Kids) == 0 {
			continue
		}
		value := ret.Kids[0].bare()
		if own.Result.Pointer > 0 && (value.isNull() || value.callee() == "malloc" || value.callee() == "calloc") {
			return true
		}
		if value.Kind == cIdent && own.Result.Pointer > 0 {
			tested := false
			gets := false
			own.Body.each(func(n *cNode) bool {
				if n.Kind == cIf || n.Kind == cCond {
					tested = tested || n.Kids[0].mentions(value.Text)
				}
				if n.Kind == cDecl && n.Text == value.Text && len(n.Kids) > 0 {
					gets = gets || n.Kids[0].bare().callee() == "malloc" || n.Kids[0].bare().callee() == "calloc"
				}
				return true
			})
			if gets && !tested {
				return true
			}
		}
	}
	return false
}
