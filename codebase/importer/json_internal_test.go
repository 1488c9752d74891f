package importer

import "testing"

// TestDecode: what is told of a record that is not of the format is the same in each
// process, and names kind and place.
func TestDecode(t *testing.T) {
	type record struct {
		Name  string   `json:"name"`
		Line  int      `json:"line"`
		CWEs  texts    `json:"cwes"`
		Fixed *flag    `json:"fixed"`
		Files []record `json:"files"`
	}
	tests := []struct{ text, want string }{
		{`{"name": "f", "line": 3, "cwes": "CWE-89", "fixed": 1, "files": [{"cwes": ["CWE-78", "CWE-22"]}]}`, ""},
		{`{"cwes": null, "files": null}`, ""},
		{`{"name": "a", "name": "b"}`, ""},
		{`{"name": 7}`, `a number where the format has a string within "/name"`},
		{`{"files": [{}, {"line": "seven"}]}`, `a string where the format has a number within "/files/1/line"`},
		{`{"line": 1e99}`, `a number that does not fit within "/line"`},
		{`{"cwes": {"id": 89}}`, `an object where the format has an array within "/cwes"`},
		{`{"cwes": [89]}`, `a number where the format has a string within "/cwes/0"`},
		{`{"files": [true]}`, `a boolean where the format has an object within "/files/0"`},
		{`[]`, `an array where the format has an object`},
		{`"text"`, `a string where the format has an object`},
		{`{"name": "half \ud800"}`, "invalid surrogate pair `\\ud800\"}` in string within \"/name\" after offset 15"},
		{`{"name": "f"`, `unexpected EOF after offset 12`},
	}
	for _, test := range tests {
		got := ""
		if err := decode([]byte(test.text), new(record)); err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("decode %s: %q, want %q", test.text, got, test.want)
		}
	}
}
