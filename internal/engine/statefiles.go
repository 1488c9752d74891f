package engine

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/seccoder/seccoder/internal/atomicfile"
	"github.com/seccoder/seccoder/internal/engine/libllama"
)

const (
	stateEnding = ".state"
	// stateFormat is the version of the files' format and the layout of what is in them.
	stateFormat = "1, " + libllama.StateLayout
	// stateFilesLimit bounds the size of a folder of states.
	stateFilesLimit = 512 << 20
	// unfinishedFor is after how long a file that is half written belongs to a process
	// that was killed.
	unfinishedFor = time.Hour
)

// stateFiles keeps states over the end of the process, one file each, so that a
// program which runs for one completion profits from the one before. It is a cache:
// what cannot be read or written is as if it were not there.
type stateFiles struct {
	dir string
	// origin identifies the model, the library, the layout and the machine: a state means
	// nothing to other models, and another processor computes it a little differently.
	origin [sha256.Size]byte
	limit  int64
}

// newStateFiles keeps states in a folder, which is made when it is first needed. The
// states belong to the given files as they are now.
func newStateFiles(dir string, origins ...string) (*stateFiles, error) {
	hash := sha256.New()
	host, _ := os.Hostname()
	fmt.Fprintf(hash, "%s\n%s\n", stateFormat, host)
	for _, path := range origins {
		info, err := os.Stat(path)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(hash, "%s\n%d\n%d\n", path, info.Size(), info.ModTime().UnixNano())
	}
	f := &stateFiles{dir: dir, limit: stateFilesLimit}
	hash.Sum(f.origin[:0])
	return f, nil
}

func (f *stateFiles) path(key [sha256.Size]byte) string {
	name := sha256.Sum256(append(f.origin[:], key[:]...))
	return filepath.Join(f.dir, hex.EncodeToString(name[:])+stateEnding)
}

// get returns the state, or nil. A file is the state's SHA-256 and the state.
func (f *stateFiles) get(key [sha256.Size]byte) []byte {
	path := f.path(key)
	content, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	if len(content) > sha256.Size {
		sum, data := content[:sha256.Size], content[sha256.Size:]
		if have := sha256.Sum256(data); bytes.Equal(sum, have[:]) {
			now := time.Now()
			_ = os.Chtimes(path, now, now) // the last to be dropped
			return data
		}
	}
	f.drop(key)
	return nil
}

// drop removes the state, if there is one.
func (f *stateFiles) drop(key [sha256.Size]byte) { _ = os.Remove(f.path(key)) }

// put writes the state, and drops those that were not asked for the longest when the
// folder outgrows its limit.
func (f *stateFiles) put(key [sha256.Size]byte, data []byte) {
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return
	}
	sum := sha256.Sum256(data)
	_ = atomicfile.WriteUnsynced(f.path(key), 0o600, func(w io.Writer) error {
		if _, err := w.Write(sum[:]); err != nil {
			return err
		}
		_, err := w.Write(data)
		return err
	})
	f.shrink()
}

// shrink drops what a kill left half written, and the oldest states beyond the limit.
func (f *stateFiles) shrink() {
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		return
	}
	var files []fs.FileInfo
	var size int64
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil {
			continue
		}
		// The second is the temporary file of package atomicfile.
		finished := filepath.Ext(info.Name()) == stateEnding
		unfinished, _ := filepath.Match(".*"+stateEnding+".*", info.Name())
		switch {
		case finished:
			files = append(files, info)
		case !unfinished:
			continue
		case time.Since(info.ModTime()) > unfinishedFor && os.Remove(filepath.Join(f.dir, info.Name())) == nil:
			continue
		}
		size += info.Size()
	}
	slices.SortFunc(files, func(a, b fs.FileInfo) int { return cmp.Compare(a.ModTime().UnixNano(), b.ModTime().UnixNano()) })
	for _, info := range files {
		if size <= f.limit {
			return
		}
		if os.Remove(filepath.Join(f.dir, info.Name())) == nil {
			size -= info.Size()
		}
	}
}
