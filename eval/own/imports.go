package own

// GoImports makes a Go program's imports those that it uses: it adds what is missing of
// the standard library and leaves unused ones in as blank imports, so that a
// completion, which cannot reach the imports above it, compiles. Lines stay where they
// are; what does not parse stays as it is.
func GoImports(source string) string { return goImports(source) }
