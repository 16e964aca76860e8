package matching

import (
	"slices"
	"strings"

	"dument/app/date"
	"dument/app/money"
)

// The clients of the example ledger.
const (
	morel ClientID = iota + 1
	aminata
	moussa
	fatou
	garage
	mairie
)

func invoice(id InvoiceID, number string, client ClientID, open, amount money.Cents, issued string) Open {
	day := date.Must(issued)
	return Open{ID: id, Number: number, Client: client, Open: open, Amount: amount, Currency: money.EUR,
		Issued: day, Due: day.AddDays(30)}
}

// exampleInvoices has number 41 in two years and once as a credit note, part payments, settled
// invoices, and three clients of one family name.
func exampleInvoices() []Open {
	list := []Open{
		invoice(1, "F2025-0041", morel, 0, 500_00, "2025-05-02"),
		invoice(2, "F2026-0041", morel, 1248_00, 1248_00, "2026-02-01"),
		invoice(3, "F2026-0042", morel, 352_00, 352_00, "2026-02-10"),
		invoice(4, "F2026-2041", garage, 90_00, 90_00, "2026-02-11"),
		invoice(5, "F2026-0050", aminata, 120_00, 120_00, "2026-02-12"),
		invoice(6, "F2026-0051", moussa, 120_00, 120_00, "2026-02-12"),
		invoice(7, "F2026-0052", fatou, 120_00, 120_00, "2026-02-12"),
		invoice(8, "A2026-0041", morel, 48_00, 48_00, "2026-02-15"),
		invoice(9, "F2026-0060", mairie, 2000_00, 3000_00, "2026-01-15"),
		invoice(10, "F2026-0061", garage, 700_00, 700_00, "2026-02-20"),
		invoice(11, "F2026-0003", garage, 77_00, 77_00, "2026-01-03"),
		invoice(12, "F2026-0312", garage, 31_00, 31_00, "2026-02-20"),
		invoice(13, "F2026-0070", mairie, 0, 640_00, "2026-01-20"),
		invoice(14, "F2026-0071", garage, 415_00, 415_00, "2026-02-21"),
	}
	list[7].CreditNote = true
	list[8].TotalDue = 2052_37
	list[13].Currency = "CHF"
	return list
}

func examplePayers() []Payer {
	return []Payer{
		{Client: morel, Name: "Boulangerie Morel SARL", Aliases: []string{"JM MOREL HOLDING"},
			IBANs: []string{"FR76 3000 6000 0112 3456 7890 189"}, Emails: []string{"compta@morel.example"}},
		{Client: aminata, Name: "Aminata Diallo"},
		{Client: moussa, Name: "Moussa Diallo"},
		{Client: fatou, Name: "Mme Fatou DIALLO"},
		{Client: garage, Name: "Garage de l'Étoile EURL"},
		{Client: mairie, Name: "Commune de Saint-Exemple"},
	}
}

// credit is an authenticated notice of money received.
func credit(amount money.Cents, references ...string) Said {
	return Said{Amount: amount, Currency: money.EUR, Date: date.Must("2026-03-03"),
		Evidence: EvidenceNotified, References: references, Kind: KindCredit}
}

func withPayer(s Said, payer string) Said { s.Payer = payer; return s }

func withText(s Said, text string) Said { s.Text = text; return s }

// show writes a proposal as a rule's outcome: "auto F2026-0041=1248.00 rest 0.00".
func show(p Proposal) string {
	parts := []string{string(p.Decision)}
	if p.Best != nil {
		for _, line := range p.Best.Lines {
			parts = append(parts, line.Number+"="+line.Amount.String())
		}
		if p.Best.Rest != 0 {
			parts = append(parts, "rest "+p.Best.Rest.String())
		}
	}
	return strings.Join(parts, " ")
}

func hasReason(reasons []Reason, code Code) bool {
	return slices.ContainsFunc(reasons, func(r Reason) bool { return r.Code == code })
}

func exampleIndex() *Index { return NewIndex(exampleInvoices(), examplePayers()) }

// checkSums holds what every proposal must satisfy whatever was said.
func checkSums(t interface {
	Helper()
	Fatalf(string, ...any)
}, invoices []Open, s Said, p Proposal) {
	t.Helper()
	byID := map[InvoiceID]Open{}
	for _, one := range invoices {
		byID[one.ID] = one
	}
	if len(p.Explanations) > maxExplanations {
		t.Fatalf("%d explanations", len(p.Explanations))
	}
	for _, e := range p.Explanations {
		total := e.Rest
		for _, line := range e.Lines {
			one, known := byID[line.Invoice]
			total += line.Amount
			switch {
			case !known || one.Number != line.Number || line.Amount == 0:
				t.Fatalf("line %v of no invoice, or empty", line)
			case line.Amount > 0 && (one.CreditNote || line.Amount > max(one.Open, one.TotalDue)):
				t.Fatalf("line %v exceeds what is open on %+v", line, one)
			case line.Amount < 0 && p.Decision != Alert && -line.Amount > one.Open.Abs():
				t.Fatalf("line %v exceeds the credit note %+v", line, one)
			case line.Amount < 0 && p.Decision == Alert && -line.Amount > one.Amount-one.Open:
				t.Fatalf("line %v reopens more than was paid on %+v", line, one)
			}
		}
		if p.Decision != Alert && total != s.Amount {
			t.Fatalf("lines and rest give %v, said %v", total, s.Amount)
		}
	}
}
