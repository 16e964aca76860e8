package exchange

import (
	"io"

	"dument/app/date"
	"dument/app/money"
)

// The words of the mini-DSO table's status column; it is written without accents.
const (
	MiniDSOPaid  = "Payee"
	MiniDSOLate  = "En retard"
	MiniDSOWatch = "A surveiller"
)

// MiniDSORow is one row of the mini-DSO table.
type MiniDSORow struct {
	Number     string
	Client     string
	Amount     money.Cents // with tax
	Issued     date.Date
	Due        date.Date
	PaidOn     date.Date // zero while it is not paid in full
	DaysLate   string    // whole days, as printed; empty when there is nothing to count
	Status     string    // MiniDSOPaid, MiniDSOLate, MiniDSOWatch, or the words of a file
	LastAction string
	NextAction string
}

// MiniDSORowOf is the row of an imported invoice, with the words of its own file.
func MiniDSORowOf(invoice *Invoice) MiniDSORow {
	return MiniDSORow{
		Number: invoice.Number, Client: invoice.ClientName, Amount: invoice.Amount,
		Issued: invoice.Issued, Due: invoice.Due, PaidOn: invoice.PaidOn,
		DaysLate: noteOf(invoice, RoleDaysLate), Status: noteOf(invoice, RoleStatus),
		LastAction: noteOf(invoice, RoleLastAction), NextAction: noteOf(invoice, RoleNextAction),
	}
}

// WriteMiniDSO writes the ten columns of the mini-DSO table to the byte: comma, decimal point,
// ISO dates, LF, quotes only where they are needed.
func WriteMiniDSO(w io.Writer, rows []MiniDSORow) error {
	file := NewCSVWriter(w, Plain)
	file.Header("Numero Facture", "Client", "Montant", "Date Facture", "Echeance", "Date Paiement",
		"Jours Retard", "Statut", "Derniere Action", "Prochaine Action")
	for i := range rows {
		row := &rows[i]
		file.Row(Text(row.Number), Text(row.Client), Amount(row.Amount), Day(row.Issued), Day(row.Due),
			Day(row.PaidOn), Text(row.DaysLate), Text(row.Status), Text(row.LastAction),
			Text(row.NextAction))
	}
	return file.Flush()
}
