package cli

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/seccoder/seccoder/eval"
)

// measured is what a run measures: runs begun by flags are all called run-…, and only this
// tells them apart.
type measured struct {
	Suites []measuredSuite `json:"suites"`
	// Scenarios are the patterns of those taken of the suites; none means all.
	Scenarios []string `json:"scenarios,omitempty"`
	Models    []string `json:"models"`
	Methods   []string `json:"methods"`
}

// A measuredSuite is a suite, and how many samples of each scenario are drawn with which
// seeds: a run file may say that for each suite.
type measuredSuite struct {
	Suite string   `json:"suite"`
	N     int      `json:"n"`
	Seeds []uint64 `json:"seeds"`
}

// measuredOf reads the plan of a run. Of one that another version wrote, and that is a plan
// no longer, nothing is known; it is listed all the same.
func measuredOf(r eval.RunRecord) measured {
	m := measured{Suites: []measuredSuite{}, Models: []string{}, Methods: []string{}}
	plan, err := eval.ParsePlan(r.Plan, "run "+r.ID, "", eval.Known{})
	if err != nil {
		return m
	}
	for _, spec := range plan.Suites {
		name, _, _ := strings.Cut(spec, ":")
		sampling, ok := plan.Overrides[name]
		if !ok {
			sampling = plan.Sampling
		}
		m.Suites = append(m.Suites, measuredSuite{spec, sampling.N, sampling.Seeds})
	}
	m.Scenarios = plan.Scenarios
	for _, model := range plan.AllModels() {
		m.Models = append(m.Models, model.Name)
	}
	for _, method := range plan.Methods {
		m.Methods = append(m.Methods, method.Name)
	}
	return m
}

// inShort are suites, models, methods and sampling, without the folders of paths.
func (m measured) inShort(limit int) []string {
	if len(m.Suites) == 0 {
		return []string{"a plan of another version"}
	}
	var suites, models, samplings []string
	for _, s := range m.Suites {
		suites = append(suites, s.short())
		samplings = append(samplings, s.sampling())
	}
	for _, model := range m.Models {
		models = append(models, filepath.Base(model))
	}
	taken := slices.Clone(m.Scenarios)
	if limit > 0 {
		taken = append(taken, fmt.Sprintf("--limit %d", limit))
	}
	of := strings.Join(suites, ", ")
	if len(taken) > 0 {
		of += " (" + strings.Join(taken, ", ") + ")"
	}
	sampling := samplings[0]
	if slices.ContainsFunc(samplings, func(s string) bool { return s != sampling }) {
		for i := range samplings {
			samplings[i] = suites[i] + " " + samplings[i]
		}
		sampling = strings.Join(samplings, "; ")
	}
	return []string{of, strings.Join(models, ", "), strings.Join(m.Methods, ", "), sampling}
}

// short is the suite's name, and that of its folder where the program has a suite of the
// same name.
func (s measuredSuite) short() string {
	name, dir, found := strings.Cut(s.Suite, ":")
	if found && suiteLoaders[name].optionalDir {
		name += ":" + filepath.Base(dir)
	}
	return name
}

func (s measuredSuite) sampling() string {
	word := "seed"
	if len(s.Seeds) > 1 {
		word = "seeds"
	}
	return fmt.Sprintf("n = %d, %s %s", s.N, word, strings.Trim(fmt.Sprint(s.Seeds), "[]"))
}

// partMark stands between the parts of what is measured.
const partMark = "; "

// fit joins parts to a text of so many characters at most. The longest lose most; the last,
// n and seeds, says little when it is cut, so it goes last. Ends tell as much as beginnings,
// so it is the middles that are lost.
func fit(parts []string, width int) string {
	lengths := make([]int, len(parts))
	all := len(partMark) * (len(parts) - 1)
	for i, part := range parts {
		lengths[i] = utf8.RuneCountInString(part)
		all += lengths[i]
	}
	const least = 7 // three characters at either end, and the sign
	for ; all > width; all-- {
		long := slices.Max(append([]int{0}, lengths[:len(lengths)-1]...))
		if long <= least {
			if long = slices.Max(lengths); long <= least {
				break
			}
		}
		lengths[slices.Index(lengths, long)]--
	}
	cut := make([]string, len(parts))
	for i, part := range parts {
		cut[i] = cutMiddle(part, lengths[i])
	}
	return strings.Join(cut, partMark)
}

// cutMiddle leaves so many characters of a text.
func cutMiddle(text string, length int) string {
	runes := []rune(text)
	if len(runes) <= length {
		return text
	}
	head := length / 2
	return string(runes[:head]) + "…" + string(runes[len(runes)-(length-1-head):])
}
