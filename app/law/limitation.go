package law

import (
	"slices"
	"time"

	"dument/app/date"
)

// limitation is the last day on which a court claim still interrupts limitation, as known on a day:
// five years from the due date for a professional (C. civ. 2224, C. com. L110-4), two for a consumer
// (C. conso L218-2), the end of the fourth year after the invoice's for a public body (law
// n° 68-1250 art. 1). An interruption that came in time starts the same period again (C. civ. 2231).
func (d *Debt) limitation(on date.Date) date.Date {
	start := d.Due
	if d.Debtor == Public && !d.Issued.IsZero() {
		start = d.Issued
	}
	last := d.limitationFrom(start)
	interruptions := d.Interruptions
	if !slices.IsSortedFunc(interruptions, date.Date.Compare) {
		interruptions = slices.Clone(interruptions)
		slices.SortFunc(interruptions, date.Date.Compare)
	}
	for _, day := range interruptions {
		if day.IsZero() || day.After(on) || day.After(last) {
			continue
		}
		if renewed := d.limitationFrom(day); renewed.After(last) {
			last = renewed
		}
	}
	return last
}

// limitationFrom is the last day of a full period that starts from a day. It is not carried over a
// week-end.
func (d *Debt) limitationFrom(start date.Date) date.Date {
	switch d.Debtor {
	case Consumer:
		return start.AddYears(2)
	case Public:
		last, err := date.New(start.Year()+4, time.December, 31)
		if err != nil {
			return date.Date{}
		}
		return last
	}
	return start.AddYears(5)
}
