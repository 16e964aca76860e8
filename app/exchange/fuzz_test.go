package exchange

import (
	"errors"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"dument/app/money"
)

func addSeeds(f *testing.F) {
	sample, err := os.ReadFile("testdata/dso-mini.csv")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(sample)
	f.Add([]byte("\ufeffNuméro;Client;Montant TTC;Date;Échéance;Payé;Payé le\r\n" +
		"F1;\"A\"\"B\nC\";1 234,56 €;21/11/2026;;oui;\r\n"))
	f.Add([]byte(utf16("N°\tNom\tTTC\tDate\nF1\tZoé\t(1.234,5)\t2026-11-21\n", true)))
	for _, given := range rowExamples {
		if header := given.header; len(given.rows) < 1000 {
			if header == "" {
				header = exampleHeader
			}
			f.Add([]byte(header + given.rows))
		}
	}
	for _, text := range fileExamples {
		f.Add([]byte(text))
	}
}

// Whatever the bytes: no panic, every row in one place, in order, and no invoice that breaks a promise.
func FuzzReadInvoices(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		table, err := ReadInvoices(strings.NewReader(string(data)))
		if err != nil {
			var fault *FileError
			if !errors.As(err, &fault) || fileWording[fault.Code].french == "" {
				t.Fatalf("not a known file error: %v", err)
			}
			return
		}
		checkCount(t, table)
		seen := map[string]bool{}
		line := table.HeaderLine
		for _, invoice := range table.Invoices {
			paid := invoice.AlreadyPaid
			switch {
			case invoice.Number == "" || invoice.ClientName == "" || invoice.Issued.IsZero(),
				invoice.Amount == 0 || !invoice.Amount.Valid() || len(invoice.Currency) != 3,
				paid.Abs() > invoice.Amount.Abs() || paid != 0 && (paid < 0) != (invoice.Amount < 0),
				!invoice.PaidOn.IsZero() && paid == 0,
				!utf8.ValidString(invoice.Number + invoice.ClientName + invoice.ClientEmail),
				len(invoice.Siren) != 0 && len(invoice.Siren) != 9,
				len(invoice.Siret) != 0 && len(invoice.Siret) != 14,
				seen[invoice.Number], invoice.Line <= line:
				t.Fatalf("after line %d: %+v", line, invoice)
			}
			seen[invoice.Number], line = true, invoice.Line
		}
		for _, list := range [][]Finding{table.Rejected, table.Duplicates, table.Ignored, table.Warnings} {
			for i, finding := range list {
				if rowWording[finding.Code].french == "" || !utf8.ValidString(finding.Value) ||
					i > 0 && finding.Line < list[i-1].Line {
					t.Fatalf("finding %+v", finding)
				}
			}
		}
	})
}

// Detect agrees with ReadInvoices on files that it sees whole.
func FuzzDetect(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		kind, err := Detect("file", data)
		if (kind == "") == (err == nil) {
			t.Fatalf("kind %q with error %v", kind, err)
		}
		_, readErr := ReadInvoices(strings.NewReader(string(data)))
		if len(data) < DetectLength && (err == nil) != (readErr == nil) {
			t.Fatalf("Detect says %v, ReadInvoices %v", err, readErr)
		}
	})
}

// A figure with a proven mark is the amount that the money package reads.
func FuzzFigure(f *testing.F) {
	for _, seed := range []string{"1 234,56 €", "1.234,56", "(12,00)", "12,00-", "€12", "1'234.5", "0,5"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		figure, ok := cutFigure(text)
		if !ok {
			return
		}
		mark, ambiguous := figure.decimalMark()
		amount, code := figure.cents(mark)
		if code != "" || ambiguous {
			return
		}
		if !amount.Valid() {
			t.Fatalf("%q: %v", text, amount)
		}
		if other, err := money.Read(text); err == nil && !other.Ambiguous && other.Cents != amount {
			t.Fatalf("%q: %v here, %v there", text, amount, other.Cents)
		}
	})
}
