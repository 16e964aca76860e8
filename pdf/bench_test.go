package pdf_test

import (
	"fmt"
	"testing"

	"dument/app/letter"
	"dument/app/letter/sample"
	"dument/app/money"
	"dument/pdf"
)

// differing is the n-th of a batch of letters: other names, numbers, dates and sums.
func differing(n int) letter.Request {
	names := []string{"Éditions du Gué SAS", "Hôtel Kléber", "SARL Wojciechowski", "Garage Zoé & Fils", "Brûlerie X"}
	request := sample.Business()
	request.Number = fmt.Sprintf("2026-%03d", n%1000)
	request.Debtor.Name = names[n%len(names)]
	for i := range request.Items {
		extra := money.Cents(n * 7_31)
		claim := &request.Items[i].Claim
		claim.Amount, claim.Principal, claim.Total = claim.Amount+extra, claim.Principal+extra, claim.Total+extra
		request.Items[i].Number = fmt.Sprintf("F%05d", n*3+i)
	}
	return request
}

func BenchmarkLetter(b *testing.B) {
	wording, fonts := readWording(b), loadFonts(b)
	b.ReportAllocs()
	size, count := 0, 0
	for b.Loop() {
		request := differing(count)
		count++
		composed, err := letter.Compose(wording, request)
		if err != nil {
			b.Fatal(err)
		}
		pages, err := pdf.Layout(composed, fonts)
		if err != nil {
			b.Fatal(err)
		}
		file, err := pdf.Render(pages, pdf.MetaOf(composed), fonts)
		if err != nil {
			b.Fatal(err)
		}
		size = len(file)
	}
	b.ReportMetric(float64(size), "bytes")
}

func BenchmarkCompose(b *testing.B) {
	wording := readWording(b)
	request := sample.Business()
	for b.Loop() {
		if _, err := letter.Compose(wording, request); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLayout(b *testing.B) {
	wording, fonts := readWording(b), loadFonts(b)
	composed, err := letter.Compose(wording, sample.Business())
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := pdf.Layout(composed, fonts); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPicture(b *testing.B) {
	fonts := loadFonts(b)
	pages := layOut(b, sample.Business())
	for b.Loop() {
		if _, err := pdf.Picture(pages[0], fonts, 110); err != nil {
			b.Fatal(err)
		}
	}
}
