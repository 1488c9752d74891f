//go:build !unix

package importer_test

import "testing"

// processSeconds is not known here.
func processSeconds(testing.TB) float64 { return 0 }
