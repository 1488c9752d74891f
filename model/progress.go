package model

import "time"

// Phase is a step of a pull.
type Phase string

// The phases.
const (
	PhaseNote        Phase = "note"        // what a user should know before the pull
	PhaseWaiting     Phase = "waiting"     // another process pulls the same artifact
	PhaseDownloading Phase = "downloading" // bytes come in
	PhaseJoining     Phase = "joining"     // a package is unpacked
	PhaseVerifying   Phase = "verifying"   // the hash is computed
	PhaseBuilding    Phase = "building"    // a derived file is made
	PhaseSkipping    Phase = "skipping"    // a source failed, the next one is tried
)

// Progress is an event of a pull or of a check. Events of one call come from one
// goroutine, at most about ten a second while bytes flow.
type Progress struct {
	Artifact string
	Phase    Phase
	// File is the file in work; while an npm package comes in, the package.
	File string
	// Done and Total count bytes of the file. Total is 0 where it is not known. A pull
	// that goes on starts at what is there already.
	Done, Total int64
	// Source names where the bytes come from.
	Source string
	// Note says more, for PhaseNote, PhaseWaiting and PhaseSkipping.
	Note string
}

// progressEvery bounds how often bytes are reported.
const progressEvery = 100 * time.Millisecond

// A meter reports the bytes of one file, not too often.
type meter struct {
	report func(Progress)
	event  Progress
	last   time.Time
}

// at reports that done bytes are there. The last byte is always reported.
func (m *meter) at(done int64) {
	if m == nil || m.report == nil {
		return
	}
	if done < m.event.Total && time.Since(m.last) < progressEvery {
		return
	}
	m.last = time.Now()
	m.event.Done = done
	m.report(m.event)
}
