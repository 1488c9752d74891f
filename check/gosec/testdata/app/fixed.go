package app

import (
	"crypto/rand"
	"database/sql"
	"net/http"
	"os"
)

func findSafely(db *sql.DB, r *http.Request) (*sql.Rows, error) {
	return db.Query("SELECT id FROM users WHERE name = ?", r.FormValue("name"))
}

func saveSafely(data []byte) error {
	return os.WriteFile("token", data, 0o600)
}

func safeToken() string {
	return rand.Text()
}
