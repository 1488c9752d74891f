package own

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/seccoder/seccoder/check/sandbox"
)

// java runs Java programs. The harness is compiled once; it compiles the program in the
// same virtual machine that runs it, since starting another takes longer.
type java struct {
	sandbox *sandbox.Sandbox

	lock    sync.Mutex
	classes map[string]string
}

func (*java) compiler() string { return "javac" }

func (l *java) run(ctx context.Context, p program) (transcript, error) {
	if err := installed("javac", "a JDK, 17 or newer"); err != nil {
		return transcript{}, err
	}
	classes, err := l.harness(ctx)
	if err != nil {
		return transcript{}, err
	}
	files := maps.Clone(classes)
	files["program.java"], files["test.java"] = p.source, p.test
	if err := lay(p.dir, files); err != nil {
		return transcript{}, err
	}
	return runCases(ctx, l.sandbox, p, sandbox.Command{Args: []string{
		"java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-Xss512k", "-cp", "/sandbox/harness", "Harness",
	}}, true)
}

// harness returns the compiled classes, by their place below a program's folder.
func (l *java) harness(ctx context.Context) (map[string]string, error) {
	l.lock.Lock()
	defer l.lock.Unlock()
	if l.classes != nil {
		return l.classes, nil
	}
	dir, err := os.MkdirTemp("", "seccoder-own-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	err = lay(dir, map[string]string{"Harness.java": harnessFile("java/Harness.java"), "Case.java": harnessFile("java/Case.java")})
	if err != nil {
		return nil, err
	}
	r, err := l.sandbox.Run(ctx, sandbox.Command{
		Args: []string{"javac", "-nowarn", "-d", "harness", "Harness.java", "Case.java"}, Dir: dir,
		Limits: sandbox.Limits{Wall: time.Minute, CPU: time.Minute, MemoryBytes: 1 << 30, OpenFiles: 512},
	})
	if err != nil {
		return nil, err
	}
	found, err := filepath.Glob(filepath.Join(dir, "harness", "*.class"))
	if err != nil || r.ExitCode != 0 || len(found) == 0 {
		return nil, fmt.Errorf("javac does not compile the harness (exit status %d): %s", r.ExitCode, lastLines(r.Stderr))
	}
	classes := map[string]string{}
	for _, path := range found {
		content, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		classes["harness/"+filepath.Base(path)] = string(content)
	}
	l.classes = classes
	return classes, nil
}
