package sarif_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"testing"
)

// conforms checks what SARIF 2.1.0 demands of the parts that we write: the properties
// that are required, the values that are allowed, and that references lead somewhere.
func conforms(t *testing.T, data []byte) {
	t.Helper()
	var d map[string]any
	if err := json.Unmarshal(data, &d); err != nil {
		t.Fatal(err)
	}
	if d["version"] != "2.1.0" {
		t.Errorf("version %v", d["version"])
	}
	c := conformance{t: t}
	c.walk("", d)
	for _, r := range list(d["runs"]) {
		run := r.(map[string]any)
		driver := run["tool"].(map[string]any)["driver"].(map[string]any)
		if driver["name"] == "" {
			t.Error("the driver has no name")
		}
		if v, ok := driver["semanticVersion"]; ok && !regexp.MustCompile(`^\d+\.\d+\.\d+`).MatchString(v.(string)) {
			t.Errorf("semanticVersion %v", v)
		}
		if run["results"] == nil {
			t.Error("no list of results")
		}
		rules := list(driver["rules"])
		var ids []string
		for _, rule := range rules {
			id := rule.(map[string]any)["id"].(string)
			if slices.Contains(ids, id) {
				t.Errorf("rule %s is there twice", id)
			}
			ids = append(ids, id)
		}
		var taxa []string
		for _, taxonomy := range list(run["taxonomies"]) {
			for _, taxon := range list(taxonomy.(map[string]any)["taxa"]) {
				taxa = append(taxa, taxon.(map[string]any)["id"].(string))
			}
		}
		for _, r := range list(run["results"]) {
			result := r.(map[string]any)
			if index := int(result["ruleIndex"].(float64)); index >= len(ids) || ids[index] != result["ruleId"] {
				t.Errorf("rule %v is not at %d", result["ruleId"], index)
			}
			for _, taxon := range list(result["taxa"]) {
				if id := taxon.(map[string]any)["id"].(string); !slices.Contains(taxa, id) {
					t.Errorf("taxon %s is not described", id)
				}
			}
		}
	}
}

func list(value any) []any {
	all, _ := value.([]any)
	return all
}

type conformance struct{ t *testing.T }

// required are the properties that an object needs, by the name of the property that
// holds it.
var required = map[string][]string{
	"runs": {"tool"}, "tool": {"driver"}, "driver": {"name"}, "extensions": {"name"}, "taxonomies": {"name"}, "rules": {"id"},
	"results": {"message"}, "message": {"text"}, "shortDescription": {"text"}, "help": {"text"},
	"invocations": {"executionSuccessful"}, "toolExecutionNotifications": {"message"}, "suppressions": {"kind"},
	"relationships": {"target"}, "artifactLocation": {"uri"}, "physicalLocation": {"artifactLocation"}, "region": {"startLine"},
}

// allowed are the values of enumerations.
var allowed = map[string][]string{
	"level": {"none", "note", "warning", "error"}, "status": {"accepted", "underReview", "rejected"},
	"kinds": {"willPrecede", "canPrecede", "willFollow", "canFollow", "superset", "subset", "equal", "disjoint", "relevant", "incomparable"},
}

func (c conformance) walk(name string, value any) {
	switch value := value.(type) {
	case []any:
		seen := map[string]bool{}
		for _, v := range value {
			c.walk(name, v)
			seen[fmt.Sprint(v)] = true
		}
		if (name == "tags" || name == "taxa" || name == "extensions") && len(seen) != len(value) {
			c.t.Errorf("%s holds one thing twice", name)
		}
	case map[string]any:
		for _, property := range required[name] {
			if _, ok := value[property]; !ok {
				c.t.Errorf("%s has no %s: %v", name, property, value)
			}
		}
		if name == "region" {
			c.region(value)
		}
		for property, v := range value {
			c.walk(property, v)
		}
	case string:
		if values, ok := allowed[name]; ok && !slices.Contains(values, value) {
			c.t.Errorf("%s is %q", name, value)
		}
		if name == "uri" || name == "helpUri" || name == "informationUri" || name == "$schema" {
			u, err := url.Parse(value)
			if err != nil || name != "uri" && !u.IsAbs() {
				c.t.Errorf("%s %q: %v", name, value, err)
			}
		}
	case nil:
		c.t.Errorf("%s is null", name)
	}
}

func (c conformance) region(r map[string]any) {
	n := func(name string) float64 { v, _ := r[name].(float64); return v }
	for name, v := range r {
		if f, ok := v.(float64); !ok || f < 1 {
			c.t.Errorf("%s is %v", name, v)
		}
	}
	if end := n("endLine"); end != 0 && (end < n("startLine") || end == n("startLine") && n("endColumn") != 0 && n("endColumn") < n("startColumn")) {
		c.t.Errorf("a region ends before it begins: %v", r)
	}
}
