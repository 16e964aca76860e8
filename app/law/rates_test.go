package law

import (
	"errors"
	"os"
	"strings"
	"testing"

	"dument/app/date"
)

func TestShippedTable(t *testing.T) {
	rates := shipped(t)
	entries := rates.Semesters()
	if first, last := entries[0], entries[len(entries)-1]; first.Semester.String() != "2007-S2" ||
		last.Semester.String() != "2026-S2" || len(entries) != 39 {
		t.Errorf("from %s to %s, %d half-years", first.Semester, last.Semester, len(entries))
	}
	entry, ok := rates.Lookup(semester(t, "2026-S2"))
	if !ok || *entry.ECB != 24_000 || *entry.Professional != 27_500 || *entry.Individual != 68_400 ||
		entry.ECBOrigin != Shipped || entry.LegalOrigin != Shipped || entry.ECBSource == "" ||
		entry.LegalSource == "" {
		t.Errorf("2026-S2: %+v, %v", entry, ok)
	}
	if _, ok := rates.Lookup(semester(t, "2027-S1")); ok {
		t.Error("2027-S1 must be missing, although the last change is known")
	}
	if floor, err := rates.Floor(semester(t, "2024-S1")); err != nil || floor != 152_100 {
		t.Errorf("floor %s, %v", floor, err)
	}
	*entry.ECB = 0
	if again, _ := rates.Lookup(semester(t, "2026-S2")); *again.ECB != 24_000 {
		t.Error("a caller can change the table")
	}
}

func TestUserEntries(t *testing.T) {
	rates, next := shipped(t), semester(t, "2027-S1")
	ecb, legal := percent(t, "2.65"), percent(t, "2.90")
	with, err := rates.With(RateEntry{Semester: next, ECB: &ecb, ECBSource: "ECB site, 4 January 2027"})
	if err != nil {
		t.Fatal(err)
	}
	debt := Debt{Debtor: Business, Amount: 1_000_00, Due: day("2026-12-31")}
	claim := claimOf(t, with, debt, "2027-01-05")
	if claim.Interest != 1_73 || claim.Segments[0].Rate != 126_500 {
		t.Errorf("12.65 %% over 5 days: %+v", claim) // 1.7329
	}
	if _, err := rates.Claim(debt, day("2027-01-05")); err == nil {
		t.Error("the first table changed")
	}
	ecb = 0
	entry, _ := with.Lookup(next)
	if *entry.ECB != 26_500 || entry.ECBOrigin != User || entry.Professional != nil || entry.LegalOrigin != "" {
		t.Errorf("entry %+v", entry)
	}
	both, err := with.With(RateEntry{Semester: next, Professional: &legal})
	if err != nil {
		t.Fatal(err)
	}
	if entry, _ = both.Lookup(next); *entry.ECB != 26_500 || *entry.Professional != 29_000 ||
		entry.ECBSource != "ECB site, 4 January 2027" || entry.LegalOrigin != User {
		t.Errorf("a second entry for the half-year: %+v", entry)
	}
	over, err := rates.With(RateEntry{Semester: semester(t, "2026-S2"), ECB: &legal})
	if err != nil {
		t.Fatal(err)
	}
	if entry, _ = over.Lookup(semester(t, "2026-S2")); *entry.ECB != 29_000 || *entry.Professional != 27_500 ||
		entry.ECBOrigin != User || entry.LegalOrigin != Shipped {
		t.Errorf("over a shipped rate: %+v", entry)
	}
}

func TestUserEntriesAreChecked(t *testing.T) {
	rates, half := shipped(t), semester(t, "2027-S1")
	fine, negative, high := Rate(0), Rate(-1), 30*onePercent+1
	for name, entry := range map[string]RateEntry{
		"no rate":         {Semester: half},
		"negative":        {Semester: half, ECB: &negative},
		"too high":        {Semester: half, Professional: &high},
		"individual high": {Semester: half, Professional: &fine, Individual: &high},
		"individual only": {Semester: half, Individual: &fine},
		"no half-year":    {ECB: &fine},
		"far away":        {Semester: date.Semester{Year: 3000, Half: 1}, ECB: &fine},
		"third half":      {Semester: date.Semester{Year: 2027, Half: 3}, ECB: &fine},
	} {
		if _, err := rates.With(entry); !errors.Is(err, ErrRateEntry) {
			t.Errorf("%s: %v", name, err)
		}
	}
	limit := 30 * onePercent
	if _, err := rates.With(RateEntry{Semester: half, ECB: &fine, Professional: &limit}); err != nil {
		t.Errorf("0 and 30 %%: %v", err)
	}
}

const (
	smallECB = "# read_on: 2016-06-30\ndate,rate,source\n" +
		"2015-03-01,0.05,a\n2015-07-01,1.00,b\n2016-01-02,2.00,c\n"
	smallLegal = "semester,professional,individual,source\n2015-S2,0.99,4.29,d\n"
)

func TestAnchors(t *testing.T) {
	rates, err := ParseRates([]byte(smallECB), []byte(smallLegal))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"2015-S1": "", "2015-S2": "1.00", "2016-S1": "1.00", "2016-S2": ""}
	for name, rate := range want {
		got := ""
		if entry, ok := rates.Lookup(semester(t, name)); ok {
			got = entry.ECB.String()
		}
		if got != rate {
			t.Errorf("%s is %q, want %q", name, got, rate)
		}
	}
	read := strings.Replace(smallECB, "2016-06-30", "2016-07-01", 1)
	if rates, err = ParseRates([]byte(read), []byte(smallLegal)); err != nil {
		t.Fatal(err)
	}
	if entry, ok := rates.Lookup(semester(t, "2016-S2")); !ok || *entry.ECB != 20_000 || entry.ECBSource != "c" {
		t.Errorf("read on 1 July, yet %+v", entry)
	}
}

func TestBadTablesAreRefused(t *testing.T) {
	for name, swap := range map[string][2]string{
		"no read_on":           {"# read_on: 2016-06-30\n", ""},
		"read_on no date":      {"2016-06-30", "June"},
		"read before a change": {"2016-06-30", "2015-06-30"},
		"read in 2999":         {"2016-06-30", "2999-06-30"},
		"wrong header":         {"date,rate", "day,rate"},
		"out of order":         {"2016-01-02", "2015-07-01"},
		"no date":              {"2015-07-01", "2015-07-32"},
		"too old":              {"2015-03-01", "1915-03-01"},
		"no rate":              {",1.00,", ",one,"},
		"rate too high":        {",1.00,", ",31.00,"},
		"cell missing":         {",1.00,b", ",1.00"},
		"not UTF-8":            {",b", ",\xff"},
		"half-year":            {"2015-S2", "2015-S3"},
		"half-year far away":   {"2015-S2", "3015-S2"},
		"legal rate":           {"0.99", "x"},
		"individual rate":      {"4.29", "99"},
		"legal header":         {"semester,", "half,"},
		"twice":                {"2015-S2,0.99,4.29,d\n", "2015-S2,0.99,4.29,d\n2015-S2,0.98,4.29,d\n"},
		"empty":                {"2015-S2,0.99,4.29,d\n", ""},
	} {
		ecb := strings.Replace(smallECB, swap[0], swap[1], 1)
		legal := strings.Replace(smallLegal, swap[0], swap[1], 1)
		if ecb == smallECB && legal == smallLegal {
			t.Fatalf("%s changes nothing", name)
		}
		if _, err := ParseRates([]byte(ecb), []byte(legal)); !errors.Is(err, ErrTable) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestRateText(t *testing.T) {
	tests := []struct {
		text           string
		rate           Rate
		string, fr, en string
	}{
		{"12.15", 121_500, "12.15", "12,15\u00a0%", "12.15%"},
		{"12,15", 121_500, "12.15", "12,15\u00a0%", "12.15%"},
		{"12", 120_000, "12.00", "12,00\u00a0%", "12.00%"},
		{"0.5", 5_000, "0.50", "0,50\u00a0%", "0.50%"},
		{"3.1234", 31_234, "3.1234", "3,1234\u00a0%", "3.1234%"},
		{"3.1230", 31_230, "3.123", "3,123\u00a0%", "3.123%"},
		{"0", 0, "0.00", "0,00\u00a0%", "0.00%"},
		{"100", 1_000_000, "100.00", "100,00\u00a0%", "100.00%"},
		{" 12,15\u00a0% ", 121_500, "12.15", "12,15\u00a0%", "12.15%"},
	}
	for _, test := range tests {
		rate, err := ParseRate(test.text)
		if err != nil || rate != test.rate || rate.String() != test.string || rate.Percent("fr") != test.fr ||
			rate.Percent("en") != test.en {
			t.Errorf("%q: %d, %v, %q, %q, %q", test.text, rate, err, rate, rate.Percent("fr"), rate.Percent("en"))
		}
	}
	for _, text := range []string{"", "%", ".", "12.", ".5", "12.12345", "-1", "+1", "1e2", "100.0001", "1000",
		"1 2", "1,2.3", "12.15.0", "٣", "12 %%", "NaN"} {
		if rate, err := ParseRate(text); !errors.Is(err, ErrRate) {
			t.Errorf("%q is read as %s, %v", text, rate, err)
		}
	}
	if got := Rate(-12_345).String(); got != "-1.2345" {
		t.Errorf("a negative rate is written %q", got)
	}
}

func FuzzParseRate(f *testing.F) {
	for _, seed := range []string{"12.15", "12,15 %", "0", "100", "3.1234", "-1", "."} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		rate, err := ParseRate(text)
		if err != nil {
			return
		}
		if rate < 0 || rate > maxContractRate {
			t.Fatalf("%q is read as %s", text, rate)
		}
		for _, written := range []string{rate.String(), rate.Percent("fr"), rate.Percent("en")} {
			if again, err := ParseRate(written); err != nil || again != rate {
				t.Fatalf("%q, written %q, is read as %s, %v", text, written, again, err)
			}
		}
	})
}

func FuzzParseRates(f *testing.F) {
	f.Add([]byte(smallECB), []byte(smallLegal))
	f.Add([]byte("# read_on: 2026-11-21\n"), []byte("semester,professional,individual,source\n\"\n"))
	if ecb, err := os.ReadFile("../../assets/law/ecb_refi.csv"); err == nil {
		f.Add(ecb, []byte(smallLegal))
	}
	f.Fuzz(func(t *testing.T, ecb, legal []byte) {
		rates, err := ParseRates(ecb, legal)
		if err != nil {
			if !errors.Is(err, ErrTable) {
				t.Fatalf("unclassed error %v", err)
			}
			return
		}
		for _, entry := range rates.Semesters() {
			for _, rate := range []*Rate{entry.ECB, entry.Professional, entry.Individual} {
				if rate != nil && (*rate < 0 || *rate > maxTableRate) {
					t.Fatalf("%s: rate %s", entry.Semester, rate)
				}
			}
		}
	})
}
