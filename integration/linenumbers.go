package integration

import (
	"regexp"
	"strings"
)

// harmlessHeaders are the headers that C and C++ programs include most and that
// define no macro which expands to a line number where it is used. (assert.h and
// source_location do.)
var harmlessHeaders = wordSet(`
	complex.h ctype.h errno.h fenv.h float.h inttypes.h iso646.h limits.h locale.h math.h setjmp.h signal.h
	stdalign.h stdarg.h stdatomic.h stdbool.h stddef.h stdint.h stdio.h stdlib.h stdnoreturn.h string.h tgmath.h
	threads.h time.h uchar.h wchar.h wctype.h

	algorithm any array atomic bitset charconv chrono cctype cerrno cfloat cinttypes climits clocale cmath compare
	complex concepts condition_variable csetjmp csignal cstdarg cstddef cstdint cstdio cstdlib cstring ctime cwchar
	cwctype deque exception filesystem format forward_list fstream functional future initializer_list iomanip ios
	iosfwd iostream istream iterator limits list locale map memory mutex new numeric optional ostream queue random
	ranges ratio regex set span sstream stack stdexcept streambuf string string_view system_error thread tuple
	type_traits typeinfo unordered_map unordered_set utility valarray variant vector

	arpa/inet.h dirent.h fcntl.h netdb.h netinet/in.h poll.h pthread.h pwd.h strings.h sys/mman.h sys/select.h
	sys/socket.h sys/stat.h sys/time.h sys/types.h sys/wait.h unistd.h`)

var (
	// splice joins two lines; the compilers allow space behind the backslash.
	splice = regexp.MustCompile(`(?:\\|\?\?/)[ \t\v\f\r]*\n`)
	// plainInclude is an include directive as people write it.
	plainInclude = regexp.MustCompile(`^[ \t]*#[ \t]*include[ \t]*<([^<>"'\\]+)>`)
	// anyInclude is whatever else may be one: with other quotes, digraphs, comments
	// before it, the name in a macro, or an import.
	anyInclude = regexp.MustCompile(`(?:#|%:|\?\?=|\*/).*(?:include|import)|\bimport\s*[<"]`)
)

// seesLines reports whether the user's code may read its own line numbers: by a
// word of its own, or by a macro from a header that it includes. Only headers of
// the table are known to have no such macros.
func (b block) seesLines() bool {
	code := splice.ReplaceAllString(b.prefix+b.suffix, "")
	for _, word := range []string{"__LINE__", "__builtin_LINE", "assert", "source_location"} {
		if strings.Contains(code, word) {
			return true
		}
	}
	for line := range strings.Lines(code) {
		if m := plainInclude.FindStringSubmatchIndex(line); m != nil && harmlessHeaders[line[m[2]:m[3]]] {
			line = line[m[1]:]
		}
		if anyInclude.MatchString(line) {
			return true
		}
	}
	return false
}

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(words) {
		set[word] = true
	}
	return set
}
