package model

import (
	"slices"
	"strings"
	"testing"

	"dument/app"
	"dument/app/date"
	"dument/app/law"
	"dument/app/ledger"
	"dument/app/money"
)

var paidOn = date.Must("2026-11-20")

// bankNotice is a payment that two invoices explain.
func bankNotice() app.Proposal {
	return app.Proposal{Concerns: []string{"F2026-0127"},
		Message: ledger.Message{ID: 7, On: paidOn, PaidOn: paidOn,
			Sender: "avis@banque.example", Subject: "Virement reçu", Class: "bank_credit", Evidence: ledger.EvidenceNotified,
			Decision: "suggest", Amount: 2100_00, Currency: money.EUR, Payer: "CABINET AUBRAC"},
		Reading: app.Reading{Account: "Banque du Canal", References: []string{"F2026-0127", "AM04"},
			Payments: []app.ReadPayment{{Amount: 2100_00, Currency: money.EUR, Date: paidOn, Payer: "CABINET AUBRAC",
				TransactionID: "BDC-61"}},
			Explanations: []app.Explanation{{Lines: []app.ExplainedLine{{Invoice: "F2026-0127", Amount: 1260_00},
				{Invoice: "F2026-0139", Amount: 840_00}}, For: []app.Why{{Code: "payer_name"}}}, {Rest: 2100_00}},
			Text: "Montant\t2\u00a0100,00\u00a0€\nMotif : F2026-0127 et AM04\nLe 20/11/2026 de CABINET AUBRAC"}}
}

func openRow(number, client string, open money.Cents) app.InvoiceRow {
	return app.InvoiceRow{Invoice: ledger.Invoice{Number: number, Currency: money.EUR,
		Due: date.Must("2026-09-30")},
		ClientName: client, Balance: ledger.Balance{Amount: open}}
}

// The queue shows what asks, or what was decided; what was booked alone this month stands apart.
func TestPaymentQueue(t *testing.T) {
	w := loadWords(t, "fr")
	asks := bankNotice()
	alone := bankNotice()
	alone.Message.ID, alone.Message.Decision = 8, "auto"
	alone.Message.Settlement = ledger.Settlement{Action: "accepted", On: letterOn}
	old := alone
	old.Message.ID, old.Message.Settlement.On = 9, date.Must("2026-10-31")
	all, pending := []app.Proposal{asks, alone, old}, []app.Proposal{asks}
	view := NewPayments(w, all, pending, letterOn, false)
	if view.PendingCount != "1" || view.TreatedCount != "2" || len(view.Lines) != 1 || view.Lines[0].ID != 7 {
		t.Errorf("%+v", view)
	}
	if len(view.Booked) != 1 || view.Booked[0].ID != 8 || view.BookedCount != "1 ce mois" {
		t.Errorf("booked %+v, %q", view.Booked, view.BookedCount)
	}
	if treated := NewPayments(w, all, pending, letterOn, true); len(treated.Lines) != 2 ||
		treated.Lines[0].Under.Text != "réglé sans vous le 21/11/2026" {
		t.Errorf("%+v", treated.Lines)
	}
	if empty := NewPayments(w, all, nil, letterOn, false).Empty; empty != "Rien à décider" {
		t.Errorf("empty: %q", empty)
	}
}

// An impostor gets neither bars nor a name, and no account of the user's.
func TestAnImpostorHasNoName(t *testing.T) {
	w := loadWords(t, "fr")
	spoof := bankNotice()
	spoof.Message.Class, spoof.Message.Evidence, spoof.Message.Decision = "spoof", ledger.EvidenceRejected, "alert"
	line := NewPayments(w, []app.Proposal{spoof}, []app.Proposal{spoof}, letterOn, false).Lines[0]
	if line.Level != 0 || line.Name != "avis@banque.example" || strings.Contains(line.Source,
		"Banque du Canal") ||
		line.Under.Tone != Late {
		t.Errorf("%+v", line)
	}
	view := NewDecision(w, DecisionSources{Proposal: spoof, Pending: true, On: letterOn})
	if view.Alert == nil || len(view.Choices) != 0 || len(Drafts(spoof, nil)) != 0 {
		t.Errorf("%+v", view)
	}
	if NewMessage(w, spoof, letterOn).Authentic.Tone != Late {
		t.Error("the message passes for authentic")
	}
}

// Facts are marked where they stand, in the order of the list; a fact that is not in the text has no
// number, and a figure is not found inside a longer one.
func TestFactsAreMarkedInTheText(t *testing.T) {
	w := loadWords(t, "fr")
	view := NewMessage(w, bankNotice(), letterOn)
	var marked []string
	for _, line := range view.Text {
		for _, cell := range line.Cells {
			for _, span := range cell {
				if span.Mark > 0 {
					marked = append(marked, string(rune('0'+span.Mark))+span.Text)
				}
			}
		}
	}
	want := []string{"12\u00a0100,00\u00a0€", "4F2026-0127", "5AM04", "220/11/2026", "3CABINET AUBRAC"}
	if !slices.Equal(marked, want) {
		t.Errorf("%q", marked)
	}
	for _, fact := range view.Facts {
		if absent := fact.Label == "Compte" || fact.Label == "Opération"; absent != (fact.Mark == 0) {
			t.Errorf("%+v", fact)
		}
	}
	if from, _ := findWhole([]rune("12 100,00"), []rune("2 100,00")); from >= 0 {
		t.Error("a figure is found inside a longer one")
	}
	if got := breakWords(strings.Repeat("x", 70)); len(got) != 72 {
		t.Errorf("%q", got)
	}
}

// A line is only settled when nothing at all is left; the order of payment is said when it matters.
func TestWhatBecomesOfAnInvoice(t *testing.T) {
	w := loadWords(t, "fr")
	proposal := bankNotice()
	plan := app.MatchPlan{Client: ledger.Client{Name: "Cabinet Aubrac"}, Currency: money.EUR,
		Imputation: law.InterestFirst,
		Lines: []app.PlannedLine{
			{Invoice: "A", Due: date.Must("2026-09-30"), Amount: 100, Principal: 100},
			{Invoice: "B", Due: date.Must("2026-11-20"), Amount: 100, Principal: 100, TotalLeft: 40_00},
			{Invoice: "C", Due: date.Must("2026-12-01"), Amount: 100, Principal: 80, Left: 20, TotalLeft: 20},
			{Invoice: "D", Due: date.Must("2026-12-01"), Left: 500, TotalLeft: 500}}, Credit: 50}
	view := NewDecision(w, DecisionSources{Proposal: proposal, Pending: true, On: letterOn,
		Plans: []PlannedMatch{{Draft: app.AcceptDraft{Message: 7}, Plan: plan}}})
	var said []string
	for _, line := range view.Choices[0].Lines {
		said = append(said, line.Number+" "+line.When+" "+line.Becomes)
	}
	want := []string{"A échue 51 j soldée", "B due le 20/11/2026 principal soldé",
		"C due le 01/12/2026 reste " + Euros(w, 20), "D due le 01/12/2026 rien", "Crédit  au client"}
	if !slices.Equal(said, want) {
		t.Errorf("%q", said)
	}
	notes := view.Choices[0].Notes
	if len(notes) != 2 || !strings.Contains(notes[0].Text, Euros(w, 40_00)) || !strings.Contains(notes[1].Text,
		"1343-1") {
		t.Errorf("%+v", notes)
	}
}

// The choices are the explanations that pay something, then the credit of the one client.
func TestDrafts(t *testing.T) {
	proposal := bankNotice()
	one := []app.InvoiceRow{openRow("F2026-0127", "Aubrac", 1), openRow("F2026-0139", "Aubrac", 1)}
	drafts := Drafts(proposal, one)
	if len(drafts) != 2 || drafts[0].Choice != 0 || drafts[1].Choice != -1 || drafts[1].Client != "Aubrac" {
		t.Errorf("%+v", drafts)
	}
	if two := Drafts(proposal, append(one, openRow("F1", "Autre", 1))); len(two) != 1 {
		t.Errorf("two clients: %+v", two)
	}
	if !slices.Equal(Concerned(proposal), []string{"F2026-0127", "F2026-0139"}) {
		t.Errorf("%v", Concerned(proposal))
	}
	taken := bankNotice()
	taken.Message.Amount = -2100_00
	if len(Drafts(taken, one)) != 0 {
		t.Error("money taken back can be booked as received")
	}
}

// A payment to come and a choice that the ledger refuses cannot be accepted; a word asks for the eye.
func TestWhatCannotBeAccepted(t *testing.T) {
	w := loadWords(t, "fr")
	refused := &app.Error{Code: app.CodeNotFound, Field: "invoice", Params: []string{"F1"}}
	plans := []PlannedMatch{{Plan: app.MatchPlan{}}, {Err: refused}}
	view := NewDecision(w, DecisionSources{Proposal: bankNotice(), Pending: true, On: paidOn.AddDays(-1),
		Plans: plans})
	if view.Choices[0].Allowed || view.Notice == nil || view.Notice.Icon != "clock" {
		t.Errorf("%+v", view)
	}
	view = NewDecision(w, DecisionSources{Proposal: bankNotice(), Pending: true, On: paidOn, Plans: plans})
	if !view.Choices[0].Allowed || view.Choices[1].Allowed || view.Notice != nil ||
		view.Choices[1].Notes[0].Tone != Late {
		t.Errorf("%+v", view)
	}
	word := bankNotice()
	word.Message.Evidence = ledger.EvidenceAnnounced
	view = NewDecision(w, DecisionSources{Proposal: word, Pending: true, On: paidOn, Plans: plans})
	if view.Notice == nil || view.Choices[0].Accept != "L’argent est arrivé" {
		t.Errorf("%+v", view)
	}
}

func TestAFailureSaysWhatIsOwedAgain(t *testing.T) {
	w := loadWords(t, "fr")
	failure := bankNotice()
	failure.Message.Class, failure.Message.Decision, failure.Message.Amount = "failure", "alert", -1260_00
	failure.Reading.Explanations = []app.Explanation{{Lines: []app.ExplainedLine{{Invoice: "F2026-0127",
		Amount: -1260_00}}}}
	view := NewDecision(w, DecisionSources{Proposal: failure, Pending: true, On: letterOn,
		Invoices: []app.InvoiceRow{openRow("F2026-0127", "Aubrac", 0)}})
	if view.Alert == nil || len(view.Alert.Reopened) != 1 || view.Alert.Reopened[0].Amount != Euros(w,
		1260_00) ||
		view.Alert.Reopened[0].When != "Aubrac" {
		t.Errorf("%+v", view.Alert)
	}
}

// What is typed finds an invoice by number, client or amount; the amount and the client of the message
// come first, and a second invoice is of the first one's client.
func TestSuggestInvoices(t *testing.T) {
	w := loadWords(t, "fr")
	foreign := openRow("F2026-0200", "Loin Ltd", 2100_00)
	foreign.Invoice.Currency = "USD"
	open := []app.InvoiceRow{openRow("F2026-0100", "Société Écluse", 1890_00),
		openRow("F2026-0139", "Cabinet Aubrac", 840_00),
		openRow("F2026-0150", "Autre", 2100_00), openRow("F2026-0127", "Cabinet Aubrac", 1260_00), foreign,
		openRow("F2026-0001", "Soldée", 0)}
	for _, c := range []struct {
		typed  string
		chosen []string
		want   string
	}{
		{"", nil, "F2026-0127 F2026-0150 F2026-0139 F2026-0100"},
		{"139", nil, "F2026-0139"}, {"f2026 0100", nil, "F2026-0100"}, {"ecluse", nil, "F2026-0100"},
		{"1 890", nil, "F2026-0100"}, {"840,00 €", nil, "F2026-0139"}, {"9999", nil, ""},
		{"", []string{"F2026-0127"}, "F2026-0139"},
	} {
		var numbers []string
		for _, one := range SuggestInvoices(w, open, bankNotice(), c.chosen, c.typed) {
			numbers = append(numbers, one.Number)
		}
		if got := strings.Join(numbers, " "); got != c.want {
			t.Errorf("%q, chosen %v: %q", c.typed, c.chosen, got)
		}
	}
}

// The book is in order of date, adds up euros, and knows how each payment is taken back.
func TestBookOfPayments(t *testing.T) {
	w := loadWords(t, "fr")
	receipts := []app.Receipt{
		{Payment: ledger.Payment{ID: 1, Date: date.Must("2026-10-01"), Amount: 100_00, Currency: money.EUR,
			Evidence: ledger.EvidenceConfirmed, Source: ledger.SourceManual}, Client: "Aubrac",
			Invoices: []app.AllocatedPart{{Invoice: "F1", Amount: 90_00, Part: ledger.PartPrincipal},
				{Invoice: "F1", Amount: 5_00, Part: ledger.PartInterest}}},
		{Payment: ledger.Payment{ID: 2, Date: paidOn, Amount: 50_00, Currency: money.EUR, Payer: "X",
			Evidence: ledger.EvidenceNotified, Source: ledger.SourceMail}},
		{Payment: ledger.Payment{ID: 3, Date: paidOn, Amount: 70_00, Currency: "USD", Source: ledger.SourceManual},
			Client: "Loin"},
	}
	decided := bankNotice()
	decided.Message.Settlement = ledger.Settlement{Action: "accepted", Payment: 2}
	book := NewReceipts(w, receipts, []app.Proposal{decided})
	if book.Total != "150,00" || book.Count != "3 règlements" || book.Lines[0].ID != 3 || book.Lines[2].Numbers != "F1" {
		t.Errorf("%+v", book)
	}
	manual, _ := book.Detail("1")
	if manual.Message != 0 || !slices.Equal(manual.Redo.Invoices, []string{"F1"}) || manual.Redo.Unallocated ||
		len(manual.Lines) != 3 || manual.Lines[2].Amount != Euros(w, 5_00) {
		t.Errorf("%+v", manual)
	}
	if read, _ := book.Detail("2"); read.Message != 7 || read.Redo.Amount != 0 {
		t.Errorf("%+v", read)
	}
	if _, found := book.Detail("9"); found || book.ID("x") != 0 {
		t.Error("a payment that is not in the book is found")
	}
}
