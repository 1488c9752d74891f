//go:build amd64 || arm64

package sandbox

import (
	"encoding/json"

	"golang.org/x/sys/unix"
)

// killer ends a sandbox by its first process, with which the kernel ends all others in it.
type killer struct {
	launch *launch
	found  chan struct{} // closed when first is set, or never will be
	done   chan struct{} // closed when bwrap says no more
	first  int           // descriptor of the first process, -1 if it is the started process itself or unknown
}

// newKiller watches for the first process's id.
func newKiller(l *launch) *killer {
	k := &killer{launch: l, found: make(chan struct{}), done: make(chan struct{}), first: -1}
	go k.listen()
	return k
}

// listen reads what bwrap says until it ends.
func (k *killer) listen() {
	defer close(k.done)
	found := false
	for in := json.NewDecoder(k.launch.status); k.launch.status != nil; {
		var said struct {
			Pid int `json:"child-pid"`
		}
		if in.Decode(&said) != nil {
			break
		}
		if said.Pid > 0 && !found {
			if fd, err := unix.PidfdOpen(said.Pid, 0); err == nil {
				k.first = fd
			}
			found = true
			close(k.found)
		}
	}
	if !found {
		close(k.found)
	}
}

// now kills everything inside; bwrap then ends by itself. To kill bwrap would do too (--die-with-parent), were it not for the moment in which it
// has made the first process, but not yet let it go: that one would wait for ever. Until it is let go, which is after its id is told, it is in
// bwrap's process group.
func (k *killer) now() {
	select {
	case <-k.found:
	default:
		_ = unix.Kill(-k.launch.cmd.Process.Pid, unix.SIGKILL) // an error means that all have ended
		<-k.found                                              // an id that was on its way, or the end of all that could tell it
	}
	if k.first >= 0 && unix.PidfdSendSignal(k.first, unix.SIGKILL, nil, 0) == nil {
		return
	}
	_ = k.launch.cmd.Process.Kill() // an error means that it has ended
}

// close lets go of the first process, once everything has ended.
func (k *killer) close() {
	<-k.done
	if k.first >= 0 {
		unix.Close(k.first)
	}
}
