package integration_test

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/seccoder/seccoder/lang"
)

// A judge compares the program with a demonstration to the program without: it
// returns "" where they are the same, and what is different where not.
type judge func(shown, alone string) string

// mustJudge returns the judge of a language, built on a real parser. It skips the
// test where the parser is not installed.
func mustJudge(tb testing.TB, l lang.Language) judge {
	tb.Helper()
	switch l {
	case lang.Python:
		return mustStartJudge(tb, "python3", "testdata/same_tree.py")
	case lang.JavaScript, lang.TypeScript: // the JavaScript part of TypeScript
		return mustStartJudge(tb, "node", "--expose-internals", "testdata/same_tree.js")
	case lang.Java:
		return mustStartJudge(tb, "java", "testdata/SameTree.java")
	case lang.C:
		return mustPreprocess(tb, "gcc", "c", "", "-std=c11 -trigraphs", "-std=c90", "-std=c2x")
	case lang.CPP:
		return mustPreprocess(tb, "g++", "c++", "", "-std=c++11", "-std=c++98 -trigraphs", "-std=c++20 -fmodules-ts")
	case lang.Go:
		return sameGo
	}
	tb.Fatalf("no judge for %s", l)
	return nil
}

// mustStartJudge starts a program that answers questions, one on a line, and runs
// until the test ends.
func mustStartJudge(tb testing.TB, name string, args ...string) judge {
	tb.Helper()
	if _, err := exec.LookPath(name); err != nil {
		tb.Skipf("%s is not installed: %v", name, err)
	}
	cmd := exec.Command(name, args...)
	stdin, err := cmd.StdinPipe()
	if err != nil {
		tb.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		tb.Fatal(err)
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		stdin.Close()
		_ = cmd.Wait()
	})
	answers := bufio.NewReader(stdout)
	var mu sync.Mutex
	ask := func(shown, alone string) string {
		mu.Lock()
		defer mu.Unlock()
		encode := base64.StdEncoding.EncodeToString
		fmt.Fprintf(stdin, "%s,%s\n", encode([]byte(shown)), encode([]byte(alone)))
		answer, err := answers.ReadString('\n')
		if err != nil {
			return fmt.Sprintf("%s does not answer: %v", name, err)
		}
		if answer = strings.TrimSpace(answer); answer != "same" {
			return answer
		}
		return ""
	}
	const program = "\n"
	if got := ask(program, program); got != "" {
		stdin.Close()
		_ = cmd.Wait()
		tb.Skipf("%s cannot be asked: %s\n%s", name, got, &stderr)
	}
	return ask
}

// logHeader is a header of the user's, log.h, with a macro that sees line numbers.
const logHeader = "#define LOG() record(__FILE__, __LINE__)\n"

// mustPreprocess compares what the preprocessor makes of both programs, by each of
// the standards.
func mustPreprocess(tb testing.TB, compiler, language string, standards ...string) judge {
	tb.Helper()
	path, err := exec.LookPath(compiler)
	if err != nil {
		tb.Skipf("%s is not installed: %v", compiler, err)
	}
	headers := tb.TempDir()
	if err := os.WriteFile(filepath.Join(headers, "log.h"), []byte(logHeader), 0o600); err != nil {
		tb.Fatal(err)
	}
	tokens := func(source, standard string) string {
		args := append([]string{"-E", "-P", "-w", "-I", headers, "-x", language}, strings.Fields(standard)...)
		cmd := exec.Command(path, append(args, "-")...)
		cmd.Stdin = strings.NewReader(source)
		out, err := cmd.Output()
		return fmt.Sprint(err == nil, " ", strings.Join(strings.Fields(string(out)), " "))
	}
	return func(shown, alone string) string {
		for _, standard := range standards {
			got, want := tokens(shown, standard), tokens(alone, standard)
			if got != want {
				return fmt.Sprintf("%s %s: other tokens\n got %.300q\nwant %.300q", compiler, standard, got, want)
			}
		}
		return ""
	}
}

// sameGo compares syntax trees, with the comments that mean something: those that
// document, and those for the compiler and the build.
func sameGo(shown, alone string) string {
	render := func(source string) (string, error) {
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, "a.go", source, parser.ParseComments)
		if err != nil {
			return "", err
		}
		var meaning strings.Builder
		fmt.Fprintln(&meaning, "version", file.GoVersion)
		ast.Inspect(file, func(n ast.Node) bool {
			if group, ok := n.(*ast.CommentGroup); ok && group != nil {
				fmt.Fprintln(&meaning, "doc", group.Text())
			}
			return true
		})
		for _, group := range file.Comments {
			for _, comment := range group.List {
				if strings.HasPrefix(comment.Text, "//go:") {
					fmt.Fprintln(&meaning, comment.Text)
				}
			}
		}
		file.Comments = nil
		file.Doc = nil
		if err := format.Node(&meaning, token.NewFileSet(), file); err != nil {
			return "", err
		}
		return meaning.String(), nil
	}
	got, err := render(shown)
	if err != nil {
		return "does not parse: " + err.Error()
	}
	want, err := render(alone)
	if err != nil {
		return "the prompt alone does not parse: " + err.Error()
	}
	if got != want {
		return "another tree"
	}
	return ""
}
