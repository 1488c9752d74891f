package main

import (
	"archive/zip"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/lang"
	"github.com/seccoder/seccoder/retrieval"
)

const (
	// functionsEach is how many functions of a package are taken: the large ones are not to
	// outweigh the others.
	functionsEach = 80
	// shortest is how many lines a function must have to have a first half that says something.
	shortest = 9
	// longestHead bounds what stands before a function, in bytes.
	longestHead = 1500
	// largestFile bounds what is read of a package's file.
	largestFile = 4 << 20
)

// notOrdinary are the files of a package that are not its own code, or are tables.
var notOrdinary = regexp.MustCompile(`test|/_?vendor|locale`)

// ordinary are first halves of functions of the packages whose wheels lie in a folder, every
// second with what stands at the head of its file before it, as with a query: else imports
// alone would tell programs from functions.
func ordinary(folder string) ([]retrieval.DangerSample, error) {
	wheels, err := filepath.Glob(filepath.Join(folder, "*.whl"))
	if err != nil {
		return nil, err
	}
	if len(wheels) == 0 {
		return nil, fmt.Errorf("there are no wheels in %s: get them with make head", folder)
	}
	var samples []retrieval.DangerSample
	for _, wheel := range wheels {
		read, err := ordinaryOf(wheel)
		if err != nil {
			return nil, fmt.Errorf("read the functions of %s: %w", wheel, err)
		}
		samples = append(samples, read...)
	}
	return samples, nil
}

func ordinaryOf(wheel string) ([]retrieval.DangerSample, error) {
	archive, err := zip.OpenReader(wheel)
	if err != nil {
		return nil, err
	}
	defer archive.Close()
	name, _, _ := strings.Cut(filepath.Base(wheel), "-")
	var heads, halves []string
	for _, file := range archive.File {
		if !strings.HasSuffix(file.Name, ".py") || notOrdinary.MatchString(file.Name) || file.UncompressedSize64 > largestFile {
			continue
		}
		source, err := readZipped(file)
		if err != nil {
			return nil, err
		}
		for _, f := range lang.Functions(lang.Python, source) {
			code := source[f.Start:f.End]
			if f.Outer >= 0 || strings.Count(code, "\n") < shortest-1 {
				continue
			}
			heads, halves = append(heads, headOf(source)), append(halves, eval.FirstHalf(code))
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	var samples []retrieval.DangerSample
	for n, i := range random.Perm(len(halves)) {
		if n == functionsEach {
			break
		}
		code := halves[i]
		if n%2 == 1 {
			code = heads[i] + code
		}
		samples = append(samples, retrieval.DangerSample{Language: lang.Python, Code: code, Unfinished: true, Group: name})
	}
	return samples, nil
}

func readZipped(file *zip.File) (string, error) {
	in, err := file.Open()
	if err != nil {
		return "", err
	}
	defer in.Close()
	source, err := io.ReadAll(io.LimitReader(in, largestFile))
	return string(source), err
}

// definition is where the head of a Python file ends.
var definition = regexp.MustCompile(`(?m)^(def |class |@|async )`)

// headOf is what stands before the first definition, its end where it is long.
func headOf(source string) string {
	head := source
	if at := definition.FindStringIndex(source); at != nil {
		head = source[:at[0]]
	}
	return head[max(0, len(head)-longestHead):]
}
