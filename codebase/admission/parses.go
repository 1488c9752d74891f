package admission

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// parses asks the language's own parser. Code of a larger program, as data sets have
// it, cannot be compiled without that; then the brackets alone are looked at, and the
// check could not tell.
type parses struct {
	timeout time.Duration
	parsers map[lang.Language]parseAll
}

// A parseAll says for each piece of code, in order, whether it parses.
type parseAll func(ctx context.Context, examples []codebase.Example) ([]codebase.Outcome, error)

func newParses(timeout time.Duration) parses {
	p := parses{timeout: timeout}
	python, node, javac := newPython(), newNode(), newJavac()
	p.parsers = map[lang.Language]parseAll{
		lang.Python: python.parse, lang.Go: parseGo, lang.JavaScript: node.parse, lang.Java: javac.parse,
		lang.C: newCompiler("gcc", "c").parse, lang.CPP: newCompiler("g++", "c++").parse,
	}
	return p
}

func (parses) Name() string    { return "parses" }
func (parses) Version() string { return "1" }

// Judge has the parsers of all languages that there are at work at once.
func (p parses) Judge(ctx context.Context, candidates []*Candidate) ([]codebase.Outcome, error) {
	outcomes := make([]codebase.Outcome, len(candidates))
	places := map[lang.Language][]int{}
	for i, c := range candidates {
		if why := c.bracket(); why != "" {
			outcomes[i] = rejects("%s", why)
			continue
		}
		places[c.Language] = append(places[c.Language], i)
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for language, at := range places {
		parse := p.parsers[language]
		if parse == nil {
			parse = parseNowhere
		}
		group.Go(func() error {
			examples := make([]codebase.Example, len(at))
			for n, i := range at {
				examples[n] = candidates[i].Example
			}
			found, err := p.inTime(ctx, parse, examples)
			if err != nil {
				return err
			}
			for n, i := range at {
				outcomes[i] = found[n]
			}
			return nil
		})
	}
	return outcomes, group.Wait()
}

// inTime has a parser look at all examples, and at each alone where that did not work:
// one can make a parser crash or hang.
func (p parses) inTime(ctx context.Context, parse parseAll, examples []codebase.Example) ([]codebase.Outcome, error) {
	limited, cancel := context.WithTimeout(ctx, p.timeout)
	defer cancel()
	outcomes, err := parse(limited, examples)
	if err == nil || ctx.Err() != nil {
		return outcomes, ctx.Err()
	}
	if len(examples) == 1 {
		return []codebase.Outcome{unsure("the parser did not work: %v", err)}, nil
	}
	outcomes = nil
	for half := range halves(examples) {
		found, err := p.inTime(ctx, parse, half)
		if err != nil {
			return nil, err
		}
		outcomes = append(outcomes, found...)
	}
	return outcomes, nil
}

// halves are the two halves of a list of two or more.
func halves(all []codebase.Example) func(yield func([]codebase.Example) bool) {
	return func(yield func([]codebase.Example) bool) {
		_ = yield(all[:len(all)/2]) && yield(all[len(all)/2:])
	}
}

// parseNowhere is for a language whose parser the program knows no way to.
func parseNowhere(_ context.Context, examples []codebase.Example) ([]codebase.Outcome, error) {
	outcomes := make([]codebase.Outcome, len(examples))
	for i, e := range examples {
		outcomes[i] = unsure("the brackets match; no parser of %s is used", e.Language)
	}
	return outcomes, nil
}

// unbalanced says which bracket of the code has no counterpart, or "". Code with
// preprocessor alternatives may have brackets in each and is passed over.
func unbalanced(code string, tokens []lang.Token) string {
	closing := map[string]string{")": "(", "]": "[", "}": "{"}
	var open []lang.Token
	for _, t := range tokens {
		switch {
		case t.Kind == lang.Directive && (strings.Contains(t.Text, "else") || strings.Contains(t.Text, "elif") || strings.Contains(t.Text, "define")):
			return ""
		case t.Kind != lang.Punct:
		case t.Text == "(" || t.Text == "[" || t.Text == "{":
			open = append(open, t)
		case closing[t.Text] != "":
			if len(open) == 0 || open[len(open)-1].Text != closing[t.Text] {
				return fmt.Sprintf("it does not parse: line %d has a %s that closes nothing", lineOf(code, t.Offset), t.Text)
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		last := open[len(open)-1]
		return fmt.Sprintf("it does not parse: the %s of line %d is not closed", last.Text, lineOf(code, last.Offset))
	}
	return ""
}

// outdented takes away the indentation that all lines of Python code share, which a
// method has that was taken out of its class.
func outdented(l lang.Language, code string) string {
	first := strings.TrimLeft(code, "\r\n")
	indent := first[:len(first)-len(strings.TrimLeft(first, " \t"))]
	if l != lang.Python || indent == "" {
		return code
	}
	lines := strings.Split(code, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimPrefix(line, indent)
	}
	return strings.Join(lines, "\n")
}
