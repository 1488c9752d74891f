package gitmine

import (
	"path"
	"strings"

	"github.com/seccoder/seccoder/internal/gitobjects"
	"github.com/seccoder/seccoder/lang"
)

// passedOver says why a file is not looked at, or "".
func passedOver(c gitobjects.Change) string {
	switch {
	case c.Mode == gitobjects.ModeSubmodule || c.OldMode == gitobjects.ModeSubmodule:
		return "a submodule; mine its own repository"
	case c.Mode == gitobjects.ModeLink || c.OldMode == gitobjects.ModeLink:
		return "a symbolic link"
	case c.Status == 'A':
		return "a new file"
	case c.Status == 'D':
		return "a file that was deleted"
	}
	if _, ok := lang.FromPath(c.Path); !ok {
		return "no file of a known language"
	}
	return foreignPath(c.Path)
}

// foreignFolders are folders whose files are not the project's own running code.
var foreignFolders = map[string]string{
	"test": "a test", "tests": "a test", "testing": "a test", "testdata": "a test", "__tests__": "a test", "spec": "a test", "specs": "a test",
	"unittests": "a test", "unittest": "a test", "unit_tests": "a test", "unit-test": "a test", "fixtures": "a test", "testsuite": "a test", "test-suite": "a test",
	"fuzz": "a fuzzer", "fuzzing": "a fuzzer", "fuzzers": "a fuzzer", "oss-fuzz": "a fuzzer",
	"bench": "a benchmark", "benchmark": "a benchmark", "benchmarks": "a benchmark",
	"doc": "documentation", "docs": "documentation",
	"vendor": "code of others", "node_modules": "code of others", "third_party": "code of others", "third-party": "code of others", "thirdparty": "code of others", "3rdparty": "code of others", "external": "code of others", "_vendor": "code of others", "bower_components": "code of others",
	"dist": "generated", "build": "generated", "generated": "generated", "min": "generated",
}

// servedFolders are folders of files that a web application serves. Their libraries are those of
// others, which lib and libs elsewhere need not be.
var servedFolders = map[string]bool{"js": true, "javascript": true, "javascripts": true, "static": true, "public": true, "assets": true, "scripts": true, "wwwroot": true}

// foreignPath says what a file is that is not the project's own running code, or "".
func foreignPath(name string) string {
	folders := strings.Split(strings.ToLower(name), "/")
	base := folders[len(folders)-1]
	for i, folder := range folders[:len(folders)-1] {
		if why := foreignFolders[folder]; why != "" {
			return why
		}
		if (folder == "lib" || folder == "libs") && i > 0 && servedFolders[folders[i-1]] {
			return "code of others"
		}
	}
	stem := strings.TrimSuffix(base, path.Ext(base))
	switch {
	case strings.HasPrefix(stem, "test_") || strings.HasSuffix(stem, "_test") || strings.HasSuffix(stem, "_tests") || strings.HasSuffix(stem, ".test") ||
		strings.HasSuffix(stem, ".spec") || strings.HasSuffix(stem, "_unittest") || stem == "conftest" || stem == "test" || stem == "tests" || stem == "runtests" ||
		strings.HasPrefix(stem, "test-") || strings.HasSuffix(stem, "-test") || strings.HasPrefix(stem, "unittest"):
		return "a test"
	case strings.HasSuffix(path.Base(name), "Test.java") || strings.HasSuffix(path.Base(name), "Tests.java"):
		return "a test"
	case strings.Contains(stem, "fuzz"):
		return "a fuzzer"
	case strings.HasSuffix(stem, ".min") || strings.HasSuffix(stem, "-min") || strings.HasSuffix(stem, "_pb2") || strings.HasSuffix(stem, ".pb") || strings.HasSuffix(stem, ".d") && path.Ext(base) == ".ts" || strings.HasSuffix(stem, ".tab") || strings.HasSuffix(stem, ".bundle"):
		return "generated"
	case base == "setup.py":
		return "a build script"
	}
	return ""
}
