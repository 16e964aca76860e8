package exchange

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"dument/app"
	"dument/app/date"
	"dument/app/ledger"
	"dument/app/money"
)

type exportedPart struct {
	Invoice string      `json:"invoice"`
	Amount  money.Cents `json:"amount"`
	To      ledger.Part `json:"to"`
}

// exportedPayment is a payment in payments.json.
type exportedPayment struct {
	ID            ledger.PaymentID `json:"id"`
	Date          date.Date        `json:"date"`
	Amount        money.Cents      `json:"amount"`
	Currency      money.Currency   `json:"currency"`
	Client        string           `json:"client"`
	Payer         string           `json:"payer"`
	Reference     string           `json:"reference"`
	TransactionID string           `json:"transaction_id"`
	Evidence      ledger.Evidence  `json:"evidence"`
	Source        ledger.Source    `json:"source"`
	Allocations   []exportedPart   `json:"allocations"`
}

func (e *exporter) payments() error {
	list := make([]exportedPayment, 0, len(e.data.Receipts))
	var rows, parts [][]Cell
	for _, receipt := range e.data.Receipts {
		p := receipt.Payment
		item := exportedPayment{p.ID, p.Date, p.Amount, p.Currency, receipt.Client, p.Payer, p.Reference,
			p.TransactionID, p.Evidence, p.Source, []exportedPart{}}
		for _, part := range receipt.Invoices {
			item.Allocations = append(item.Allocations, exportedPart{part.Invoice, part.Amount, part.Part})
			parts = append(parts, []Cell{Count(int(p.ID)), Day(p.Date), Text(part.Invoice), Amount(part.Amount),
				Text(string(part.Part))})
		}
		list = append(list, item)
		rows = append(rows, []Cell{Count(int(p.ID)), Day(p.Date), Amount(p.Amount), Text(string(p.Currency)),
			Text(receipt.Client), Text(p.Payer), Text(p.Reference), Text(string(p.Evidence)), Text(string(p.Source)),
			Text(receipt.InvoiceNumbers())})
	}
	err := e.csvFile("payments.csv", []string{"id", "date", "amount", "currency", "client", "payer", "reference",
		"evidence", "source", "invoices"}, rows)
	if err != nil {
		return err
	}
	if err := e.csvFile("allocations.csv", []string{"payment", "date", "invoice", "amount", "to"}, parts); err != nil {
		return err
	}
	return e.jsonFile("payments.json", list)
}

type exportedEvent struct {
	Event  ledger.LetterEventKind `json:"event"`
	Date   date.Date              `json:"date"`
	Number string                 `json:"number"`
	Reason string                 `json:"reason"`
	Proof  string                 `json:"proof"`
}

// exportedLetter is a letter in letters.json.
type exportedLetter struct {
	Number   string            `json:"number"`
	Kind     ledger.LetterKind `json:"kind"`
	Client   string            `json:"client"`
	On       date.Date         `json:"on"`
	Deadline date.Date         `json:"deadline"`
	Total    money.Cents       `json:"total"`
	Pages    int               `json:"pages"`
	SHA256   string            `json:"sha256"`
	File     string            `json:"file"`
	Invoices []string          `json:"invoices"`
	Events   []exportedEvent   `json:"events"`
	Content  json.RawMessage   `json:"content"`
}

func (e *exporter) letters() error {
	list := make([]exportedLetter, 0, len(e.data.Letters))
	var rows [][]Cell
	for _, row := range e.data.Letters {
		l := row.Letter
		item := exportedLetter{l.Number, l.Kind, row.Client.Name, l.On, l.Deadline, l.Total, l.Pages, l.SHA256,
			"letters/" + fileName(l.Number) + ".pdf", some(row.Numbers), []exportedEvent{}, l.Content}
		for _, event := range row.Events {
			item.Events = append(item.Events, exportedEvent{event.Kind, event.Date, event.Number, event.Reason,
				proofName(event.Proof)})
		}
		list = append(list, item)
		rows = append(rows, []Cell{Text(l.Number), Text(string(l.Kind)), Text(row.Client.Name), Day(l.On),
			Day(l.Deadline), Amount(l.Total), Count(l.Pages), Text(l.SHA256), Text(strings.Join(row.Numbers, " ")),
			Day(row.State.Posted), Day(row.State.Presented), Day(row.State.Delivered), Day(row.State.Returned)})
	}
	err := e.csvFile("letters.csv", []string{"number", "kind", "client", "on", "deadline", "total", "pages", "sha256",
		"invoices", "posted", "presented", "delivered", "returned"}, rows)
	if err != nil {
		return err
	}
	if err := e.jsonFile("letters.json", list); err != nil {
		return err
	}
	return e.documents()
}

// exportedMessage is a message in messages.json.
type exportedMessage struct {
	ID       ledger.MessageID `json:"id"`
	HeaderID string           `json:"message_id"`
	SHA256   string           `json:"sha256"`
	Date     date.Date        `json:"date"`
	Sender   string           `json:"sender"`
	Subject  string           `json:"subject"`
	Class    string           `json:"class"`
	Evidence ledger.Evidence  `json:"evidence"`
	Decision string           `json:"decision"`
	Settled  string           `json:"settled"`
	Payment  ledger.PaymentID `json:"payment"`
	Concerns []string         `json:"concerns"`
	Excerpt  string           `json:"excerpt"`
	Reading  json.RawMessage  `json:"reading"`
}

func (e *exporter) messages() error {
	list := make([]exportedMessage, 0, len(e.data.Messages))
	var rows [][]Cell
	for _, proposal := range e.data.Messages {
		m := proposal.Message
		reading := json.RawMessage(m.Reading)
		if len(reading) == 0 {
			reading = json.RawMessage("{}")
		}
		list = append(list, exportedMessage{m.ID, m.HeaderID, m.SHA256, m.On, m.Sender, m.Subject, m.Class, m.Evidence,
			m.Decision, m.Settlement.Action, m.Settlement.Payment, some(proposal.Concerns), m.Excerpt, reading})
		rows = append(rows, []Cell{Count(int(m.ID)), Day(m.On), Text(m.Sender), Text(m.Subject), Text(m.Class),
			Text(string(m.Evidence)), Text(m.Decision), Text(m.Settlement.Action), Amount(m.Amount), Text(m.Payer),
			Text(strings.Join(proposal.Concerns, " ")), Text(m.Excerpt)})
	}
	err := e.csvFile("messages.csv", []string{"id", "date", "sender", "subject", "class", "evidence", "decision",
		"settled", "amount", "payer", "concerns", "excerpt"}, rows)
	if err != nil {
		return err
	}
	return e.jsonFile("messages.json", list)
}

// exportedEntry is a line of journal.jsonl. Body and Facts are the texts that the hash covers, byte for
// byte, and therefore strings.
type exportedEntry struct {
	Seq   int64            `json:"seq"`
	At    string           `json:"at"`
	On    date.Date        `json:"on"`
	Kind  ledger.EntryKind `json:"kind"`
	Body  string           `json:"body"`
	Facts string           `json:"facts"`
	Prev  string           `json:"prev"`
	Hash  string           `json:"hash"`
}

func (e *exporter) journal() error {
	var lines bytes.Buffer
	encoder := json.NewEncoder(&lines)
	encoder.SetEscapeHTML(false)
	var rows [][]Cell
	for _, entry := range e.data.Journal {
		at := entry.At.UTC().Format(time.RFC3339)
		err := encoder.Encode(exportedEntry{entry.Seq, at, entry.On, entry.Kind, string(entry.Body),
			string(entry.Facts), entry.Prev, entry.Hash})
		if err != nil {
			return err
		}
		rows = append(rows, []Cell{Count(int(entry.Seq)), Text(at), Day(entry.On), Text(string(entry.Kind)),
			Text(string(entry.Body)), Text(string(entry.Facts)), Text(entry.Prev), Text(entry.Hash)})
	}
	err := e.csvFile("journal.csv", []string{"seq", "at", "on", "kind", "body", "facts", "prev", "hash"}, rows)
	if err != nil {
		return err
	}
	return e.write("journal.jsonl", lines.Bytes())
}

// watchDays is how long after its due date an invoice is only watched: the first reminder of the usual
// scenario comes on the third day.
const watchDays = 3

func (e *exporter) miniDSO() error {
	letters := map[string]string{}
	for _, row := range e.data.Letters { // the newest first
		for _, number := range row.Numbers {
			if letters[number] == "" {
				letters[number] = fmt.Sprintf("Mise en demeure %s (%s)", row.Letter.Number, row.Letter.On)
			}
		}
	}
	rows := make([]MiniDSORow, 0, len(e.data.Invoices))
	for _, row := range e.data.Invoices {
		if row.Invoice.Type != ledger.TypeCreditNote {
			rows = append(rows, miniDSORow(row, letters[row.Invoice.Number], e.on))
		}
	}
	var text bytes.Buffer
	if err := WriteMiniDSO(&text, rows); err != nil {
		return err
	}
	return e.write("mini-dso.csv", text.Bytes())
}

// miniDSORow recomputes what the table derives; the actions that a file stated stay until a letter is made.
func miniDSORow(row app.InvoiceRow, letter string, on date.Date) MiniDSORow {
	i := row.Invoice
	noted := Invoice{Notes: parseNotes(i.Notes)}
	made := MiniDSORow{Number: i.Number, Client: row.ClientName, Amount: i.Amount, Issued: i.Issued, Due: i.Due,
		Status: MiniDSOWatch, LastAction: noteOf(&noted, RoleLastAction), NextAction: noteOf(&noted, RoleNextAction)}
	if letter != "" {
		made.LastAction, made.NextAction = letter, ""
	}
	until := on
	if row.Balance.Open() == 0 {
		made.Status, made.PaidOn, until = MiniDSOPaid, row.LastPaid, row.LastPaid
	}
	late := until.Sub(i.Due)
	if until.IsZero() || late <= 0 {
		return made
	}
	made.DaysLate = strconv.Itoa(late)
	if made.Status == MiniDSOWatch && late > watchDays {
		made.Status = MiniDSOLate
	}
	return made
}
