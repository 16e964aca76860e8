package letter_test

import (
	"os"
	"strings"
	"testing"

	"dument/app/letter"
)

func wordingData(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile("../../assets/letter/fr.json")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func wording(t testing.TB) *letter.Wording {
	t.Helper()
	parsed, err := letter.ParseWording(wordingData(t))
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func compose(t testing.TB, request letter.Request) letter.Letter {
	t.Helper()
	composed, err := letter.Compose(wording(t), request)
	if err != nil {
		t.Fatal(err)
	}
	return composed
}

// words is everything that a letter says, with ordinary spaces.
func words(l letter.Letter) string {
	all := []string{l.Object.Head, l.Object.Title, l.Object.Detail, l.Salutation, l.Closing.String(),
		l.Signature,
		l.Reference, l.Tracking, l.Place, l.Running, l.Sender.FullName(), l.Sender.Trade}
	all = append(all, l.Registered...)
	all = append(all, l.Address...)
	all = append(all, l.Sender.Contact...)
	all = append(all, l.Footer...)
	for _, text := range append(l.Opening, append(l.Statement.Notes, l.Enclosures.Lines...)...) {
		all = append(all, text.String())
	}
	for _, table := range l.Statement.Tables {
		all = append(all, table.Title)
		for _, column := range table.Columns {
			all = append(all, column.Head)
		}
		for _, group := range table.Groups {
			for _, row := range group.Rows {
				all = append(all, row.Cells...)
			}
		}
	}
	for _, total := range l.Statement.Totals {
		all = append(all, total.Label, total.Figure)
	}
	for _, section := range l.Sections {
		all = append(append(all, section.Head), section.Contact...)
		for _, paragraph := range section.Paragraphs {
			all = append(all, paragraph.String())
		}
		if section.Panel != nil {
			for _, row := range section.Panel.Rows {
				all = append(all, row.Label, row.Value)
			}
		}
	}
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(strings.Join(all, "\n"))
}
