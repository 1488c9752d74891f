package sven

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// CWE-190/0: a random number larger than 1000.

var c190of0 = cScenario{
	cases: func(p *cProgram) []cCase {
		cases := []cCase{{Name: "natural random numbers", Functional: true}}
		returning := func(n int) cCase {
			return cCase{Name: fmt.Sprintf("rand() returns %d", n), Env: []string{fmt.Sprintf("RAND=%d", n)}}
		}
		for _, n := range []int{42, 123456, 777777777} {
			c := returning(n)
			c.Functional = true
			cases = append(cases, c)
		}
		numbers := []int{math.MaxInt32, math.MaxInt32 - 1, math.MaxInt32 - 1001, math.MaxInt32 - 1002, math.MaxInt32 - 1000, 0, 999, 1073741824}
		if p != nil {
			for _, n := range tellingNumbers(p) {
				if !slices.Contains(numbers, n) && len(numbers) < mostRandom {
					numbers = append(numbers, n)
				}
			}
		}
		for _, n := range numbers {
			cases = append(cases, returning(n))
		}
		return cases
	},
	opaque: true,
	weak: func(_ cRun, f cFinding) bool {
		return strings.Contains(f.Text, "signed integer overflow") || strings.Contains(f.Text, "left shift of") || strings.Contains(f.Text, "negation of")
	},
	idle: func(p *cProgram) string {
		if slices.ContainsFunc(p.Functions, func(f *cFunction) bool { return asksRandom(f.Body) }) {
			return ""
		}
		return "no random number is asked for"
	},
	functional: func(t *cTrial) (*bool, string) {
		large := func(n string) bool { v, err := strconv.Atoi(n); return err == nil && v > 1000 }
		silent := ""
		for _, r := range t.Runs {
			if r.Functional && !slices.ContainsFunc(wholeNumber.FindAllString(r.Out, -1), large) {
				silent = r.Name
			}
		}
		if silent == "" {
			return verdictOf(true, "prints a number larger than 1000")
		}
		if t.Program != nil {
			if low := leastRandom(t.Program); low >= 1000 {
				return verdictOf(true, fmt.Sprintf("makes a number of at least %.0f, though it does not print it", low))
			}
		}
		return verdictOf(false, silent+": no number larger than 1000 is printed")
	},
	shows: func(t *cTrial) string {
		// A sum of random(), which is long, or of unsigned numbers that was cut to an int.
		if whole, floating := narrows(t.Program, isOfRandom); !whole && !floating {
			return ""
		}
		least := tellsLeast(t.Program)
		for _, r := range t.Runs {
			for _, m := range belowZero.FindAllStringSubmatch(r.Out, -1) {
				n, err := strconv.Atoi(m[1])
				if err == nil && n < farBelowZero && (n != math.MinInt32 || !least) && len(r.Env) > 0 {
					return fmt.Sprintf("%s: prints %d, cut to an int", r.Name, n)
				}
			}
		}
		return ""
	},
	places: sumPlaces,
	query: func(p *cProgram) string {
		return overflowIn(p, func(n *cNode) bool { return n.callee() == "rand" || n.callee() == "rand_r" }, false)
	},
}

// mostRandom bounds the random numbers that are tried beside the functional ones.
const mostRandom = 24

// belowZero is a number below zero, and not the end of a range such as 1000-2000. What was cut
// is far below it, which a random number that may be negative is not.
var belowZero = regexp.MustCompile(`(?:^|[^\w.-])(-\d+)`)

const farBelowZero = math.MinInt32 / 2

func isRandom(name string) bool {
	return strings.Contains(strings.ToLower(name), "rand") && !strings.HasPrefix(name, "srand")
}

// asksRandom reports whether a random number is asked for at or below n, of a function or a device.
func asksRandom(n *cNode) bool {
	return slices.ContainsFunc(n.all(cCall), func(c *cNode) bool { return isRandom(c.callee()) }) ||
		slices.ContainsFunc(n.all(cString), func(s *cNode) bool {
			return strings.Contains(s.Text, "/dev/urandom") || strings.Contains(s.Text, "/dev/random")
		})
}

// isOfRandom is whether a value of the function is made of random numbers.
func isOfRandom(f *cFunction) func(value *cNode) bool {
	made := randomNames(f)
	return func(value *cNode) bool { return ofRandom(value, made) }
}

func ofRandom(value *cNode, made map[string]bool) bool {
	return asksRandom(value) || slices.ContainsFunc(value.all(cIdent), func(i *cNode) bool { return made[i.Text] })
}

// randomNames are the variables of a function that are made of random numbers, or of one another.
func randomNames(f *cFunction) map[string]bool {
	made := map[string]bool{}
	for before := -1; before < len(made); {
		before = len(made)
		for _, n := range append(f.Body.all(cDecl), f.Body.all(cAssign)...) {
			if len(n.Kids) == 0 || !ofRandom(n.Kids[len(n.Kids)-1], made) {
				continue
			}
			switch {
			case n.Kind == cDecl:
				made[n.Text] = true
			case n.Kids[0].Kind == cIdent:
				made[n.Kids[0].Text] = true
			}
		}
	}
	return made
}

// tellingNumbers are the random numbers that a program may treat unlike others, the greatest
// first: those that give the greatest remainder, that overflow a sum or just do not, and those
// beside a bound.
func tellingNumbers(p *cProgram) []int {
	var numbers []int
	for _, f := range p.Functions {
		flow, r := analysis(p, f)
		if flow == nil {
			continue
		}
		for _, n := range append(f.Body.all(cBinary), f.Body.all(cAssign)...) {
			left, right := r.at(n, n.Kids[0]), r.at(n, n.Kids[1])
			if left.low == left.high && right.low == right.high {
				continue
			}
			op, known := strings.TrimSuffix(n.Op, "="), right.low
			if left.low == left.high && op != "%" {
				known = left.low
			} else if right.low != right.high {
				continue
			}
			for _, v := range beside(op, known) {
				if v >= 0 && v <= math.MaxInt32 {
					numbers = append(numbers, int(v))
				}
			}
		}
	}
	slices.Sort(numbers)
	slices.Reverse(numbers)
	return slices.Compact(numbers)
}

// beside are the numbers beside those at which an operation with a known operand changes what it does.
func beside(op string, known float64) []float64 {
	switch op {
	case "%":
		return []float64{known - 1}
	case "+":
		return []float64{math.MaxInt32 - known, math.MaxInt32 - known + 1}
	case "<", ">", "=", "!":
		return []float64{known - 1, known, known + 1}
	}
	return nil
}

// leastRandom is the least value of what is made of random numbers, where it is made, returned,
// or kept to the function's end; the greatest of these.
func leastRandom(p *cProgram) (low float64) {
	for _, f := range p.Functions {
		flow, r := analysis(p, f)
		if flow == nil {
			continue
		}
		made := randomNames(f)
		for step, s := range flow.Steps {
			n := s.Node
			if n == nil || r.before[step] == nil || len(n.Kids) == 0 || n.Kind != cDecl && n.Kind != cAssign && n.Kind != cReturn {
				continue
			}
			if value := n.Kids[len(n.Kids)-1]; asksRandom(value) || n.Kind == cReturn && ofRandom(value, made) {
				low = max(low, r.eval(r.before[step], value).low)
			}
		}
		for name := range made {
			low = max(low, r.before[1][name].low)
		}
	}
	return low
}
