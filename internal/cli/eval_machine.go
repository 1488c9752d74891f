package cli

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"github.com/seccoder/seccoder/eval"
	"github.com/seccoder/seccoder/model"
)

// About implements eval.Bench.
func (b *evalBench) About(ctx context.Context) eval.About {
	about := eval.About{Machine: machine(), Versions: map[string]string{
		"seccoder": programVersion(), "go": runtime.Version(), "platform": runtime.GOOS + "/" + runtime.GOARCH,
	}}
	// Without a hash of the program, its version must do.
	about.Program = programVersion()
	if path, err := os.Executable(); err == nil {
		if hash, err := hashFile(path); err == nil {
			about.Program = hash
		}
	}
	if engine, err := (model.Cache{Dir: b.config.CacheDir}).Resolve(ctx, model.DefaultEngine); err == nil {
		about.Versions["engine"] = engine.Artifact.Name + " " + engine.Artifact.Version
	}
	if python := b.suites.made.python.Version; python != "" {
		about.Versions["python"] = python
	}
	for name, args := range map[string][]string{"gcc": {"-dumpfullversion"}, "clang": {"-dumpversion"}} {
		if version := toolVersion(ctx, name, args...); version != "" {
			about.Versions[name] = version
		}
	}
	return about
}

// toolVersion is what a tool says of itself; empty where there is no such tool.
func toolVersion(ctx context.Context, name string, args ...string) string {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, name, args...).Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}

// machine names the processor, its cores and the memory, as far as the system says.
func machine() string {
	text := fmt.Sprintf("%s, %s", runtime.GOARCH, counted(runtime.NumCPU(), "core"))
	if name := procField("/proc/cpuinfo", "model name"); name != "" {
		text = fmt.Sprintf("%s, %s", name, counted(runtime.NumCPU(), "core"))
	}
	var kilobytes int64
	if _, err := fmt.Sscan(procField("/proc/meminfo", "MemTotal"), &kilobytes); err == nil {
		text += fmt.Sprintf(", %d GB", (kilobytes+512<<10)>>20)
	}
	return text
}

// procField is the first value of a field in one of Linux's lists; empty elsewhere.
func procField(path, field string) string {
	file, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer file.Close()
	for scanner := bufio.NewScanner(file); scanner.Scan(); {
		name, value, ok := strings.Cut(scanner.Text(), ":")
		if ok && strings.TrimSpace(name) == field {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
