package date

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestCalendarAgreesWithTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		offset := rapid.IntRange(0, lastDay-1).Draw(t, "days since 0001-01-01")
		moment := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, offset)
		made, err := New(moment.Date())
		if err != nil {
			t.Fatal(err)
		}
		first := Must("0001-01-01")
		if made.String() != moment.Format(time.DateOnly) || made.Weekday() != moment.Weekday() ||
			first.AddDays(offset) != made || made.Sub(first) != offset || made.Time() != moment ||
			Of(moment) != made {
			t.Fatalf("%s is not %s", made, moment)
		}
		if back, err := Parse(made.String()); err != nil || back != made {
			t.Fatalf("%s is parsed as %s, %v", made, back, err)
		}
	})
}

func TestImpossibleDays(t *testing.T) {
	for _, text := range []string{"2026-11-31", "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-01",
		"2026-01-00",
		"0000-01-01", "", "2026-1-01", "2026/01/01", "20260101", "2026-01-01 ", "+026-01-01", "2026-0a-01",
		"٢٠-01-01"} {
		if got, err := Parse(text); !errors.Is(err, ErrSyntax) || !got.IsZero() {
			t.Errorf("%q is parsed as %s, %v", text, got, err)
		}
	}
	for _, text := range []string{"2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"} {
		if got, err := Parse(text); err != nil || got.String() != text {
			t.Errorf("%q is parsed as %s, %v", text, got, err)
		}
	}
	if _, err := New(10_000, time.January, 1); !errors.Is(err, ErrSyntax) {
		t.Errorf("year 10000: %v", err)
	}
}

func TestMonthsAndYears(t *testing.T) {
	tests := []struct {
		from   string
		months int
		want   string
	}{
		{"2026-01-31", 1, "2026-02-28"},
		{"2024-01-31", 1, "2024-02-29"},
		{"2026-08-31", 6, "2027-02-28"}, // CPC 641, an order's service
		{"2026-09-01", 3, "2026-12-01"},
		{"2026-12-31", 1, "2027-01-31"},
		{"2026-03-31", -1, "2026-02-28"},
		{"2026-01-15", -1, "2025-12-15"},
		{"2026-03-31", 60, "2031-03-31"},
		{"2024-02-29", 12, "2025-02-28"},
		{"2026-05-30", 0, "2026-05-30"},
		{"0001-01-31", -1, ""},
		{"0001-01-31", -1000, ""},
		{"9999-12-31", 1, ""},
		{"", 5, ""},
	}
	for _, test := range tests {
		var from Date
		if test.from != "" {
			from = Must(test.from)
		}
		if got := from.AddMonths(test.months); got.String() != test.want {
			t.Errorf("%s + %d months is %s, want %s", test.from, test.months, got, test.want)
		}
	}
	if got := Must("2024-02-29").AddYears(5); got != Must("2029-02-28") {
		t.Errorf("29 February + 5 years is %s", got)
	}
	for text, want := range map[string]string{"2026-02-01": "2026-02-28", "2024-02-29": "2024-02-29",
		"2026-12-31": "2026-12-31", "2026-04-02": "2026-04-30"} {
		if got := Must(text).EndOfMonth(); got != Must(want) {
			t.Errorf("end of the month of %s is %s", text, got)
		}
	}
	if !(Date{}).EndOfMonth().IsZero() {
		t.Error("no date has a month")
	}
}

func TestDaysStayInTheCalendar(t *testing.T) {
	if got := Must("9999-12-31").AddDays(1); !got.IsZero() {
		t.Errorf("the day after the last is %q", got)
	}
	if got := Must("0001-01-01").AddDays(-2); !got.IsZero() {
		t.Errorf("two days before the first is %q", got)
	}
	if got := (Date{}).AddDays(3); !got.IsZero() {
		t.Errorf("no date + 3 days is %q", got)
	}
	if got := Must("2026-12-31").AddDays(1); got != Must("2027-01-01") {
		t.Errorf("New Year is %s", got)
	}
}

func TestOrder(t *testing.T) {
	none, early, late := Date{}, Must("2026-03-01"), Must("2026-03-02")
	if !none.Before(early) || !early.Before(late) || late.Before(early) || early.After(late) ||
		!late.After(early) ||
		early.Compare(late) != -1 || late.Compare(early) != 1 || early.Compare(early) != 0 || late.Sub(early) != 1 {
		t.Error("days are out of order")
	}
	year, month, day := none.YMD()
	if year != 0 || month != 0 || day != 0 || none.String() != "" || none.Year() != 0 {
		t.Error("no date has figures")
	}
}

func TestOfReadsTheClockFace(t *testing.T) {
	zone := time.FixedZone("UTC+9", 9*3600)
	if got := Of(time.Date(2026, 11, 22, 3, 0, 0, 0, zone)); got != Must("2026-11-22") {
		t.Errorf("3 in the morning in the east is %s", got)
	}
	if got := Of(time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC)); !got.IsZero() {
		t.Errorf("year 10000 is %s", got)
	}
}

func TestSemesters(t *testing.T) {
	for text, want := range map[string]string{"2026-06-30": "2026-S1", "2026-07-01": "2026-S2",
		"2026-12-31": "2026-S2", "2027-01-01": "2027-S1"} {
		if got := Must(text).Semester().String(); got != want {
			t.Errorf("%s is in %s, want %s", text, got, want)
		}
	}
	first, err := ParseSemester("2026-S1")
	if err != nil {
		t.Fatal(err)
	}
	second := first.Next()
	if first.First() != Must("2026-01-01") || first.Last() != Must("2026-06-30") ||
		second.String() != "2026-S2" ||
		second.First() != Must("2026-07-01") || second.Last() != Must("2026-12-31") ||
		second.Next().String() != "2027-S1" || first.Compare(second) != -1 || second.Compare(first) != 1 ||
		first.Compare(first) != 0 || second.Compare(second.Next()) != -1 {
		t.Error("half-years are out of order")
	}
	if last := (Semester{Year: 9999, Half: 2}).Last(); last != Must("9999-12-31") {
		t.Errorf("the last half-year ends on %s", last)
	}
	for _, text := range []string{"", "2026-S3", "2026-S0", "2026S1", "26-S1", "2026-s1", "0000-S1",
		"2026-S1 "} {
		if got, err := ParseSemester(text); !errors.Is(err, ErrSyntax) {
			t.Errorf("%q is parsed as %s, %v", text, got, err)
		}
	}
}

func TestWrite(t *testing.T) {
	tests := []struct{ text, short, french, english, frenchDay, englishDay string }{
		{"2026-12-08", "08/12/2026", "8\u00a0décembre 2026", "8\u00a0December 2026", "mardi 8\u00a0décembre 2026",
			"Tuesday 8\u00a0December 2026"},
		{"2026-01-01", "01/01/2026", "1er\u00a0janvier 2026", "1\u00a0January 2026", "jeudi 1er\u00a0janvier 2026",
			"Thursday 1\u00a0January 2026"},
		{"2026-08-31", "31/08/2026", "31\u00a0août 2026", "31\u00a0August 2026", "lundi 31\u00a0août 2026",
			"Monday 31\u00a0August 2026"},
	}
	for _, test := range tests {
		d := Must(test.text)
		got := [5]string{d.Short(), d.Long("fr"), d.Long("en"), d.LongWithWeekday("fr"), d.LongWithWeekday("en")}
		want := [5]string{test.short, test.french, test.english, test.frenchDay, test.englishDay}
		if got != want {
			t.Errorf("%s is written %q", test.text, got)
		}
	}
	none := Date{}
	if none.Short()+none.Long("fr")+none.LongWithWeekday("en") != "" {
		t.Error("no date is written")
	}
	if got := Must("2026-12-08").LongWithWeekday("de"); got != "Tuesday 8\u00a0December 2026" {
		t.Errorf("an unknown language gives %q", got)
	}
}

func TestJSON(t *testing.T) {
	type row struct{ From, To Date }
	text, err := json.Marshal(row{From: Must("2026-11-21")})
	if err != nil || string(text) != `{"From":"2026-11-21","To":""}` {
		t.Fatalf("%s, %v", text, err)
	}
	back := row{To: Must("2020-01-01")}
	if err := json.Unmarshal(text, &back); err != nil || back != (row{From: Must("2026-11-21")}) {
		t.Errorf("%+v, %v", back, err)
	}
	if err := json.Unmarshal([]byte(`{"From":"21/11/2026"}`), &back); !errors.Is(err, ErrSyntax) {
		t.Errorf("a human date in JSON: %v", err)
	}
}

func TestMustPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("Must took 31 November")
		}
	}()
	Must("2026-11-31")
}
