package server

import (
	"crypto/cipher"
	"crypto/des"
	"net/http"
	"text/template"
)

var page = template.Must(template.New("hello").Parse("<h1>Hello {{.}}</h1>"))

func templated(w http.ResponseWriter, r *http.Request) {
	// ruleid: seccoder.go.text-template-for-pages
	page.Execute(w, r.FormValue("name"))
}

func block(key []byte) (cipher.Block, error) {
	// ruleid: seccoder.go.weak-cipher
	return des.NewCipher(key)
}
