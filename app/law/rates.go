package law

import (
	"errors"
	"fmt"
	"slices"

	"dument/app/date"
)

// Origin says who brought a rate into the table.
type Origin string

// The two origins.
const (
	Shipped Origin = "shipped" // came with the program
	User    Origin = "user"    // entered by the user, who answers for it
)

// RateEntry is what is known of one half-year. A nil rate is unknown. Rates are yearly.
type RateEntry struct {
	Semester date.Semester
	// ECB is the main refinancing rate in force on the first day of the half-year.
	ECB *Rate
	// Professional is the legal rate of "all other cases" (CMF L313-2): the one of a trader's
	// claims, consumer debtors included, and the one that the floor of contract rates multiplies.
	Professional *Rate
	// Individual is the legal rate of creditors who act outside any trade; no claim uses it.
	Individual  *Rate
	ECBSource   string // where ECB was read
	LegalSource string // where Professional and Individual were read
	ECBOrigin   Origin // empty when ECB is unknown
	LegalOrigin Origin // empty when Professional is unknown
}

// Table names the two rate tables, for errors.
type Table string

// The two tables.
const (
	ECBTable   Table = "ecb"
	LegalTable Table = "legal"
)

// MissingRateError says that a claim needs a rate that nobody has recorded. It is never guessed from
// the half-year before.
type MissingRateError struct {
	Semester date.Semester
	Table    Table
}

// Error names the half-year and the table.
func (e *MissingRateError) Error() string {
	if e.Table == ECBTable {
		return "law: no ECB refinancing rate is known for " + e.Semester.String()
	}
	return "law: no legal interest rate is known for " + e.Semester.String()
}

// ErrRateEntry is wrapped by the errors of Rates.With.
var ErrRateEntry = errors.New("rate entry refused")

// maxTableRate bounds the reference rates that the table takes: 30 %.
const maxTableRate = 30 * onePercent

// firstTableYear and lastTableYear bound the half-years of the table.
const (
	firstTableYear = 1990
	lastTableYear  = 2100
)

// Rates is the table of reference rates by half-year. It never changes once made and may be shared
// between goroutines; With makes another one.
type Rates struct {
	// entries has one element for each half-year from 1990-S1 on, known or not.
	entries []RateEntry
}

// tableIndex is the place of a half-year in Rates.entries; it may lie outside.
func tableIndex(semester date.Semester) int {
	return (semester.Year-firstTableYear)*2 + semester.Half - 1
}

func inTable(semester date.Semester) bool {
	return firstTableYear <= semester.Year && semester.Year <= lastTableYear &&
		(semester.Half == 1 || semester.Half == 2)
}

// slot makes room for a half-year that inTable accepts, and returns its entry.
func (r *Rates) slot(semester date.Semester) *RateEntry {
	index := tableIndex(semester)
	for len(r.entries) <= index {
		n := len(r.entries)
		next := date.Semester{Year: firstTableYear + n/2, Half: n%2 + 1}
		r.entries = append(r.entries, RateEntry{Semester: next})
	}
	return &r.entries[index]
}

// find returns the entry of a half-year, nil when the table does not reach it.
func (r *Rates) find(semester date.Semester) *RateEntry {
	if r == nil || !inTable(semester) || tableIndex(semester) >= len(r.entries) {
		return nil
	}
	return &r.entries[tableIndex(semester)]
}

// With returns a table in which the rates that entry gives replace those of its half-year, with the
// origin User; rates that it leaves nil stay as they were. The error wraps ErrRateEntry: no rate at
// all, a rate outside 0 to 30 %, a half-year outside 1990 to 2100, an individual rate alone.
func (r *Rates) With(entry RateEntry) (*Rates, error) {
	if !inTable(entry.Semester) {
		return nil, fmt.Errorf("law: half-year %s: %w", entry.Semester, ErrRateEntry)
	}
	if entry.ECB == nil && entry.Professional == nil {
		return nil, fmt.Errorf("law: %s has no rate: %w", entry.Semester, ErrRateEntry)
	}
	for _, rate := range []*Rate{entry.ECB, entry.Professional, entry.Individual} {
		if rate != nil && (*rate < 0 || *rate > maxTableRate) {
			return nil, fmt.Errorf("law: %s: %s %% is outside 0 to 30 %%: %w", entry.Semester, *rate, ErrRateEntry)
		}
	}
	made := &Rates{}
	if r != nil {
		made.entries = slices.Clone(r.entries)
	}
	target := made.slot(entry.Semester)
	if entry.ECB != nil {
		target.ECB, target.ECBSource, target.ECBOrigin = copied(entry.ECB), entry.ECBSource, User
	}
	if entry.Professional != nil {
		target.Professional, target.LegalSource = copied(entry.Professional), entry.LegalSource
		target.LegalOrigin = User
	}
	if entry.Individual != nil {
		target.Individual = copied(entry.Individual)
	}
	return made, nil
}

// Semesters lists the half-years of which something is known, oldest first.
func (r *Rates) Semesters() []RateEntry {
	var known []RateEntry
	for i := range r.entries {
		if entry, ok := r.Lookup(r.entries[i].Semester); ok {
			known = append(known, entry)
		}
	}
	return known
}

// Lookup returns what is known of a half-year; ok is false when nothing is.
func (r *Rates) Lookup(semester date.Semester) (entry RateEntry, ok bool) {
	found := r.find(semester)
	if found == nil || found.ECB == nil && found.Professional == nil {
		return RateEntry{}, false
	}
	entry = *found
	// The caller gets rates of its own: the table is shared and must not change.
	entry.ECB, entry.Professional = copied(found.ECB), copied(found.Professional)
	entry.Individual = copied(found.Individual)
	return entry, true
}

// ecb is the refinancing rate on the first day of a half-year, or a *MissingRateError.
func (r *Rates) ecb(semester date.Semester) (Rate, error) {
	if entry := r.find(semester); entry != nil && entry.ECB != nil {
		return *entry.ECB, nil
	}
	return 0, &MissingRateError{Semester: semester, Table: ECBTable}
}

// legal is the legal rate of a trader's claims, or a *MissingRateError.
func (r *Rates) legal(semester date.Semester) (Rate, error) {
	if entry := r.find(semester); entry != nil && entry.Professional != nil {
		return *entry.Professional, nil
	}
	return 0, &MissingRateError{Semester: semester, Table: LegalTable}
}

// Floor is the lowest penalty rate that a contract between professionals may fix: three times the
// legal rate (C. com. L441-10 II). The error is a *MissingRateError.
func (r *Rates) Floor(semester date.Semester) (Rate, error) {
	legal, err := r.legal(semester)
	return 3 * legal, err
}

// CheckContractRate compares a contractual rate with the floor of a half-year. It returns nil when
// the rate is lawful, a warning "rate_below_floor" when it is not: nothing replaces the rate, the
// user decides. The error is a *MissingRateError.
func (r *Rates) CheckContractRate(rate Rate, semester date.Semester) (*Warning, error) {
	floor, err := r.Floor(semester)
	if err != nil || rate >= floor {
		return nil, err
	}
	return &Warning{Code: WarningBelowFloor, Semester: semester, Rate: rate, Limit: floor}, nil
}

// copied is a rate of one's own with the same value; nil stays nil.
func copied(rate *Rate) *Rate {
	if rate == nil {
		return nil
	}
	value := *rate
	return &value
}
