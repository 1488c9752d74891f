package openai

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// FuzzReply checks that a reply means the same in whatever pieces it comes.
func FuzzReply(f *testing.F) {
	f.Add("def f():\n    return", "Sure:\n```py\ndef f():\n    return 1\n```\n.", uint64(1))
	f.Add("a\nb\n", "  a\nb\n``\n```", uint64(2))
	f.Add("x = ", "<think>\n</think>~~~\n\n\n~~\n~~~~", uint64(3))
	f.Add("", "```\n```\n```", uint64(4))
	f.Fuzz(func(t *testing.T, before, said string, seed uint64) {
		if len(before) > 4096 || len(said) > 4096 {
			t.Skip()
		}
		read := func(size func() int) string {
			r := newReply(before)
			var out strings.Builder
			for rest := said; rest != ""; {
				n := min(size(), len(rest))
				text, done := r.push(rest[:n])
				out.WriteString(text)
				if done {
					return out.String()
				}
				rest = rest[n:]
			}
			out.WriteString(r.finish())
			return out.String()
		}
		whole := read(func() int { return len(said) })
		random := rand.New(rand.NewPCG(seed, 0))
		if got := read(func() int { return 1 + random.IntN(5) }); got != whole {
			t.Errorf("in pieces %q, whole %q", got, whole)
		}
	})
}
