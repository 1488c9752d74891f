package gitmine

import (
	"regexp"
	"strings"

	"github.com/seccoder/seccoder/internal/gitobjects"
)

// revertLine is what git writes into the message of a revert.
var revertLine = regexp.MustCompile(`\b(?:[Tt]his reverts|THIS REVERTS) (?:commit|part of commit|changeset|COMMIT)?\s*([0-9a-fA-F]{7,64})\b[^\n]*`)

// revertSubject is the subject of a revert, or of one that was reverted again.
var revertSubject = regexp.MustCompile(`^(?i:Revert(?:ed|ing)?:?) "(.*?)"?$|^(?i:Reapply) "(.*?)"?$`)

// mayRevert is a look before the costly one.
func mayRevert(body string) bool {
	return strings.Contains(body, "his reverts") || strings.Contains(body, "HIS REVERTS")
}

// A revert is a commit that takes back another.
type revert struct {
	// commit takes back target, an id or its beginning; where that is empty, the newest
	// commit before it with the subject.
	commit, target, subject string
}

// revertOf reads a revert from a commit's message.
func revertOf(c *commit) (revert, bool) {
	r := revert{commit: c.id}
	if mayRevert(c.body) {
		if m := revertLine.FindStringSubmatch(c.body); m != nil {
			r.target = strings.ToLower(m[1])
		}
	}
	if m := revertSubject.FindStringSubmatch(c.subject); m != nil {
		switch {
		case m[2] != "": // takes back the revert of what it names
			r.subject = `Revert "` + m[2] + `"`
		default:
			r.subject = m[1]
		}
	}
	return r, r.target != "" || r.subject != ""
}

// ownWords are what a revert says itself, without what it quotes.
func ownWords(c *commit) (subject, body string) {
	subject, body = c.subject, c.body
	if mayRevert(body) {
		body = revertLine.ReplaceAllString(body, "")
	}
	if revertSubject.MatchString(subject) {
		subject = ""
	}
	return subject, body
}

// A history knows which commits of a run take back which.
type history struct {
	// order is the place of each commit, the newest first; ids are sorted for prefixes.
	order map[string]int
	// subjects are the places of the commits with a subject, the newest first.
	subjects map[string][]string
	reverts  []revert
	// by are the reverts of each commit, after resolve.
	by map[string][]string
	// of is what each revert takes back.
	of map[string]string
}

func newHistory() *history {
	return &history{order: map[string]int{}, subjects: map[string][]string{}, by: map[string][]string{}, of: map[string]string{}}
}

// see takes in a commit; children come before parents.
func (h *history) see(c *commit) {
	h.order[c.id] = len(h.order)
	if c.subject != "" {
		h.subjects[c.subject] = append(h.subjects[c.subject], c.id)
	}
	if r, ok := revertOf(c); ok {
		h.reverts = append(h.reverts, r)
	}
}

// compare orders leads, the newest first; those of earlier runs come last.
func (h *history) compare(a, b *lead) int { return h.place(a.id) - h.place(b.id) }

func (h *history) place(id string) int {
	if place, ok := h.order[id]; ok {
		return place
	}
	return len(h.order)
}

// resolve finds what each revert takes back.
func (h *history) resolve() {
	byPrefix := map[string]string{}
	for id := range h.order {
		byPrefix[id[:7]] = id
	}
	for _, r := range h.reverts {
		target := ""
		switch {
		case r.target != "" && gitobjects.IsID(r.target):
			target = r.target
		case r.target != "":
			if id := byPrefix[r.target[:7]]; strings.HasPrefix(id, r.target) {
				target = id
			} else {
				target = r.target
			}
		default:
			for _, id := range h.subjects[r.subject] {
				if h.order[id] > h.order[r.commit] {
					target = id
					break
				}
			}
		}
		if target != "" && target != r.commit {
			h.by[target] = append(h.by[target], r.commit)
			h.of[r.commit] = target
		}
	}
}

// revertedBy is the commit that took another back and was not itself taken back, or "".
func (h *history) revertedBy(id string) string { return h.reverted(id, 0) }

// maxReverts bounds how long a chain of reverts of reverts is followed.
const maxReverts = 50

func (h *history) reverted(id string, depth int) string {
	if depth > maxReverts {
		return ""
	}
	for _, by := range h.by[id] {
		if h.reverted(by, depth+1) == "" {
			return by
		}
	}
	return ""
}
