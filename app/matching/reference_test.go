package matching

import (
	"slices"
	"strings"
	"testing"
)

// named writes what a text names: "F2026-0041" when exact, "F2026-0041?" when not, "a|b?" when
// several, "!" for a complete number that the ledger does not have.
func named(index *Index, text string, whole bool) string {
	s := Said{Text: text}
	if whole {
		s = Said{References: []string{text}}
	}
	mentions, _ := index.mentions(&s)
	var parts []string
	for _, m := range mentions {
		var numbers []string
		for _, i := range m.candidates {
			numbers = append(numbers, index.invoices[i].Number)
		}
		part := strings.Join(numbers, "|")
		switch {
		case part == "" && m.strength == strengthExact:
			part = "!"
		case part == "":
			continue
		case m.strength != strengthExact:
			part += "?"
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, " ")
}

func TestWaysToWriteANumber(t *testing.T) {
	index := exampleIndex()
	for text, want := range map[string]string{
		"F2026-0041": "F2026-0041", "f2026-0041": "F2026-0041", "F20260041": "F2026-0041",
		"F 2026 0041": "F2026-0041", "F-2026-0041": "F2026-0041", "F2026/0041": "F2026-0041",
		"F2026.0041": "F2026-0041", "F2026_0041": "F2026-0041", "F2026 0041": "F2026-0041",
		"F2026-41": "F2026-0041", "F2026–0041": "F2026-0041", "F2026‑0041": "F2026-0041",
		"F2026\u00a00041": "F2026-0041", "F2026-\n0041": "F2026-0041",
		"Ｆ２０２６−００４１":       "F2026-0041",
		"F2026\u200b-0041": "F2026-0041", "(F2026-0041)": "F2026-0041", "«F2026-0041»": "F2026-0041",
		"F2026-0041.": "F2026-0041", "F2026-0041.pdf": "F2026-0041", "REF:F2026-0041": "F2026-0041",
		"/MOTIF F2026-0041/REF NOTPROVIDED": "F2026-0041", "N°F2026-0041": "F2026-0041",
		"2026-41": "F2026-0041", "2026-0041": "F2026-0041", "2026/0041": "F2026-0041", "2026/41": "F2026-0041",
		"facture 2026/0041": "F2026-0041", "facture 41/2026": "F2026-0041", "41/2026": "F2026-0041?", "12/2026": "",
		"FACT2026-0041": "F2026-0041", "FAC 2026 0041": "F2026-0041", "Invoice 2026-0041": "F2026-0041",
		"fact n° 0042": "F2026-0042", "FACTURE NO 42": "F2026-0042", "Rechnung Nr. 42": "F2026-0042",
		"facture #42": "F2026-0042", "facture 41": "F2025-0041|F2026-0041", "N° 42": "F2026-0042?",
		"F42": "F2026-0042", "F0042": "F2026-0042", "F0041": "F2025-0041|F2026-0041",
		"factures F2026-0041 et 0042": "F2026-0041 F2026-0042",
		"factures 42, 50 et 51":       "F2026-0042 F2026-0050 F2026-0051",
		"A2026-0041":                  "A2026-0041", "avoir 2026-0041": "A2026-0041", "avoir n° 41": "A2026-0041",
		"F2O26-0041": "F2026-0041?", "F2026-OO41": "F2026-0041?", "FZ026-0041": "",
		"F2026-0999": "!", "facture 999": "!", "F2026-00411": "!",
		"F2026-0041-7": "", "F2026-0041B": "", "XF2026-0041": "", "7F2026-0041": "",
		"12-2026-0041": "", "B2026-0041": "", "D2026-0041": "", "D-2026-0041": "",
		"FR7630006000011234567890041": "",
		"41":                          "", "0041": "F2025-0041|F2026-0041?", "12/03/2026": "", "2026-03-12": "",
		"12.03.2026": "",
		"1 250,00 €": "", "0042,00": "", "F2026-0041 1 248,00 EUR": "F2026-0041", "42 €": "", "€42": "",
		"facture du 3 mars": "", "06 12 34 00 42": "", "2041": "",
	} {
		if got := named(index, text, false); got != want {
			t.Errorf("%q names %q, want %q", text, got, want)
		}
	}
}

func TestWholeReferences(t *testing.T) {
	index := exampleIndex()
	for text, want := range map[string]string{
		"F2026-0041": "F2026-0041",
		"42":         "F2026-0042?", "0042": "F2026-0042?", "NOTPROVIDED": "",
		// The check digits of ISO 11649 were computed by hand: 98 − (body + RF00 as figures) mod 97.
		rf("F20260041"): "F2026-0041", rf("20260042"): "F2026-0042", rf("42"): "F2026-0042",
		"RF00F20260041": "",
	} {
		if got := named(index, text, true); got != want {
			t.Errorf("%q names %q, want %q", text, got, want)
		}
	}
	grouped := rf("F20260041")
	grouped = grouped[:4] + " " + grouped[4:8] + " " + grouped[8:12] + " " + grouped[12:]
	if got := named(index, grouped+" MERCI", false); got != "F2026-0041" {
		t.Errorf("%q names %q", grouped, got)
	}
}

// rf makes a creditor reference by trying the check digits against the published rule.
func rf(body string) string {
	var figures []byte
	for _, b := range []byte(body + "RF00") {
		if isDigit(b) {
			figures = append(figures, b)
		} else {
			figures = append(figures, '0'+(b-'A'+10)/10, '0'+(b-'A'+10)%10)
		}
	}
	remainder := 0
	for _, b := range figures {
		remainder = (remainder*10 + int(b-'0')) % 97
	}
	check := 98 - remainder
	return "RF" + string([]byte{'0' + byte(check/10), '0' + byte(check%10)}) + body
}

// The example of ISO 11649 that banks publish.
func TestPublishedCreditorReference(t *testing.T) {
	if !validCreditorReference("RF18539007547034") {
		t.Error("RF18 5390 0754 7034 is valid")
	}
	if validCreditorReference("RF18539007547043") || validCreditorReference("RF18") {
		t.Error("a wrong or empty reference passes")
	}
}

func TestNumberingSchemes(t *testing.T) {
	list := []Open{
		invoice(1, "2026-031", morel, 10_00, 10_00, "2026-02-01"),
		invoice(2, "FA-26-0012", morel, 10_00, 10_00, "2026-02-01"),
		invoice(3, "INV0001", morel, 10_00, 10_00, "2026-02-01"),
		invoice(4, "INV1", garage, 10_00, 10_00, "2026-02-01"),
		invoice(5, "F-2026-03-007", morel, 10_00, 10_00, "2026-03-01"),
		invoice(6, "2026/B/15", morel, 10_00, 10_00, "2026-03-01"),
		invoice(7, "202600077", morel, 10_00, 10_00, "2026-03-01"),
		invoice(8, "104233", morel, 10_00, 10_00, "2026-03-01"),
		invoice(9, "088/2026", morel, 10_00, 10_00, "2026-03-01"),
		invoice(10, "MOREL-5", morel, 10_00, 10_00, "2026-03-01"),
		invoice(11, "F2026-0300A", morel, 10_00, 10_00, "2026-03-01"),
		invoice(12, "INV200012", morel, 10_00, 10_00, "2026-03-01"),
	}
	index := NewIndex(list, nil)
	for text, want := range map[string]string{
		"2026-031": "2026-031", "2026 031": "", "facture 2026 031": "2026-031", "facture 31": "2026-031",
		"FA-26-0012": "FA-26-0012", "FA260012": "FA-26-0012", "FA26012": "!",
		"FA 26 0012": "FA-26-0012", "FA2026-12": "FA-26-0012",
		"INV0001": "INV0001", "INV1": "INV1", "INV01": "INV0001|INV1", "INV-0001": "INV0001",
		"F-2026-03-007": "F-2026-03-007", "F202603007": "F-2026-03-007", "F 2026 03 007": "F-2026-03-007",
		"2026/B/15": "2026/B/15", "2026B15": "2026/B/15", "202600077": "202600077",
		"2026-00077": "202600077",
		"104233":     "104233", "10423": "", "1104233": "", "facture 104233": "104233", "088/2026": "088/2026",
		"facture 088/2026": "088/2026", "MOREL-5": "MOREL-5", "MOREL 5": "MOREL-5?", "MOREL-51": "",
		"F2026-0300A": "F2026-0300A", "F2026-0300": "!", "INV200012": "INV200012", "facture 12": "FA-26-0012",
	} {
		if got := named(index, text, false); got != want {
			t.Errorf("%q names %q, want %q", text, got, want)
		}
	}
}

func TestManyReferencesAreBounded(t *testing.T) {
	index := exampleIndex()
	text := strings.Repeat("F2026-0999, F2026-0888, facture 7, ", 9000)
	s := withText(credit(1248_00, "F2026-0041"), text)
	if got := index.Propose(s); got.Decision != Suggest || !hasReason(got.Reasons, TooManyReferences) {
		t.Errorf("a text beyond the bound must not be booked: %v", show(got))
	}
	mentions, _ := index.mentions(&s)
	if len(mentions) > maxMentions+1 {
		t.Errorf("%d mentions", len(mentions))
	}
}

func TestSlips(t *testing.T) {
	for _, c := range []struct {
		printed, number string
		want            bool
	}{
		{"F20260014", "F20260041", true}, {"F20260141", "F20260041", true}, {"F2026041", "F20260041", true},
		{"F202600441", "F20260041", true}, {"20260042", "F20260041", true}, {"F20260041", "F20260041", false},
		{"A20260041", "F20260041", false}, {"20260041", "F20260041", false}, {"F20261041", "F20260041", true},
		{"F20261142", "F20260041", false}, {"F202641", "F20260041", false}, {"12", "41", false},
	} {
		if got := isOneSlipAway(c.printed, c.number); got != c.want {
			t.Errorf("%s for %s: %v", c.printed, c.number, got)
		}
	}
}

func FuzzMentions(f *testing.F) {
	for _, seed := range []string{"F2026-0041", "facture n° 41, 42 et 43", "RF18 5390 0754 7034", "F2O26-OO41",
		"2026-03-12", "1 250,00 €", "\xff\xfe№ 41",
		"Ｆ２０２６", "/MOTIF F2026-0041/0042", "€", "RF", "26-0012"} {
		f.Add(seed)
	}
	index := exampleIndex()
	f.Fuzz(func(t *testing.T, text string) {
		for _, whole := range []bool{true, false} {
			s := Said{Text: text}
			if whole {
				s = Said{References: []string{text}}
			}
			mentions, _ := index.mentions(&s)
			for _, m := range mentions {
				digits := 0
				for _, r := range m.printed {
					if '0' <= r && r <= '9' {
						digits++
					}
				}
				if digits == 0 || len(m.candidates) > maxCandidates {
					t.Fatalf("mention %+v in %q", m, text)
				}
				for _, i := range m.candidates {
					if m.strength == strengthExact && !sharesSequence(index, i, m.printed) {
						t.Fatalf("%q is taken for %s in %q", m.printed, index.invoices[i].Number, text)
					}
				}
			}
			again, _ := index.mentions(&s)
			if !slices.EqualFunc(mentions, again, func(a, b mention) bool {
				return a.printed == b.printed && a.strength == b.strength && slices.Equal(a.candidates, b.candidates)
			}) {
				t.Fatalf("two readings of %q differ", text)
			}
		}
	})
}

// sharesSequence is the independent check of the fuzz target: the last digits printed are the
// running number, whatever stands before, or its year is written last.
func sharesSequence(index *Index, i int32, printed string) bool {
	number := index.invoices[i].Number
	sequence := strings.TrimLeft(number[len(number)-4:], "0")
	compact := compactOf(printed)
	return strings.HasSuffix(compact, sequence) || strings.HasSuffix(compact, number[1:5]) &&
		strings.Contains(compact, sequence)
}
