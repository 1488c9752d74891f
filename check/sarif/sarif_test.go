package sarif_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/check"
	"github.com/seccoder/seccoder/check/checktest"
	"github.com/seccoder/seccoder/check/sarif"
	"github.com/seccoder/seccoder/lang"
)

var update = flag.Bool("update", false, "write the golden files")

func mustRead(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// golden compares a text with a file, or writes it.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(filepath.Join("testdata", name), got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(mustRead(t, name)), string(got)); diff != "" {
		t.Errorf("%s (-want +got)\n%s", name, diff)
	}
}

// The shapes in which tools write: rules by index, by id and in extensions; CWEs as tags,
// relationships and taxa; severities as numbers and levels; paths as URIs and indices.
func TestParse(t *testing.T) {
	log, err := sarif.Parse(mustRead(t, "shapes.sarif"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.MarshalIndent(map[string]any{"tools": log.Tools, "files": log.Files, "findings": log.Findings}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "shapes.golden", append(got, '\n'))
}

func TestParseErrors(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"no JSON":       {"<sarif/>", "read SARIF"},
		"cut off":       {`{"version": "2.1.0", "runs": [`, "read SARIF"},
		"NUL bytes":     {"\x00\x00", "read SARIF"},
		"empty":         {"", "read SARIF"},
		"other version": {`{"version": "1.0.0", "runs": []}`, `version "1.0.0", expected 2.1.0`},
		"no runs":       {`{"version": "2.1.0"}`, "no list of runs"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := sarif.Parse([]byte(test.text)); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one with %q", err, test.want)
			}
		})
	}
}

func TestParseFailed(t *testing.T) {
	log, err := sarif.Parse([]byte(`{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "toy"}}, "results": [],
		"invocations": [{"executionSuccessful": false, "toolExecutionNotifications": [{"level": "error", "message": {"text": "no memory"}}]}]}]}`))
	if err != nil || log.Failed == nil || log.Failed.Error() != "toy says that it failed: no memory" {
		t.Errorf("%v, %v", err, log.Failed)
	}
}

func FuzzParse(f *testing.F) {
	data, err := os.ReadFile("testdata/shapes.sarif")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(`{"version":"2.1.0","runs":[{"results":[{"ruleIndex":-1,"rule":{"index":9,"toolComponent":{"index":7}},"locations":[{"physicalLocation":{"artifactLocation":{"index":3}}}]}]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		log, err := sarif.Parse(data)
		if err != nil {
			return
		}
		for _, found := range log.Findings {
			if found.Severity < check.Low || found.Severity > check.High {
				t.Errorf("%+v", found)
			}
		}
	})
}

// document is one with all that can be written.
func document() sarif.Document {
	named := func(f check.Finding, fingerprint, reason string) check.Named {
		return check.Named{Finding: f, Fingerprint: fingerprint, Reason: reason}
	}
	sql := check.Finding{
		CWE: 89, Severity: check.High, Path: "src/a b.py", Line: 3, Column: 5, EndLine: 4, EndColumn: 2, Message: "SQL <from> text", Fix: "Use placeholders.",
		Rule: "B608", URL: "https://example.org/B608", Checker: "bandit", Version: "1.9.2",
	}
	again, bare := sql, sql
	again.Line, again.EndLine, again.EndColumn = 9, 0, 0
	bare.CWE, bare.Fix, bare.URL, bare.Line, bare.Column, bare.EndLine, bare.EndColumn = 0, "", "", 0, 0, 0, 0
	bare.Rule, bare.Severity, bare.Checker, bare.Path = "other", check.Low, "toy", "../x.c"
	return sarif.Document{
		Version:    "v1.2.3",
		Findings:   []check.Named{named(sql, "f1", ""), named(again, "f2", ""), named(bare, "f3", "")},
		Suppressed: []check.Named{named(sql, "f4", "it is a constant")},
		Checkers: []check.CheckerRun{
			{Name: "bandit", Version: "1.9.2", State: check.Worked, Files: 1, Checked: 1},
			{Name: "gosec", State: check.Missing, Files: 1, Why: "gosec is not on this machine"},
			{Name: "idle", State: check.Unused},
		},
		Files:     []check.File{{Path: "src/a b.py", Language: lang.Python}, {Path: "b:c.go", Language: lang.Go}},
		Unchecked: []check.Unchecked{{Path: "b:c.go", Why: "not on this machine: gosec"}},
	}
}

func TestWrite(t *testing.T) {
	var written bytes.Buffer
	if err := sarif.Write(&written, document()); err != nil {
		t.Fatal(err)
	}
	golden(t, "written.sarif", written.Bytes())
	conforms(t, written.Bytes())
}

func TestWriteNothing(t *testing.T) {
	var written bytes.Buffer
	if err := sarif.Write(&written, sarif.Document{Version: "(devel)"}); err != nil {
		t.Fatal(err)
	}
	conforms(t, written.Bytes())
}

// What is written reads back as the same findings.
func TestRoundTrip(t *testing.T) {
	d := document()
	var written bytes.Buffer
	if err := sarif.Write(&written, d); err != nil {
		t.Fatal(err)
	}
	log, err := sarif.Parse(written.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if len(log.Findings) != len(d.Findings) {
		t.Fatalf("%d findings, want %d: those that are suppressed stay out", len(log.Findings), len(d.Findings))
	}
	for i, f := range log.Findings {
		want := d.Findings[i]
		if f.Path != want.Path || f.Line != want.Line || f.CWE != want.CWE || f.Severity != want.Severity || f.Rule != want.Checker+"/"+want.Rule {
			t.Errorf("%+v, want %+v", f, want)
		}
		if strings.TrimSuffix(f.Message, ".") != want.Message || f.Fix != want.Fix {
			t.Errorf("message %q and advice %q, want %q and %q", f.Message, f.Fix, want.Message, want.Fix)
		}
	}
}

// What was not checked reads back so: alone, with findings in it, and from a command that was given it.
func TestUncheckedRoundTrip(t *testing.T) {
	r := check.Request{Dir: t.TempDir(), Files: []check.File{{Path: "A b.java", Language: lang.Java}, {Path: "a.js", Language: lang.JavaScript}, {Path: "b.js", Language: lang.JavaScript}}}
	d := sarif.Document{Files: r.Files, Unchecked: []check.Unchecked{{Path: "A b.java", Why: "no checker for java"}, {Path: "a.js", Why: "only partly"}}}
	d.Findings = []check.Named{{Finding: check.Finding{Path: "a.js", Line: 1, Rule: "r", Message: "m", Severity: check.High, Checker: "toy"}}}
	path := filepath.Join(t.TempDir(), "r.sarif")
	write := func() {
		t.Helper()
		var written bytes.Buffer
		if err := sarif.Write(&written, d); err != nil {
			t.Fatal(err)
		}
		conforms(t, written.Bytes())
		if err := os.WriteFile(path, written.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write()
	result := checktest.Run(t, sarif.NewFile(path), r)
	var got []string
	for _, u := range result.Unchecked {
		got = append(got, u.Path)
	}
	if diff := cmp.Diff([]string{"A b.java", "a.js"}, got); diff != "" || len(result.Findings) != 1 {
		t.Errorf("not checked (-want +got)\n%s\nfindings %v", diff, result.Findings)
	}
	r.Files, d = r.Files[:1], sarif.Document{Files: r.Files[:1], Unchecked: d.Unchecked[:1]}
	write()
	c, err := sarif.NewCommand(checktest.Fake(t, "seccoder", "cat '"+path+"'") + " {files}")
	if err != nil {
		t.Fatal(err)
	}
	if result := checktest.Run(t, c, r); len(result.Unchecked) != 1 {
		t.Errorf("%+v, not checked %v", result.Checkers[0], result.Unchecked)
	}
}

// What older releases wrote, and other tools that end a message as their rule's help does.
func TestAdvice(t *testing.T) {
	for name, want := range map[string]struct{ message, fix string }{
		"seccoder": {"SQL from text.", "Use placeholders."}, "Toy": {"SQL from text. Use placeholders.", ""},
	} {
		log, err := sarif.Parse([]byte(`{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "` + name + `",
			"rules": [{"id": "r", "help": {"text": "Use placeholders."}}]}}, "results": [{"ruleId": "r", "message": {"text": "SQL from text. Use placeholders."}}]}]}`))
		if err != nil {
			t.Fatal(err)
		}
		if got := log.Findings[0]; got.Message != want.message || got.Fix != want.fix {
			t.Errorf("%s: message %q and fix %q, want %q and %q", name, got.Message, got.Fix, want.message, want.fix)
		}
	}
}

func TestFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "toy.sarif")
	if err := os.WriteFile(path, mustRead(t, "shapes.sarif"), 0o644); err != nil {
		t.Fatal(err)
	}
	r := check.Request{Dir: t.TempDir(), Files: []check.File{{Path: "src/app.py", Language: lang.Python}, {Path: "other.py", Language: lang.Python}}}
	result := checktest.Run(t, sarif.NewFile(path), r)
	if run := result.Checkers[0]; run.Name != "toy.sarif" || run.Checked != 1 || !strings.Contains(run.Version, "Toy 3.1") {
		t.Errorf("%+v", run)
	}
	if len(result.Unchecked) != 1 || result.Unchecked[0].Path != "other.py" {
		t.Errorf("unchecked: %v", result.Unchecked)
	}
	if len(result.Findings) == 0 {
		t.Error("no findings")
	}
	// Without a file to check it is read all the same.
	result = checktest.Run(t, sarif.NewFile(path), check.Request{Dir: r.Dir})
	if run := result.Checkers[0]; run.State != check.Worked || run.Checked != 0 || !slices.Contains(run.Also, "src/app.py") || len(result.Findings) == 0 {
		t.Errorf("without files: %+v", run)
	}
	result = checktest.Run(t, sarif.NewFile(path+".gone"), r)
	if run := result.Checkers[0]; run.State != check.Failed {
		t.Errorf("%+v", run)
	}
}

// A file above the folder is the same one whether the SARIF calls it by a URI, or from there.
func TestFileAbove(t *testing.T) {
	top := t.TempDir()
	dir := filepath.Join(top, "sub")
	path := filepath.Join(top, "toy.sarif")
	for _, uri := range []string{"file://" + filepath.ToSlash(filepath.Join(top, "a.py")), "../a.py"} {
		text := `{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "toy"}}, "artifacts": [{"location": {"uri": "` + uri + `"}}],
			"results": [{"ruleId": "r", "message": {"text": "m"}, "locations": [{"physicalLocation": {"artifactLocation": {"index": 0}}}]}]}]}`
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"../a.py", filepath.Join(top, "a.py")} {
			r := check.Request{Dir: dir, Files: []check.File{{Path: name, Language: lang.Python}}}
			result := checktest.Run(t, sarif.NewFile(path), r)
			if len(result.Unchecked) != 0 || len(result.Findings) != 1 || result.Findings[0].Path != name {
				t.Errorf("%s as %s: findings %v, not checked %v", name, uri, result.Findings, result.Unchecked)
			}
		}
	}
}

func TestCommand(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the commands are shell scripts")
	}
	shapes, err := filepath.Abs("testdata/shapes.sarif")
	if err != nil {
		t.Fatal(err)
	}
	r := check.Request{Dir: t.TempDir(), Files: []check.File{{Path: "src/app.py", Language: lang.Python}, {Path: "-other.py", Language: lang.Python}}}
	const nothing = `{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "toy"}}, "results": []}]}`
	for name, test := range map[string]struct {
		script, args string
		state        check.State
		checked      int
		says         string
	}{
		"standard output":        {"cat '" + shapes + "'; exit 1", "", check.Worked, 1, ""},
		"file":                   {`for last; do :; done; cat '` + shapes + `' > "$last"`, "--out {output}", check.Worked, 1, ""},
		"file in a word":         {`cp '` + shapes + `' "${1#--out=}"`, "--out={output}", check.Worked, 1, ""},
		"all files, none listed": {`[ "$#$3" = 3./-other.py ] && echo '` + nothing + `'`, "--sarif {files}", check.Worked, 2, ""},
		"no files, none listed":  {`echo '` + nothing + `'`, ".", check.Worked, 0, ""},
		"garbage":                {"echo Error; exit 2", "", check.Failed, 0, "wrote no SARIF that can be used"},
		"no file":                {"exit 0", "{output}", check.Failed, 0, "wrote no file"},
		"says that it failed":    {`echo '{"version": "2.1.0", "runs": [{"invocations": [{"executionSuccessful": false}], "results": []}]}'`, "", check.Failed, 0, "says that it failed"},
		"crash":                  {"kill -SEGV $$", "", check.Failed, 0, "crashed"},
	} {
		t.Run(name, func(t *testing.T) {
			c, err := sarif.NewCommand("'" + checktest.Fake(t, "toy", test.script) + "' " + test.args)
			if err != nil {
				t.Fatal(err)
			}
			run := checktest.Run(t, c, r).Checkers[0]
			if run.Name != "toy" || run.State != test.state || run.Checked != test.checked || !strings.Contains(run.Why, test.says) {
				t.Errorf("%+v", run)
			}
		})
	}
	t.Run("missing", func(t *testing.T) {
		c, err := sarif.NewCommand("no-such-program-here {files}")
		if err != nil {
			t.Fatal(err)
		}
		if run := checktest.Run(t, c, r).Checkers[0]; run.State != check.Missing {
			t.Errorf("%+v", run)
		}
	})
	t.Run("empty", func(t *testing.T) {
		if _, err := sarif.NewCommand("  "); err == nil {
			t.Error("no error")
		}
	})
}
