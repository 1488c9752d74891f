package model_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha1"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/model"
)

const npmName, npmVersion = "@tiny/engine", "1.2.3"

// mustTarball is an npm package with the members given by name.
func mustTarball(t *testing.T, members map[string][]byte) []byte {
	t.Helper()
	var buffer bytes.Buffer
	zipped := gzip.NewWriter(&buffer)
	archive := tar.NewWriter(zipped)
	add := func(name string, data []byte) {
		if err := archive.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(data))}); err != nil {
			t.Fatal(err)
		}
		if _, err := archive.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	add("package/package.json", []byte(`{"name": "`+npmName+`", "version": "`+npmVersion+`"}`))
	for name, data := range members {
		add(name, data)
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	if err := zipped.Close(); err != nil {
		t.Fatal(err)
	}
	return buffer.Bytes()
}

// npmRegistry makes the real npm ask a registry of our own, which has one
// package. The test is skipped where there is no npm.
func npmRegistry(t *testing.T, tarball []byte) {
	t.Helper()
	if err := exec.Command("npm", "--version").Run(); err != nil {
		t.Skipf("npm does not run here: %v", err)
	}
	var server *httptest.Server
	server = serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/" + npmName:
			one, five := sha1.Sum(tarball), sha512.Sum512(tarball)
			_ = json.NewEncoder(w).Encode(map[string]any{
				"name":      npmName,
				"dist-tags": map[string]string{"latest": npmVersion},
				"versions": map[string]any{npmVersion: map[string]any{
					"name": npmName, "version": npmVersion,
					"dist": map[string]string{
						"tarball":   server.URL + "/tarball.tgz",
						"shasum":    hex.EncodeToString(one[:]),
						"integrity": "sha512-" + base64.StdEncoding.EncodeToString(five[:]),
					},
				}},
			})
		case "/tarball.tgz":
			_, _ = w.Write(tarball)
		default:
			http.NotFound(w, r)
		}
	}))
	empty := filepath.Join(t.TempDir(), "npmrc")
	mustWrite(t, empty, nil)
	t.Setenv("npm_config_registry", server.URL)
	t.Setenv("npm_config_userconfig", empty)
	t.Setenv("npm_config_fetch_retries", "0")
	for _, name := range []string{"NO_PROXY", "no_proxy", "npm_config_noproxy"} {
		t.Setenv(name, "127.0.0.1")
	}
}

func npmEngine(tarball []byte, files ...model.File) *model.Catalogue {
	return &model.Catalogue{Artifacts: []model.Artifact{{
		Name: "engine", Kind: model.KindEngine, Version: npmVersion, Platform: "plan9/mips", Files: files,
		Sources: []model.Source{{
			Kind: model.SourceNPM, Packages: []string{npmName + "@" + npmVersion},
			Members: []string{"package/bins/{file}", "package/{file}"},
			Size:    int64(len(tarball)), SHA256: hashOf(tarball),
		}},
	}}}
}

func TestNPM(t *testing.T) {
	library, licence := blob(100_000), []byte("do what you like")
	tarball := mustTarball(t, map[string][]byte{
		"package/bins/lib.so": library, "package/LICENSE": licence, "package/bins/other.node": blob(10),
	})
	npmRegistry(t, tarball)
	puller := newPuller(t, npmEngine(tarball, pinned("lib.so", library), pinned("LICENSE", licence)))
	puller.Platform = "plan9/mips"
	mustPull(t, puller, "engine")
	mustHold(t, puller.Cache, "engine", "lib.so", library)
	mustHold(t, puller.Cache, "engine", "LICENSE", licence)
	got, err := puller.Resolve(t.Context(), "engine")
	if err != nil {
		t.Fatal(err)
	}
	if want := filepath.Join(puller.Dir, "engine", "engine-1.2.3-plan9-mips"); got.Dir != want {
		t.Errorf("folder %s, want %s", got.Dir, want)
	}
	entries, err := os.ReadDir(got.Dir)
	if err != nil || len(entries) != 3 { // with the record of what was hashed
		t.Errorf("in the folder: %v, %v", entries, err)
	}
}

func TestNPMRefuses(t *testing.T) {
	library := blob(1000)
	tarball := mustTarball(t, map[string][]byte{"package/bins/lib.so": library})
	npmRegistry(t, tarball)
	for _, test := range []struct {
		name   string
		change func(*model.Artifact)
		says   string
	}{
		{"another package", func(a *model.Artifact) { a.Sources[0].SHA256 = hashOf(nil) }, "wrong SHA-256"},
		{"another version", func(a *model.Artifact) { a.Sources[0].Packages[0] = npmName + "@9.9.9" }, "No matching version"},
		{"another size", func(a *model.Artifact) { a.Files[0].Size++ }, "1000 bytes instead of 1001"},
		{"no such member", func(a *model.Artifact) { a.Files[0].Name = "none.so" }, "nothing in it is none.so"},
	} {
		t.Run(test.name, func(t *testing.T) {
			catalogue := npmEngine(tarball, pinned("lib.so", library))
			test.change(&catalogue.Artifacts[0])
			puller := newPuller(t, catalogue)
			puller.Platform = "plan9/mips"
			err := puller.Pull(t.Context(), "engine")
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("got %v, want %q", err, test.says)
			}
		})
	}
}
