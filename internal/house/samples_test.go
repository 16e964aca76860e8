package house

import "strings"

// one is a tree of one file.
func one(name, text string) map[string]string { return map[string]string{name: text} }

// samples lists, rule by rule, trees that break it and trees that come close and do not.
func samples() []sample {
	return append(append(matrixSamples(), codeSamples()...), documentSamples()...)
}

func matrixSamples() []sample {
	const rule = "imports follow the matrix"
	file := func(imports ...string) string {
		return "package x\n\nimport (\n\t\"" + strings.Join(imports, "\"\n\t\"") + "\"\n)\n"
	}
	return []sample{
		{rule, one("app/law/x.go", file("fmt", "dument/app/date", "dument/app/money", "golang.org/x/text/cases")), nil},
		{rule, one("app/law/x.go", file("dument/app/ledger")), []string{
			"app/law/x.go:4: app/law must not import dument/app/ledger"}},
		{rule, one("app/law/x.go", file("time", "os")), []string{"app/law/x.go:5: app/law computes only"}},
		{rule, one("app/law/x.go", file("database/sql")), []string{"app/law/x.go:4: app/law computes only"}},
		{rule, one("app/law/x_test.go", file("os", "pgregory.net/rapid")), nil},
		{rule, one("app/money/x.go", file("golang.org/x/text/cases")), []string{"app/money/x.go:4: app/money must not"}},
		{rule, one("app/notice/x.go", file("net/mail", "golang.org/x/net/html", "dument/app/identity")), nil},
		{rule, one("app/matching/x.go", file("dument/app/notice", "golang.org/x/net/html")), []string{
			"app/matching/x.go:5: app/matching must not import golang.org/x/net/html"}},
		{rule, one("app/x.go", file("dument/app/report", "dument/app/law")), nil},
		{rule, one("app/x.go", file("dument/storage")), []string{"app/x.go:4: app must not import dument/storage"}},
		{rule, one("storage/x.go", file("dument/app", "modernc.org/sqlite", "os")), nil},
		{rule, one("storage/x.go", file("dument/gui")), []string{"storage/x.go:4: storage/... must not"}},
		{rule, one("gui/grid/x.go", file("fyne.io/fyne/v2/widget", "dument/gui/theme", "dument/app")), nil},
		{rule, one("gui/x.go", file("fyne.io/fyne/v2/app")), []string{
			"gui/x.go:4: fyne.io/fyne/v2/app may be imported by cmd/dument only"}},
		{rule, one("gui/x.go", file("dument/storage")), []string{"gui/x.go:4: gui/... must not import dument/storage"}},
		{rule, one("app/exchange/x.go", file("github.com/emersion/go-imap/v2/imapclient")), []string{
			"app/exchange/x.go:4: github.com/emersion/go-imap/v2/imapclient may be imported by app/mailbox/... only"}},
		{rule, one("app/mailbox/x.go", file("github.com/wneessen/go-mail")), []string{
			"app/mailbox/x.go:4: github.com/wneessen/go-mail may be imported by app/outbox/... only"}},
		{rule, one("cmd/dument-cli/x.go", file("dument/cmd/internal/wiring", "dument/app")), nil},
		{rule, one("cmd/dument-cli/x.go", file("dument/gui", "modernc.org/sqlite")), []string{
			"cmd/dument-cli/x.go:4: cmd/dument-cli must not import dument/gui",
			"cmd/dument-cli/x.go:5: modernc.org/sqlite may be imported by storage/... only"}},
		{rule, one("app/mailbox/x.go", file("dument/app/mailbox/mailboxtest")), []string{
			"app/mailbox/x.go:4: dument/app/mailbox/mailboxtest is for tests only"}},
		{rule, one("app/mailbox/mailboxtest/x.go", file("os/exec", "testing")), nil},
		{rule, one("assets/law/x.go", file("embed")), nil},
		{rule, one("assets/law/x.go", file("embed", "fmt")), []string{"assets/law/x.go:5: assets import embed only"}},
		{rule, one("app/date/x.go", file("C")), []string{"app/date/x.go:4: cgo is left"}},
		{rule, one("helpers/x.go", file("fmt")), []string{"helpers/x.go:1: package in no room"}},
		{rule, one("tools/icon/x.go", file("golang.org/x/image/draw")), nil},
	}
}

func codeSamples() []sample {
	function := func(lines int) string {
		return "package x\n\nfunc f() {\n" + strings.Repeat("\tf()\n", lines-2) + "}\n"
	}
	table := "package x\n\nfunc f() {\n\t_ = []int{\n" + strings.Repeat("\t\t1,\n", 90) + "\t}\n}\n"
	fyne := "package x\n\nimport \"fyne.io/fyne/v2\"\n\nfunc f() { fyne.Do(f) }\n"
	clock := "package x\n\nimport \"time\"\n\nvar now = time.Now\n"
	long := strings.Repeat("x", 120)
	wide := "package x\n\nvar s = \"" + long + "\"\n"
	return []sample{
		{"no float near money", one("app/law/x.go", "package x\n\nvar rate = 0.1215\n"), []string{
			"app/law/x.go:3: the float 0.1215"}},
		{"no float near money", one("storage/x.go", "package x\n\nfunc f(a float64) {}\n"), []string{
			"storage/x.go:3: float64 in a money path"}},
		{"no float near money", one("gui/x.go", "package x\n\nvar width float32 = 1.5\n"), nil},
		{"no float near money", one("app/law/x_test.go", "package x\n\nvar rate = 0.1215\n"), nil},

		{"the clock is read in cmd only", one("app/mailbox/x.go", clock), []string{
			"app/mailbox/x.go:5: time.Now outside cmd"}},
		{"the clock is read in cmd only", one("app/x.go", strings.Replace(clock, `"time"`, `t "time"`, 1)), nil},
		{"the clock is read in cmd only", one("app/x.go",
			"package x\n\nimport t \"time\"\n\nvar since = t.Since(t.Time{})\n"), []string{"app/x.go:5: time.Since outside"}},
		{"the clock is read in cmd only", one("cmd/internal/clock/x.go", clock), nil},
		{"the clock is read in cmd only", one("app/mailbox/x_test.go", clock), nil},
		{"the clock is read in cmd only", one("app/mailbox/mailboxtest/x.go", clock), nil},

		{"Fyne's globals stay in few places", one("gui/invoices/x.go", fyne), []string{
			"gui/invoices/x.go:5: fyne.Do outside"}},
		{"Fyne's globals stay in few places", one("gui/x.go", strings.Replace(fyne, "Do(f)", "CurrentApp()", 1)), []string{
			"gui/x.go:5: fyne.CurrentApp outside"}},
		{"Fyne's globals stay in few places", one("gui/kit/x.go", fyne), []string{"gui/kit/x.go:5: fyne.Do outside"}},
		{"Fyne's globals stay in few places", one("gui/kit/x.go", strings.Replace(fyne, "Do(f)", "CurrentApp()", 1)), nil},
		{"Fyne's globals stay in few places", one("cmd/dument/x.go", fyne), nil},

		{"functions are short", one("app/x.go", function(70)), nil},
		{"functions are short", one("app/x.go", function(71)), []string{"app/x.go:3: f has 71 lines, at most 70"}},
		{"functions are short", one("app/x_test.go", function(71)), []string{"app/x_test.go:3: f has 71 lines"}},
		{"functions are short", one("app/x_test.go", table), nil},
		{"functions are short", one("app/x.go", table), []string{"app/x.go:3: f has 94 lines"}},

		{"files are short", one("app/x.go", "package x\n"+strings.Repeat("\n", 499)), nil},
		{"files are short", one("app/x.go", "package x\n"+strings.Repeat("\n", 500)), []string{"app/x.go: 501 lines"}},
		{"files are short", one("app/x_test.go", "package x\n"+strings.Repeat("\n", 500)), nil},
		{"files are short", one("app/x_test.go", "package x\n"+strings.Repeat("\n", 600)), []string{"app/x_test.go: 601"}},

		{"lines are short", one("app/x.go", "package x\n\n// "+strings.Repeat("é", 117)+"\n"), nil},
		{"lines are short", one("app/x.go", "package x\n\n// "+strings.Repeat("é", 118)+"\n"), []string{
			"app/x.go:3: 121 columns"}},
		{"lines are short", one("app/x.go", wide), []string{"app/x.go:3: 130 columns"}},
		{"lines are short", one("app/x.go", "package x\n\nvar a = []string{\n\t\""+long+"\",\n}\n"), nil},
		{"lines are short", one("app/x_test.go", wide), nil},
		{"lines are short", one("app/x_test.go", "package x\n\n// "+long+"\n"), []string{"app/x_test.go:3: 123 columns"}},

		{"exported things have doc comments", one("app/x.go", "package x\n\ntype T struct{}\n\nfunc (*T) M() {}\n\n"+
			"func F() {}\n\nconst (\n\tA = 1\n\tb = 2\n)\n"), []string{
			"app/x.go:3: exported T", "app/x.go:5: exported M", "app/x.go:7: exported F", "app/x.go:10: exported A"}},
		{"exported things have doc comments", one("app/x.go", "package x\n\n// T is.\ntype T struct{}\n\ntype t struct{}\n\n"+
			"func (t) M() {}\n\nfunc (T) Error() {}\n\n// Letters.\nconst (\n\tA = 1\n)\n\nvar B = 1 // B is.\n"), nil},

		{"packages have a comment", map[string]string{"app/a.go": "package x\n", "app/b_test.go": "// Package x is.\npackage x\n"},
			[]string{"app/a.go:1: package without"}},
		{"packages have a comment", map[string]string{"app/a.go": "package x\n", "app/b.go": "// Package x is.\npackage x\n"}, nil},
	}
}

func documentSamples() []sample {
	const licence, agree = "every module has its licence", "id, name and version agree"
	slash, backslash := "/", `\`
	goMod := "module dument\n\nrequire (\n\ta.example/one/v2 v2.1.0\n\ta.example/two v0.1.0 // indirect\n)\n\n" +
		"replace a.example/two => b.example/three v0.2.0\n"
	rows := "| a.example/one/v2 | v2.1.0 | MIT | Copyright |\n| b.example/three | v0.2.0 | BSD-3-Clause | |\n"
	texts := "a.example/one/v2 v2.1.0 (LICENSE)\nb.example/three v0.2.0 (LICENSE)\n\ntext\n"
	licences := func(rows, texts string) map[string]string {
		return map[string]string{"go.mod": goMod, "THIRD-PARTY-LICENSES.md": rows, "assets/licences/licences.txt": texts}
	}
	identity := func(version, cmd string) map[string]string {
		return map[string]string{
			"FyneApp.toml": "Icon = \"i.png\"\nName = \"N\"\nID = \"a.b\"\nVersion = \"" + version + "\"\n\n" +
				"[Migrations]\nfyneDo = true\n",
			"packaging/linux/a.b.desktop":        "[Desktop Entry]\nName=N\nIcon=a.b\n",
			"packaging/linux/a.b.metainfo.xml":   "<id>a.b</id><release version=\"1.0.0\"/>",
			"packaging/windows/versioninfo.json": `"ProductName": "N"`,
			"CHANGELOG.md":                       "# Changes\n\n## 1.0.0\n",
			"cmd/dument/main.go":                 "package main\n\nconst " + cmd + "\n",
		}
	}
	return []sample{
		{"nothing is left for later", one("README.md", "fine\n\nTO"+"DO: the rest\n"), []string{"README.md:3: a note"}},
		{"nothing is left for later", one("app/x.go", "package x // FIX"+"ME\n"), []string{"app/x.go:1: a note"}},
		{"nothing is left for later", one("app/testdata/mail.txt", "TO"+"DO\n"), nil},

		{"no path of one machine", one("README.md", "see "+slash+"tmp"+slash+"out\n"), []string{"README.md:1: a path"}},
		{"no path of one machine", one("app/x.go", "package x\n\nvar s = \""+slash+"home"+slash+"anna\"\n"), []string{
			"app/x.go:3: a path"}},
		{"no path of one machine", one("a.md", "in C:"+backslash+"Users"+backslash+"Anna\n"), []string{"a.md:1: a path"}},
		{"no path of one machine", one("README.md", "https://a.example"+slash+"home and and/or homework\n"), nil},

		{"no host of a registry", one("Makefile", "# proxy.golang."+"org\n"), []string{"Makefile:1: the host"}},
		{"no host of a registry", one("Makefile", "# golang.org/x/text\n"), nil},

		{"scripts stop at the first error", one("tools/x.sh", "#!/bin/bash\nls\n"), []string{"tools/x.sh:1: a script"}},
		{"scripts stop at the first error", one(".ci/run", "#!/bin/bash\nset -euo pipefail\nls\n"), nil},

		{licence, licences(rows, texts), nil},
		{licence, licences(strings.Replace(rows, "| MIT", "|", 1), texts), []string{
			"go.mod:4: a.example/one/v2 v2.1.0 has no licence"}},
		{licence, licences(rows, strings.Replace(texts, "v0.2.0", "v0.1.0", 1)), []string{
			"go.mod:5: b.example/three v0.2.0 has no text"}},

		{licence, licences(rows+"| c.example/old | v1.0.0 | MIT | |\n", texts), []string{
			"THIRD-PARTY-LICENSES.md: c.example/old v1.0.0 is not in go.mod"}},

		{agree, identity("1.0.0", `version = "1.0.0"`), nil},
		{agree, identity("1.0.0", `version = "0.9.0"`), []string{`cmd/dument/main.go:3: version is "0.9.0"`}},
		{agree, identity("1.1.0", `version = "1.1.0"`), []string{"packaging/linux/a.b.metainfo.xml: lacks",
			"CHANGELOG.md: lacks"}},
		{agree, one("FyneApp.toml", "Name = \"N\"\n"), []string{"FyneApp.toml: no ID"}},
	}
}
