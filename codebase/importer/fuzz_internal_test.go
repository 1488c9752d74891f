package importer

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/codebase"
)

// readJSON reads all values from a position on, and where each one ends.
func readJSON(t *testing.T, data []byte, from Position) (values []string, ends []Position) {
	t.Helper()
	s, err := newJSONScanner(bytes.NewReader(data), from)
	if err != nil {
		t.Fatal(err)
	}
	for {
		err := s.next(t.Context())
		if errors.Is(err, io.EOF) {
			return values, ends
		}
		if err != nil && !errors.Is(err, errCutShort) && !errors.Is(err, errArrayOpen) {
			t.Fatal(err)
		}
		if err == nil && len(bytes.TrimSpace(s.value)) == 0 && !s.array {
			t.Fatal("an empty value")
		}
		values, ends = append(values, string(s.value)), append(ends, s.position(0))
		if err != nil {
			return values, ends
		}
	}
}

// Whatever a file holds, reading ends, moves on with each value, and goes on behind
// any value as if it had never stopped.
func FuzzJSON(f *testing.F) {
	f.Add([]byte("{\"a\": 1}\n\n{\"b\": [2]}\r\n{"))
	f.Add([]byte(" [ {\"a\": \"]\\\"\"} , [1, [2]], 3 ] trailing"))
	f.Add([]byte("\uFEFF[{\"a\":\n1},,]"))
	f.Add([]byte("[{\"a\": \"unended"))
	f.Fuzz(func(t *testing.T, data []byte) {
		values, ends := readJSON(t, data, Position{})
		last := int64(0)
		for i, end := range ends {
			if end.Offset < last || end.Offset > int64(len(data)) {
				t.Fatalf("value %d ends at %d behind %d of %d bytes", i, end.Offset, last, len(data))
			}
			last = end.Offset
			if i > 20 || end.Offset == 0 {
				continue
			}
			rest, _ := readJSON(t, data, end)
			if want := values[i+1:]; i+1 < len(values) && !slices.Equal(want, rest) {
				t.Fatalf("behind value %d there are %q, want %q", i, rest, want)
			}
		}
	})
}

func readCSV(t *testing.T, data []byte) (rows [][]string, ends []int64) {
	t.Helper()
	s := newCSVScanner(bytes.NewReader(data))
	for {
		err := s.next(t.Context())
		if errors.Is(err, io.EOF) {
			return rows, ends
		}
		row := slices.Clone(s.fields)
		if _, ok := errors.AsType[rowError](err); ok {
			row = nil
		} else if err != nil {
			t.Fatal(err)
		}
		rows, ends = append(rows, row), append(ends, s.offset)
	}
}

// Rows are found wherever reading begins behind a row.
func FuzzCSV(f *testing.F) {
	f.Add([]byte("a,b\r\n\"x\n\"\"y\",2\n\n,\n"))
	f.Add([]byte("a\"b,\"c\"d,\xff\n\"unended"))
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, ends := readCSV(t, data)
		last := int64(0)
		for i, end := range ends {
			if end <= last || end > int64(len(data)) {
				t.Fatalf("row %d ends at %d behind %d of %d bytes", i, end, last, len(data))
			}
			last = end
			if i > 20 {
				continue
			}
			rest, _ := readCSV(t, data[end:])
			if !slices.EqualFunc(rows[i+1:], rest, slices.Equal[[]string]) {
				t.Fatalf("behind row %d there are %q, want %q", i, rest, rows[i+1:])
			}
		}
	})
}

// A dump that is cut, wrong or hostile ends, and gives rows of the wanted width.
func FuzzDump(f *testing.F) {
	for _, file := range []string{"testdata/cvefixes/CVEfixes.sql", "testdata/morefixes/dump.sql"} {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	f.Add("CREATE TABLE fixes (a, hash TEXT CHECK (1 > (2)), PRIMARY KEY (a)); INSERT INTO \"fixes\" VALUES (1, unistr('\\u000a')), (X'41', E'\\n');")
	f.Add("COPY fixes (hash, cve_id) FROM stdin;\n\\N\t\\x41\\101\\\\\n\\.\nSELECT $a$ ; $a$; /* ; */ INSERT INTO fixes(hash) VALUES(replace(replace('a\\r','\\r',char(13)),'b',char(10)));")
	f.Fuzz(func(t *testing.T, text string) {
		d := newDumpReader(strings.NewReader(text), fixTables)
		rows, broken := 0, 0
		d.row = func(table string, values []*string) error {
			if len(values) != len(fixTables[table]) {
				t.Fatalf("a row of %s has %d values", table, len(values))
			}
			rows++
			return nil
		}
		d.broken = func(string, error) error {
			broken++
			return nil
		}
		if err := d.read(t.Context()); err != nil {
			t.Fatal(err)
		}
		if rows+broken > len(text)+1 {
			t.Fatalf("%d rows and %d errors of %d bytes", rows, broken, len(text))
		}
	})
}

// No format's reader fails on a file of any content but by saying so, and no example
// comes out that a store would refuse.
func FuzzReaders(f *testing.F) {
	for _, file := range []string{
		"sven/train/cwe-089.jsonl", "primevul/primevul_train_paired.jsonl", "megavul/cve_with_graph_abstract_commit.json",
		"reposvul/ReposVul_c.jsonl", "bigvul/all_c_cpp_release2.0.csv", "bigvul/MSR_data_cleaned.csv", "jsonl/examples.jsonl",
	} {
		text, err := os.ReadFile(filepath.Join("testdata", filepath.FromSlash(file)))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "input")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, format := range formats {
			if format.Clones || format.Name == "diversevul" || format.Name == "cvefixes" || format.Name == "morefixes" || format.Name == "crossvul" {
				continue // they make databases or read folders
			}
			add := func(_ context.Context, examples ...codebase.Example) (int, error) {
				for i := range examples {
					if err := examples[i].Validate(); err != nil {
						t.Fatalf("%s: %v", format.Name, err)
					}
				}
				return len(examples), nil
			}
			_, err := Import(t.Context(), format, path, Options{By: "fuzz", CWE: 20}, Target{Add: add})
			if _, ok := errors.AsType[*InputError](err); err != nil && !ok {
				t.Fatalf("%s: %v", format.Name, err)
			}
		}
	})
}

// An input of one endless value, row or text costs no more than the bound.
func TestEndless(t *testing.T) {
	endless := func(head string) io.Reader {
		return io.MultiReader(strings.NewReader(head), io.LimitReader(zeros{}, maxRecord+maxRecord/4), strings.NewReader("\n1\n"))
	}
	t.Run("CSV", func(t *testing.T) {
		s := newCSVScanner(endless("a,\""))
		if err := s.next(t.Context()); err == nil {
			t.Error("no error of the row")
		}
		if cap(s.text) > 2*maxRecord {
			t.Errorf("%d bytes are kept", cap(s.text))
		}
	})
	t.Run("dump", func(t *testing.T) {
		d := newDumpReader(endless("INSERT INTO fixes (hash) VALUES ('"), fixTables)
		broken := 0
		d.broken = func(string, error) error { broken++; return nil }
		d.row = func(string, []*string) error { return nil }
		if err := d.read(t.Context()); err != nil || broken != 1 {
			t.Errorf("%d errors, %v", broken, err)
		}
	})
}

// The forms of values that dumps have.
func TestDumpValues(t *testing.T) {
	const dump = "CREATE TABLE IF NOT EXISTS \"fixes\" (score REAL, \"cve_id\" TEXT DEFAULT 'a,b', CONSTRAINT x PRIMARY KEY (cve_id));\n" +
		"INSERT INTO \"fixes\" VALUES(1.5e-05,'it''s'),(-2,NULL);\n" +
		"INSERT OR REPLACE INTO public.fixes (cve_id) VALUES (replace('a\\nb','\\n',char(10))), (unistr('c\\u000ad\\\\')), (X'6566'), (E'g\\tv\\'h');\n" +
		"INSERT INTO fixes VALUES (1);\nINSERT INTO fixes VALUES (1, f(2));\n" +
		"COPY public.fixes (score, cve_id) FROM stdin;\n3\ti\\tj\\\\k\\x6c\\155\n\\N\t\\N\n4\n\\."
	var rows, broken []string
	d := newDumpReader(strings.NewReader(dump), map[string][]string{"fixes": {"cve_id", "score"}})
	d.row = func(_ string, values []*string) error {
		row := ""
		for _, v := range values {
			if v == nil {
				row += "|NULL"
			} else {
				row += "|" + *v
			}
		}
		rows = append(rows, row)
		return nil
	}
	d.broken = func(where string, err error) error {
		broken = append(broken, where+": "+err.Error())
		return nil
	}
	if err := d.read(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := []string{"|it's|1.5e-05", "|NULL|-2", "|a\nb|NULL", "|c\nd\\|NULL", "|ef|NULL", "|g\tv'h|NULL", "|i\tj\\klm|3", "|NULL|NULL"}
	if !slices.Equal(rows, want) {
		t.Errorf("rows %q, want %q", rows, want)
	}
	wrong := []string{
		"line 4: a row of table fixes has 1 values for 2 columns", "line 5: a value is a call of f, which is not known",
		"line 9 (table fixes, row 3): it has 1 values for 2 columns",
	}
	if !slices.Equal(broken, wrong) {
		t.Errorf("broken %q, want %q", broken, wrong)
	}
}

// zeros reads as the digit 0 for ever.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '0'
	}
	return len(p), nil
}

func TestSplitCommit(t *testing.T) {
	for url, want := range map[string][2]string{
		"github.com/a/b/commit/0123456789abcdef":               {"https://github.com/a/b", "0123456789abcdef"},
		"https://gitlab.com/a/b/-/commit/0123456789ABCDEF#x":   {"https://gitlab.com/a/b", "0123456789abcdef"},
		"https://bitbucket.org/a/b/commits/0123456":            {"https://bitbucket.org/a/b", "0123456"},
		"https://github.com/a/b/pull/7":                        {},
		"https://git.example.org/cgit/x/commit/?id=0123456789": {},
	} {
		if repository, commit := splitCommit(url); repository != want[0] || commit != want[1] {
			t.Errorf("%s: %s, %s", url, repository, commit)
		}
	}
}

func TestOneLine(t *testing.T) {
	for text, want := range map[string]string{
		"  a\tb\x1b[31m \u202e c\nd": "a b[31m c", "": "", strings.Repeat("x", 300): strings.Repeat("x", 199) + "…",
	} {
		if got := oneLine(text); got != want {
			t.Errorf("oneLine(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestSameCode(t *testing.T) {
	tests := []struct {
		l    string
		a, b string
		want bool
	}{
		{"python", "x = 1  # a\ny = 2\n", "x = 1\ny = 2", true},
		{"python", "x = 1\ny = 2\n", "x = 1\ny = 3\n", false},
		{"c", "int a;\n/* one\ntwo */\nint b;", "int a;\n/* one\nthree */\nint b;", true},
		{"c", "int a;\nint b;", "int a;\nint  b ;", true},
		{"c", "/* x */\nint a;", "/* x */\nint b;", false},
	}
	for _, test := range tests {
		l := map[string]codebase.Example{"python": {Language: "python"}, "c": {Language: "c"}}[test.l].Language
		if got := sameCode(l, test.a, test.b); got != test.want {
			t.Errorf("sameCode(%q, %q) = %t", test.a, test.b, got)
		}
	}
}
