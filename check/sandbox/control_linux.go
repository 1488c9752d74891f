//go:build amd64 || arm64

package sandbox

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// The caller and the sandbox's first process talk over a socket that is descriptor 3 of the latter: one order goes in, reports come out, as
// JSON. Its end on either side is the sign that the other has died.

// order is what the first process is to do. Text is in bytes, since file names and arguments need not be UTF-8.
type order struct {
	Args, Env [][]byte
	Limits    Limits
	Watched   []string // folders of the host, as seen inside, whose growth counts as disk
	Private   []string // folders in memory
	Writable  []string // all that may be written
}

// report is what the first process says.
type report struct {
	Failure  string `json:",omitempty"` // the sandbox could not be made
	Started  bool   `json:",omitempty"` // the program runs
	Ended    bool   `json:",omitempty"` // it has ended; the rest says how
	Note     string `json:",omitempty"` // why it could not be run at all
	ExitCode int    `json:",omitempty"`
	Signal   string `json:",omitempty"`
	Exceeded string `json:",omitempty"`
	CPU      time.Duration
}

// socketPair is the two ends of a control socket.
func socketPair() (ours, theirs *os.File, err error) {
	fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, nil, fmt.Errorf("sandbox: control socket: %w", err)
	}
	// Reading from our end must not hold a thread.
	if err := unix.SetNonblock(fds[0], true); err != nil {
		unix.Close(fds[0])
		unix.Close(fds[1])
		return nil, nil, fmt.Errorf("sandbox: control socket: %w", err)
	}
	return os.NewFile(uintptr(fds[0]), "control"), os.NewFile(uintptr(fds[1]), "control"), nil
}

// sendSteps sends the tree to build, ahead of the order: the length in four bytes, then JSON. The receiver takes no byte more than that, since
// the order is for the process that takes its place.
func sendSteps(control io.Writer, steps []step) error {
	text, err := json.Marshal(steps)
	if err != nil {
		return err
	}
	_, err = control.Write(append(binary.LittleEndian.AppendUint32(nil, uint32(len(text))), text...))
	return err
}

// receiveSteps is the other side of sendSteps.
func receiveSteps(fd int) ([]step, error) {
	read := func(n int) ([]byte, error) {
		text := make([]byte, n)
		for at := 0; at < n; {
			m, err := unix.Read(fd, text[at:])
			if err == unix.EINTR {
				continue
			}
			if err != nil {
				return nil, err
			}
			if m == 0 {
				return nil, io.ErrUnexpectedEOF
			}
			at += m
		}
		return text, nil
	}
	size, err := read(4)
	if err != nil {
		return nil, err
	}
	text, err := read(int(binary.LittleEndian.Uint32(size)))
	if err != nil {
		return nil, err
	}
	var steps []step
	return steps, json.Unmarshal(text, &steps)
}

// tell reports why the sandbox could not be made.
func tell(err error) {
	text, _ := json.Marshal(report{Failure: err.Error()}) // a text and numbers: no error
	_, _ = unix.Write(controlFD, text)                    // the process ends in any case
}
