package weaviate

import (
	"encoding/json"
	"strings"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/lang"
)

// timeForm is how admitted_at is written: fixed in width, so that it sorts.
const timeForm = "2006-01-02T15:04:05.000000000Z"

// A where is a condition on objects, which goes to Weaviate in two forms: as JSON, and
// inside a GraphQL query.
type where struct {
	Operator string   `json:"operator"`
	Path     []string `json:"path,omitempty"`
	Operands []where  `json:"operands,omitempty"`
	Text     *string  `json:"valueText,omitempty"`
	Int      *int64   `json:"valueInt,omitempty"`
	Texts    []string `json:"valueTextArray,omitempty"`
}

func textIs(path, operator, value string) where {
	return where{Operator: operator, Path: []string{path}, Text: &value}
}

func intIs(path, operator string, value int64) where {
	return where{Operator: operator, Path: []string{path}, Int: &value}
}

func textIn(path string, values []string) where {
	return where{Operator: "ContainsAny", Path: []string{path}, Texts: values}
}

// all joins conditions by and.
func all(conditions ...where) where {
	if len(conditions) == 1 {
		return conditions[0]
	}
	return where{Operator: "And", Operands: conditions}
}

// graphQL is the condition in a query's syntax. Its strings are written as JSON's are,
// except that the operator has no quotes.
func (w where) graphQL() string {
	parts := []string{"operator:" + w.Operator}
	if len(w.Path) > 0 {
		parts = append(parts, "path:"+quoted(w.Path))
	}
	switch {
	case w.Text != nil:
		parts = append(parts, "valueText:"+quoted(*w.Text))
	case w.Int != nil:
		parts = append(parts, "valueInt:"+quoted(*w.Int))
	case w.Texts != nil:
		parts = append(parts, "valueText:"+quoted(w.Texts))
	}
	if len(w.Operands) > 0 {
		var operands []string
		for _, operand := range w.Operands {
			operands = append(operands, operand.graphQL())
		}
		parts = append(parts, "operands:["+strings.Join(operands, ",")+"]")
	}
	return "{" + strings.Join(parts, ",") + "}"
}

func quoted(value any) string {
	data, _ := json.Marshal(value) // text and numbers: no error
	return string(data)
}

// conditions puts a filter as conditions on the properties of labels.
func conditions(filter codebase.Filter) []where {
	var list []where
	if filter.Language != "" {
		// The filter's own language is among them even where package lang does not know it.
		languages := []string{string(filter.Language)}
		for _, l := range lang.All() {
			if l != filter.Language && filter.Language.Compatible(l) {
				languages = append(languages, string(l))
			}
		}
		list = append(list, textIn("language", languages))
	}
	if filter.CWE != 0 {
		list = append(list, intIs("cwes", "Equal", int64(filter.CWE)))
	}
	if filter.SourceKind != "" {
		list = append(list, textIs("kind", "Equal", filter.SourceKind))
	}
	if !filter.Since.IsZero() {
		list = append(list, textIs("admitted_at", "GreaterThanEqual", filter.Since.UTC().Format(timeForm)))
	}
	return list
}
