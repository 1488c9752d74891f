package codebase_test

import (
	"maps"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/seccoder/seccoder/lang"
)

// A kind is what a piece of code is about, as far as words tell it: what it does (operations),
// where its data come from (sources), and the words of its comments, names, texts and
// numbers. Two pieces of code of one kind may share no run of tokens.
type kind map[string]bool

// operations are known by the names of functions and by the words that tasks are told with.
var operations = vocabularyOf(map[string]string{
	"run":         "system popen execl execlp execv execvp spawn check_output call run command shell subprocess process execfile program",
	"query":       "execute executemany executescript query queryrow cursor prepare preparestatement database table sql select insert order rows",
	"page":        "render render_template render_template_string html innerhtml markup escape greet hello page template",
	"open":        "fopen open send_file sendfile readfile openfile filename directory folder path download",
	"unpack":      "extractall zipfile tarfile unzip unpack archive extract",
	"number":      "atoi atol strtol strtoul sscanf parseint atoi64 valueof integer",
	"input":       "scanf fgets gets getline readline read prompt enter",
	"allocate":    "malloc calloc realloc allocate buffer alloc",
	"release":     "free release close delete destroy",
	"copy":        "memcpy strcpy strncpy strcat strncat memmove strdup copy append",
	"format":      "sprintf snprintf vsnprintf format",
	"add":         "add sum total plus increment",
	"multiply":    "multiply product times factor area",
	"index":       "index element offset position bounds slot",
	"random":      "rand srand random",
	"hash":        "md5 sha1 sha256 hash digest checksum",
	"fetch":       "urlopen requests fetch webhook url",
	"deserialise": "pickle loads unserialize readobject yaml",
	"xml":         "xml etree sax documentbuilder parsestring",
	"redirect":    "redirect location",
	"certificate": "ssl tls certificate handshake",
	"password":    "password login credential",
	"upload":      "upload uploaded attachment save",
})

// sources are where data come from.
var sources = vocabularyOf(map[string]string{
	"line":    "argv sys.argv argument arguments",
	"stdin":   "stdin scanf fgets gets getchar getline user",
	"env":     "getenv environ environment",
	"form":    "form args params getparameter query_params post",
	"body":    "json body payload",
	"files":   "files multipart uploaded",
	"session": "session cookie cookies",
	"socket":  "recv accept socket packet",
	"file":    "fread fopen filename",
})

func vocabularyOf(of map[string]string) map[string]string {
	by := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(of)) {
		for _, word := range strings.Fields(of[name]) {
			if by[stem(word)] == "" {
				by[stem(word)] = name
			}
		}
	}
	return by
}

// kindOf is the kind of code, told by it and by what is said of it.
func kindOf(l lang.Language, code string, said ...string) kind {
	k := kind{}
	for _, text := range said {
		k.take(text)
	}
	for _, t := range lang.Lex(l, code) {
		switch t.Kind {
		case lang.Ident:
			if !lang.IsKeyword(l, t.Text) {
				k.note(strings.ToLower(t.Text))
				k.take(t.Text)
			}
		case lang.Comment, lang.String, lang.Number:
			k.take(t.Text)
		}
	}
	return k
}

// take notes the words of a text or a name.
func (k kind) take(text string) {
	word := []rune{}
	end := func() {
		if len(word) >= 3 {
			k.note(strings.ToLower(string(word)))
		}
		word = word[:0]
	}
	for _, r := range text {
		upper := unicode.IsUpper(r) && len(word) > 0 && !unicode.IsUpper(word[len(word)-1])
		if upper || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			end()
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			word = append(word, r)
		}
	}
	end()
}

func (k kind) note(word string) {
	word = stem(word)
	if operation := operations[word]; operation != "" {
		k["does "+operation] = true
	}
	if source := sources[word]; source != "" {
		k["from "+source] = true
	}
	if len(word) >= 3 && !said[word] {
		k[word] = true
	}
}

// said are words that say nothing of a task.
var said = func() map[string]bool {
	words := map[string]bool{}
	for _, word := range strings.Fields(`the and for from with not that this are was one two its int char void const return main string str len size value
		name result error def self none null true false import include stdio stdlib self data get set print printf where which does each all any new`) {
		words[stem(word)] = true
	}
	return words
}()

// stem cuts endings off, as far as words of tasks need it.
func stem(word string) string {
	for _, ending := range []string{"ings", "ing", "ies", "ed", "es", "s"} {
		if cut, found := strings.CutSuffix(word, ending); found && len(cut) >= 4 {
			return cut
		}
	}
	return word
}

// A weighing tells how much a feature says: the rarer, the more (inverse document frequency).
type weighing struct {
	documents int
	in        map[string]int
}

func weigh(kinds []kind) weighing {
	w := weighing{documents: len(kinds), in: map[string]int{}}
	for _, k := range kinds {
		for feature := range k {
			w.in[feature]++
		}
	}
	return w
}

// of is the weight of a feature. What is done, and to whose data, counts twice a word.
func (w weighing) of(feature string) float64 {
	weight := math.Log(float64(w.documents+1) / float64(w.in[feature]+1))
	if strings.HasPrefix(feature, "does ") || strings.HasPrefix(feature, "from ") {
		return 2 * weight
	}
	return weight
}

// alike is the cosine of two kinds, from 0 to 1. The sums go by the order of the features, so that
// it is the same in every run.
func (w weighing) alike(a, b kind) float64 {
	both, one, other := 0.0, 0.0, 0.0
	for _, feature := range slices.Sorted(maps.Keys(a)) {
		weight := w.of(feature)
		one += weight * weight
		if b[feature] {
			both += weight * weight
		}
	}
	for _, feature := range slices.Sorted(maps.Keys(b)) {
		weight := w.of(feature)
		other += weight * weight
	}
	if one == 0 || other == 0 {
		return 0
	}
	return both / math.Sqrt(one*other)
}
