package admission

import (
	"context"
	"path/filepath"
	"regexp"
	"strconv"

	"github.com/seccoder/seccoder/check/tool"
	"github.com/seccoder/seccoder/codebase"
)

// A javac parses Java, and goes no further than that.
type javac struct{ program *tool.Program }

func newJavac() javac { return javac{&tool.Program{Name: "javac", Get: "install a JDK"}} }

var (
	javaError = regexp.MustCompile(`(?m)^(?:.*[/\\])?(\d+)[/\\]Example\.java:(\d+): error: (.*)$`)
	javaType  = regexp.MustCompile(`\b(?:class|interface|enum|record|@interface)\s+\w+`)
)

func (j javac) parse(ctx context.Context, examples []codebase.Example) ([]codebase.Outcome, error) {
	if _, err := j.program.Probe(ctx); err != nil {
		return missing(examples, err)
	}
	var said []byte
	err := inFolder(func(dir string) error {
		args := []string{"-proc:none", "-XDshould-stop.ifNoError=PARSE", "-XDshould-stop.ifError=PARSE", "-Xmaxerrs", "10000", "-encoding", "UTF-8", "-d", dir}
		for i, e := range examples {
			code := e.Code
			if !javaType.MatchString(code) {
				code = "class Example {" + code + "\n}" // a method
			}
			name := filepath.Join(strconv.Itoa(i), "Example.java")
			if err := writeCode(filepath.Join(dir, name), code); err != nil {
				return err
			}
			args = append(args, name)
		}
		out, err := j.program.Run(ctx, tool.Command{Args: args, Dir: dir})
		if err == nil && out.Code != 0 && !javaError.Match(out.Stderr) {
			err = j.program.Failed(out, "could not parse")
		}
		said = out.Stderr
		return err
	})
	if err != nil {
		return nil, err
	}
	outcomes := make([]codebase.Outcome, len(examples))
	for i := range outcomes {
		outcomes[i] = accepts("")
	}
	for _, m := range javaError.FindAllStringSubmatch(string(said), -1) {
		if i, err := strconv.Atoi(m[1]); err == nil && i < len(outcomes) && outcomes[i].Answer == codebase.Accepts {
			outcomes[i] = rejects("it does not parse: line %s: %s", m[2], m[3])
		}
	}
	return outcomes, nil
}
