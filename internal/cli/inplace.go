package cli

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/seccoder/seccoder/internal/atomicfile"
)

// writeInPlace puts the completion at the cursor of the file, which is replaced as a
// whole or not at all, and keeps its mode and line ends. A symbolic link stays one.
func (s *source) writeInPlace(completion string) error {
	path, err := filepath.EvalSymlinks(s.path)
	if err != nil {
		return fmt.Errorf("write the completion into %s: %w", s.path, err)
	}
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("write the completion into %s: %w", s.path, err)
	}
	current, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("write the completion into %s: %w", s.path, err)
	}
	if !bytes.Equal(current, s.original) {
		return fmt.Errorf("%s was changed while the model was writing: nothing was written, run the command again", s.path)
	}
	if s.crlf {
		completion = strings.ReplaceAll(completion, "\n", "\r\n")
	}
	text := append(bytes.Clone(s.original[:s.offset]), completion...)
	text = append(text, s.original[s.offset:]...)
	err = atomicfile.Write(path, info.Mode().Perm(), func(out io.Writer) error {
		_, err := out.Write(text)
		return err
	})
	if err != nil {
		return fmt.Errorf("write the completion into %s: %w", s.path, err)
	}
	return nil
}
