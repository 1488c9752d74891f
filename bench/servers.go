package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/generation/llama"
)

// measureServers runs the same job end to end here and by other servers.
func measureServers(ctx context.Context, g *llama.Generator, modelPath, prompt string) error {
	fmt.Printf("\n## End to end: %d samples of %d tokens behind a prompt of %d tokens\n", samples, completionTokens, promptTokens)
	ours, err := rate(func() (int, error) {
		r, err := g.Generate(ctx, request(prompt, samples))
		return r.Usage.CompletionTokens, err
	})
	if err != nil {
		return err
	}
	fmt.Printf("seccoder: %.1f tokens/s\n", ours)
	if binary := os.Getenv("OLLAMA"); binary == "" {
		fmt.Println("ollama: not measured (OLLAMA names no binary)")
	} else if err := measureOllama(ctx, binary, modelPath, prompt, ours); err != nil {
		return fmt.Errorf("ollama: %w", err)
	}
	if python := os.Getenv("SECCODER_TEST_PYTHON"); python == "" {
		fmt.Println("llama.cpp's server: not measured (SECCODER_TEST_PYTHON names no Python with xllamacpp)")
	} else if err := measureLlamaServer(ctx, python, modelPath, prompt, ours); err != nil {
		return fmt.Errorf("llama.cpp's server: %w", err)
	}
	return nil
}

// rate is the number of tokens a second of a job.
func rate(job func() (tokens int, err error)) (float64, error) {
	started := time.Now()
	tokens, err := job()
	if err != nil {
		return 0, err
	}
	return float64(tokens) / time.Since(started).Seconds(), nil
}

// measureOllama starts ollama's server with the same model file. It has no n, so
// samples are requests of their own: one after the other, and all at once.
func measureOllama(ctx context.Context, binary, modelPath, prompt string, ours float64) error {
	dir, err := os.MkdirTemp("", "seccoder-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	for _, parallel := range []int{1, 8, samples} {
		host, err := freeAddress()
		if err != nil {
			return err
		}
		environment := append(os.Environ(), "OLLAMA_HOST="+host, "OLLAMA_MODELS="+filepath.Join(dir, "models"), "HOME="+dir,
			fmt.Sprint("OLLAMA_NUM_PARALLEL=", parallel), "OLLAMA_CONTEXT_LENGTH=512")
		server := exec.CommandContext(ctx, binary, "serve")
		server.Env = environment
		if err := server.Start(); err != nil {
			return err
		}
		stop := func() { _ = server.Process.Signal(os.Interrupt); _ = server.Wait() }
		err = func() error {
			if err := waitFor(ctx, "http://"+host); err != nil {
				return err
			}
			modelfile := filepath.Join(dir, "Modelfile")
			if err := os.WriteFile(modelfile, []byte("FROM "+modelPath+"\n"), 0o600); err != nil {
				return err
			}
			create := exec.CommandContext(ctx, binary, "create", "bench", "-f", modelfile)
			create.Env = environment
			if out, err := create.CombinedOutput(); err != nil {
				return fmt.Errorf("create: %w: %s", err, out)
			}
			ask := func(n int) func() (int, error) {
				return func() (int, error) {
					return post(ctx, "http://"+host+"/api/generate", map[string]any{
						"model": "bench", "prompt": prompt, "raw": true, "stream": false,
						"options": map[string]any{"num_predict": n, "temperature": seccoder.DefaultTemperature, "top_p": seccoder.DefaultTopP, "num_ctx": 512},
					}, "eval_count")
				}
			}
			if _, err := ask(1)(); err != nil { // load the model
				return err
			}
			theirs, err := rate(func() (int, error) { return many(parallel, ask(completionTokens)) })
			if err != nil {
				return err
			}
			fmt.Printf("ollama, %2d at once: %.1f tokens/s; seccoder is %.2f x that\n", parallel, theirs, ours/theirs)
			return nil
		}()
		stop()
		if err != nil {
			return err
		}
	}
	return nil
}

// measureLlamaServer starts llama.cpp's own server, as the Python package xllamacpp has it.
func measureLlamaServer(ctx context.Context, python, modelPath, prompt string, ours float64) error {
	script := "generation/openai/testdata/server.py"
	server := exec.CommandContext(ctx, python, script, modelPath, fmt.Sprint(samples), "512", fmt.Sprint(runtime.NumCPU()))
	stdin, err := server.StdinPipe()
	if err != nil {
		return err
	}
	stdout, err := server.StdoutPipe()
	if err != nil {
		return err
	}
	if err := server.Start(); err != nil {
		return err
	}
	defer func() { _ = stdin.Close(); _ = server.Wait() }()
	url := ""
	for lines := bufio.NewScanner(stdout); url == "" && lines.Scan(); {
		url, _ = strings.CutPrefix(lines.Text(), "listening on ")
	}
	if url == "" {
		return fmt.Errorf("%s did not start", script)
	}
	go func() { _, _ = io.Copy(io.Discard, stdout) }()
	base := strings.TrimSuffix(strings.TrimSuffix(url, "/"), "/v1")
	ask := func() (int, error) {
		return post(ctx, base+"/completion", map[string]any{
			"prompt": prompt, "n_predict": completionTokens, "temperature": seccoder.DefaultTemperature, "top_p": seccoder.DefaultTopP, "cache_prompt": true,
		}, "tokens_predicted")
	}
	theirs, err := rate(func() (int, error) { return many(samples, ask) })
	if err != nil {
		return err
	}
	fmt.Printf("llama.cpp's server, %d slots: %.1f tokens/s; seccoder is %.2f x that\n", samples, theirs, ours/theirs)
	return nil
}

// many asks for all samples, some at once, and returns the number of tokens.
func many(parallel int, ask func() (int, error)) (int, error) {
	var work errgroup.Group
	work.SetLimit(parallel)
	counts := make([]int, samples)
	for i := range samples {
		work.Go(func() (err error) {
			counts[i], err = ask()
			return err
		})
	}
	if err := work.Wait(); err != nil {
		return 0, err
	}
	total := 0
	for _, n := range counts {
		total += n
	}
	return total, nil
}

// post sends a request and returns a number of the answer.
func post(ctx context.Context, url string, body any, field string) (int, error) {
	data, err := json.Marshal(body)
	if err != nil {
		return 0, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(data))
	if err != nil {
		return 0, err
	}
	r.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		return 0, err
	}
	var values map[string]any
	if err := json.Unmarshal(answer, &values); err != nil || response.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("%s: %s: %.200s", url, response.Status, answer)
	}
	n, ok := values[field].(float64)
	if !ok {
		return 0, fmt.Errorf("%s: no %s in the answer", url, field)
	}
	return int(n), nil
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

func waitFor(ctx context.Context, url string) error {
	for range 100 {
		if response, err := http.Get(url); err == nil {
			return response.Body.Close()
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
	return fmt.Errorf("no answer at %s", url)
}
