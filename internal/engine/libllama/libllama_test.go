package libllama_test

import (
	"bytes"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/seccoder/seccoder/internal/engine/libllama"
	"github.com/seccoder/seccoder/internal/enginetest"
)

// load loads the library once: a process cannot unload it.
var load = sync.OnceValues(func() (*libllama.Library, error) { return libllama.Load(folder) })

var folder string

func mustOpen(t testing.TB, path string) *libllama.Model {
	t.Helper()
	folder = enginetest.Libraries(t)
	library, err := load()
	if err != nil {
		t.Fatal(err)
	}
	model, err := library.OpenModel(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(model.Close)
	return model
}

func mustContext(t testing.TB, m *libllama.Model, o libllama.ContextOptions) *libllama.Context {
	t.Helper()
	c, err := m.NewContext(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	c.SetThreads(1)
	return c
}

func mustTokenize(t testing.TB, m *libllama.Model, text string, start bool) []libllama.Token {
	t.Helper()
	tokens, err := m.Tokenize(text, start)
	if err != nil {
		t.Fatal(err)
	}
	return tokens
}

func pieces(m *libllama.Model, tokens []libllama.Token) string {
	var text []byte
	for _, token := range tokens {
		text = append(text, m.Piece(token)...)
	}
	return string(text)
}

func TestTokenizeRoundTrip(t *testing.T) {
	// The small model's vocabulary lacks some bytes: not all text can come back.
	for name, all := range map[string]bool{enginetest.SmallModel: false, enginetest.InfillModel: true} {
		t.Run(name, func(t *testing.T) {
			m := mustOpen(t, enginetest.Model(t, name))
			random := rand.New(rand.NewPCG(3, 4))
			texts := []string{"", " ", "\n", "def f(x):\n\treturn x  # größer\r\n", "<|im_start|>", "🙂👩‍👩‍👧", strings.Repeat("ab ", 3000)}
			for range 300 {
				texts = append(texts, randomText(random, all))
			}
			for _, text := range texts {
				tokens := mustTokenize(t, m, text, false)
				if got := pieces(m, tokens); got != text {
					t.Errorf("%q came back as %q", text, got)
				}
				for _, token := range tokens {
					if token < 0 || int(token) >= m.VocabularySize() {
						t.Fatalf("%q has the token %d of %d", text, token, m.VocabularySize())
					}
				}
			}
		})
	}
}

// randomText is valid UTF-8 mixed with what code is made of; all is of all planes, with
// control characters.
func randomText(random *rand.Rand, all bool) string {
	var text strings.Builder
	kinds := 2
	if all {
		kinds = 4
	}
	for range random.IntN(60) {
		switch random.IntN(kinds) {
		case 0:
			text.WriteByte(byte(' ' + random.IntN('~'-' '+1)))
		case 1:
			text.WriteString([]string{"    ", "\n", "\t", "return ", "==", "<|", "|>", "é", "漢字", "1234", "'ll"}[random.IntN(11)])
		case 2:
			text.WriteRune(rune(random.IntN(0x800)))
		default:
			if r := rune(random.IntN(utf8.MaxRune)); utf8.ValidRune(r) {
				text.WriteRune(r)
			}
		}
	}
	return text.String()
}

func TestSpecialTokensInTextAreText(t *testing.T) {
	for _, name := range []string{enginetest.SmallModel, enginetest.InfillModel} {
		t.Run(name, func(t *testing.T) {
			m := mustOpen(t, enginetest.Model(t, name))
			for _, text := range []string{"<|im_start|>", "<|im_end|>", "<|endoftext|>", "<|fim_prefix|>", "<|fim_suffix|>", "<|fim_middle|>"} {
				tokens := mustTokenize(t, m, text, true)
				if len(tokens) < 2 {
					t.Errorf("%s is the one token %d", text, tokens)
				}
				for _, token := range tokens {
					if m.EndsGeneration(token) {
						t.Errorf("%s holds a token that ends a generation", text)
					}
				}
			}
		})
	}
}

func TestInfillTokens(t *testing.T) {
	m := mustOpen(t, enginetest.Model(t, enginetest.InfillModel))
	prefix, suffix, middle, ok := m.Infill()
	if !ok || prefix == suffix || suffix == middle || prefix == middle {
		t.Errorf("got %d, %d, %d, %v", prefix, suffix, middle, ok)
	}
	for _, token := range []libllama.Token{prefix, suffix, middle} {
		if piece := m.Piece(token); len(piece) > 0 {
			t.Errorf("the special token %d stands for the text %q", token, piece)
		}
	}
	if _, _, _, ok := mustOpen(t, enginetest.Model(t, enginetest.SmallModel)).Infill(); ok {
		t.Error("the small model can fill in the middle")
	}
}

func TestMetadata(t *testing.T) {
	m := mustOpen(t, enginetest.Model(t, enginetest.SmallModel))
	if got := m.Metadata("general.architecture"); got != "llama" {
		t.Errorf("architecture %q", got)
	}
	if got := m.Metadata("no.such.key"); got != "" {
		t.Errorf("a key that is not there is %q", got)
	}
	if m.Pooled() || m.ContextTokens() != 8192 || m.Dimensions() != 576 || m.VocabularySize() != 49152 {
		t.Errorf("pooled %v, %d context tokens, %d dimensions, %d tokens", m.Pooled(), m.ContextTokens(), m.Dimensions(), m.VocabularySize())
	}
	if !mustOpen(t, enginetest.Embedder(t)).Pooled() {
		t.Error("the embedder is not pooled")
	}
}

const code = `func read(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(file)
}
`

// rows puts tokens behind position at of a sequence; the last one's logits are wanted.
func rows(tokens []libllama.Token, at, sequence int) []libllama.Row {
	rows := make([]libllama.Row, len(tokens))
	for i, token := range tokens {
		rows[i] = libllama.Row{Token: token, Position: at + i, Sequence: sequence, Logits: i == len(tokens)-1}
	}
	return rows
}

// mustDecode decodes rows and returns a copy of the logits behind row i.
func mustDecode(t testing.TB, c *libllama.Context, rows []libllama.Row, i int) []float32 {
	t.Helper()
	if err := c.Decode(rows); err != nil {
		t.Fatal(err)
	}
	logits, err := c.Logits(i)
	if err != nil {
		t.Fatal(err)
	}
	return slices.Clone(logits)
}

// wantClose compares logits that were computed in batches of different sizes: the
// engine rounds inputs to eight bits, so they are never quite the same.
func wantClose(t *testing.T, how string, got, want []float32) {
	t.Helper()
	var dot, a, b float64
	for i := range want {
		x, y := float64(got[i]), float64(want[i])
		dot, a, b = dot+x*y, a+x*x, b+y*y
	}
	if cosine := dot / math.Sqrt(a*b); !(cosine > 0.995) {
		t.Errorf("%s: the logits' cosine is %.4f", how, cosine)
	}
}

func TestBatchesAgree(t *testing.T) {
	m := mustOpen(t, enginetest.Model(t, enginetest.SmallModel))
	tokens := mustTokenize(t, m, code, true)
	c := mustContext(t, m, libllama.ContextOptions{Tokens: 1024, Sequences: 1})
	want := mustDecode(t, c, rows(tokens, 0, 0), len(tokens)-1)
	for _, size := range []int{1, 7, len(tokens) - 1} {
		c.Clear()
		var got []float32
		for at := 0; at < len(tokens); at += size {
			chunk := tokens[at:min(at+size, len(tokens))]
			got = mustDecode(t, c, rows(chunk, at, 0), len(chunk)-1)
		}
		wantClose(t, "in batches", got, want)
	}
}

func TestSharedSequences(t *testing.T) {
	m := mustOpen(t, enginetest.Model(t, enginetest.SmallModel))
	tokens := mustTokenize(t, m, code, true)
	border := len(tokens) - 3
	c := mustContext(t, m, libllama.ContextOptions{Tokens: 1024, Sequences: 6})
	alone := mustDecode(t, c, rows(tokens, 0, 0), len(tokens)-1)

	c.Clear()
	mustDecode(t, c, rows(tokens[:border], 0, 0), border-1)
	for sequence := 1; sequence <= 5; sequence++ {
		c.Share(0, sequence)
	}
	// The odd sequences go on with something else, and must not be seen by the others.
	other := mustTokenize(t, m, "panic(42)", false)[:3]
	var got [6][]float32
	for i := range 3 {
		var step []libllama.Row
		for sequence := 1; sequence <= 5; sequence++ {
			token := tokens[border+i]
			if sequence%2 == 1 {
				token = other[i]
			}
			step = append(step, libllama.Row{Token: token, Position: border + i, Sequence: sequence, Logits: true})
		}
		mustDecode(t, c, step, 0)
		for sequence := 1; sequence <= 5; sequence++ {
			logits, err := c.Logits(sequence - 1)
			if err != nil {
				t.Fatal(err)
			}
			got[sequence] = slices.Clone(logits)
		}
	}
	for _, sequence := range []int{2, 4} {
		wantClose(t, "beside other sequences", got[sequence], alone)
	}

	// A sequence that is forgotten leaves the shared part to the others.
	for sequence := 1; sequence <= 4; sequence++ {
		c.Forget(sequence)
	}
	c.Forget(5)
	c.Share(0, 5)
	wantClose(t, "shared again", mustDecode(t, c, rows(tokens[border:], border, 5), 2), alone)
}

func TestStateRoundTrip(t *testing.T) {
	m := mustOpen(t, enginetest.Model(t, enginetest.SmallModel))
	tokens := mustTokenize(t, m, code, true)
	border := len(tokens) / 2
	c := mustContext(t, m, libllama.ContextOptions{Tokens: 512, Sequences: 3})
	mustDecode(t, c, rows(tokens[:border], 0, 0), border-1)
	state, err := c.State(0)
	if err != nil {
		t.Fatal(err)
	}
	want := mustDecode(t, c, rows(tokens[border:], border, 0), len(tokens)-border-1)

	larger := mustContext(t, m, libllama.ContextOptions{Tokens: 2048, Sequences: 33})
	for name, c := range map[string]*libllama.Context{"the same context": c, "a larger one": larger} {
		c.Clear()
		if err := c.SetState(0, state); err != nil {
			t.Fatal(err)
		}
		got := mustDecode(t, c, rows(tokens[border:], border, 0), len(tokens)-border-1)
		if !slices.Equal(got, want) {
			t.Errorf("%s gives other logits behind the state", name)
		}
	}
	for name, broken := range map[string][]byte{
		"empty": nil, "cut off": state[:len(state)/2], "four bytes": state[:4], "too long": append(slices.Clone(state), 1),
		"zeros": make([]byte, len(state)), "ones": bytes.Repeat([]byte{0xff}, len(state)),
	} {
		c.Clear()
		if err := c.SetState(0, broken); err == nil {
			t.Errorf("a state that is %s was accepted", name)
		}
	}
	c.Clear()
	if again := mustDecode(t, c, rows(tokens[:border], 0, 0), border-1); len(again) == 0 {
		t.Error("the context is of no use after a broken state")
	}
	if got, err := c.State(0); err != nil || !bytes.Equal(got, state) {
		t.Errorf("the same tokens have another state (%d and %d bytes), %v", len(got), len(state), err)
	}
}

func TestDecodeRefuses(t *testing.T) {
	m := mustOpen(t, enginetest.Model(t, enginetest.SmallModel))
	c := mustContext(t, m, libllama.ContextOptions{Tokens: 256, Sequences: 2})
	tokens := make([]libllama.Token, libllama.BatchTokens+1)
	for name, batch := range map[string][]libllama.Row{
		"nothing":         nil,
		"too many rows":   rows(tokens, 0, 0),
		"too many tokens": rows(tokens[:400], 0, 0),
		"no such token":   rows([]libllama.Token{int32(m.VocabularySize())}, 0, 0),
	} {
		c.Clear()
		if err := c.Decode(batch); err == nil {
			t.Errorf("%s was decoded", name)
		}
	}
	c.Clear()
	mustDecode(t, c, rows(tokens[:5], 0, 0), 4)
	if _, err := c.Logits(2); err == nil {
		t.Error("logits came that were not asked for")
	}
}

func TestAbort(t *testing.T) {
	m := mustOpen(t, enginetest.Model(t, enginetest.SmallModel))
	library, err := load()
	if err != nil {
		t.Fatal(err)
	}
	c := mustContext(t, m, libllama.ContextOptions{Tokens: 1024, Sequences: 1})
	tokens := mustTokenize(t, m, strings.Repeat(code, 9), true)[:libllama.BatchTokens]
	library.Abort()
	if err := c.Decode(rows(tokens, 0, 0)); !errors.Is(err, libllama.ErrAborted) {
		t.Errorf("aborted before: %v", err)
	}
	library.Resume()
	time.AfterFunc(20*time.Millisecond, library.Abort)
	for err = nil; err == nil; {
		c.Clear()
		err = c.Decode(rows(tokens, 0, 0))
	}
	if !errors.Is(err, libllama.ErrAborted) {
		t.Errorf("aborted on the way: %v", err)
	}
	library.Resume()
	c.Clear()
	mustDecode(t, c, rows(tokens[:5], 0, 0), 4)
}

func TestEmbedHasUnitLength(t *testing.T) {
	m := mustOpen(t, enginetest.Embedder(t))
	c := mustContext(t, m, libllama.ContextOptions{Tokens: libllama.BatchTokens, Sequences: 1, Embeddings: true})
	var vectors [][]float32
	for _, text := range []string{"", "hello", code, "hello"} {
		tokens := mustTokenize(t, m, text, true)
		vector, err := c.Embed(tokens)
		if err != nil {
			t.Fatal(err)
		}
		var sum float64
		for _, x := range vector {
			sum += float64(x) * float64(x)
		}
		if len(vector) != 384 || math.Abs(sum-1) > 1e-5 {
			t.Errorf("%q: %d dimensions, length %v", text, len(vector), math.Sqrt(sum))
		}
		vectors = append(vectors, vector)
	}
	if !slices.Equal(vectors[1], vectors[3]) || slices.Equal(vectors[1], vectors[0]) {
		t.Error("a vector depends on the texts before it")
	}
	if _, err := c.Embed(nil); err == nil {
		t.Error("no tokens were embedded")
	}
	if _, err := c.Embed(make([]libllama.Token, libllama.BatchTokens+1)); err == nil {
		t.Error("too many tokens were embedded")
	}
}
