// Package law computes what French law lets a creditor claim for a late invoice: interest by
// half-year, fixed indemnity, imputation of part payments, limitation.
//
// Its data (rates by half-year) come from assets/law through ParseRates; a half-year without a rate
// is a *MissingRateError that names it, never a guess. Nothing here reads a clock, a file or a
// database.
//
// Interest is base × rate × days / 365, exact. Between two payments it is rounded once, half up; the
// printed lines of that span get their cents by largest remainder, so that every statement adds up.
package law
