package openai

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"regexp"
	"strings"
	"time"
	"unicode"

	"github.com/seccoder/seccoder/generation"
)

// An Error is why a server's completions could not be had. The key is in no
// part of it.
type Error struct {
	Model string
	// URL is the endpoint's, without user, password and query.
	URL string
	// Status is the HTTP status, 0 where there was none or it was not the trouble.
	Status int
	// Message is what happened, or what the server said of it, in bounded length.
	Message string
	// Hint, where there is one, says what to do.
	Hint string
	// Err is the cause, such as ctx.Err, generation.ErrPromptTooLong or
	// generation.ErrUnusable. It may be nil.
	Err error

	retry bool          // making the request again may help
	after time.Duration // at the earliest, where the server said when
}

func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "complete with model %s at %s", e.Model, e.URL)
	if e.Status != 0 {
		fmt.Fprintf(&b, ": %s", strings.TrimSpace(fmt.Sprint(e.Status, " ", http.StatusText(e.Status))))
	}
	if e.Err != nil {
		fmt.Fprintf(&b, ": %v", e.Err)
	}
	if e.Message != "" {
		fmt.Fprintf(&b, ": %s", e.Message)
	}
	if e.Hint != "" {
		fmt.Fprintf(&b, "; %s", e.Hint)
	}
	return b.String()
}

func (e *Error) Unwrap() error { return e.Err }

// fail makes an Error of what happened. Every error of a request passes here.
func (g *Generator) fail(cause error, message string) *Error {
	return &Error{Model: g.options.Model, URL: g.shown, Err: cause, Message: clean(g.key.redact(message))}
}

// failAnswer makes an Error of an answer that holds no completions.
func (g *Generator) failAnswer(message string) *Error {
	return g.fail(generation.ErrUnusable, message)
}

var pageTitle = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title>`)

// failPage makes an Error of a web page with status 200: a proxy's, whose server did not
// answer, or that of another address than the API's.
func (g *Generator) failPage(page []byte) *Error {
	message := "the server answers with a web page"
	if title := pageTitle.FindSubmatch(page); title != nil {
		message += fmt.Sprintf(" (%s)", strings.TrimSpace(html.UnescapeString(string(title[1]))))
	}
	e := g.failAnswer(message)
	e.Hint = "does a proxy in front of it have trouble? or does the base URL not end as the server wants it, mostly in /v1?"
	return e
}

// failReported makes an Error of one that the server reports with status 200, as it has to
// where a stream has begun.
func (g *Generator) failReported(body []byte) *Error {
	said := parseComplaint(body)
	if said.tooLong() {
		return g.fail(generation.ErrPromptTooLong, said.message)
	}
	return g.failAnswer("the server reports an error: " + said.message)
}

// failStatus makes an Error of an answer that is not 200.
func (g *Generator) failStatus(status int, header http.Header, body []byte) *Error {
	said := parseComplaint(body)
	e := g.fail(nil, said.message)
	e.Status = status
	switch {
	case said.tooLong():
		e.Err = generation.ErrPromptTooLong
		return e
	case status >= 300 && status < 400:
		// Following would send the user's code, and perhaps the key, to an address that
		// nobody chose.
		e.Message = clean(g.key.redact("the server redirects to " + header.Get("Location")))
		e.Hint = "if that is right, make it the base URL"
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		e.Hint = "is the key right? it is taken from " + g.key.from
	case status == http.StatusNotFound || status == http.StatusMethodNotAllowed:
		e.Hint = "is the model's name right, and does the base URL end as the server wants it, mostly in /v1?"
	case status == http.StatusTooManyRequests:
		e.retry = said.code != "insufficient_quota"
	case status == http.StatusRequestTimeout:
		e.retry = true
	case status >= 500 && status != http.StatusNotImplemented:
		e.retry = true
	}
	if e.retry {
		e.after = retryAfter(header, time.Now())
	}
	return e
}

// A complaint is what a server said in an error's body.
type complaint struct{ message, code string }

// parseComplaint knows the bodies of OpenAI and llama-server ({"error":
// {"message", "code", "type"}}), Ollama ({"error": "text"}), and of vLLM and
// FastAPI ({"message"} or {"detail"}). Anything else is taken as text.
func parseComplaint(body []byte) complaint {
	var outer struct {
		Error, Detail json.RawMessage
		Message       string
	}
	if json.Unmarshal(body, &outer) != nil {
		return complaint{message: string(body)}
	}
	if len(outer.Error) > 0 && string(outer.Error) != "null" {
		return parseErrorValue(outer.Error)
	}
	switch {
	case outer.Message != "":
		return complaint{message: outer.Message}
	case len(outer.Detail) > 0:
		return parseErrorValue(outer.Detail)
	default:
		return complaint{message: string(body)}
	}
}

func parseErrorValue(value json.RawMessage) complaint {
	var text string
	if json.Unmarshal(value, &text) == nil {
		return complaint{message: text}
	}
	var inner struct {
		Message, Type string
		Code          any
	}
	if json.Unmarshal(value, &inner) != nil || inner.Message == "" {
		return complaint{message: string(value)}
	}
	code, _ := inner.Code.(string)
	if code == "" {
		code = inner.Type
	}
	return complaint{message: inner.Message, code: code}
}

// tooLong reports whether the complaint is that the prompt does not fit.
func (c complaint) tooLong() bool {
	if c.code == "context_length_exceeded" || c.code == "exceed_context_size_error" {
		return true
	}
	message := strings.ToLower(c.message)
	for _, words := range []string{
		"maximum context length", "context length exceeded", "exceeds the context", "context size",
		"maximum model length", "model's context length", "context length of only", "context window", "prompt is too long",
	} {
		if strings.Contains(message, words) {
			return true
		}
	}
	return false
}

// clean makes a foreign text fit for one line of a terminal: bounded, without
// control characters.
func clean(text string) string {
	const most = 400
	text = strings.ToValidUTF8(text, "\uFFFD")
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return -1
		default:
			return r
		}
	}, text)
	text = strings.Join(strings.Fields(text), " ")
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + " …"
}
