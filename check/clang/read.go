package clang

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/seccoder/seccoder/check"
)

// diagnostic is a line of the analyzer's text: path, line, column, kind, message, and in
// brackets the check.
var diagnostic = regexp.MustCompile(`^(.+?):(\d+):(\d+): (warning|error|fatal error): (.*?)(?: \[([\w.,+-]+)\])?$`)

// read reads the analyzer's text: the findings, and the first error of a file that does
// not compile.
func read(text string) (findings []check.Finding, broken string) {
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		m := diagnostic.FindStringSubmatch(line)
		switch {
		case m == nil:
			if rest, ok := strings.CutPrefix(line, "error: "); ok && broken == "" {
				broken = rest
			}
			continue
		case m[4] != "warning":
			if broken == "" {
				broken = fmt.Sprintf("%s (%s:%s)", m[5], m[1], m[2])
			}
			continue
		case !strings.Contains(m[6], "."):
			continue // a warning of the compiler
		}
		f := check.Finding{Path: m[1], Rule: m[6], Message: m[5]}
		f.Line, _ = strconv.Atoi(m[2])
		f.Column, _ = strconv.Atoi(m[3])
		describe(&f)
		findings = append(findings, f)
	}
	return findings, broken
}

// printed is a CWE in a message of the analyzer.
var printed = regexp.MustCompile(`[.,]? *\(?CWE-(\d+)\)?`)

// describe fills in what a check's name and message stand for.
func describe(f *check.Finding) {
	f.Severity = check.Medium
	best := 0
	for _, row := range checks {
		if strings.HasPrefix(f.Rule, row.rule) && strings.Contains(strings.ToLower(f.Message), row.says) && len(row.rule)+len(row.says) >= best {
			best = len(row.rule) + len(row.says)
			f.CWE, f.Severity, f.Fix = row.cwe, row.severity, row.fix
		}
	}
	if m := printed.FindStringSubmatch(f.Message); m != nil {
		if f.CWE == 0 {
			f.CWE, _ = check.ParseCWE(m[1])
		}
		f.Message = strings.TrimSpace(printed.ReplaceAllString(f.Message, ""))
	}
}

// checks say what the analyzer's checks stand for. rule is the beginning of the check's
// name, says a part of the message in lower case; of the rows that fit the one with the
// longest texts counts.
var checks = []struct {
	rule, says string
	cwe        check.CWE
	severity   check.Severity
	fix        string
}{
	{"core.", "", 758, check.Medium, ""},
	{"core.CallAndMessage", "null", 476, check.Medium, ""},
	{"core.CallAndMessage", "uninitialized", 457, check.Medium, ""},
	{"core.DivideZero", "", 369, check.Medium, ""},
	{"core.NonNullParamChecker", "", 476, check.Medium, ""},
	{"core.NullDereference", "", 476, check.Medium, ""},
	{"core.StackAddressEscape", "", 562, check.High, ""},
	{"core.UndefinedBinaryOperatorResult", "", 457, check.Medium, ""},
	{"core.VLASize", "", 789, check.Medium, "Check the size before the array is made, or allocate it."},
	{"core.uninitialized", "", 457, check.Medium, ""},
	{"cplusplus.InnerPointer", "", 416, check.High, "Do not keep a pointer into a container that may be changed or gone."},
	{"cplusplus.Move", "", 672, check.Medium, "Do not use an object after it was moved from."},
	{"cplusplus.NewDelete", "freed", 416, check.High, ""},
	{"cplusplus.NewDelete", "released", 416, check.High, ""},
	{"cplusplus.NewDelete", "attempt to free released", 415, check.High, "Delete once; let a std::unique_ptr own the object."},
	{"cplusplus.NewDelete", "not allocated", 590, check.High, ""},
	{"cplusplus.NewDeleteLeaks", "", 401, check.Low, "Let a std::unique_ptr own the object."},
	{"cplusplus.PlacementNew", "", 787, check.High, "Give placement new as much room as the type needs."},
	{"cplusplus.PureVirtualCall", "", 758, check.Medium, ""},
	{"cplusplus.StringChecker", "", 476, check.Medium, ""},
	{"nullability.", "", 476, check.Low, ""},
	{"unix.API", "", 686, check.Medium, "Call the function as its manual says."},
	{"unix.Malloc", "after it is freed", 416, check.High, ""},
	{"unix.Malloc", "released", 416, check.High, ""},
	{"unix.Malloc", "attempt to free released", 415, check.High, ""},
	{"unix.Malloc", "leak", 401, check.Low, ""},
	{"unix.Malloc", "not allocated", 590, check.High, ""},
	{"unix.Malloc", "not memory allocated", 590, check.High, ""},
	{"unix.MallocSizeof", "", 467, check.Medium, "Allocate sizeof *pointer times the number of elements."},
	{"unix.MismatchedDeallocator", "", 762, check.Medium, ""},
	{"unix.Stream", "", 664, check.Medium, ""},
	{"unix.Stream", "leak", 775, check.Low, ""},
	{"unix.Vfork", "", 242, check.Low, "Use posix_spawn, or fork."},
	{"unix.cstring.BadSizeArg", "", 805, check.High, ""},
	{"unix.cstring.NullArg", "", 476, check.Medium, ""},
	{"unix.Chroot", "", 243, check.Medium, ""},
	{"alpha.unix.Chroot", "", 243, check.Medium, ""},
	{"alpha.unix.cstring.OutOfBounds", "", 787, check.High, ""},
	{"alpha.unix.cstring.OutOfBounds", "accesses out-of-bound", 125, check.High, ""},
	{"alpha.unix.cstring.OutOfBounds", "overflow", 787, check.High, ""},
	{"security.ArrayBound", "", 119, check.High, "Check the index against the array's length before it is used."},
	{"alpha.security.ArrayBound", "", 119, check.High, "Check the index against the array's length before it is used."},
	{"security.ArrayBound", "upper limit", 788, check.High, ""},
	{"alpha.security.ArrayBound", "upper limit", 788, check.High, ""},
	{"security.ArrayBound", "precedes", 786, check.High, ""},
	{"alpha.security.ArrayBound", "precedes", 786, check.High, ""},
	{"security.ArrayBound", "tainted", 129, check.High, "Check the index against the array's length before it is used."},
	{"alpha.security.ArrayBound", "tainted", 129, check.High, "Check the index against the array's length before it is used."},
	{"alpha.security.MallocOverflow", "", 190, check.Medium, "Use calloc, which checks the product, or check the factors first."},
	{"alpha.security.ReturnPtrRange", "", 823, check.Medium, ""},
	{"alpha.security.MmapWriteExec", "", 119, check.Low, "Map memory either writable or executable, never both."},
	{"security.MmapWriteExec", "", 119, check.Low, "Map memory either writable or executable, never both."},
	{"alpha.security.taint", "", 20, check.High, ""},
	{"alpha.security.taint", "format string", 134, check.High, ""},
	{"alpha.security.taint", "system call", 78, check.High, ""},
	{"alpha.security.taint", "buffer size", 789, check.High, ""},
	{"optin.taint", "", 20, check.High, ""},
	{"optin.taint", "format string", 134, check.High, ""},
	{"optin.taint", "system call", 78, check.High, ""},
	{"optin.taint", "buffer size", 789, check.High, ""},
	{"optin.taint.TaintedAlloc", "", 789, check.High, ""},
	{"security.PutenvStackArray", "", 686, check.Medium, "Use setenv, which copies the value."},
	{"security.SetgidSetuidOrder", "", 269, check.Medium, "Give up the group before the user."},
	{"security.insecureAPI.UncheckedReturn", "", 252, check.Medium, "Check the result: when dropping privileges fails, stop."},
	{"security.insecureAPI.getpw", "", 120, check.High, "Use getpwuid."},
	{"security.insecureAPI.gets", "", 242, check.High, "Use fgets, which takes the buffer's size."},
	{"security.insecureAPI.mkstemp", "", 377, check.Medium, "End the template with six times X."},
	{"security.insecureAPI.mktemp", "", 377, check.Medium, "Use mkstemp, which makes the file, too."},
	{"security.insecureAPI.rand", "", 338, check.Low, ""},
	{"security.insecureAPI.strcpy", "", 120, check.Medium, "Use snprintf with the destination's size, and check that the text fitted."},
	{"security.insecureAPI.vfork", "", 242, check.Low, "Use posix_spawn, or fork."},
}
