package codebase_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

var update = flag.Bool("update", false, "write the starter examples' stamp, and the hashes of the scenarios that SECCODER_SVEN names")

// scenariosPath holds the evaluation scenarios as hashes of their runs of tokens:
// enough to find a leak by, and no text. A line is a name and the hashes, in order:
// of the code to complete, under "<name>", and of that with the file around it,
// under "<name>+file". The first lines are those of probes.
const scenariosPath = "testdata/scenarios.shingles"

// scenarioCount is how many scenarios the paper's evaluation has.
const scenarioCount = 24

// probes are code whose hashes are written with the scenarios': they tell when runs of
// tokens are no longer made as they were, and the file is of no more use.
var probes = map[lang.Language]string{
	lang.Python: "import os\n\n\ndef size(path, default=-1):\n    # None where there is no file.\n    if not os.path.exists(path):\n        return default\n    return f\"{os.path.getsize(path):>10}\"\n",
	lang.C:      "#include <stdio.h>\n\n/* Prints the sum. */\nint main(void)\n{\n\tunsigned long a = 0x1fUL, *p = &a;\n\tprintf(\"%lu\\n\", *p + a++);\n\treturn p->x ? 'a' : 1.5e3;\n}\n",
}

// A scenario is known by the runs of tokens of its code, alone and with the file
// around it.
type scenario struct {
	name           string
	context, whole codebase.Shingles
}

// runs are the shingles of code, each cut to the 48 bits that the file keeps.
func runs(l lang.Language, code string) codebase.Shingles {
	short := codebase.Shingles{}
	for run := range codebase.NewShingles(l, code, shingle) {
		short[run>>16] = struct{}{}
	}
	return short
}

// mustScenarios reads the committed hashes.
func mustScenarios(t *testing.T) []scenario {
	t.Helper()
	lines := map[string]codebase.Shingles{}
	for line := range strings.Lines(mustRead(t, scenariosPath)) {
		words := strings.Fields(line)
		lines[words[0]] = codebase.Shingles{}
		for _, word := range words[1:] {
			run, err := strconv.ParseUint(word, 16, 48)
			if err != nil {
				t.Fatalf("%s: %s: %v", scenariosPath, words[0], err)
			}
			lines[words[0]][run] = struct{}{}
		}
	}
	for l, code := range probes {
		if !maps.Equal(lines["probe-"+string(l)], runs(l, code)) {
			t.Fatalf("the runs of tokens of %s are not made as those in %s were; write it again: go test ./codebase -run Scenarios -update, with SECCODER_SVEN set", l, scenariosPath)
		}
		delete(lines, "probe-"+string(l))
	}
	var scenarios []scenario
	for _, name := range slices.Sorted(maps.Keys(lines)) {
		if whole, ok := lines[name+"+file"]; ok {
			scenarios = append(scenarios, scenario{name: name, context: lines[name], whole: whole})
		}
	}
	if len(scenarios) != scenarioCount || len(lines) != 2*scenarioCount {
		t.Fatalf("%s has %d scenarios in %d lines, want %d in %d", scenariosPath, len(scenarios), len(lines), scenarioCount, 2*scenarioCount)
	}
	return scenarios
}

// TestScenarios checks the committed hashes against the scenarios themselves, where
// these are at hand. With -update it writes the hashes.
func TestScenarios(t *testing.T) {
	folder := os.Getenv("SECCODER_SVEN")
	contexts, err := filepath.Glob(filepath.Join(folder, "scenarios", "*", "*", "func_context.*"))
	if err != nil {
		t.Fatal(err)
	}
	switch {
	case folder == "":
		t.Skip("no scenarios in reach: SECCODER_SVEN does not name the folder of the SVEN data")
	case len(contexts) == 0:
		t.Fatalf("SECCODER_SVEN is %s, and no scenario is in its folder scenarios", folder)
	}
	var text strings.Builder
	write := func(name string, runs codebase.Shingles) {
		text.WriteString(name)
		for _, run := range slices.Sorted(maps.Keys(runs)) {
			fmt.Fprintf(&text, " %012x", run)
		}
		text.WriteByte('\n')
	}
	for _, l := range slices.Sorted(maps.Keys(probes)) {
		write("probe-"+string(l), runs(l, probes[l]))
	}
	slices.Sort(contexts)
	for _, path := range contexts {
		l, _ := lang.FromPath(path)
		place := filepath.Dir(path)
		name := filepath.Base(filepath.Dir(place)) + "/" + filepath.Base(place)
		code, file := mustRead(t, path), mustRead(t, filepath.Join(place, "file_context"+filepath.Ext(path)))
		write(name, runs(l, code))
		write(name+"+file", runs(l, file+"\n"+code))
	}
	if *update {
		if err := os.WriteFile(scenariosPath, []byte(text.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(text.String(), mustRead(t, scenariosPath)); diff != "" {
		t.Errorf("%s does not hold the scenarios of %s (-data +file); write it with -update:\n%.2000s", scenariosPath, folder, diff)
	}
}

func mustRead(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
