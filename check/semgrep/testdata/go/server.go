package server

import (
	"archive/zip"
	"crypto/hmac"
	"crypto/md5"
	crypto "crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/tls"
	"database/sql"
	"fmt"
	"html"
	"io"
	"math/rand"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/golang-jwt/jwt/v5"
)

const folder = "/srv/files"

var knownHosts = map[string]string{"img": "https://img.example.org"}

func lookup(w http.ResponseWriter, r *http.Request) {
	host := r.FormValue("host")
	// ruleid: seccoder.go.command-injection
	exec.Command("sh", "-c", "nslookup "+host).Run()
	command := fmt.Sprintf("nslookup %s", host)
	// ruleid: seccoder.go.command-injection
	exec.CommandContext(r.Context(), "/bin/bash", "-c", command).Run()
	// ruleid: seccoder.go.command-injection
	exec.Command(r.URL.Query().Get("program")).Run()
	// ok: seccoder.go.command-injection
	exec.Command("nslookup", host).Run()
	// ok: seccoder.go.command-injection
	exec.Command("sh", "-c", "uptime").Run()
	pid, err := strconv.Atoi(r.FormValue("pid"))
	if err != nil {
		return
	}
	// ok: seccoder.go.command-injection
	exec.Command("sh", "-c", fmt.Sprintf("kill %d", pid)).Run()
}

func archive(name string) error {
	// ruleid: seccoder.go.command-built
	if err := exec.Command("sh", "-c", "tar czf backup.tgz "+name).Run(); err != nil {
		return err
	}
	// ok: seccoder.go.command-built
	return exec.Command("tar", "czf", "backup.tgz", "--", name).Run()
}

func user(w http.ResponseWriter, r *http.Request, db *sql.DB) {
	name := r.URL.Query().Get("name")
	// ruleid: seccoder.go.sql-injection
	db.Query("SELECT * FROM users WHERE name = '" + name + "'")
	query := fmt.Sprintf("SELECT * FROM users WHERE name = '%s'", name)
	// ruleid: seccoder.go.sql-injection
	db.QueryRowContext(r.Context(), query)
	// ok: seccoder.go.sql-injection
	db.Query("SELECT * FROM users WHERE name = ?", name)
	column := r.FormValue("sort")
	if !slices.Contains([]string{"name", "age"}, column) {
		return
	}
	// ok: seccoder.go.sql-injection
	db.Query("SELECT * FROM users ORDER BY " + column)
}

func find(db *sql.DB, name string, id int) (*sql.Rows, error) {
	// ruleid: seccoder.go.sql-built
	if rows, err := db.Query(fmt.Sprintf("SELECT * FROM users WHERE name = '%s'", name)); err == nil {
		return rows, nil
	}
	// ok: seccoder.go.sql-built
	if rows, err := db.Query(fmt.Sprintf("SELECT * FROM users WHERE id = %d", id)); err == nil {
		return rows, nil
	}
	// ok: seccoder.go.sql-built
	return db.Query("SELECT * FROM users WHERE name = ?", name)
}

func file(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("name")
	// ruleid: seccoder.go.path-traversal
	os.ReadFile(filepath.Join(folder, name))
	// ruleid: seccoder.go.path-traversal
	http.ServeFile(w, r, folder+"/"+name)
	// ok: seccoder.go.path-traversal
	os.ReadFile(filepath.Join(folder, filepath.Base(name)))
	full := filepath.Join(folder, r.PathValue("name"))
	if !strings.HasPrefix(full, folder+"/") {
		return
	}
	// ok: seccoder.go.path-traversal
	os.ReadFile(full)
	if !filepath.IsLocal(name) {
		return
	}
	// ok: seccoder.go.path-traversal
	os.ReadFile(filepath.Join(folder, name))
}

func unzip(archive *zip.ReadCloser) error {
	for _, f := range archive.File {
		path := filepath.Join(folder, f.Name)
		// ruleid: seccoder.go.archive-path
		out, err := os.Create(path)
		if err != nil {
			return err
		}
		out.Close()
	}
	return nil
}

func unzipFixed(archive *zip.ReadCloser) error {
	for _, f := range archive.File {
		name := f.Name
		if !filepath.IsLocal(name) {
			return fmt.Errorf("bad name %q", name)
		}
		// ok: seccoder.go.archive-path
		out, err := os.Create(filepath.Join(folder, name))
		if err != nil {
			return err
		}
		out.Close()
	}
	return nil
}

func hello(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	// ruleid: seccoder.go.cross-site-scripting
	fmt.Fprintf(w, "<h1>Hello %s</h1>", name)
	// ruleid: seccoder.go.cross-site-scripting
	w.Write([]byte("<h1>Hello " + name + "</h1>"))
	// ok: seccoder.go.cross-site-scripting
	fmt.Fprintf(w, "<h1>Hello %s</h1>", html.EscapeString(name))
	// ok: seccoder.go.cross-site-scripting
	fmt.Fprintf(os.Stderr, "hello %s\n", name)
}

func plain(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain")
	// ok: seccoder.go.cross-site-scripting
	io.WriteString(w, r.FormValue("name"))
}

func next(w http.ResponseWriter, r *http.Request) {
	target := r.URL.Query().Get("next")
	// ruleid: seccoder.go.open-redirect
	http.Redirect(w, r, target, http.StatusFound)
	// ok: seccoder.go.open-redirect
	http.Redirect(w, r, "/users/"+target, http.StatusFound)
	parts, err := url.Parse(target)
	if err != nil || parts.IsAbs() || parts.Host != "" {
		return
	}
	// ok: seccoder.go.open-redirect
	http.Redirect(w, r, target, http.StatusFound)
}

func fetch(w http.ResponseWriter, r *http.Request) {
	address := r.FormValue("url")
	// ruleid: seccoder.go.server-side-request
	http.Get(address)
	// ok: seccoder.go.server-side-request
	http.Get("https://img.example.org/" + r.FormValue("name"))
	// ok: seccoder.go.server-side-request
	http.Get(knownHosts[r.FormValue("host")])
}

// ruleid: seccoder.go.tls-verification-off
var loose = http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}

// ok: seccoder.go.tls-verification-off
var strict = tls.Config{MinVersion: tls.VersionTLS12}

func newToken() string {
	letters := "abcdefghijklmnopqrstuvwxyz"
	b := make([]byte, 32)
	for i := range b {
		// ruleid: seccoder.go.weak-random
		b[i] = letters[rand.Intn(len(letters))]
	}
	return string(b)
}

func newTokenFixed() string {
	// ok: seccoder.go.weak-random
	return crypto.Text()
}

func colour() int {
	// ok: seccoder.go.weak-random
	return rand.Intn(3)
}

func sums(data []byte) ([16]byte, [32]byte) {
	// ruleid: seccoder.go.weak-hash
	first := md5.Sum(data)
	// ok: seccoder.go.weak-hash
	return first, sha256.Sum256(data)
}

func keys() {
	// ruleid: seccoder.go.weak-key
	rsa.GenerateKey(crypto.Reader, 1024)
	// ok: seccoder.go.weak-key
	rsa.GenerateKey(crypto.Reader, 3072)
}

// ruleid: seccoder.go.hard-coded-secret
var jwtSecret = []byte("sehr-geheim-11")

// ok: seccoder.go.hard-coded-secret
var apiKey = os.Getenv("API_KEY")

func verify(key, body, signature []byte) bool {
	mac := hmac.New(sha256.New, key)
	mac.Write(body)
	// ruleid: seccoder.go.timing-comparison
	if string(signature) == string(mac.Sum(nil)) {
		return true
	}
	// ok: seccoder.go.timing-comparison
	return hmac.Equal(signature, mac.Sum(nil))
}

func claims(token string, key []byte) {
	// ruleid: seccoder.go.jwt-not-verified
	jwt.NewParser().ParseUnverified(token, jwt.MapClaims{})
	// ok: seccoder.go.jwt-not-verified
	jwt.Parse(token, func(*jwt.Token) (any, error) { return key, nil }, jwt.WithValidMethods([]string{"HS256"}))
}

func save(data []byte) {
	// ruleid: seccoder.go.file-permissions
	os.WriteFile("notes.txt", data, 0o666)
	// ok: seccoder.go.file-permissions
	os.WriteFile("notes.txt", data, 0o600)
}

func nextChecked(w http.ResponseWriter, r *http.Request) {
	target := r.FormValue("next")
	if !strings.HasPrefix(target, "/") || strings.HasPrefix(target, "//") || strings.Contains(target, "\\") {
		target = "/"
	}
	// ok: seccoder.go.open-redirect
	http.Redirect(w, r, target, http.StatusFound)
}
