package gui

import (
	"fmt"
	"testing"

	"dument/app"
	"dument/app/date"
	"dument/app/ledger"
	"dument/app/money"
	"dument/gui/model"
)

// BenchmarkInvoicesScreen holds the whole screen over a hundred thousand invoices to a frame of 16 ms
// for a key of the search, a step of the selection and a chip, drawing in memory included.
func BenchmarkInvoicesScreen(b *testing.B) {
	ts := newTestShell(b, testOptions{empty: true})
	ts.goTo(placeInvoices)
	first := date.Must("2016-01-01")
	rows := make([]app.InvoiceRow, 100_000)
	for i := range rows {
		issued, amount := first.AddDays(i%3900), money.Cents(50_00+i*7919%900_000)
		rows[i] = app.InvoiceRow{ClientName: fmt.Sprintf("Société Éloïse n° %d", i%997),
			Invoice: ledger.Invoice{Number: fmt.Sprintf("F%d-%05d", issued.Year(), i), Type: ledger.TypeInvoice,
				Client: ledger.ClientID(i % 997), Amount: amount, Currency: money.EUR, Issued: issued,
				Due: issued.AddDays(30), Subject: "Travaux de la semaine"},
			Balance: ledger.Balance{Amount: amount, Principal: amount * money.Cents(i%3/2)}}
	}
	v := ts.invoices()
	v.layout.isNarrow = true // the detail is another matter: it reads the ledger
	v.show(model.NewInvoiceTable(ts.Words, testToday, rows), testToday)
	ts.Window.Canvas().Focus(v.grid)
	b.Run("key", func(b *testing.B) {
		words := []string{"e", "el", "elo", "eloise 9", "1234,5"}
		for i := 0; b.Loop(); i++ {
			v.search1(words[i%len(words)])
		}
	})
	v.search1("")
	b.Run("chip", func(b *testing.B) {
		chips := []model.InvoiceChip{model.ChipOverdue, 0}
		for i := 0; b.Loop(); i++ {
			v.setChips(chips[i%2])
		}
	})
	b.Run("sort", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			v.grid.OnSort(model.ColumnClient, i%2 == 0)
		}
	})
}
