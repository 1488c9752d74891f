package retrieval

import (
	"math"
	"testing"

	"github.com/seccoder/seccoder/codebase"
)

// TestHeadOfUnseen asks what a head is taken to say of weaknesses that it never saw: twice what
// it says of the others on average, however many these are, and twice an even chance of those
// whose examples it has seen under another name.
func TestHeadOfUnseen(t *testing.T) {
	const unseen, second = 1000, 1001
	for _, known := range []int{1, 2, 50} {
		c := &candidates{}
		var groups []*group
		add := func(cwes ...codebase.CWE) {
			c.cwes = append(c.cwes, cwes)
			groups = append(groups, &group{WeaknessParts: WeaknessParts{CWE: cwes[0]}, hits: ranking{{place: len(c.cwes) - 1}}})
		}
		judged := make(map[codebase.CWE]float64)
		for i := range known {
			add(codebase.CWE(i + 1))
			judged[codebase.CWE(i+1)] = 1 / float64(known)
		}
		add(unseen)
		add(second, 1)
		before := make([]float64, len(groups))
		for i := range before {
			before[i] = 1 / float64(len(groups))
		}
		// The head and the neighbours are sure of the first of what it knows, by half.
		for i := range known {
			judged[codebase.CWE(i+1)] /= 2
			before[i] /= 2
		}
		judged[1] += 0.5
		before[0] += 0.5

		logs := c.headLogs(groups, judged, before)
		expected, weights := 0.0, 0.0
		for i := range known {
			expected += before[i] * math.Exp(logs[i])
			weights += before[i]
		}
		if got, want := math.Exp(logs[known]), strange*expected/weights; math.Abs(got-want) > 1e-9 {
			t.Errorf("%d known: a weakness that the head never saw has %.4f, want %.4f", known, got, want)
		}
		if got, want := math.Exp(logs[known+1]), strange/float64(known); math.Abs(got-want) > 1e-9 {
			t.Errorf("%d known: a weakness whose example it knows by another has %.4f, want %.4f", known, got, want)
		}
		if groups[known].Head != nil || groups[0].Head == nil {
			t.Errorf("%d known: the explanation names what the head said of none, or not what it said", known)
		}
	}
	if logs := (&candidates{cwes: [][]codebase.CWE{{unseen}}}).headLogs([]*group{{WeaknessParts: WeaknessParts{CWE: unseen}, hits: ranking{{}}}}, map[codebase.CWE]float64{1: 1}, []float64{1}); logs != nil {
		t.Errorf("a head that knows none of the weaknesses says %v", logs)
	}
}
