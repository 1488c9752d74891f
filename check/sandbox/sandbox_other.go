//go:build !linux || (!amd64 && !arm64)

package sandbox

import (
	"context"
	"fmt"
	"runtime"
)

// open refuses: only Linux has what the sandbox is made of.
func open(context.Context, Options) (*Sandbox, error) {
	return nil, fmt.Errorf("%w: it needs Linux on amd64 or arm64, this is %s on %s; run the command in a Linux container or virtual machine", ErrUnavailable, runtime.GOOS, runtime.GOARCH)
}
