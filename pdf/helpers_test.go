package pdf_test

import (
	"os"
	"sync"
	"testing"

	"dument/app/letter"
	"dument/pdf"
)

var (
	fontsOnce = sync.OnceValues(pdf.LoadFonts)
	wordOnce  = sync.OnceValues(func() (*letter.Wording, error) {
		data, err := os.ReadFile("../assets/letter/fr.json")
		if err != nil {
			return nil, err
		}
		return letter.ParseWording(data)
	})
)

func loadFonts(t testing.TB) *pdf.Fonts {
	t.Helper()
	fonts, err := fontsOnce()
	if err != nil {
		t.Fatal(err)
	}
	return fonts
}

func readWording(t testing.TB) *letter.Wording {
	t.Helper()
	wording, err := wordOnce()
	if err != nil {
		t.Fatal(err)
	}
	return wording
}

func compose(t testing.TB, request letter.Request) letter.Letter {
	t.Helper()
	composed, err := letter.Compose(readWording(t), request)
	if err != nil {
		t.Fatal(err)
	}
	return composed
}

func layOut(t testing.TB, request letter.Request) []pdf.Page {
	t.Helper()
	pages, err := pdf.Layout(compose(t, request), loadFonts(t))
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

func render(t testing.TB, request letter.Request) []byte {
	t.Helper()
	file, err := pdf.Render(layOut(t, request), pdf.MetaOf(compose(t, request)), loadFonts(t))
	if err != nil {
		t.Fatal(err)
	}
	return file
}
