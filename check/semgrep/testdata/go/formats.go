package main

import (
	"bufio"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strings"
)

type notes struct{ logger *log.Logger }

func (n *notes) greet(w io.Writer, r *http.Request) error {
	name := r.FormValue("name")
	// ruleid: seccoder.go.format-string
	log.Printf("greeting " + name)
	// ruleid: seccoder.go.format-string
	n.logger.Printf(name, "once")
	// ruleid: seccoder.go.format-string
	text := fmt.Sprintf(name)
	// ruleid: seccoder.go.format-string
	fmt.Fprintf(os.Stderr, r.Header.Get("User-Agent"))
	// ok: seccoder.go.format-string
	log.Printf("greeting %q", name)
	// ok: seccoder.go.format-string
	log.Print(name)
	// ok: seccoder.go.format-string
	fmt.Fprintf(os.Stderr, "%s\n", text[:1])
	// ok: seccoder.go.format-string
	log.Printf(strings.ReplaceAll(name, "%", "%%"))
	// ruleid: seccoder.go.format-string
	return fmt.Errorf("no " + name)
}

func echo() {
	// ruleid: seccoder.go.format-string
	fmt.Printf(os.Args[1])
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		// ruleid: seccoder.go.format-string
		fmt.Printf(lines.Text() + "\n")
		// ok: seccoder.go.format-string
		fmt.Println(lines.Text())
	}
	var word string
	fmt.Scanln(&word)
	// ruleid: seccoder.go.format-string
	log.Fatalf(word)
}

func fixed(format string, n int) string {
	// ok: seccoder.go.format-string
	return fmt.Sprintf(format, n)
}
