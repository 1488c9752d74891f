package engine

import (
	"bytes"
	"testing"
)

func TestStates(t *testing.T) {
	a, b, c := []token{1, 2}, []token{1, 2, 3}, []token{258}
	data := func(n int, fill byte) []byte { return bytes.Repeat([]byte{fill}, n) }
	s := newStates(100)
	kept := func(tokens []token) bool { return s.get(tokens) != nil }

	if kept(a) {
		t.Error("an empty store knows a state")
	}
	s.put(a, data(40, 'a'))
	s.put(b, data(40, 'b'))
	if got := s.get(a); !bytes.Equal(got, data(40, 'a')) {
		t.Errorf("got %q", got)
	}
	s.put(c, data(40, 'c')) // b is the one not asked for since
	if !kept(a) || kept(b) || !kept(c) {
		t.Errorf("kept a %v, b %v, c %v; want all but b", kept(a), kept(b), kept(c))
	}
	s.put(b, data(101, 'b'))
	if kept(b) || !kept(a) || !kept(c) {
		t.Error("a state larger than all the room was kept, or drove out others")
	}
	s.put(a, data(60, 'A'))
	if got := s.get(a); len(got) != 40 {
		t.Errorf("a known state was replaced by one of %d bytes", len(got))
	}
	s.put(b, data(100, 'b'))
	if kept(a) || kept(c) || !kept(b) || s.size != 100 || s.order.Len() != 1 || len(s.byKey) != 1 {
		t.Errorf("a state that takes all the room left others: size %d of %d states", s.size, s.order.Len())
	}
}

func TestStatesDrop(t *testing.T) {
	s := newStates(100)
	s.put([]token{1}, make([]byte, 40))
	s.put([]token{2}, make([]byte, 40))
	s.drop([]token{1})
	s.drop([]token{3})
	if s.get([]token{1}) != nil || s.get([]token{2}) == nil || s.size != 40 || s.order.Len() != 1 || len(s.byKey) != 1 {
		t.Errorf("after one of two was dropped: size %d of %d states", s.size, s.order.Len())
	}
}

func TestStatesWithoutRoom(t *testing.T) {
	for _, limit := range []int64{0, -1} {
		s := newStates(limit)
		s.put([]token{1}, []byte{1})
		if s.get([]token{1}) != nil || s.size != 0 {
			t.Errorf("a limit of %d keeps a state", limit)
		}
	}
}
