package main

import (
	"bytes"
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

// heads lists the beginnings of the French errors that this package words itself.
func heads(t *testing.T) map[string]string {
	t.Helper()
	names, err := fs.Glob(os.DirFS("."), "*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	files := token.NewFileSet()
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(files, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(node ast.Node) bool {
			var parts []ast.Expr
			switch node := node.(type) {
			case *ast.CallExpr:
				if function, ok := node.Fun.(*ast.Ident); ok && function.Name == "usage" {
					parts = node.Args
				}
			case *ast.CompositeLit:
				if kind, ok := node.Type.(*ast.Ident); ok && kind.Name == "outcome" {
					parts = node.Elts
				}
			}
			for _, part := range parts {
				if text := firstWords(part); text != "" {
					found[text] = files.Position(node.Pos()).String()
				}
			}
			return true
		})
	}
	return found
}

// firstWords is the fixed beginning of the French text of a words literal.
func firstWords(node ast.Expr) string {
	literal, ok := node.(*ast.CompositeLit)
	if !ok || len(literal.Elts) != 2 {
		return ""
	}
	first := literal.Elts[0]
	for {
		sum, ok := first.(*ast.BinaryExpr)
		if !ok {
			break
		}
		first = sum.X
	}
	text, ok := first.(*ast.BasicLit)
	if !ok {
		return ""
	}
	value, err := strconv.Unquote(text.Value)
	if err != nil {
		return ""
	}
	head, _, _ := strings.Cut(value, " : ")
	return head
}

// brokenPipe is an output that nobody reads.
type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

// unwritable runs a command whose result cannot be printed, and returns what it says about that.
func (d *desk) unwritable(arguments ...string) string {
	d.t.Helper()
	var problems bytes.Buffer
	status := run(context.Background(), surroundings{stdout: brokenPipe{}, stderr: &problems,
		getenv: func(name string) string { return d.env[name] }, now: func() time.Time { return d.now }}, arguments)
	if status != exitPartial {
		d.t.Errorf("%v with a closed output ended with %d", arguments, status)
	}
	checkErrorLine(d.t, problems.String())
	return problems.String()
}

// TestEveryErrorHasAnExample runs a command for each error that the companion words itself, and holds each
// to "what: why: what to do" in both languages.
func TestEveryErrorHasAnExample(t *testing.T) {
	d := opened(t)
	letterDesk(d)
	two := d.file("two.csv", "numero,client,montant,date,echeance\nB-1,A SARL,x,2026-01-01,2026-02-01\n")
	picture := d.file("picture.csv", "\x89PNG\r\n\x1a\n")
	d.ok("invoice", "add", "--client", "Alpha SARL", "--amount", "500.00", "--issued", "2026-01-01", "--due",
		"2026-01-31", "--subject", "Pose")
	d.ok("mail", "scan", d.file("1.eml", bankNotice("500,00", "solde", "n9")), "--on", "2026-04-15")
	damaged := opened(t)
	damaged.ok("client", "add", "Zebulon SARL", "--type", "business")
	if err := os.WriteFile(damaged.ledger, []byte(strings.Replace(damaged.read(damaged.ledger), "Zebulon SARL",
		"Zebulon SARM", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, line := range []string{
		"", "tea", "client", "help tea", "pay", "pay --amount", "pay --tea 1", "pay --amount 1 --amount 2", "pay --id=", "due --json=x",
		"client list extra", "client show", "pay --amount 1.234 --date 2026-01-01", "pay --amount 1 --date x",
		"pay --lang de", "claim", "claim F2026-0001 --imputation x", "client add X --penalty-rate x",
		"client add X --payment-days x", "invoice credit F2026-0001 --amount -5", "import undo x", "match accept 1",
		"rates set x", "report kpi", "report journal --from 2026-02-02 --to 2026-02-01",
		"import " + two, "import " + picture + " " + picture,
		"letter F2026-0001 --on 2026-07-15 -o " + d.path("absent/a.pdf"),
	} {
		p := d.run(strings.Fields(line)...)
		if p.status == exitDone {
			t.Errorf("%q ended with 0: %s", line, p.out)
			continue
		}
		checkErrorLine(t, p.err)
		said = append(said, p.err)
		checkErrorLine(t, d.run(append(strings.Fields(line), "--lang=en")...).err)
	}
	said = append(said, damaged.fails(exitLedger, "verify").err)
	said = append(said, d.unwritable("client", "list"))
	worded := heads(t)
	if len(worded) < 20 {
		t.Errorf("only %d errors found in the source: %v", len(worded), worded)
	}
	for head, place := range worded {
		found := false
		for _, text := range said {
			found = found || strings.Contains(text, "error: "+head)
		}
		if !found {
			t.Errorf("%s: no example gives %q", place, head)
		}
	}
}
