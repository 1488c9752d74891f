package openai

import (
	"strings"
	"unicode"
)

// A joiner puts a chat model's code behind the user's. Such models like to say
// again the line under the cursor, the last lines or all of the code; what is
// said again from the start of a line on is left out.
type joiner struct {
	before  string
	repeats []string // what a repetition may look like, the longest first
	head    string   // code that may still turn out to be a repetition
	decided bool
}

func newJoiner(before string) *joiner {
	return &joiner{before: before, repeats: repetitions(before)}
}

// repetitions lists the ends of code that begin with a line, each also without
// its indentation. An end of brackets and space alone is no repetition: the
// next line may well be another "}". But the indentation under the cursor is.
func repetitions(code string) []string {
	var all []string
	for at := 0; at < len(code); {
		end := code[at:]
		if strings.ContainsFunc(end, isWord) {
			all = append(all, end)
			if bare := strings.TrimLeft(end, " \t"); len(bare) < len(end) {
				all = append(all, bare)
			}
		} else if !strings.Contains(end, "\n") && strings.TrimLeft(end, " \t") == "" {
			all = append(all, end)
		}
		next := strings.IndexByte(end, '\n')
		if next < 0 {
			break
		}
		at += next + 1
	}
	return all
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// push takes code and returns what of it is new, as soon as that is certain.
func (j *joiner) push(code string) string {
	if j.decided {
		return code
	}
	j.head += code
	for _, repeat := range j.repeats {
		if len(j.head) < len(repeat) && strings.HasPrefix(repeat, j.head) {
			return "" // it may become this one
		}
		if strings.HasPrefix(j.head, repeat) {
			return j.decide(len(repeat))
		}
	}
	return j.decide(0)
}

// finish returns the code that was held back.
func (j *joiner) finish() string {
	if j.decided {
		return ""
	}
	for _, repeat := range j.repeats {
		if strings.HasPrefix(j.head, repeat) {
			return j.decide(len(repeat))
		}
		if strings.HasPrefix(repeat, j.head) && strings.Count(j.head, "\n") > 1 {
			return j.decide(len(j.head)) // it ended in the middle of repeating
		}
	}
	return j.decide(0)
}

// decide drops a repetition from the head and returns the rest.
func (j *joiner) decide(repeated int) string {
	j.decided = true
	rest := j.head[repeated:]
	j.head, j.repeats = "", nil
	if repeated == 0 && onNewLine(rest) && j.before != "" && !unicode.IsSpace(rune(j.before[len(j.before)-1])) {
		return "\n" + rest
	}
	return rest
}

// onNewLine reports whether code is indented as only a line of its own is.
func onNewLine(code string) bool {
	return strings.HasPrefix(code, "  ") || strings.HasPrefix(code, "\t")
}

// A reply turns what a chat model says into the completion of the user's code.
type reply struct {
	unfencer unfencer
	joiner   *joiner
}

func newReply(before string) *reply { return &reply{joiner: newJoiner(before)} }

// push takes a piece of the reply and returns the completion's next piece; done
// says that the code is complete.
func (r *reply) push(delta string) (text string, done bool) {
	code, done := r.unfencer.push(delta)
	if code != "" {
		text = r.joiner.push(code)
	}
	if done {
		text += r.joiner.finish()
	}
	return text, done
}

// finish returns what the end of the reply settles.
func (r *reply) finish() string {
	text := ""
	if code := r.unfencer.finish(); code != "" {
		text = r.joiner.push(code)
	}
	return text + r.joiner.finish()
}
