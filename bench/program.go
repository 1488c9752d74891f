package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// measureProgram times the program itself, from its start to the first byte of the
// completion, and says where the time goes. The demonstration's state is kept from a
// run before.
func measureProgram(ctx context.Context, binary string) error {
	fmt.Printf("\n## The program, from its start to the first byte of examples/demo/episode.py's completion\n")
	dir, err := os.MkdirTemp("", "seccoder-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	store := filepath.Join(dir, "codebase.db")
	const file = "examples/demo/episode.py"
	arguments := []string{"complete", file, "--temperature", "0", "--quiet", "--store", store}
	report := func() (timing map[string]float64, err error) {
		out, err := exec.CommandContext(ctx, binary, append(arguments, "--json")...).Output()
		if err != nil {
			return nil, err
		}
		var r struct {
			Timing map[string]float64 `json:"timing_ms"`
		}
		return r.Timing, json.Unmarshal(out, &r)
	}
	if _, err := report(); err != nil { // fill the store, keep the state
		return err
	}
	var first []time.Duration
	for range 7 {
		started := time.Now()
		cmd := exec.CommandContext(ctx, binary, arguments...)
		stdout, err := cmd.StdoutPipe()
		if err != nil {
			return err
		}
		if err := cmd.Start(); err != nil {
			return err
		}
		if _, err := stdout.Read(make([]byte, 1)); err != nil {
			return err
		}
		first = append(first, time.Since(started))
		if _, err := io.Copy(io.Discard, stdout); err != nil {
			return err
		}
		if err := cmd.Wait(); err != nil {
			return err
		}
	}
	started := time.Now()
	timing, err := report()
	if err != nil {
		return err
	}
	all := float64(time.Since(started)) / float64(time.Millisecond)
	fmt.Printf("first byte after %v (median of %d)\n", median(first).Round(time.Millisecond), len(first))
	fmt.Printf("of one run of %.0f ms: start, store and models %.0f ms; retrieval %.0f ms; prompt %.0f ms; first token %.0f ms; the other tokens %.0f ms\n",
		all, all-timing["total"], timing["retrieval"], timing["integration"], timing["prefill"], timing["decode"])
	return nil
}
