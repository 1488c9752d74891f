package model

import (
	"errors"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strings"
)

// A catalogue may come from a user's file, and its words become names of files
// and arguments of commands. These patterns leave no room for "..", for a
// leading dash or for a separator.
var (
	nameForm     = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]*$`)
	fileForm     = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9._+-]*$`)
	hashForm     = regexp.MustCompile(`^[0-9a-f]{64}$`)
	versionForm  = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z._+-]*$`)
	platformForm = regexp.MustCompile(`^[a-z0-9]+/[a-z0-9]+$`)
	pipForm      = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*==[0-9][0-9A-Za-z.+!]*$`)
	npmForm      = regexp.MustCompile(`^(@[a-z0-9][a-z0-9._-]*/)?[a-z0-9][a-z0-9._-]*@[0-9][0-9A-Za-z.+-]*$`)
)

// largestFile keeps sums of sizes far from overflow.
const largestFile = 1 << 50

func (c *Catalogue) validate() error {
	var all []error
	seen := map[string]bool{}
	for i, a := range c.Artifacts {
		if err := a.validate(); err != nil {
			all = append(all, fmt.Errorf("artifact %d, %q: %w", i+1, a.Name, err))
			continue
		}
		if folder := a.folder(); seen[folder] {
			all = append(all, fmt.Errorf("artifact %d, %q: is there twice", i+1, a.Name))
		} else {
			seen[folder] = true
		}
	}
	return errors.Join(all...)
}

func (a Artifact) validate() error {
	if !nameForm.MatchString(a.Name) {
		return errors.New("the name must be of small letters, digits and . _ -")
	}
	switch a.Kind {
	case KindGenerator:
		if a.Prompt == nil || a.Prompt.ContextTokens <= 0 {
			return errors.New("a generator needs prompt.context_tokens")
		}
	case KindEmbedder: // needs nothing more
	case KindEngine:
		if !versionForm.MatchString(a.Version) || !platformForm.MatchString(a.Platform) {
			return errors.New("an engine needs a version and a platform such as linux/amd64")
		}
	default:
		return fmt.Errorf("unknown kind %q (known: generator, embedder, engine)", a.Kind)
	}
	if err := a.validateFiles(); err != nil {
		return err
	}
	if len(a.Sources) == 0 {
		return errors.New("no source")
	}
	for i, s := range a.Sources {
		if err := s.validate(a.Files); err != nil {
			return fmt.Errorf("source %d (%s): %w", i+1, s.Kind, err)
		}
	}
	return nil
}

func (a Artifact) validateFiles() error {
	if len(a.Files) == 0 {
		return errors.New("no files")
	}
	// Some file systems take names that differ in case for the same.
	seen := map[string]bool{}
	plain := func(name string) error {
		if !fileForm.MatchString(name) || strings.HasSuffix(name, partialEnding) || strings.HasSuffix(name, tagEnding) {
			return fmt.Errorf("%q is not a plain file name", name)
		}
		if seen[strings.ToLower(name)] {
			return fmt.Errorf("file %q is there twice", name)
		}
		seen[strings.ToLower(name)] = true
		return nil
	}
	for _, f := range a.Files {
		if err := plain(f.Name); err != nil {
			return err
		}
		if f.Size <= 0 || f.Size > largestFile {
			return fmt.Errorf("file %q: size %d", f.Name, f.Size)
		}
		if !hashForm.MatchString(f.SHA256) {
			return fmt.Errorf("file %q: sha256 must be 64 hexadecimal digits in lower case", f.Name)
		}
	}
	for _, d := range a.Derived {
		if err := plain(d.Name); err != nil {
			return err
		}
		if d.Builder == "" {
			return fmt.Errorf("derived file %q: no builder", d.Name)
		}
		if d.SHA256 != "" && !hashForm.MatchString(d.SHA256) {
			return fmt.Errorf("derived file %q: sha256 must be 64 hexadecimal digits in lower case", d.Name)
		}
	}
	return nil
}

func (s Source) validate(files []File) error {
	form := pipForm
	switch s.Kind {
	case SourceURL:
		address, err := url.Parse(s.URL)
		if err != nil {
			return err
		}
		if (address.Scheme != "https" && address.Scheme != "http") || address.Host == "" {
			return fmt.Errorf("%q is not an http address", s.URL)
		}
		if len(files) > 1 && !strings.Contains(s.URL, "{file}") {
			return fmt.Errorf("%q has no {file}", s.URL)
		}
		return nil
	case SourcePip:
	case SourceNPM:
		form = npmForm
		if s.Size <= 0 || s.Size > largestFile || !hashForm.MatchString(s.SHA256) {
			return errors.New("an npm package needs its size and sha256")
		}
		if len(s.Packages) > 1 {
			return errors.New("an npm source is one package")
		}
	default:
		return errors.New("unknown kind (known: url, pip, npm)")
	}
	if len(s.Packages) == 0 || len(s.Members) == 0 {
		return errors.New("needs packages and members")
	}
	for _, p := range s.Packages {
		if !form.MatchString(p) {
			return fmt.Errorf("%q is not a pinned package", p)
		}
	}
	for _, m := range s.Members {
		if _, err := path.Match(m, ""); err != nil {
			return fmt.Errorf("member %q: %w", m, err)
		}
	}
	if len(s.Packages) == 1 {
		return nil
	}
	if len(files) != 1 {
		return errors.New("several packages can be joined to one file only")
	}
	if s.PartSize <= 0 || s.PartSize > files[0].Size ||
		(files[0].Size+s.PartSize-1)/s.PartSize != int64(len(s.Packages)) {
		return fmt.Errorf("%d parts of %d bytes do not make %d bytes", len(s.Packages), s.PartSize, files[0].Size)
	}
	return nil
}

// hostOf returns the host of an address, or the address where there is none.
func hostOf(address string) string {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		return u.Host
	}
	return address
}
