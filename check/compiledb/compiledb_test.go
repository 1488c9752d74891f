package compiledb_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/check/compiledb"
)

func mustWrite(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestFlags(t *testing.T) {
	dir := t.TempDir()
	in := func(parts ...string) string { return filepath.Join(append([]string{dir}, parts...)...) }
	mustWrite(t, in("build", "compile_commands.json"), `[
		{"directory": "build", "file": "../a.c", "command": "cc -Iinclude -I ../include -DNAME='a b' -D OLD=1 -UNEW -O2 -std=c11 -isystem sys -c ../a.c"},
		{"directory": "build", "file": "../a.c", "command": "cc -DSECOND"},
		{"directory": "build", "file": "../b.c", "arguments": ["cc", "-fplugin=evil.so", "-Xclang", "-load", "-B.", "-wrapper", "sh", "-include", "config.h", "-include-pch", "x", "-c", "../b.c"]}
	]`)
	var cache compiledb.Cache
	for path, want := range map[string][]string{
		"a.c":     {"-I", in("build", "include"), "-I", in("include"), "-DNAME=a b", "-DOLD=1", "-UNEW", "-std=c11", "-isystem", in("build", "sys")},
		in("b.c"): {"-include", in("build", "config.h")},
		"c.c":     nil,
	} {
		got, err := cache.Flags(dir, path)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +got)\n%s", path, err, diff)
		}
	}
}

func TestNoDatabase(t *testing.T) {
	var cache compiledb.Cache
	if got, err := cache.Flags(t.TempDir(), "a.c"); got != nil || err != nil {
		t.Errorf("%v, %v", got, err)
	}
}

func TestDamaged(t *testing.T) {
	dir := t.TempDir()
	mustWrite(t, filepath.Join(dir, "compile_commands.json"), `[{"file": 1`)
	var cache compiledb.Cache
	if _, err := cache.Flags(dir, "a.c"); err == nil || !strings.Contains(err.Error(), "compile_commands.json") {
		t.Errorf("error %v", err)
	}
}

func TestSplit(t *testing.T) {
	for text, want := range map[string][]string{
		"":                        nil,
		"a  b\tc\n":               {"a", "b", "c"},
		`'a b' "c d" e\ f`:        {"a b", "c d", "e f"},
		`"a\"b" 'a\b' "a\b" ''`:   {`a"b`, `a\b`, `a\b`, ""},
		`-DX=\"y\" "unended text`: {`-DX="y"`, "unended text"},
	} {
		if diff := cmp.Diff(want, compiledb.Split(text)); diff != "" {
			t.Errorf("%q (-want +got)\n%s", text, diff)
		}
	}
}

// Words without quotes, backslashes and space come back as they went in.
func FuzzSplit(f *testing.F) {
	f.Add(`cc -I"a b" 'c`)
	f.Add(`\`)
	f.Fuzz(func(t *testing.T, text string) {
		words := compiledb.Split(text)
		if !strings.ContainsAny(text, "'\"\\ \t\r\n") && text != "" && (len(words) != 1 || words[0] != strings.ToValidUTF8(text, "\uFFFD") && words[0] != text) {
			if strings.ToValidUTF8(text, "") == text {
				t.Errorf("%q became %q", text, words)
			}
		}
	})
}
