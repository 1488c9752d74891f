package gosec

import "github.com/seccoder/seccoder/check"

// A rule says more about one of gosec's rules than gosec does. Without a CWE the one
// that gosec prints counts, without a fix the hint of the CWE.
type rule struct {
	cwe check.CWE
	fix string
}

var rules = map[string]rule{
	"G102": {cwe: 605},
	"G103": {fix: "Use unsafe only where nothing else does, and say why it is right."},
	"G104": {fix: "Handle the error."},
	"G106": {cwe: 295, fix: "Use ssh.FixedHostKey, or a callback of package knownhosts."},
	"G107": {cwe: 918},
	"G108": {fix: "Serve net/http/pprof on a listener of its own on 127.0.0.1."},
	"G110": {fix: "Bound how much is read: io.CopyN or io.LimitReader."},
	"G112": {fix: "Set ReadHeaderTimeout on the http.Server."},
	"G114": {cwe: 400, fix: "Use an http.Server with timeouts."},
	"G115": {fix: "Check the range before the conversion."},
	"G201": {fix: "Use placeholders in the query, and pass the values beside it."},
	"G202": {fix: "Use placeholders in the query, and pass the values beside it."},
	"G203": {fix: "Give html/template the plain string, and let it escape."},
	"G204": {fix: "Make sure that input cannot choose the program or its options."},
	"G301": {fix: "Make folders with mode 0750 or less."},
	"G302": {fix: "Use mode 0600 or less."},
	"G303": {fix: "Use os.CreateTemp."},
	"G304": {cwe: 22, fix: "Open files below a folder by os.Root, or check the path with filepath.IsLocal."},
	"G305": {fix: "Check each name of the archive with filepath.IsLocal, or extract by os.Root."},
	"G306": {fix: "Write with mode 0600 or less."},
	"G401": {cwe: 328}, "G402": {fix: "Leave InsecureSkipVerify out, and MinVersion at TLS 1.2 or later."},
	"G403": {fix: "Use keys of 2048 bits or more."},
	"G404": {fix: "Use crypto/rand."},
	"G501": {cwe: 328}, "G505": {cwe: 328},
	"G601": {fix: "Copy the loop variable before its address is taken, or let go.mod ask for Go 1.22 or later."},
	"G602": {cwe: 125, fix: "Check the index against the slice's length."},
}
