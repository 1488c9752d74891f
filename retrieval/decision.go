package retrieval

import (
	"cmp"
	"container/heap"
	"fmt"
	"math"
	"slices"

	"github.com/seccoder/seccoder/codebase"
)

// How [Fused] decides between weaknesses. The formula is this project's own; its numbers
// were chosen in trials with SVEN's functions and scenarios and the starter examples' twins as
// queries.
const (
	// voters is how many of the nearest examples vote.
	voters = 20
	// rarity is the exponent by which a weakness of many examples is marked down: they
	// are among the nearest more often. 0 would leave it its advantage, 1 turn it round.
	rarity = 0.3
	// unseen is the part of the votes that all weaknesses share, so that one without a vote
	// is unlikely and not impossible.
	unseen = 0.02
	// neighbours is the weight of what the formula below says of votes and descriptions where
	// a head has its say, and trained that of the head.
	neighbours = 0.7
	trained    = 0.7
	// doubt is the part of the head's judgement that all weaknesses share, and strange how
	// much more than others a weakness is given that the head never saw: it has nobody to
	// speak for it. "make leave-out" measures what becomes of such weaknesses, and with
	// SVEN's training functions it was chosen.
	doubt   = 0.1
	strange = 2
	// steadiness, reserve and blindness calibrate the probability of the likeliest weakness:
	// as it comes out of the formula it is too sure of itself. They were fitted to the first
	// halves of SVEN's training functions, with the starter corpus and with SVEN's other
	// repositories as the codebase, and of the starter examples' twins, with the other starter
	// examples, each judged by a head that had seen neither its repository nor its example;
	// blindness is what is to be taken off further where there is no head. "make confidence"
	// fits the first two anew.
	steadiness = 0.64
	reserve    = 0.91
	blindness  = 0.2
	// sharpness is by how much the logarithm of a weakness's probability grows with the
	// cosine of query and description.
	sharpness = 20
)

// A group is the examples of a weakness.
type group struct {
	WeaknessParts
	hits  ranking
	size  int // examples of the weakness that can serve the query
	votes float64
}

// explain says of a match for which weakness it was taken.
func (g *group) explain(m *Match, likeliest bool) {
	weakness := g.WeaknessParts
	m.Parts.Weakness = &weakness
	m.Why = g.why(likeliest) + "; " + m.Why
}

// why says how likely the weakness is.
func (g *group) why(likeliest bool) string {
	name, rank := "no weakness named", "possible"
	if g.CWE != 0 {
		name = g.CWE.String()
	}
	if likeliest {
		rank = "likeliest"
	}
	return fmt.Sprintf("%s %s (%.2f)", name, rank, g.Probability)
}

// decide groups the candidates by weakness, the likeliest first. By described it knows
// the cosine of the query and the description of each weakness that has one, by judged
// what a head makes of the query: the probability of each weakness that it was trained
// on, or nothing where there is no head.
//
// With the votes v of w, s the scores of the nearest n of which s₁ is the best, and n_w
// the number of candidates of w:
//
//	v(w) = Σ exp((s − s₁) / (s₁ − sₙ)) / n_w^rarity, over those of w among the nearest
//	P(w) ∝ ((1 − unseen)·v(w)/Σv + unseen/number of weaknesses) · exp(sharpness·cosine(w))
//
// and with a head, with H its probabilities, shared out among the candidates' weaknesses
// that it knows:
//
//	P'(w) ∝ P(w)^neighbours · H(w)^trained
//
// One that it never saw has strange times what the head says of the others on average, as
// likely as they are without it: H(w) = strange · Σ P·H / Σ P over those that it knows. Where
// all of its examples are of one that the head knows, too, as second weaknesses in the
// starter corpus are, the head has seen them under that name, and it has strange times an
// even chance.
func (c *candidates) decide(described, judged map[codebase.CWE]float64) []*group {
	groups, of := c.group()
	c.vote(of)
	total := 0.0
	for _, g := range groups {
		total += g.votes
	}
	mean := meanCosine(groups, described)
	logs := make([]float64, len(groups))
	for i, g := range groups {
		cosine, ok := described[g.CWE]
		if ok {
			g.Description = &cosine
		} else {
			cosine = mean
		}
		g.Votes = g.votes / total
		share := (1-unseen)*g.Votes + unseen/float64(len(groups))
		logs[i] = math.Log(share) + sharpness*cosine
	}
	if head := c.headLogs(groups, judged, softmax(logs)); head != nil {
		for i := range logs {
			logs[i] = neighbours*logs[i] + trained*head[i]
		}
	}
	for i, p := range softmax(logs) {
		groups[i].Probability = p
	}
	// They are in the order of their numbers, which decides ties.
	slices.SortStableFunc(groups, func(a, b *group) int { return cmp.Compare(b.Probability, a.Probability) })
	return groups
}

// headLogs are the logarithms of what a head says of each group, or nil where it knows
// none of them. before are the groups' probabilities without it.
func (c *candidates) headLogs(groups []*group, judged map[codebase.CWE]float64, before []float64) []float64 {
	known, sum := 0.0, 0.0
	for _, g := range groups {
		if p, ok := judged[g.CWE]; ok {
			known++
			sum += p
		}
	}
	if known == 0 {
		return nil
	}
	logs := make([]float64, len(groups))
	weights, expected := 0.0, 0.0
	for i, g := range groups {
		p, ok := judged[g.CWE]
		if !ok {
			continue
		}
		share := 1 / known // where none has a chance
		if sum > 0 {
			share = p / sum
		}
		g.Head = &share
		said := (1-doubt)*share + doubt/known
		logs[i] = math.Log(said)
		weights += before[i]
		expected += before[i] * said
	}
	for i, g := range groups {
		switch {
		case g.Head != nil:
		case c.knownOtherwise(g, judged):
			logs[i] = math.Log(strange / known)
		default:
			logs[i] = math.Log(strange * expected / weights)
		}
	}
	return logs
}

// knownOtherwise reports whether all examples of a weakness are of another, too, that a head
// judges.
func (c *candidates) knownOtherwise(g *group, judged map[codebase.CWE]float64) bool {
	for _, h := range g.hits {
		if !slices.ContainsFunc(c.cwes[h.place], func(cwe codebase.CWE) bool { _, ok := judged[cwe]; return ok }) {
			return false
		}
	}
	return true
}

// confidence is the calibrated probability (Platt scaling) that a weakness is the right
// one, or kin to it, where any is near,
//
//	P* = σ(steadiness·logit(ΣP) − reserve), the sum over the weakness and its kin
func confidence(groups []*group, cwe codebase.CWE, hasHead bool) float64 {
	const certain = 1e-6 // what rounding made 0 or 1 has a logit, too
	p := 0.0
	for _, g := range groups {
		if Kind(g.CWE) == Kind(cwe) {
			p += g.Probability
		}
	}
	p = min(max(p, certain), 1-certain)
	z := steadiness*math.Log(p/(1-p)) - reserve
	if !hasHead {
		z -= blindness
	}
	return logistic(z)
}

// Calibration returns the two numbers that make a confidence of the probability P that a
// weakness or its kin is the right one, where a head judges and no [Danger] does: its factor
// and what is taken off,
//
//	σ(factor·logit(P) − off)
func Calibration() (factor, off float64) { return steadiness, reserve }

// group puts each candidate into the groups of its weaknesses. The groups are in the
// order of the weaknesses' numbers.
func (c *candidates) group() ([]*group, map[codebase.CWE]*group) {
	var groups []*group
	of := make(map[codebase.CWE]*group)
	for place := range c.ids {
		for _, cwe := range weaknessesOf(c.cwes[place]) {
			g := of[cwe]
			if g == nil {
				g = &group{WeaknessParts: WeaknessParts{CWE: cwe}}
				of[cwe] = g
				groups = append(groups, g)
			}
			g.hits = append(g.hits, hit{place, c.score[place]})
		}
	}
	for _, g := range groups {
		g.size = max(len(g.hits), c.sizes[g.CWE])
	}
	slices.SortFunc(groups, func(a, b *group) int { return cmp.Compare(a.CWE, b.CWE) })
	return groups, of
}

// weaknessesOf are those of an example. To have none is a weakness of its own here.
func weaknessesOf(cwes []codebase.CWE) []codebase.CWE {
	if len(cwes) == 0 {
		return []codebase.CWE{0}
	}
	return cwes
}

// vote lets the nearest candidates vote for their weaknesses.
func (c *candidates) vote(of map[codebase.CWE]*group) {
	all := c.all()
	heap.Init(&all)
	nearest := make([]hit, 0, voters)
	for len(nearest) < voters && all.Len() > 0 {
		nearest = append(nearest, heap.Pop(&all).(hit))
	}
	if len(nearest) == 0 {
		return
	}
	first, last := nearest[0].score, nearest[len(nearest)-1].score
	for _, h := range nearest {
		weight := 1.0
		if first > last {
			weight = math.Exp((h.score - first) / (first - last))
		}
		for _, cwe := range weaknessesOf(c.cwes[h.place]) {
			g := of[cwe]
			g.votes += weight / math.Pow(float64(g.size), rarity)
		}
	}
}

// meanCosine is what a weakness without a description counts as having.
func meanCosine(groups []*group, described map[codebase.CWE]float64) float64 {
	sum, n := 0.0, 0
	for _, g := range groups {
		if cosine, ok := described[g.CWE]; ok {
			sum += cosine
			n++
		}
	}
	return sum / float64(max(n, 1))
}

// softmax turns logarithms into probabilities.
func softmax(logs []float64) []float64 {
	if len(logs) == 0 {
		return nil
	}
	top, sum := slices.Max(logs), 0.0
	p := make([]float64, len(logs))
	for i, l := range logs {
		p[i] = math.Exp(l - top)
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
	return p
}

// A scale brings scores to the mean 0 and the standard deviation 1, so that scores of
// different kinds can be added.
type scale struct{ mean, deviation float64 }

func scaleOf(scores []float64) scale {
	n, mean, variance := float64(len(scores)), 0.0, 0.0
	for _, s := range scores {
		mean += s / n
	}
	for _, s := range scores {
		variance += (s - mean) * (s - mean) / n
	}
	return scale{mean, math.Sqrt(variance)}
}

// standardise puts a score to the scale. Where all scores are the same, it becomes 0: they
// tell nothing, and what rounding leaves of a deviation must not be blown up to 1.
func (s scale) standardise(score float64) float64 {
	if s.deviation <= 1e-9*max(1, math.Abs(s.mean)) {
		return 0
	}
	return (score - s.mean) / s.deviation
}
