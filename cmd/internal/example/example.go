// Package example makes the example ledger: about forty invoices of a dozen invented clients, an inbox of
// thirty messages on an IMAP server in this process, matched payments, reminders and letters. Everything
// goes through the use cases and adapters that serve a real user; nothing is written past them.
package example

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"dument/app"
	"dument/app/ledger"
	"dument/app/matching"
	"dument/app/money"
	"dument/cmd/internal/wire"
)

// Day is the example's today: legal rates hang on the calendar, so its dates are fixed ones.
const Day = "2026-11-21"

// What lies in the folder of an example.
const (
	ledgerName  = "ledger.dument"
	backupName  = "backup.dument"
	lettersName = "letters"
	mailName    = "mail"
	reportName  = "report.txt"
)

// Made says where the example is and how much is in it. Paths are absolute.
type Made struct {
	Dir     string   `json:"dir"`
	Ledger  string   `json:"ledger"`
	Backup  string   `json:"backup"`
	Mailbox string   `json:"mailbox"` // the messages, for mail scan
	Report  string   `json:"report"`
	Letters []string `json:"letters"` // in the order in which they were made

	// Letter is the formal notice to a business, the first letter of the example.
	Letter       string      `json:"letter"`
	LetterNumber string      `json:"letter_number"`
	LetterTotal  money.Cents `json:"letter_total"`

	Invoices  int `json:"invoices"` // without credit notes
	Clients   int `json:"clients"`
	Messages  int `json:"messages"`
	Booked    int `json:"booked"`    // messages whose payment was booked
	Waiting   int `json:"waiting"`   // payments that wait for a decision
	Announced int `json:"announced"` // payments that somebody announced
	Alerts    int `json:"alerts"`    // failures, refunds, frauds
}

// EnsureLedger finds the example in a folder, or makes it there.
func EnsureLedger(ctx context.Context, dir, language string, report func(step string)) (Made, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return Made{}, fileProblem(dir, err)
	}
	if _, err := os.Stat(filepath.Join(dir, ledgerName)); err == nil {
		return find(ctx, dir)
	}
	return Make(ctx, dir, language, report)
}

// Make makes the example in a folder that is empty or does not exist yet. report gets a sentence for each
// step, in "fr" or "en". Errors are classified: CodeLedgerExists when the folder has a ledger, CodeFile
// when it has anything else or cannot be written. A Make that is cut short leaves no ledger.
func Make(ctx context.Context, dir, language string, report func(step string)) (Made, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return Made{}, fileProblem(dir, err)
	}
	if err := checkFolder(dir); err != nil {
		return Made{}, err
	}
	work, err := os.MkdirTemp(dir, workPattern)
	if err != nil {
		return Made{}, fileProblem(dir, err)
	}
	defer os.RemoveAll(work)
	told := &story{ctx: ctx, folder: work, words: wordsOf(language), report: report}
	if err := told.tell(); err != nil {
		return Made{}, err
	}
	// The ledger comes last: a folder with a ledger is a whole example.
	for _, name := range []string{lettersName, mailName, reportName, backupName, ledgerName} {
		if err := os.Rename(filepath.Join(work, name), filepath.Join(dir, name)); err != nil {
			return Made{}, fileProblem(dir, err)
		}
	}
	return find(ctx, dir)
}

// workPattern names the folder in which an example is made, beside its final place.
const workPattern = ".making-*"

// checkFolder makes the folder, and refuses one in which there is something.
func checkFolder(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fileProblem(dir, err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fileProblem(dir, err)
	}
	path := filepath.Join(dir, ledgerName)
	if _, err := os.Lstat(path); err == nil {
		return &app.Error{Code: app.CodeLedgerExists, Op: "make example", Params: []string{path}}
	}
	for _, entry := range entries {
		if left, _ := filepath.Match(workPattern, entry.Name()); !left {
			return fileProblem(dir, errors.New("the folder is not empty"))
		}
	}
	return nil
}

func fileProblem(path string, err error) error {
	return &app.Error{Code: app.CodeFile, Field: "file", Op: "make example", Params: []string{path}, Err: err}
}

// find reads an example back from its folder.
func find(ctx context.Context, dir string) (made Made, err error) {
	made = Made{Dir: dir, Ledger: filepath.Join(dir, ledgerName), Backup: filepath.Join(dir, backupName),
		Mailbox: filepath.Join(dir, mailName), Report: filepath.Join(dir, reportName)}
	house, err := wire.Open(ctx, options(made.Ledger))
	if err != nil {
		return made, err
	}
	defer func() { err = errors.Join(err, house.Close()) }()
	messages, err := fs.Glob(os.DirFS(dir), mailName+"/*.eml")
	if err != nil {
		return made, fileProblem(dir, err)
	}
	made.Messages = len(messages)
	if err := made.count(ctx, house.App); err != nil {
		return made, err
	}
	return made, made.findLetters(ctx, house.App)
}

// options are those of a real program; the journal's instants are real ones as well.
func options(ledgerPath string) wire.Options {
	paths := wire.DefaultPaths(os.Getenv)
	paths.Ledger = ledgerPath
	return wire.Options{Paths: paths, Clock: time.Now, Getenv: os.Getenv}
}

func (m *Made) count(ctx context.Context, use *app.App) error {
	rows, err := use.Invoices(ctx, app.InvoiceFilter{})
	if err != nil {
		return err
	}
	for _, row := range rows {
		if row.Invoice.Type != ledger.TypeCreditNote {
			m.Invoices++
		}
	}
	clients, err := use.Clients(ctx, today)
	if err != nil {
		return err
	}
	m.Clients = len(clients)
	proposals, err := use.Proposals(ctx, false, 0)
	for _, proposal := range proposals {
		switch matching.Decision(proposal.Message.Decision) {
		case matching.Auto:
			m.Booked++
		case matching.Suggest:
			m.Waiting++
		case matching.Announce:
			m.Announced++
		case matching.Alert:
			m.Alerts++
		}
	}
	return err
}

// findLetters lists the letters from the first one on.
func (m *Made) findLetters(ctx context.Context, use *app.App) error {
	rows, err := use.Letters(ctx)
	if err != nil {
		return err
	}
	for i := len(rows) - 1; i >= 0; i-- {
		letter := rows[i].Letter
		path := filepath.Join(m.Dir, lettersName, letterFile(letter.Number))
		if m.LetterNumber == "" {
			m.Letter, m.LetterNumber, m.LetterTotal = path, letter.Number, letter.Total
		}
		m.Letters = append(m.Letters, path)
	}
	return nil
}

func letterFile(number string) string { return strings.ReplaceAll(number, "/", "-") + ".pdf" }

// unexpected is a step that went another way than the story says: a defect of the program.
func unexpected(format string, values ...any) error {
	return &app.Error{Code: app.CodeInternal, Op: "make example", Err: fmt.Errorf(format, values...)}
}
