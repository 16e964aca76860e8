package gui

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"dument/app"
	"dument/app/date"
	"dument/gui/model"
	"dument/gui/theme"
)

func lettersOf(ts *testShell) *lettersScreen { return find[*lettersScreen](ts.Shell) }

func TestALetterIsShownWithItsPageAndItsLife(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	ts.goTo(placeLetters)
	v := lettersOf(ts)
	if got := v.queue.Selected(); got != "C-2026-0001" {
		t.Fatalf("selected %q", got)
	}
	if len(v.preview.pages) == 0 || v.preview.page.Size().Width < 300 {
		t.Fatalf("%d pages, %v wide", len(v.preview.pages), v.preview.page.Size())
	}
	for _, text := range []string{"C-2026-0001", "2 541,92 €", "Au bureau de poste", "jusqu’au 29/11/2026"} {
		if !ts.shows(strings.ReplaceAll(text, "2 541,92 €", model.Euros(ts.Words, 2541_92))) {
			t.Errorf("%q is not shown", text)
		}
	}
	ts.actions.Run("letter.print")
	ts.settle()
	ts.actions.Run("letter.save")
	ts.settle()
	if len(ts.opened) != 1 || len(ts.saved) != 1 || !strings.HasPrefix(string(ts.opened[0].content), "%PDF-") {
		t.Fatalf("%d opened, %d saved", len(ts.opened), len(ts.saved))
	}
}

// Enter notes the next step; the proof chosen goes with it, and the letter is no longer on its way.
func TestAStepIsNotedByKeyboard(t *testing.T) {
	ts := newTestShell(t, testOptions{files: []testFile{{"avis.pdf", []byte("%PDF-1.4 avis")}}})
	ts.goTo(placeLetters)
	ts.press(fyne.KeyReturn)
	v := lettersOf(ts)
	if v.panel.event != "delivered" {
		t.Fatalf("noting %q", v.panel.event)
	}
	ts.tap(ts.T("letters.note.proof"))
	ts.press(fyne.KeyReturn)
	rows, err := ts.App.Letters(context.Background())
	if err != nil || rows[0].State.Delivered != testToday {
		t.Fatalf("%v %v", rows[0].State, err)
	}
	documents, err := ts.App.LetterDocuments(context.Background(), "C-2026-0001")
	if err != nil || len(documents) != 2 || documents[1].Name != "avis.pdf" {
		t.Fatalf("%v %v", documents, err)
	}
	if !v.everything || v.queue.Selected() != "C-2026-0001" {
		t.Errorf("the letter noted is not in sight: all %v, selected %q", v.everything, v.queue.Selected())
	}
}

func TestAWrongDateIsSaidAtItsField(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	ts.goTo(placeLetters)
	ts.press(fyne.KeyReturn)
	v := lettersOf(ts)
	v.panel.day.SetDate(date.Must("2026-11-13")) // before the presentation
	ts.press(fyne.KeyReturn)
	if v.panel.day.Error() == "" || !v.panel.noting() {
		t.Fatalf("error %q, noting %v", v.panel.day.Error(), v.panel.noting())
	}
	ts.press(fyne.KeyEscape)
	if v.panel.noting() {
		t.Error("Escape does not leave the form")
	}
}

// A proof may come after its step; the same bytes are kept once.
func TestAProofIsAttachedLater(t *testing.T) {
	scan := testFile{"depot.jpg", []byte("\xff\xd8\xff scan")}
	ts := newTestShell(t, testOptions{files: []testFile{scan, scan}})
	ts.goTo(placeLetters)
	for range 2 {
		ts.actions.Run("letter.proof")
		ts.settle()
	}
	documents, err := ts.App.LetterDocuments(context.Background(), "C-2026-0001")
	if err != nil || len(documents) != 2 || documents[1].MediaType != "image/jpeg" {
		t.Fatalf("%v %v", documents, err)
	}
}

// What is prepared is shown before it is made; Enter makes it, and it is selected.
func TestALetterIsPreparedThenMade(t *testing.T) {
	ts := newTestShell(t, testOptions{})
	v := lettersOf(ts)
	v.prepare([]string{"F2026-0061"})
	ts.settle()
	if ts.current != screen(v) || !v.coming.ready() || v.coming.deadline.Date() != app.DefaultDeadline(testToday) {
		t.Fatalf("ready %v, deadline %v", v.coming.ready(), v.coming.deadline.Date())
	}
	if v.preview.letter.Number != "C-2026-0002" || len(v.preview.pages) == 0 {
		t.Fatalf("previewed %q", v.preview.letter.Number)
	}
	if rows, _ := ts.App.Letters(context.Background()); len(rows) != 1 {
		t.Fatal("a preview made a letter")
	}
	v.coming.deadline.SetDate(date.Must("2026-12-18"))
	v.coming.load()
	ts.settle()
	ts.press(fyne.KeyReturn)
	rows, err := ts.App.Letters(context.Background())
	if err != nil || len(rows) != 2 || rows[0].Letter.Deadline != date.Must("2026-12-18") {
		t.Fatalf("%d letters, %v", len(rows), err)
	}
	if v.coming.active() || v.queue.Selected() != "C-2026-0002" {
		t.Errorf("preparing %v, selected %q", v.coming.active(), v.queue.Selected())
	}
}

// A letter that must not be made says why, and opens the place where that is put right.
func TestARefusedLetterOffersItsCure(t *testing.T) {
	for number, want := range map[string]struct {
		cure  model.LetterCure
		place string
	}{"F2026-0127": {model.CurePayments, placePayments}, "F2026-0115": {model.CureSettings, placeSettings},
		"F2026-0112": {model.CureClient, placeClients}} {
		ts := newTestShell(t, testOptions{})
		v := lettersOf(ts)
		v.prepare([]string{number})
		ts.settle()
		if v.coming.view.Cure != want.cure || v.coming.ready() || ts.actions.CanRun("letter.make") {
			t.Fatalf("%s: %+v", number, v.coming.view)
		}
		ts.tap(v.coming.view.CureText)
		if ts.current.id() != want.place {
			t.Errorf("%s: the cure leads to %s", number, ts.current.id())
		}
	}
}

func TestMarksAndPagesOfThePreview(t *testing.T) {
	ts := newTestShell(t, testOptions{width: 1600, height: 800})
	ts.goTo(placeLetters)
	p := lettersOf(ts).preview
	marked := p.pages[0]
	ts.tap(ts.T("letters.window"))
	ts.tap(ts.T("letters.folds"))
	if p.marks != (app.Marks{}) || p.pages[0].At(p.pages[0].Bounds().Dx()*3/4, p.pages[0].Bounds().Dy()/5) ==
		marked.At(marked.Bounds().Dx()*3/4, marked.Bounds().Dy()/5) {
		t.Errorf("the window's zone still shows: %+v", p.marks)
	}
	if len(p.pages) > 1 {
		ts.tap(ts.T("letters.next"))
		if p.at != 1 {
			t.Errorf("page %d", p.at)
		}
	}
	before := p.page.Size()
	ts.tap(ts.T("letters.width"))
	if p.page.Size().Height <= before.Height {
		t.Errorf("to the width: %v, whole %v", p.page.Size(), before)
	}
}

// In a narrow window the panel hides; Enter opens it, Escape closes it.
func TestLettersInANarrowWindow(t *testing.T) {
	ts := newTestShell(t, testOptions{width: 900, height: 600})
	ts.goTo(placeLetters)
	v := lettersOf(ts)
	if v.side.Visible() {
		t.Fatal("the panel shows")
	}
	ts.press(fyne.KeyReturn)
	if !v.side.Visible() || v.panel.noting() {
		t.Fatalf("Enter: panel %v, noting %v", v.side.Visible(), v.panel.noting())
	}
	ts.press(fyne.KeyEscape)
	if v.side.Visible() {
		t.Error("Escape does not close the panel")
	}
}

func TestLettersOfAnEmptyLedger(t *testing.T) {
	ts := newTestShell(t, testOptions{empty: true, language: "en"})
	ts.goTo(placeLetters)
	if !ts.shows("No letter yet") || ts.actions.CanRun("letter.print") {
		t.Errorf("%v", textsOf(ts.Window.Content()))
	}
}

func TestLettersAsDrawn(t *testing.T) {
	for file, options := range map[string]testOptions{"letters-fr-light": {},
		"letters-en-dark": {language: "en", mode: theme.Dark}} {
		ts := newTestShell(t, options)
		ts.goTo(placeLetters)
		test.AssertImageMatches(t, file+".png", ts.captureScreen(file))
	}
}
