// Package ledger holds the things that the ledger keeps (clients, invoices, credit notes, payments,
// allocations, letters, messages, journal entries) and the rules that make them valid.
//
// A receivable lives as facts: the invoice, the credit notes that correct it, the payments and their
// allocations. Facts are never edited; a correction is a new fact (a credit note, a reversal). What is
// owed, late or paid is always derived from the facts and a date, never stored.
package ledger
