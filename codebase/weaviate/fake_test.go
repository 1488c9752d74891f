package weaviate_test

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

// A fake is a server that answers what this store asks of Weaviate, out of a map: what a real
// cluster cannot be brought to do at a wanted moment is tested with it.
type fake struct {
	url   string
	nodes int

	mu sync.Mutex
	// before, where not nil, is called with each request before it is carried out, by its kind and
	// class. A text that it returns is the answer, as an error that stays.
	before func(kind, class string) string
	// hangs is that requests are taken and not answered.
	hangs   bool
	classes map[string]json.RawMessage
	objects map[string]map[string]fakeObject // by class and uuid
	// ghosts are listed, as by a replica that missed their removal, and are not there.
	ghosts map[string]fakeObject
	// asked counts the requests by kind, and tried are the objects of those to write, whatever became of them.
	asked map[string]int
	tried []fakeObject
}

type fakeObject struct {
	Class      string         `json:"class"`
	ID         string         `json:"id"`
	Properties map[string]any `json:"properties"`
	Vector     []float32      `json:"vector,omitempty"`
}

func startFake(t testing.TB, nodes int) *fake {
	t.Helper()
	f := &fake{
		nodes: nodes, classes: map[string]json.RawMessage{}, objects: map[string]map[string]fakeObject{},
		ghosts: map[string]fakeObject{}, asked: map[string]int{},
	}
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	f.url = server.URL
	return f
}

func (f *fake) address() string { return strings.Replace(f.url, "http", "weaviate", 1) }

// interrupt has a function called before each request from now on.
func (f *fake) interrupt(before func(kind, class string) string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.before = before
}

// hang has no request answered from now on.
func (f *fake) hang() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.hangs = true
}

// count is how many requests of a kind came since the last call.
func (f *fake) count(kind string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := f.asked[kind]
	f.asked[kind] = 0
	return n
}

// A fakeRequest is what of a request's body matters.
type fakeRequest struct {
	Class   string       `json:"class"`
	Objects []fakeObject `json:"objects"`
	Query   string       `json:"query"`
	Match   struct {
		Class string    `json:"class"`
		Where fakeWhere `json:"where"`
	} `json:"match"`
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	var request fakeRequest
	_ = json.Unmarshal(body, &request) // some have none
	path := strings.Split(strings.TrimPrefix(r.URL.Path, "/v1/"), "/")
	kind, class := path[0], ""
	switch {
	case path[0] == "objects":
		kind, class = r.Method, path[1]
	case path[0] == "batch" && r.Method == http.MethodPost:
		kind, class = "write", request.Objects[0].Class
	case path[0] == "batch":
		kind, class = "list", request.Match.Class
	}
	f.mu.Lock()
	f.asked[kind]++
	f.tried = append(f.tried, request.Objects...)
	before, hangs := f.before, f.hangs
	f.mu.Unlock()
	if hangs {
		<-r.Context().Done()
		return
	}
	if before != nil {
		if text := before(kind, class); text != "" {
			http.Error(w, `{"error":[{"message":"`+text+`"}]}`, http.StatusUnprocessableEntity)
			return
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	var answer any
	switch kind {
	case "nodes":
		answer = map[string]any{"nodes": slices.Repeat([]map[string]string{{"name": "n", "status": "HEALTHY"}}, f.nodes)}
	case "schema":
		answer = f.schema(r.Method, path, request.Class, body)
	case "write":
		answer = f.write(request.Objects)
	case "list":
		found := f.find(class, request.Match.Where, true)
		answer = map[string]any{"results": map[string]any{"matches": len(found), "objects": found[:min(len(found), 10_000)]}}
	case "graphql":
		answer = map[string]any{"data": f.query(request.Query)}
	default:
		o, there := f.objects[class][path[2]]
		if !there {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		if kind == http.MethodDelete {
			delete(f.objects[class], path[2])
		}
		answer = o
	}
	_ = json.NewEncoder(w).Encode(answer)
}

func (f *fake) schema(method string, path []string, class string, body []byte) any {
	switch method {
	case http.MethodPost:
		f.classes[class], f.objects[class] = body, map[string]fakeObject{}
	case http.MethodDelete:
		delete(f.classes, path[1])
		delete(f.objects, path[1])
	}
	return map[string]any{"classes": slices.Collect(maps.Values(f.classes))}
}

func (f *fake) write(objects []fakeObject) any {
	var results []map[string]any
	for _, o := range objects {
		f.objects[o.Class][o.ID] = o
		results = append(results, map[string]any{"id": o.ID, "result": map[string]string{"status": "SUCCESS"}})
	}
	return results
}

// find returns the objects that a condition fits.
func (f *fake) find(class string, where fakeWhere, ghosts bool) []fakeObject {
	all := maps.Clone(f.objects[class])
	if ghosts {
		for uuid, o := range f.ghosts {
			if _, there := all[uuid]; !there && o.Class == class {
				all[uuid] = o
			}
		}
	}
	maps.DeleteFunc(all, func(_ string, o fakeObject) bool { return !where.fits(o) })
	return slices.Collect(maps.Values(all))
}

type fakeWhere struct {
	Operator string      `json:"operator"`
	Path     []string    `json:"path"`
	Operands []fakeWhere `json:"operands"`
	Value    any         `json:"valueInt"`
	Text     any         `json:"valueText"`
	Texts    []string    `json:"valueTextArray"`
}

func (w fakeWhere) fits(o fakeObject) bool {
	if w.Operator == "And" {
		return !slices.ContainsFunc(w.Operands, func(operand fakeWhere) bool { return !operand.fits(o) })
	}
	if len(w.Path) == 0 {
		return true
	}
	has := o.Properties[w.Path[0]]
	if w.Path[0] == "id" {
		has = o.ID
	}
	texts := w.Texts
	if list, ok := w.Text.([]any); ok { // so it is in GraphQL
		for _, text := range list {
			texts = append(texts, text.(string))
		}
	}
	switch value := has.(type) {
	case string:
		want, _ := w.Text.(string)
		return w.Operator == "Equal" && value == want || w.Operator == "GreaterThanEqual" && value >= want ||
			w.Operator == "ContainsAny" && slices.Contains(texts, value)
	case float64:
		want := w.Value.(float64)
		return w.Operator == "GreaterThanEqual" && value >= want || w.Operator == "LessThan" && value < want
	case []any:
		return slices.Contains(value, w.Value)
	}
	return false
}

var fakeQuery = regexp.MustCompile(`(?s)^\{(Get|Aggregate)\{(\w+)(?:\((.*)\))?\{`)

func (f *fake) query(text string) any {
	parts := fakeQuery.FindStringSubmatch(text)
	operation, class := parts[1], parts[2]
	if operation == "Aggregate" {
		return map[string]any{operation: map[string]any{class: []any{map[string]any{"meta": map[string]int{"count": len(f.objects[class])}}}}}
	}
	var arguments struct {
		Where fakeWhere                  `json:"where"`
		Limit int                        `json:"limit"`
		Near  struct{ Vector []float64 } `json:"nearVector"`
	}
	if err := json.Unmarshal([]byte(jsonOf("{"+parts[3]+"}")), &arguments); err != nil {
		panic(err)
	}
	var results []map[string]any
	for _, o := range f.find(class, arguments.Where, false) {
		product := 0.0
		for i, value := range arguments.Near.Vector {
			product += value * float64(o.Vector[i])
		}
		result := maps.Clone(o.Properties)
		result["_additional"] = map[string]any{"id": o.ID, "vector": o.Vector, "distance": -product, "isConsistent": true}
		results = append(results, result)
	}
	distance := func(result map[string]any) float64 {
		return result["_additional"].(map[string]any)["distance"].(float64)
	}
	slices.SortFunc(results, func(a, b map[string]any) int {
		if distance(a) < distance(b) {
			return -1
		}
		return 1
	})
	return map[string]any{operation: map[string]any{class: results[:min(len(results), arguments.Limit)]}}
}

var fakeToken = regexp.MustCompile(`"(?:\\.|[^"\\])*"|\d[\d.]*(?:[eE][-+]?\d+)?|[A-Za-z_]\w*`)

// jsonOf puts the bare words of GraphQL's arguments in quotes.
func jsonOf(arguments string) string {
	return fakeToken.ReplaceAllStringFunc(arguments, func(token string) string {
		if token[0] == '"' || token[0] <= '9' {
			return token
		}
		return `"` + token + `"`
	})
}
