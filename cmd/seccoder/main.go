// Seccoder completes code more securely with the model you already use. See
// seccoder --help.
package main

import (
	"os"

	"github.com/seccoder/seccoder"
	"github.com/seccoder/seccoder/internal/cli"
)

func main() {
	seccoder.RunWorker()
	os.Exit(cli.Main())
}
