package pdf_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"dument/app/letter"
	"dument/app/letter/sample"
	"dument/app/money"
	"dument/pdf"
)

func regimes() map[string]letter.Request {
	return map[string]letter.Request{"business": sample.Business(), "consumer": sample.Consumer(),
		"public": sample.Public()}
}

// all is the three letters and the long ones.
func all() map[string]letter.Request {
	requests := regimes()
	for _, count := range []int{1, 3, 6, 7, 8, 9, 40} {
		requests[fmt.Sprintf("long %d", count)] = sample.Long(count)
	}
	many := sample.Consumer()
	for i := range 11 {
		item := many.Items[0]
		item.Number = fmt.Sprintf("2026-1%02d", i)
		many.Items = append(many.Items, item)
	}
	requests["consumer with 12"] = many
	return requests
}

// Nothing but the address stands where the window may uncover it, the address stands inside its place,
// and nothing leaves the margins.
func TestGeometry(t *testing.T) {
	fonts := loadFonts(t)
	for name, request := range all() {
		checkGeometry(t, fonts, name, layOut(t, request), len(compose(t, request).Address))
	}
}

func checkGeometry(t *testing.T, fonts *pdf.Fonts, name string, pages []pdf.Page, addressLines int) {
	t.Helper()
	inWindow := 0
	for i, page := range pages {
		for _, op := range page.Ops {
			x0, y0, x1, y1 := pdf.Box(fonts, op)
			if i == 0 && x1 > 100 && x0 < 200 && y1 > 45 && y0 < 90 {
				inWindow++
				// The address's place is x 110 and up, y 55 to 79: its letters' boxes are a little
				// taller than their 4 mm lines.
				if op.Kind != pdf.TextOp || x0 < 110 || x1 > 190 || op.Y < 55+3 || op.Y > 79-0.7 {
					t.Errorf("%s: in the window: %q at %.1f %.1f %.1f %.1f", name, op.Text, x0, y0, x1, y1)
				}
			}
			fold := op.Kind == pdf.LineOp && x0 < 6
			if !fold && (x0 < 21.9 || x1 > 190.1 || y0 < 14.5 || y1 > 290.5) {
				t.Errorf("%s page %d: leaves the margins: %q at %.1f %.1f %.1f %.1f", name, i+1, op.Text, x0, y0,
					x1, y1)
			}
			if y0 < 280.5 && y1 > 280.5 {
				t.Errorf("%s page %d: %q runs into the footer at %.1f", name, i+1, op.Text, y1)
			}
		}
	}
	if inWindow != addressLines {
		t.Errorf("%s: %d texts in the window, the address has %d lines", name, inWindow, addressLines)
	}
}

// No text covers another.
func TestTextsDoNotTouch(t *testing.T) {
	fonts := loadFonts(t)
	for name, request := range all() {
		for number, page := range layOut(t, request) {
			checkApart(t, fonts, fmt.Sprintf("%s page %d", name, number+1), page)
		}
	}
}

func checkApart(t *testing.T, fonts *pdf.Fonts, name string, page pdf.Page) {
	t.Helper()
	for i, a := range page.Ops {
		if a.Kind != pdf.TextOp {
			continue
		}
		ax0, _, ax1, _ := pdf.Box(fonts, a)
		for _, b := range page.Ops[i+1:] {
			if b.Kind != pdf.TextOp || math.Abs(a.Y-b.Y) > 1 {
				continue
			}
			if bx0, _, bx1, _ := pdf.Box(fonts, b); ax1 > bx0+0.01 && bx1 > ax0+0.01 {
				t.Errorf("%s: %q covers %q at y %.1f", name, a.Text, b.Text, a.Y)
			}
		}
	}
}

func TestEveryGlyphExists(t *testing.T) {
	fonts := loadFonts(t)
	for name, request := range all() {
		for _, page := range layOut(t, request) {
			for _, op := range page.Ops {
				for _, r := range op.Text {
					if !fonts.Has(op.Face, r) {
						t.Errorf("%s: %U of %q is not in %s", name, r, op.Text, op.Face)
					}
				}
			}
		}
	}
}

func TestPagesOfLongLetters(t *testing.T) {
	for count, want := range map[int]int{1: 2, 3: 2, 6: 3, 8: 3, 9: 3, 40: 5} {
		if got := len(layOut(t, sample.Long(count))); got != want {
			t.Errorf("%d invoices: %d pages, want %d", count, got, want)
		}
	}
}

// On every page of a long letter: the brought forward sum is the one carried from the page before, and
// the printed rows of a table, with what was brought forward, add up to what is carried or to the sum.
func TestCarriedSums(t *testing.T) {
	for _, count := range []int{6, 9, 40, 120} {
		l := compose(t, sample.Long(count))
		pages := layOut(t, sample.Long(count))
		carries := 0
		running := money.Cents(0)
		for _, line := range tableLines(pages) {
			last := line[len(line)-1]
			value, err := money.Read(last)
			if err != nil {
				running = 0 // column heads: a new table, or the same one continued
				continue
			}
			switch line[0] {
			case l.Labels.CarriedForward, l.Labels.Sum:
				if running != value.Cents {
					t.Errorf("%d invoices: %v, the rows add up to %s", count, line, running)
				}
				carries++
			case l.Labels.BroughtForward:
				running = value.Cents
			default:
				running += value.Cents
			}
		}
		// Two sums of columns, and a carry at each page that the detail leaves within a table.
		if least := map[int]int{6: 1, 9: 2, 40: 3, 120: 5}[count]; carries < least {
			t.Errorf("%d invoices: only %d sums carried", count, carries)
		}
	}
}

// tableLines are the lines of the tables' cells, left to right, top to bottom, with the heads.
func tableLines(pages []pdf.Page) [][]string {
	var lines [][]string
	for _, page := range pages {
		y := -1.0
		for _, op := range page.Ops {
			cell := op.Kind == pdf.TextOp && (op.Size == 8.8 || op.Size == 7.4) && op.Tracking == 0 &&
				!(op.X > 111 && op.X < 113) && op.Y < 280
			if !cell || strings.HasSuffix(op.Text, "€") {
				continue
			}
			if math.Abs(op.Y-y) > 0.5 {
				lines, y = append(lines, nil), op.Y
			}
			lines[len(lines)-1] = append(lines[len(lines)-1], op.Text)
		}
	}
	return lines
}

// The signature never stands on a page without two lines of text above it.
func TestSignatureHasCompany(t *testing.T) {
	for count := 1; count <= 30; count++ {
		request := sample.Long(count)
		for i, page := range layOut(t, request) {
			body := map[float64]bool{}
			signed := false
			for _, op := range page.Ops {
				if op.Kind == pdf.TextOp && op.Text == request.Creditor.Name && op.X == 110 {
					signed = true
				} else if op.Kind == pdf.TextOp && op.Face == pdf.Serif && op.Size == 11 && op.X >= 64 && op.Y > 30 {
					body[op.Y] = true
				}
			}
			if signed && len(body) < 2 {
				t.Errorf("%d invoices: page %d has the signature and %d lines", count, i+1, len(body))
			}
		}
	}
}

// A list of enclosures of ordinary length stands on the signature's page; a long one is parted, and
// nothing of it is lost.
func TestEnclosuresFollowTheSignature(t *testing.T) {
	for _, count := range []int{1, 2, 4, 12, 40} {
		for invoices := 1; invoices <= 12; invoices++ {
			request := sample.Long(invoices)
			request.Enclosures = nil
			for i := range count {
				request.Enclosures = append(request.Enclosures, fmt.Sprintf("Document numéro %d", i))
			}
			signature, listed := -1, map[int]int{}
			for number, page := range layOut(t, request) {
				for _, op := range page.Ops {
					if op.Text == request.Creditor.Name && op.X == 110 {
						signature = number
					}
					if strings.HasPrefix(op.Text, "Document numéro") {
						listed[number]++
					}
				}
			}
			total := 0
			for _, lines := range listed {
				total += lines
			}
			if total != count || count <= 12 && listed[signature] != count {
				t.Errorf("%d invoices, %d enclosures: signature on page %d, enclosures %v", invoices, count,
					signature+1, listed)
			}
		}
	}
}

// An invoice number, a subject and sums beyond what anybody writes still stay in their columns.
func TestWideCells(t *testing.T) {
	request := sample.Business()
	request.Items[0].Number = "FA-2026-ATELIER-000000000123456789-BIS-2"
	request.Items[0].Subject = strings.Repeat("Restauration complète du comptoir ", 8)
	claim := &request.Items[1].Claim
	claim.Amount += 9_000_000_000_00
	claim.Principal += 9_000_000_000_00
	claim.Total += 9_000_000_000_00
	fonts, pages := loadFonts(t), layOut(t, request)
	checkGeometry(t, fonts, "wide", pages, 6)
	for i, page := range pages {
		checkApart(t, fonts, fmt.Sprintf("wide page %d", i+1), page)
	}
}

func TestTooWideIsRefused(t *testing.T) {
	cases := map[string]func(*letter.Request){
		"creditor.name":        func(r *letter.Request) { r.Creditor.Name = strings.Repeat("W", 60) },
		"debtor.name":          func(r *letter.Request) { r.Debtor.Name = strings.Repeat("W", 38) },
		"debtor.address[3]":    func(r *letter.Request) { r.Debtor.AddressLines[3] = strings.Repeat("W", 38) },
		"creditor.city":        func(r *letter.Request) { r.Creditor.City = strings.Repeat("W", 40) },
		"creditor.address":     func(r *letter.Request) { r.Creditor.AddressLines = wideAddress() },
		"creditor.activity":    func(r *letter.Request) { r.Creditor.Activity = strings.Repeat("W", 70) },
		"creditor.vat_mention": func(r *letter.Request) { r.Creditor.VATMention = strings.Repeat("W", 80) },
		"debtor.account":       func(r *letter.Request) { r.Debtor.AccountRef = strings.Repeat("W", 40) },
		"tracking":             func(r *letter.Request) { r.TrackingNumber = strings.Repeat("W", 40) },
	}
	for field, change := range cases {
		request := sample.Business()
		change(&request)
		_, err := pdf.Layout(compose(t, request), loadFonts(t))
		refusal, ok := letter.AsRefusal(err)
		if !ok || refusal.Code != letter.TooWide || refusal.Field != field {
			t.Errorf("%s: got %v", field, err)
		}
	}
}

func wideAddress() []string {
	return []string{strings.Repeat("W", 75), strings.Repeat("M", 75), strings.Repeat("W", 75)}
}
