package sven

import (
	"fmt"
	"slices"
)

// A pointer that was never given a value leads anywhere. Sanitizers see nothing of it where what
// lay on the stack happens to be an address, so the text decides.

// wildWrite finds a write through a local pointer, or through an element of a local array of
// pointers, that nothing was put into on the way; nil for none. A way that no run took may be none,
// so where some way does give it a value, a run must have come to the write and to no such place.
func (t *cTrial) wildWrite() (write *cNode, name string) {
	for _, f := range t.Program.called() {
		flow, r := analysis(t.Program, f)
		if flow == nil {
			continue
		}
		for _, d := range f.Body.all(cDecl) {
			if len(d.Kids) > 0 || d.Type.Pointer == 0 || d.Type.Static || d.Type.Function || len(d.Type.Array) > 1 {
				continue
			}
			given, writes := pointerUses(f, d)
			ends := func(step int) bool { return slices.Contains(given, flow.Steps[step].Node) }
			unset := flow.reach(flow.at[d], ends, nil)
			for _, w := range writes {
				at, ok := flow.at[w]
				if ok && unset[at] && r.reached(w) && (!flow.givenBefore(given, at) || t.passesBut(w, given)) {
					return w, d.Text
				}
			}
		}
	}
	return nil, ""
}

// wild is the finding of wildWrite in words, or "".
func (t *cTrial) wild() string {
	if w, name := t.wildWrite(); w != nil {
		return fmt.Sprintf("line %d: it writes to where %s points, which was never given a value", w.Line, name)
	}
	return ""
}

// givenBefore reports whether one of the nodes lies on a way to a step.
func (f *cFlow) givenBefore(given []*cNode, step int) bool {
	return slices.ContainsFunc(given, func(g *cNode) bool {
		at, ok := f.at[g]
		return !ok || f.reach(at, nil, nil)[step]
	})
}

// passesBut reports whether some run passed the mark of n, and none of the others'.
func (t *cTrial) passesBut(n *cNode, others []*cNode) bool {
	number := slices.Index(t.Marks, n.withMark())
	return number >= 0 && slices.ContainsFunc(t.Runs, func(r cRun) bool {
		return r.passed[number] && !slices.ContainsFunc(others, func(o *cNode) bool {
			other := slices.Index(t.Marks, o.withMark())
			return other < 0 || r.passed[other]
		})
	})
}

// pointerUses are where the pointer that d declares, or an element of its array, may be given a
// value, and where something is written behind it. Whatever is not known is taken to give it one.
func pointerUses(f *cFunction, d *cNode) (given, writes []*cNode) {
	for _, n := range f.Body.all(cIdent) {
		if n.Text != d.Text || !slices.Contains(n.around(), d.scope()) {
			continue
		}
		place := n
		if d.Type.isArray() {
			if n.Up.Kind != cIndex || n.Up.Kids[0] != n {
				given = append(given, n.Up)
				continue
			}
			place = n.Up
		}
		switch up, call := place.Up, argumentOf(place); {
		case up.Kind == cAssign && up.Kids[0] == place, up.Kind == cUnary && up.Op == "&":
			given = append(given, up)
		case call != nil && slices.Contains(cWriters, call.callee()) && leadsTo(call.args()[0], place):
			writes = append(writes, call)
		case call != nil && !takesValues(call):
			given = append(given, call)
		case up.isAccess(place) && up.Up.Kind == cAssign && up.Up.Kids[0] == up:
			writes = append(writes, up.Up)
		}
	}
	for _, other := range f.locals() {
		if other != d && other.Text == d.Text {
			given = append(given, other)
		}
	}
	return given, writes
}

// leadsTo reports whether an argument is the pointer, or a sum of it.
func leadsTo(argument, pointer *cNode) bool {
	n := argument.bare()
	return n == pointer || n.Kind == cBinary && (n.Op == "+" || n.Op == "-") && leadsTo(n.Kids[0], pointer)
}

// takesValues reports whether a call is known to be no macro, which could give its arguments a value.
func takesValues(call *cNode) bool {
	_, formats := cFormats[call.callee()]
	_, follows := cDereferences[call.callee()]
	return formats || follows
}

// isAccess reports whether n follows a pointer: pointer[i], *pointer, pointer->field.
func (n *cNode) isAccess(pointer *cNode) bool {
	return n.Kids[0] == pointer && (n.Kind == cIndex || n.Kind == cUnary && n.Op == "*" || n.Kind == cMember && n.Op == "->")
}

// scope is the block or loop in which a declaration holds.
func (n *cNode) scope() *cNode { return n.within(cBlock, cFor) }

// around are the nodes that hold n.
func (n *cNode) around() (all []*cNode) {
	for up := n.Up; up != nil; up = up.Up {
		all = append(all, up)
	}
	return all
}
