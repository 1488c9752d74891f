package check_test

import (
	"encoding/json"
	"testing"

	"github.com/seccoder/seccoder/check"
)

func TestSeverity(t *testing.T) {
	for i, name := range check.Severities() {
		s, err := check.ParseSeverity(" " + name + " ")
		if err != nil || s != check.Severity(i) || s.String() != name {
			t.Errorf("%s: %v, %v", name, s, err)
		}
	}
	if _, err := check.ParseSeverity("critical"); err == nil {
		t.Error("no error")
	}
	if got := check.Severity(9).String(); got != "Severity(9)" {
		t.Error(got)
	}
}

func TestCWE(t *testing.T) {
	for text, want := range map[string]check.CWE{"89": 89, "CWE-089": 89, "cwe_1004": 1004, "": 0, "0": 0, "-1": 0, "CWE": 0, "99999999": 0} {
		got, err := check.ParseCWE(text)
		if got != want || (err == nil) != (want != 0) {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	if check.CWE(89).Name() != "SQL injection" || check.CWE(89).Hint() == "" || check.CWE(9999).Name() != "" {
		t.Error("names")
	}
}

// A finding keeps its values in JSON.
func TestFindingJSON(t *testing.T) {
	f := check.Finding{CWE: 89, Severity: check.High, Path: "a", Line: 1, Message: "m", Rule: "r", Checker: "c", Version: "1"}
	data, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"cwe":"CWE-089","severity":"high","path":"a","line":1,"message":"m","rule":"r","checker":"c","version":"1"}`
	if string(data) != want {
		t.Errorf("%s", data)
	}
	var got check.Finding
	if err := json.Unmarshal(data, &got); err != nil || got != f {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestArg(t *testing.T) {
	for path, want := range map[string]string{"a.c": "a.c", "-x.c": "./-x.c", "@x.c": "./@x.c", "": ""} {
		if got := (check.File{Path: path}).Arg(); got != want {
			t.Errorf("%q: %q, want %q", path, got, want)
		}
	}
}
