package model_test

import (
	"errors"
	"runtime"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/model"
)

func TestPullSaysBeforehandThatTheDiskIsTooSmall(t *testing.T) {
	if runtime.GOOS != "linux" && runtime.GOOS != "darwin" && runtime.GOOS != "windows" {
		t.Skip("free space is not known here")
	}
	data := blob(1000)
	served := &host{data: data}
	catalogue := generator(data, urlSource(serve(t, served)))
	catalogue.Artifacts[0].Files[0].Size = 1 << 50
	puller := newPuller(t, catalogue)
	err := puller.Pull(t.Context(), "tiny")
	full, ok := errors.AsType[*model.NoSpaceError](err)
	if !ok || full.Need < 1<<50 || full.Free <= 0 || !strings.Contains(err.Error(), puller.Dir) {
		t.Errorf("got %v", err)
	}
	if requests, _ := served.served(); len(requests) > 0 {
		t.Error("a request was sent all the same")
	}
}
