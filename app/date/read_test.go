package date

import (
	"errors"
	"testing"

	"pgregory.net/rapid"
)

func TestReadDates(t *testing.T) {
	tests := map[string][]string{
		"2026-11-21": {
			"21/11/2026", "21-11-2026", "21.11.2026", "21 11 2026", "21 / 11 / 2026", "21-11-26", "21/11/26",
			"2026-11-21", "2026/11/21", "20261121", "20261121T103000", "2026-11-21T10:30:00Z",
			"2026-11-21T10:30:00.123+01:00", "2026-11-21 10:30", "21/11/2026 10:30:59", "21/11/2026 à 10h30",
			"21/11/2026, 10:30", "21 novembre 2026", "21 NOVEMBRE 2026", "21\u00a0novembre\u202f2026",
			"21 nov. 2026", "21-Nov-2026", "21NOV2026", "Nov 21, 2026", "November 21st, 2026", "21st November 2026",
			"le 21 novembre 2026", "samedi 21 novembre 2026", "le samedi 21 novembre 2026", "Samedi 21/11/2026",
			"Sat, 21 Nov 2026 10:11:12 +0100", "Sat, 21 Nov 2026 10:11:12 GMT", "Saturday 21 November 2026",
			" 21/11/2026\n", "21. November 2026", "21 noviembre 2026",
		},
		"2026-08-01": {"1er août 2026", "1 aout 2026", "1ᵉʳ août 2026", "1er ao\u0075\u0302t 2026", "01/08/2026",
			"1/8/2026", "1.8.26", "1st August 2026", "Aug 1 2026", "1 agosto 2026"},
		"2026-12-08": {"mardi 8 décembre 2026", "mar. 8 déc. 2026", "8 DÉCEMBRE 2026", "8 de\u0301cembre 2026",
			"08/12/2026", "Tue 8 Dec 2026", "8. Dezember 2026"},
		"2026-03-03": {"mars 3 2026", "Mar 3, 2026", "3 mars 2026", "3 März 2026", "mar 3 mars 2026", "3 mrz 2026"},
		"2024-02-29": {"29/02/2024", "29 févr. 2024", "29 fev 2024", "Feb 29, 2024"},
		"2026-06-02": {"2 juin 2026", "2 jun 2026", "2 June 2026"},
		"2026-07-02": {"2 juil. 2026", "2 juillet 2026", "2 Jul 2026"},
		"2026-09-02": {"2 sept. 2026", "2 sep 2026", "2 settembre 2026"},
	}
	for want, texts := range tests {
		for _, text := range texts {
			if got, err := Read(text); err != nil || got != Must(want) {
				t.Errorf("%q is read as %s, %v; want %s", text, got, err, want)
			}
		}
	}
}

func TestReadRefuses(t *testing.T) {
	for _, text := range []string{
		"", " ", "12/13/2026", "31/11/2026", "29/02/2026", "00/01/2026", "2026-13-01", "20261301", "2026",
		"11/2026", "novembre 2026", "Rendez-vous 12", "12 rue des Lilas 31000", "06 12 13 14 15", "06.12.13.14.15",
		"06 12 13", "10.10.10.10", "192.168.10.12", "21/11-2026", "21/11 2026", "21/11/226", "021/11/2026",
		"21/011/2026", "21/11/1899", "0026-11-21", "21 maison 2026", "21 marie 2026", "21 septieme 2026",
		"21 jui 2026", "21 ma 2026",
		"2026-11-21-05", "21/11/2026/4", "21/11/2026 Facture 12", "21/11/2026 12", "21/11/2026 25:00",
		"samedi 21", "chose 21 novembre 2026", "21 novembre", "1 234,56", "FA-2026-118", "45000", "1.234.567",
		"20261121103000123", "99999999999999999999/11/2026", "mardi 8 décembre", "\xff\xfe", "٢١/١١/٢٠٢٦",
	} {
		if got, err := Read(text); !errors.Is(err, ErrSyntax) || !got.IsZero() {
			t.Errorf("%q is read as %s, %v", text, got, err)
		}
	}
}

func TestWrittenDatesReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := Must("1900-01-01").AddDays(rapid.IntRange(0, 200_000).Draw(t, "days"))
		for _, text := range []string{day.String(), day.Short(), day.Long("fr"), day.Long("en"),
			day.LongWithWeekday("fr"), day.LongWithWeekday("en")} {
			if got, err := Read(text); err != nil || got != day {
				t.Fatalf("%q is read as %s, %v", text, got, err)
			}
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"2026-11-21", "0001-01-01", "9999-12-31", "2026-02-30", "----------"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if got, err := Parse(text); err == nil && got.String() != text {
			t.Fatalf("%q is parsed as %s", text, got)
		} else if err != nil && (!got.IsZero() || !errors.Is(err, ErrSyntax)) {
			t.Fatalf("%q: %s, %v", text, got, err)
		}
	})
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{"21/11/2026", "2026-11-21T10:30:00Z", "le mardi 8 décembre 2026",
		"Nov 21, 2026",
		"20261121",
		"1er août 26", "06 12 13 14 15", "mar 3", "t", "21/11/2026 a"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := Read(text)
		if err != nil {
			if !got.IsZero() || !errors.Is(err, ErrSyntax) {
				t.Fatalf("%q: %s, %v", text, got, err)
			}
			return
		}
		if got.Year() < firstReadYear || got.IsZero() {
			t.Fatalf("%q is read as %s", text, got)
		}
		if again, err := Read(got.Short()); err != nil || again != got {
			t.Fatalf("%q is read as %s, then %s, %v", text, got, again, err)
		}
	})
}
