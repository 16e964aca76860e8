package action_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"dument/gui/action"
	"dument/gui/theme"
)

var menus = []action.Menu{{ID: "file", TitleKey: "menu.file"}, {ID: "invoice", TitleKey: "menu.invoice"}}

func control(key fyne.KeyName, more ...fyne.KeyModifier) *desktop.CustomShortcut {
	shortcut := &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierControl}
	for _, modifier := range more {
		shortcut.Modifier |= modifier
	}
	return shortcut
}

var words = map[string]string{"menu.file": "Fichier", "menu.invoice": "Facture", "new": "Nouvelle facture",
	"import": "Importer", "delete": "Supprimer", "quit": "Quitter", "go": "Aller aux factures"}

func translate(key string) string { return words[key] }

func table(ran *[]string, allowed *bool) *action.Table {
	run := func(id string) func() { return func() { *ran = append(*ran, id) } }
	return action.New(menus, []action.Action{
		{ID: "new", MenuID: "invoice", TitleKey: "new", Icon: theme.IconPlus,
			Shortcut: control(fyne.KeyN), Run: run("new"),
			Enabled: func() bool { return *allowed }},
		{ID: "delete", MenuID: "invoice", TitleKey: "delete", Key: fyne.KeyDelete, Run: run("delete"),
			Separated: true},
		{ID: "import", MenuID: "file", TitleKey: "import", Shortcut: control(fyne.KeyI,
			fyne.KeyModifierShift), Run: run("import")},
		{ID: "quit", MenuID: "file", TitleKey: "quit", Shortcut: control(fyne.KeyQ), Run: run("quit"),
			Quit: true, Anywhere: true, Separated: true},
		{ID: "go", TitleKey: "go", Shortcut: control(fyne.Key2), Run: run("go")},
	})
}

func TestMenuRunsOnlyWhatMakesSense(t *testing.T) {
	test.NewTempApp(t)
	var ran []string
	allowed := false
	actions := table(&ran, &allowed)
	main := actions.MainMenu(translate)
	if len(main.Items) != 2 || main.Items[0].Label != "Fichier" || main.Items[1].Label != "Facture" {
		t.Fatalf("menus: %v", main.Items)
	}
	create := main.Items[1].Items[0]
	if !create.Disabled {
		t.Error("an action that makes no sense shows as possible")
	}
	create.Action() // what a shortcut of the toolkit does whatever Disabled says
	if len(ran) != 0 {
		t.Errorf("a disabled action ran: %v", ran)
	}
	allowed = true
	actions.Refresh()
	if create.Disabled {
		t.Error("Refresh left the item disabled")
	}
	create.Action()
	if !slices.Equal(ran, []string{"new"}) {
		t.Errorf("ran %v", ran)
	}
	if items := main.Items[0].Items; len(items) != 3 || !items[1].IsSeparator || !items[2].IsQuit {
		t.Errorf("the file menu is not import, line, quit: %v", items)
	}
}

func TestBlocked(t *testing.T) {
	test.NewTempApp(t)
	var ran []string
	allowed := true
	actions := table(&ran, &allowed)
	actions.Blocked = func() bool { return true }
	if actions.Run("new") || actions.Run("import") {
		t.Error("an action ran behind a question")
	}
	if !actions.Run("quit") {
		t.Error("quit runs anywhere")
	}
	if actions.Run("no such action") {
		t.Error("an action that does not exist ran")
	}
}

func TestKeyAlone(t *testing.T) {
	test.NewTempApp(t)
	var ran []string
	allowed := true
	actions := table(&ran, &allowed)
	if !actions.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete}) ||
		actions.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF1}) {
		t.Error("Delete has an action, F1 has none")
	}
	if !slices.Equal(ran, []string{"delete"}) {
		t.Errorf("ran %v", ran)
	}
}

func TestHelp(t *testing.T) {
	test.NewTempApp(t)
	var ran []string
	allowed := true
	keys := action.Keys{Control: "Ctrl", Shift: "Maj",
		Names: map[fyne.KeyName]string{fyne.KeyDelete: "Suppr"}}
	var lines []string
	for _, line := range table(&ran, &allowed).Help(translate, keys) {
		lines = append(lines, line.Menu+"|"+line.Title+"|"+line.Shortcut)
	}
	want := []string{"Fichier|Importer|Ctrl Maj I", "Fichier|Quitter|Ctrl Q",
		"Facture|Nouvelle facture|Ctrl N",
		"Facture|Supprimer|Suppr", "|Aller aux factures|Ctrl 2"}
	if !slices.Equal(lines, want) {
		t.Errorf("help:\n%s\nwant:\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
	if got := table(&ran, &allowed).KeyText("import", keys); got != "Ctrl Maj I" {
		t.Errorf("the key of import is %q", got)
	}
}

func TestProblems(t *testing.T) {
	known := func(key string) bool { return words[key] != "" }
	var ran []string
	allowed := true
	if problems := table(&ran, &allowed).Problems(known); len(problems) != 0 {
		t.Errorf("a sound table: %v", problems)
	}
	nothing := func() {}
	bad := action.New([]action.Menu{{ID: "file", TitleKey: "menu.lost"}}, []action.Action{
		{ID: "a", MenuID: "file", TitleKey: "new", Shortcut: control(fyne.KeyN), Run: nothing},
		{ID: "a", MenuID: "nowhere", TitleKey: "unknown", Shortcut: control(fyne.KeyN)},
		{ID: "b", TitleKey: "new", Run: nothing,
			Shortcut: &desktop.CustomShortcut{KeyName: fyne.KeyA, Modifier: fyne.KeyModifierShift}},
	})
	report := strings.Join(bad.Problems(known), "\n")
	for _, expected := range []string{`no translation of "menu.lost"`, `action "a": its identifier`,
		`menu "nowhere"`, `no translation of "unknown"`, `action "a" does nothing`, "share",
		`action "b": its shortcut`} {
		if !strings.Contains(report, expected) {
			t.Errorf("%q is not reported in:\n%s", expected, report)
		}
	}
}
