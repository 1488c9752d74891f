package sven

var (
	cInt      = &cType{Base: "int", Bytes: 4}
	cUnsigned = &cType{Base: "int", Bytes: 4, Unsigned: true}
	cLong     = &cType{Base: "long", Bytes: 8}
	cSize     = &cType{Base: "long", Bytes: 8, Unsigned: true}
	cDouble   = &cType{Base: "double", Bytes: 8}
	cChars    = &cType{Base: "char", Bytes: 1, Pointer: 1}
	cVoids    = &cType{Base: "void", Bytes: 1, Pointer: 1}
	cVoid     = &cType{Base: "void"}
)

// cResults are the types of what the library's functions return, where it is not int.
var cResults = map[string]*cType{
	"strlen": cSize, "strnlen": cSize, "fread": cSize, "fwrite": cSize, "strcspn": cSize, "strspn": cSize, "read": cLong, "write": cLong,
	"malloc": cVoids, "calloc": cVoids, "realloc": cVoids, "memcpy": cVoids, "memset": cVoids, "memmove": cVoids, "alloca": cVoids,
	"strdup": cChars, "strndup": cChars, "strcpy": cChars, "strncpy": cChars, "strcat": cChars, "strchr": cChars, "strrchr": cChars,
	"strstr": cChars, "strtok": cChars, "fgets": cChars, "gets": cChars, "getenv": cChars, "gcvt": cChars,
	"fopen": {Base: "struct FILE", Bytes: 216, Pointer: 1}, "atol": cLong, "strtol": cLong, "random": cLong, "lrand48": cLong, "time": cLong,
	"atoll": cLong, "strtoll": cLong, "labs": cLong, "ftell": cLong, "strtoul": cSize, "strtoull": cSize, "getline": cLong,
	"atof": cDouble, "strtod": cDouble, "drand48": cDouble, "pow": cDouble, "sqrt": cDouble, "fabs": cDouble, "floor": cDouble,
	"ceil": cDouble, "round": cDouble, "exp": cDouble, "log": cDouble, "log10": cDouble, "free": cVoid,
}

// typeOf is the type of an expression; int where nothing else is known.
func (r *ranges) typeOf(n *cNode) *cType {
	switch n.Kind {
	case cIdent:
		if t := r.types[n.Text]; t != nil {
			return t
		}
		switch n.Text {
		case "NULL":
			return cVoids
		case "UINT_MAX", "UINT32_MAX":
			return cUnsigned
		case "LONG_MAX", "LONG_MIN", "LLONG_MAX", "LLONG_MIN", "INT64_MAX":
			return cLong
		case "SIZE_MAX", "ULONG_MAX":
			return cSize
		}
	case cNumber:
		return numberType(n.Text)
	case cString:
		return cChars
	case cCall:
		if f := r.flow.Program.function(n.callee()); f != nil {
			result := *f.Result
			result.Function = false
			return &result
		}
		if t := cResults[n.callee()]; t != nil {
			return t
		}
	case cIndex:
		return element(r.typeOf(n.Kids[0]))
	case cMember:
		if t := r.flow.Program.Fields[n.Text]; t != nil {
			return t
		}
	case cUnary:
		inner := r.typeOf(n.Kids[0])
		switch n.Op {
		case "*":
			return element(inner)
		case "&":
			pointer := *inner
			pointer.Array, pointer.Pointer = nil, inner.Pointer+1
			return &pointer
		case "!":
			return cInt
		case "-", "+", "~":
			return arithmetic(inner, inner)
		}
		return inner
	case cPostfix, cAssign:
		return r.typeOf(n.Kids[0])
	case cComma:
		return r.typeOf(n.Kids[1])
	case cCast:
		return n.Type
	case cSizeof:
		return cSize
	case cCond:
		return arithmetic(r.typeOf(n.Kids[1]), r.typeOf(n.Kids[2]))
	case cBinary:
		switch n.Op {
		case "+", "-", "*", "/", "%", "&", "|", "^":
			return arithmetic(r.typeOf(n.Kids[0]), r.typeOf(n.Kids[1]))
		case "<<", ">>":
			left := r.typeOf(n.Kids[0])
			return arithmetic(left, left)
		}
	}
	return cInt
}

// element is the type of what a pointer or an array leads to.
func element(t *cType) *cType {
	e := *t
	switch {
	case len(t.Array) > 0:
		e.Array = t.Array[1:]
	case t.Pointer > 0:
		e.Pointer--
	}
	return &e
}

// arithmetic is the type in which two operands are computed with.
func arithmetic(a, b *cType) *cType {
	switch {
	case a.isPointer() || a.isArray():
		if b.isPointer() || b.isArray() {
			return cLong
		}
		return a
	case b.isPointer() || b.isArray():
		return b
	case a.isFloat() || b.isFloat():
		return cDouble
	case a.Bytes < 4 && b.Bytes < 4:
		return cInt
	case a.Bytes > b.Bytes:
		return a
	case b.Bytes > a.Bytes:
		return b
	case a.Unsigned:
		return a
	}
	return b
}

// numberType is the type of a number as written.
func numberType(text string) *cType {
	v, _ := number(text)
	t := cType{Base: "int", Bytes: 4}
	hex := len(text) > 1 && (text[1] == 'x' || text[1] == 'X')
	for i := len(text) - 1; i > 0; i-- {
		switch c := text[i] | 0x20; {
		case c == 'u':
			t.Unsigned = true
			continue
		case c == 'l':
			t.Base, t.Bytes = "long", 8
			continue
		case !hex && c == 'f':
			return &cType{Base: "float", Bytes: 4}
		}
		break
	}
	for _, c := range text {
		if c == '.' || !hex && (c == 'e' || c == 'E') {
			return cDouble
		}
	}
	if v > t.limits().high {
		t.Base, t.Bytes = "long", 8
	}
	return &t
}
