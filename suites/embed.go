// Package suites holds the evaluation scenarios that were written for this project,
// as data: README.md says in which form. Package eval/own reads and runs them.
package suites

import "embed"

// Files is the suite: suite.toml, and a folder for each scenario,
// <language>/cwe-<NNN>/<name>.
//
//go:embed suite.toml */cwe-*
var Files embed.FS
