package seccoder

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/seccoder/seccoder/generation"
	"github.com/seccoder/seccoder/lang"
)

// A demonstration does harm when the model calls a helper that only the demonstration
// defines: the completed program does not run. Names of this kind are foreign.

// maxRetries bounds how often one completion is taken up again.
const maxRetries = 3

// A foreignCheck finds the foreign names of completions of one prompt.
type foreignCheck struct {
	language       lang.Language
	demonstrations string
	prefix         string
	// suffix holds the identifiers of the code behind the cursor, which the user's
	// program knows from wherever.
	suffix map[string]bool
}

func newForeignCheck(p Prompt, used []Demonstration) *foreignCheck {
	codes := make([]string, len(used))
	for i, d := range used {
		codes[i] = d.Example.Code
	}
	f := &foreignCheck{language: p.Language, demonstrations: strings.Join(codes, "\n"), prefix: p.Prefix, suffix: map[string]bool{}}
	if f.possible() {
		for _, token := range lang.Lex(p.Language, p.Suffix) {
			if token.Kind == lang.Ident {
				f.suffix[token.Text] = true
			}
		}
	}
	return f
}

// possible reports whether there can be foreign names at all.
func (f *foreignCheck) possible() bool { return f.demonstrations != "" }

func (f *foreignCheck) names(completion string) []string {
	if !f.possible() {
		return nil
	}
	return slices.DeleteFunc(lang.Foreign(f.language, f.demonstrations, f.prefix, completion),
		func(name string) bool { return f.suffix[name] })
}

// line returns where the first line begins, at or behind from, up to which the text
// uses a foreign name; -1 if there is none. from is the start of a line.
func (f *foreignCheck) line(text string, from int) int {
	for from < len(text) {
		end := len(text)
		if length := strings.IndexByte(text[from:], '\n'); length >= 0 {
			end = from + length + 1
		}
		if len(f.names(text[:end])) > 0 {
			return from
		}
		from = end
	}
	return -1
}

// A draft is a single completion that is taken up again where it uses a foreign name.
type draft struct {
	*task
	// kept is the text of the tries before, up to the line with the foreign name.
	kept    string
	retries int
	// accepted is the length of the whole lines that are known to use no foreign name,
	// shown what OnText has seen of them.
	accepted, shown int
}

// one makes a single completion. When a line turns out to use a foreign name, the
// text is cut before that line and taken up again with other random numbers and
// without the demonstration, whose practice the lines before have taken over. Lines
// are shown once they are complete, so what was shown is never taken back.
func (t *task) one(ctx context.Context) (Completion, generation.Usage, error) {
	var usage generation.Usage
	var c Completion
	d := &draft{task: t}
	for {
		request, err := d.request(ctx)
		if err != nil {
			return Completion{}, generation.Usage{}, err
		}
		response, err := t.generate(ctx, request)
		if err != nil {
			return Completion{}, generation.Usage{}, err
		}
		addUsage(&usage, response.Usage, d.retries > 0)
		part := response.Completions[0]
		c.Text, c.Finish = d.kept+part.Text, part.Finish
		c.Tokens += part.Tokens
		c.ForeignNames = t.foreign.names(c.Text)
		if len(c.ForeignNames) == 0 || d.retries == maxRetries {
			break
		}
		at := t.foreign.line(c.Text, d.accepted)
		if at < 0 {
			break
		}
		d.retries++
		d.kept, d.accepted = c.Text[:at], at
		d.show(d.kept)
	}
	d.show(c.Text)
	c.Retries = d.retries
	return c, usage, nil
}

// request asks for what follows the lines that are kept.
func (d *draft) request(ctx context.Context) (generation.Request, error) {
	r := d.task.request()
	r.Stop = d.stop
	// Lines are shown by stop: a generator that shows text itself must keep it.
	r.OnText = nil
	if d.retries == 0 {
		return r, nil
	}
	r.Seed += uint64(d.retries)
	// The demonstration may hold the head of the user's code, so both go.
	r.Demonstration, r.Prefix = "", d.user+d.kept
	tokens := generation.EstimateTokens(d.kept)
	if counter, ok := d.generator.(generation.TokenCounter); ok {
		var err error
		if tokens, err = counter.CountTokens(ctx, d.kept); err != nil {
			return r, fmt.Errorf("count the tokens of the lines that are kept: %w", err)
		}
	}
	r.MaxTokens = max(1, r.MaxTokens-tokens)
	return r, nil
}

// stop ends a try with the construct, or with the first lines that use a foreign
// name. These stay in the text, for one to see. What goes on is shown.
func (d *draft) stop(text string) (end int, ended bool) {
	text = d.kept + text
	end, ended = d.end(text)
	if ended {
		return max(end, d.shown, len(d.kept)) - len(d.kept), true
	}
	complete := strings.LastIndexByte(text, '\n') + 1
	if complete > d.accepted && d.retries < maxRetries {
		if len(d.foreign.names(text[:complete])) > 0 {
			return complete - len(d.kept), true
		}
		d.accepted = complete
	}
	d.show(text[:settled(text)])
	return len(text) - len(d.kept), false
}

// show lets OnText have what is new of the text.
func (d *draft) show(text string) {
	if len(text) > d.shown {
		if d.options.OnText != nil {
			d.options.OnText(0, text[d.shown:])
		}
		d.shown = len(text)
	}
}

// settled is the length of the lines of a growing text that no longer text loses: the
// complete ones, without the white space behind the last, at which a construct may yet
// end.
func settled(text string) int {
	complete := text[:strings.LastIndexByte(text, '\n')+1]
	return len(strings.TrimRightFunc(complete, unicode.IsSpace))
}

// addUsage adds what a try cost. The prompt counts once; what a further try waits for
// its first token is time of the completion.
func addUsage(sum *generation.Usage, u generation.Usage, again bool) {
	sum.CompletionTokens += u.CompletionTokens
	sum.Decode += u.Decode
	if again {
		sum.Decode += u.Prefill
		return
	}
	sum.Prefill, sum.PromptTokens, sum.CachedTokens = u.Prefill, u.PromptTokens, u.CachedTokens
}
