package model

import (
	"errors"
	"fmt"
	"strings"
)

// ErrAltered says that a file in the cache is not the one that was pulled. It is
// wrapped in an error that names the file and the remedy.
var ErrAltered = errors.New("the file was altered or damaged")

// ErrBusy says that another process is pulling the artifact right now.
var ErrBusy = errors.New("another process is pulling it")

// NotPulledError says that an artifact, or a file of it, is not in the cache.
type NotPulledError struct{ Name string }

func (e *NotPulledError) Error() string {
	return fmt.Sprintf("%s is not on this machine yet; run: seccoder models pull %s", e.Name, e.Name)
}

// UnknownNameError says that the catalogue has no such name.
type UnknownNameError struct {
	Name  string
	Known []string
}

func (e *UnknownNameError) Error() string {
	return fmt.Sprintf("unknown model %q (known: %s; or give the path of a GGUF file)",
		e.Name, strings.Join(e.Known, ", "))
}

// NoBuildError says that an engine has no build for a platform.
type NoBuildError struct {
	Name, Platform string
	Known          []string
}

func (e *NoBuildError) Error() string {
	return fmt.Sprintf("%s has no build for %s here (there is: %s); name the folder of your own build in the configuration, or use an OpenAI-compatible server",
		e.Name, e.Platform, strings.Join(e.Known, ", "))
}

// NoSpaceError says that the disk is full, or would be. What was fetched so far
// is kept.
type NoSpaceError struct {
	Dir string
	// Need is the number of bytes still to be written, Free what the disk has for
	// them, or -1 where that is not known.
	Need, Free int64
}

func (e *NoSpaceError) Error() string {
	free := "the disk is full"
	if e.Free >= 0 {
		free = sizeText(e.Free) + " free"
	}
	return fmt.Sprintf("not enough space in %s: %s needed, %s; make room or choose another cache folder, then pull again (what is there is kept)",
		e.Dir, sizeText(e.Need), free)
}

// SourceError is what one source answered.
type SourceError struct {
	Source Source
	Err    error
}

func (e *SourceError) Error() string { return e.Source.String() + ": " + e.Err.Error() }

// Unwrap returns the cause.
func (e *SourceError) Unwrap() error { return e.Err }

// SourcesError says that no source had the artifact. Its text has a line for
// each source.
type SourcesError struct {
	Name  string
	Tried []*SourceError
}

func (e *SourcesError) Error() string {
	var text strings.Builder
	fmt.Fprintf(&text, "pull %s: no source had it; what was fetched is kept for the next try", e.Name)
	for _, tried := range e.Tried {
		text.WriteString("\n  " + strings.ReplaceAll(tried.Error(), "\n", " "))
	}
	return text.String()
}

// Unwrap returns the sources' errors.
func (e *SourcesError) Unwrap() []error {
	all := make([]error, len(e.Tried))
	for i, tried := range e.Tried {
		all[i] = tried
	}
	return all
}

// hashError says that a source served other bytes than the pinned ones.
type hashError struct {
	name      string
	got, want string
}

func (e *hashError) Error() string {
	return fmt.Sprintf("%s has the wrong SHA-256 %s (wanted %s) and was thrown away", e.name, e.got, e.want)
}

// sizeText writes a number of bytes for people, in decimal units.
func sizeText(bytes int64) string {
	switch {
	case bytes >= 1e9:
		return fmt.Sprintf("%.1f GB", float64(bytes)/1e9)
	case bytes >= 1e6:
		return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
	case bytes >= 1e3:
		return fmt.Sprintf("%.1f kB", float64(bytes)/1e3)
	}
	return fmt.Sprintf("%d bytes", bytes)
}
