package eval

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// methods reads the [[method]] tables. One whose sizes or k are lists stands for a
// method for each of them.
func (d *planDecoder) methods(t *table, plan *Plan, coder string) {
	var all []map[string]toml.Primitive
	t.into("method", &all)
	if len(all) == 0 {
		d.problem("method", `no [[method]]: expected at least one, as in retriever = "none"`)
	}
	for i, keys := range all {
		place := fmt.Sprintf("method[%d]", i)
		m := &table{planDecoder: d, path: place + ".", keys: keys}
		for _, method := range d.expand(m, coder) {
			if (strings.HasPrefix(method.Codebase, "sven:")) && plan.Sven == "" {
				d.problem(place+".codebase", `codebase %q needs the folder of SVEN's data: set sven = "DIR"`, method.Codebase)
			}
			problems := method.problems(d.known)
			for _, key := range slices.Sorted(maps.Keys(problems)) {
				d.problem(m.path+key, "%s", problems[key])
			}
			method.complete()
			if slices.ContainsFunc(plan.Methods, func(o Method) bool { return o.Name == method.Name }) {
				d.problem(place, "method %q is there twice: give one another name", method.Name)
			}
			plan.Methods = append(plan.Methods, method)
		}
	}
}

func (d *planDecoder) expand(t *table, coder string) []Method {
	m := Method{Coder: coder}
	t.into("name", &m.Name)
	if _, ok := t.keys["retriever"]; !ok {
		d.problem(strings.TrimSuffix(t.path, "."), "retriever is missing (known: %s)", strings.Join(retrievers, ", "))
		m.Retriever = RetrieverNone
	}
	if !t.into("retriever", &m.Retriever) {
		m.Retriever = RetrieverNone
	}
	if t.into("codebase", &m.Codebase) && strings.ContainsAny(m.Codebase, `/\`) {
		m.Codebase = d.absolute(m.Codebase)
	}
	t.into("max_chars", &m.MaxChars)
	t.into("size_seed", &m.SizeSeed)
	if t.into("abstain_below", &m.AbstainBelow) && m.AbstainBelow == 0 {
		m.AbstainBelow = -1 // never, where a Method's 0 leaves it open
	}
	t.into("coder", &m.Coder)
	sizes, ks := t.list("size"), t.list("k")
	t.rest()
	named := m.Name
	var methods []Method
	for _, size := range sizes {
		for _, k := range ks {
			m.Size, m.K, m.Name = size, k, named
			if named != "" && len(sizes) > 1 {
				m.Name += fmt.Sprintf("-%d", size)
			}
			if named != "" && len(ks) > 1 {
				m.Name += fmt.Sprintf("-k%d", k)
			}
			methods = append(methods, m)
		}
	}
	return methods
}

// list reads a number, or several.
func (t *table) list(key string) []int {
	t.used = append(t.used, key)
	value, ok := t.keys[key]
	if !ok {
		return []int{0}
	}
	var one int
	if err := t.meta.PrimitiveDecode(value, &one); err == nil {
		return []int{one}
	}
	var several []int
	if err := t.meta.PrimitiveDecode(value, &several); err != nil || len(several) == 0 {
		t.problem(t.path+key, "%s: expected a whole number or a list of them, as in [1, 2, 3]", key)
		return []int{0}
	}
	return several
}
