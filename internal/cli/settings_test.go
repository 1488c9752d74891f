package cli_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Every setting that the program knows can be given by the environment.
func TestSettingsByEnvironment(t *testing.T) {
	app := mustWrite(t, "app.py", appText)
	s := newServer(t)
	complete := []string{"complete", app, "--json"}
	online := []string{"SECCODER_SERVER=" + s.URL + "/v1", "SECCODER_SERVER_MODEL=m", "SECCODER_RETRIEVER=bm25"}
	tests := map[string]struct {
		value string
		with  []string // other variables
		args  []string
		want  string // a pattern of what is printed, on either stream
		not   string // what is not printed
	}{
		"cache-dir":          {"/nowhere-cache", nil, []string{"models", "list", "--json"}, `"dir": ".*nowhere-cache`, ""},
		"color":              {"always", online, complete, `\x1b\[1mdemonstration:`, ""},
		"context":            {"-5", nil, complete, `--context -5: expected`, ""},
		"library-dir":        {"/nowhere", nil, []string{"doctor", "--json"}, `"name": "smollm2-135m"`, "llama-cpp"},
		"max-tokens":         {"17", online, complete, `"max_tokens": 17`, ""},
		"model":              {"qwen2.5-coder-1.5b", nil, []string{"prompt", app, "-r", "none"}, `qwen2.5-coder-1.5b is not on this machine`, ""},
		"n":                  {"2", online, complete, `"n": 2`, ""},
		"abstain-below":      {"1.5", nil, complete, `--abstain-below 1.5: expected`, ""},
		"quiet":              {"true", online, complete, `"schema"`, "demonstration:"},
		"retriever":          {"random", online, complete, `drawn at random`, ""},
		"seed":               {"42", online, complete, `"seed": 42`, ""},
		"server":             {s.URL, nil, []string{"complete", app}, `give --server-model`, ""},
		"server-api":         {"soap", online, complete, `--server-api "soap"`, ""},
		"server-context":     {"30", online, complete, `context of 30 tokens`, ""},
		"server-key-env":     {"MY_KEY", online, complete, `MY_KEY, which is to hold the key, is not set`, ""},
		"server-key-file":    {"/nowhere/key", online, complete, `/nowhere/key`, ""},
		"server-model":       {"phi", online, complete, `"model": "phi"`, ""},
		"show-demonstration": {"1", online, complete, "  \\| ```python", ""},
		"store":              {app, nil, []string{"base", "list"}, `app.py: the store is damaged`, ""},
		"temperature":        {"0.25", online, complete, `"temperature": 0.25`, ""},
		"threads":            {"-3", nil, complete, `--threads -3: expected`, ""},
		"top-k":              {"3", online, complete, `"rank": 3`, ""},
		"top-p":              {"0.5", online, complete, `"top_p": 0.5`, ""},
	}
	known := knownSettings(t)
	for _, name := range known {
		t.Run(name, func(t *testing.T) {
			test, ok := tests[name]
			if !ok {
				t.Fatal("this setting has no test")
			}
			variables := append(environment(t.TempDir(), t.TempDir()), test.with...)
			variable := "SECCODER_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
			got := mustRun(t, append(variables, variable+"="+test.value), test.args...)
			if !regexp.MustCompile(test.want).MatchString(got.out + got.errOut) {
				t.Errorf("%s=%s: %q is not in:\n%s%s", variable, test.value, test.want, got.out, got.errOut)
			}
			if test.not != "" && strings.Contains(got.out+got.errOut, test.not) {
				t.Errorf("%s=%s: %q is in:\n%s%s", variable, test.value, test.not, got.out, got.errOut)
			}
		})
	}
	for name := range tests {
		if !slices.Contains(known, name) {
			t.Errorf("%s is no setting any more", name)
		}
	}
}

// knownSettings asks the program for the names of its settings, as a user would: by
// one that it does not have.
func knownSettings(t *testing.T) []string {
	t.Helper()
	got := mustRun(t, environment(t.TempDir(), ""), "version", "--config", mustWrite(t, "config.toml", "nope = 1\n"))
	_, list, found := strings.Cut(got.errOut, "(known: ")
	if !found {
		t.Fatalf("no list of settings in %q", got.errOut)
	}
	list, _, _ = strings.Cut(list, ")")
	return strings.Split(list, ", ")
}
