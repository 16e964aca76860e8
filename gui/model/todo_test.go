package model

import (
	"slices"
	"strings"
	"testing"

	"dument/app"
	"dument/app/date"
	"dument/app/dunning"
	"dument/app/law"
	"dument/app/ledger"
	"dument/app/money"
	"dument/assets/translations"
	"dument/gui/words"
)

var today = date.Must("2026-11-21")

func french(t testing.TB) *words.Words {
	t.Helper()
	w, err := words.Load(translations.Files, "fr")
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// due is an overdue invoice of a client with its step and what holds it back.
func due(client ledger.ClientID, number string, late int, step dunning.Step, from date.Date,
	blockers ...dunning.Blocker) app.DueAction {
	kind := law.Business
	if client >= 100 {
		kind = law.Consumer
	}
	total := money.Cents(1000_00)
	if kind == law.Business {
		total += 52_50
	}
	return app.DueAction{
		Account: ledger.Account{
			Invoice: ledger.Invoice{Number: number, Currency: money.EUR, Due: today.AddDays(-late)},
			Client:  ledger.Client{ID: client, Name: "Client " + number[:1], Kind: kind}},
		Claim:  law.Claim{On: today, Debtor: kind, DaysLate: late, Principal: 1000_00, Total: total},
		Action: dunning.Action{Step: step, Date: from, Amount: total, Blockers: blockers}}
}

var (
	noticeStep = dunning.Step{ID: dunning.StepFormalNotice, OffsetDays: 30, Channel: dunning.Registered}
	reminder   = dunning.Step{ID: "reminder-1", OffsetDays: 3, Channel: dunning.Email}
	call       = dunning.Step{ID: "call", OffsetDays: 10, Channel: dunning.Phone}
	handover   = dunning.Step{ID: dunning.StepHandover, OffsetDays: 55, Channel: dunning.Handover}
)

func TestTheButtonSaysTheNextThingToDo(t *testing.T) {
	w := french(t)
	yesterday, notYet := today.AddDays(-1), dunning.Blocker{Code: "not_yet", Until: today.AddDays(3)}
	announced := dunning.Blocker{Code: "announced", Params: []string{"2026-11-19", "1000.00"}}
	for _, test := range []struct {
		name   string
		action app.DueAction
		act    ToDoAct
		verb   string
		line   string
	}{
		{"formal notice", due(1, "A1", 40, noticeStep, yesterday), ActLetter, "Préparer la lettre",
			"Mise en demeure possible, rien ne s’y oppose"},
		{"e-mail", due(1, "A1", 4, reminder, yesterday), ActNote, "Noter la relance", "Rien ne s’y oppose"},
		{"call to a consumer", due(100, "A1", 12, call, yesterday), ActNote, "Noter l’appel",
			"Sans pénalités ni indemnité : particulier"},
		{"hand-over", due(1, "A1", 90, handover, yesterday), ActNote, "Noter la remise", "Rien ne s’y oppose"},
		{"payment to match", due(1, "A1", 40, noticeStep, yesterday, dunning.Blocker{Code: "payment_to_match"}),
			ActMatch, "Rapprocher", "Un règlement attend votre accord"},
		{"payment to match before its day", due(1, "A1", 4, call, today.AddDays(3),
			dunning.Blocker{Code: "payment_to_match"}, notYet), ActMatch, "Rapprocher",
			"Un règlement attend votre accord"},
		{"announced", due(1, "A1", 40, noticeStep, yesterday, announced), ActPay, "Saisir le règlement",
			"Annoncé le 19/11/2026 : 1 000,00 €, à voir à la banque"},
		{"address", due(1, "A1", 40, noticeStep, yesterday, dunning.Blocker{Code: "address_missing"}), ActAddress,
			"Compléter la fiche", "Il manque l’adresse pour écrire"},
		{"mediator", due(100, "A1", 40, noticeStep, yesterday, dunning.Blocker{Code: "mediator_missing"}), ActMediator,
			"Régler le médiateur", "Il manque le médiateur de la consommation"},
		{"collective proceedings", due(1, "A1", 40, noticeStep, yesterday,
			dunning.Blocker{Code: "insolvency", Params: []string{"2026-10-01"}}), ActClient, "Voir la fiche",
			"Procédure collective depuis le 01/10/2026 : déclarez la créance"},
	} {
		list := NewToDo(w, ToDoSources{On: today, Due: []app.DueAction{test.action}})
		if len(list.Blocks) != 1 {
			t.Fatalf("%s: %d blocks", test.name, len(list.Blocks))
		}
		block := list.Blocks[0]
		if block.Act != test.act || block.Verb != test.verb || plainSpaces(block.Line.Text) != test.line {
			t.Errorf("%s: %s %q %q", test.name, block.Act, block.Verb, block.Line.Text)
		}
		if block.Line.Icon == "" {
			t.Errorf("%s: its tone stands without an icon", test.name)
		}
	}
}

// plainSpaces makes texts comparable with what is easily typed.
func plainSpaces(text string) string {
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(text)
}

func TestWhatOnlyWaitsForItsDayIsPutAside(t *testing.T) {
	later := dunning.Blocker{Code: "not_yet", Until: today.AddDays(10)}
	sooner := dunning.Blocker{Code: "not_yet", Until: today.AddDays(3)}
	list := NewToDo(french(t), ToDoSources{On: today, Overview: app.Overview{Invoices: 2}, Due: []app.DueAction{
		due(1, "A1", 12, noticeStep, today.AddDays(10), later, dunning.Blocker{Code: "address_missing"}),
		due(2, "B1", 12, call, today.AddDays(3), sooner)}})
	if len(list.Blocks) != 0 || len(list.Waiting) != 2 {
		t.Fatalf("%d blocks, %d waiting", len(list.Blocks), len(list.Waiting))
	}
	if list.Waiting[0].Number != "B1" || list.Waiting[0].Returns != "revient le 24/11/2026" {
		t.Errorf("the first to come back is %+v", list.Waiting[0])
	}
	if want := "Prochaine étape : mardi 24 novembre 2026."; plainSpaces(list.NothingMore) != want {
		t.Errorf("%q, want %q", list.NothingMore, want)
	}
}

func TestOneBlockForEachDebtor(t *testing.T) {
	yesterday := today.AddDays(-1)
	list := NewToDo(french(t), ToDoSources{On: today, Due: []app.DueAction{
		due(1, "A1", 60, noticeStep, yesterday),
		due(2, "B1", 50, noticeStep, yesterday),
		due(1, "A2", 40, noticeStep, yesterday),
		due(1, "A3", 5, reminder, yesterday),
	}})
	if len(list.Blocks) != 2 {
		t.Fatalf("%d blocks for two debtors", len(list.Blocks))
	}
	block := list.Blocks[0]
	if !slices.Equal(block.Numbers, []string{"A1", "A2"}) || !slices.Equal(block.All, []string{"A1", "A2", "A3"}) {
		t.Errorf("the letter concerns %v of %v", block.Numbers, block.All)
	}
	if plainSpaces(block.Total) != "3 157,50 €" || plainSpaces(block.Under) != "principal 3 000,00 €" {
		t.Errorf("%q %q", block.Total, block.Under)
	}
	if len(block.Lines) != 3 || len(list.Blocks[1].Lines) != 0 {
		t.Errorf("%d and %d lines, want one for each of several invoices", len(block.Lines), len(list.Blocks[1].Lines))
	}
}

func TestForeignMoneyIsNotAddedUp(t *testing.T) {
	foreign := due(1, "A2", 40, noticeStep, today)
	foreign.Account.Invoice.Currency = "CHF"
	list := NewToDo(french(t), ToDoSources{On: today, Due: []app.DueAction{due(1, "A1", 60, noticeStep, today), foreign}})
	if len(list.Blocks) != 2 || list.Blocks[0].Key == list.Blocks[1].Key {
		t.Fatalf("%d blocks for two currencies", len(list.Blocks))
	}
}

// pending is a payment that waits for a decision.
func pending(id ledger.MessageID, decision string, evidence ledger.Evidence, concerns ...string) app.Proposal {
	return app.Proposal{Concerns: concerns, Message: ledger.Message{ID: id, Decision: decision, Evidence: evidence,
		On: date.Must("2026-11-20"), Amount: 1000_00, Currency: money.EUR, Payer: "PAYEUR", Subject: "Virement"}}
}

func TestPaymentsThatWait(t *testing.T) {
	matched := due(1, "A1", 40, noticeStep, today, dunning.Blocker{Code: "payment_to_match"})
	list := NewToDo(french(t), ToDoSources{On: today, Due: []app.DueAction{due(2, "B1", 60, noticeStep, today), matched},
		Proposals: []app.Proposal{
			pending(1, "suggest", ledger.EvidenceNotified, "A1"),
			pending(2, "announce", ledger.EvidenceAnnounced, "B1"),
			pending(3, "suggest", ledger.EvidenceNotified),
			pending(4, "alert", ledger.EvidenceRejected),
		}})
	var keys, verbs []string
	for _, block := range list.Blocks {
		keys, verbs = append(keys, block.Key), append(verbs, block.Verb)
	}
	if want := []string{"client/1", "message/3", "message/4", "client/2"}; !slices.Equal(keys, want) {
		t.Errorf("blocks %v, want %v: who may have paid first, announcements on their invoice", keys, want)
	}
	if want := []string{"Rapprocher", "Rapprocher", "Lire", "Préparer la lettre"}; !slices.Equal(verbs, want) {
		t.Errorf("verbs %v, want %v", verbs, want)
	}
	if alert := list.Blocks[2]; alert.Kind != "alerte" || alert.Line.Tone != Late || alert.Line.Text != "Virement" {
		t.Errorf("an alert is shown as %+v", alert)
	}
	if first := list.Blocks[0]; first.Message != 1 ||
		plainSpaces(first.Line.Text) != "Notifié le 20/11/2026 par votre banque : 1 000,00 €" {
		t.Errorf("%d %q", first.Message, first.Line.Text)
	}
}

func TestFigures(t *testing.T) {
	figures := todoFigures(french(t), ToDoSources{On: today, Overview: app.Overview{
		Outstanding: app.Figure{Cents: 26086_00, Count: 17}, Overdue: app.Figure{Cents: 14746_00, Count: 9},
		ReceivedInMonth: app.Figure{Cents: 2520_00, Count: 1}, MeanDaysLate: 41}})
	want := []ToDoFigure{
		{Value: "26 086,00 €", Caption: "17 factures", Target: TargetOpen},
		{Value: "14 746,00 €", Caption: "9 factures · 57 %", Target: TargetOverdue, Tone: Late},
		{Value: "2 520,00 €", Caption: "1 règlement", Target: TargetPayments},
		{Value: "41 jours", Caption: "de retard, sur un an", Target: TargetPaid},
	}
	for i, figure := range figures {
		figure.Value, figure.Caption = plainSpaces(figure.Value), plainSpaces(figure.Caption)
		if figure != want[i] {
			t.Errorf("%+v, want %+v", figure, want[i])
		}
	}
}

func TestNothingToDo(t *testing.T) {
	w := french(t)
	for _, test := range []struct {
		name    string
		sources ToDoSources
		title   string
		more    string
	}{
		{"empty ledger", ToDoSources{On: today}, "Aucune facture pour l’instant", "Importez"},
		{"a due date to come", ToDoSources{On: today, Overview: app.Overview{Invoices: 3},
			NextDue: date.Must("2026-11-24")}, "Rien à faire aujourd’hui", "Prochaine échéance : mardi 24 novembre 2026."},
		{"all settled", ToDoSources{On: today, Overview: app.Overview{Invoices: 3}}, "Rien à faire aujourd’hui",
			"Aucune facture n’attend de règlement."},
	} {
		list := NewToDo(w, test.sources)
		if list.Nothing != test.title || !strings.HasPrefix(plainSpaces(list.NothingMore), test.more) {
			t.Errorf("%s: %q %q", test.name, list.Nothing, list.NothingMore)
		}
	}
}

func TestChecksAreTheBlockersAsked(t *testing.T) {
	w := french(t)
	block := NewToDo(w, ToDoSources{On: today, Due: []app.DueAction{
		due(1, "A1", 40, noticeStep, today, dunning.Blocker{Code: "address_missing"})}}).Blocks[0]
	detail := NewToDoDetail(w, block, []app.InvoiceDetail{{Timeline: []app.Fact{{On: today.AddDays(-40),
		Code: "fell_due"}}}})
	var failed []string
	for _, check := range detail.Checks {
		if check.Tone != OK {
			failed = append(failed, check.Text)
		}
	}
	if !slices.Equal(failed, []string{"Il manque l’adresse pour écrire"}) {
		t.Errorf("failed checks: %v", failed)
	}
	last := detail.Facts[len(detail.Facts)-1]
	if !last.Current || plainSpaces(last.Line.Text) != "En suspens : mise en demeure" {
		t.Errorf("the history ends with %+v", last)
	}
}

func dunningBlocker(code string) dunning.Blocker { return dunning.Blocker{Code: code, Until: today} }
