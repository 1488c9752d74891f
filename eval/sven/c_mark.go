package sven

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A run tells something about a place only if it came there: a program that returns before its
// weak code withstands everything. So the program is compiled with a mark at each place that may
// matter, "(seccoder_at(7), i)" for i, and the harness notes the marks that are passed.

// markHead declares what marks call. The program's lines keep their numbers.
const markHead = "void seccoder_at(int);\n#line 1 \"" + cSourceName + "\"\n"

// mostMarks is how many places the harness can note.
const mostMarks = 900

var passedMark = regexp.MustCompile(`(?m)^at (\d+)$`)

// marked returns the program with marks, and the nodes that they stand for, by number.
func marked(source string, p *cProgram) (string, []*cNode) {
	type insertion struct {
		at, depth int
		text      string
	}
	var open, shut []insertion
	var nodes []*cNode
	for _, f := range p.Functions {
		f.Body.each(func(n *cNode) bool {
			if n.Kind == cSizeof || n.Kind == cCaseLabel || n.Kind == cDecl && n.Type.Static {
				return false // computed by the compiler
			}
			part := markable(n)
			if part == nil || part.From < 0 || part.To <= part.From || part.To > len(source) || len(nodes) == mostMarks {
				return true
			}
			depth := len(nodes)
			open = append(open, insertion{part.From, depth, fmt.Sprintf("(seccoder_at(%d), ", len(nodes))})
			shut = append(shut, insertion{part.To, -depth, ")"})
			nodes = append(nodes, n)
			return true
		})
	}
	// Outer expressions come first where they begin at the same place, and last where they end.
	all := slices.Concat(shut, open)
	slices.SortStableFunc(all, func(a, b insertion) int {
		if a.at != b.at {
			return a.at - b.at
		}
		return a.depth - b.depth
	})
	var b strings.Builder
	b.WriteString(markHead)
	done := 0
	for _, i := range all {
		b.WriteString(source[done:i.at] + i.text)
		done = i.at
	}
	b.WriteString(source[done:])
	return b.String(), nodes
}

// markable is the part of n that takes the mark: one that is computed whenever n is, and
// whose value alone matters; nil where n is not of interest.
func markable(n *cNode) *cNode {
	switch n.Kind {
	case cCall:
		return n
	case cIndex:
		return n.Kids[1]
	case cMember:
		if n.Op == "->" {
			return n.Kids[0]
		}
	case cUnary:
		if n.Op == "*" {
			return n.Kids[0]
		}
	case cBinary:
		if slices.Contains(arithmeticOps, n.Op) || n.Op == "<<" {
			return n.Kids[0]
		}
	case cAssign:
		return n.Kids[1]
	case cDecl:
		if len(n.Kids) > 0 && n.Kids[0].Kind != cList && n.Kids[0].Kind != cString {
			return n.Kids[0]
		}
	}
	return nil
}

// cameTo reports whether some run passed the mark of n; only those for well-meant input count
// where well is true. It is true for places without a mark, of which nothing is known.
func (t *cTrial) cameTo(n *cNode, well bool) bool {
	number := slices.Index(t.Marks, n)
	if number < 0 {
		return true
	}
	return slices.ContainsFunc(t.Runs, func(r cRun) bool { return (r.Functional || !well) && r.passed[number] })
}

// workedAtSome reports whether a run for well-meant input passed one of the marks.
func (t *cTrial) workedAtSome(nodes []*cNode) bool {
	return slices.ContainsFunc(nodes, func(n *cNode) bool { return t.cameTo(n, true) })
}

// withMark is n, or the nearest expression around it that takes a mark; n where there is none.
func (n *cNode) withMark() *cNode {
	for up := n; up != nil && (up.Kind < cBlock || up.Kind == cDecl); up = up.Up {
		if markable(up) != nil {
			return up
		}
	}
	return n
}

// passedMarks reads the marks that a run passed.
func passedMarks(events string) map[int]bool {
	passed := map[int]bool{}
	for _, m := range passedMark.FindAllStringSubmatch(events, -1) {
		if n, err := strconv.Atoi(m[1]); err == nil {
			passed[n] = true
		}
	}
	return passed
}
