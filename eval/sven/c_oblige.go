package sven

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Wants are what a program asks of its surroundings before it goes on: so many arguments,
// certain words among them, variables of the environment, files.
type wants struct {
	counts    []int          // of arguments, the program's name included, that it compares with
	least     int            // such a count that it uses without a comparison
	words     map[int]string // by the number of the argument
	variables []string
	files     []string
	numbers   bool // read from standard input
}

// Bounds of what is tried for one program.
const (
	mostArguments = 8
	someArguments = 4
	mostCases     = 60
	wantedFile    = "input.txt"
	wantedNumbers = "3\n1\n2\n0\n5\n"
)

// The variables that may be set, and the files that may be written for a program.
var (
	plainVariable = regexp.MustCompile(`^[A-Za-z]\w*$`)
	ownVariable   = regexp.MustCompile(`^(PATH|HOME|LD_|SECCODER_|.*SAN_|MALLOC_|GLIBC_|LC_|LANG)`)
	plainFile     = regexp.MustCompile(`^\w[\w.-]*$`)
)

// obliged are the cases with more of them, in which a program gets what it asks for.
func obliged(cases []cCase, p *cProgram) []cCase {
	if p == nil || len(cases) == 0 {
		return cases
	}
	w := wantsOf(p)
	all := slices.Clone(cases)
	for _, count := range w.counts {
		for _, c := range cases {
			if len(all) >= mostCases {
				return all
			}
			if more := w.grant(c, count); more.Name != "" {
				all = append(all, more)
			}
		}
	}
	return all
}

// grant is a case with so many arguments and all else that is asked for; a case without a
// name where that changes nothing.
func (w wants) grant(c cCase, count int) cCase {
	first, _, _ := strings.Cut(c.Stdin, "\n")
	if !wholeNumber.MatchString(first) {
		first = "1"
	}
	args := slices.Clone(c.Args)
	if count > 0 {
		args = args[:min(len(args), count-1)]
	}
	for len(args) < max(count, w.least)-1 && (count == 0 || len(args) < count-1) {
		args = append(args, first)
	}
	var granted []string
	if len(args) != len(c.Args) {
		granted = append(granted, fmt.Sprintf("%d arguments", len(args)))
	}
	for number, word := range w.words {
		if number > 0 && number <= len(args) && args[number-1] != word {
			args[number-1] = word
			granted = append(granted, "argument "+word)
		}
	}
	slices.Sort(granted)
	files := maps.Clone(c.Files)
	for _, name := range w.files {
		if _, ok := files[name]; ok || slices.Contains(c.Folders, name) {
			continue
		}
		if files == nil {
			files = map[string]string{}
		}
		files[name] = c.Stdin + "1\n"
		granted = append(granted, "a file "+name)
	}
	for _, name := range w.variables {
		granted = append(granted, name+" is set")
	}
	if w.numbers && !wholeNumber.MatchString(c.Stdin) {
		c.Stdin = wantedNumbers
		granted = append(granted, "numbers as input")
	}
	if len(granted) == 0 {
		return cCase{}
	}
	c.Name += ", " + strings.Join(granted, ", ")
	c.Functional, c.Args, c.Files, c.Variables = false, args, files, w.variables
	return c
}

// wantsOf reads a program. There is at least one count; 0 leaves the arguments that there are.
func wantsOf(p *cProgram) wants {
	w := wants{words: map[int]string{}}
	count := func(n int) {
		if n > 0 && n <= mostArguments && !slices.Contains(w.counts, n) {
			w.counts = append(w.counts, n)
		}
	}
	for _, f := range p.Functions {
		for _, n := range f.Body.all(cBinary) {
			v, ok := constant(n.Kids[1])
			if !ok && n.Kids[1].bare().isName("argc") { // a loop over all
				w.least = max(w.least, someArguments)
			}
			if ok && n.Kids[0].bare().isName("argc") {
				switch n.Op {
				case "==", "!=", "<", ">=":
					count(int(v))
				case ">", "<=":
					count(int(v) + 1)
				}
			}
		}
		for _, c := range f.Body.all(cCall) {
			w.ask(f, c)
		}
		for _, n := range f.Body.all(cIndex) {
			w.least = min(max(w.least, argument(f, n)+1), mostArguments)
		}
	}
	if len(w.counts) == 0 {
		w.counts = []int{0}
	}
	return w
}

// ask takes up what one call asks for.
func (w *wants) ask(f *cFunction, c *cNode) {
	args := c.args()
	literal := func(i int) (string, bool) {
		if i >= len(args) || args[i].bare().Kind != cString {
			return "", false
		}
		return unquoteC(args[i].bare().Text), true
	}
	add := func(list *[]string, name string) {
		if !slices.Contains(*list, name) {
			*list = append(*list, name)
		}
	}
	switch c.callee() {
	case "getenv":
		if name, ok := literal(0); ok && plainVariable.MatchString(name) && !ownVariable.MatchString(name) {
			add(&w.variables, name)
		}
	case "scanf":
		format, ok := literal(0)
		w.numbers = w.numbers || ok && strings.ContainsAny(format, "du")
	case "strcmp", "strncmp", "strcasecmp", "strncasecmp", "strstr":
		for i := range min(len(args), 2) {
			if word, ok := literal(1 - i); ok {
				w.words[argument(f, args[i])] = word
			}
		}
	case "fopen", "open":
		mode, ok := literal(1)
		if len(args) == 0 || ok && !strings.HasPrefix(mode, "r") {
			return
		}
		if name, ok := literal(0); ok && plainFile.MatchString(name) {
			add(&w.files, name)
		} else if k := argument(f, args[0]); k > 0 {
			w.words[k] = wantedFile
			add(&w.files, wantedFile)
		}
	}
}

// argument is the number of the program's argument that n is, or a variable that was given it
// by its declaration; 0 for none.
func argument(f *cFunction, n *cNode) int {
	n = n.bare()
	if n.Kind == cIdent {
		for _, d := range f.Body.all(cDecl) {
			if d.Text == n.Text && len(d.Kids) > 0 && d.Kids[0].bare().Kind == cIndex {
				n = d.Kids[0].bare()
			}
		}
	}
	if n.Kind != cIndex || !n.Kids[0].isName("argv") {
		return 0
	}
	v, _ := constant(n.Kids[1])
	return int(v)
}
