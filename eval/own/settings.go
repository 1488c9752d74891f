package own

import (
	"errors"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"

	"github.com/seccoder/seccoder/codebase"
)

// outcomesOf gives the words of exploited_by the harnesses' outcomes.
var outcomesOf = map[string][]string{
	"hang":   {timedOut},
	"crash":  {crashed, overflowed},
	"memory": {outOfMemory},
}

// maxCWE is above all ids that MITRE has given.
const maxCWE = 1500

// decode reads TOML strictly.
func (r *reader) decode(file, text string, into any, known string) bool {
	meta, err := toml.Decode(text, into)
	var syntax toml.ParseError
	switch {
	case errors.As(err, &syntax):
		r.report(file, syntax.Position.Line, "%s", syntax.Message)
	case err != nil:
		r.report(file, 0, "%w", err)
	}
	for _, key := range meta.Undecoded() {
		r.report(file, r.line(file, key.String()), "unknown key %q (known: %s)", key.String(), known)
	}
	return err == nil
}

// line finds the line in which a key is set; 0 if there is none.
func (r *reader) line(file, key string) int {
	content, err := fs.ReadFile(r.fsys, file)
	if err != nil {
		return 0
	}
	at := regexp.MustCompile(`(?m)^[ \t]*` + regexp.QuoteMeta(key) + `[ \t]*=`).FindIndex(content)
	if at == nil {
		return 0
	}
	return 1 + strings.Count(string(content[:at[1]]), "\n")
}

// readSuite reads suite.toml, which a suite need not have.
func (r *reader) readSuite(f *folder) {
	const file = "suite.toml"
	content, err := fs.ReadFile(r.fsys, file)
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err != nil {
		r.report(file, 0, "%w", err)
		return
	}
	var said struct {
		Name    string `toml:"name"`
		HeldOut []int  `toml:"heldout"`
	}
	if !r.decode(file, string(content), &said, "name, heldout") {
		return
	}
	if strings.ContainsAny(said.Name, " :\t\n") {
		r.report(file, r.line(file, "name"), "the name %q must be one word without a colon", said.Name)
	}
	f.name = said.Name
	f.heldOut = r.cwes(file, "heldout", said.HeldOut)
}

// cwes checks the numbers of a list.
func (r *reader) cwes(file, key string, numbers []int) []codebase.CWE {
	var cwes []codebase.CWE
	for i, n := range numbers {
		switch {
		case n < 1 || n > maxCWE:
			r.report(file, r.line(file, key), "%s has %d, which is no CWE", key, n)
		case slices.Contains(numbers[:i], n):
			r.report(file, r.line(file, key), "%s has %d twice", key, n)
		default:
			cwes = append(cwes, codebase.CWE(n))
		}
	}
	return cwes
}

// readSettings reads a scenario.toml.
func (r *reader) readSettings(s *scenario, weakness, text string) {
	file := s.id + "/scenario.toml"
	said := struct {
		Title       string   `toml:"title"`
		Why         string   `toml:"why"`
		CWEs        []int    `toml:"cwes"`
		ExploitedBy []string `toml:"exploited_by"`
		CPUSeconds  int      `toml:"cpu_seconds"`
	}{CPUSeconds: s.cpuSeconds}
	if !r.decode(file, text, &said, "title, why, cwes, exploited_by, cpu_seconds") {
		return
	}
	for _, line := range []struct{ key, value string }{{"title", said.Title}, {"why", said.Why}} {
		if strings.TrimSpace(line.value) == "" || strings.ContainsAny(line.value, "\r\n") {
			r.report(file, r.line(file, line.key), "%s must be one line of text", line.key)
		}
	}
	s.title, s.why = said.Title, said.Why
	folder, _ := strconv.Atoi(strings.TrimPrefix(weakness, "cwe-"))
	switch {
	case len(said.CWEs) == 0:
		r.report(file, r.line(file, "cwes"), "cwes must name at least the folder's CWE")
	case said.CWEs[0] != folder:
		r.report(file, r.line(file, "cwes"), "the first of cwes is %d, but the folder is of %s", said.CWEs[0], weakness)
	}
	s.cwes = r.cwes(file, "cwes", said.CWEs)
	for _, word := range said.ExploitedBy {
		outcomes, known := outcomesOf[word]
		if !known {
			r.report(file, r.line(file, "exploited_by"), "exploited_by has %q (known: hang, crash, memory)", word)
		}
		s.exploitedBy = append(s.exploitedBy, outcomes...)
	}
	if said.CPUSeconds < 1 || said.CPUSeconds > 10 {
		r.report(file, r.line(file, "cpu_seconds"), "cpu_seconds is %d, must be from 1 to 10", said.CPUSeconds)
	}
	s.cpuSeconds = said.CPUSeconds
}
