package model

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"dument/app"
	"dument/app/date"
	"dument/app/law"
	"dument/app/ledger"
	"dument/app/letter"
	"dument/assets/translations"
	"dument/gui/words"
)

func loadWords(t testing.TB, language string) *words.Words {
	t.Helper()
	w, err := words.Load(translations.Files, language)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

var (
	madeOn   = date.Must("2026-11-12")
	letterOn = date.Must("2026-11-21")
)

func letterRow(state ledger.LetterMade, events ...ledger.LetterEvent) app.LetterRow {
	return app.LetterRow{Letter: ledger.Letter{Number: "C-2026-0007", Kind: ledger.LetterFormalNotice,
		On:       madeOn,
		Deadline: date.Must("2026-11-30"), Total: 2541_92, Pages: 2, SHA256: strings.Repeat("ab12", 16)},
		Client: ledger.Client{Name: "Menuiserie Fabre SARL", Kind: law.Business}, Numbers: []string{"F2026-0098"},
		State: state, Events: events}
}

// Every state of a letter has its words, its icon, the steps that can be noted, and counts as on its
// way or not.
func TestStatesOfALetter(t *testing.T) {
	w := loadWords(t, "fr")
	posted, presented := date.Must("2026-11-12"), date.Must("2026-11-14")
	for _, c := range []struct {
		name   string
		state  ledger.LetterMade
		on     string
		text   string
		tone   Tone
		open   string
		events []ledger.LetterEventKind
		marks  []StepMark
	}{
		{"made", ledger.LetterMade{}, "2026-11-21", "à déposer à la poste", Warn, "1",
			[]ledger.LetterEventKind{ledger.EventPosted}, []StepMark{StepDone, StepPresent, StepNext, StepNext}},
		{"posted", ledger.LetterMade{Posted: posted}, "2026-11-21", "déposée le 12/11", Soft, "1",
			[]ledger.LetterEventKind{ledger.EventPresented, ledger.EventDelivered, ledger.EventReturned},
			[]StepMark{StepDone, StepDone, StepPresent, StepNext}},
		{"presented", ledger.LetterMade{Posted: posted, Presented: presented}, "2026-11-29", "présentée le 14/11",
			Warn, "1",
			[]ledger.LetterEventKind{ledger.EventDelivered, ledger.EventReturned},
			[]StepMark{StepDone, StepDone, StepDone, StepPresent, StepNext}},
		{"kept too long", ledger.LetterMade{Posted: posted, Presented: presented}, "2026-11-30",
			"garde finie\u00a0: issue à noter", Warn, "1",
			[]ledger.LetterEventKind{ledger.EventDelivered, ledger.EventReturned},
			[]StepMark{StepDone, StepDone, StepDone, StepStopped, StepNext}},
		{"delivered", ledger.LetterMade{Posted: posted, Presented: presented, Delivered: presented}, "2027-01-04",
			"distribuée le 14/11/2026", OK, "0", nil, []StepMark{StepDone, StepDone, StepDone, StepDone}},
		{"unclaimed", ledger.LetterMade{Posted: posted, Presented: presented, Returned: letterOn}, "2026-11-21",
			"revenue le 21/11, vaut notification", OK, "0", nil, []StepMark{StepDone, StepDone, StepDone, StepDone}},
		{"unknown there", ledger.LetterMade{Posted: posted, Returned: letterOn, Invalid: true}, "2026-11-21",
			"revenue le 21/11, adresse à corriger", Late, "0", nil, []StepMark{StepDone, StepDone, StepStopped}},
	} {
		t.Run(c.name, func(t *testing.T) {
			on := date.Must(c.on)
			row := letterRow(c.state)
			view := NewLetters(w, []app.LetterRow{row}, on, true)
			if got := view.Lines[0].State; got.Text != c.text || got.Tone != c.tone || got.Icon == "" {
				t.Errorf("state %+v", got)
			}
			if view.OpenCount != c.open || view.AllCount != "1" {
				t.Errorf("%s of %s on their way", view.OpenCount, view.AllCount)
			}
			if shown := len(NewLetters(w, []app.LetterRow{row}, on, false).Lines); (shown == 1) != (c.open == "1") {
				t.Errorf("%d shown among those on their way", shown)
			}
			detail := NewLetterDetail(w, LetterSources{Row: row, On: on})
			if !slices.Equal(detail.Events, c.events) {
				t.Errorf("events %v", detail.Events)
			}
			var marks []StepMark
			for _, step := range detail.Steps {
				marks = append(marks, step.Mark)
			}
			if !slices.Equal(marks, c.marks) {
				t.Errorf("steps %v", marks)
			}
		})
	}
}

// The keeping ends fifteen days after the presentation; a consumer's interest starts the day after it;
// the earliest limitation counts, and none when all is settled.
func TestDeadlinesOfALetter(t *testing.T) {
	w := loadWords(t, "fr")
	row := letterRow(ledger.LetterMade{Posted: madeOn, Presented: date.Must("2026-11-14")})
	claims := []app.InvoiceClaim{{Claim: law.Claim{Total: 100, Limitation: date.Must("2031-07-10")}},
		{Claim: law.Claim{Total: 100, Limitation: date.Must("2031-05-15")}},
		{Claim: law.Claim{Total: 0, Limitation: date.Must("2030-01-01")}}}
	detail := NewLetterDetail(w, LetterSources{Row: row, Claims: claims, On: letterOn})
	want := []Fact{{"Fin de garde", "29/11/2026", Plain}, {"Délai de paiement", "30/11/2026", Plain},
		{"Prescription", "15/05/2031", Plain}}
	if !slices.Equal(detail.Deadlines, want) {
		t.Errorf("%v", detail.Deadlines)
	}
	row.Client.Kind = law.Consumer
	late := NewLetterDetail(w, LetterSources{Row: row, Claims: claims[2:], On: date.Must("2026-12-01")})
	want = []Fact{{"Fin de garde", "29/11/2026", Warn}, {"Intérêts à partir du", "15/11/2026", Plain},
		{"Délai de paiement", "30/11/2026", Late}, {"Prescription", "tout est réglé", OK}}
	if !slices.Equal(late.Deadlines, want) {
		t.Errorf("%v", late.Deadlines)
	}
}

// A document is called what it proves; the letter itself comes with its pages.
func TestProofsOfALetter(t *testing.T) {
	w := loadWords(t, "fr")
	scan, loose := strings.Repeat("cd34", 16), strings.Repeat("ef56", 16)
	row := letterRow(ledger.LetterMade{Posted: madeOn},
		ledger.LetterEvent{Kind: ledger.EventPosted, Date: madeOn, Number: "1A20456789012", Proof: scan})
	detail := NewLetterDetail(w, LetterSources{Row: row, On: letterOn, Documents: []app.DocumentInfo{
		{SHA256: row.Letter.SHA256, Name: "C-2026-0007.pdf"}, {SHA256: scan, Name: "a.jpg"}, {SHA256: loose,
			Name: "suivi.pdf"}}})
	var names []string
	for _, proof := range detail.Proofs {
		names = append(names, proof.Name)
	}
	if got := strings.Join(names, "|"); got != "Lettre, 2 pages|Preuve de dépôt, 12/11/2026|suivi.pdf" {
		t.Error(got)
	}
	if detail.Proofs[1].Digest != "cd34 cd34 … cd34" || detail.Registered != "1A 204 567 8901 2" {
		t.Errorf("%q %q", detail.Proofs[1].Digest, detail.Registered)
	}
}

func TestEmptyLetters(t *testing.T) {
	w := loadWords(t, "en")
	none := NewLetters(w, nil, letterOn, false)
	done := NewLetters(w, []app.LetterRow{letterRow(ledger.LetterMade{Delivered: letterOn})}, letterOn, false)
	if none.Empty != "No letter yet" || done.Empty != "No letter on its way" || none.EmptyMore == done.EmptyMore {
		t.Errorf("%q, %q", none.Empty, done.Empty)
	}
}

// Every refusal leads to the place where it is put right.
func TestCuresOfARefusal(t *testing.T) {
	w := loadWords(t, "fr")
	for _, c := range []struct {
		err  error
		cure LetterCure
	}{
		{&app.Error{Code: app.CodeRefused, Detail: "payment_to_match", Params: []string{"F1"}}, CurePayments},
		{&app.Error{Code: app.CodeRefused, Detail: "insolvency"}, CureClient},
		{&app.Error{Code: app.CodeRefused, Detail: "missing", Field: "debtor.address"}, CureClient},
		{&app.Error{Code: app.CodeRefused, Detail: "missing", Field: "creditor.iban"}, CureSettings},
		{&app.Error{Code: app.CodeRefused, Detail: "mediator_missing"}, CureSettings},
		{&app.Error{Code: app.CodeRefused, Detail: "deadline_not_after"}, CureDeadline},
		{&app.Error{Code: app.CodeRateMissing, Params: []string{"2027-S1"}}, CureSettings},
		{&app.Error{Code: app.CodeRefused, Detail: "nothing_due"}, CureNone},
		{errors.New("boom"), CureNone},
	} {
		view := RefusedLetter(w, []string{"F1"}, c.err)
		if view.Cure != c.cure || view.Ready || view.Refusal == "" || (view.CureText == "") != (c.cure == CureNone) {
			t.Errorf("%v: %+v", c.err, view)
		}
	}
}

// What a letter would claim adds up to its total; a rate below the floor is said once.
func TestPreparedLetter(t *testing.T) {
	w := loadWords(t, "fr")
	warning := law.Warning{Code: law.WarningBelowFloor, Semester: date.Must("2026-11-21").Semester(),
		Rate: 50000, Limit: 78600}
	view := NewPrepared(w, app.PreparedLetter{Client: ledger.Client{Name: "X", Kind: law.Business},
		Warnings: []law.Warning{warning, warning},
		Content: letter.Letter{Kind: letter.Kind(ledger.LetterFormalNotice), Number: "C-2026-0008", On: letterOn,
			Principal: 2400_00, Interest: 101_92, Indemnity: 40_00, Total: 2541_92}})
	if !view.Ready || len(view.Facts) != 3 || view.Total != Euros(w, 2541_92) || len(view.Notes) != 2 {
		t.Errorf("%+v", view)
	}
	if !strings.Contains(view.Notes[0].Text, "7,86") || view.Notes[0].Tone != Warn {
		t.Errorf("%+v", view.Notes[0])
	}
}
