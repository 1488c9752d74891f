package retrieval_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval"
)

// headSamples are of three weaknesses, which their words tell apart.
func headSamples() []retrieval.HeadSample {
	var samples []retrieval.HeadSample
	for i := range 12 {
		samples = append(samples,
			retrieval.HeadSample{Language: lang.Python, CWE: 89, Code: fmt.Sprintf("cursor.execute(query_%d + name)", i)},
			retrieval.HeadSample{Language: lang.Python, CWE: 22, Code: fmt.Sprintf("open(folder_%d + file_name)", i), Unfinished: true},
		)
	}
	return append(samples,
		retrieval.HeadSample{Language: lang.C, CWE: 416, Code: "free(node_a); node_a->next"},
		retrieval.HeadSample{Language: lang.C, CWE: 416, Code: "free(node_b); node_b->next"})
}

func mustTrain(t testing.TB, embedder retrieval.Embedder) *retrieval.Head {
	t.Helper()
	head, err := retrieval.TrainHead(t.Context(), embedder, "a recipe", headSamples())
	if err != nil {
		t.Fatal(err)
	}
	return head
}

func mustWriteHead(t testing.TB, head *retrieval.Head) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := head.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// What is kept is one byte a weight, and must decide as the trained head does. Words that
// no sample has do not count; their parts do.
func TestHead(t *testing.T) {
	embedder := bagOfWords{32}
	trained := mustTrain(t, embedder)
	kept, err := retrieval.ReadHead(bytes.NewReader(mustWriteHead(t, trained)))
	if err != nil {
		t.Fatal(err)
	}
	if kept.Embedder != embedder.ID() || kept.Recipe != "a recipe" {
		t.Errorf("kept as of embedder %q by recipe %q", kept.Embedder, kept.Recipe)
	}
	tests := []struct {
		code string
		l    lang.Language
		want codebase.CWE
	}{
		{"cursor.execute(sql)", lang.Python, 89},
		{"unknown(query_99)", lang.Python, 89},
		{"with open(file_name) as folder_77:", lang.Python, 22},
		{"free(node_z)", lang.C, 416},
	}
	for _, test := range tests {
		vectors, err := embedder.Embed(t.Context(), []string{test.code})
		if err != nil {
			t.Fatal(err)
		}
		for name, head := range map[string]*retrieval.Head{"trained": trained, "kept": kept} {
			p := head.Classify(test.l, test.code, vectors[0])
			sum, best := 0.0, codebase.CWE(0)
			for cwe, x := range p {
				sum += x
				if x > p[best] {
					best = cwe
				}
			}
			if best != test.want || p[best] < 0.6 || sum < 0.999 || sum > 1.001 {
				t.Errorf("%s head of %q: %v, want mostly %s", name, test.code, p, test.want)
			}
		}
	}
}

func TestTrainHeadIsRepeatable(t *testing.T) {
	a, b := mustWriteHead(t, mustTrain(t, bagOfWords{32})), mustWriteHead(t, mustTrain(t, bagOfWords{32}))
	if !bytes.Equal(a, b) {
		t.Error("the same samples made two different heads")
	}
}

func TestTrainHeadFails(t *testing.T) {
	if _, err := retrieval.TrainHead(t.Context(), bagOfWords{32}, "", nil); err == nil || !strings.Contains(err.Error(), "no samples") {
		t.Errorf("got %v for no samples", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := retrieval.TrainHead(ctx, bagOfWords{32}, "", headSamples()); err == nil {
		t.Error("training went on after it was cancelled")
	}
}

// A head that was trained on two weaknesses knows them apart where neighbours cannot, and
// one that is none has no say.
func TestUseHead(t *testing.T) {
	embedder := bagOfWords{32}
	named := func(cwe codebase.CWE, code string) codebase.Example {
		e := example(lang.Python, "An example", code)
		e.CWEs = []codebase.CWE{cwe}
		e.ID = e.Hash()
		return e
	}
	store := mustStore(t, named(22, "first = 1"), named(89, "second = 2"))
	query := retrieval.Query{Text: "cursor.execute(query_99", Language: lang.Python}
	parts := func(head *retrieval.Head) map[codebase.CWE]*float64 {
		r := retrieval.NewFused(store, embedder)
		r.UseHead(head)
		said := map[codebase.CWE]*float64{}
		for _, m := range mustRetrieve(t, r, query, 2) {
			said[m.Parts.Weakness.CWE] = m.Parts.Weakness.Head
		}
		return said
	}
	if said := parts(mustTrain(t, embedder)); said[89] == nil || said[22] == nil || *said[89] < 0.6 || *said[22] > 0.4 {
		t.Errorf("the head that is to be used says %v", said)
	}
	if said := parts(nil); len(said) != 2 || said[89] != nil || said[22] != nil {
		t.Errorf("no head says %v", said)
	}
	r := retrieval.NewFused(store, embedder)
	r.UseHead(mustTrain(t, bagOfWords{8}))
	if _, err := r.Retrieve(t.Context(), query, 1); err == nil || !strings.Contains(err.Error(), "trained with bag-of-words-8") {
		t.Errorf("got %v for a head of another embedder", err)
	}
}

func compressed(t testing.TB, text string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestReadHeadFails(t *testing.T) {
	tests := []struct{ name, content, want string }{
		{"other form", `{"schema":"seccoder.head/9"}`, `its form is "seccoder.head/9"`},
		{"no JSON", `{"schema":`, "unexpected EOF"},
		{"no classes", `{"schema":"seccoder.head/1"}`, "do not fit together"},
		{"words without frequencies", `{"schema":"seccoder.head/1","classes":["CWE-22"],"bias":[0],"scale":[1],"words":["a"]}`, "do not fit together"},
		{"too few weights", `{"schema":"seccoder.head/1","classes":["CWE-22","CWE-89"],"bias":[0,0],"scale":[1,1],"words":["a"],"idf":[1],"weights":"AA=="}`, "1 weights for 2 classes"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := retrieval.ReadHead(bytes.NewReader(compressed(t, test.content)))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
	if _, err := retrieval.ReadHead(strings.NewReader("plain")); err == nil {
		t.Error("what is not compressed was read")
	}
}

func FuzzReadHead(f *testing.F) {
	f.Add(mustWriteHead(f, mustTrain(f, bagOfWords{4})))
	f.Add([]byte("plain"))
	f.Fuzz(func(t *testing.T, data []byte) {
		head, err := retrieval.ReadHead(bytes.NewReader(data))
		if err != nil {
			return
		}
		head.Classify(lang.Python, "cursor.execute(query)", nil)
	})
}
