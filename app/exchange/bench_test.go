package exchange

import (
	"fmt"
	"strings"
	"testing"
)

func madeFile(rows int) string {
	var text strings.Builder
	text.WriteString("Numero Facture,Client,Montant,Date Facture,Echeance,Date Paiement," +
		"Jours Retard,Statut,Derniere Action,Prochaine Action\n")
	for i := range rows {
		paid := ""
		if i%3 == 0 {
			paid = "2026-03-15"
		}
		fmt.Fprintf(&text, "F2026-%06d,Client %d,%d.%02d,2026-01-%02d,2026-02-%02d,%s,%d,"+
			"En retard,Appel J+10,Mail J+20\n", i, i%500, 10+i%5000, i%100, 1+i%28, 1+i%28, paid, i%90)
	}
	return text.String()
}

func BenchmarkReadInvoices(b *testing.B) {
	for _, rows := range []int{1_000, 10_000, 100_000} {
		text := madeFile(rows)
		b.Run(fmt.Sprint(rows), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				table, err := ReadInvoices(strings.NewReader(text))
				if err != nil || len(table.Invoices) != rows {
					b.Fatal(err, len(table.Rejected))
				}
			}
		})
	}
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }

func BenchmarkWriteInvoices(b *testing.B) {
	table, err := ReadInvoices(strings.NewReader(madeFile(100_000)))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := WriteInvoices(discard{}, French, table.Invoices); err != nil {
			b.Fatal(err)
		}
	}
}
