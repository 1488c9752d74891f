// Package compiledb reads compilation databases (compile_commands.json, as CMake, Meson
// and Bear write them), so that the checkers of C and C++ find headers and see the macros
// that the build sets.
//
//	flags := cache.Flags(dir, "src/net.c") // -I…, -D…, -std=…
//
// Only flags that say where headers are, which macros are set and which standard is
// meant are taken. The file belongs to the code that is checked, and other flags, such
// as -fplugin, would let it run programs.
package compiledb

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// places are where a database lies, below the folder that is checked.
var places = []string{"compile_commands.json", "build/compile_commands.json"}

// maxBytes bounds the size of a database.
const maxBytes = 256 << 20

// A Cache reads each folder's database once. Its zero value is ready; it may be used by
// many at once.
type Cache struct {
	mu   sync.Mutex
	read map[string]flags
}

// flags are those of each file, by its absolute path.
type flags struct {
	of  map[string][]string
	err error
}

// Flags are the flags for a file (its path relative to dir, or absolute), nil where the
// folder has no database or the database does not name the file.
func (c *Cache) Flags(dir, path string) ([]string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	known, ok := c.read[dir]
	if !ok {
		known = load(dir)
		if c.read == nil {
			c.read = map[string]flags{}
		}
		c.read[dir] = known
	}
	if known.err != nil {
		return nil, known.err
	}
	if !filepath.IsAbs(path) {
		path = filepath.Join(dir, filepath.FromSlash(path))
	}
	return known.of[filepath.Clean(path)], nil
}

// entry is one of the database: either Arguments or Command is set.
type entry struct {
	Directory string   `json:"directory"`
	File      string   `json:"file"`
	Command   string   `json:"command"`
	Arguments []string `json:"arguments"`
}

func load(dir string) flags {
	for _, place := range places {
		path := filepath.Join(dir, filepath.FromSlash(place))
		info, err := os.Stat(path)
		if err != nil {
			continue
		}
		if info.Size() > maxBytes {
			return flags{err: fmt.Errorf("read %s: it is larger than %d MB", path, maxBytes>>20)}
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return flags{err: err}
		}
		of, err := parse(data, dir)
		if err != nil {
			return flags{err: fmt.Errorf("read %s: %w", path, err)}
		}
		return flags{of: of}
	}
	return flags{}
}

func parse(data []byte, dir string) (map[string][]string, error) {
	var entries []entry
	if err := json.Unmarshal(data, &entries); err != nil {
		return nil, err
	}
	of := make(map[string][]string, len(entries))
	for _, e := range entries {
		at := e.Directory
		if !filepath.IsAbs(at) {
			at = filepath.Join(dir, at)
		}
		file := e.File
		if !filepath.IsAbs(file) {
			file = filepath.Join(at, file)
		}
		if _, twice := of[filepath.Clean(file)]; twice {
			continue // the first configuration of several
		}
		args := e.Arguments
		if len(args) == 0 {
			args = Split(e.Command)
		}
		of[filepath.Clean(file)] = harmless(args, at)
	}
	return of, nil
}

// pathFlags take a folder or file, attached or as the next argument.
var pathFlags = []string{"-isystem", "-iquote", "-idirafter", "-include", "-I"}

// harmless takes the flags that only say how the file reads, with absolute paths.
func harmless(args []string, dir string) []string {
	var kept []string
next:
	for i := 0; i < len(args); i++ {
		arg := args[i]
		for _, flag := range pathFlags {
			value, ok := strings.CutPrefix(arg, flag)
			if !ok || flag == "-include" && value != "" { // -include-pch is another flag
				continue
			}
			if value == "" && i+1 < len(args) {
				i++
				value = args[i]
			}
			if value != "" && !filepath.IsAbs(value) {
				value = filepath.Join(dir, value)
			}
			if value != "" {
				kept = append(kept, flag, value)
			}
			continue next
		}
		for _, flag := range []string{"-D", "-U"} {
			value, ok := strings.CutPrefix(arg, flag)
			if !ok {
				continue
			}
			if value == "" && i+1 < len(args) {
				i++
				value = args[i]
			}
			if value != "" {
				kept = append(kept, flag+value)
			}
			continue next
		}
		if strings.HasPrefix(arg, "-std=") {
			kept = append(kept, arg)
		}
	}
	return kept
}
