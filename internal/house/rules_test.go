package house

import (
	"go/ast"
	"go/token"
	"strings"
	"unicode/utf8"
)

// Limits of what a reader takes in at once.
const (
	maxFunctionLines = 70
	maxFileLines     = 500
	maxTestFileLines = 600 // tables of cases
	maxColumns       = 120 // a tab counts as one
)

// moneyPaths are the rooms where an amount or a rate passes: no float comes near.
var moneyPaths = []string{"app/money", "app/law", "app/ledger", "app/matching", "storage/..."}

// floatNames are the identifiers that bring a float with them.
var floatNames = map[string]bool{
	"float32": true, "float64": true, "ParseFloat": true, "FormatFloat": true, "AppendFloat": true, "Float64": true,
	"NewFloat": true,
}

// checkNoFloat keeps floats away from money.
func checkNoFloat(s source) []finding {
	if s.file == nil || s.isTest() || !underAny(s.folder(), moneyPaths) {
		return nil
	}
	var found []finding
	ast.Inspect(s.file, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.Ident:
			if floatNames[node.Name] {
				found = append(found, s.finding(node.Pos(), "%s in a money path", node.Name))
			}
		case *ast.BasicLit:
			if node.Kind == token.FLOAT {
				found = append(found, s.finding(node.Pos(), "the float %s in a money path", node.Value))
			}
		}
		return true
	})
	return found
}

// checkClock lets cmd alone read the clock: everything else takes its date or its clock as a parameter.
func checkClock(s source) []finding {
	if s.file == nil || s.isTest() || s.isTool() || under(s.folder(), "cmd/...") {
		return nil
	}
	var found []finding
	for _, use := range s.uses("time", "Now", "Since", "Until") {
		found = append(found, s.finding(use.Pos(), "time.%s outside cmd", use.Sel.Name))
	}
	return found
}

// Who may reach for Fyne's globals. Only the program hands work to Fyne's thread: everything else does it
// through the dispatcher that it was given. Furniture asks the application for its canvas and its palette,
// as Fyne's own widgets do; a screen that did could not be tested alone.
var (
	ownsFyneThread = []string{"cmd/dument"}
	asksFyneApp    = []string{"cmd/dument", "gui/kit", "gui/theme", "gui/grid", "gui/field"}
)

// checkFyneThread keeps Fyne's globals in few places.
func checkFyneThread(s source) []finding {
	if s.file == nil || s.isTest() {
		return nil
	}
	var found []finding
	for _, use := range s.uses("fyne.io/fyne/v2", "CurrentApp", "Do", "DoAndWait") {
		allowed := ownsFyneThread
		if use.Sel.Name == "CurrentApp" {
			allowed = asksFyneApp
		}
		if !underAny(s.folder(), allowed) {
			places := strings.Join(allowed, ", ")
			found = append(found, s.finding(use.Pos(), "fyne.%s outside %s", use.Sel.Name, places))
		}
	}
	return found
}

// checkFunctionLength counts from the line of func to the closing brace. In tests, tables do not count.
func checkFunctionLength(s source) []finding {
	if s.file == nil {
		return nil
	}
	var found []finding
	for _, declaration := range s.file.Decls {
		function, ok := declaration.(*ast.FuncDecl)
		if !ok {
			continue
		}
		lines := s.line(function.End()) - s.line(function.Pos()) + 1
		if s.isTest() {
			lines -= s.tableLines(function)
		}
		if lines > maxFunctionLines {
			found = append(found, s.finding(function.Pos(), "%s has %d lines, at most %d", function.Name.Name, lines,
				maxFunctionLines))
		}
	}
	return found
}

// tableLines counts the lines within the outermost composite literals and raw strings of a function.
func (s source) tableLines(function *ast.FuncDecl) int {
	lines := 0
	ast.Inspect(function, func(node ast.Node) bool {
		switch node.(type) {
		case *ast.CompositeLit, *ast.BasicLit:
			lines += s.line(node.End()) - s.line(node.Pos())
			return false
		}
		return true
	})
	return lines
}

// checkFileLength holds a file to one sitting.
func checkFileLength(s source) []finding {
	if s.file == nil {
		return nil
	}
	limit := maxFileLines
	if s.isTest() {
		limit = maxTestFileLines
	}
	if lines := strings.Count(s.text, "\n"); lines > limit {
		return []finding{{s.path, 0, plural(lines, "line") + ", at most " + plural(limit, "line")}}
	}
	return nil
}

// checkColumns holds a line to what fits beside another. A line of a table of wordings may be longer, and
// in tests any line that carries data.
func checkColumns(s source) []finding {
	if s.file == nil {
		return nil
	}
	data := map[int]bool{}
	if s.isTest() {
		data = s.dataLines()
	}
	var found []finding
	for i, line := range strings.Split(s.text, "\n") {
		columns := utf8.RuneCountInString(line)
		if columns <= maxColumns || data[i+1] || isWording(line) || strings.HasPrefix(line, "//go:") {
			continue
		}
		what := plural(columns, "column") + ", at most " + plural(maxColumns, "column")
		found = append(found, finding{s.path, i + 1, what})
	}
	return found
}

// isWording reports whether a line holds nothing but strings: a sentence for the user is not broken.
func isWording(line string) bool { return strings.HasPrefix(strings.TrimSpace(line), `"`) }

// dataLines returns the lines that hold a string too long to be broken, or part of a composite literal.
func (s source) dataLines() map[int]bool {
	const longStringBytes = 40
	data := map[int]bool{}
	ast.Inspect(s.file, func(node ast.Node) bool {
		switch literal := node.(type) {
		case *ast.BasicLit:
			if len(literal.Value) < longStringBytes {
				return true
			}
		case *ast.CompositeLit:
		default:
			return true
		}
		for line := s.line(node.Pos()); line <= s.line(node.End()); line++ {
			data[line] = true
		}
		return true
	})
	return data
}

// selfEvident are the methods that an error has by the language's custom: they need no words.
var selfEvident = map[string]bool{"Error": true, "Unwrap": true}

// checkDocComments asks for a comment on everything that another package can see.
func checkDocComments(s source) []finding {
	if s.file == nil || strings.HasSuffix(s.path, "_test.go") || s.file.Name.Name == "main" {
		return nil
	}
	var found []finding
	missing := func(name *ast.Ident, comments ...*ast.CommentGroup) {
		for _, comment := range comments {
			if comment.Text() != "" {
				return
			}
		}
		if name.IsExported() {
			found = append(found, s.finding(name.Pos(), "exported %s has no doc comment", name.Name))
		}
	}
	for _, declaration := range s.file.Decls {
		switch declaration := declaration.(type) {
		case *ast.FuncDecl:
			receiver := receiverName(declaration)
			if receiver == "" || ast.IsExported(receiver) && !selfEvident[declaration.Name.Name] {
				missing(declaration.Name, declaration.Doc)
			}
		case *ast.GenDecl:
			for _, spec := range declaration.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					missing(spec.Name, spec.Doc, spec.Comment, declaration.Doc)
				case *ast.ValueSpec:
					for _, name := range spec.Names {
						missing(name, spec.Doc, spec.Comment, declaration.Doc)
					}
				}
			}
		}
	}
	return found
}

// receiverName returns the name of the type that a method belongs to, "" for a function.
func receiverName(function *ast.FuncDecl) string {
	if function.Recv == nil || len(function.Recv.List) == 0 {
		return ""
	}
	name := ""
	ast.Inspect(function.Recv.List[0].Type, func(node ast.Node) bool {
		if identifier, ok := node.(*ast.Ident); ok && name == "" {
			name = identifier.Name
		}
		return true
	})
	return name
}

// checkPackageComments asks each package to say what it is for, once.
func checkPackageComments(sources []source) []finding {
	first, commented := map[string]string{}, map[string]bool{}
	var order []string
	for _, s := range sources {
		if s.file == nil || s.isTest() {
			continue
		}
		if first[s.folder()] == "" {
			first[s.folder()] = s.path
			order = append(order, s.folder())
		}
		commented[s.folder()] = commented[s.folder()] || s.file.Doc.Text() != ""
	}
	var found []finding
	for _, folder := range order {
		if !commented[folder] {
			found = append(found, finding{first[folder], 1, "package without a package comment"})
		}
	}
	return found
}
