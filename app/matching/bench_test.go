package matching

import (
	"fmt"
	"testing"

	"dument/app/date"
	"dument/app/money"
)

// bigLedger has ten years of invoices; a twentieth of them is open.
func bigLedger(size int) ([]Open, []Payer) {
	list := make([]Open, size)
	clients := max(size/50, 1)
	for i := range list {
		year := 2017 + i*10/size
		amount := money.Cents(50_00 + i*7919%900_000)
		list[i] = Open{ID: InvoiceID(i + 1), Number: fmt.Sprintf("F%d-%05d", year, i%(max(size/10, 1))+1),
			Client: ClientID(i%clients + 1), Amount: amount, Currency: money.EUR,
			Issued: date.Must(fmt.Sprintf("%d-03-01", year)), Due: date.Must(fmt.Sprintf("%d-04-01", year))}
		if i%20 == 0 {
			list[i].Open = amount
		}
	}
	payers := make([]Payer, clients)
	for i := range payers {
		payers[i] = Payer{Client: ClientID(i + 1), Name: fmt.Sprintf("Atelier %s%d SARL", []string{"Roux", "Blanc",
			"Petit", "Faure"}[i%4], i)}
	}
	return list, payers
}

func forEachSize(b *testing.B, run func(b *testing.B, list []Open, payers []Payer)) {
	for _, size := range []int{1_000, 10_000, 100_000} {
		list, payers := bigLedger(size)
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			b.ReportAllocs()
			run(b, list, payers)
		})
	}
}

func BenchmarkNewIndex(b *testing.B) {
	forEachSize(b, func(b *testing.B, list []Open, payers []Payer) {
		for b.Loop() {
			NewIndex(list, payers)
		}
	})
}

func BenchmarkProposeNamed(b *testing.B) {
	forEachSize(b, func(b *testing.B, list []Open, payers []Payer) {
		index := NewIndex(list, payers)
		last := list[len(list)-20]
		s := credit(last.Open, last.Number)
		s.Date, s.Payer = date.Must("2026-11-30"), "ATELIER BLANC1"
		for b.Loop() {
			index.Propose(s)
		}
	})
}

func BenchmarkProposeUnnamed(b *testing.B) {
	forEachSize(b, func(b *testing.B, list []Open, payers []Payer) {
		index := NewIndex(list, payers)
		s := credit(list[len(list)-20].Open)
		s.Date, s.Payer = date.Must("2026-11-30"), "ATELIERS BLANC"
		for b.Loop() {
			index.Propose(s)
		}
	})
}

// BenchmarkProposeManySums is the worst case of sums: twenty open invoices of one client, no solution.
func BenchmarkProposeManySums(b *testing.B) {
	var list []Open
	for i := range maxSumItems {
		amount := money.Cents(100_00 + 2*i)
		list = append(list, invoice(InvoiceID(i+1), fmt.Sprintf("F2026-%04d", i+1), morel, amount, amount,
			"2026-01-01"))
	}
	index := NewIndex(list, examplePayers())
	s := withPayer(credit(500_41), "Boulangerie Morel")
	for b.Loop() {
		index.Propose(s)
	}
}

// BenchmarkScan reads a message's text of usual length against the ledger.
func BenchmarkScan(b *testing.B) {
	forEachSize(b, func(b *testing.B, list []Open, payers []Payer) {
		index := NewIndex(list, payers)
		s := Said{Text: "Bonjour, VIREMENT SEPA RECU de ATELIER ROUX le 12/03/2026, montant 1 248,00 EUR. " +
			"Motif : facture " + list[len(list)/2].Number + " du 02/02/2026. Solde au 12/03/2026 : 8 312,45 EUR. " +
			"Tel. 05 61 00 00 41. Votre conseiller."}
		for b.Loop() {
			index.mentions(&s)
		}
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "texts/s")
	})
}
