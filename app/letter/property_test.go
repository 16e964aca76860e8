package letter_test

import (
	"testing"

	"pgregory.net/rapid"

	"dument/app/date"
	"dument/app/law"
	"dument/app/letter"
	"dument/app/letter/sample"
	"dument/app/money"
)

// anyClaim draws a claim whose parts add up, as the engine's do.
func anyClaim(t *rapid.T, regime law.Debtor, on date.Date) law.Claim {
	amount := money.Cents(rapid.Int64Range(1, 50_000_00).Draw(t, "amount"))
	claim := law.Claim{On: on, Debtor: regime, Amount: amount, Principal: amount}
	start := on.AddDays(-300)
	for range rapid.IntRange(0, 4).Draw(t, "periods") {
		interest := money.Cents(rapid.Int64Range(0, 900_00).Draw(t, "interest"))
		claim.Segments = append(claim.Segments, law.Segment{From: start, To: start.AddDays(29), Days: 30,
			Base: claim.Principal, Rate: 121_500, Interest: interest})
		claim.Interest, claim.Accrued = claim.Interest+interest, claim.Accrued+interest
		start = start.AddDays(30)
	}
	for range rapid.IntRange(0, 3).Draw(t, "payments") {
		toInterest := money.Cents(rapid.Int64Range(0, int64(claim.Interest)).Draw(t, "to interest"))
		toPrincipal := money.Cents(rapid.Int64Range(0, int64(claim.Principal)-1).Draw(t, "to principal"))
		claim.Imputed = append(claim.Imputed, law.Imputed{Date: start, Amount: toInterest + toPrincipal,
			Interest: toInterest, Principal: toPrincipal})
		claim.Interest, claim.Principal = claim.Interest-toInterest, claim.Principal-toPrincipal
		claim.Paid += toInterest + toPrincipal
		start = start.AddDays(1)
	}
	claim.Indemnity = law.FixedIndemnity
	claim.Total = claim.Principal + claim.Interest + claim.Indemnity
	return claim
}

// What is printed adds up as printed: each row, each column to the total below it, and the totals.
func TestPrintedColumnsAddUp(t *testing.T) {
	parsed := wording(t)
	rapid.Check(t, func(t *rapid.T) {
		r := sample.Business()
		if rapid.Bool().Draw(t, "public") {
			r = sample.Public()
		}
		first := r.Items[0]
		r.Items = nil
		for range rapid.IntRange(1, 12).Draw(t, "invoices") {
			item := first
			item.Claim = anyClaim(t, r.Debtor.Kind, r.On)
			r.Items = append(r.Items, item)
		}
		l, err := letter.Compose(parsed, r)
		if err != nil {
			t.Fatal(err)
		}
		totals := map[letter.Form]money.Cents{letter.PrincipalTable: l.Principal, letter.InterestTable: l.Interest}
		for _, table := range l.Statement.Tables {
			if sum := columnSum(t, table); sum != totals[table.Form] || table.Sum != sum {
				t.Fatalf("%s adds up to %s, total %s", table.Form, sum, totals[table.Form])
			}
		}
		sum := money.Cents(0)
		last := len(l.Statement.Totals) - 1
		for _, total := range l.Statement.Totals[:last] {
			sum += read(t, total.Figure)
		}
		if grand := read(t, l.Statement.Totals[last].Figure); grand != sum || grand != l.Total {
			t.Fatalf("totals add up to %s, grand total %s", sum, grand)
		}
	})
}

// columnSum adds the printed figures of the last column, and checks each row of a principal table.
func columnSum(t *rapid.T, table letter.Table) money.Cents {
	sum := money.Cents(0)
	for _, group := range table.Groups {
		for _, row := range group.Rows {
			value := read(t, row.Cells[len(row.Cells)-1])
			if value != row.Amount {
				t.Fatalf("row prints %s and counts %s", value, row.Amount)
			}
			sum += value
			if table.Form == letter.PrincipalTable && len(row.Cells) == 7 &&
				read(t, row.Cells[4])+read(t, row.Cells[5]) != value {
				t.Fatalf("row %v does not add up", row.Cells)
			}
		}
	}
	return sum
}

func read(t *rapid.T, printed string) money.Cents {
	if printed == "–" {
		return 0
	}
	reading, err := money.Read(printed)
	if err != nil {
		t.Fatalf("%q is no amount: %v", printed, err)
	}
	return reading.Cents
}
