// Package enginetest finds the engine's libraries and small models for tests that
// run them.
//
//	func TestMain(m *testing.M) {
//		engine.RunWorker()
//		os.Exit(m.Run())
//	}
//
//	func TestGenerate(t *testing.T) {
//		e := engine.New(engine.Options{
//			LibraryDir: enginetest.Libraries(t),
//			ModelPath:  enginetest.Model(t, enginetest.SmallModel),
//		})
//		…
//	}
//
// They lie in the cache folder of package model, or in the folder that the
// environment variable SECCODER_CACHE_DIR names. A test whose files are not there is
// skipped, unless SECCODER_TEST_REQUIRE is 1: then it fails.
package enginetest

import (
	"errors"
	"os"
	"testing"

	"github.com/seccoder/seccoder/model"
)

const (
	// SmallModel completes badly but fast; it cannot fill in the middle.
	SmallModel = "smollm2-135m"
	// InfillModel can fill in the middle.
	InfillModel = "qwen2.5-coder-0.5b"
)

// Libraries is the folder of the engine's shared libraries.
func Libraries(t testing.TB) string {
	t.Helper()
	return mustResolve(t, model.DefaultEngine).Dir
}

// Model is the GGUF file of a model of the catalogue.
func Model(t testing.TB, name string) string {
	t.Helper()
	return mustResolve(t, name).Model()
}

// Embedder is the GGUF file of the default embedder.
func Embedder(t testing.TB) string {
	t.Helper()
	return Model(t, model.DefaultEmbedder)
}

// EmbedderSource is the published file of the default embedder with the name, from
// which its GGUF file is built.
func EmbedderSource(t testing.TB, file string) string {
	t.Helper()
	return mustResolve(t, model.DefaultEmbedder).Files[file]
}

func mustResolve(t testing.TB, name string) model.Pulled {
	t.Helper()
	pulled, err := model.Cache{Dir: os.Getenv("SECCODER_CACHE_DIR")}.Resolve(t.Context(), name)
	if err == nil {
		return pulled
	}
	_, missing := errors.AsType[*model.NotPulledError](err)
	_, noBuild := errors.AsType[*model.NoBuildError](err)
	if (missing || noBuild) && os.Getenv("SECCODER_TEST_REQUIRE") != "1" {
		t.Skip(err)
	}
	t.Fatal(err)
	return model.Pulled{}
}
