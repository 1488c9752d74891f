//go:build !race

package sandbox

// firstEnv is the environment of a sandbox's first process, none of which the program sees.
var firstEnv = []string{}
