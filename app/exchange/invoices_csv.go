package exchange

import (
	"io"

	"dument/app/law"
)

// ledgerHeadings are those of WriteInvoices; ReadInvoices understands each of them.
var ledgerHeadings = []string{"numero", "client", "client_email", "siren", "siret", "type", "montant_ttc",
	"devise", "date_facture", "echeance", "objet", "deja_paye", "date_paiement"}

// WriteInvoices writes invoices so that ReadInvoices gives the same ones back, whatever the style.
// Columns of notes follow, one for each role that occurs, under the heading that was first met.
func WriteInvoices(w io.Writer, style Style, invoices []Invoice) error {
	noteHeadings := [roleCount]string{}
	for i := range invoices {
		for _, note := range invoices[i].Notes {
			if note.Role < roleCount && noteHeadings[note.Role] == "" {
				noteHeadings[note.Role] = note.Heading
			}
		}
	}
	headings := append([]string{}, ledgerHeadings...)
	for _, heading := range noteHeadings {
		if heading != "" {
			headings = append(headings, heading)
		}
	}
	file := NewCSVWriter(w, style)
	file.Header(headings...)
	cells := make([]Cell, 0, len(headings))
	for i := range invoices {
		cells = appendInvoice(cells[:0], &invoices[i])
		for role, heading := range noteHeadings {
			if heading != "" {
				cells = append(cells, Text(noteOf(&invoices[i], Role(role))))
			}
		}
		file.Row(cells...)
	}
	return file.Flush()
}

func appendInvoice(cells []Cell, invoice *Invoice) []Cell {
	paid := Text("")
	if invoice.AlreadyPaid != 0 {
		paid = Amount(invoice.AlreadyPaid)
	}
	return append(cells, Text(invoice.Number), Text(invoice.ClientName), Text(invoice.ClientEmail),
		Text(invoice.Siren), Text(invoice.Siret), Text(debtorWord(invoice.DebtorKind)),
		Amount(invoice.Amount), Text(string(invoice.Currency)), Day(invoice.Issued), Day(invoice.Due),
		Text(invoice.Subject), paid, Day(invoice.PaidOn))
}

func debtorWord(kind law.Debtor) string {
	switch kind {
	case law.Business:
		return "b2b"
	case law.Consumer:
		return "b2c"
	case law.Public:
		return "public"
	}
	return ""
}

func noteOf(invoice *Invoice, role Role) string {
	for _, note := range invoice.Notes {
		if note.Role == role {
			return note.Value
		}
	}
	return ""
}
