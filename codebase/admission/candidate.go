package admission

import (
	"iter"
	"sync"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// A Candidate is an example that is put to the checks. What several of them ask about it is
// worked out once, when it is first needed. It is for one goroutine at a time.
type Candidate struct {
	codebase.Example

	room     *room    // has the tokens of the code, until settle
	searched searched // the code, for forms
	prints   *prints
	shingles codebase.Shingles
	brackets *string // what unbalanced says
}

func newCandidate(e codebase.Example) *Candidate {
	return &Candidate{Example: e, searched: searched{text: e.Code}}
}

// A room is memory for what is made of a piece of code and takes many times as much as it: to ask
// for that anew for each candidate takes as long as to split the code.
type room struct {
	tokens []lang.Token
	runs   []uint64
}

var rooms = sync.Pool{New: func() any { return new(room) }}

// lexed splits code into tokens in one of rooms, where the caller is to put it back.
func lexed(l lang.Language, code string) *room {
	r := rooms.Get().(*room)
	r.tokens = lang.AppendTokens(r.tokens[:0], l, code)
	return r
}

// own is the candidate's room, with the tokens of the code.
func (c *Candidate) own() *room {
	if c.room == nil {
		c.room = lexed(c.Language, c.Code)
	}
	return c.room
}

func (c *Candidate) tokens() []lang.Token { return c.own().tokens }

// twinPrint is the fingerprint of the insecure code, "" where there is none.
func (c *Candidate) twinPrint() string {
	if c.Insecure == "" {
		return ""
	}
	r := lexed(c.Language, c.Insecure)
	defer rooms.Put(r)
	return codebase.FingerprintOf(r.tokens)
}

// texts are the comments and strings of the code: where words for a reader stand.
func (c *Candidate) texts() iter.Seq[lang.Token] {
	return func(yield func(lang.Token) bool) {
		for _, t := range c.tokens() {
			if (t.Kind == lang.Comment || t.Kind == lang.String) && !yield(t) {
				return
			}
		}
	}
}

// print is what tells the example from others.
func (c *Candidate) print() *prints {
	if c.prints == nil {
		c.prints = newPrints(c)
	}
	return c.prints
}

// runs are the shingles of the code. Few candidates have bands in common with an example, and are
// compared by them.
func (c *Candidate) runs() codebase.Shingles {
	if c.shingles == nil {
		c.shingles = codebase.NewShingles(c.Language, c.Code, shingle)
	}
	return c.shingles
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
	c.letGo()
}

// letGo ends the use of the tokens.
func (c *Candidate) letGo() {
	if c.room != nil {
		rooms.Put(c.room)
		c.room = nil
	}
}
