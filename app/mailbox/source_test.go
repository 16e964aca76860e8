package mailbox_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// allowedCommands are the methods of the library's client that this package may call.
var allowedCommands = []string{
	"Authenticate", "Capability", "Close", "Closed", "Fetch", "Idle", "List", "Login", "Logout", "Noop",
	"Select", "State", "UIDSearch", "WaitGreeting",
}

// TestNoCommandThatChanges reads the sources: the client of the library is called by the methods of
// the list alone, Select only with ReadOnly, and every section of a body is peeked at.
func TestNoCommandThatChanges(t *testing.T) {
	calls, selects, sections := 0, 0, 0
	for name, file := range sources(t) {
		ast.Inspect(file, func(node ast.Node) bool {
			switch node := node.(type) {
			case *ast.SelectorExpr:
				owner, ok := node.X.(*ast.SelectorExpr)
				if !ok || owner.Sel.Name != "client" {
					break
				}
				calls++
				if !slices.Contains(allowedCommands, node.Sel.Name) {
					t.Errorf("%s: client.%s", name, node.Sel.Name)
				}
			case *ast.CompositeLit:
				switch {
				case named(node.Type, "SelectOptions"):
					selects++
					if !sets(node, "ReadOnly") {
						t.Errorf("%s: a folder opened for writing", name)
					}
				case named(node.Type, "FetchItemBodySection"):
					sections++
					if !sets(node, "Peek") {
						t.Errorf("%s: a body fetched without PEEK", name)
					}
				case named(node.Type, "FetchOptions"):
					for _, item := range []string{"Envelope", "BodyStructure", "Flags", "InternalDate"} {
						if mentions(node, item) {
							t.Errorf("%s: FETCH %s", name, item)
						}
					}
				}
			case *ast.KeyValueExpr:
				if key, ok := node.Key.(*ast.Ident); ok && key.Name == "DebugWriter" {
					t.Errorf("%s: a debug writer shows passwords", name)
				}
			}
			return true
		})
		// A composite literal inside a slice of its type has no type of its own.
		ast.Inspect(file, func(node ast.Node) bool {
			list, ok := node.(*ast.CompositeLit)
			if !ok {
				return true
			}
			array, ok := list.Type.(*ast.ArrayType)
			if !ok || !namedPointer(array.Elt, "FetchItemBodySection") {
				return true
			}
			for _, element := range list.Elts {
				if literal, ok := element.(*ast.CompositeLit); ok && literal.Type == nil {
					sections++
					if !sets(literal, "Peek") {
						t.Errorf("%s: a body fetched without PEEK", name)
					}
				}
			}
			return true
		})
	}
	if calls < 10 || selects != 1 || sections == 0 {
		t.Errorf("the test is blind: %d calls, %d selects, %d sections", calls, selects, sections)
	}
}

// TestNoClock: the instant comes from the caller, and nothing is printed.
func TestNoClock(t *testing.T) {
	for name, file := range sources(t) {
		ast.Inspect(file, func(node ast.Node) bool {
			call, ok := node.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			owner, ok := call.X.(*ast.Ident)
			if ok && (owner.Name == "time" && slices.Contains([]string{"Now", "Since", "Until"}, call.Sel.Name) ||
				owner.Name == "log" || owner.Name == "slog" || owner.Name == "os") {
				t.Errorf("%s: %s.%s", name, owner.Name, call.Sel.Name)
			}
			return true
		})
	}
}

func sources(t *testing.T) map[string]*ast.File {
	t.Helper()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]*ast.File{}
	for _, entry := range entries {
		name := entry.Name()
		if filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = file
	}
	return files
}

func named(expression ast.Expr, name string) bool {
	selector, ok := expression.(*ast.SelectorExpr)
	return ok && selector.Sel.Name == name
}

func namedPointer(expression ast.Expr, name string) bool {
	star, ok := expression.(*ast.StarExpr)
	return ok && named(star.X, name)
}

func mentions(literal *ast.CompositeLit, field string) bool {
	return slices.ContainsFunc(literal.Elts, func(element ast.Expr) bool {
		pair, ok := element.(*ast.KeyValueExpr)
		if !ok {
			return false
		}
		key, ok := pair.Key.(*ast.Ident)
		return ok && key.Name == field
	})
}

// sets reports a field that is literally true.
func sets(literal *ast.CompositeLit, field string) bool {
	return slices.ContainsFunc(literal.Elts, func(element ast.Expr) bool {
		pair, ok := element.(*ast.KeyValueExpr)
		if !ok {
			return false
		}
		key, isKey := pair.Key.(*ast.Ident)
		value, isValue := pair.Value.(*ast.Ident)
		return isKey && isValue && key.Name == field && value.Name == "true"
	})
}
