package cli_test

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// A schema is the part of JSON Schema that docs/completion.schema.json uses. Beyond it,
// fields that it does not name are wrong here, so that it stays complete.
type schema struct {
	Ref              string            `json:"$ref"`
	Defs             map[string]schema `json:"$defs"`
	Type             string
	Const            any
	Enum             []any
	Required         []string
	Properties       map[string]schema
	Items            *schema
	MinItems         int
	Minimum, Maximum *float64
	ExclusiveMinimum *float64
}

// valid JSON SCHEMA checks a document against a schema in the folder docs.
func valid(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: valid JSON SCHEMA")
	}
	data, err := os.ReadFile("../../docs/" + args[1])
	ts.Check(err)
	var s schema
	ts.Check(json.Unmarshal(data, &s))
	if wrong := s.check(s.Defs, "", parseJSON(ts, args[0])); len(wrong) > 0 {
		ts.Fatalf("%s is not as in %s:\n%s", args[0], args[1], strings.Join(wrong, "\n"))
	}
}

// check lists what is wrong with a value.
func (s schema) check(defs map[string]schema, path string, value any) (wrong []string) {
	if name, ok := strings.CutPrefix(s.Ref, "#/$defs/"); ok {
		return defs[name].check(defs, path, value)
	}
	complain := func(format string, args ...any) {
		wrong = append(wrong, fmt.Sprintf("%s: ", path)+fmt.Sprintf(format, args...))
	}
	if s.Const != nil && !reflect.DeepEqual(value, s.Const) {
		complain("%v is not %v", value, s.Const)
	}
	if s.Enum != nil {
		found := false
		for _, one := range s.Enum {
			found = found || reflect.DeepEqual(value, one)
		}
		if !found {
			complain("%v is none of %v", value, s.Enum)
		}
	}
	kind := map[string]string{"map[string]interface {}": "object", "[]interface {}": "array", "string": "string", "float64": "number", "bool": "boolean"}[fmt.Sprintf("%T", value)]
	if n, ok := value.(float64); ok && s.Type == "integer" && n == float64(int64(n)) {
		kind = "integer"
	}
	if s.Type != "" && kind != s.Type {
		complain("%v is no %s", value, s.Type)
	}
	switch value := value.(type) {
	case map[string]any:
		for _, name := range s.Required {
			if _, ok := value[name]; !ok {
				complain("%s is missing", name)
			}
		}
		for name, field := range value {
			property, ok := s.Properties[name]
			if !ok {
				complain("%s is not in the schema", name)
				continue
			}
			wrong = append(wrong, property.check(defs, path+"."+name, field)...)
		}
	case []any:
		if len(value) < s.MinItems {
			complain("%d elements, at least %d wanted", len(value), s.MinItems)
		}
		for i, element := range value {
			wrong = append(wrong, s.Items.check(defs, fmt.Sprintf("%s[%d]", path, i), element)...)
		}
	case float64:
		if s.Minimum != nil && value < *s.Minimum || s.Maximum != nil && value > *s.Maximum || s.ExclusiveMinimum != nil && value <= *s.ExclusiveMinimum {
			complain("%v is out of range", value)
		}
	}
	return wrong
}
