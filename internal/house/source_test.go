package house

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// source is one text file of the repository. Go files come with their syntax tree.
type source struct {
	path string // from the repository's root, with slashes
	text string
	file *ast.File // nil when it is not Go
	set  *token.FileSet
}

// finding is a place where a rule does not hold.
type finding struct {
	path string
	line int // 0 when it concerns the whole file
	what string
}

func (f finding) String() string {
	if f.line == 0 {
		return f.path + ": " + f.what
	}
	return fmt.Sprintf("%s:%d: %s", f.path, f.line, f.what)
}

// repository is the root of the tree, seen from this package's folder.
const repository = "../.."

// foreignFolder tells whether a folder is not the repository's own: made by the Makefile, or kept by git or
// by somebody's editor.
func foreignFolder(relative string) bool {
	made := []string{"bin", "out", "dist"}
	hidden := strings.HasPrefix(relative, ".") && relative != "." && relative != ".ci"
	return hidden || slices.Contains(made, relative)
}

// readTree returns every text file of the repository.
func readTree(t *testing.T) []source {
	t.Helper()
	var sources []source
	err := filepath.WalkDir(repository, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(repository, name)
		if err != nil {
			return err
		}
		relative = filepath.ToSlash(relative)
		if entry.IsDir() {
			if foreignFolder(relative) {
				return filepath.SkipDir
			}
			return nil
		}
		if relative == ".git" {
			return nil // a linked work tree: git's pointer to the clone
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if strings.ContainsRune(string(text[:min(len(text), 8000)]), 0) {
			return nil // pictures, fonts, example ledgers
		}
		next, err := newSource(relative, string(text))
		sources = append(sources, next)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return sources
}

// newSource parses the text when the path is that of a Go file of the program or its tools.
func newSource(relative, text string) (source, error) {
	next := source{path: relative, text: text}
	if path.Ext(relative) != ".go" || strings.Contains(relative, "testdata/") {
		return next, nil
	}
	next.set = token.NewFileSet()
	var err error
	next.file, err = parser.ParseFile(next.set, relative, text, parser.ParseComments)
	return next, err
}

// folder is the package's path from the root of the repository.
func (s source) folder() string { return path.Dir(s.path) }

// isTest tells whether the file is for tests only: a test, or part of a package that helps them.
func (s source) isTest() bool { return strings.HasSuffix(s.path, "_test.go") || helpsTests(s.folder()) }

// helpsTests tells whether the package is named as those that tests of another one use: mailbox/mailboxtest.
func helpsTests(folder string) bool {
	return path.Base(folder) == path.Base(path.Dir(folder))+"test"
}

// isTool tells whether the file belongs to the tools, a module of its own beside the program.
func (s source) isTool() bool { return strings.HasPrefix(s.path, "tools/") }

func (s source) line(position token.Pos) int { return s.set.Position(position).Line }

func (s source) finding(position token.Pos, format string, arguments ...any) finding {
	return finding{s.path, s.line(position), fmt.Sprintf(format, arguments...)}
}

// importName returns the name by which the file knows the package, or "" when it does not import it.
func (s source) importName(importPath string) string {
	for _, spec := range s.file.Imports {
		if strings.Trim(spec.Path.Value, `"`) != importPath {
			continue
		}
		if spec.Name != nil {
			return spec.Name.Name
		}
		last := path.Base(importPath)
		if len(last) > 1 && last[0] == 'v' && last[1] >= '0' && last[1] <= '9' {
			last = path.Base(path.Dir(importPath))
		}
		return last
	}
	return ""
}

// uses returns the places where the file uses one of the names of an imported package.
func (s source) uses(importPath string, names ...string) []*ast.SelectorExpr {
	local := s.importName(importPath)
	if local == "" {
		return nil
	}
	var found []*ast.SelectorExpr
	ast.Inspect(s.file, func(node ast.Node) bool {
		selector, ok := node.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		name, ok := selector.X.(*ast.Ident)
		if ok && name.Name == local && slices.Contains(names, selector.Sel.Name) {
			found = append(found, selector)
		}
		return true
	})
	return found
}

// under tells whether the folder is the place, or lies below it when the place ends in "/...".
func under(folder, place string) bool {
	if base, ok := strings.CutSuffix(place, "/..."); ok {
		return folder == base || strings.HasPrefix(folder, base+"/")
	}
	return folder == place
}

// underAny tells whether the folder is at or below one of the places.
func underAny(folder string, places []string) bool {
	return slices.ContainsFunc(places, func(place string) bool { return under(folder, place) })
}
