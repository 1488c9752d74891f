package sven

import "strings"

// What follows (c_tree, c_parse, c_flow, c_range) is a small front end for C: enough of a
// parser, a control flow graph and a range analysis to say what a query would say about the
// short programs that complete a scenario. It knows no preprocessor beyond simple macros and
// conditions, and gives up (with an error) on what it does not understand.

// cKind says what a node of the syntax tree is.
type cKind uint8

// The kinds of nodes.
const (
	cIdent     cKind = iota // Text: the name
	cNumber                 // Text: as written
	cChar                   // Text: as written
	cString                 // Text: as written, literals joined
	cCall                   // Kids: function, arguments
	cIndex                  // Kids: base, offset
	cMember                 // Op: "." or "->"; Kids: object; Text: field
	cUnary                  // Op: "-", "!", "*", "&", "++", "--" …; Kids: operand
	cPostfix                // Op: "++" or "--"; Kids: operand
	cBinary                 // Op; Kids: left, right
	cAssign                 // Op: "=", "+=" …; Kids: left, right
	cCond                   // Kids: condition, then, else
	cCast                   // Type; Kids: operand
	cSizeof                 // Type, or Kids: operand
	cComma                  // Kids: left, right
	cList                   // Kids: elements of a braced initializer
	cBlock                  // Kids: statements
	cDecl                   // Text: name; Type; Kids: initializer, if any
	cDecls                  // Kids: declarations of one statement
	cIf                     // Kids: condition, then, else if any
	cWhile                  // Kids: condition, body
	cDo                     // Kids: body, condition
	cFor                    // Kids: init, condition, step, body; all but body may be cEmpty
	cSwitch                 // Kids: value, body
	cCaseLabel              // Kids: value, or none for default
	cReturn                 // Kids: value, if any
	cBreak
	cContinue
	cGoto  // Text: label
	cLabel // Text: label
	cExpr  // Kids: expression
	cEmpty
)

// A cNode is a node of the syntax tree.
type cNode struct {
	Kind cKind
	Op   string
	Text string
	Type *cType
	Kids []*cNode
	Line int
	// From and To are an expression's place in the source, or nowhere.
	From, To int
	// Up is the node that holds this one; nil for a function's body.
	Up *cNode
}

// A cType is a type as far as it is needed here.
type cType struct {
	// Base is "int", "char", "float", "double", "void", "struct …", a typedef's name ….
	Base string
	// Bytes is the size of Base; 0 where it is not known.
	Bytes    int
	Unsigned bool
	// Pointer counts the stars.
	Pointer int
	// Array holds the lengths of an array, outermost first; -1 where not constant or not given.
	Array  []int
	Static bool
	// Function is true for declarations of functions.
	Function bool
}

func (t *cType) isArray() bool   { return t != nil && len(t.Array) > 0 }
func (t *cType) isPointer() bool { return t != nil && !t.isArray() && t.Pointer > 0 }
func (t *cType) isFloat() bool {
	return t != nil && t.Pointer == 0 && !t.isArray() && (t.Base == "float" || t.Base == "double")
}

// isInteger reports whether the type is an integer one whose size is known.
func (t *cType) isInteger() bool {
	return t != nil && t.Pointer == 0 && !t.isArray() && !t.isFloat() && t.Bytes > 0 && !strings.HasPrefix(t.Base, "struct")
}

// size is the number of bytes of a value of the type; 0 where it is not known.
func (t *cType) size() int {
	n := t.Bytes
	if t.Pointer > 0 {
		n = 8
	}
	for _, length := range t.Array {
		n *= max(length, 0)
	}
	return n
}

// A cFunction is a function with its body.
type cFunction struct {
	Name   string
	Result *cType
	Params []*cNode // cDecl
	Body   *cNode
}

// A cProgram is one source file.
type cProgram struct {
	Functions []*cFunction
	Globals   []*cNode // cDecl
	// Fields are the types of the fields of all structs, by name.
	Fields map[string]*cType
	// Asserts is true where <assert.h> is included.
	Asserts bool
}

// function returns the function of that name, or nil.
func (p *cProgram) function(name string) *cFunction {
	for _, f := range p.Functions {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// each calls visit for n and all below it, in the order of the text, until visit says
// that it does not want to see what is below a node.
func (n *cNode) each(visit func(*cNode) bool) {
	if n == nil || !visit(n) {
		return
	}
	for _, kid := range n.Kids {
		kid.each(visit)
	}
}

// all returns the nodes of a kind at or below n.
func (n *cNode) all(kind cKind) []*cNode {
	var found []*cNode
	n.each(func(m *cNode) bool {
		if m.Kind == kind {
			found = append(found, m)
		}
		return true
	})
	return found
}

// mentions reports whether a name is used at or below n.
func (n *cNode) mentions(name string) bool {
	found := false
	n.each(func(m *cNode) bool {
		found = found || m.Kind == cIdent && m.Text == name
		return !found
	})
	return found
}

// statement is the statement that holds n.
func (n *cNode) statement() *cNode {
	for n != nil && n.Kind < cBlock {
		n = n.Up
	}
	if n != nil && n.Kind == cDecl && n.Up != nil {
		return n.Up
	}
	return n
}

// outermost is the largest expression that holds n.
func (n *cNode) outermost() *cNode {
	for n.Up != nil && (n.Up.Kind < cBlock || n.Up.Kind == cDecl) {
		n = n.Up
	}
	return n
}

// within returns the nearest node of a kind that holds n, or nil.
func (n *cNode) within(kinds ...cKind) *cNode {
	for up := n.Up; up != nil; up = up.Up {
		for _, kind := range kinds {
			if up.Kind == kind {
				return up
			}
		}
	}
	return nil
}

// isName reports whether n is the use of a variable of that name.
func (n *cNode) isName(name string) bool { return n.Kind == cIdent && n.Text == name }

// callee is the name of the function that n calls, or "".
func (n *cNode) callee() string {
	if n.Kind == cCall && n.Kids[0].Kind == cIdent {
		return n.Kids[0].Text
	}
	return ""
}

// args are the arguments of a call.
func (n *cNode) args() []*cNode { return n.Kids[1:] }

// bare is n without casts.
func (n *cNode) bare() *cNode {
	for n.Kind == cCast {
		n = n.Kids[0]
	}
	return n
}

// isNull reports whether n is written as a null pointer.
func (n *cNode) isNull() bool {
	b := n.bare()
	return b.Kind == cIdent && b.Text == "NULL" || b.Kind == cNumber && b.Text == "0"
}

// show writes n as source text with single blanks, to compare and to print.
func (n *cNode) show() string {
	kid := func(i int) string { return n.Kids[i].show() }
	switch n.Kind {
	case cIdent, cNumber, cChar, cString:
		return n.Text
	case cCall:
		var args []string
		for _, a := range n.args() {
			args = append(args, a.show())
		}
		return kid(0) + "(" + strings.Join(args, ", ") + ")"
	case cIndex:
		return kid(0) + "[" + kid(1) + "]"
	case cMember:
		return kid(0) + n.Op + n.Text
	case cUnary:
		return n.Op + kid(0)
	case cPostfix:
		return kid(0) + n.Op
	case cBinary, cAssign:
		return kid(0) + " " + n.Op + " " + kid(1)
	case cCond:
		return kid(0) + " ? " + kid(1) + " : " + kid(2)
	case cCast:
		return "(" + n.Type.Base + strings.Repeat("*", n.Type.Pointer) + ")" + kid(0)
	case cSizeof:
		if len(n.Kids) > 0 {
			return "sizeof(" + kid(0) + ")"
		}
		return "sizeof(" + n.Type.Base + ")"
	case cDecl:
		if len(n.Kids) > 0 {
			return n.Text + " = " + kid(0)
		}
		return n.Text
	}
	return "…"
}
