//go:build !unix

package scratch

import "io/fs"

// removable says that folders have no owners and locks here.
const removable = false

func isOwn(fs.FileInfo) bool { return false }
