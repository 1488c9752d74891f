package eval

import (
	"fmt"
	"regexp"
	"strings"
)

// The TOML decoder knows lines for what it cannot read, but not for keys that mean
// nothing to us. tomlLines finds them, for files as people write them; a key inside an
// inline table has the line of the table.
type tomlLines map[string]int

var (
	tomlHeader = regexp.MustCompile(`^\s*(\[\[?)\s*([^\]]+?)\s*\]`)
	tomlKey    = regexp.MustCompile(`^\s*([A-Za-z0-9_."'-]+)\s*=`)
)

// newTOMLLines maps "key", "table.key" and "array[1].key" to lines, from 1.
func newTOMLLines(text string) tomlLines {
	lines := tomlLines{}
	elements := map[string]int{}
	prefix, inside := "", ""
	for i, line := range strings.Split(text, "\n") {
		if inside != "" { // of a string of many lines
			if strings.Contains(line, inside) {
				inside = ""
			}
			continue
		}
		if m := tomlHeader.FindStringSubmatch(line); m != nil {
			name := unquoted(m[2])
			if m[1] == "[[" {
				element := fmt.Sprintf("%s[%d]", name, elements[name])
				elements[name]++
				name = element
			}
			prefix = name + "."
			lines[name] = i + 1
			continue
		}
		if m := tomlKey.FindStringSubmatch(line); m != nil {
			key := prefix + unquoted(m[1])
			if _, ok := lines[key]; !ok {
				lines[key] = i + 1
			}
		}
		for _, quotes := range []string{`"""`, `'''`} {
			if strings.Count(line, quotes)%2 == 1 {
				inside = quotes
			}
		}
	}
	return lines
}

func unquoted(key string) string { return strings.NewReplacer(`"`, "", `'`, "", " ", "").Replace(key) }

// line is that of the key, or of what holds it.
func (l tomlLines) line(key string) int {
	for key != "" {
		if line, ok := l[key]; ok {
			return line
		}
		key = key[:max(0, strings.LastIndexByte(key, '.'))]
	}
	return 1
}
