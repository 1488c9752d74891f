// Package madeup makes examples up, for measurements: the same ones every time. Their words are
// as common and as rare as those of real code, since what a search by words costs hangs on that.
package madeup

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// What the examples are spread over. One in ten thousand has the rare CWE, one in a hundred is
// a proposal.
const (
	Days    = 1000
	RareCWE = 1321
)

var cwes = []codebase.CWE{79, 89, 352, 862, 787, 22, 416, 125, 78, 94, 120, 434, 476, 121, 502, 122, 863, 20, 284, 200, 306, 918, 77, 639, 770}

// Day is the i-th of the days on which examples were admitted.
func Day(i int) time.Time {
	return time.Date(2024, time.January, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i)
}

// Example makes up the i-th example: a function of 8 to 19 lines and its twin, and the
// evidence that admission leaves.
func Example(i int) codebase.Example {
	r := rand.New(rand.NewPCG(1, uint64(i)))
	word := writer(r)
	name := fmt.Sprintf("%s_%d", word(), i)
	var body strings.Builder
	for range 5 + r.IntN(12) {
		fmt.Fprintf(&body, "    %s = %s(%s.%s, %d)\n", word(), word(), word(), word(), r.IntN(1000))
	}
	function := func(guard string) string {
		return fmt.Sprintf("%s(%s, %s)\n%s%s    return %s\n", name, word(), word(), guard, body.String(), name)
	}
	e := codebase.Example{
		Language: lang.All()[r.IntN(len(lang.All()))],
		CWEs:     []codebase.CWE{cwes[r.IntN(len(cwes))]},
		Title:    "the " + word() + " of the " + word(),
		Fix:      "the " + word() + " is checked before the " + word() + " is used",
		Code:     function("    " + word() + "(" + word() + ", " + word() + ")\n"),
		Insecure: function(""),
		Source: codebase.Source{
			Kind: "git", Repository: "https://example.org/" + word() + "/" + word(), Commit: fmt.Sprintf("%040x", r.Uint64()),
			Path: word() + "/" + word(), CVE: fmt.Sprintf("CVE-%d-%d", 2000+r.IntN(27), 1000+i), Licence: "MIT",
		},
		AdmittedAt: Day(r.IntN(Days)), AdmittedBy: "bench",
		CheckedBy: []string{"valid/1 accepts", "licence/1 accepts: MIT", "unicode/1 accepts", "break-out/1 accepts", "secrets/1 accepts",
			"instructions/1 accepts", "duplicate/1 accepts", "parses/1 could not tell: the brackets match; no parser of it is used"},
	}
	if r.IntN(10_000) == 0 {
		e.CWEs = []codebase.CWE{RareCWE}
	}
	if r.IntN(100) == 0 {
		e.Source.Kind = "proposal"
	}
	e.ID = e.Hash()
	return e
}
