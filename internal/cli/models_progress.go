package cli

import (
	"fmt"

	"github.com/seccoder/seccoder/model"
)

// A pullProgress shows the events of a pull: a line for each file that comes in, and a
// bar for each phase of it on a terminal, a line now and then elsewhere.
type pullProgress struct {
	app     *app
	current model.Progress
	shown   *progress
	// announced is the file that has its line.
	announced string
}

func (p *pullProgress) event(e model.Progress) {
	if e.Phase != p.current.Phase || e.File != p.current.File || e.Source != p.current.Source {
		p.end()
		p.announce(e)
		p.current = e
		if e.Phase == model.PhaseSkipping || e.Phase == model.PhaseWaiting || e.Phase == model.PhaseNote {
			return // their line says all
		}
		next := p.app.progress(fmt.Sprintf("%s: %s", e.Artifact, e.Phase), "", e.Total)
		if p.shown != nil {
			next.last = p.shown.last // a file of many phases is no reason for many lines
		}
		p.shown = next
	}
	if p.shown != nil {
		p.shown.at(e.Done)
	}
}

// announce writes the line of what begins. A file that comes in several packages has
// one line for all, unless a source failed on the way.
func (p *pullProgress) announce(e model.Progress) {
	switch e.Phase {
	case model.PhaseSkipping:
		p.announced = ""
		p.app.note("%s: not from %s: %s", e.Artifact, e.Source, firstLine(e.Note))
	case model.PhaseNote:
		p.app.note("%s: %s", e.Artifact, e.Note)
	case model.PhaseWaiting:
		p.app.note("%s: waiting: %s", e.Artifact, e.Note)
	case model.PhaseDownloading:
		if e.File != p.announced {
			p.announced = e.File
			p.app.note("%s: downloading %s (%s) from %s", e.Artifact, e.File, megabytes(e.Total), e.Source)
		}
	}
}

// end takes the bar away.
func (p *pullProgress) end() {
	if p.shown != nil {
		p.shown.end()
	}
}
