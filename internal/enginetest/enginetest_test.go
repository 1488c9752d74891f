package enginetest_test

import (
	"os"
	"testing"

	"github.com/seccoder/seccoder/internal/enginetest"
)

func TestMissingFiles(t *testing.T) {
	tests := map[string]struct {
		require         string
		skipped, failed bool
	}{
		"are a reason to skip":        {require: "", skipped: true},
		"are a failure when required": {require: "1", failed: true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Setenv("SECCODER_CACHE_DIR", t.TempDir())
			t.Setenv("SECCODER_TEST_REQUIRE", test.require)
			got := &recorder{TB: t}
			done := make(chan struct{})
			go func() {
				defer close(done)
				enginetest.Model(got, enginetest.SmallModel)
			}()
			<-done
			if got.skipped != test.skipped || got.failed != test.failed {
				t.Errorf("skipped %v, failed %v; want %v, %v", got.skipped, got.failed, test.skipped, test.failed)
			}
		})
	}
}

func TestFiles(t *testing.T) {
	for name, path := range map[string]string{
		"libraries":       enginetest.Libraries(t),
		"small model":     enginetest.Model(t, enginetest.SmallModel),
		"embedder":        enginetest.Embedder(t),
		"embedder source": enginetest.EmbedderSource(t, "vocab.txt"),
	} {
		if _, err := os.Stat(path); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
