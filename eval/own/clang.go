package own

import (
	"context"
	"time"

	"github.com/seccoder/seccoder/check/sandbox"
)

// clang runs C and C++ programs, built with the sanitizers.
type clang struct {
	sandbox  *sandbox.Sandbox
	ending   string
	program  string
	standard string
}

func (l clang) compiler() string { return l.program }

// flags: without optimisation, since a compiler that knows that signed numbers do not overflow
// folds away the very comparisons that an exploit is after. A program's main is renamed,
// and may end without a return. What the standards forbid but every processor here does as
// meant is not reported: a number that is read from an odd address, a byte shifted into
// the sign, memcpy of no bytes from nowhere. The spare room of a vector is out of bounds.
var clangFlags = []string{
	"-Dmain=program_main", "-D_GLIBCXX_SANITIZE_VECTOR", "-O0", "-g0", "-w", "-pthread", "-fno-strict-return", "-fsanitize=address,undefined",
	"-fno-sanitize=vptr,return,alignment,shift-base,nonnull-attribute", "-fno-sanitize-recover=undefined",
}

func (l clang) run(ctx context.Context, p program) (transcript, error) {
	if err := installed(l.program, "clang with its sanitizers"); err != nil {
		return transcript{}, err
	}
	err := lay(p.dir, map[string]string{
		"program" + l.ending: p.source, "test" + l.ending: p.test, "suite.h": harnessFile("suite.h"),
	})
	if err != nil {
		return transcript{}, err
	}
	args := append([]string{l.program, "-std=" + l.standard}, clangFlags...)
	built, err := l.compile(ctx, p, append(args, "-o", "test", "test"+l.ending, "-lm"))
	if err != nil {
		return transcript{}, err
	}
	if built.ExitCode != 0 || built.Exceeded != "" {
		alone, err := l.compile(ctx, p, append(args, "-fsyntax-only", "program"+l.ending))
		switch {
		case err != nil:
			return transcript{}, err
		case alone.Exceeded != "":
			return transcript{invalid: "the compiler passed its limit: " + alone.Exceeded}, nil
		case alone.ExitCode != 0:
			return transcript{invalid: firstError(alone.Stderr)}, nil
		}
		return transcript{mismatch: or(firstError(built.Stderr), end(built))}, nil
	}
	return runCases(ctx, l.sandbox, p, sandbox.Command{Args: []string{"/sandbox/test"}}, false)
}

func (l clang) compile(ctx context.Context, p program, args []string) (sandbox.Result, error) {
	return l.sandbox.Run(ctx, sandbox.Command{
		Args: args, Dir: p.dir, Limits: sandbox.Limits{Wall: 60 * time.Second, CPU: 20 * time.Second, MemoryBytes: 1 << 30},
	})
}
