package eval

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// A PlanError is all that is wrong with a run file, a line for each.
type PlanError struct {
	Path     string
	Problems []PlanProblem
}

// A PlanProblem is one thing that is wrong, and the line on which it stands.
type PlanProblem struct {
	Line    int
	Message string
}

func (e *PlanError) Error() string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		lines[i] = fmt.Sprintf("%s:%d: %s", e.Path, p.Line, p.Message)
	}
	return strings.Join(lines, "\n")
}

// ParsePlan reads a run file (docs/evaluate.md). Paths in it are relative to dir, and
// path is how errors call the file. The error is a [*PlanError] with all that is
// wrong.
func ParsePlan(text, path, dir string, known Known) (*Plan, error) {
	d := &planDecoder{dir: dir, known: known, lines: newTOMLLines(text)}
	plan := d.plan(text)
	if len(d.problems) > 0 {
		slices.SortStableFunc(d.problems, func(a, b PlanProblem) int { return a.Line - b.Line })
		return nil, &PlanError{Path: path, Problems: d.problems}
	}
	return plan, nil
}

// TOML is the plan as a run file, with every default written out.
func (p *Plan) TOML() string {
	var b bytes.Buffer
	e := toml.NewEncoder(&b)
	e.Indent = ""
	if err := e.Encode(p); err != nil {
		return "# " + err.Error() // a Plan holds nothing that TOML has not
	}
	return b.String()
}

// A planDecoder reads a run file key by key, so that it can report all mistakes.
type planDecoder struct {
	dir      string
	known    Known
	lines    tomlLines
	meta     toml.MetaData
	problems []PlanProblem
}

// problem reports what is wrong with a key: once, though a table with lists stands for
// several methods.
func (d *planDecoder) problem(key, format string, args ...any) {
	p := PlanProblem{d.lines.line(key), fmt.Sprintf(format, args...)}
	if !slices.Contains(d.problems, p) {
		d.problems = append(d.problems, p)
	}
}

// A table is one table of the file, path its place, as in "method[1].".
type table struct {
	*planDecoder
	path string
	keys map[string]toml.Primitive
	used []string
}

// into decodes a key, if it is there, and reports whether it was.
func (t *table) into(key string, to any) bool {
	t.used = append(t.used, key)
	value, ok := t.keys[key]
	if !ok {
		return false
	}
	if err := t.meta.PrimitiveDecode(value, to); err != nil {
		t.problem(t.path+key, "%s: %s", key, tomlMessage(err, to))
		return false
	}
	return true
}

// tomlMessage says what was expected without the decoder's words.
func tomlMessage(err error, to any) string {
	var expected string
	switch to.(type) {
	case *string:
		expected = "text, in quotes"
	case *int:
		expected = "a whole number"
	case *float64:
		expected = "a number"
	case *[]int64:
		expected = "a list of whole numbers, 0 or more, as in [1, 2, 3]"
	case *[]string:
		expected = `a list of texts, as in ["a", "b"]`
	default:
		return strings.TrimPrefix(err.Error(), "toml: ")
	}
	return "expected " + expected
}

// rest reports the keys that nobody asked for.
func (t *table) rest() {
	for _, key := range slices.Sorted(maps.Keys(t.keys)) {
		if !slices.Contains(t.used, key) {
			t.problem(t.path+key, "unknown key %q (known: %s)", key, strings.Join(slices.Sorted(slices.Values(t.used)), ", "))
		}
	}
}

func (d *planDecoder) plan(text string) *Plan {
	var keys map[string]toml.Primitive
	meta, err := toml.Decode(text, &keys)
	if err != nil {
		line := 1
		if parse, ok := errors.AsType[toml.ParseError](err); ok {
			line = parse.Position.Line
			err = errors.New(parse.Message)
		}
		d.problems = append(d.problems, PlanProblem{line, err.Error()})
		return nil
	}
	d.meta = meta
	t := &table{planDecoder: d, keys: keys}
	plan := &Plan{Name: "run", Context: DefaultContext, Models: []string{}}
	if t.into("name", &plan.Name) && !validName(plan.Name) {
		d.problem("name", "%s", badName(plan.Name))
	}
	d.suites(t, plan)
	d.scenarios(t, plan)
	d.models(t, plan)
	plan.Sampling = defaultSampling()
	d.sampling(t, &plan.Sampling, nil)
	if t.into("context", &plan.Context) && plan.Context < 0 {
		d.problem("context", "context = %d: expected a number of tokens, or 0 for all that the model can attend to", plan.Context)
	}
	coder := CoderPaper
	if t.into("coder", &coder) && !slices.Contains(coders, coder) {
		d.problem("coder", "unknown coder %q (known: %s)", coder, strings.Join(coders, ", "))
		coder = CoderPaper // for the methods, which have not written it
	}
	d.methods(t, plan, coder)
	d.overrides(t, plan)
	t.rest()
	return plan
}

func validName(name string) bool {
	return name != "" && !strings.HasPrefix(name, ".") && strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") == ""
}

func badName(name string) string {
	return fmt.Sprintf("name %q: expected the letters a to z, small or not, digits, dots, dashes and underscores", name)
}

// absolute resolves a path of the file.
func (d *planDecoder) absolute(path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(d.dir, filepath.FromSlash(path))
}

func (d *planDecoder) suites(t *table, plan *Plan) {
	var specs []string
	if !t.into("suites", &specs) || len(specs) == 0 {
		d.problem("suites", `suites: expected at least one, as in suites = ["own"]`)
		return
	}
	for _, spec := range specs {
		name, dir, has := strings.Cut(spec, ":")
		if has {
			spec = name + ":" + d.absolute(dir)
		}
		if slices.Contains(plan.Suites, spec) {
			d.problem("suites", "suite %q is there twice", spec)
			continue
		}
		plan.Suites = append(plan.Suites, spec)
		if d.known.Suite != nil {
			if err := d.known.Suite(spec); err != nil {
				d.problem("suites", "%v", err)
			}
		}
		if name == "sven" && has && plan.Sven == "" {
			plan.Sven = d.absolute(dir)
		}
	}
	if t.into("sven", &plan.Sven) {
		plan.Sven = d.absolute(plan.Sven)
	}
}

func (d *planDecoder) scenarios(t *table, plan *Plan) {
	t.into("scenarios", &plan.Scenarios)
	for _, pattern := range plan.Scenarios {
		if problem := selectionProblem(pattern); problem != "" {
			d.problem("scenarios", "%s", problem)
		}
	}
	for _, pattern := range d.known.idle(plan.Scenarios, plan.Suites) {
		d.problem("scenarios", "%q in %s: %v", pattern, strings.Join(plan.Suites, ", "), ErrNoScenario)
	}
}

func (d *planDecoder) models(t *table, plan *Plan) {
	t.into("models", &plan.Models)
	for i, name := range plan.Models {
		if strings.ContainsAny(name, `/\`) {
			plan.Models[i] = d.absolute(name)
		}
		if slices.Contains(plan.Models[:i], plan.Models[i]) {
			d.problem("models", "model %q is there twice", name)
		}
		if d.known.Model != nil {
			if err := d.known.Model(plan.Models[i]); err != nil {
				d.problem("models", "%v", err)
			}
		}
	}
	var servers []map[string]toml.Primitive
	t.into("server", &servers)
	for i, keys := range servers {
		s := &table{planDecoder: d, path: fmt.Sprintf("server[%d].", i), keys: keys}
		var server Server
		s.into("name", &server.Name)
		s.into("url", &server.URL)
		s.into("model", &server.Model)
		s.into("api", &server.API)
		s.into("key_env", &server.KeyEnv)
		s.into("key_file", &server.KeyFile)
		s.into("context", &server.Context)
		s.rest()
		if server.URL == "" || server.Model == "" {
			d.problem(fmt.Sprintf("server[%d]", i), `a server needs url and model, as in url = "http://127.0.0.1:8080/v1"`)
		}
		key := "name"
		if server.Name == "" {
			key, server.Name = "model", server.Model
		}
		if server.Name != "" && plan.called(server.Name) {
			d.problem(s.path+key, "%s", nameTaken(server.Name))
		}
		server.KeyFile = d.absolute(server.KeyFile)
		plan.Servers = append(plan.Servers, server)
	}
	if len(plan.Models)+len(plan.Servers) == 0 {
		d.problem("models", `models: expected at least one, as in models = ["qwen2.5-coder-0.5b"], or a [[server]]`)
	}
}

// sampling reads the keys that also single suites may set. What was wrong with the settings
// before, by key, is not the table's mistake unless it has the key.
func (d *planDecoder) sampling(t *table, s *Sampling, before map[string]string) {
	if t.into("n", &s.N) {
		s.Batch = 0
	}
	t.into("batch", &s.Batch)
	t.seeds(&s.Seeds)
	t.into("temperature", &s.Temperature)
	t.into("top_p", &s.TopP)
	t.into("max_tokens", &s.MaxTokens)
	s.complete()
	problems := s.problems()
	for _, key := range slices.Sorted(maps.Keys(problems)) {
		if _, written := t.keys[key]; written || problems[key] != before[key] {
			d.problem(t.path+key, "%s", problems[key])
		}
	}
}

// seeds replaces the list, which another table may share.
func (t *table) seeds(to *[]uint64) {
	var list []int64
	if !t.into("seeds", &list) {
		return
	}
	*to = make([]uint64, len(list))
	for i, seed := range list {
		if seed < 0 {
			t.problem(t.path+"seeds", "seeds: %d: expected whole numbers, 0 or more", seed)
		}
		(*to)[i] = uint64(seed)
	}
}

func (d *planDecoder) overrides(t *table, plan *Plan) {
	var suites map[string]toml.Primitive
	t.into("suite", &suites)
	for _, name := range slices.Sorted(maps.Keys(suites)) {
		s := &table{planDecoder: d, path: "suite." + name + "."}
		if err := d.meta.PrimitiveDecode(suites[name], &s.keys); err != nil {
			d.problem("suite."+name, "suite.%s: expected a table of settings", name)
			continue
		}
		if !slices.ContainsFunc(plan.Suites, func(spec string) bool { own, _, _ := strings.Cut(spec, ":"); return own == name }) {
			d.problem("suite."+name, "suite.%s: there is no suite of this name in suites", name)
		}
		sampling := plan.Sampling
		d.sampling(s, &sampling, sampling.problems())
		s.rest()
		if plan.Overrides == nil {
			plan.Overrides = map[string]Sampling{}
		}
		plan.Overrides[name] = sampling
	}
}
