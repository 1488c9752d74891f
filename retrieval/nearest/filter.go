package nearest

import (
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// A Filter chooses among vectors. The zero Filter chooses all.
type Filter struct {
	// Language, where set, keeps the examples that can serve it (lang.Language.Compatible).
	Language lang.Language
	// CWE, where set, keeps the examples that have it among theirs.
	CWE codebase.CWE
}

// maxFilters is how many filters' places are kept at a time: at a million vectors 125 kB
// each.
const maxFilters = 16

// A selection is the places that a filter lets through: nil for a segment of which it
// lets all through.
type selection struct {
	places [2]bitmap // of base and tail
	count  int
}

// selected are the places that the filter lets through and that were not removed. The
// caller holds the lock for reading.
func (x *Index) selected(filter Filter) selection {
	if filter == (Filter{}) && x.deadCount == 0 {
		return selection{count: x.base.len() + x.tail.len()}
	}
	x.filtering.Lock()
	defer x.filtering.Unlock()
	if known, ok := x.selections[filter]; ok {
		return known
	}
	var made selection
	for i, s := range x.segments() {
		made.places[i] = x.places(s, x.dead[i], filter)
		made.count += made.places[i].count()
	}
	if len(x.selections) == maxFilters {
		clear(x.selections)
	}
	x.selections[filter] = made
	return made
}

func (x *Index) places(s *segment, dead bitmap, filter Filter) bitmap {
	var serves [maxLanguages]bool
	for i, language := range x.languages {
		serves[i] = filter.Language == "" || filter.Language.Compatible(language)
	}
	places := make(bitmap, (s.len()+63)/64)
	for place, language := range s.languages {
		if serves[language] && (filter.CWE == 0 || s.hasCWE(place, filter.CWE)) && !dead.has(place) {
			places[place/64] |= 1 << (place % 64)
		}
	}
	return places
}
