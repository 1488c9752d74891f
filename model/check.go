package model

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// proofsName is the record of what was hashed when, one a folder.
const proofsName = ".verified.json"

// A proof says that a file of this size and modification time had this hash.
type proof struct {
	Size     int64  `json:"size"`
	Modified int64  `json:"modified_unix_nano"`
	SHA256   string `json:"sha256"`
}

// readProofs returns the record of a folder. A record that is missing or damaged
// is an empty one: the files are hashed again then.
func readProofs(dir string) map[string]proof {
	proofs := map[string]proof{}
	data, err := os.ReadFile(filepath.Join(dir, proofsName))
	if err != nil || json.Unmarshal(data, &proofs) != nil || proofs == nil {
		return map[string]proof{}
	}
	return proofs
}

// A checker tells whether the files of one artifact are the right ones.
type checker struct {
	name     string
	artifact Artifact
	dir      string
	report   func(Progress)
	// force hashes files whose proof is good, too.
	force  bool
	proofs map[string]proof
}

func newChecker(c Cache, a Artifact, dir string) *checker {
	return &checker{name: a.Name, artifact: a, dir: dir, report: c.Progress, proofs: readProofs(dir)}
}

// all checks every file, the derived ones too, and joins what is wrong.
func (c *checker) all(ctx context.Context) error {
	changed := false
	var wrong []error
	check := func(name string, size int64, hash string) error {
		old := c.proofs[name]
		err := c.one(ctx, name, size, hash)
		changed = changed || c.proofs[name] != old
		if errors.Is(err, fs.ErrNotExist) {
			return &NotPulledError{Name: c.name}
		}
		if err != nil && !errors.Is(err, ErrAltered) {
			return err
		}
		if err != nil {
			wrong = append(wrong, err)
		}
		return nil
	}
	for _, f := range c.artifact.Files {
		if err := check(f.Name, f.Size, f.SHA256); err != nil {
			return err
		}
	}
	for _, d := range c.artifact.Derived {
		if err := check(d.Name, -1, d.SHA256); err != nil {
			return err
		}
	}
	if changed {
		// A cache that this user cannot write to is fine: the next start hashes again.
		_ = c.saveProofs()
	}
	return errors.Join(wrong...)
}

// one checks one file. A size of -1 and an empty hash are not known beforehand:
// the proof stands in for them. A missing file is an fs.ErrNotExist.
func (c *checker) one(ctx context.Context, name string, size int64, hash string) error {
	path := filepath.Join(c.dir, name)
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("check %s: %w", c.name, err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return fmt.Errorf("check %s: %w", c.name, err)
	}
	known, proven := c.proofs[name]
	if hash == "" {
		if !proven {
			// Nothing says what this file should be; a pull builds it again.
			return &NotPulledError{Name: c.name}
		}
		hash = known.SHA256
	}
	if size < 0 && proven && known.SHA256 == hash {
		size = known.Size
	}
	if !info.Mode().IsRegular() {
		return c.altered(path, "it is no regular file")
	}
	if size >= 0 && info.Size() != size {
		return c.altered(path, fmt.Sprintf("it has %d bytes instead of %d", info.Size(), size))
	}
	now := proof{Size: info.Size(), Modified: info.ModTime().UnixNano(), SHA256: hash}
	if proven && known == now && !c.force {
		return nil
	}
	got, err := hashFile(ctx, file, &meter{report: c.report, event: Progress{
		Artifact: c.name, Phase: PhaseVerifying, File: name, Total: info.Size(),
	}})
	if err != nil {
		return fmt.Errorf("check %s: read %s: %w", c.name, path, err)
	}
	if got != hash {
		return c.altered(path, fmt.Sprintf("its SHA-256 is %s instead of %s", got, hash))
	}
	c.proofs[name] = now
	return nil
}

func (c *checker) altered(path, how string) error {
	return fmt.Errorf("%s: %w: %s; run: seccoder models pull %s", path, ErrAltered, how, c.name)
}

// saveProofs writes the record so that a crash leaves the old or the new one.
func (c *checker) saveProofs() error {
	data, err := json.MarshalIndent(c.proofs, "", "  ")
	if err != nil {
		return err
	}
	return writeWhole(filepath.Join(c.dir, proofsName), append(data, '\n'))
}

// writeWhole writes a small file by way of a temporary one beside it.
func writeWhole(path string, data []byte) error {
	temporary, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	_, err = temporary.Write(data)
	// A cache may be shared by the users of a machine.
	err = errors.Join(err, temporary.Chmod(0o644), temporary.Close())
	if err == nil {
		err = os.Rename(temporary.Name(), path)
	}
	if err != nil {
		_ = os.Remove(temporary.Name())
	}
	return err
}

// hashFile returns the SHA-256 of what r holds, in lower-case hex.
func hashFile(ctx context.Context, r io.Reader, progress *meter) (string, error) {
	hash := sha256.New()
	buffer := make([]byte, 1<<20)
	var done int64
	for {
		if err := ctx.Err(); err != nil {
			return "", err
		}
		n, err := r.Read(buffer)
		hash.Write(buffer[:n])
		done += int64(n)
		if n > 0 {
			progress.at(done)
		}
		if err == io.EOF {
			return hex.EncodeToString(hash.Sum(nil)), nil
		}
		if err != nil {
			return "", err
		}
	}
}
