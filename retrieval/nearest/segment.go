package nearest

import (
	"slices"

	"github.com/seccoder/seccoder/codebase"
)

// A segment is vectors one behind the other, as lists with an item for each: in
// memory, or in a file that is mapped.
type segment struct {
	space     *space
	ids       []ID
	languages []uint8
	ends      []uint32 // where the CWEs end in cwes; they start where those before end
	cwes      []int32
	terms     []term
	signs     []uint64 // space.words each
	rows      []int8   // space.dims each
	rests     []uint8  // space.rests each
}

// newSegment makes an empty segment with room for a number of vectors.
func newSegment(space *space, room int) *segment {
	return &segment{
		space: space, ids: make([]ID, 0, room), languages: make([]uint8, 0, room), ends: make([]uint32, 0, room),
		terms: make([]term, 0, room), signs: make([]uint64, 0, room*space.words),
		rows: make([]int8, 0, room*space.dims), rests: make([]uint8, 0, room*space.rests),
	}
}

func (s *segment) len() int { return len(s.ids) }

// add puts an entry at the end; work is room for the numbers of a vector.
func (s *segment) add(entry Entry, language uint8, work []float32) {
	s.signs = append(s.signs, make([]uint64, s.space.words)...)
	s.rows = append(s.rows, make([]int8, s.space.dims)...)
	s.rests = append(s.rests, make([]uint8, s.space.rests)...)
	place := s.len()
	s.ids = append(s.ids, entry.ID)
	s.languages = append(s.languages, language)
	for _, cwe := range entry.CWEs {
		s.cwes = append(s.cwes, int32(cwe))
	}
	s.ends = append(s.ends, uint32(len(s.cwes)))
	s.terms = append(s.terms, s.space.encode(entry.Vector, s.code(place), work))
}

// code is where the codes of a place lie.
func (s *segment) code(place int) code {
	return code{
		signs: s.signs[place*s.space.words:][:s.space.words:s.space.words],
		rows:  s.rows[place*s.space.dims:][:s.space.dims:s.space.dims],
		rests: s.rests[place*s.space.rests:][:s.space.rests:s.space.rests],
	}
}

func (s *segment) cwesOf(place int) []int32 {
	start := uint32(0)
	if place > 0 {
		start = s.ends[place-1]
	}
	return s.cwes[start:s.ends[place]]
}

func (s *segment) hasCWE(place int, wanted codebase.CWE) bool {
	return slices.Contains(s.cwesOf(place), int32(wanted))
}
