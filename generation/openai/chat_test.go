package openai_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/generation"
	"github.com/seccoder/seccoder/generation/openai"
)

func TestChatPrompt(t *testing.T) {
	f := newFake(t, func(w http.ResponseWriter, r *http.Request, _ int, _ map[string]any) {
		if r.URL.Path != "/v1/chat/completions" {
			t.Errorf("asked %s", r.URL.Path)
		}
		event(w, chatText("1", "stop"))
	})
	o := f.options(t)
	o.API = openai.APIChat
	ask := func(req generation.Request) (system, user string) {
		t.Helper()
		if _, err := mustNew(t, o).Generate(t.Context(), req); err != nil {
			t.Fatal(err)
		}
		body := f.seen()[len(f.seen())-1]
		messages := body["messages"].([]any)
		if len(messages) != 2 || body["prompt"] != nil {
			t.Fatalf("body %v", body)
		}
		content := func(i int) string { return messages[i].(map[string]any)["content"].(string) }
		if got := mustNew(t, o).Render(req); got != content(0)+"\n\n"+content(1) {
			t.Errorf("Render = %q", got)
		}
		return content(0), content(1)
	}

	req := request(1)
	req.Demonstration = "\"\"\"\n```\nsafe()\n```\n\"\"\"\n"
	system, user := ask(req)
	if !strings.Contains(system, "code only") {
		t.Errorf("system message %q", system)
	}
	if !strings.Contains(user, "````\n"+req.Demonstration+"x =\n````\n") {
		t.Errorf("the code is not in a fence of its own:\n%s", user)
	}

	req.Prefix, req.Suffix = "a = '<CURSOR>'\nb =", "\nc = 3\n"
	_, user = ask(req)
	if !strings.Contains(user, "b =<CURSOR-1>\nc = 3\n") || strings.Count(user, "<CURSOR-1>") != 2 {
		t.Errorf("the cursor is not marked:\n%s", user)
	}
}

func TestChatReplies(t *testing.T) {
	tests := []struct {
		name   string
		prefix string
		reply  string
		want   string
	}{
		{"a fence", "x =", "```python\n 1\n```", " 1"},
		{"prose around the fence", "x =", "Sure! Here you go:\n\n```\n 1\ny = 2\n```\nThis sets x.", " 1\ny = 2"},
		{"the first of two fences", "x =", "```\n 1\n```\nor\n```\n 2\n```", " 1"},
		{"tildes", "x =", "~~~\n 1\n~~~\n", " 1"},
		{"a fence within a longer one", "x =", "````\n '''\n```\n'''\n````", " '''\n```\n'''"},
		{"backticks in a line", "x =", "```\n `a` ```b\n```", " `a` ```b"},
		{"a fence that is never closed", "x =", "```\n 1\ny = 2", " 1\ny = 2"},
		{"a fence closed at the very end", "x =", "```\n 1\n\n```", " 1\n"},
		{"an empty fence", "x =", "```\n```", ""},
		{"no fence", "x =", " 1\ny = 2", " 1\ny = 2"},
		{"no fence, led in", "x =", "Here is the completed code:\n\n 1\n", " 1\n"},
		{"no fence, indented", "def f():\n", "    return 1\n\nx", "    return 1\n\nx"},
		{"closes the user's fence", "def f():\n", "    return 1\n```\nIt returns 1.", "    return 1"},
		{"closes the user's fence, not indented", "x = 1\n", "y = 2\n```", "y = 2\n"},
		{"reasoning", "x =", "<think>\n```\nno\n```\n</think>\n\n```\n 1\n```", " 1"},
		{"nothing but reasoning", "x =", "<think>\nlet me see", ""},
		{"nothing", "x =", "", ""},

		{"repeats the line", "def f():\n    return", "```\n    return 1\n```", " 1"},
		{"repeats the line without indentation", "def f():\n    return", "```\nreturn 1\n```", " 1"},
		{"repeats the last lines", "import os\n\ndef f(a):\n    b = a\n", "```\ndef f(a):\n    b = a\n    return b\n```", "    return b"},
		{"repeats all", "import os\n\ndef f(a):\n    return", "```\nimport os\n\ndef f(a):\n    return a\n```", " a"},
		{"repeats the indentation", "def f():\n    ", "```\n    return 1\n    x\n```", "return 1\n    x"},
		{"repeats and stops in the middle", "import os\nimport re\nx = 1\n", "```\nimport os\nimport re\nx", ""},
		{"repeats without the fence", "def f():\n    return", "    return 1\n", " 1"},
		{"another bracket is no repetition", "if a {\n  if b {\n  }\n", "```\n}\n```", "}"},
		{"starts like a repetition", "abc = 1\n", "```\nabd = 2\n```", "abd = 2"},
		{"a line of its own", "def f():", "```\n    return 1\n```", "\n    return 1"},
		{"the same word in the line", "x = x +", "```\n x\n```", " x"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for _, size := range []int{1, 3, len(test.reply) + 1} {
				f := newFake(t, func(w http.ResponseWriter, _ *http.Request, _ int, _ map[string]any) {
					event(w, `{"choices":[{"index":0,"delta":{"role":"assistant","content":null},"finish_reason":null}]}`)
					for rest := test.reply; rest != ""; {
						n := min(size, len(rest))
						event(w, chatText(rest[:n], ""))
						rest = rest[n:]
					}
					event(w, `{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}`)
					event(w, "[DONE]")
				})
				o := f.options(t)
				o.API = openai.APIChat
				got := deltas{}
				req := request(1)
				req.Prefix, req.OnText, req.MaxTokens = test.prefix, got.add, 1000
				r, err := mustNew(t, o).Generate(t.Context(), req)
				if err != nil {
					t.Fatal(err)
				}
				if r.Completions[0].Text != test.want {
					t.Errorf("in pieces of %d: %q, want %q", size, r.Completions[0].Text, test.want)
				}
				got.check(t, r)
			}
		})
	}
}

// What comes behind the closing fence is not waited for.
func TestChatEndsWithTheFence(t *testing.T) {
	gone := make(chan struct{})
	f := newFake(t, func(w http.ResponseWriter, r *http.Request, _ int, _ map[string]any) {
		event(w, chatText("```\n 1\n```\n", ""))
		<-r.Context().Done()
		close(gone)
	})
	o := f.options(t)
	o.API = openai.APIChat
	r, err := mustNew(t, o).Generate(t.Context(), request(1))
	if err != nil {
		t.Fatal(err)
	}
	<-gone
	if texts(r) != "end: 1" {
		t.Errorf("completion %s", texts(r))
	}
}

func TestChatStop(t *testing.T) {
	gone := make(chan struct{})
	f := newFake(t, func(w http.ResponseWriter, r *http.Request, _ int, _ map[string]any) {
		event(w, chatText("Here:\n```\ndef f():\n    return 1\n\ndef g", ""))
		<-r.Context().Done()
		close(gone)
	})
	o := f.options(t)
	o.API = openai.APIChat
	got := deltas{}
	req := request(1)
	req.Prefix, req.OnText = "def f():\n", got.add
	req.Stop = func(s string) (int, bool) {
		at := strings.Index(s, "\n\ndef")
		return at, at >= 0
	}
	r, err := mustNew(t, o).Generate(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	<-gone
	if texts(r) != "stop:    return 1" {
		t.Errorf("completion %s", texts(r))
	}
	got.check(t, r)
}
