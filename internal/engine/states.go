package engine

import (
	"container/list"
	"crypto/sha256"
	"encoding/binary"
	"sync"
)

// states keeps the KV states of prompt beginnings (demonstrations), the least
// recently used dropped first when they outgrow the limit. The states lie outside
// the engine's context and are copied back to its beginning: a warm request then
// computes exactly what a cold one does, and gives the same text.
type states struct {
	limit, size int64
	order       *list.List // of *state, the most recently used first
	byKey       map[[sha256.Size]byte]*list.Element
	// files, where set, has the states of earlier processes.
	files *stateFiles
	// unsaved is the state that was put since the last save, saving the save under way.
	unsaved *state
	saving  sync.WaitGroup
}

type state struct {
	key  [sha256.Size]byte
	data []byte
}

func newStates(limit int64) *states {
	return &states{limit: limit, order: list.New(), byKey: map[[sha256.Size]byte]*list.Element{}}
}

func stateKey(tokens []token) [sha256.Size]byte {
	data := make([]byte, 0, 4*len(tokens))
	for _, t := range tokens {
		data = binary.LittleEndian.AppendUint32(data, uint32(t))
	}
	return sha256.Sum256(data)
}

// get returns the state behind the tokens, or nil.
func (s *states) get(tokens []token) []byte {
	key := stateKey(tokens)
	if element, ok := s.byKey[key]; ok {
		s.order.MoveToFront(element)
		return element.Value.(*state).data
	}
	if s.files == nil {
		return nil
	}
	data := s.files.get(key)
	if data != nil {
		s.keep(key, data)
	}
	return data
}

// put keeps the state behind the tokens, in the files too after the next save.
func (s *states) put(tokens []token, data []byte) {
	key := stateKey(tokens)
	if _, ok := s.byKey[key]; ok {
		return
	}
	s.keep(key, data)
	if s.files != nil {
		s.unsaved = &state{key, data}
	}
}

// save begins to write what was put last to its file. Before the states are used
// again, saving is to be waited for.
func (s *states) save() {
	if unsaved := s.unsaved; unsaved != nil {
		s.unsaved = nil
		s.saving.Go(func() { s.files.put(unsaved.key, unsaved.data) })
	}
}

// drop forgets the state behind the tokens, here and in the files.
func (s *states) drop(tokens []token) {
	key := stateKey(tokens)
	if element, ok := s.byKey[key]; ok {
		s.remove(element)
	}
	if s.files != nil {
		s.files.drop(key)
	}
}

// keep holds a state in memory, if it is not larger than all the room.
func (s *states) keep(key [sha256.Size]byte, data []byte) {
	if int64(len(data)) > s.limit {
		return
	}
	s.byKey[key] = s.order.PushFront(&state{key, data})
	s.size += int64(len(data))
	for s.size > s.limit {
		s.remove(s.order.Back())
	}
}

func (s *states) remove(element *list.Element) {
	gone := s.order.Remove(element).(*state)
	delete(s.byKey, gone.key)
	s.size -= int64(len(gone.data))
}
