package model

import (
	_ "embed"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"github.com/BurntSushi/toml"
)

//go:embed catalogue.toml
var modelsTOML []byte

//go:embed engines.toml
var enginesTOML []byte

// A Catalogue lists artifacts. The zero value is empty.
type Catalogue struct {
	Artifacts []Artifact `toml:"artifact"`
}

// Builtin returns the catalogue that is part of the program. It is shared: do
// not change it.
func Builtin() *Catalogue { return builtin() }

var builtin = sync.OnceValue(func() *Catalogue {
	both := slices.Concat(modelsTOML, []byte("\n"), enginesTOML)
	catalogue, err := ParseCatalogue(both)
	if err != nil {
		// The files are compiled in, and the tests parse them.
		panic(err)
	}
	return catalogue
})

// ParseCatalogue reads a catalogue in the form of this package's catalogue.toml.
// The error lists everything that is wrong with it.
func ParseCatalogue(data []byte) (*Catalogue, error) {
	var catalogue Catalogue
	meta, err := toml.Decode(string(data), &catalogue)
	if err != nil {
		return nil, fmt.Errorf("read model catalogue: %w", err)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return nil, fmt.Errorf("read model catalogue: unknown key %q", unknown[0].String())
	}
	if err := catalogue.validate(); err != nil {
		return nil, fmt.Errorf("read model catalogue: %w", err)
	}
	return &catalogue, nil
}

// Find returns the artifact of a name. Of an engine it returns the build for the
// platform, a GOOS/GOARCH pair; empty means this machine's. The error of an
// unknown name is an [*UnknownNameError], of a platform without a build a
// [*NoBuildError].
func (c *Catalogue) Find(name, platform string) (Artifact, error) {
	if platform == "" {
		platform = runtime.GOOS + "/" + runtime.GOARCH
	}
	var platforms []string
	for _, a := range c.Artifacts {
		if a.Name != name {
			continue
		}
		if a.Platform == "" || a.Platform == platform {
			return a, nil
		}
		platforms = append(platforms, a.Platform)
	}
	if len(platforms) > 0 {
		return Artifact{}, &NoBuildError{Name: name, Platform: platform, Known: platforms}
	}
	return Artifact{}, &UnknownNameError{Name: name, Known: c.Names()}
}

// Names returns the names of all artifacts, each once, in the catalogue's order.
func (c *Catalogue) Names() []string {
	var names []string
	for _, a := range c.Artifacts {
		if !slices.Contains(names, a.Name) {
			names = append(names, a.Name)
		}
	}
	return names
}
