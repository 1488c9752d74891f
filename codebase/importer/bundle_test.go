package importer_test

import (
	"errors"
	"iter"
	"os"
	"path/filepath"
	"testing"
	"time"

	"aead.dev/minisign"

	"github.com/seccoder/seccoder/codebase"
	"github.com/seccoder/seccoder/codebase/bundle"
	"github.com/seccoder/seccoder/codebase/importer"
	"github.com/seccoder/seccoder/codebase/sqlite/sqlitetest"
	"github.com/seccoder/seccoder/codebase/storetest"
)

func each(examples []codebase.Example) iter.Seq2[codebase.Example, error] {
	return func(yield func(codebase.Example, error) bool) {
		for _, e := range examples {
			if !yield(e, nil) {
				return
			}
		}
	}
}

// mustOpenBundle writes examples as a bundle into the file and opens it.
func mustOpenBundle(t *testing.T, path string, public minisign.PublicKey, secret minisign.PrivateKey, examples []codebase.Example) *bundle.Bundle {
	t.Helper()
	if _, err := bundle.Write(path, &secret, each(examples)); err != nil {
		t.Fatal(err)
	}
	b, err := bundle.Open(path, public)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

// An import of a bundle goes on where it was, as long as it is the same bundle: its
// signature tells, and not its name, its size or its time.
func TestBundle(t *testing.T) {
	public, secret, err := minisign.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "team.jsonl")
	all := storetest.Numbered(1200)
	b := mustOpenBundle(t, path, public, secret, all)
	store := sqlitetest.New(t)
	run := func(b *bundle.Bundle, add importer.Target) (importer.Summary, error) {
		add.Meta = store
		return importer.Import(t.Context(), mustFind(t, "bundle"), path, importer.Options{By: "t", Bundle: b}, add)
	}
	summary, err := run(b, importer.Target{Batch: 500, Add: stopAfter(2, store.Add)})
	if !errors.Is(err, errStopped) || summary.Added != 1000 {
		t.Fatalf("interrupted: %+v, %v", summary, err)
	}
	if err := os.Chtimes(path, time.Time{}, time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	summary, err = run(b, importer.Target{Batch: 500, Add: stopAfter(0, store.Add)})
	if !errors.Is(err, errStopped) || !summary.Resumed || summary.Added != 0 {
		t.Fatalf("gone on: %+v, %v", summary, err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	other := mustOpenBundle(t, path, public, secret, append(all[1:1200:1200], all[0]))
	if err := os.Chtimes(path, time.Time{}, info.ModTime()); err != nil {
		t.Fatal(err)
	}
	summary, err = run(other, importer.Target{Add: store.Add})
	if err != nil || summary.Resumed || summary.Records != 1200 || summary.Added != 200 || !summary.Complete {
		t.Errorf("another bundle in its place: %+v, %v", summary, err)
	}
	for _, e := range mustExamples(t, store) {
		if e.AdmittedBy != "t" || e.CheckedBy != nil {
			t.Fatalf("example %s was taken over as admitted by %s, checked by %v", e.ID, e.AdmittedBy, e.CheckedBy)
		}
	}
}

// Without a signature that was verified nothing is read, unless that is what is asked for.
func TestBundleUnsigned(t *testing.T) {
	path := filepath.Join(t.TempDir(), "team.jsonl")
	if _, err := bundle.Write(path, nil, each(storetest.Numbered(3))); err != nil {
		t.Fatal(err)
	}
	store := sqlitetest.New(t)
	target := importer.Target{Add: store.Add, Meta: store}
	summary, err := importer.Import(t.Context(), mustFind(t, "bundle"), path, importer.Options{By: "t"}, target)
	if _, ok := errors.AsType[*importer.InputError](err); !ok || summary.Records != 0 || summary.Added != 0 {
		t.Errorf("%+v, %v; want an InputError and nothing read", summary, err)
	}
	summary, err = importer.Import(t.Context(), mustFind(t, "bundle"), path, importer.Options{By: "t", Unsigned: true}, target)
	if err != nil || summary.Added != 3 {
		t.Errorf("unsigned on purpose: %+v, %v", summary, err)
	}
}

func mustExamples(t *testing.T, store codebase.Store) []codebase.Example {
	t.Helper()
	var all []codebase.Example
	for e, err := range store.Examples(t.Context(), codebase.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	return all
}
