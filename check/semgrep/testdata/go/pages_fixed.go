package server

import (
	"crypto/aes"
	"crypto/cipher"
	"html/template"
	"net/http"
)

var fixed = template.Must(template.New("hello").Parse("<h1>Hello {{.}}</h1>"))

func templatedFixed(w http.ResponseWriter, r *http.Request) {
	// ok: seccoder.go.text-template-for-pages
	fixed.Execute(w, r.FormValue("name"))
}

func blockFixed(key []byte) (cipher.Block, error) {
	// ok: seccoder.go.weak-cipher
	return aes.NewCipher(key)
}
