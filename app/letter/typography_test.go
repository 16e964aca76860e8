package letter

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"dument/app/date"
	"dument/app/law"
	"dument/app/money"
)

func TestTypeset(t *testing.T) {
	for from, want := range map[string]string{
		"l'an : oui ; non ! quoi ?":   "l’an\u202f: oui\u202f; non\u202f! quoi\u202f?",
		"« bonjour »":                 "«\u202fbonjour\u202f»",
		"articles L. 441-10, D. 441":  "articles\u00a0L.\u00a0441-10, D.\u00a0441",
		"article 1344 du code":        "article\u00a01344 du code",
		"n° 1187 du 2 mars 2026":      "n°\u00a01187 du 2\u00a0mars 2026",
		"40 € à 12 %":                 "40\u00a0€ à 12\u00a0%",
		"le 1er août 2026":            "le 1er\u00a0août 2026",
		"https://a.example/?b:c":      "https://a.example/?b:c",
		"art. 293 B du CGI":           "art.\u00a0293 B du CGI",
		"Remise des clés le 12 avril": "Remise des clés le 12\u00a0avril",
	} {
		if got := typeset(from); got != want {
			t.Errorf("%q: got %q, want %q", from, got, want)
		}
		if again := typeset(typeset(from)); again != want {
			t.Errorf("%q: twice gives %q", from, again)
		}
	}
}

func TestRaise(t *testing.T) {
	cases := map[string]int{"le 1er janvier et le 1er\u00a0juillet": 2, "1er": 1, "11er lot": 0, "Premier": 0,
		"1ère": 0, "x-1er": 0, "(1er)": 1, "": 0, "1er1er": 0}
	for text, want := range cases {
		raised, joined := 0, ""
		for _, span := range raise(nil, text, false) {
			joined += span.Text
			if span.Raised {
				raised++
				if span.Text != "er" {
					t.Errorf("%q: raised %q", text, span.Text)
				}
			}
		}
		if raised != want || joined != text {
			t.Errorf("%q: %d raised, text %q", text, raised, joined)
		}
	}
}

func TestPercent(t *testing.T) {
	for rate, want := range map[law.Rate]string{121_500: "12,15\u00a0%", 27_500: "2,75\u00a0%", 0: "0,00\u00a0%",
		100_000: "10,00\u00a0%", 82_512: "8,2512\u00a0%", 82_510: "8,251\u00a0%", -5_000: "−0,50\u00a0%"} {
		if got := percent(rate); got != want {
			t.Errorf("%d: got %q, want %q", rate, got, want)
		}
	}
}

func TestFigure(t *testing.T) {
	for amount, want := range map[money.Cents]string{0: "0,00", 5166_64: "5\u202f166,64", -568_43: "−568,43",
		-1_000_000_00: "−1\u202f000\u202f000,00", 7: "0,07"} {
		if got := figure(amount); got != want {
			t.Errorf("%d: got %q, want %q", amount, got, want)
		}
	}
}

func TestEnumerateDates(t *testing.T) {
	days := []date.Date{date.Must("2025-12-07"), date.Must("2026-01-01"), date.Must("2026-10-12")}
	want := "7\u00a0décembre 2025, 1er\u00a0janvier et 12\u00a0octobre 2026"
	if got := enumerateDates(days); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPostal(t *testing.T) {
	for from, want := range map[string]string{
		"12, quai de l’Échauguette": "12 QUAI DE L ECHAUGUETTE",
		"49130 Les Ponts-de-Cé":     "49130 LES PONTS DE CE",
		"3 rue du Bœuf-Écorché":     "3 RUE DU BOEUF ECORCHE",
		"B.P. 40210":                "BP 40210",
		"12/14 av. Łódź":            "12 14 AV LODZ",
		"ß":                         "SS",
		"...":                       "",
	} {
		if got := postal(from); got != want {
			t.Errorf("%q: got %q, want %q", from, got, want)
		}
	}
}

// Whatever is written in the last lines of an address, only capitals, digits and single spaces leave.
func TestPostalProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.StringOfN(rapid.SampledFrom(Repertoire()), 0, 40, -1).Draw(t, "line")
		for _, r := range postal(line) {
			if r != ' ' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') {
				t.Fatalf("%q keeps %q", line, r)
			}
		}
	})
}

func TestIBAN(t *testing.T) {
	for iban, want := range map[string]bool{"FR1420041010050500013M02606": true,
		"FR7630006000011234567890189": true,
		"FR7630006000011234567890188": false, "": false, "FR76": false, "fr7630006000011234567890189": false} {
		if validIBAN(iban) != want {
			t.Errorf("%s: want %v", iban, want)
		}
	}
	want := "FR76\u00a03000\u00a06000\u00a00112\u00a03456\u00a07890\u00a0189"
	if got := printedIBAN("FR7630006000011234567890189"); got != want {
		t.Errorf("printed %q", got)
	}
}

func TestRepertoireIsSortedAndSearchable(t *testing.T) {
	all := Repertoire()
	for i, r := range all {
		if i > 0 && r <= all[i-1] {
			t.Fatalf("%U follows %U", r, all[i-1])
		}
		if !Printable(r) {
			t.Errorf("%U is listed and not printable", r)
		}
	}
	for _, r := range []rune{'\n', 0x7f, 0xad, 0x2011, 0x202e, 0x200b, 0x2066, 0xfeff, 0xfffd, 0x1f4f7, -1} {
		if Printable(r) {
			t.Errorf("%U passes for printable", r)
		}
	}
}

func TestPaymentCodeLimits(t *testing.T) {
	const iban = "FR7630006000011234567890189"
	if _, refusal := paymentCode("Nom", iban, strings.Repeat("r", 300), 1); refusal == nil ||
		refusal.Code != PaymentCodeTooLong {
		t.Errorf("300 characters of reference: %v", refusal)
	}
	if _, refusal := paymentCode(strings.Repeat("Œ", 36), iban, "r", 1); refusal == nil || refusal.Code != TooLong {
		t.Errorf("72 characters of name once unaccented: %v", refusal)
	}
	for amount, want := range map[money.Cents]bool{0: false, -1: false, 1: true, paymentCodeMax: true,
		paymentCodeMax + 1: false} {
		if code, refusal := paymentCode("Nom", iban, "r", amount); (code != "") != want || refusal != nil {
			t.Errorf("%s: code %q, %v", amount, code, refusal)
		}
	}
}
