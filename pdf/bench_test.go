package pdf_test

import (
	"testing"

	"dument/app/letter"
	"dument/app/letter/sample"
	"dument/pdf"
)

func BenchmarkLetter(b *testing.B) {
	wording, fonts := readWording(b), loadFonts(b)
	request := sample.Business()
	b.ReportAllocs()
	size := 0
	for b.Loop() {
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
