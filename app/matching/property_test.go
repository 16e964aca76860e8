package matching

import (
	"fmt"
	"math/bits"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"dument/app/date"
	"dument/app/money"
)

// drawLedger makes a small ledger with few distinct amounts and numbers, so that ties, settled
// invoices, credit notes and several years meet often.
func drawLedger(t *rapid.T) []Open {
	size := rapid.IntRange(0, 24).Draw(t, "size")
	var list []Open
	seen := map[string]bool{}
	for i := range size {
		prefix := rapid.SampledFrom([]string{"F", "F", "F", "A", "FA-", ""}).Draw(t, "prefix")
		year := rapid.IntRange(2025, 2026).Draw(t, "year")
		number := fmt.Sprintf("%s%d-%04d", prefix, year, rapid.IntRange(1, 12).Draw(t, "sequence"))
		if seen[number] {
			continue
		}
		seen[number] = true
		amount := money.Cents(rapid.IntRange(1, 8).Draw(t, "amount")) * 10_00
		one := invoice(InvoiceID(i+1), number, ClientID(rapid.IntRange(1, 3).Draw(t, "client")), amount, amount,
			fmt.Sprintf("%d-0%d-01", year, rapid.IntRange(1, 4).Draw(t, "month")))
		one.CreditNote = prefix == "A"
		switch rapid.IntRange(0, 5).Draw(t, "state") {
		case 0:
			one.Open = 0
		case 1:
			one.Open = amount / 2
		case 2:
			one.TotalDue = amount + 43_21
		case 3:
			one.Currency = rapid.SampledFrom([]money.Currency{money.EUR, "CHF"}).Draw(t, "currency")
		}
		list = append(list, one)
	}
	return list
}

func drawSaid(t *rapid.T, list []Open) Said {
	s := credit(money.Cents(rapid.IntRange(-2, 30).Draw(t, "said")) * 5_00)
	if rapid.IntRange(0, 3).Draw(t, "due") == 0 {
		s.Amount += 43_21
	}
	names := []string{"F2026-0005", "F2O26-0003", "A2026-0004", "2026-7", "facture 3", "0004", "merci", "12 rue"}
	for _, one := range list {
		names = append(names, one.Number, strings.ReplaceAll(one.Number, "-", " "))
	}
	s.References = rapid.SliceOfN(rapid.SampledFrom(names), 0, 4).Draw(t, "references")
	s.Text = strings.Join(rapid.SliceOfN(rapid.SampledFrom(names), 0, 2).Draw(t, "text"), " ")
	if rapid.Bool().Draw(t, "exact") && len(list) > 0 {
		// Half of the time the amount is what the first reference's invoice lacks.
		chosen := rapid.SampledFrom(list).Draw(t, "chosen")
		s.References, s.Text = []string{chosen.Number}, ""
		s.Amount = max(chosen.Open, chosen.TotalDue)
	}
	names = []string{"", "Boulangerie Morel", "Diallo", "Aminata Diallo", "X"}
	s.Payer = rapid.SampledFrom(names).Draw(t, "payer")
	s.Evidence = rapid.SampledFrom([]string{EvidenceNotified, EvidenceNotified, EvidenceConfirmed,
		EvidenceAnnounced, EvidenceRejected, ""}).Draw(t, "evidence")
	s.Kind = rapid.SampledFrom([]string{"", KindCredit, KindCredit, KindFailure, KindRefund}).Draw(t, "kind")
	s.NoAuto = rapid.IntRange(0, 5).Draw(t, "doubt") == 0
	if rapid.IntRange(0, 5).Draw(t, "early") == 0 {
		s.Date = date.Must("2026-01-15")
	}
	return s
}

// Whatever is said: lines add up and stay within what is open; automatic only with the evidence, an
// exact sum, one client, all invoices printed in full; and the order of the ledger changes nothing.
func TestPropertiesOfProposals(t *testing.T) {
	automatic := 0
	rapid.Check(t, func(t *rapid.T) {
		list := drawLedger(t)
		s := drawSaid(t, list)
		got := NewIndex(list, examplePayers()).Propose(s)
		checkSums(t, list, s, got)
		if got.Decision == Auto {
			automatic++
			checkAutomatic(t, list, s, got)
		}
		shuffled := rapid.Permutation(list).Draw(t, "shuffled")
		payers := rapid.Permutation(examplePayers()).Draw(t, "payers")
		if again := NewIndex(shuffled, payers).Propose(s); !reflect.DeepEqual(got, again) {
			t.Fatalf("order of the ledger changes the answer:\n%+v\n%+v", got, again)
		}
	})
	if automatic == 0 && !t.Failed() && !testing.Short() { // the short run draws too few
		t.Error("no automatic booking was ever drawn: the property proves nothing")
	}
}

// checkAutomatic states the rule for automatic booking anew, without the package's own weighing.
func checkAutomatic(t *rapid.T, list []Open, s Said, p Proposal) {
	if s.NoAuto || s.Evidence != EvidenceNotified && s.Evidence != EvidenceConfirmed || s.Amount <= 0 ||
		s.Kind == KindFailure || s.Kind == KindRefund || p.Best == nil || p.Best.Rest != 0 {
		t.Fatalf("automatic against the rules: %+v", p)
	}
	said := strings.Join(append(slices.Clone(s.References), s.Text), " ")
	var open, due money.Cents
	for _, line := range p.Best.Lines {
		at := slices.IndexFunc(list, func(o Open) bool { return o.ID == line.Invoice })
		one := list[at]
		open, due = open+one.Open, due+max(one.Open, one.TotalDue)
		parts := strings.FieldsFunc(one.Number, func(r rune) bool { return r == '-' })
		sequence := strings.TrimLeft(parts[len(parts)-1], "0")
		if one.CreditNote || one.Open <= 0 || one.Currency != s.Currency || s.Date.Before(one.Issued) ||
			one.Client != p.Best.Client || !strings.Contains(said, sequence) {
			t.Fatalf("automatic on %+v for %+v", one, s)
		}
	}
	if s.Amount != open && s.Amount != due {
		t.Fatalf("automatic, but neither %v nor %v is %v", open, due, s.Amount)
	}
	for _, one := range list {
		booked := slices.ContainsFunc(p.Best.Lines, func(l Line) bool { return l.Invoice == one.ID })
		if !booked && slices.Contains(s.References, one.Number) {
			t.Fatalf("automatic although %s is named too", one.Number)
		}
	}
}

// The bounded search agrees with trying every subset.
func TestSumsAgreeWithTryingAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amounts := rapid.SliceOfN(rapid.Map(rapid.IntRange(1, 30), func(i int) money.Cents {
			return money.Cents(i)
		}), 0, 10).Draw(t, "amounts")
		slices.SortFunc(amounts, func(a, b money.Cents) int { return int(b - a) })
		target := money.Cents(rapid.IntRange(-1, 90).Draw(t, "target"))
		want := 0
		for set := uint(1); set < 1<<len(amounts); set++ {
			var total money.Cents
			for i, amount := range amounts {
				if set>>i&1 == 1 {
					total += amount
				}
			}
			if total == target && bits.OnesCount(set) <= maxSumMembers {
				want++
			}
		}
		found, proven := sums(amounts, target, maxSumMembers)
		if proven && len(found) != want || !proven && len(found) != maxSums || want < len(found) {
			t.Fatalf("%v to %v: found %d, proven %v, want %d", amounts, target, len(found), proven, want)
		}
		for _, positions := range found {
			var total money.Cents
			for _, i := range positions {
				total += amounts[i]
			}
			if total != target || len(positions) > maxSumMembers {
				t.Fatalf("%v is no sum of %v", positions, amounts)
			}
		}
	})
}

// The limit is far above what a slow machine needs, and far below what quadratic work would take.
func TestHostileTextsAreBounded(t *testing.T) {
	const limit = 10 * time.Second
	whole := invoice(90, "F-2026-03-007", morel, 1, 1, "2026-03-01")
	index := NewIndex(append(exampleInvoices(), whole), nil)
	for _, pattern := range []string{"A1", "A-", "1-", "RF", "RF18 ", "RF1", "F2O26-", "€", "F 2026 ", "O0-",
		"1/", "1,", "\u0301", "№", "facture ", "F2026-0041 ", "\xff", "IIIIIIII111 ", "Ⅷ", "0"} {
		s := withText(credit(1248_00), strings.Repeat(pattern, (1<<20)/len(pattern)))
		s.Payer = strings.Repeat(pattern, 999)
		start := time.Now()
		index.Propose(s)
		if spent := time.Since(start); spent > limit {
			t.Errorf("%q repeated: %v", pattern, spent)
		}
	}
}
