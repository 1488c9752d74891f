package openai_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/seccoder/seccoder/generation"
	"github.com/seccoder/seccoder/generation/openai"
)

func TestFaults(t *testing.T) {
	status := func(code int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(code)
			_, _ = io.WriteString(w, body)
		}
	}
	stream := func(events ...string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			for _, e := range events {
				event(w, e)
			}
		}
	}
	whole := func(body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, body)
		}
	}
	tests := []struct {
		name   string
		answer http.HandlerFunc
		want   []string // parts of the error
		is     error
	}{
		{"wrong key", status(401, `{"error":{"message":"Incorrect API key provided: sk-secret-1234","code":"invalid_api_key"}}`),
			[]string{"complete with model m at http://127.0.0.1", "/v1/completions: 401 Unauthorized: Incorrect API key provided: [key]", "$TEST_KEY"}, nil},
		{"wrong model", status(404, `{"object":"error","message":"The model m does not exist."}`), []string{"404 Not Found: The model m does not exist", "/v1"}, nil},
		{"error as a text", status(400, `{"error":"model requires more system memory"}`), []string{"400 Bad Request: model requires more system memory"}, nil},
		{"error as a detail", status(400, `{"detail":[{"loc":["body","x"],"msg":"field required"}]}`), []string{"field required"}, nil},
		{"error without words", status(400, ``), []string{"400 Bad Request"}, nil},
		{"error of a proxy", status(502, "<html>\x1b[31mbad\n gateway</html>"), []string{"502 Bad Gateway: <html>[31mbad gateway</html>"}, nil},
		{"endless error", status(400, strings.Repeat("long ", 100_000)), []string{"long long", " …"}, nil},
		{"no quota", status(429, `{"error":{"message":"no money","code":"insufficient_quota"}}`), []string{"429 Too Many Requests: no money"}, nil},
		{"redirect", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://elsewhere.example/v1/completions", http.StatusTemporaryRedirect)
		}, []string{"307", "redirects to http://elsewhere.example", "base URL"}, nil},
		{"web page", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, "<html>")
		}, []string{"the answer cannot be used: the server answers with a web page; ", "proxy", "/v1"}, generation.ErrUnusable},
		{"web page of a proxy", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = io.WriteString(w, "<html><head><Title lang=en>\n Bad &amp; down: sk-secret-1234</title>")
		}, []string{"web page (Bad & down: [key])"}, generation.ErrUnusable},
		{"endless web page", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, "<title>"+strings.Repeat("long ", 100_000))
		}, []string{"web page;"}, generation.ErrUnusable},

		{"too long, llama-server", status(400, `{"error":{"code":400,"message":"request (3001 tokens) exceeds the available size","type":"exceed_context_size_error"}}`),
			[]string{"3001"}, generation.ErrPromptTooLong},
		{"too long, vLLM", status(400, `{"object":"error","message":"This model's maximum context length is 2048 tokens. However, you requested 3000","code":400}`),
			[]string{"2048", "3000"}, generation.ErrPromptTooLong},
		{"too long, OpenAI", status(400, `{"error":{"message":"Please reduce your prompt","code":"context_length_exceeded"}}`), nil, generation.ErrPromptTooLong},
		{"too long, in the stream", stream(`{"error":{"message":"the context size is exceeded","type":"exceed_context_size_error"}}`), nil, generation.ErrPromptTooLong},

		{"too long, SGLang", status(400, `{"object":"error","message":"The input (3000 tokens) is longer than the model's context length (2048 tokens).","code":400}`),
			[]string{"3000"}, generation.ErrPromptTooLong},
		{"too long, with status 200", whole(`{"error":{"message":"Please reduce your prompt","code":"context_length_exceeded"}}`), []string{"reduce"}, generation.ErrPromptTooLong},

		{"error in the stream", stream(text(0, "a", ""), `{"error":{"message":"out of memory"}}`), []string{"out of memory"}, generation.ErrUnusable},
		{"error with status 200", whole(`{"error":{"message":"upstream is gone","code":503}}`),
			[]string{"the answer cannot be used: the server reports an error: upstream is gone"}, generation.ErrUnusable},
		{"error as a text with status 200", whole(`{"error":"upstream is gone"}`), []string{"reports an error: upstream is gone"}, generation.ErrUnusable},
		{"stream breaks off", stream(text(0, "a", "")), []string{"broke off"}, io.ErrUnexpectedEOF},
		{"stream breaks off in a line", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/event-stream")
			_, _ = io.WriteString(w, `data: {"choices":[{"ind`)
		}, []string{"no JSON"}, generation.ErrUnusable},
		{"connection breaks off", func(w http.ResponseWriter, _ *http.Request) {
			event(w, text(0, "a", ""))
			panic(http.ErrAbortHandler)
		}, []string{"read the answer"}, nil},
		{"garbage", stream("{{{"), []string{"no JSON", "{{{"}, generation.ErrUnusable},
		{"JSON of another kind", stream(`{"choices":"none"}`), []string{"no JSON of this API"}, generation.ErrUnusable},
		{"no choices", stream("[DONE]"), []string{"the answer cannot be used: the server answered with no completion"}, generation.ErrUnusable},
		{"choice out of range", stream(text(7, "a", "stop")), []string{"choice 7 of 1"}, generation.ErrUnusable},
		{"choice below range", stream(text(-1, "a", "stop")), []string{"choice -1 of 1"}, generation.ErrUnusable},
		{"line of 2 MB", stream("[" + strings.Repeat("1,", 1<<20) + "1]"), []string{"longer than"}, generation.ErrUnusable},
		{"text of 2 MB", func(w http.ResponseWriter, _ *http.Request) {
			event(w, `{"choices":[{"index":0,"text":"`+strings.Repeat("x", 2<<20)+`"}]}`)
		}, []string{"longer than"}, generation.ErrUnusable},
		{"event of many lines", func(w http.ResponseWriter, _ *http.Request) {
			event(w, "[")
			for range 2 << 20 / 64 {
				if _, err := io.WriteString(w, "data: "+strings.Repeat("1,", 32)+"\n"); err != nil {
					return
				}
			}
		}, nil, generation.ErrUnusable},
		{"answer of 20 MB", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, strings.Repeat(" ", 20<<20))
		}, []string{"longer than"}, generation.ErrUnusable},
		{"falls silent", func(w http.ResponseWriter, r *http.Request) {
			event(w, text(0, "a", ""))
			<-r.Context().Done()
		}, []string{"fell silent for 300ms"}, nil},
		{"says nothing", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, []string{"took too long (over 2s)"}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := newFake(t, func(w http.ResponseWriter, r *http.Request, _ int, _ map[string]any) { test.answer(w, r) })
			o := f.options(t)
			o.IdleTimeout = 300 * time.Millisecond
			if test.name == "says nothing" {
				o.Timeout = 2 * time.Second
			} else if test.name != "falls silent" {
				o.IdleTimeout = 5 * time.Minute
			}
			g := mustNew(t, o)
			g.SetMaxDropped(1 << 20)
			_, err := g.Generate(t.Context(), request(1))
			if err == nil {
				t.Fatal("no error")
			}
			for _, part := range test.want {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("err = %v, want one with %q", err, part)
				}
			}
			if test.is != nil && !errors.Is(err, test.is) {
				t.Errorf("err = %v, want %v", err, test.is)
			}
			if strings.Contains(err.Error(), "sk-secret") || strings.ContainsAny(err.Error(), "\x1b\n") || len(err.Error()) > 800 {
				t.Errorf("err is not fit to be shown: %q", err)
			}
			var e *openai.Error
			if !errors.As(err, &e) || e.Model != "m" {
				t.Errorf("err is a %T", err)
			}
			if n := len(f.seen()); n != 1 {
				t.Errorf("%d requests", n)
			}
		})
	}
}

// Wherever an answer is cut, by the server, the connection or a limit here: no part of
// the key is shown.
func TestKeyAtACut(t *testing.T) {
	const key = "sk-secret-1234"
	for name, answer := range map[string]func(w http.ResponseWriter, cut int){
		"event shown in part": func(w http.ResponseWriter, cut int) { event(w, strings.Repeat("x", 120-cut)+key+" is wrong") },
		"event cut":           func(w http.ResponseWriter, cut int) { event(w, "key "+key[:cut]) },
		"answer cut": func(w http.ResponseWriter, cut int) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, `{"error":"key `+key[:cut])
		},
		"error cut": func(w http.ResponseWriter, cut int) {
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = io.WriteString(w, `{"error":"key `+key[:cut])
		},
		"long error": func(w http.ResponseWriter, cut int) {
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = io.WriteString(w, strings.Repeat(" ", 64<<10-cut)+key+" is wrong")
		},
		"error shown in part": func(w http.ResponseWriter, cut int) {
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = io.WriteString(w, strings.Repeat("x", 400-cut)+key+" is wrong")
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake(t, func(w http.ResponseWriter, _ *http.Request, i int, _ map[string]any) { answer(w, i) })
			g := mustNew(t, f.options(t))
			for cut := range len(key) + 1 {
				_, err := g.Generate(t.Context(), request(1))
				if err == nil {
					t.Fatal("no error")
				}
				if strings.Contains(err.Error(), key[:4]) {
					t.Errorf("cut behind %d bytes: %v", cut, err)
				}
			}
		})
	}
}

func TestRetries(t *testing.T) {
	busy := func(header, value string, code int) func(http.ResponseWriter) {
		return func(w http.ResponseWriter) {
			w.Header().Set(header, value)
			w.WriteHeader(code)
		}
	}
	tests := []struct {
		name     string
		fault    func(http.ResponseWriter)
		requests int
		least    time.Duration
		fails    bool
	}{
		{"500", busy("X", "", 500), 2, 0, false},
		{"503", busy("X", "", 503), 2, 0, false},
		{"429 with seconds", busy("Retry-After", "1", 429), 2, time.Second, false},
		{"429 with a date", busy("Retry-After", "Mon, 02 Jan 2006 15:04:05 GMT", 429), 2, 0, false},
		{"429 with milliseconds", busy("Retry-After-Ms", "700", 429), 2, 700 * time.Millisecond, false},
		{"429 with nonsense", busy("Retry-After", "soon", 429), 2, 0, false},
		{"429 past the timeout", busy("Retry-After", "3600", 429), 1, 0, true},
		{"lost connection", func(http.ResponseWriter) { panic(http.ErrAbortHandler) }, 2, 0, false},
		{"stream without text", func(w http.ResponseWriter) { event(w, text(0, "", "")) }, 2, 0, false},
		{"stream with text", func(w http.ResponseWriter) { event(w, text(0, "a", "")) }, 1, 0, true},
		{"400", busy("X", "", 400), 1, 0, true},
		{"501", busy("X", "", 501), 1, 0, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := newFake(t, func(w http.ResponseWriter, _ *http.Request, i int, _ map[string]any) {
				if i == 0 {
					test.fault(w)
					return
				}
				event(w, text(0, "1", "stop"))
			})
			o := f.options(t)
			o.MaxRetries = 2
			start := time.Now()
			got := deltas{}
			req := request(1)
			req.OnText = got.add
			r, err := mustNew(t, o).Generate(t.Context(), req)
			if (err != nil) != test.fails {
				t.Fatalf("err = %v", err)
			}
			if n := len(f.seen()); n != test.requests {
				t.Errorf("%d requests, want %d", n, test.requests)
			}
			if waited := time.Since(start); waited < test.least {
				t.Errorf("waited %s, want at least %s", waited, test.least)
			}
			got.check(t, r)
		})
	}
	t.Run("gives up", func(t *testing.T) {
		f := newFake(t, func(w http.ResponseWriter, _ *http.Request, _ int, _ map[string]any) {
			w.WriteHeader(http.StatusInternalServerError)
		})
		o := f.options(t)
		o.MaxRetries = 1
		_, err := mustNew(t, o).Generate(t.Context(), request(1))
		if err == nil || len(f.seen()) != 2 {
			t.Errorf("%d requests, err = %v", len(f.seen()), err)
		}
	})
}

func TestNoServer(t *testing.T) {
	g := mustNew(t, openai.Options{BaseURL: "http://user:hidden@127.0.0.1:1/v1?token=hidden", Model: "m", MaxRetries: -1})
	_, err := g.Generate(t.Context(), request(1))
	if err == nil || !strings.Contains(err.Error(), "is the server running") {
		t.Errorf("err = %v", err)
	}
	if strings.Contains(fmt.Sprint(err), "hidden") {
		t.Errorf("the URL's secrets are in %v", err)
	}
}

func TestHTTPServerAskedByHTTPS(t *testing.T) {
	f := newFake(t, func(http.ResponseWriter, *http.Request, int, map[string]any) {})
	o := f.options(t)
	o.BaseURL = strings.Replace(o.BaseURL, "http:", "https:", 1)
	o.MaxRetries = 4
	start := time.Now()
	_, err := mustNew(t, o).Generate(t.Context(), request(1))
	if err == nil || !strings.Contains(err.Error(), "http instead of https") {
		t.Errorf("err = %v after %s", err, time.Since(start))
	}
}

func TestCancel(t *testing.T) {
	gone := make(chan struct{}, 3)
	f := newFake(t, func(w http.ResponseWriter, r *http.Request, _ int, body map[string]any) {
		if body["n"] != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		event(w, text(0, "a", ""))
		<-r.Context().Done()
		gone <- struct{}{}
	})
	ctx, cancel := context.WithCancel(t.Context())
	req := request(3)
	req.OnText = func(int, string) { cancel() }
	r, err := mustNew(t, f.options(t)).Generate(ctx, req)
	if !errors.Is(err, context.Canceled) || len(r.Completions) != 0 {
		t.Errorf("completions %v, err = %v", r.Completions, err)
	}
	<-gone

	ctx, cancel = context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if _, err := mustNew(t, f.options(t)).Generate(ctx, request(1)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("err = %v", err)
	}
}

func TestOneOfManyRequestsFails(t *testing.T) {
	f := newFake(t, func(w http.ResponseWriter, r *http.Request, i int, body map[string]any) {
		switch {
		case body["n"] != nil:
			w.WriteHeader(http.StatusBadRequest)
		case i == 2:
			http.Error(w, `{"error":"broken"}`, http.StatusForbidden)
		default:
			event(w, text(0, "a", ""))
			<-r.Context().Done()
		}
	})
	_, err := mustNew(t, f.options(t)).Generate(t.Context(), request(6))
	var e *openai.Error
	if !errors.As(err, &e) || e.Status != http.StatusForbidden || e.Message != "broken" {
		t.Errorf("err = %v", err)
	}
}

// Streams in the shapes that servers send them.
func TestStreamShapes(t *testing.T) {
	tests := map[string]string{
		"comments and fields": ": ping\n\nevent: message\nid: 1\ndata: " + text(0, "a", "") + "\n\nretry: 5\n\ndata: " + text(0, "b", "stop") + "\n\ndata: [DONE]\n\n",
		"carriage returns":    "data: " + text(0, "a", "") + "\r\n\r\ndata: " + text(0, "b", "stop") + "\r\n\r\ndata: [DONE]\r\n\r\n",
		"no empty lines":      "data: " + text(0, "a", "") + "\ndata: " + text(0, "b", "stop") + "\ndata: [DONE]\n",
		"no spaces":           "data:" + text(0, "a", "") + "\n\ndata:" + text(0, "b", "stop") + "\n\ndata:[DONE]\n\n",
		"no last line break":  "data: " + text(0, "a", "") + "\n\ndata: " + text(0, "b", "stop"),
		"no reason":           "data: " + text(0, "a", "") + "\n\ndata: " + text(0, "b", "") + "\n\ndata: [DONE]\n\n",
		"event of two lines":  "data: {\"choices\":[\ndata: " + "{\"text\":\"ab\",\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n",
		"no type":             "data: " + text(0, "ab", "eos") + "\n\n",
	}
	for name, body := range tests {
		t.Run(name, func(t *testing.T) {
			f := newFake(t, func(w http.ResponseWriter, _ *http.Request, _ int, _ map[string]any) {
				if name != "no type" {
					w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
				}
				_, _ = io.WriteString(w, body)
			})
			r, err := mustNew(t, f.options(t)).Generate(t.Context(), request(1))
			if err != nil {
				t.Fatal(err)
			}
			if texts(r) != "end:ab" {
				t.Errorf("completion %s", texts(r))
			}
		})
	}
}
