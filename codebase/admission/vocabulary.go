package admission

import "strings"

// A vocabulary has the words of several forms, and finds all that a text holds by going over it
// once: a word is looked for only where its first two bytes stand.
type vocabulary struct {
	forms []*form
	// needs are the lists of words of each form, by the places of words.
	needs [][][]int
	words []string
	// at are the places of the words that begin with two bytes.
	at map[[2]byte][]int
	// begins has a bit for each two bytes that a word begins with.
	begins [1 << 16 / 64]uint64
}

// newVocabulary makes that of forms of which each has words, and of which all or none fold.
func newVocabulary(forms ...*form) *vocabulary {
	v := &vocabulary{forms: forms, at: map[[2]byte][]int{}}
	places := map[string]int{}
	for _, f := range forms {
		var needs [][]int
		for _, words := range append([][]string{f.words}, f.more...) {
			var list []int
			for _, word := range words {
				place, known := places[word]
				if !known {
					place = v.add(word)
					places[word] = place
				}
				list = append(list, place)
			}
			needs = append(needs, list)
		}
		v.needs = append(v.needs, needs)
	}
	return v
}

func (v *vocabulary) add(word string) (place int) {
	place = len(v.words)
	v.words = append(v.words, word)
	plain := strings.Trim(word, edge)
	key := [2]byte{plain[0], plain[1]}
	v.at[key] = append(v.at[key], place)
	bit := uint(key[0])<<8 | uint(key[1])
	v.begins[bit/64] |= 1 << (bit % 64)
	return place
}

// possible lists the forms that may match a part of the text, in their order.
func (v *vocabulary) possible(text string) []*form {
	found := v.found(text)
	if found == nil {
		return nil
	}
	var forms []*form
	for i, f := range v.forms {
		if hasOneOfEach(found, v.needs[i]) {
			forms = append(forms, f)
		}
	}
	return forms
}

// found tells for each word whether the text holds it; nil where it holds none.
func (v *vocabulary) found(text string) (found []bool) {
	for i := 0; i+1 < len(text); i++ {
		bit := uint(text[i])<<8 | uint(text[i+1])
		if v.begins[bit/64]&(1<<(bit%64)) == 0 {
			continue
		}
		for _, place := range v.at[[2]byte{text[i], text[i+1]}] {
			if found != nil && found[place] || !stands(text, i, v.words[place]) {
				continue
			}
			if found == nil {
				found = make([]bool, len(v.words))
			}
			found[place] = true
		}
	}
	return found
}

func hasOneOfEach(found []bool, needs [][]int) bool {
	for _, list := range needs {
		one := false
		for _, place := range list {
			one = one || found[place]
		}
		if !one {
			return false
		}
	}
	return true
}
