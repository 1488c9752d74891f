//go:build race

package sandbox

// firstEnv is the environment of a sandbox's first process, none of which the program sees. The
// race detector's own runtime sleeps for a second at each exit unless it is told not to.
var firstEnv = []string{"GORACE=atexit_sleep_ms=0"}
