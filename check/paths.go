package check

import (
	"path"
	"path/filepath"
	"slices"
)

// Paths know the files of a request by whatever path a tool calls them.
type Paths struct {
	dirs  []string          // the request's folder, and where it is without symbolic links
	names map[string]string // absolute path → the request's
}

// Paths are for a tool's words about the files of the request, and about others.
func (r Request) Paths() Paths {
	p := Paths{dirs: []string{filepath.Clean(r.Dir)}, names: map[string]string{}}
	if real, err := filepath.EvalSymlinks(r.Dir); err == nil && real != p.dirs[0] {
		p.dirs = append(p.dirs, real) // where programs find themselves that ask the system
	}
	for _, dir := range slices.Backward(p.dirs) { // the request's folder wins
		for _, file := range r.Files {
			p.names[absolute(dir, file.Path)] = file.Path
		}
	}
	return p
}

// Tidy gives a path that a tool prints the form that the request's paths have.
func (p Paths) Tidy(name string) string {
	if name == "" {
		return ""
	}
	if asked, ok := p.names[absolute(p.dirs[0], name)]; ok {
		return asked
	}
	if filepath.IsAbs(name) {
		for _, dir := range p.dirs {
			if rel, err := filepath.Rel(dir, name); err == nil && filepath.IsLocal(rel) {
				name = rel
				break
			}
		}
	}
	return path.Clean(filepath.ToSlash(name))
}

func absolute(dir, name string) string {
	name = filepath.FromSlash(name)
	if filepath.IsAbs(name) {
		return filepath.Clean(name)
	}
	return filepath.Join(dir, name)
}
