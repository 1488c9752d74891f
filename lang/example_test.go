package lang_test

import (
	"fmt"

	"github.com/seccoder/seccoder/lang"
)

func ExampleLex() {
	for _, t := range lang.Lex(lang.Go, `x := "a" // b`) {
		fmt.Printf("%s %q at %d\n", t.Kind, t.Text, t.Offset)
	}
	// Output:
	// ident "x" at 0
	// space " " at 1
	// punct ":=" at 2
	// space " " at 4
	// string "\"a\"" at 5
	// space " " at 8
	// comment "// b" at 9
}

func ExampleConstruct() {
	construct := lang.NewConstruct(lang.Python, "def area(w, h):\n    # of a rectangle")
	completion := ""
	for _, piece := range []string{"\n    return", " w * h\n\n", "print(area(2, 3))\n"} {
		completion += piece
		if end, ended := construct.End(completion); ended {
			fmt.Printf("%q\n", completion[:end])
		}
	}
	// Output: "\n    return w * h\n"
}

func ExampleForeign() {
	demonstration := "from markupsafe import escape\n\ndef greet(name):\n    return escape(name)\n"
	user := "def hello(name):\n    return "
	fmt.Println(lang.Foreign(lang.Python, demonstration, user, "'Hello ' + escape(name)\n"))
	// Output: [escape]
}
