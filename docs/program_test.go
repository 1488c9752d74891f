package docs_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/internal/cli"
)

// mustRun runs the command line and returns what it wrote to standard output and error.
func mustRun(t *testing.T, wantCode int, args ...string) (out, errOut string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code := cli.Run(t.Context(), args, strings.NewReader(""), &stdout, &stderr)
	if code != wantCode {
		t.Fatalf("seccoder %s: exit code %d, expected %d\n%s", strings.Join(args, " "), code, wantCode, stderr.String())
	}
	return stdout.String(), stderr.String()
}

// section is the part of a page below a heading.
func section(t *testing.T, page, title string) string {
	t.Helper()
	_, rest, found := strings.Cut(page, "\n"+title+"\n")
	if !found {
		t.Fatalf("the page has no heading %q", title)
	}
	if end := regexp.MustCompile(`(?m)^## `).FindStringIndex(rest); end != nil {
		rest = rest[:end[0]]
	}
	return rest
}

// rows are the cells of a Markdown table, without its head.
func rows(table string) [][]string {
	var all [][]string
	for line := range strings.Lines(table) {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "|") {
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		all = append(all, cells)
	}
	return all[min(2, len(all)):]
}

// A flag is one as the help shows it.
type flag struct{ name, short, standard string }

var (
	helpFlag    = regexp.MustCompile(`(?m)^ +(?:-(\w), |    )--([a-z-]+)(.*)$`)
	helpDefault = regexp.MustCompile(`\(default "?([^":)]+)"?\)$`)
	helpCommand = regexp.MustCompile(`(?m)^  ([a-z]+) +\S`)
)

// flags walks through the help of all commands.
func flags(t *testing.T, command ...string) map[string]flag {
	t.Helper()
	help, _ := mustRun(t, 0, append(slices.Clone(command), "--help")...)
	found := map[string]flag{}
	for _, m := range helpFlag.FindAllStringSubmatch(help, -1) {
		f := flag{name: m[2], short: m[1]}
		if d := helpDefault.FindStringSubmatch(m[3]); d != nil {
			f.standard = d[1]
		}
		if f.name != "help" {
			found[f.name] = f
		}
	}
	if _, list, ok := strings.Cut(help, "Available Commands:\n"); ok {
		list, _, _ = strings.Cut(list, "\n\n")
		for _, m := range helpCommand.FindAllStringSubmatch(list, -1) {
			if m[1] != "help" && m[1] != "completion" {
				maps.Copy(found, flags(t, append(slices.Clone(command), m[1])...))
			}
		}
	}
	return found
}

var documentedFlag = regexp.MustCompile("^`--([a-z-]+)`(?: \\(`-(\\w)`\\))?$")

// documented reads the flag in a table's first cell.
func documented(t *testing.T, cell string) flag {
	t.Helper()
	m := documentedFlag.FindStringSubmatch(cell)
	if m == nil {
		t.Fatalf("%q is no flag as in `--name` (`-n`)", cell)
	}
	return flag{name: m[1], short: m[2]}
}

// TestSettings compares the tables of configuration.md with the program's help.
func TestSettings(t *testing.T) {
	page := mustRead(t, "configuration.md")
	program := flags(t)
	described := map[string]bool{}
	var settings []string
	for _, row := range rows(section(t, page, "## Settings")) {
		f := documented(t, row[0])
		described[f.name] = true
		settings = append(settings, f.name)
		variable := "SECCODER_" + strings.ToUpper(strings.ReplaceAll(f.name, "-", "_"))
		if row[1] != "`"+variable+"`" || row[2] != "`"+f.name+"`" {
			t.Errorf("--%s: variable %s and key %s, expected `%s` and `%s`", f.name, row[1], row[2], variable, f.name)
		}
		if want := program[f.name].standard; want != "" && row[3] != "`"+want+"`" {
			t.Errorf("--%s: default %s, but the help says %q", f.name, row[3], want)
		}
		if f.short != program[f.name].short {
			t.Errorf("--%s: short form %q, but the help says %q", f.name, f.short, program[f.name].short)
		}
	}
	for _, row := range rows(section(t, page, "## Flags of one run")) {
		f := documented(t, row[0])
		described[f.name] = true
		if f.short != program[f.name].short {
			t.Errorf("--%s: short form %q, but the help says %q", f.name, f.short, program[f.name].short)
		}
	}
	want, got := slices.Sorted(maps.Keys(program)), slices.Sorted(maps.Keys(described))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("flags of the program (-) and of configuration.md (+):\n%s", diff)
	}
	if diff := cmp.Diff(mustSettings(t), settings); diff != "" {
		t.Errorf("settings of the program (-) and of configuration.md (+), in the order of names:\n%s", diff)
	}
}

// mustSettings are the names that the program accepts in a configuration file: it
// lists them where it meets another.
func mustSettings(t *testing.T) []string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(path, []byte("no-such-setting = 1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, said := mustRun(t, 2, "version", "--config", path)
	_, known, found := strings.Cut(said, "(known: ")
	known, _, closed := strings.Cut(known, ")")
	if !found || !closed {
		t.Fatalf("the program does not list its settings: %s", said)
	}
	return strings.Split(known, ", ")
}

// TestExitCodes compares the table of troubleshooting.md with the program's help.
func TestExitCodes(t *testing.T) {
	help, _ := mustRun(t, 0, "--help")
	_, list, _ := strings.Cut(help, "Exit status:\n")
	var want []string
	for line := range strings.Lines(list) {
		if code, meaning, ok := strings.Cut(strings.TrimSpace(line), " "); ok {
			want = append(want, code+" "+strings.TrimSpace(meaning))
		}
	}
	var got []string
	for _, row := range rows(section(t, mustRead(t, "troubleshooting.md"), "## Exit codes")) {
		got = append(got, row[0]+" "+row[1])
	}
	if diff := cmp.Diff(want, got); diff != "" || len(want) == 0 {
		t.Errorf("exit codes of the program (-) and of troubleshooting.md (+):\n%s", diff)
	}
}

// TestDependencies looks for each direct module of go.mod in dependencies.md.
func TestDependencies(t *testing.T) {
	page := mustRead(t, "dependencies.md")
	direct := regexp.MustCompile(`(?m)^\t(\S+) v\S+$`)
	for _, m := range direct.FindAllStringSubmatch(mustRead(t, "../go.mod"), -1) {
		if !strings.Contains(page, "| `"+m[1]+"` |") {
			t.Errorf("%s is a direct dependency and dependencies.md does not say why", m[1])
		}
	}
}

// TestCompletionSchema looks for each field of the JSON schema in json.md.
func TestCompletionSchema(t *testing.T) {
	var schema any
	if err := json.Unmarshal([]byte(mustRead(t, "completion.schema.json")), &schema); err != nil {
		t.Fatal(err)
	}
	page := mustRead(t, "json.md")
	for _, name := range properties(schema) {
		if !regexp.MustCompile("[`.]" + name + "[`.]").MatchString(page) {
			t.Errorf("json.md does not describe %q", name)
		}
	}
}

// TestExampleSchema compares the JSON schema of an example with the fields that the
// program writes.
func TestExampleSchema(t *testing.T) {
	var schema struct {
		Properties map[string]struct{ Properties map[string]any }
	}
	if err := json.Unmarshal([]byte(mustRead(t, "example.schema.json")), &schema); err != nil {
		t.Fatal(err)
	}
	for name, got := range map[reflect.Type][]string{
		reflect.TypeFor[codebase.Example](): slices.Sorted(maps.Keys(schema.Properties)),
		reflect.TypeFor[codebase.Source]():  slices.Sorted(maps.Keys(schema.Properties["source"].Properties)),
	} {
		var want []string
		for i := range name.NumField() {
			field, _, _ := strings.Cut(name.Field(i).Tag.Get("json"), ",")
			want = append(want, field)
		}
		slices.Sort(want)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("fields of %s (-) and of the schema (+):\n%s", name, diff)
		}
	}
}

// properties lists the names of all properties in a schema.
func properties(schema any) []string {
	var names []string
	switch s := schema.(type) {
	case map[string]any:
		for key, value := range s {
			if fields, ok := value.(map[string]any); ok && key == "properties" {
				names = append(names, slices.Collect(maps.Keys(fields))...)
			}
			names = append(names, properties(value)...)
		}
	case []any:
		for _, value := range s {
			names = append(names, properties(value)...)
		}
	}
	return names
}
