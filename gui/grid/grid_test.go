package grid_test

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"dument/gui/grid"
	"dument/gui/kit"
	"dument/gui/theme"
)

var ledgerColumns = []grid.Column{
	{ID: "number", Title: "Numéro", Width: 82, Lead: true},
	{ID: "client", Title: "Client", Width: 110, Stretch: 1, Lead: true},
	{ID: "issued", Title: "Émise le", Width: 76, Kind: grid.Date, Priority: 3},
	{ID: "due", Title: "Échéance", Width: 80},
	{ID: "late", Title: "Retard", Width: 46, Kind: grid.Figure},
	{ID: "total", Title: "Total TTC", Width: 72, Kind: grid.Figure, Priority: 2},
	{ID: "rest", Title: "Reste dû", Width: 72, Kind: grid.Figure},
	{ID: "state", Title: "État", Width: 122, Kind: grid.Status},
	{ID: "next", Title: "Suite", Width: 96, Kind: grid.Date, Priority: 4},
}

type rows []grid.Row

func (r rows) Len() int           { return len(r) }
func (r rows) Row(i int) grid.Row { return r[i] }

func cells(texts ...string) []grid.Cell {
	var made []grid.Cell
	for _, text := range texts {
		made = append(made, grid.Cell{Text: text})
	}
	return made
}

func invoice(number, client, issued, due, late, total, rest string, tone kit.Tone, icon theme.Icon,
	state, next string) grid.Row {
	row := grid.Row{Key: number, Cells: cells(number, client, issued, due, late, total, rest, state, next)}
	row.Cells[4].Tone = kit.ToneLate
	row.Cells[4].Bold = len(late) > 4
	row.Cells[6].Bold = rest != "0,00"
	row.Cells[7].Tone, row.Cells[7].Icon = tone, icon
	row.Soft = rest == "0,00"
	return row
}

func ledger() rows {
	return rows{
		invoice("F-2026-0152", "Librairie des Halles", "18/11/2026", "18/12/2026", "", "486,00", "486,00",
			kit.ToneSoft, theme.IconCircle, "À échoir", "Rappel 11/12"),
		invoice("F-2026-0147", "Cabinet Ferrand & Associés, experts-comptables", "03/11/2026",
			"03/12/2026", "",
			"840,00", "840,00", kit.ToneSoft, theme.IconCircle, "À échoir", "Rappel 26/11"),
		invoice("F-2026-0140", "Librairie des Halles", "15/10/2026", "15/11/2026", "", "378,00", "0,00",
			kit.ToneOk, theme.IconCheck, "Payée", ""),
		invoice("F-2026-0133", "Mme Odile Perrin", "09/10/2026", "09/11/2026", "12 j", "620,00", "620,00",
			kit.ToneLate, theme.IconClock, "Échue", "Relance 1"),
		invoice("F-2026-0136", "Boulangerie Kervella", "25/09/2026", "25/10/2026", "27 j", "732,00", "732,00",
			kit.ToneWarn, theme.IconPromise, "Promesse", "Vérifier 26/11"),
		invoice("F-2026-0121", "Garage Tanguy EURL", "15/09/2026", "15/10/2026", "37 j", "1 944,00",
			"1 944,00", kit.ToneWarn, theme.IconSpeech, "Annoncée", "Lire le relevé"),
		invoice("F-2026-0098", "Menuiserie Le Goff SARL", "10/06/2026", "10/07/2026", "134 j", "2 400,00",
			"2 400,00", kit.ToneLate, theme.IconLetter, "Mise en demeure", "Noter le suivi"),
		invoice("F-2026-0061", "Brasserie Ti Kouign SAS", "15/04/2026", "15/05/2026", "190 j", "3 480,00",
			"3 480,00", kit.ToneLate, theme.IconClock, "Échue", "Préparer"),
	}
}

func show(t testing.TB, mode theme.Mode, source grid.Source, width, height float32) (*grid.Grid,
	fyne.Window) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(mode))
	g := grid.New(ledgerColumns)
	g.SetSource(source)
	window := test.NewTempWindow(t, g)
	window.SetPadded(false)
	window.Resize(fyne.NewSize(width, height))
	return g, window
}

func TestLedgerLooks(t *testing.T) {
	for name, mode := range map[string]theme.Mode{"light": theme.Light, "dark": theme.Dark} {
		t.Run(name, func(t *testing.T) {
			g, window := show(t, mode, ledger(), 880, 400)
			g.SetSort("due", true)
			g.OnColumns = func() {}
			g.SetFooter("8 affichées sur 152", map[string]grid.Cell{
				"late": {Text: "Total affiché"}, "total": {Text: "10 880,00", Bold: true},
				"rest":  {Text: "10 502,00", Bold: true},
				"state": {Text: "dont échu 9 176,00 €", Tone: kit.ToneLate, Bold: true}})
			g.Select("F-2026-0061")
			test.AssertRendersToImage(t, "ledger-"+name+".png", window.Canvas())
		})
	}
}

func TestEmptyLedgerLooks(t *testing.T) {
	g, window := show(t, theme.Light, rows{}, 880, 560)
	g.SetEmpty(grid.Empty{Title: "Aucune facture pour l’instant",
		Text: "Déposez ici le tableau ou l’export que vous tenez déjà :\nDûment le lit, " +
			"vous montre ce qu’il a compris, puis vous décidez.",
		Caption: "CSV, XLSX, Factur-X, UBL, dossier de PDF",
		Main:    kit.NewPrimaryButton(theme.IconImport, "Importer un fichier…", nil),
		Others: []*kit.Button{kit.NewPlainButton(theme.IconPlus, "Saisir une facture", nil),
			kit.NewPlainButton("", "Ouvrir le registre d’exemple", nil)}})
	g.SetFooter("0 facture", map[string]grid.Cell{"total": {Text: "0,00"}, "rest": {Text: "0,00"}})
	test.AssertRendersToImage(t, "empty-light.png", window.Canvas())
}

// many is a ledger of n invoices that costs no memory; it counts how many rows were asked for.
type many struct {
	n     int
	asked int
}

func (m *many) Len() int { return m.n }
func (m *many) Row(i int) grid.Row {
	m.asked++
	return invoice(fmt.Sprintf("F-%06d", i), fmt.Sprintf("Client %d", i*7919%1000), "15/04/2026",
		"15/05/2026",
		"190 j", "3 480,00", "3 480,00", kit.ToneLate, theme.IconClock, "Échue", "Préparer")
}

func TestKeysMoveTheSelection(t *testing.T) {
	source := &many{n: 1000}
	g, window := show(t, theme.Light, source, 880, 29+36+29*10)
	var told []string
	g.OnSelected = func(key string) { told = append(told, key) }
	opened := ""
	g.OnOpen = func(key string) { opened = key }
	window.Canvas().Focus(g)
	for _, step := range []struct {
		key  fyne.KeyName
		want string
	}{
		{"", "F-000000"}, // the focus alone selects the first row
		{fyne.KeyUp, "F-000000"}, {fyne.KeyDown, "F-000001"}, {fyne.KeyDown, "F-000002"},
		{fyne.KeyEnd, "F-000999"}, {fyne.KeyDown, "F-000999"}, {fyne.KeyUp, "F-000998"},
		{fyne.KeyHome, "F-000000"}, {fyne.KeyPageDown, "F-000010"}, {fyne.KeyPageUp, "F-000000"},
	} {
		if step.key != "" {
			g.TypedKey(&fyne.KeyEvent{Name: step.key})
		}
		if g.Selected() != step.want {
			t.Fatalf("after %q the selection is %s, want %s", step.key, g.Selected(), step.want)
		}
	}
	if got, want := strings.Join(told,
		" "), "F-000000 F-000001 F-000002 F-000999 F-000998 F-000000 F-000010 F-000000"; got != want {
		t.Errorf("selections told:\n%s, want\n%s", got, want)
	}
	g.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if opened != "F-000000" {
		t.Errorf("Enter opened %q", opened)
	}
}

func TestSelectionStaysOnItsKey(t *testing.T) {
	all := ledger()
	g, _ := show(t, theme.Light, all, 880, 400)
	told := 0
	g.OnSelected = func(string) { told++ }
	if !g.Select("F-2026-0133") {
		t.Fatal("the row is there")
	}
	reversed := rows{}
	for i := range all {
		reversed = append(reversed, all[len(all)-1-i])
	}
	g.SetSource(reversed)
	if g.Selected() != "F-2026-0133" {
		t.Errorf("sorting lost the selection: %q", g.Selected())
	}
	g.SetSource(all[:2])
	if g.Selected() != "" {
		t.Errorf("the selection %q outlives its row", g.Selected())
	}
	if told != 0 {
		t.Errorf("OnSelected was called %d times without the user", told)
	}
	if g.Select("F-1999-0001") {
		t.Error("a row that is not there was selected")
	}
}

func TestMouse(t *testing.T) {
	g, window := show(t, theme.Light, ledger(), 880, 400)
	opened, menu := "", ""
	g.OnOpen = func(key string) { opened = key }
	g.OnMenu = func(key string, _ fyne.Position) { menu = key }
	third := fyne.NewPos(200, 29+2*29+10)
	test.TapCanvas(window.Canvas(), third)
	if g.Selected() != "F-2026-0140" {
		t.Errorf("a click selected %q", g.Selected())
	}
	type doubleTappable interface {
		fyne.DoubleTappable
		fyne.SecondaryTappable
		desktop.Mouseable
	}
	var row doubleTappable
	for _, object := range test.LaidOutObjects(window.Content()) {
		if found, is := object.(doubleTappable); is && object.Position().Y == 3*29 {
			row = found
		}
	}
	if row == nil {
		t.Fatal("no view shows the fourth row")
	}
	g.Select("")
	var told []string
	g.OnSelected = func(key string) { told = append(told, key) }
	row.MouseDown(&desktop.MouseEvent{})
	if strings.Join(told, " ") != "F-2026-0133" {
		t.Errorf("a click in a grid with nothing selected told %v", told)
	}
	row.DoubleTapped(&fyne.PointEvent{})
	if opened != "F-2026-0133" {
		t.Errorf("a double click opened %q", opened)
	}
	row.TappedSecondary(&fyne.PointEvent{})
	if menu != "F-2026-0133" {
		t.Errorf("a secondary click asked for the menu of %q", menu)
	}
	row.MouseDown(&desktop.MouseEvent{})
	if window.Canvas().Focused() != fyne.Focusable(g) {
		t.Error("a click does not give the keyboard to the grid")
	}
}

func TestHeaderSorts(t *testing.T) {
	g, window := show(t, theme.Light, ledger(), 880, 400)
	var asked []string
	g.OnSort = func(id string, descending bool) { asked = append(asked, fmt.Sprint(id, descending)) }
	for range 2 {
		test.TapCanvas(window.Canvas(), fyne.NewPos(40, 14))
	}
	test.TapCanvas(window.Canvas(), fyne.NewPos(130, 14))
	if got, want := strings.Join(asked, " "), "numberfalse numbertrue clientfalse"; got != want {
		t.Errorf("sorts asked for: %s, want %s", got, want)
	}
}

func TestTypeAhead(t *testing.T) {
	source := rows{}
	for _, name := range []string{"Abgrall", "Bellevue", "Échoppe", "Ferrand", "Ferrer", "Œuvre"} {
		source = append(source, grid.Row{Key: name, Cells: cells(name)})
	}
	g, window := show(t, theme.Light, source, 500, 300)
	window.Canvas().Focus(g)
	typed := func(text, want string) {
		t.Helper()
		test.Type(g, text)
		if g.Selected() != want {
			t.Errorf("typing %q selects %q, want %q", text, g.Selected(), want)
		}
		g.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	}
	typed("e", "Échoppe")
	typed("ferre", "Ferrer")
	typed("oe", "Œuvre")
	typed("b", "Bellevue")
	typed("zzz", "Bellevue")
}

func TestNarrowWindowDropsColumnsByPriority(t *testing.T) {
	g, window := show(t, theme.Light, ledger(), 880, 300)
	if got := len(g.Shown()); got != len(ledgerColumns) {
		t.Fatalf("880 pixels show %d columns of %d", got, len(ledgerColumns))
	}
	for _, step := range []struct {
		width float32
		gone  string
	}{{800, "next"}, {700, "next issued"}, {620, "next issued total"}} {
		window.Resize(fyne.NewSize(step.width, 300))
		shown := " " + strings.Join(g.Shown(), " ") + " "
		for id := range strings.SplitSeq(step.gone, " ") {
			if strings.Contains(shown, " "+id+" ") {
				t.Errorf("at %v pixels %s should have gone: %s", step.width, id, shown)
			}
		}
		if want := len(ledgerColumns) - len(strings.Fields(step.gone)); len(g.Shown()) != want {
			t.Errorf("at %v pixels %d columns show (%s), want %d", step.width, len(g.Shown()), shown, want)
		}
	}
	window.Resize(fyne.NewSize(880, 300))
	g.SetHidden("client")
	if strings.Contains(strings.Join(g.Shown(), " "), "client") {
		t.Error("a hidden column shows")
	}
}

func TestOnlyRowsInSightAreAskedFor(t *testing.T) {
	source := &many{n: 100_000}
	g, window := show(t, theme.Light, source, 880, 800)
	window.Canvas().Focus(g)
	source.asked = 0
	g.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	if g.Selected() != "F-099999" {
		t.Fatalf("End selects %q", g.Selected())
	}
	if source.asked > 400 {
		t.Errorf("a key asked for %d rows of a hundred thousand", source.asked)
	}
}

func BenchmarkKeyPress(b *testing.B) {
	for _, n := range []int{1_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			g, window := show(b, theme.Light, &many{n: n}, 1280, 800)
			window.Canvas().Focus(g)
			g.Select(fmt.Sprintf("F-%06d", n/2))
			b.ResetTimer()
			for b.Loop() {
				g.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
			}
		})
	}
}

func BenchmarkPageDown(b *testing.B) {
	g, window := show(b, theme.Light, &many{n: 100_000}, 1280, 800)
	window.Canvas().Focus(g)
	for b.Loop() {
		g.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
		if g.Selected() == "F-099999" {
			g.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
		}
	}
}

func BenchmarkUpdateUnchanged(b *testing.B) {
	g, _ := show(b, theme.Light, &many{n: 100_000}, 1280, 800)
	for b.Loop() {
		g.Update()
	}
}
