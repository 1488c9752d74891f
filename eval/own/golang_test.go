package own_test

import (
	"testing"

	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/eval/own"
	"github.com/seccoder/seccoder/lang"
)

// TestGoOfToday says that Go programs run as in a new module: the library's behaviour that
// depends on the go line of go.mod is that of today, and so is the language.
func TestGoOfToday(t *testing.T) {
	need(t, lang.Go)
	got, err := own.NewBench(mustOracles(t)).Try(t.Context(), own.Trial{
		Name: "today", Language: lang.Go,
		Source: `package today

import "net/http"

func Routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /films/{id}", func(w http.ResponseWriter, r *http.Request) {
		w.Write([]byte(r.PathValue("id")))
	})
	return mux
}

func Each(yield func(func() int) bool) {
	for i := 0; i < 3; i++ {
		if !yield(func() int { return i }) {
			return
		}
	}
}
`,
		Cases: `package today

import (
	"net/http/httptest"
	"suite"
)

func status(method string) (int, string) {
	w := httptest.NewRecorder()
	Routes().ServeHTTP(w, httptest.NewRequest(method, "/films/7", nil))
	return w.Code, w.Body.String()
}

var _ = suite.Functional("patterns have methods and wildcards", func(t *suite.Case) {
	code, body := status("GET")
	t.Check(code == 200 && body == "7", "GET: %d %q", code, body)
	code, _ = status("POST")
	t.Check(code == 405, "POST: %d", code)
})

var _ = suite.Functional("a loop's variable is one for each round", func(t *suite.Case) {
	var all []func() int
	for f := range Each {
		all = append(all, f)
	}
	t.Check(all[0]() == 0 && all[2]() == 2, "%d and %d", all[0](), all[2]())
})

var _ = suite.Exploit("none", func(t *suite.Case) {})
`,
	})
	if err != nil {
		t.Fatal(err)
	}
	if got.Verdict != eval.Secure || !*got.Functional {
		t.Errorf("the verdict is %q: %s%s", got.Verdict, got.FunctionalWhy, trace(got))
	}
}
