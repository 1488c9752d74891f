package cli_test

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/internal/cli"
)

// The test binary is the program, too: under the name seccoder, which testscript.Main
// puts on the PATH, and as the engine's worker that the program starts from itself.
func TestMain(m *testing.M) {
	seccoder.RunWorker()
	testscript.Main(m, map[string]func(){
		"seccoder": func() { os.Exit(cli.Main()) },
	})
}
