package admission

import (
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// A Candidate is an example that is put to the checks. What several of them ask about it is
// worked out once, when it is first needed. It is for one goroutine at a time.
type Candidate struct {
	codebase.Example

	code, twin []lang.Token
	searched   searched // the code, for forms
	prints     *prints
	brackets   *string // what unbalanced says
}

func newCandidate(e codebase.Example) *Candidate {
	return &Candidate{Example: e, searched: searched{text: e.Code}}
}

// tokens are those of the code, twinTokens those of the insecure code.
func (c *Candidate) tokens() []lang.Token     { return lexed(&c.code, c.Language, c.Code) }
func (c *Candidate) twinTokens() []lang.Token { return lexed(&c.twin, c.Language, c.Insecure) }

func lexed(tokens *[]lang.Token, l lang.Language, code string) []lang.Token {
	if *tokens == nil {
		*tokens = lang.Lex(l, code)
	}
	return *tokens
}

// texts are the comments and strings of the code: where words for a reader stand.
func (c *Candidate) texts() []lang.Token {
	var found []lang.Token
	for _, t := range c.tokens() {
		if t.Kind == lang.Comment || t.Kind == lang.String {
			found = append(found, t)
		}
	}
	return found
}

// print is what tells the example from others.
func (c *Candidate) print() *prints {
	if c.prints == nil {
		c.prints = newPrints(c)
	}
	return c.prints
}

// bracket says which bracket of the code has no counterpart, or "".
func (c *Candidate) bracket() string {
	if c.brackets == nil {
		what := unbalanced(c.Code, c.tokens())
		c.brackets = &what
	}
	return *c.brackets
}

// settle works out what the checks that come later ask, and lets go of the tokens, which
// are many times as large as the code.
func (c *Candidate) settle() {
	c.print()
	c.bracket()
	c.code, c.twin = nil, nil
}
