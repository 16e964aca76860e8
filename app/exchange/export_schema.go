package exchange

import "fmt"

func (e *exporter) schema() error {
	return e.write("SCHEMA.md", fmt.Appendf(nil, schemaText, e.program, e.on))
}

// schemaText is what a reader of the export needs to know; the two values are the program's version and
// the day of the export.
const schemaText = `# Export of a Dûment ledger

Made by Dûment %s, as of %s. Text files are UTF-8. In CSV files the separator is a comma, the decimal mark a
dot, the end of a line LF; in JSON files amounts are strings with two decimals, dates are YYYY-MM-DD, and an
empty string stands for "none". A CSV text that a spreadsheet would take for a formula has an apostrophe in
front of it.

| file | holds |
|---|---|
| settings.toml, settings.json | the user's settings, without any secret |
| clients.csv, clients.json | clients, with what is open, overdue and credited on the day |
| invoices.csv | invoices and credit notes (negative), under headings that Dûment imports again |
| invoices.json | the same, complete |
| payments.csv, payments.json | payments that were not reversed; the JSON has their allocations |
| allocations.csv | which payment settled what: principal, interest or indemnity of which invoice |
| letters.csv, letters.json, letters/ | letters that were made, their events, their PDFs |
| proofs/ | proofs of letters' events, named by their SHA-256 |
| documents/ | documents of invoices: a folder for each invoice's number, files named by their SHA-256 |
| messages.csv, messages.json | what e-mails said about payments, and what was decided |
| journal.csv, journal.jsonl | the journal, an entry for each act |
| mini-dso.csv | the ten columns of the mini-DSO table |
| SHA256SUMS | digests of all the other files, for sha256sum -c |

## What is open on an invoice

open = amount - credited - principal_paid, never less than zero. credited is the sum of the credit notes whose
"corrects" is the invoice's number. principal_paid is the sum of the allocations to "principal".

## The chain of the journal

Entries are numbered from 1 without a hole. The hash of an entry is the SHA-256, in lower-case hexadecimal, of
these fields, each followed by one line feed: prev, seq, at, on (empty when there is none), kind, the number of
bytes of body, body, facts. prev is the hash of the entry before; for the first one it is the ledger's own
identifier. body and facts are taken byte for byte as journal.jsonl holds them. A changed, removed or inserted
entry breaks the chain at its place; a cut end is seen by comparing the last hash with one noted elsewhere: on
a letter, or in an earlier export.
`
