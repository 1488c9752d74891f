package lang

// classify tells by its header what the brace that comes next opens, and whether
// the statement goes on behind the closing brace.
func (b *blocks) classify(header []unit) (kind blockKind, statement bool) {
	outer := blockNamespace // as at the top of a file
	if b.brace != nil {
		outer = b.brace.block
	}
	inArguments := b.open != nil && b.open.bracket != '{'
	switch b.l {
	case Go:
		return classifyGo(header, inArguments)
	case Java:
		return classifyJava(header, outer, inArguments)
	case JavaScript, TypeScript:
		return classifyScript(header, outer, inArguments)
	default:
		return classifyC(header, outer, inArguments)
	}
}

var (
	cControl   = set("if else for while do switch try catch case default __try __except __finally")
	cTypes     = set("struct class union enum")
	cNoNames   = set("__attribute__ __declspec alignas _Alignas decltype noexcept throw __asm__ asm requires explicit")
	goControl  = set("if else for switch select case default")
	javaTypes  = set("class interface enum")
	javaFlow   = set("if else for while do switch try catch finally synchronized case default")
	scriptFlow = set("if else for while do switch try catch finally with case default")
	scriptType = set("class interface enum")
)

func classifyC(h []unit, outer blockKind, inArguments bool) (blockKind, bool) {
	h = trimC(h)
	if len(h) == 0 {
		return blockPlain, false
	}
	if lambda := cLambda(h); lambda >= 0 {
		if textAt(h, lambda-1) == "=" {
			return blockFunction, true
		}
		return blockLambda, false
	}
	switch {
	case inArguments:
		return blockExpr, false
	case first(h, cControl):
		return blockControl, false
	case last(h) == ":":
		return blockPlain, false
	}
	if eq := find(h, "="); eq > 0 && h[eq-1].text != "operator" {
		return blockExpr, false
	}
	if outer.body() || outer == blockPlain || outer == blockExpr {
		switch {
		case has(h, cTypes):
			return blockType, false
		case last(h) == "()": // a macro that loops
			return blockControl, false
		}
		return blockExpr, false
	}
	if name := cFunctionName(h); name >= 0 {
		if colon := find(h[name:], ":"); colon > 0 && last(h) != "()" && last(h) != "{}" {
			return blockExpr, false // a member's initializer
		}
		return blockFunction, false
	}
	switch {
	case find(h, "namespace") >= 0 || h[0].text == "extern" && len(h) == 2 && h[1].kind == String:
		return blockNamespace, false
	case has(h, cTypes):
		return blockType, false
	}
	return blockExpr, false
}

// trimC drops what may stand before a declaration: access labels, template
// parameters and attributes.
func trimC(h []unit) []unit {
	for {
		switch {
		case len(h) > 1 && h[1].text == ":" && (h[0].text == "public" || h[0].text == "private" || h[0].text == "protected"):
			h = h[2:]
		case len(h) > 1 && h[0].text == "template" && h[1].text == "<":
			depth, i := 0, 1
			for ; i < len(h); i++ {
				if h[i].text == "<" {
					depth++
				} else if h[i].text == ">" {
					if depth--; depth == 0 {
						break
					}
				}
			}
			h = h[min(i+1, len(h)):]
		case len(h) > 1 && cNoNames[h[0].text] && h[1].text == "()":
			h = h[2:]
		case len(h) > 1 && h[0].text == "[]" && h[1].kind == Ident: // [[nodiscard]]
			h = h[1:]
		default:
			return h
		}
	}
}

// cLambda is the index of the capture list of the lambda whose body follows, or -1.
func cLambda(h []unit) int {
	for i, u := range h {
		if u.text != "[]" || i+1 < len(h) && h[i+1].text != "()" {
			continue
		}
		if before := kindAt(h, i-1); before == Punct && textAt(h, i-1) != "]" && textAt(h, i-1) != "[]" || textAt(h, i-1) == "return" {
			return i
		}
	}
	return -1
}

// cFunctionName is the index of the name before a function's parameters, or -1.
// The parameters of an operator count as named by the operator's sign.
func cFunctionName(h []unit) int {
	for i := 0; i+1 < len(h); i++ {
		if h[i].text == "operator" {
			return i
		}
		if h[i].kind == Ident && h[i+1].text == "()" && !cNoNames[h[i].text] {
			return i
		}
	}
	return -1
}

func classifyGo(h []unit, inArguments bool) (blockKind, bool) {
	if len(h) == 0 {
		if inArguments {
			return blockExpr, false
		}
		return blockPlain, false
	}
	if text := last(h); text == "struct" || text == "interface" {
		if h[0].text == "type" || h[0].kind == Ident && !IsKeyword(Go, h[0].text) && (len(h) == 2 || h[1].text == "[]") {
			return blockType, false
		}
		return blockExpr, false
	}
	for i, u := range h {
		if u.text != "func" || u.kind != Ident {
			continue
		}
		switch {
		case i == 0 && (kindAt(h, 1) == Ident || textAt(h, 1) == "()" && kindAt(h, 2) == Ident && textAt(h, 3) == "()"):
			return blockFunction, false
		case i > 0 && (h[i-1].text == "=" || h[i-1].text == ":=") && !first(h, goControl):
			return blockFunction, true
		case last(h) != "func":
			return blockLambda, false
		}
	}
	if first(h, goControl) {
		return blockControl, false
	}
	return blockExpr, false
}

func classifyJava(h []unit, outer blockKind, inArguments bool) (blockKind, bool) {
	for len(h) > 1 && h[0].text == "@" && h[1].text != "interface" { // annotations
		h = h[2:]
		for len(h) > 1 && h[0].text == "." {
			h = h[2:]
		}
		if textAt(h, 0) == "()" {
			h = h[1:]
		}
	}
	if len(h) == 0 {
		if inArguments || outer == blockExpr {
			return blockExpr, false
		}
		return blockPlain, false
	}
	switch {
	case last(h) == "->":
		switch {
		case first(h, javaFlow):
			return blockControl, false
		case find(h, "=") >= 0:
			return blockFunction, true
		}
		return blockLambda, false
	case first(h, javaFlow):
		return blockControl, false
	case find(h, "new") >= 0 && (last(h) == "()" || last(h) == ">"):
		return blockType, true
	case has(h, javaTypes) || javaRecord(h):
		return blockType, false
	case inArguments || find(h, "=") >= 0 || last(h) == "[]":
		return blockExpr, false
	case outer.body() || outer == blockPlain:
		return blockPlain, false
	case len(h) == 1 && h[0].text == "static" || javaMethodName(h) >= 0:
		return blockFunction, false
	}
	return blockPlain, false
}

func javaRecord(h []unit) bool {
	i := find(h, "record")
	return i >= 0 && kindAt(h, i+1) == Ident
}

// javaMethodName is the index of the name before a method's parameters, or -1.
func javaMethodName(h []unit) int {
	for i := 0; i+1 < len(h); i++ {
		if h[i].kind == Ident && h[i+1].text == "()" && textAt(h, i-1) != "@" {
			return i
		}
	}
	return -1
}

func classifyScript(h []unit, outer blockKind, inArguments bool) (blockKind, bool) {
	if textAt(h, 0) == "export" {
		h = h[1:]
	}
	if textAt(h, 0) == "default" && textAt(h, 1) != ":" {
		h = h[1:]
		inArguments = false
		if textAt(h, 0) == "function" || textAt(h, 0) == "async" {
			return blockFunction, false
		}
		if last(h) == "=>" {
			return blockFunction, true
		}
	}
	if len(h) == 0 {
		if inArguments || outer == blockExpr {
			return blockExpr, false
		}
		return blockPlain, false
	}
	if last(h) == "=>" {
		if find(h, "=") > 0 || outer == blockExpr && !inArguments && textAt(h, 1) == ":" {
			return blockFunction, true
		}
		return blockLambda, false
	}
	switch last(h) {
	case "<", "|", "&", ":": // a type
		if !first(h, scriptFlow) {
			return blockExpr, false
		}
	}
	if f := find(h, "function"); f >= 0 {
		before := f - 1
		if textAt(h, before) == "async" {
			before--
		}
		switch sign := textAt(h, before); {
		case sign == "" && !inArguments:
			return blockFunction, false
		case sign == "=" || sign == ":":
			return blockFunction, true
		}
		return blockLambda, false
	}
	switch {
	case first(h, scriptFlow):
		return blockControl, false
	case inArguments:
		return blockExpr, false
	case find(h, "=") > 0 || last(h) == "return" || last(h) == ":":
		if has(h, scriptType) && find(h, "=") > 0 && last(h) != "=" {
			return blockType, true
		}
		return blockExpr, false
	case has(h, scriptType) && kindAt(h, find(h, "class")+1) != Punct || textAt(h, 0) == "class":
		return blockType, false
	case textAt(h, 0) == "namespace" || textAt(h, 0) == "module" || textAt(h, 0) == "declare":
		return blockNamespace, false
	case outer.body() || outer == blockPlain || outer == blockExpr && textAt(h, 1) == ":":
		return blockExpr, false
	case len(h) == 1 && h[0].text == "static" || scriptMethodName(h) >= 0:
		return blockFunction, false
	}
	return blockExpr, false
}

// scriptMethodName is the index of the name before a method's parameters, or -1.
func scriptMethodName(h []unit) int {
	for i := 0; i+1 < len(h); i++ {
		if h[i+1].text == "()" && (h[i].kind == Ident || h[i].kind == String || h[i].text == "[]") {
			return i
		}
		if h[i].kind == Ident && h[i+1].text == "<" { // type parameters
			if close := find(h[i:], ">"); close > 0 && textAt(h, i+close+1) == "()" {
				return i
			}
		}
	}
	return -1
}
