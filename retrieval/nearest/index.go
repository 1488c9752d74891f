// Package nearest finds the vectors that are nearest to a query among many: an index for
// cosine search that lives in the program, in a file that is mapped into memory.
//
//	index, err := nearest.Open(path, nearest.Kind{Embedder: id, Dims: 384})
//	if errors.Is(err, nearest.ErrUnusable) {
//		index, err = nearest.Build(kind, entries, count)
//		…
//		err = index.Save(path)
//	}
//	hits, err := index.Search(ctx, vector, 10, nearest.Filter{Language: lang.Python})
//
// It has no graph and no clusters. Every vector is looked at, by a code of one bit a
// number, in three stages: the bits that differ from the query's choose some thousands
// of a million, a finer estimate by the same code chooses some hundreds of these, and a
// code of twelve bits a number ranks them. The result is approximate, in which vectors it
// holds and by some hundred-thousandths in their cosines. That the scan is flat is what makes
// adding, removing and filtering exact and cheap. For some ten thousand vectors comparing
// all numbers is fast enough; package retrieval does that below a size.
//
// A file belongs to one embedder and says which version of which store it was made from
// (Stamp); it is not the only copy of anything, so whatever is wrong with it, it is made
// anew.
package nearest

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"iter"
	"slices"
	"sync"
	"unicode/utf8"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/internal/listfile"
	"github.com/seccoder/seccoder/lang"
)

// An ID is an example's: the SHA-256 of its code.
type ID [32]byte

// Compare orders ids by their bytes.
func (id ID) Compare(other ID) int {
	// Hashes hardly ever begin with the same eight bytes.
	a, b := binary.BigEndian.Uint64(id[:]), binary.BigEndian.Uint64(other[:])
	if a != b {
		return cmp.Compare(a, b)
	}
	return bytes.Compare(id[:], other[:])
}

// A Kind is what vectors must have in common to be compared.
type Kind struct {
	Embedder string
	Dims     int // numbers in each vector
}

func (k Kind) check() error {
	if k.Dims < 1 || k.Dims > maxDims {
		return fmt.Errorf("vectors of %d numbers cannot be indexed (1 to %d can)", k.Dims, maxDims)
	}
	if k.Embedder == "" || len(k.Embedder) > maxEmbedderBytes || !utf8.ValidString(k.Embedder) {
		return fmt.Errorf("%.40q is no embedder's id", k.Embedder)
	}
	return nil
}

// An Entry is a vector to index, of Euclidean length 1 or 0, with what filters ask for.
type Entry struct {
	ID       ID
	Language lang.Language
	CWEs     []codebase.CWE
	Vector   []float32
}

// Bounds of what an index can hold.
const (
	maxDims          = 1 << 16
	maxLanguages     = 256
	maxLanguageBytes = 64
	maxEmbedderBytes = 512
	maxStampBytes    = 512
)

// An Index is a set of vectors. Its methods may be called by several goroutines at once;
// searches go on beside each other, and wait for what changes the index.
type Index struct {
	kind  Kind
	space *space
	file  *listfile.File // holds on to what the base lies in; nil if that is the heap

	mu        sync.RWMutex
	stamp     string
	languages []lang.Language // a segment names them by their place here
	base      *segment        // sorted by id
	tail      *segment        // what was added since, in that order
	added     map[ID]int      // places in the tail
	dead      [2]bitmap       // what was removed, of base and tail; nil where nothing was
	deadCount int
	work      []float32 // of the encoder

	filtering  sync.Mutex
	selections map[Filter]selection // of the latest filters; emptied by every change
}

// centreSample is how many vectors at the start make the centre of all. Ids are hashes,
// so the first in their order are as good as any.
const centreSample = 8192

// Build indexes the entries, which come in the order of their ids; about how many there
// will be saves memory. It makes the codes as the entries come and keeps no vector.
func Build(kind Kind, entries iter.Seq2[Entry, error], about int) (*Index, error) {
	if err := kind.check(); err != nil {
		return nil, fmt.Errorf("build the index: %w", err)
	}
	x := newIndex(kind)
	var first []Entry
	var last ID
	n := 0
	for entry, err := range entries {
		if err == nil && n > 0 && bytes.Compare(entry.ID[:], last[:]) <= 0 {
			err = fmt.Errorf("%x came after %x", entry.ID, last)
		}
		if err == nil {
			err = x.admit(entry)
		}
		if err != nil {
			return nil, fmt.Errorf("build the index: entry %d: %w", n+1, err)
		}
		last = entry.ID
		n++
		if n > centreSample {
			x.put(x.base, entry)
			continue
		}
		entry.Vector = slices.Clone(entry.Vector)
		if first = append(first, entry); n == centreSample {
			x.begin(first, about)
			first = nil
		}
	}
	if x.base == nil {
		x.begin(first, n)
	}
	return x, nil
}

// begin makes the centre of the first entries, and puts them in.
func (x *Index) begin(first []Entry, room int) {
	x.setSegments(newSegment(newSpace(centreOf(first, x.kind.Dims)), max(room, len(first))))
	for _, entry := range first {
		x.put(x.base, entry)
	}
}

func newIndex(kind Kind) *Index {
	return &Index{kind: kind, added: make(map[ID]int), selections: make(map[Filter]selection)}
}

// setSegments gives the index its base, and an empty tail.
func (x *Index) setSegments(base *segment) {
	x.space, x.base, x.tail = base.space, base, newSegment(base.space, 0)
	x.work = make([]float32, x.kind.Dims)
}

func centreOf(entries []Entry, dims int) []float32 {
	sums := make([]float64, dims)
	for _, entry := range entries {
		for i, v := range entry.Vector {
			sums[i] += float64(v)
		}
	}
	centre := make([]float32, dims)
	for i, sum := range sums {
		centre[i] = float32(sum / float64(max(len(entries), 1)))
	}
	return centre
}

// admit says what is wrong with an entry, and makes room for its language in the table.
func (x *Index) admit(entry Entry) error {
	if err := checkVector(entry.Vector, x.kind.Dims); err != nil {
		return fmt.Errorf("the vector of %x %w", entry.ID, err)
	}
	for _, cwe := range entry.CWEs {
		if cwe < 1 || cwe > check.MaxCWE {
			return fmt.Errorf("%x has the CWE %d", entry.ID, cwe)
		}
	}
	if slices.Contains(x.languages, entry.Language) {
		return nil
	}
	if len(x.languages) == maxLanguages || len(entry.Language) > maxLanguageBytes || !utf8.ValidString(string(entry.Language)) {
		return fmt.Errorf("%x has the language %.40q, which has no place here", entry.ID, entry.Language)
	}
	x.languages = append(x.languages, entry.Language)
	return nil
}

// checkVector ends a sentence. Numbers over 2 are none of a vector of length 1.
func checkVector(vector []float32, dims int) error {
	if len(vector) != dims {
		return fmt.Errorf("has %d numbers where the index has %d", len(vector), dims)
	}
	for _, v := range vector {
		if !(v >= -2 && v <= 2) {
			return fmt.Errorf("is not normalised: it holds %v", v)
		}
	}
	return nil
}

// Add puts entries in, all or none. An entry whose id is there takes the place of the old one.
func (x *Index) Add(entries ...Entry) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, entry := range entries {
		if err := x.admit(entry); err != nil {
			return fmt.Errorf("add to the index: %w", err)
		}
	}
	for _, entry := range entries {
		x.remove(entry.ID)
		x.added[entry.ID] = x.tail.len()
		x.put(x.tail, entry)
	}
	clear(x.selections)
	return nil
}

// Remove takes out what has these ids, and says how many had. Their room is given back
// when the index is saved and opened again.
func (x *Index) Remove(ids ...ID) (removed int) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, id := range ids {
		if x.remove(id) {
			removed++
		}
	}
	clear(x.selections)
	return removed
}

func (x *Index) remove(id ID) bool {
	at, found := x.find(id)
	if !found {
		return false
	}
	delete(x.added, id)
	x.dead[at.segment] = x.dead[at.segment].with(int(at.place))
	x.deadCount++
	return true
}

// find looks an id up among those that were not removed.
func (x *Index) find(id ID) (at address, found bool) {
	if place, found := x.added[id]; found {
		return address{1, int32(place)}, true
	}
	place, found := slices.BinarySearchFunc(x.base.ids, id, ID.Compare)
	return address{0, int32(place)}, found && !x.dead[0].has(place)
}

// Len is the number of vectors.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.base.len() + x.tail.len() - x.deadCount
}

// Kind is that of the vectors.
func (x *Index) Kind() Kind { return x.kind }

// Stamp is what SetStamp was last given, also by the process that wrote the file.
func (x *Index) Stamp() string {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.stamp
}

// SetStamp records what the index was made from, such as a store and its revision, in at
// most 512 bytes of UTF-8.
func (x *Index) SetStamp(stamp string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.stamp = stamp
}

// Entries yields what was put in, in the order of ids and without the vectors. The loop
// must not change the index.
func (x *Index) Entries() iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		x.mu.RLock()
		defer x.mu.RUnlock()
		for _, at := range x.sorted() {
			s, place := x.segment(at), int(at.place)
			entry := Entry{ID: s.ids[place], Language: x.languages[s.languages[place]]}
			for _, cwe := range s.cwesOf(place) {
				entry.CWEs = append(entry.CWEs, codebase.CWE(cwe))
			}
			if !yield(entry) {
				return
			}
		}
	}
}

// An address names a vector: its segment, 0 for the base and 1 for the tail, and its
// place there.
type address struct{ segment, place int32 }

func (x *Index) segment(at address) *segment {
	if at.segment == 0 {
		return x.base
	}
	return x.tail
}

// sorted are the addresses of all vectors, in the order of ids.
func (x *Index) sorted() []address {
	var all []address
	for s, segment := range x.segments() {
		for place := range segment.len() {
			if !x.dead[s].has(place) {
				all = append(all, address{int32(s), int32(place)})
			}
		}
	}
	if x.tail.len() > 0 {
		slices.SortFunc(all, func(a, b address) int {
			return x.segment(a).ids[a.place].Compare(x.segment(b).ids[b.place])
		})
	}
	return all
}

// put adds an admitted entry at the end of a segment.
func (x *Index) put(s *segment, entry Entry) {
	s.add(entry, uint8(slices.Index(x.languages, entry.Language)), x.work)
}

func (x *Index) segments() [2]*segment { return [2]*segment{x.base, x.tail} }
