// Package examples holds the files that "seccoder demo" completes.
package examples

import "embed"

// Demo is the folder demo.
//
//go:embed demo
var Demo embed.FS
