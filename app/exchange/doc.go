// Package exchange reads files that come from other programs and writes files for them.
//
// Reading never guesses silently. A file is read twice in memory: the first pass decides what is
// common to it (encoding, separator, header, decimal mark of each amount column, order of day and
// month), the second reads its rows. Every data row ends in exactly one place: an invoice, a
// rejection with its reason, a duplicate of an earlier row, or an ignored line. Nothing is written
// to the ledger here.
//
// Writing guards text that a spreadsheet would run as a formula, and the reader undoes that guard.
package exchange
