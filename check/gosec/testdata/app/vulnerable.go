// Package app has weaknesses, for the test.
package app

import (
	"crypto/md5"
	"database/sql"
	"fmt"
	"math/rand"
	"net/http"
	"os"
	"os/exec"
)

func find(db *sql.DB, r *http.Request) (*sql.Rows, error) {
	return db.Query(fmt.Sprintf("SELECT id FROM users WHERE name = '%s'", r.FormValue("name"))) // #nosec
}

func list(r *http.Request) ([]byte, error) {
	return exec.Command("sh", "-c", r.FormValue("command")).Output()
}

func save(data []byte) error {
	return os.WriteFile("token", data, 0o666)
}

func token() [16]byte {
	return md5.Sum([]byte(fmt.Sprint(rand.Int())))
}
