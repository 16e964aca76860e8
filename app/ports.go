package app

import (
	"context"
	"time"

	"dument/app/date"
	"dument/app/law"
	"dument/app/ledger"
	"dument/app/letter"
	"dument/app/money"
)

// Store is the ledger file. Every method returns errors classified by Code, and what its callback
// returned as it is. A View sees one consistent state; an Update is one transaction: all of it is on
// disk when Update returns nil, and nothing of it otherwise. A View holds back the commits of others
// and may make them fail as CodeLedgerLocked when it lasts: it reads and returns. An error of a commit
// by the disk leaves open whether the transaction is there; the ledger must then be opened again.
type Store interface {
	View(ctx context.Context, read func(Reader) error) error
	Update(ctx context.Context, write func(Writer) error) error
	// Version changes whenever anybody, also another process, has changed the ledger.
	Version(ctx context.Context) (int64, error)
	Verify(ctx context.Context) ([]Check, error)
	// Backup writes a verified copy to a file that must not exist.
	Backup(ctx context.Context, path string) (BackupInfo, error)
	Path() string
	Close() error
}

// Check is one line of a verification.
type Check struct {
	Name   string `json:"name"`
	OK     bool   `json:"ok"`
	Detail string `json:"detail"`
}

// BackupInfo describes a copy that was made and read back.
type BackupInfo struct {
	Path     string `json:"path"`
	SHA256   string `json:"sha256"`
	Size     int64  `json:"size"`
	Invoices int64  `json:"invoices"`
	Entries  int64  `json:"entries"`
	Head     string `json:"head"`
}

// InvoiceFilter chooses invoices. Zero values choose everything.
type InvoiceFilter struct {
	// On gives the balances of a day instead of now's; it chooses no invoice.
	On      date.Date
	Client  ledger.ClientID
	Numbers []string
	IDs     []ledger.InvoiceID
	Batch   ledger.BatchID
	Type    ledger.InvoiceType
	// OpenOnly leaves out what is settled in the books today.
	OpenOnly bool
	// OverdueOn keeps what was due before this day, when set.
	OverdueOn date.Date
}

// InvoiceRow is an invoice with its client's name and its book value, for lists.
type InvoiceRow struct {
	Invoice    ledger.Invoice
	ClientName string
	ClientKind law.Debtor
	Balance    ledger.Balance
	// Announced is the latest day on which somebody announced its payment.
	Announced date.Date
	// Noticed is the day of the latest formal notice that claims it; Deadline is that notice's.
	Noticed  date.Date
	Deadline date.Date
	LastPaid date.Date
}

// ClientRow is a client with its book value, for lists.
type ClientRow struct {
	Client   ledger.Client
	Invoices int
	Open     money.Cents
	Overdue  money.Cents
	Credit   money.Cents // payments not allocated, and free credit notes
}

// Reader reads the ledger inside a View or an Update.
type Reader interface {
	Settings() (ledger.Settings, error)
	Rates() ([]law.RateEntry, error) // entered by the user; the shipped ones are not in the ledger

	Client(id ledger.ClientID) (ledger.Client, error)
	ClientByName(name string) (ledger.Client, bool, error)
	Clients(on date.Date) ([]ClientRow, error)

	Invoices(filter InvoiceFilter, each func(InvoiceRow) error) error
	InvoiceByNumber(number string) (ledger.Invoice, bool, error)
	InvoiceNumbers() (map[string]InvoiceKey, error)
	Accounts(filter InvoiceFilter) ([]ledger.Account, error)
	CountInvoices() (int, error)

	Payment(id ledger.PaymentID) (ledger.Payment, error)
	PaymentByKey(key string) (ledger.Payment, bool, error)
	PaymentByTransaction(transactionID string) (ledger.Payment, bool, error)
	// PaymentUndone reports whether a payment like this one was reversed: the same transaction, or the
	// same amount on the same day.
	PaymentUndone(transactionID string, amount money.Cents, on date.Date) (bool, error)
	Payments(filter PaymentFilter) ([]ledger.Payment, error)
	Allocations(id ledger.PaymentID) ([]ledger.Allocation, error)

	Letter(id ledger.LetterID) (ledger.Letter, error)
	LetterByNumber(number string) (ledger.Letter, bool, error)
	LetterByFacts(facts string) (ledger.Letter, bool, error)
	Letters() ([]ledger.Letter, error)
	LetterEvents(id ledger.LetterID) ([]ledger.LetterEvent, error)
	NextLetterNumber(year int) (int, error)

	Document(sha256 string) (Document, error)
	Documents(of Attachment) ([]DocumentInfo, error)

	Message(id ledger.MessageID) (ledger.Message, error)
	MessageSeen(sha256 string) (bool, error)
	Messages(filter MessageFilter) ([]ledger.Message, error)
	Cursor(folder string) (ledger.Cursor, error)

	Batches() ([]Batch, error)
	Batch(id ledger.BatchID) (Batch, error)
	// BatchUses says what hangs on the invoices of a batch and forbids its undoing.
	BatchUses(id ledger.BatchID) ([]string, error)

	Aging(on date.Date) ([]AgingRow, error)
	// MeanDaysLate weighs the days late of the principal received in a span by its amount, rounded;
	// -1 when nothing was received.
	MeanDaysLate(from, to date.Date) (int, error)
	Journal(fromSeq int64, limit int) ([]ledger.Entry, error)
	Head() (ledger.Head, error)
}

// InvoiceKey is what an import needs to tell a duplicate from a contradiction.
type InvoiceKey struct {
	ID     ledger.InvoiceID
	Amount money.Cents
	Issued date.Date
	Due    date.Date
	Type   ledger.InvoiceType
	Client ledger.ClientID
	Paid   money.Cents // of the principal
}

// PaymentFilter chooses payments. Reversed payments and their reversals are left out unless
// WithReversed is set.
type PaymentFilter struct {
	Client       ledger.ClientID
	Batch        ledger.BatchID
	Message      ledger.MessageID
	From, To     date.Date
	WithReversed bool
}

// MessageFilter chooses messages.
type MessageFilter struct {
	Pending bool // only those that ask for a decision that was not taken
	Limit   int  // 0 for all
}

// Batch is a file that was imported.
type Batch struct {
	ID     ledger.BatchID
	File   string
	SHA256 string
	Kind   string
	Added  int
	On     date.Date
	Undone date.Date
}

// AgingRow is the outstanding of one client in one currency, in cents by days past the due date.
type AgingRow struct {
	Client   ledger.ClientID
	Name     string
	Currency money.Currency
	Invoices int
	Cents    [5]money.Cents // not due, 1-30, 31-60, 61-90, 91 and more
}

// Attachment names the thing that a document belongs to.
type Attachment struct {
	Kind string // invoice, letter, message, client
	ID   int64
}

// DocumentInfo describes a document without its bytes.
type DocumentInfo struct {
	SHA256    string
	MediaType string
	Name      string
	Size      int64
}

// Document is a document with its bytes.
type Document struct {
	DocumentInfo
	Bytes []byte
}

// Writer changes the ledger inside an Update. Every change of facts and clients stands inside a Record,
// which makes one journal entry; a change outside of one is a defect and panics. SaveCursor and
// TakeLease change no facts and may stand anywhere. An Update in which a Record failed does not commit.
type Writer interface {
	Reader
	// Record makes one journal entry of what write does. The returned body goes into the entry, as
	// JSON; it holds no personal data.
	Record(kind ledger.EntryKind, on date.Date, write func(seq int64) (body any, err error)) error

	SaveSettings(ledger.Settings) error
	SaveRate(law.RateEntry) error
	SaveClient(*ledger.Client) error // inserts when ID is 0
	AddInvoice(*ledger.Invoice) error
	AddPayment(*ledger.Payment) error
	AddAllocation(*ledger.Allocation) error
	AddLetter(*ledger.Letter) error
	AddLetterEvent(*ledger.LetterEvent) error
	AddDocument(doc Document, of Attachment) error
	AddContact(ledger.InvoiceID, ledger.Contact) error
	AddBatch(*Batch) error
	UndoBatch(id ledger.BatchID, on date.Date) error
	AddMessage(*ledger.Message) error
	SettleMessage(id ledger.MessageID, settlement ledger.Settlement) error
	// Remember notes that a message was seen, whatever it said.
	Remember(sha256 string, uid uint32, validity uint32) error
	SaveCursor(folder string, cursor ledger.Cursor) error
	// MergeClients gives everything of one client to another; the first keeps its name and points to
	// the second.
	MergeClients(from, to ledger.ClientID) error
	// TakeLease gives the name to the holder until the instant, unless somebody else has it.
	TakeLease(name, holder string, now, until time.Time) (bool, error)
}

// Printer turns what a letter says into pages.
type Printer interface {
	// PDF lays the letter out. The same letter gives the same bytes.
	PDF(content letter.Letter) (pdf []byte, pages int, err error)
	// Pictures draws the pages of a letter for the preview, as PNG. The marks lie over the first page.
	Pictures(content letter.Letter, dotsPerInch int, marks Marks) ([][]byte, error)
}

// Marks are what a preview may show and no print has: the window of the envelope, the folds.
type Marks struct{ Window, Folds bool }

// TableReader reads files of invoices.
type TableReader interface {
	// Invoices reads a table; the error is classified as CodeFormat or CodeFile.
	Invoices(name string, data []byte) (ImportTable, error)
}

// SettingsFormat reads and writes the settings file.
type SettingsFormat interface {
	Read(data []byte) (ledger.Settings, error)
	Write(settings ledger.Settings) ([]byte, error)
}

// Exporter writes the ledger in open formats.
type Exporter interface {
	Export(ctx context.Context, dir string, on date.Date, data ExportData) ([]string, error)
}

// Secrets keeps passwords outside the ledger.
type Secrets interface {
	Get(service, user string) (string, error)
	Set(service, user, secret string) error
}

// Clock gives the instant for journal entries and leases; civil dates never come from it.
type Clock func() time.Time
