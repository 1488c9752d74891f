package integration_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/integration"
	"github.com/seccoder/seccoder/lang"
)

// bytesAsTokens counts a token a byte.
func bytesAsTokens(_ context.Context, text string) (int, error) { return len(text), nil }

// reserved is what a prompt must leave free beside the completion.
const reserved = 8

func mustIntegrate(t *testing.T, request integration.Request) integration.Result {
	t.Helper()
	if request.Count == nil {
		request.Count = bytesAsTokens
	}
	result, err := integration.Integrate(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	tokens := len(result.Demonstration + result.Prefix + result.Suffix)
	if result.PromptTokens != tokens || result.DemonstrationTokens != len(result.Demonstration) {
		t.Errorf("the result says %d and %d tokens, the prompt has %d and %d",
			result.PromptTokens, result.DemonstrationTokens, tokens, len(result.Demonstration))
	}
	if room := request.ContextTokens - request.MaxTokens - reserved; request.ContextTokens > 0 && tokens > room {
		t.Errorf("the prompt has %d tokens, and room is for %d", tokens, room)
	}
	head := result.Demonstration[:result.HeadBytes]
	kept := strings.Repeat("\x00", result.CutBytes) + head + result.Prefix
	if len(kept) != len(request.Prefix) || !strings.HasSuffix(request.Prefix, head+result.Prefix) {
		t.Errorf("the prefix was changed: %q", result.Prefix)
	}
	if len(result.Suffix)+result.SuffixCutBytes != len(request.Suffix) || !strings.HasPrefix(request.Suffix, result.Suffix) {
		t.Errorf("the suffix was changed: %q", result.Suffix)
	}
	return result
}

// sized makes an example whose demonstration in C has n bytes.
func sized(id string, n int) codebase.Example {
	return codebase.Example{ID: id, Code: strings.Repeat("x", n-len("#if 0\n\n#endif\n"))}
}

func ids(examples []codebase.Example) string {
	var all []string
	for _, e := range examples {
		all = append(all, e.ID)
	}
	return strings.Join(all, " ")
}

func TestIntegrateChooses(t *testing.T) {
	examples := []codebase.Example{sized("a", 100), sized("b", 60), {ID: "empty", Code: "\n"}, sized("c", 50), sized("d", 20)}
	prefix := strings.Repeat("p", 100)
	tests := []struct {
		name    string
		request integration.Request
		used    string
		skipped []integration.Skip
	}{
		{"the first", integration.Request{}, "a", nil},
		{"three", integration.Request{K: 3}, "a b c", []integration.Skip{{ID: "empty", Reason: integration.ReasonEmpty}}},
		{"a bound", integration.Request{MaxDemonstrationTokens: 60}, "b", []integration.Skip{{ID: "a", Tokens: 100, Reason: integration.ReasonTooLong}}},
		{"a bound for two", integration.Request{K: 2, MaxDemonstrationTokens: 70}, "b d", []integration.Skip{
			{ID: "a", Tokens: 100, Reason: integration.ReasonTooLong},
			{ID: "empty", Reason: integration.ReasonEmpty},
			{ID: "c", Tokens: 38, Reason: integration.ReasonTooLong},
		}},
		{"a third by default", integration.Request{MaxTokens: 92, ContextTokens: 250}, "c", []integration.Skip{
			{ID: "a", Tokens: 100, Reason: integration.ReasonTooLong},
			{ID: "b", Tokens: 60, Reason: integration.ReasonTooLong},
			{ID: "empty", Reason: integration.ReasonEmpty},
		}},
		{"the user's code keeps its room while an example fits", integration.Request{MaxTokens: 10, ContextTokens: 10 + reserved + 125, MaxDemonstrationTokens: 100}, "d", []integration.Skip{
			{ID: "a", Tokens: 100, Reason: integration.ReasonTooLong},
			{ID: "b", Tokens: 60, Reason: integration.ReasonTooLong},
			{ID: "empty", Reason: integration.ReasonEmpty},
			{ID: "c", Tokens: 50, Reason: integration.ReasonTooLong},
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.request.Language, test.request.Prefix, test.request.Examples = lang.C, prefix, examples
			result := mustIntegrate(t, test.request)
			if got := ids(result.Used); got != test.used {
				t.Errorf("used %q, want %q", got, test.used)
			}
			if diff := cmp.Diff(test.skipped, result.Skipped); diff != "" {
				t.Errorf("skipped (-want +got):\n%s", diff)
			}
			if result.CutBytes != 0 || result.Prefix != prefix {
				t.Errorf("the prefix was cut by %d bytes", result.CutBytes)
			}
		})
	}
}

func TestIntegrateCutsPrefix(t *testing.T) {
	functions := "import os\n\ndef a():\n    x = 1\n\n    return x\n\n\n@cached\ndef b():\n    y = 2\n    return y\n\n\ndef c():\n    z = 3\n"
	tests := []struct {
		name         string
		language     lang.Language
		prefix       string
		room         int
		suffix       string
		want, behind string
	}{
		{"nothing to cut", lang.Python, functions, len(functions), "", functions, ""},
		{"at a top-level construct", lang.Python, functions, 85, "", functions[strings.Index(functions, "@cached"):], ""}, //nolint:gocritic // it is there
		{"at the next one", lang.Python, functions, 40, "", "def c():\n    z = 3\n", ""},
		{"at a line", lang.Python, "if x:\n    aaaa\n    bbbb\n    cccc\n", 20, "", "    bbbb\n    cccc\n", ""},
		{"behind a joined line", lang.C, "int x;\n#define A \\\nint y; \\\nint z;\nint a;\nint b;\nint c;\n", 37, "", "int a;\nint b;\nint c;\n", ""},
		{"within the only line", lang.C, "int x = aéééé", 6, "", "ééé", ""},
		{"within the last line", lang.C, "int x;\nint yyyyyyyyyyyyyyyyy", 5, "", "yyyyy", ""},
		{"the suffix first", lang.C, "aaaa\nbbbb\n", 14, "cccc\ndddd\n", "aaaa\nbbbb\n", "cccc"},
		{"a quarter for the suffix", lang.C, "aaaa\nbbbb\ncccc\n", 12, "1\n2\n3\n4\n", "bbbb\ncccc\n", "1\n"},
		{"a long suffix line", lang.C, "a\n", 8, "ééééé", "a\n", "ééé"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			result := mustIntegrate(t, integration.Request{
				Language: test.language, Prefix: test.prefix, Suffix: test.suffix,
				MaxTokens: 100, ContextTokens: 100 + reserved + test.room,
				Examples: []codebase.Example{sized("long", 1000)},
			})
			if result.Prefix != test.want || result.Suffix != test.behind {
				t.Errorf("got %q and %q, want %q and %q", result.Prefix, result.Suffix, test.want, test.behind)
			}
			if result.Demonstration != "" || len(result.Skipped) != 1 {
				t.Errorf("the demonstration took room from the user's code: %q", result.Demonstration)
			}
		})
	}
}

func TestIntegrateLetsLongCodeYieldToADemonstration(t *testing.T) {
	prefix := strings.Repeat("int aaaa;\n", 100) // 1,000 tokens
	result := mustIntegrate(t, integration.Request{
		Language: lang.C, Prefix: prefix, MaxTokens: 100, ContextTokens: 100 + reserved + 400,
		Examples: []codebase.Example{sized("too long even so", 200), sized("short", 80)},
	})
	if got := ids(result.Used); got != "short" {
		t.Errorf("used %q, expected %q", got, "short")
	}
	if kept := len(result.Prefix); kept < 250 || kept > 300 {
		t.Errorf("%d bytes of code are left, expected all but a quarter of the 400 tokens of room", kept)
	}
	if result.PromptTokens > 400 {
		t.Errorf("the prompt has %d tokens in a room of 400", result.PromptTokens)
	}
}

// TestIntegrateFits cuts at every size, with a counter to which more text can be
// fewer tokens.
func TestIntegrateFits(t *testing.T) {
	prefix := strings.Repeat("void f(void)\n{\n\tg(\"é\");\n}\n\n", 8)
	odd := func(_ context.Context, text string) (int, error) {
		return len(text) - 3*strings.Count(text, "()") + len(text)%5, nil
	}
	for context := reserved + 1; context < 400; context++ {
		result, err := integration.Integrate(t.Context(), integration.Request{
			Language: lang.C, Prefix: prefix, Suffix: prefix, ContextTokens: context, Count: odd,
			Examples: []codebase.Example{sized("a", 60), sized("b", 30)},
		})
		if err != nil {
			t.Fatal(err)
		}
		if result.PromptTokens > context-reserved {
			t.Errorf("a context of %d tokens got a prompt of %d", context, result.PromptTokens)
		}
	}
}

func TestIntegrateCutKeepsLineNumbers(t *testing.T) {
	code := "int a = __LINE__;\nint b;\nint c;\nint d;\n"
	result := mustIntegrate(t, integration.Request{
		Language: lang.C, Prefix: strings.Repeat("/* a comment that is long enough */\n", 10) + "\n" + code,
		ContextTokens: 80 + reserved, MaxDemonstrationTokens: 40, Examples: []codebase.Example{sized("a", 20)},
	})
	if want := "#endif\n#line 12\n"; !strings.HasSuffix(result.Demonstration, want) || result.Prefix != code {
		t.Errorf("got %q, %q", result.Demonstration, result.Prefix)
	}
}

func TestIntegrateMovesHead(t *testing.T) {
	request := integration.Request{Language: lang.JavaScript, Prefix: "#!/usr/bin/env node\nlet x\n", Examples: []codebase.Example{{ID: "a", Code: "let y"}}}
	result := mustIntegrate(t, request)
	if want := "#!/usr/bin/env node\n/*\nlet y\n*/\n"; result.Demonstration != want || result.Prefix != "let x\n" || result.HeadBytes != 20 {
		t.Errorf("got %q, %q, head %d", result.Demonstration, result.Prefix, result.HeadBytes)
	}
	request.MaxDemonstrationTokens = 5
	if result := mustIntegrate(t, request); result.Prefix != request.Prefix || result.Demonstration != "" {
		t.Errorf("without a demonstration got %q, %q", result.Demonstration, result.Prefix)
	}
	request.Prefix = "#!/usr/bin/en"
	if result := mustIntegrate(t, request); len(result.Skipped) != 1 || result.Skipped[0].Reason != integration.ReasonNoPlace {
		t.Errorf("an unfinished first line: %+v", result)
	}
}

func TestIntegrateErrors(t *testing.T) {
	failing := errors.New("the model is gone")
	canceled, cancel := context.WithCancel(context.Background())
	cancel()
	tests := []struct {
		name    string
		ctx     context.Context
		request integration.Request
		want    string
		is      error
	}{
		{"no room", t.Context(), integration.Request{Language: lang.C, ContextTokens: 512, MaxTokens: 512}, "512 tokens", nil},
		{"negative", t.Context(), integration.Request{Language: lang.C, K: -1}, "negative", nil},
		{"language", t.Context(), integration.Request{Language: "cobol"}, `"cobol"`, nil},
		{"canceled", canceled, integration.Request{Language: lang.C}, "", context.Canceled},
		{"counting", t.Context(), integration.Request{Language: lang.C, Count: func(context.Context, string) (int, error) { return 0, failing }}, "before the cursor", failing},
		{"counting an example", t.Context(), integration.Request{Language: lang.C, Prefix: "int", Examples: []codebase.Example{sized("abc", 40)},
			Count: func(_ context.Context, text string) (int, error) {
				if strings.HasPrefix(text, "#if") {
					return 0, failing
				}
				return 1, nil
			}}, `example "abc"`, failing},
		{"counting a part", t.Context(), integration.Request{Language: lang.C, Prefix: "int\nx", ContextTokens: 10,
			Count: func(_ context.Context, text string) (int, error) {
				if text == "x" {
					return 0, failing
				}
				return len(text), nil
			}}, "a part", failing},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := integration.Integrate(test.ctx, test.request)
			if err == nil || !strings.Contains(err.Error(), test.want) || !errors.Is(err, test.is) && test.is != nil {
				t.Errorf("got error %v", err)
			}
		})
	}
}

func ExampleIntegrate() {
	result, err := integration.Integrate(context.Background(), integration.Request{
		Language: lang.Python,
		Prefix:   "def order_by_id(db, order_id):\n",
		Examples: []codebase.Example{{Code: "def user_by_name(db, name):\n    return db.execute(BY_NAME, (name,))\n"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(result.Demonstration + result.Prefix)
	// Output:
	// """
	// ```python
	// def user_by_name(db, name):
	//     return db.execute(BY_NAME, (name,))
	// ```
	// """
	// def order_by_id(db, order_id):
}
