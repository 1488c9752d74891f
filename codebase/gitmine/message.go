package gitmine

import (
	"math"
	"slices"

	"github.com/seccoder/seccoder/codebase"
)

const (
	// idScore is what the name of a vulnerability counts, weaknessScore that of a weakness.
	idScore, weaknessScore = 10, 8
	// bodyShare is what words count in the body of a message, where subjects count 1.
	bodyShare = 0.5
	// nextShare is what each further phrase counts of the one before it: ten words that
	// may mean anything are no proof.
	nextShare = 0.7
	// floor is the score of a message from which on its changes are looked at.
	floor = 2
	// mostAgainst is the most that words against a commit may count.
	mostAgainst = -20
)

// A message is what a commit's message says for it.
type message struct {
	evidence []Evidence
	ids      []string
	// cwes are the weaknesses named by number, hinted those named by words, the strongest
	// words first.
	cwes, hinted []codebase.CWE
	// inherited is true where only the merge of the commit names a vulnerability.
	inherited bool
	score     float64
	// own is the score of the words alone.
	own float64
}

// named reports whether the message names a vulnerability or a weakness.
func (m *message) named() bool { return len(m.ids) > 0 || len(m.cwes) > 0 }

// read scores a message. inherited are ids that the merge of the commit names.
func (w *Words) read(subject, body string, inherited []string) message {
	var m message
	for _, part := range []struct {
		where, text string
		share       float64
	}{{"subject", subject, 1}, {"body", body, bodyShare}} {
		for _, id := range vulnerabilities(part.text) {
			if !slices.Contains(m.ids, id) {
				m.ids = append(m.ids, id)
				m.evidence = append(m.evidence, Evidence{Kind: "id", Text: id, Where: part.where, Score: idScore})
			}
		}
		for _, cwe := range weaknesses(part.text) {
			if !slices.Contains(m.cwes, cwe) {
				m.cwes = append(m.cwes, cwe)
				m.evidence = append(m.evidence, Evidence{Kind: "id", Text: cwe.String(), Where: part.where, Score: weaknessScore, CWE: cwe})
			}
		}
		for _, h := range w.find(part.text) {
			if !slices.ContainsFunc(m.evidence, func(e Evidence) bool { return e.Kind == "words" && e.Text == h.found }) {
				m.evidence = append(m.evidence, Evidence{Kind: "words", Text: h.found, Where: part.where, Score: h.score * part.share, CWE: h.cwe})
			}
		}
	}
	m.inherited = len(inherited) > 0 && !m.named()
	for _, id := range inherited {
		if !slices.Contains(m.ids, id) {
			m.ids = append(m.ids, id)
			m.evidence = append(m.evidence, Evidence{Kind: "merge", Text: id, Score: idScore})
		}
	}
	slices.SortStableFunc(m.evidence, func(a, b Evidence) int {
		switch {
		case a.Score > b.Score:
			return -1
		case a.Score < b.Score:
			return 1
		}
		return 0
	})
	for _, e := range m.evidence {
		if e.Kind == "words" && e.CWE != 0 && e.Score > 0 && !slices.Contains(m.hinted, e.CWE) {
			m.hinted = append(m.hinted, e.CWE)
		}
	}
	m.score = total(m.evidence)
	m.own = total(slices.DeleteFunc(slices.Clone(m.evidence), func(e Evidence) bool { return e.Kind != "words" }))
	return m
}

// total adds evidence up, the strongest first, each further one for less.
func total(evidence []Evidence) float64 {
	score, against, share := 0.0, 0.0, 1.0
	for _, e := range evidence {
		if e.Score < 0 {
			against += e.Score
			continue
		}
		score += e.Score * share
		share *= nextShare
	}
	return math.Round((score+max(against, mostAgainst))*10) / 10
}
