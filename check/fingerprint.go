package check

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// Fingerprints gives each finding a name that stays the same while other lines of the
// file come and go: the checker, the rule, the path as place has it, the line's text without
// its white space, and where that is the same for several, which of them it is. lines returns
// the text of a file; findings have to be in the order of [Run].
func Fingerprints(findings []Finding, place func(path string) string, lines func(path string) []string) []string {
	seen := map[string]int{}
	names := make([]string, len(findings))
	for i, f := range findings {
		text := ""
		if all := lines(f.Path); f.Line >= 1 && f.Line <= len(all) {
			text = strings.Join(strings.Fields(all[f.Line-1]), "")
		}
		key := strings.Join([]string{f.Checker, f.Rule, place(f.Path), text}, "\x00")
		// Two findings of a rule on one line are told apart, too: by their order.
		seen[key]++
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", key, seen[key]))
		names[i] = hex.EncodeToString(sum[:16])
	}
	return names
}
