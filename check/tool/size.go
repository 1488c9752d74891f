package tool

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/seccoder/seccoder/check"
)

// MaxSource is the size in bytes above which a file is not given to tools that follow the ways
// through it. It is Semgrep's own limit. GCC took more than a minute for 3 MB that were no code.
const MaxSource = 1_000_000

// TooLarge says why a file is not to be given to such a tool, or is empty. It leaves a file that
// is not there to the tool.
func TooLarge(dir string, file check.File) string {
	path := filepath.FromSlash(file.Path)
	if !filepath.IsAbs(path) {
		path = filepath.Join(dir, path)
	}
	if info, err := os.Stat(path); err == nil {
		return TooLargeInfo(info)
	}
	return ""
}

// TooLargeInfo is TooLarge where one knows of the file already.
func TooLargeInfo(info fs.FileInfo) string {
	if info.Size() > MaxSource {
		return fmt.Sprintf("it has more than %d MB", MaxSource/1_000_000)
	}
	return ""
}
