package own

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/seccoder/seccoder/check/sandbox"
	"github.com/seccoder/seccoder/lang"
)

// newLanguages makes what runs each language; what is shared between programs is made
// once, when it is first needed.
func newLanguages(o Oracles) map[lang.Language]language {
	return map[lang.Language]language{
		lang.Python:     python{o.Sandbox, o.Python},
		lang.JavaScript: javaScript{o.Sandbox},
		lang.C:          clang{sandbox: o.Sandbox, ending: ".c", program: "clang", standard: "gnu17"},
		lang.CPP:        clang{sandbox: o.Sandbox, ending: ".cpp", program: "clang++", standard: "gnu++17"},
		lang.Go:         &golang{sandbox: o.Sandbox, cacheDir: o.CacheDir},
		lang.Java:       &java{sandbox: o.Sandbox, cacheDir: o.CacheDir},
	}
}

// caseLimits bound a harness with all of its cases. It bounds them one by one, by
// processor time and thrice that and 2 s of waiting, and stops after two that took longer.
func caseLimits(p program) sandbox.Limits {
	cpu := time.Duration(p.cpuSeconds) * time.Second
	return sandbox.Limits{
		Wall: 30*time.Second + 2*(3*cpu+2*time.Second), CPU: 6*time.Second + 3*cpu, MemoryBytes: 1 << 30, Processes: 64, OpenFiles: 512,
	}
}

// runCases runs a harness that reads the nonce and takes the processor time as its last
// argument. ready says that a harness that says nothing at all is at fault, not the
// program.
func runCases(ctx context.Context, box *sandbox.Sandbox, p program, c sandbox.Command, ready bool) (transcript, error) {
	c.Args = append(c.Args, strconv.Itoa(p.cpuSeconds))
	c.Dir, c.Stdin, c.Limits = p.dir, []byte(p.nonce+"\n"), caseLimits(p)
	r, err := box.Run(ctx, c)
	if err != nil {
		return transcript{}, err
	}
	t := parse(r, p.nonce)
	silent := t.invalid == "" && t.mismatch == "" && len(t.cases) == 0
	if silent && ready && r.Exceeded == "" {
		return transcript{}, fmt.Errorf("%s did not start the cases (exit status %d): %s", c.Args[0], r.ExitCode, lastLines(r.Stderr))
	}
	return t, nil
}

// cacheFolder is the folder for what is kept between runs; "" stands for that of the user.
func cacheFolder(dir string) (string, error) {
	if dir == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return "", fmt.Errorf("find a folder for what is kept between runs: %w", err)
		}
		dir = filepath.Join(user, "seccoder", "eval")
	}
	return filepath.Abs(dir)
}

// lay writes files, by name, into a program's folder.
func lay(dir string, files map[string]string) error {
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// harnessFile returns one of the embedded harness files.
func harnessFile(name string) string {
	content, err := ownFiles.ReadFile("harness/" + name)
	if err != nil {
		return "" // the go command would not have built this
	}
	return string(content)
}

// installed says what to do where a tool is missing.
func installed(tool, what string) error {
	if _, err := exec.LookPath(tool); err != nil {
		return fmt.Errorf("%s is %w; install %s", tool, errNotInstalled, what)
	}
	return nil
}

// firstError finds a compiler's first complaint, else its first line.
func firstError(output []byte) string {
	text := strings.TrimSpace(string(output))
	for line := range strings.Lines(text) {
		if strings.Contains(line, "error:") {
			return strings.TrimSpace(line)
		}
	}
	first, _, _ := strings.Cut(text, "\n")
	return first
}

// lastLines cuts an output to its end.
func lastLines(output []byte) string {
	text := strings.TrimSpace(string(output))
	if len(text) > 400 {
		text = text[len(text)-400:]
	}
	return text
}
