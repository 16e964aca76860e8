package model

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dument/app"
	"dument/app/date"
	"dument/app/law"
	"dument/app/ledger"
	"dument/app/money"
)

// row is an invoice of the list; principal is what was paid of it.
func row(number, client string, amount, principal money.Cents, issued, due string) app.InvoiceRow {
	return app.InvoiceRow{ClientName: client, ClientKind: law.Business,
		Invoice: ledger.Invoice{Number: number, Amount: amount, Currency: money.EUR, Type: ledger.TypeInvoice,
			Issued: date.Must(issued), Due: date.Must(due), Client: ledger.ClientID(strings.Index(sampleNames, client) + 1)},
		Balance: ledger.Balance{Amount: amount, Principal: principal}}
}

// sampleNames gives each client of the rows an identifier of its own.
const sampleNames = "Écurie Morel|Brasserie Ô Zinc|Atelier Noël|Zoé Martin|Garage Lestang|Menuiserie Fabre|Basel AG"

// rows are one invoice in each state.
func rows() []app.InvoiceRow {
	list := []app.InvoiceRow{
		row("F2026-0001", "Écurie Morel", 1234_50, 0, "2026-11-01", "2026-12-01"),      // to come
		row("F2026-0002", "Brasserie Ô Zinc", 3480_00, 0, "2026-04-15", "2026-05-15"),  // overdue
		row("F2026-0003", "Atelier Noël", 1200_00, 200_00, "2026-10-01", "2026-10-31"), // overdue, part paid
		row("F2026-0004", "Zoé Martin", 90_00, 90_00, "2026-10-01", "2026-10-31"),      // paid
		row("F2026-0005", "Garage Lestang", 1944_00, 0, "2026-09-15", "2026-10-15"),    // announced
		row("F2026-0006", "Menuiserie Fabre", 2400_00, 0, "2026-06-10", "2026-07-10"),  // noticed
		row("F2026-0007", "Brasserie Ô Zinc", 500_00, 0, "2026-03-01", "2026-03-31"),   // cancelled
		row("A2026-0001", "Brasserie Ô Zinc", 500_00, 0, "2026-03-02", "2026-03-02"),   // its credit note
		row("F2026-0008", "Écurie Morel", 700_00, 100_00, "2026-11-02", "2026-11-21"),  // due today, part paid
	}
	list[4].Announced = date.Must("2026-11-19")
	list[5].Noticed = date.Must("2026-11-12")
	list[6].Balance.Credited = 500_00
	list[7].Invoice.Type = ledger.TypeCreditNote
	return list
}

func table(t testing.TB) *InvoiceTable { return NewInvoiceTable(french(t), today, rows()) }

// numbers lists what is shown, without the series.
func numbers(t *InvoiceTable) string {
	var list []string
	for i := range t.Len() {
		list = append(list, strings.TrimPrefix(strings.TrimPrefix(t.Row(i).Key, "F2026-000"), "A2026-000"))
	}
	return strings.Join(list, " ")
}

func TestRowAsWritten(t *testing.T) {
	list := table(t)
	want := map[string]string{
		"F2026-0001": "F2026-0001|Écurie Morel|01/11/2026|01/12/2026||1 234,50|1 234,50|À échoir|Échéance 01/12",
		"F2026-0002": "F2026-0002|Brasserie Ô Zinc|15/04/2026|15/05/2026|190 j|3 480,00|3 480,00|Échue|",
		"F2026-0003": "F2026-0003|Atelier Noël|01/10/2026|31/10/2026|21 j|1 200,00|1 000,00|Échue|",
		"F2026-0004": "F2026-0004|Zoé Martin|01/10/2026|31/10/2026||90,00|0,00|Payée|",
		"F2026-0005": "F2026-0005|Garage Lestang|15/09/2026|15/10/2026|37 j|1 944,00|1 944,00|Annoncée|",
		"F2026-0006": "F2026-0006|Menuiserie Fabre|10/06/2026|10/07/2026|134 j|2 400,00|2 400,00|En demeure|",
		"F2026-0007": "F2026-0007|Brasserie Ô Zinc|01/03/2026|31/03/2026||500,00|0,00|Annulée|",
		"A2026-0001": "A2026-0001|Brasserie Ô Zinc|02/03/2026|||-500,00||Avoir|",
		"F2026-0008": "F2026-0008|Écurie Morel|02/11/2026|21/11/2026||700,00|600,00|Partielle|Échéance 21/11",
	}
	for number, text := range want {
		line := list.Row(list.Index(number))
		var cells []string
		for _, cell := range line.Cells {
			cells = append(cells, plainSpaces(cell.Text))
		}
		if got := strings.Join(cells, "|"); got != text {
			t.Errorf("%s\n got %s\nwant %s", number, got, text)
		}
		if state := line.Cells[7]; state.Icon == "" {
			t.Errorf("%s: a state without an icon", number)
		}
	}
	if line := list.Row(list.Index("F2026-0002")); !line.Cells[4].Bold || line.Cells[4].Tone != Late {
		t.Errorf("190 days late: %+v", line.Cells[4])
	}
	if line := list.Row(list.Index("F2026-0003")); line.Cells[4].Bold {
		t.Error("21 days late stand in bold, which begins after 30")
	}
}

func TestChips(t *testing.T) {
	list := table(t)
	counts := list.Counts()
	for _, test := range []struct {
		chips InvoiceChip
		count int
		want  string
	}{
		{ChipOpen, 6, "1 8 3 5 6 2"}, {ChipToCome, 2, "1 8"}, {ChipOverdue, 4, "3 5 6 2"},
		{ChipPartial, 2, "8 3"}, {ChipAnnounced, 1, "5"}, {ChipNotice, 1, "6"}, {ChipPaid, 1, "4"},
		{ChipToCome | ChipPaid, 0, "1 8 4"}, {0, 0, "1 8 4 3 5 6 2 7 1"},
	} {
		list.Filter(test.chips)
		if got := numbers(list); got != test.want {
			t.Errorf("chips %b show %q, want %q", test.chips, got, test.want)
		}
		if test.count > 0 && counts[test.chips] != test.count {
			t.Errorf("chip %b counts %d, want %d", test.chips, counts[test.chips], test.count)
		}
	}
	if counts[ChipToCome]+counts[ChipOverdue] != counts[ChipOpen] {
		t.Error("what is not settled is either to come or overdue")
	}
}

func TestSearch(t *testing.T) {
	list := table(t)
	for text, want := range map[string]string{
		"":                  "1 8 4 3 5 6 2 7 1",
		"0002":              "2",
		"f2026-0004":        "4",
		"F20260005":         "5",
		"ecurie":            "1 8",
		"MOREL 0008":        "8",
		"o zinc":            "2 7 1",
		"noel":              "3",
		"1234,5":            "1",
		"1 234,50 €":        "1",
		"1\u202f234,50":     "1",
		"1234.5":            "1",
		"1.234,50":          "1",
		"3480":              "2",
		"1000":              "3", // what is left of it
		"234,50":            "",  // an amount is looked for from its first figure
		"90":                "4",
		"zoé  90":           "4",
		"rien de tout cela": "",
	} {
		list.Search(text)
		if got := numbers(list); got != want {
			t.Errorf("%q finds %q, want %q", text, got, want)
		}
		if list.Searching() != (text != "") {
			t.Errorf("%q: Searching is %v", text, list.Searching())
		}
	}
}

func TestSort(t *testing.T) {
	list := table(t)
	for _, test := range []struct {
		column     string
		descending bool
		want       string
	}{
		{ColumnDue, false, "1 7 2 6 5 3 4 8 1"},
		{ColumnNumber, false, "1 1 2 3 4 5 6 7 8"},
		{ColumnClient, false, "3 2 7 1 1 8 5 6 4"},
		{ColumnAmount, true, "2 6 5 1 3 8 7 4 1"},
		{ColumnOpen, true, "2 6 5 1 3 8 1 7 4"},
		{ColumnLate, true, "2 6 5 3 8 1 7 4 1"},
		{ColumnState, false, "6 5 2 3 8 1 4 7 1"},
	} {
		list.Sort(test.column, test.descending)
		if got := numbers(list); got != test.want {
			t.Errorf("by %s: %q, want %q", test.column, got, test.want)
		}
	}
}

func TestIndexFollowsWhatIsShown(t *testing.T) {
	list := table(t)
	list.Filter(ChipOverdue)
	list.Sort(ColumnAmount, true)
	for i := range list.Len() {
		if at := list.Index(list.Row(i).Key); at != i {
			t.Errorf("%s is at %d, said to be at %d", list.Row(i).Key, i, at)
		}
	}
	for _, hidden := range []string{"F2026-0001", "F2026-0004", "unknown"} {
		if at := list.Index(hidden); at != -1 {
			t.Errorf("%s is hidden, said to be at %d", hidden, at)
		}
	}
}

func TestCarryKeepsWhatTheUserChose(t *testing.T) {
	before := table(t)
	before.Filter(ChipOverdue)
	before.Search("brasserie")
	before.Sort(ColumnAmount, false)
	after := table(t)
	after.Carry(before)
	if numbers(after) != numbers(before) || after.Chips() != ChipOverdue || !after.Searching() {
		t.Errorf("%q after a refresh, %q before", numbers(after), numbers(before))
	}
}

func TestTotals(t *testing.T) {
	list := table(t)
	foreign := row("F2026-0009", "Basel AG", 1000_00, 0, "2026-10-01", "2026-10-31")
	foreign.Invoice.Currency = "CHF"
	list = NewInvoiceTable(list.words, today, append(rows(), foreign))
	all := list.Totals()
	if all.Left != "10 factures" || plainSpaces(all.Amount) != "11 048,50" || plainSpaces(all.Open) != "10 658,50" ||
		plainSpaces(all.Overdue) != "échu 8 824,00 €" {
		t.Errorf("%+v", all)
	}
	list.Filter(ChipPaid)
	if some := list.Totals(); some.Left != "1 affichée sur 10" || some.Overdue != "" {
		t.Errorf("%+v", some)
	}
}

func TestTypeAhead(t *testing.T) {
	list := table(t)
	for _, test := range []struct {
		prefix string
		from   int
		want   string
	}{
		{"f2026-0006", 0, "F2026-0006"}, {"6", 0, "F2026-0006"}, {"a", 0, "A2026-0001"}, {"8", 5, "F2026-0008"},
	} {
		at := list.Find(test.prefix, test.from)
		if at < 0 || list.Row(at).Key != test.want {
			t.Errorf("%q leads to %d", test.prefix, at)
		}
	}
	if at := list.Find("xyz", 3); at != -1 {
		t.Errorf("nothing begins with xyz, got %d", at)
	}
}

func TestNextSteps(t *testing.T) {
	w := french(t)
	held := due(1, "F2026-0006", 134, noticeStep, today)
	held.Action.Blockers = append(held.Action.Blockers, dunningBlocker("payment_to_match"))
	list := table(t)
	list.SetNext(NextSteps(w, []app.DueAction{due(1, "F2026-0002", 190, noticeStep, today),
		due(1, "F2026-0003", 21, reminder, today.AddDays(3), dunningBlocker("not_yet")), held}))
	for number, want := range map[string]InvoiceCell{
		"F2026-0002": {Text: "Mise en demeure"},
		"F2026-0003": {Text: "Relance 1, 24/11", Tone: Faint},
		"F2026-0006": {Text: "Rapprocher"},
		"F2026-0005": {},
	} {
		if got := list.Row(list.Index(number)).Cells[8]; got != want {
			t.Errorf("%s: %+v, want %+v", number, got, want)
		}
	}
}

func TestWhatCanBeDone(t *testing.T) {
	list := table(t)
	for number, want := range map[string]string{"F2026-0001": "pay credit", "F2026-0002": "pay claim credit",
		"F2026-0004": "credit", "F2026-0007": "", "A2026-0001": "", "unknown": ""} {
		var can []string
		for _, act := range []struct {
			name string
			can  bool
		}{{"pay", list.CanPay(number)}, {"claim", list.CanClaim(number)}, {"credit", list.CanCredit(number)}} {
			if act.can {
				can = append(can, act.name)
			}
		}
		if got := strings.Join(can, " "); got != want {
			t.Errorf("%s: %q, want %q", number, got, want)
		}
	}
}

func TestSuggest(t *testing.T) {
	var clients []app.ClientRow
	for _, name := range []string{"Brasserie Ô Zinc", "Cabinet Aubrac", "Écurie Morel", "Braise", "Le Bras", "Bravo",
		"Bras d’or", "Brassard"} {
		clients = append(clients, app.ClientRow{Client: ledger.Client{Name: name}})
	}
	names, exact := Suggest(clients, "bra")
	if want := []string{"Brasserie Ô Zinc", "Braise", "Bravo", "Bras d’or", "Brassard"}; !slices.Equal(names, want) ||
		exact != nil {
		t.Errorf("%v %v", names, exact)
	}
	if names, _ = Suggest(clients, "ecu"); !slices.Equal(names, []string{"Écurie Morel"}) {
		t.Errorf("%v", names)
	}
	if _, exact = Suggest(clients, " Cabinet Aubrac "); exact == nil || exact.Name != "Cabinet Aubrac" {
		t.Errorf("%v", exact)
	}
	if names, exact = Suggest(clients, "  "); names != nil || exact != nil {
		t.Error("nothing typed suggests something")
	}
}

// manyRows are n invoices of 997 clients.
func manyRows(n int) []app.InvoiceRow {
	list := make([]app.InvoiceRow, n)
	first := date.Must("2016-01-01")
	for i := range list {
		issued := first.AddDays(i % 3900)
		amount := money.Cents(50_00 + i*7919%900_000)
		list[i] = row(fmt.Sprintf("F%d-%05d", issued.Year(), i), fmt.Sprintf("Société Éloïse n° %d", i%997), amount,
			amount*money.Cents(i%3/2), issued.String(), issued.AddDays(30).String())
		list[i].Invoice.Client = ledger.ClientID(i % 997)
		list[i].Invoice.Subject = "Travaux de la semaine"
	}
	return list
}

// BenchmarkInvoices holds the list of a hundred thousand invoices to its budget: a key of a search and
// a chip under 16 ms, a sort under 150 ms.
func BenchmarkInvoices(b *testing.B) {
	all := manyRows(100_000)
	list := NewInvoiceTable(french(b), today, all)
	b.Run("load", func(b *testing.B) {
		for b.Loop() {
			NewInvoiceTable(list.words, today, all)
		}
	})
	b.Run("search", func(b *testing.B) {
		for b.Loop() {
			list.Search("eloise 99")
		}
	})
	b.Run("amount", func(b *testing.B) {
		for b.Loop() {
			list.Search("1234,5")
		}
	})
	list.Search("")
	b.Run("chip", func(b *testing.B) {
		for b.Loop() {
			list.Filter(ChipOverdue)
			list.Totals()
		}
	})
	list.Filter(0)
	for _, column := range []string{ColumnClient, ColumnAmount} {
		b.Run("sort-"+column, func(b *testing.B) {
			for b.Loop() {
				list.Sort(column, true)
			}
		})
	}
	b.Run("rows", func(b *testing.B) {
		for b.Loop() {
			for i := range 40 {
				list.Row(50_000 + i)
			}
		}
	})
}
