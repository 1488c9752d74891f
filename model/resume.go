package model

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"strconv"
	"strings"
)

// A download is one file on its way over HTTP. What is there already is asked
// for with Range, and with If-Range where the server gave the file a strong
// ETag. A server that ignores either sends the file from the start. Whatever was
// put together in the end, its hash is checked.
type download struct {
	job     *job
	address string
	file    *os.File
	want    File
	meter   *meter
	have    int64 // bytes of the file that are good
	tag     string
}

// A tag is what is noted beside a partial file: which version of which address
// it is the beginning of.
type tag struct {
	Address string `json:"address"`
	ETag    string `json:"etag"`
}

// begin finds out what an earlier pull left.
func (d *download) begin() error {
	info, err := d.file.Stat()
	if err != nil {
		return err
	}
	d.have = info.Size()
	if d.have > d.want.Size {
		return d.restart()
	}
	var noted tag
	data, err := os.ReadFile(d.file.Name() + tagEnding)
	if err == nil && json.Unmarshal(data, &noted) == nil && noted.Address == d.address {
		d.tag = noted.ETag
	}
	d.meter.at(d.have)
	return nil
}

// restart forgets what is there.
func (d *download) restart() error {
	if d.have > 0 {
		if err := d.file.Truncate(0); err != nil {
			return err
		}
	}
	d.have, d.tag = 0, ""
	return removeTag(d.file.Name())
}

// ask sets the header lines for the part that is missing.
func (d *download) ask(header http.Header) {
	// A body compressed on the way would have other ranges.
	header.Set("Accept-Encoding", "identity")
	if d.have == 0 {
		return
	}
	header.Set("Range", fmt.Sprintf("bytes=%d-", d.have))
	if strong(d.tag) {
		header.Set("If-Range", d.tag)
	}
}

// answer looks at the header of a response and makes the file ready for its body.
func (d *download) answer(response *http.Response) error {
	etag := response.Header.Get("ETag")
	switch status := response.StatusCode; {
	case status == http.StatusPartialContent && d.have > 0:
		start, total, ok := contentRange(response.Header.Get("Content-Range"))
		if !ok || start != d.have || (total >= 0 && total != d.want.Size) || (d.tag != "" && etag != "" && etag != d.tag) {
			return errors.Join(&transientError{errors.New("sent another part than was asked for")}, d.restart())
		}
	case status == http.StatusOK:
		if strings.HasPrefix(response.Header.Get("Content-Type"), "text/html") {
			return errors.New("answered with a web page; is there a log-in page between here and the network?")
		}
		if length := response.ContentLength; length >= 0 && length != d.want.Size {
			return fmt.Errorf("has %d bytes for %s instead of %d", length, d.want.Name, d.want.Size)
		}
		if err := d.restart(); err != nil {
			return err
		}
	case status == http.StatusRequestedRangeNotSatisfiable && d.have > 0:
		return errors.Join(&transientError{errors.New("refused the range")}, d.restart())
	case status == http.StatusRequestTimeout, status == http.StatusTooManyRequests, status >= 500:
		return &transientError{errors.New("answered " + response.Status)}
	default:
		return errors.New("answered " + response.Status)
	}
	if strong(etag) && etag != d.tag {
		d.tag = etag
		// Without the note the next pull would lean on the hash alone, which is safe.
		if data, err := json.Marshal(tag{Address: d.address, ETag: etag}); err == nil {
			_ = writeWhole(d.file.Name()+tagEnding, data)
		}
	}
	return nil
}

// strong tells an ETag that stands for the very bytes from a weak or missing one.
func strong(etag string) bool { return strings.HasPrefix(etag, `"`) }

// contentRange reads "bytes 100-199/200"; a total of -1 is not known.
func contentRange(value string) (start, total int64, ok bool) {
	span, size, ok := strings.Cut(strings.TrimPrefix(value, "bytes "), "/")
	if !ok {
		return 0, 0, false
	}
	first, _, ok := strings.Cut(span, "-")
	if !ok {
		return 0, 0, false
	}
	start, err := strconv.ParseInt(first, 10, 64)
	if err != nil || start < 0 {
		return 0, 0, false
	}
	if size == "*" {
		return start, -1, true
	}
	total, err = strconv.ParseInt(size, 10, 64)
	return start, total, err == nil
}

// removeTag deletes the note beside a partial file.
func removeTag(partial string) error {
	err := os.Remove(partial + tagEnding)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
