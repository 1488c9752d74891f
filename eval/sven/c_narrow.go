package sven

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// cPrints are the functions that print by a format, with the number of that argument.
var cPrints = map[string]int{"printf": 0, "fprintf": 1, "dprintf": 1, "sprintf": 1, "snprintf": 2}

// narrows reports whether a whole number of which an int cannot hold all values, or a floating
// one, is made an int: by a cast, where it is kept, returned, or printed. It asks so of the
// values that are those meant.
func narrows(p *cProgram, meant func(f *cFunction) func(from *cNode) bool) (whole, floating bool) {
	for _, f := range p.Functions {
		r := typing(&cFlow{Program: p, Function: f})
		means := meant(f)
		made := func(to *cType, from *cNode) {
			if _, known := constant(from); known || !to.isInteger() || to.Bytes != 4 || !means(from) {
				return
			}
			t := r.typeOf(from)
			floating = floating || t.isFloat()
			whole = whole || t.isInteger() && (t.Bytes > 4 || t.Bytes == 4 && t.Unsigned && !to.Unsigned)
		}
		f.Body.each(func(n *cNode) bool {
			switch {
			case n.Kind == cCast, n.Kind == cDecl && len(n.Kids) > 0:
				made(n.Type, n.Kids[0])
			case n.Kind == cAssign:
				made(r.typeOf(n.Kids[0]), n.Kids[1])
			case n.Kind == cReturn && len(n.Kids) > 0:
				made(f.Result, n.Kids[0])
			case n.Kind == cCall:
				for _, shown := range printedAsInt(n) {
					made(shown.Type, shown.Kids[0])
				}
			}
			return true
		})
	}
	return whole, floating
}

func anyValue(*cFunction) func(*cNode) bool { return func(*cNode) bool { return true } }

// cutTo are the numbers that a program may show in place of a sum that no int holds, since it
// makes an int of it; floating numbers become INT_MIN on x86.
func cutTo(p *cProgram, sum int64) (wrong []string) {
	whole, floating := narrows(p, anyValue)
	least := tellsLeast(p)
	if cut := int32(sum); whole && (cut != math.MinInt32 || !least) {
		wrong = append(wrong, strconv.Itoa(int(cut)))
	}
	if floating && !least {
		wrong = append(wrong, strconv.Itoa(math.MinInt32))
	}
	return wrong
}

// tellsLeast reports whether a program gives INT_MIN to a call, as it does to tell what it allows.
func tellsLeast(p *cProgram) bool {
	return slices.ContainsFunc(p.Functions, func(f *cFunction) bool {
		return slices.ContainsFunc(f.Body.all(cCall), func(c *cNode) bool {
			return slices.ContainsFunc(c.args(), func(arg *cNode) bool {
				v, known := constant(arg)
				return known && v == math.MinInt32 || arg.Kind == cString && strings.Contains(arg.Text, leastInt)
			})
		})
	})
}

const leastInt = "-2147483648"

// printedAsInt are the arguments that a call prints by %d or %u, as casts to the type that it takes them for.
func printedAsInt(call *cNode) (shown []*cNode) {
	at, ok := cPrints[call.callee()]
	args := call.args()
	if !ok || len(args) <= at || args[at].Kind != cString {
		return nil
	}
	next := at + 1
	for _, m := range cConversion.FindAllStringSubmatch(unquoteC(args[at].Text), -1) {
		if m[5] == "%" {
			continue
		}
		for _, width := range m[2:4] {
			if width == "*" {
				next++
			}
		}
		if to := map[string]*cType{"d": cInt, "i": cInt, "u": cUnsigned}[m[5]]; to != nil && m[4] == "" && next < len(args) {
			shown = append(shown, &cNode{Kind: cCast, Type: to, Kids: []*cNode{args[next]}})
		}
		next++
	}
	return shown
}
