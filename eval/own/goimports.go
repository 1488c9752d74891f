package own

import (
	"cmp"
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// goImports makes a Go program's imports those that it uses, as editors do when a file is
// saved: a completion cannot reach the imports above it, and one that leaves an import
// unused would not compile. Lines stay where they are. What does not parse, and
// names of no known package, stay as they are too.
func goImports(source string) string {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "program.go", source, parser.SkipObjectResolution)
	if err != nil {
		return source
	}
	used := packagesUsed(file)
	var edits []edit
	for _, spec := range file.Imports {
		name := importName(spec)
		if name != "_" && name != "." && used[name] == nil {
			from := spec.Pos()
			edits = append(edits, edit{fset.Position(from).Offset, fset.Position(spec.Path.Pos()).Offset, "_ "})
		}
		delete(used, name)
	}
	var missing []string
	for name, selectors := range used {
		if p := packagePath(name, selectors); p != "" {
			missing = append(missing, "; import "+strconv.Quote(p))
		}
	}
	slices.Sort(missing)
	end := fset.Position(file.Name.End()).Offset
	edits = append(edits, edit{end, end, strings.Join(missing, "")})
	return apply(source, edits)
}

// edit puts text in the place of source[from:to].
type edit struct {
	from, to int
	text     string
}

func apply(source string, edits []edit) string {
	slices.SortFunc(edits, func(a, b edit) int { return cmp.Compare(b.from, a.from) })
	for _, e := range edits {
		source = source[:e.from] + e.text + source[e.to:]
	}
	return source
}

var version = regexp.MustCompile(`^v[0-9]+$`)

// importName is the name by which the file knows a package.
func importName(spec *ast.ImportSpec) string {
	if spec.Name != nil {
		return spec.Name.Name
	}
	p, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return ""
	}
	if base := path.Base(p); !version.MatchString(base) {
		return base
	}
	return path.Base(path.Dir(p))
}

// packagesUsed finds the names that may be packages: those on the left of a dot that
// nothing in the file declares. It gives what is selected from each.
func packagesUsed(file *ast.File) map[string][]string {
	declared := map[string]bool{}
	used := map[string][]string{}
	note := func(names ...*ast.Ident) {
		for _, n := range names {
			declared[n.Name] = true
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok {
				used[x.Name] = append(used[x.Name], n.Sel.Name)
			}
		case *ast.FuncDecl:
			if n.Recv == nil {
				note(n.Name)
			}
		case *ast.TypeSpec:
			note(n.Name)
		case *ast.ValueSpec:
			note(n.Names...)
		case *ast.Field:
			note(n.Names...)
		case *ast.AssignStmt:
			if n.Tok == token.DEFINE {
				for _, left := range n.Lhs {
					if x, ok := left.(*ast.Ident); ok {
						note(x)
					}
				}
			}
		case *ast.RangeStmt:
			for _, left := range []ast.Expr{n.Key, n.Value} {
				if x, ok := left.(*ast.Ident); ok && n.Tok == token.DEFINE {
					note(x)
				}
			}
		}
		return true
	})
	imported := map[string]bool{}
	for _, spec := range file.Imports {
		imported[importName(spec)] = true
	}
	for name := range used {
		// A variable may have the name of a package that the file imports and uses elsewhere.
		if declared[name] && !imported[name] {
			delete(used, name)
		}
	}
	return used
}

// packagePath finds the package of the standard library that a name stands for; "" if
// none is known.
func packagePath(name string, selectors []string) string {
	switch name {
	case "rand":
		secure := func(s string) bool { return slices.Contains([]string{"Read", "Reader", "Prime", "Text"}, s) }
		if slices.ContainsFunc(selectors, secure) {
			return "crypto/rand"
		}
		if slices.ContainsFunc(selectors, func(s string) bool { return slices.Contains([]string{"IntN", "N", "NewPCG", "NewChaCha8"}, s) }) {
			return "math/rand/v2"
		}
		return "math/rand"
	case "template":
		return "html/template"
	}
	for p := range strings.FieldsSeq(standardPackages) {
		if path.Base(p) == name {
			return p
		}
	}
	return ""
}

// standardPackages are those that completions need; of two with one name, the first is
// taken.
const standardPackages = `
archive/tar archive/zip bufio bytes cmp compress/flate compress/gzip compress/zlib container/heap container/list context
crypto crypto/aes crypto/cipher crypto/ecdsa crypto/ed25519 crypto/elliptic crypto/hmac crypto/md5 crypto/pbkdf2 crypto/rsa crypto/sha1
crypto/sha256 crypto/sha3 crypto/sha512 crypto/subtle crypto/tls crypto/x509 crypto/x509/pkix
database/sql encoding/base32 encoding/base64 encoding/binary encoding/csv encoding/gob encoding/hex encoding/json encoding/pem
encoding/xml errors expvar flag fmt hash hash/crc32 hash/fnv html io io/fs io/ioutil iter log log/slog maps math math/big math/bits mime
mime/multipart mime/quotedprintable net net/http net/http/httputil net/mail net/netip net/smtp net/textproto net/url
os os/exec os/signal os/user path path/filepath reflect regexp runtime runtime/debug slices sort strconv strings sync sync/atomic syscall
text/tabwriter time unicode unicode/utf16 unicode/utf8 unsafe
`
