package model

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

const (
	partialEnding = ".partial" // of a file that is not complete or not checked yet
	tagEnding     = ".etag"    // of the note beside a partial file, see tag
)

// A Cache is the folder in which pulled artifacts lie. Its methods may be called
// from several goroutines and processes at once.
type Cache struct {
	// Dir is the folder; empty means [DefaultDir].
	Dir string
	// Catalogue is the list of artifacts; nil means [Builtin].
	Catalogue *Catalogue
	// Platform selects the engine's build, "linux/amd64"; empty means this machine's.
	Platform string
	// Progress, where set, receives events while files are fetched or hashed.
	Progress func(Progress)
}

// DefaultDir is the folder "seccoder" in the user's cache folder.
func DefaultDir() (string, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("find the user's cache folder: %w; name a folder for the models", err)
	}
	return filepath.Join(dir, "seccoder"), nil
}

// Pulled is an artifact whose files are on this machine.
type Pulled struct {
	// Artifact is the catalogue's entry. For a file that was given by its path it holds
	// a Name, the path, and the Kind only.
	Artifact Artifact
	// Dir is the folder of the files, Files maps their names to their paths; derived
	// files are among them.
	Dir   string
	Files map[string]string
}

// Model is the path of the GGUF file: the derived one, where there is one. It is
// empty for an engine.
func (p Pulled) Model() string {
	for _, d := range p.Artifact.Derived {
		if strings.HasSuffix(d.Name, ".gguf") {
			return p.Files[d.Name]
		}
	}
	for name, path := range p.Files {
		if strings.HasSuffix(strings.ToLower(name), ".gguf") {
			return path
		}
	}
	return ""
}

// Resolve returns the files of an artifact, or of any GGUF file that is given by
// its path. Sizes are looked at each time; a file is hashed again when its
// size or modification time is not that of the last check. The error is a
// [*NotPulledError], an [*UnknownNameError], a [*NoBuildError], or wraps
// [ErrAltered].
func (c Cache) Resolve(ctx context.Context, nameOrPath string) (Pulled, error) {
	if looksLikePath(nameOrPath) {
		return resolvePath(nameOrPath)
	}
	a, dir, err := c.find(nameOrPath)
	if err != nil {
		// A file without the usual ending, in the folder the user is in.
		if _, unknown := errors.AsType[*UnknownNameError](err); unknown {
			if info, err := os.Stat(nameOrPath); err == nil && info.Mode().IsRegular() {
				return resolvePath(nameOrPath)
			}
		}
		return Pulled{}, err
	}
	check := newChecker(c, a, dir)
	if err := check.all(ctx); err != nil {
		return Pulled{}, err
	}
	return pulled(a, dir), nil
}

// Verify hashes every file of an artifact again, whatever is known of it. The
// error, as of Resolve, names all files that are not right.
func (c Cache) Verify(ctx context.Context, name string) error {
	a, dir, err := c.find(name)
	if err != nil {
		return err
	}
	check := newChecker(c, a, dir)
	check.force = true
	return check.all(ctx)
}

// find looks an artifact up and says where its files belong.
func (c Cache) find(name string) (Artifact, string, error) {
	a, err := c.catalogue().Find(name, c.Platform)
	if err != nil {
		return Artifact{}, "", err
	}
	root, err := c.root()
	if err != nil {
		return Artifact{}, "", err
	}
	return a, filepath.Join(root, filepath.FromSlash(a.folder())), nil
}

func (c Cache) catalogue() *Catalogue {
	if c.Catalogue != nil {
		return c.Catalogue
	}
	return Builtin()
}

// root is the cache folder as an absolute path.
func (c Cache) root() (string, error) {
	if c.Dir == "" {
		return DefaultDir()
	}
	dir, err := filepath.Abs(c.Dir)
	if err != nil {
		return "", fmt.Errorf("find the cache folder %s: %w", c.Dir, err)
	}
	return dir, nil
}

func pulled(a Artifact, dir string) Pulled {
	files := make(map[string]string, len(a.Files)+len(a.Derived))
	for _, f := range a.Files {
		files[f.Name] = filepath.Join(dir, f.Name)
	}
	for _, d := range a.Derived {
		files[d.Name] = filepath.Join(dir, d.Name)
	}
	return Pulled{Artifact: a, Dir: dir, Files: files}
}

// looksLikePath tells paths from names: a name has no separator and no ending.
func looksLikePath(s string) bool {
	return strings.ContainsAny(s, `/\`) || strings.HasSuffix(strings.ToLower(s), ".gguf")
}

// resolvePath accepts a user's own GGUF file.
func resolvePath(path string) (Pulled, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return Pulled{}, fmt.Errorf("find model file: %w", err)
	}
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Pulled{}, fmt.Errorf("open model file %s: there is no such file", path)
	}
	if err != nil {
		return Pulled{}, fmt.Errorf("open model file: %w", err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return Pulled{}, fmt.Errorf("open model file: %w", err)
	}
	if info.IsDir() {
		return Pulled{}, fmt.Errorf("open model file %s: it is a folder; name the GGUF file in it", path)
	}
	var magic [4]byte
	if _, err := io.ReadFull(file, magic[:]); err != nil || string(magic[:]) != "GGUF" {
		return Pulled{}, fmt.Errorf("open model file %s: it is no GGUF file; convert the model to GGUF first", path)
	}
	return Pulled{
		Artifact: Artifact{Name: path, Kind: KindGenerator},
		Dir:      filepath.Dir(path),
		Files:    map[string]string{filepath.Base(path): path},
	}, nil
}
