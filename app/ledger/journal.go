package ledger

import (
	"time"

	"dument/app/date"
)

// EntryKind names the use case that wrote a journal entry.
type EntryKind string

// Kinds of journal entries.
const (
	EntryCreated       EntryKind = "ledger_created"
	EntrySettings      EntryKind = "settings_changed"
	EntryClient        EntryKind = "client_changed"
	EntryInvoice       EntryKind = "invoice_added"
	EntryCreditNote    EntryKind = "credit_note_added"
	EntryCancelled     EntryKind = "invoice_cancelled"
	EntryImport        EntryKind = "file_imported"
	EntryImportUndone  EntryKind = "import_undone"
	EntryPayment       EntryKind = "payment_recorded"
	EntryReversal      EntryKind = "payment_reversed"
	EntryLetter        EntryKind = "letter_made"
	EntryLetterEvent   EntryKind = "letter_followed"
	EntryMail          EntryKind = "mail_read"
	EntryMatch         EntryKind = "match_decided"
	EntryRate          EntryKind = "rate_set"
	EntryContact       EntryKind = "reminder_noted"
	EntryDocument      EntryKind = "document_attached"
	EntryErased        EntryKind = "client_erased"
	EntryMerged        EntryKind = "clients_merged"
	EntryMigration     EntryKind = "ledger_migrated"
	EntryDemonstration EntryKind = "example_made"
)

// Entry is one line of the journal. Hash covers everything else and the previous line's hash.
type Entry struct {
	Seq   int64
	At    time.Time // UTC, for people; order is Seq
	On    date.Date // the civil day that the use case was given
	Kind  EntryKind
	Body  []byte // JSON without personal data: identifiers, numbers, amounts
	Facts []byte // JSON: for each table, how many rows this entry wrote and their digest
	Prev  string
	Hash  string
}

// Head is the end of the journal, kept outside the ledger as well, so that a lost tail is seen.
type Head struct {
	Ledger string `json:"ledger"`
	Seq    int64  `json:"seq"`
	Hash   string `json:"hash"`
}
