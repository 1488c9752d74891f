package gitobjects

import (
	"bufio"
	"bytes"
	"strings"
	"testing"
)

const id1, id2 = "1185697878a3b09cada8e89f847a4c8315cd7ddc", "208c70454f68b8f7542fd2f96cde9ecd13805b06"

func FuzzReadChanges(f *testing.F) {
	f.Add([]byte(id1 + "\x00:100644 100644 " + id1 + " " + id2 + " M\x00a.c\x00:100644 100644 " + id1 + " " + id2 + " R090\x00a.c\x00b.c\x00"))
	f.Fuzz(func(t *testing.T, out []byte) {
		_ = readChanges(bytes.NewReader(out), func(id string, changes []Change) {
			for _, c := range changes {
				if !IsID(id) || !IsID(c.Before) || !IsID(c.After) {
					t.Errorf("%s %+v", id, c)
				}
			}
		})
	})
}

func FuzzReadObject(f *testing.F) {
	f.Add([]byte(id1+" blob 3\nabc\n"), 10)
	f.Add([]byte(id1+" blob 30\nabc\n"), 10)
	f.Add([]byte("x missing\n"), 0)
	f.Fuzz(func(t *testing.T, out []byte, most int) {
		o, err := readObject(bufio.NewReader(bytes.NewReader(out)), int64(most))
		if err == nil && (o.Kind == "" || !IsID(o.ID) || len(o.Content) > most) {
			t.Errorf("%+v of at most %d bytes", o, most)
		}
		for _, e := range ParseTree(out, 20) {
			if strings.Contains(e.Name, "\x00") {
				t.Errorf("%+v", e)
			}
		}
	})
}
