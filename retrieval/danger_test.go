package retrieval_test

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval"
)

func mustDanger(t testing.TB) *retrieval.Danger {
	t.Helper()
	danger, err := retrieval.ProgramDanger()
	if err != nil {
		t.Fatal(err)
	}
	return danger
}

// dangerSamples are of two kinds and many groups. One in four of the unfinished is of the other kind
// than its words say, so that nothing can be certain.
func dangerSamples() []retrieval.DangerSample {
	var samples []retrieval.DangerSample
	for i := range 64 {
		near, code := i%2 == 0, fmt.Sprintf("total_%d = len(numbers) + sum(values)", i)
		if near != (i%16 < 2) {
			code = fmt.Sprintf("cursor.execute(query_%d + name)", i)
		}
		samples = append(samples, retrieval.DangerSample{
			Language: lang.Python, Code: code, Near: near, Unfinished: i%4 < 2, Group: fmt.Sprint(i / 4),
		})
	}
	return samples
}

func mustTrainDanger(t testing.TB) *retrieval.Danger {
	t.Helper()
	danger, err := retrieval.TrainDanger("a recipe", dangerSamples())
	if err != nil {
		t.Fatal(err)
	}
	return danger
}

func mustWriteDanger(t testing.TB, danger *retrieval.Danger) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := danger.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// What is kept decides as what was trained, and says what the samples say: of the unfinished code
// with a query, three in four are near a weakness, which at nine to one is 27/28.
func TestTrainDanger(t *testing.T) {
	trained := mustTrainDanger(t)
	data := mustWriteDanger(t, trained)
	kept, err := retrieval.ReadDanger(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if kept.Recipe() != "a recipe" {
		t.Errorf("kept with the recipe %q", kept.Recipe())
	}
	for code, want := range map[string]float64{
		"cursor.execute(query_99 + name)":    27. / 28,
		"total = len(numbers) + sum(values)": 9. / 12, // one in four
	} {
		for name, danger := range map[string]*retrieval.Danger{"trained": trained, "kept": kept} {
			if got := danger.Of(lang.Python, code); math.Abs(got-want) > 0.05 {
				t.Errorf("%s: %q is near a weakness by %.2f, want %.2f", name, code, got, want)
			}
		}
	}
	if again := mustWriteDanger(t, mustTrainDanger(t)); !bytes.Equal(data, again) {
		t.Error("the same samples made two different files")
	}
}

// TestProgramDanger tells when what came with the program does not do what it is for.
func TestProgramDanger(t *testing.T) {
	danger := mustDanger(t)
	for _, test := range []struct {
		name, code string
		least      float64
		most       float64
	}{
		{"SQL", "def find(name):\n    \"\"\"Find the member of this name.\"\"\"\n    cursor = connection.cursor()\n    cursor.execute(", 0.9, 1},
		{"a command", "import subprocess\n\ndef ping(host):\n    \"\"\"Ping the host.\"\"\"\n    subprocess.", 0.9, 1},
		{"a path", "@app.route(\"/files/<name>\")\ndef download(name):\n    path = os.path.join(folder, name)\n", 0.9, 1},
		{"numbers", "def median(numbers: list[float]) -> float:\n    \"\"\"Return the median of a list of numbers.\"\"\"\n    numbers = sorted(numbers)\n    half = len(numbers) // 2\n", 0, 0.4},
		{"a tree", "class Tree:\n    def insert(self, node, key):\n        \"\"\"Insert a key below the node.\"\"\"\n        if isinstance(node, Leaf):\n", 0, 0.7},
	} {
		if got := danger.Of(lang.Python, test.code); got < test.least || got > test.most {
			t.Errorf("%s is near a weakness by %.2f, want %.1f to %.1f", test.name, got, test.least, test.most)
		}
	}
	if got := danger.Of(lang.C, "int main(void) { return 0; }"); got != 1 || danger.Knows(lang.C) {
		t.Errorf("C, of which it was shown no ordinary code, is near a weakness by %v", got)
	}
	for name, code := range map[string]string{
		"empty": "", "large": strings.Repeat("cursor.execute(query)\n", 50_000), "one long word": strings.Repeat("a", 1<<20),
		"binary": string([]byte{0, 0xff, 0xfe, '"', 0, '\\', 0x80}), "open string": `"""` + strings.Repeat("x ", 1000),
	} {
		if got := danger.Of(lang.Python, code); !(got > 0 && got <= 1) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestTrainDangerFails(t *testing.T) {
	samples := dangerSamples()
	for name, few := range map[string][]retrieval.DangerSample{"none": nil, "one group": samples[:4]} {
		if _, err := retrieval.TrainDanger("", few); err == nil || !strings.Contains(err.Error(), "two groups and more are wanted") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestReadDangerFails(t *testing.T) {
	if _, err := retrieval.ReadDanger(strings.NewReader("plain")); err == nil || !strings.Contains(err.Error(), "ordinary code") {
		t.Errorf("got %v for what is not compressed", err)
	}
	head := mustWriteHead(t, mustTrain(t, bagOfWords{4}))
	if _, err := retrieval.ReadDanger(bytes.NewReader(head)); err == nil || !strings.Contains(err.Error(), "tells weaknesses apart") {
		t.Errorf("got %v for a head", err)
	}
}

func FuzzDanger(f *testing.F) {
	danger := mustDanger(f)
	f.Add("def f(x):\n    return x")
	f.Add("\x00\xff'")
	f.Fuzz(func(t *testing.T, code string) {
		if got := danger.Of(lang.Python, code); !(got > 0 && got <= 1) {
			t.Errorf("%q: %v", code, got)
		}
	})
}

// A retriever's confidence is the Danger's that it is to use times what it is without one.
func TestUseDanger(t *testing.T) {
	store := mustStore(t, of(example(lang.Python, "One", "aa = bb"), 89), of(example(lang.Python, "Two", "cc = dd"), 22))
	query := retrieval.Query{Text: "total_99 = len(numbers)", Language: lang.Python}
	confidence := func(use func(*retrieval.Fused)) float64 {
		r := retrieval.NewFused(store, bagOfWords{32})
		use(r)
		return mustRetrieve(t, r, query, 1)[0].Confidence
	}
	without := confidence(func(r *retrieval.Fused) { r.UseDanger(nil) })
	for name, test := range map[string]struct {
		use    func(*retrieval.Fused)
		danger *retrieval.Danger
	}{
		"the program's": {func(*retrieval.Fused) {}, mustDanger(t)},
		"another":       {func(r *retrieval.Fused) { r.UseDanger(mustTrainDanger(t)) }, mustTrainDanger(t)},
	} {
		want := without * test.danger.Of(query.Language, query.Text)
		if got := confidence(test.use); math.Abs(got-want) > 1e-9 || got >= without {
			t.Errorf("%s: confidence %v, want %v, which is less than %v without any", name, got, want, without)
		}
	}
}
