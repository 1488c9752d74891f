package own

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"

	"github.com/seccoder/seccoder/check/sandbox"
	"github.com/seccoder/seccoder/internal/atomicfile"
)

// java runs Java programs. The harness is compiled once; it compiles the program in the
// same virtual machine that runs it, since starting another takes longer.
//
// Two files in the cache are kept for each JDK: the harness, and an archive of the classes
// that it and the compiler load ("class data sharing"), which saves a quarter of a program's
// processor time. The virtual machine takes the archive only if the harness has the path, the size and the
// time that it had when the archive was made, and does without it otherwise.
type java struct {
	sandbox  *sandbox.Sandbox
	cacheDir string

	lock    sync.Mutex
	harness []byte
	archive string // its path; "" for a virtual machine that makes none
}

func (*java) compiler() string { return "javac" }

func (l *java) run(ctx context.Context, p program) (transcript, error) {
	if err := installed("javac", "a JDK, 17 or newer"); err != nil {
		return transcript{}, err
	}
	if err := l.prepare(ctx); err != nil {
		return transcript{}, err
	}
	if err := layHarness(p.dir, l.harness); err != nil {
		return transcript{}, err
	}
	if err := lay(p.dir, map[string]string{"program.java": p.source, "test.java": p.test}); err != nil {
		return transcript{}, err
	}
	c := sandbox.Command{Args: []string{"java"}}
	if l.archive != "" {
		c.Args, c.ReadOnly = append(c.Args, "-XX:SharedArchiveFile="+l.archive, "-Xlog:disable"), []string{l.archive}
	}
	c.Args = append(append(c.Args, javaFlags...), "-cp", harnessPath+":/sandbox/harness", "Harness")
	return runCases(ctx, l.sandbox, p, c, true)
}

var javaFlags = []string{"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-Xss512k"}

// javaLimits bound what is run to make the harness.
var javaLimits = sandbox.Limits{Wall: 5 * time.Minute, CPU: time.Minute, MemoryBytes: 1 << 30, OpenFiles: 512}

// harnessPath is where a program finds the harness.
const harnessPath = "/sandbox/harness.jar"

// layHarness writes the harness into a program's folder, always of the same time.
func layHarness(dir string, harness []byte) error {
	path := filepath.Join(dir, filepath.Base(harnessPath))
	if err := os.WriteFile(path, harness, 0o644); err != nil {
		return err
	}
	return os.Chtimes(path, time.Unix(1, 0), time.Unix(1, 0))
}

// prepare finds the harness and its archive in the cache, or makes them.
func (l *java) prepare(ctx context.Context) error {
	l.lock.Lock()
	defer l.lock.Unlock()
	if l.harness != nil {
		return nil
	}
	cache, err := cacheFolder(l.cacheDir)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return fmt.Errorf("make a folder for the Java harness: %w", err)
	}
	version, err := exec.CommandContext(ctx, "java", "-version").CombinedOutput()
	if err != nil {
		return fmt.Errorf("ask java for its version: %w: %s", err, lastLines(version))
	}
	sum := sha256.Sum256(fmt.Append(version, harnessFile("java/Harness.java"), harnessFile("java/Case.java"), sampleTest, javaFlags))
	path := filepath.Join(cache, "java-"+hex.EncodeToString(sum[:6]))
	harness, err := os.ReadFile(path + ".jar")
	if errors.Is(err, fs.ErrNotExist) {
		harness, err = l.build(ctx, path)
	}
	if err != nil {
		return fmt.Errorf("make the Java harness: %w", err)
	}
	l.harness = harness
	if _, err := os.Stat(path + ".jsa"); err == nil {
		l.archive = path + ".jsa"
	}
	return nil
}

// build makes the archive path.jsa, where the virtual machine can, and then the harness
// path.jar, which says that both are there. Another process may do the same at the same time: the archive of the one does for the
// harness of the other, which has the same bytes.
func (l *java) build(ctx context.Context, path string) ([]byte, error) {
	dir, err := os.MkdirTemp("", "seccoder-own-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	err = lay(dir, map[string]string{
		"Harness.java": harnessFile("java/Harness.java"), "Case.java": harnessFile("java/Case.java"),
		"program.java": "class Program { }\n", "test.java": sampleTest,
	})
	if err != nil {
		return nil, err
	}
	r, err := l.sandbox.Run(ctx, sandbox.Command{Args: []string{"javac", "-nowarn", "-d", "classes", "Harness.java", "Case.java"}, Dir: dir, Limits: javaLimits})
	if err != nil {
		return nil, err
	}
	if r.ExitCode != 0 {
		return nil, fmt.Errorf("javac ends with status %d: %s", r.ExitCode, lastLines(r.Stderr))
	}
	harness, err := archiveOf(filepath.Join(dir, "classes"))
	if err != nil {
		return nil, err
	}
	if err := layHarness(dir, harness); err != nil {
		return nil, err
	}
	args := append(append([]string{"java", "-XX:ArchiveClassesAtExit=harness.jsa", "-Xlog:disable"}, javaFlags...), "-cp", harnessPath, "Harness", "10")
	r, err = l.sandbox.Run(ctx, sandbox.Command{Args: args, Dir: dir, Stdin: []byte("nonce\n"), Limits: javaLimits})
	if err != nil {
		return nil, err
	}
	if r.Exceeded != "" {
		return harness, nil // another time, when the machine has less to do
	}
	archive, err := sandbox.ReadFile(dir, "harness.jsa", 64<<20)
	if r.ExitCode == 0 && err == nil {
		if err := keep(path+".jsa", archive); err != nil {
			return nil, err
		}
	}
	return harness, keep(path+".jar", harness)
}

// keep writes a file of the cache as a whole.
func keep(path string, content []byte) error {
	return atomicfile.Write(path, 0o644, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
}

// sampleTest loads what most tests load.
const sampleTest = `import java.nio.file.*;
import java.util.*;
import java.util.stream.*;

class Test {
    record Pair(String name, int value) { }

    static void functionalSample(Case t) throws Exception {
        Files.writeString(t.dir.resolve("a"), "b");
        List<Pair> pairs = Stream.of("x", "y").map(name -> new Pair(name, name.length())).collect(Collectors.toList());
        t.check(pairs.size() == 2 && new ProcessBuilder("true").start().waitFor() == 0, "pairs " + pairs);
    }

    static void exploitSample(Case t) {
        t.attempt(() -> Files.readString(t.dir.resolve("none")));
        if (t.error == null) t.exploited(String.format("%s was read", t.dir));
    }
}
`

// archiveOf packs a folder of classes, with the same bytes at any time.
func archiveOf(dir string) ([]byte, error) {
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	classes, err := filepath.Glob(filepath.Join(dir, "*.class"))
	if err != nil {
		return nil, err
	}
	for _, path := range classes {
		content, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		file, err := w.CreateHeader(&zip.FileHeader{Name: filepath.Base(path), Method: zip.Store})
		if err != nil {
			return nil, err
		}
		if _, err := file.Write(content); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return packed.Bytes(), nil
}
