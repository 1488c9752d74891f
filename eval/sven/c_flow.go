package sven

import "slices"

// A cStep is one evaluation in a function's control flow: an expression, after its operands,
// or a declaration, after its initializer.
type cStep struct {
	Node *cNode
	// Next are the steps that may follow.
	Next []cEdge
	// Test is true where Node decides which way to go.
	Test bool
}

// A cEdge leads from a step to the next. Sense is 1 on the way that a true test takes, -1 on
// the other, 0 where nothing is tested.
type cEdge struct {
	To    int
	Sense int
}

// A cFlow is the control flow of a function. Step 0 is the entry, step 1 the exit.
type cFlow struct {
	Function *cFunction
	Program  *cProgram
	Steps    []cStep
	// Real is true where what really happens to pointers and in the program's own functions
	// counts, and not what a query knows of it.
	Real bool
	// AsQuery is true where tests tell what CodeQL makes of them, and not what they really do.
	AsQuery bool
	// at finds the step of a node.
	at map[*cNode]int
}

// flowOf builds the control flow of a function.
func flowOf(p *cProgram, f *cFunction) *cFlow { return (&cFlow{Function: f, Program: p}).build() }

// realFlow builds it as it really is.
func realFlow(p *cProgram, f *cFunction) *cFlow {
	return (&cFlow{Function: f, Program: p, Real: true}).build()
}

// build adds the steps.
func (f *cFlow) build() *cFlow {
	f.Steps, f.at = make([]cStep, 2), map[*cNode]int{}
	b := &flowBuilder{flow: f,
		labels: map[string]int{}, gotos: map[string][]loose{}, open: []loose{{0, 0}}}
	b.statement(f.Function.Body)
	b.join(1)
	for label, from := range b.gotos {
		if to, ok := b.labels[label]; ok {
			b.connect(from, to)
		}
	}
	return f
}

// A loose end is an edge whose target is not known yet.
type loose struct {
	from  int
	sense int
}

type flowBuilder struct {
	flow   *cFlow
	open   []loose // what leads to the next step
	breaks [][]loose
	loops  [][]loose // of the continue statements
	labels map[string]int
	gotos  map[string][]loose
	// switches holds, for each open switch, the step of its value, and whether it has a default.
	switches []struct{ step, hasDefault int }
}

func (b *flowBuilder) connect(ends []loose, to int) {
	for _, e := range ends {
		b.flow.Steps[e.from].Next = append(b.flow.Steps[e.from].Next, cEdge{to, e.sense})
	}
}

// join lets the loose ends lead to a step.
func (b *flowBuilder) join(to int) {
	b.connect(b.open, to)
	b.open = nil
}

// add makes a step of which one loose end goes out.
func (b *flowBuilder) add(n *cNode) int {
	b.flow.Steps = append(b.flow.Steps, cStep{Node: n})
	step := len(b.flow.Steps) - 1
	if _, ok := b.flow.at[n]; !ok && n != nil {
		b.flow.at[n] = step
	}
	b.join(step)
	b.open = []loose{{step, 0}}
	return step
}

// expression adds the steps of an expression.
func (b *flowBuilder) expression(n *cNode) {
	if n == nil || n.Kind == cEmpty {
		return
	}
	switch {
	case n.Kind == cSizeof:
	case n.Kind == cCond:
		yes, no := b.test(n.Kids[0])
		b.open = yes
		b.expression(n.Kids[1])
		after := b.open
		b.open = no
		b.expression(n.Kids[2])
		b.open = append(b.open, after...)
	case n.Kind == cBinary && (n.Op == "&&" || n.Op == "||"):
		yes, no := b.test(n)
		b.open = slices.Concat(yes, no)
		return
	case n.Kind == cAssign:
		b.expression(n.Kids[1])
		if left := n.Kids[0]; left.Kind != cIdent || n.Op != "=" {
			b.expression(left)
		}
	case n.callee() == "assert" && len(n.args()) == 1 && (b.flow.Program.Asserts || !b.flow.AsQuery):
		// Without <assert.h> it is a function: runs have one, a query knows nothing of it.
		yes, no := b.test(n.args()[0])
		b.connect(no, 1)
		b.open = yes
	case n.Kind == cCall && n.callee() != "":
		for _, arg := range n.args() {
			b.expression(arg)
		}
	default:
		for _, kid := range n.Kids {
			b.expression(kid)
		}
	}
	b.add(n)
	if cEnds[n.callee()] || b.flow.Real && b.flow.Program.neverReturns(n.callee()) {
		b.join(1)
	}
}

// neverReturns reports whether all ways through a function of the program's own, as a die(), end
// in one of cEnds.
func (p *cProgram) neverReturns(name string) bool {
	f := p.function(name)
	if f == nil {
		return false
	}
	flow := flowOf(p, f)
	reached := flow.reach(0, nil, nil)
	reached[0] = true
	for step := range reached {
		leaves := slices.ContainsFunc(flow.Steps[step].Next, func(e cEdge) bool { return e.To == 1 })
		if n := flow.Steps[step].Node; leaves && (n == nil || !cEnds[n.callee()]) {
			return false
		}
	}
	return true
}

// cEnds are the functions that do not return.
var cEnds = map[string]bool{"exit": true, "_exit": true, "_Exit": true, "quick_exit": true, "abort": true, "err": true, "errx": true,
	"__assert_fail": true, "pthread_exit": true, "longjmp": true, "__builtin_unreachable": true, "__builtin_trap": true}

// test adds the steps of a condition and returns the ways out of it.
func (b *flowBuilder) test(n *cNode) (yes, no []loose) {
	switch {
	case n.Kind == cUnary && n.Op == "!":
		yes, no = b.test(n.Kids[0])
		return no, yes
	case n.Kind == cBinary && n.Op == "&&":
		yes, no = b.test(n.Kids[0])
		b.open = yes
		yes2, no2 := b.test(n.Kids[1])
		return yes2, append(no, no2...)
	case n.Kind == cBinary && n.Op == "||":
		yes, no = b.test(n.Kids[0])
		b.open = no
		yes2, no2 := b.test(n.Kids[1])
		return append(yes, yes2...), no2
	case n.Kind == cEmpty: // for (;;)
		yes, b.open = b.open, nil
		return yes, nil
	}
	b.expression(n)
	if len(b.open) == 0 {
		return nil, nil
	}
	if v, ok := constant(n); ok {
		ends := b.open
		b.open = nil
		if v != 0 {
			return ends, nil
		}
		return nil, ends
	}
	step := b.flow.at[n]
	if len(b.open) != 1 || b.open[0].from != step { // a value that && or || made
		step = b.add(&cNode{Kind: cEmpty, Line: n.Line, Up: n})
	}
	b.flow.Steps[step].Test = true
	b.open = nil
	return []loose{{step, 1}}, []loose{{step, -1}}
}

// statement adds the steps of a statement.
func (b *flowBuilder) statement(n *cNode) {
	switch n.Kind {
	case cBlock, cDecls:
		for _, kid := range n.Kids {
			b.statement(kid)
		}
	case cDecl:
		if len(n.Kids) > 0 {
			b.expression(n.Kids[0])
		}
		b.add(n)
	case cExpr:
		b.expression(n.Kids[0])
	case cIf:
		yes, no := b.test(n.Kids[0])
		b.open = yes
		b.statement(n.Kids[1])
		after := b.open
		b.open = no
		if len(n.Kids) > 2 {
			b.statement(n.Kids[2])
		}
		b.open = append(b.open, after...)
	case cWhile, cDo, cFor:
		b.loop(n)
	case cSwitch:
		b.choice(n)
	case cCaseLabel:
		if k := len(b.switches); k > 0 {
			b.open = append(b.open, loose{b.switches[k-1].step, 0})
			if len(n.Kids) == 0 {
				b.switches[k-1].hasDefault = 1
			}
		}
		b.add(&cNode{Kind: cEmpty, Line: n.Line})
	case cReturn:
		if len(n.Kids) > 0 {
			b.expression(n.Kids[0])
		}
		b.add(n)
		b.join(1)
	case cBreak:
		if k := len(b.breaks); k > 0 {
			b.breaks[k-1] = append(b.breaks[k-1], b.open...)
		}
		b.open = nil
	case cContinue:
		if k := len(b.loops); k > 0 {
			b.loops[k-1] = append(b.loops[k-1], b.open...)
		}
		b.open = nil
	case cGoto:
		b.gotos[n.Text] = append(b.gotos[n.Text], b.open...)
		b.open = nil
	case cLabel:
		b.labels[n.Text] = b.add(&cNode{Kind: cEmpty, Line: n.Line})
	}
}

// loop adds a loop. Its head is an empty step, so that every way back has one target.
func (b *flowBuilder) loop(n *cNode) {
	b.breaks, b.loops = append(b.breaks, nil), append(b.loops, nil)
	cond, step, body := n.Kids[0], (*cNode)(nil), n.Kids[1]
	switch n.Kind {
	case cDo:
		cond, body = n.Kids[1], n.Kids[0]
	case cFor:
		b.statement(n.Kids[0])
		cond, step, body = n.Kids[1], n.Kids[2], n.Kids[3]
	}
	head := b.add(&cNode{Kind: cEmpty, Line: n.Line})
	var out []loose
	if n.Kind != cDo {
		b.open, out = b.test(cond)
	}
	b.statement(body)
	b.open = append(b.open, b.loops[len(b.loops)-1]...)
	if n.Kind == cDo {
		b.open, out = b.test(cond)
	}
	b.expression(step)
	b.join(head)
	b.open = slices.Concat(out, b.breaks[len(b.breaks)-1])
	b.breaks, b.loops = b.breaks[:len(b.breaks)-1], b.loops[:len(b.loops)-1]
}

// choice adds a switch.
func (b *flowBuilder) choice(n *cNode) {
	b.expression(n.Kids[0])
	value := b.add(&cNode{Kind: cEmpty, Line: n.Line})
	b.open = nil
	b.breaks = append(b.breaks, nil)
	b.switches = append(b.switches, struct{ step, hasDefault int }{value, 0})
	b.statement(n.Kids[1])
	b.open = append(b.open, b.breaks[len(b.breaks)-1]...)
	if b.switches[len(b.switches)-1].hasDefault == 0 {
		b.open = append(b.open, loose{value, 0})
	}
	b.breaks, b.switches = b.breaks[:len(b.breaks)-1], b.switches[:len(b.switches)-1]
}

// reach returns the steps that can be reached from the successors of a step, or from the
// entry itself when the step is 0, not going beyond where stop says so.
func (f *cFlow) reach(from int, stop func(step int) bool, without func(from int, e cEdge) bool) map[int]bool {
	seen := map[int]bool{}
	var work []int
	follow := func(step int) {
		for _, e := range f.Steps[step].Next {
			if !seen[e.To] && (without == nil || !without(step, e)) {
				seen[e.To] = true
				work = append(work, e.To)
			}
		}
	}
	follow(from)
	for len(work) > 0 {
		step := work[len(work)-1]
		work = work[:len(work)-1]
		if stop == nil || !stop(step) {
			follow(step)
		}
	}
	return seen
}

// controlling are the tests of which each must turn out one way for the step to be reached.
func (f *cFlow) controlling(step int) (tests []*cNode) {
	for guard, s := range f.Steps {
		if s.Test && (f.controls(guard, 1, step) || f.controls(guard, -1, step)) {
			tests = append(tests, s.Node)
		}
	}
	return tests
}

// controls reports whether step is only reached when the test at guard turned out so.
func (f *cFlow) controls(guard, sense, step int) bool {
	if guard == step || !f.Steps[guard].Test {
		return false
	}
	return !f.reach(0, nil, func(from int, e cEdge) bool { return from == guard && e.Sense == sense })[step]
}
