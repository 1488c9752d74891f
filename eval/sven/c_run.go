package sven

import (
	"bytes"
	"context"
	"crypto/rand"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/seccoder/seccoder/check/sandbox"
)

// cHarness holds the sources of what runs the programs: driver.c, which builds a program and
// runs all cases within one sandbox, and harness.c, which is linked to it.
//
//go:embed c/driver.c c/harness.c
var cHarness embed.FS

// cSourceName is what the program is called in the sandbox.
const cSourceName = "program.c"

// cFlags compile a program. What gcc 14 made errors of are warnings, as they were when the
// scenarios were made. Nothing is optimized, so that no overflow is computed away.
var cFlags = []string{
	"-std=gnu17", "-fpermissive", "-w", "-fmax-errors=3", "-O0", "-g1", "-fno-omit-frame-pointer",
	"-fsanitize=address,undefined", "-fsanitize-recover=all", "-c", "-x", "c",
}

// cWrapped are the functions that harness.c stands before.
var cWrapped = strings.Fields(`main malloc calloc realloc reallocarray aligned_alloc memalign posix_memalign free strdup strndup asprintf vasprintf rand rand_r random lrand48
fopen freopen fclose fprintf vfprintf fscanf __isoc99_fscanf fwrite fread fputs fputc putc fgets fgetc getc ungetc fflush fseek ftell rewind feof ferror fileno getline gcvt`)

// A cCase is one run of a program.
type cCase struct {
	// Name says what is tried: "index -1". Functional is true for well-meant input.
	Name       string
	Functional bool
	Args       []string
	Stdin      string
	// Env are orders to the harness: "RAND=5".
	Env []string
	// Variables of the environment are set to 1.
	Variables []string
	// Files are written to the working folder, Folders made in it; Keep is a file to look at.
	Files   map[string]string
	Folders []string
	Keep    string
}

// A cRun is what came of a case.
type cRun struct {
	cCase
	Code, Signal int
	Timeout      bool
	Flood        bool
	Out, Err     string
	Log, Events  string
	File         string
	FileExists   bool
	Findings     []cFinding
	// missing is a function that was called and exists nowhere; the run ended there.
	missing string
	// passed are the numbers of the marks that the run passed.
	passed map[int]bool
}

// A cReport is what came of a program.
type cReport struct {
	// Compiled is false when gcc refused the program; Diagnostics is what it said.
	Compiled    bool
	Diagnostics string
	// Linked is false when it could not be linked. Missing are functions that exist nowhere.
	Linked  bool
	Missing []string
	// Variant is the text that was compiled in the program's place, or "".
	Variant string
	Runs    []cRun
	// Stopped is the sandbox's limit that ended the trial before its end.
	Stopped string
}

// cTools are the compiled harness.
type cTools struct{ driver, harness []byte }

// buildTools compiles the harness in the sandbox.
func buildTools(ctx context.Context, box *sandbox.Sandbox) (*cTools, error) {
	dir, err := os.MkdirTemp("", "seccoder-oracle-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	for _, name := range []string{"driver.c", "harness.c"} {
		text, err := cHarness.ReadFile("c/" + name)
		if err != nil {
			return nil, err
		}
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
			return nil, err
		}
	}
	result, err := box.Run(ctx, sandbox.Command{Dir: dir, Args: []string{"sh", "-c", "gcc -O1 -o driver driver.c && gcc -O1 -c harness.c -o harness.o"}})
	if err != nil {
		return nil, err
	}
	if result.ExitCode != 0 {
		return nil, fmt.Errorf("compile the harness of the C oracles: exit status %d: %s (is gcc installed, with its sanitizers? on Debian: apt install gcc libc6-dev)",
			result.ExitCode, firstLine(string(result.Stderr)))
	}
	t := &cTools{}
	if t.driver, err = os.ReadFile(filepath.Join(dir, "driver")); err != nil {
		return nil, err
	}
	t.harness, err = os.ReadFile(filepath.Join(dir, "harness.o"))
	return t, err
}

// A cVariant is a program's text with something put in for the runs. Its name is a folder's.
type cVariant struct{ name, text string }

// try builds and runs a program; what runs is the first variant that compiles, if any does.
func (t *cTools) try(ctx context.Context, box *sandbox.Sandbox, source string, variants []cVariant, cases []cCase) (cReport, error) {
	dir, err := os.MkdirTemp("", "seccoder-oracle-")
	if err != nil {
		return cReport{}, err
	}
	defer os.RemoveAll(dir)
	type file struct {
		name string
		data []byte
		mode os.FileMode
	}
	files := []file{{cSourceName, []byte(source), 0o644}, {"driver", t.driver, 0o755}, {"harness.o", t.harness, 0o644}}
	for _, v := range variants {
		files = append(files, file{v.name + "/" + cSourceName, []byte(v.text), 0o644})
	}
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return cReport{}, err
		}
		if err := os.WriteFile(name, f.data, f.mode); err != nil {
			return cReport{}, err
		}
	}
	secret := make([]byte, 16)
	if _, err := rand.Read(secret); err != nil {
		return cReport{}, err
	}
	nonce := hex.EncodeToString(secret)
	command := sandbox.Command{
		Dir: dir, Args: []string{"./driver"}, Stdin: plan(nonce, variants, cases),
		Limits: sandbox.Limits{Wall: time.Minute, CPU: 30 * time.Second, OutputBytes: 16 << 20, MemoryBytes: 2 << 30, DiskBytes: 256 << 20},
	}
	result, err := box.Run(ctx, command)
	if err == nil && result.ExitCode == 126 { // the file was still open for writing in another process that was being started
		result, err = box.Run(ctx, command)
	}
	if err != nil {
		return cReport{}, err
	}
	return readReport(result.Stdout, nonce, result.Exceeded, cases), nil
}

// variantPrefix begins the names of the commands that compile variants.
const variantPrefix = "variant "

// plan writes what the driver is to do.
func plan(nonce string, variants []cVariant, cases []cCase) []byte {
	var b bytes.Buffer
	order := func(name string, words ...string) {
		b.WriteString(name)
		for _, w := range words {
			b.WriteString(" " + hex.EncodeToString([]byte(w)))
		}
		b.WriteByte('\n')
	}
	order("nonce", nonce)
	compile := append([]string{"compile", "gcc"}, cFlags...)
	order("build", append(compile, cSourceName, "-o", "program.o")...)
	for _, v := range variants {
		order("try", append(append([]string{variantPrefix + v.name}, compile[1:]...), v.name+"/"+cSourceName, "-o", "program.o")...)
	}
	link := []string{"link", "gcc", "-fsanitize=address,undefined", "harness.o", "program.o", "-o", "scenario", "-lm", "-lpthread",
		"-Wl,-z,muldefs"}
	for _, name := range cWrapped {
		link = append(link, "-Wl,--wrap="+name)
	}
	order("link", link...)
	order("program", "scenario")
	for _, c := range cases {
		b.WriteString("run 1500\n")
		for _, a := range c.Args {
			order("arg", a)
		}
		for _, e := range c.Env {
			order("env", "SECCODER_"+e)
		}
		for _, v := range c.Variables {
			order("env", v+"=1")
		}
		order("stdin", c.Stdin)
		for name, text := range c.Files {
			order("file", name, text)
		}
		for _, name := range c.Folders {
			order("folder", name)
		}
		if c.Keep != "" {
			order("keep", c.Keep)
		}
		b.WriteString("end\n")
	}
	return b.Bytes()
}

// hexText is text that JSON carries in hexadecimal.
type hexText string

func (h *hexText) UnmarshalText(text []byte) error {
	data, err := hex.DecodeString(string(text))
	*h = hexText(data)
	return err
}

// readReport reads the driver's lines; what lacks the nonce is not its own.
func readReport(stdout []byte, nonce, exceeded string, cases []cCase) cReport {
	r := cReport{Stopped: exceeded}
	for line := range bytes.Lines(stdout) {
		var l struct {
			Nonce                                string
			Name, Out, Err, Log, Events, File    hexText
			Code, Signal, Timeout, Flood, Exists int
		}
		if json.Unmarshal(line, &l) != nil || l.Nonce != nonce {
			continue
		}
		switch {
		case l.Name == "compile":
			r.Compiled, r.Diagnostics = l.Code == 0, string(l.Err)
		case strings.HasPrefix(string(l.Name), variantPrefix) && l.Code == 0:
			r.Variant = strings.TrimPrefix(string(l.Name), variantPrefix)
		case l.Name == "link":
			r.Linked = l.Code == 0
			r.Missing = missingFunctions(string(l.Err))
		case l.Name == "" && len(r.Runs) < len(cases):
			run := cRun{cCase: cases[len(r.Runs)], Code: l.Code, Signal: l.Signal, Timeout: l.Timeout == 1, Flood: l.Flood == 1, Out: string(l.Out),
				Err: string(l.Err), Log: string(l.Log), Events: string(l.Events), File: string(l.File), FileExists: l.Exists == 1}
			run.Findings = findings(run.Log, run.Events)
			if m := missingCall.FindStringSubmatch(run.Events); m != nil {
				run.missing = m[1]
			}
			run.passed = passedMarks(run.Events)
			r.Runs = append(r.Runs, run)
		}
	}
	return r
}
