package main

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"dument/app"
	"dument/app/date"
	"dument/app/ledger"
	"dument/app/money"
	"dument/cmd/internal/wire"
)

var mailCommands = append([]command{
	{name: "mail scan", arguments: "PATH...", least: 1, most: -1, run: scanMail,
		text: words{"lit des messages (.eml, dossiers, Maildir) comme s’ils arrivaient",
			"reads messages (.eml, folders, Maildir) as if they arrived"}},
	{name: "mail watch", run: watchMail, flags: []flagSpec{
		{"once", toggle, "", words{"une seule lecture", "one reading only"}}},
		text: words{"lit la boîte IMAP, une fois ou jusqu’à l’arrêt", "reads the IMAP inbox, once or until stopped"}},
}, matchCommands...)

type jsonSaid struct {
	Amount   money.Cents    `json:"amount"`
	Currency money.Currency `json:"currency"`
	Date     date.Date      `json:"date"`
	Payer    string         `json:"payer"`
}

type jsonLine struct {
	Invoice string      `json:"invoice"`
	Amount  money.Cents `json:"amount"`
}

type jsonMessage struct {
	File        string     `json:"file"`
	MessageID   string     `json:"message_id"`
	Class       string     `json:"class"`
	Evidence    string     `json:"evidence"`
	Payments    []jsonSaid `json:"payments"`
	Allocations []jsonLine `json:"allocations"`
	Decision    string     `json:"decision"`
	Reasons     []string   `json:"reasons"`
	Concerns    []string   `json:"concerns"`
}

func (c *call) messageResult(outcome app.MessageOutcome) jsonMessage {
	said := outcome.Notice
	made := jsonMessage{File: outcome.File, MessageID: said.MessageID, Class: string(said.Class),
		Evidence: string(said.Evidence), Payments: []jsonSaid{}, Allocations: []jsonLine{},
		Decision: string(outcome.Decision), Reasons: []string{}, Concerns: some(outcome.Concerns)}
	for _, payment := range said.Payments {
		made.Payments = append(made.Payments, jsonSaid{payment.Amount, payment.Currency, payment.Date, payment.Payer})
	}
	for _, line := range outcome.Allocations {
		made.Allocations = append(made.Allocations, jsonLine{line.Number, line.Amount})
	}
	for _, reason := range outcome.Reasons {
		made.Reasons = append(made.Reasons, reason.Text(c.lang))
	}
	return made
}

func (c *call) emitOutcomes(outcomes []app.MessageOutcome) {
	for _, outcome := range outcomes {
		made := c.messageResult(outcome)
		c.emit(made, func() {
			c.printf("%s  %s  %s", oneLine(made.File), c.named(classNames, made.Class), c.named(decisionNames, made.Decision))
			for _, payment := range made.Payments {
				c.printf("  %s %s", c.euros(payment.Amount, payment.Currency), oneLine(payment.Payer))
			}
			for _, line := range made.Allocations {
				c.printf("  → %s %s", oneLine(line.Invoice), line.Amount.Figure(c.lang))
			}
			c.write("\n")
			for _, reason := range made.Reasons {
				c.write("    " + oneLine(reason) + "\n")
			}
		})
	}
}

// messageFile is one message to read.
type messageFile struct{ path, shown string }

// maxMessageBytes is what is read of a message; the reader of notices has its own, lower limits.
const maxMessageBytes = 50 << 20

// scanBatch is how many messages are booked in one transaction.
const scanBatch = 20

func scanMail(c *call) error {
	var files []messageFile
	for _, path := range c.given.arguments {
		found, err := messagesIn(path)
		if err != nil {
			return err
		}
		files = append(files, found...)
	}
	house, err := c.open()
	if err != nil {
		return err
	}
	for batch := range slices.Chunk(files, scanBatch) {
		incoming := make([]app.Incoming, 0, len(batch))
		for _, file := range batch {
			raw, err := wire.ReadFile(file.path, maxMessageBytes)
			if err != nil {
				return err
			}
			incoming = append(incoming, app.Incoming{File: file.shown, Raw: raw})
		}
		outcomes, err := house.ReceiveMessages(c.ctx, c.on, incoming, "", ledger.Cursor{})
		if err != nil {
			return err
		}
		c.emitOutcomes(outcomes)
	}
	if len(files) == 0 && !c.json {
		c.write(c.say("Aucun message.\n", "No message.\n"))
	}
	return nil
}

// messagesIn lists the messages of a path in the order of their names: one file, the .eml files of a folder,
// or the messages of a Maildir.
func messagesIn(path string) ([]messageFile, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	if !info.IsDir() {
		return []messageFile{{path, filepath.Base(path)}}, nil
	}
	// cur and new hold messages under any name, also when one of them is named by itself.
	base := filepath.Base(filepath.Clean(path))
	folders, maildir := []string{path}, base == "cur" || base == "new"
	if isDir(filepath.Join(path, "cur")) && isDir(filepath.Join(path, "new")) {
		folders, maildir = []string{filepath.Join(path, "cur"), filepath.Join(path, "new")}, true
	}
	var files []messageFile
	for _, folder := range folders {
		entries, err := os.ReadDir(folder)
		if err != nil {
			return nil, unreadable(folder, err)
		}
		for _, entry := range entries {
			name := entry.Name()
			if !entry.Type().IsRegular() && entry.Type()&fs.ModeSymlink == 0 || strings.HasPrefix(name, ".") {
				continue
			}
			if maildir || strings.EqualFold(filepath.Ext(name), ".eml") {
				files = append(files, messageFile{filepath.Join(folder, name), name})
			}
		}
	}
	slices.SortStableFunc(files, func(a, b messageFile) int { return compareNames(a.shown, b.shown) })
	return files, nil
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func unreadable(path string, err error) error {
	return &app.Error{Code: app.CodeFile, Field: "path", Params: []string{path}, Err: err}
}

// compareNames puts 2.eml before 10.eml: runs of digits are compared as numbers.
func compareNames(a, b string) int {
	left, right := a, b
	for left != "" && right != "" {
		first, second := leadingDigits(left), leadingDigits(right)
		if first == "" || second == "" {
			if left[0] != right[0] {
				return int(left[0]) - int(right[0])
			}
			left, right = left[1:], right[1:]
			continue
		}
		x, y := strings.TrimLeft(first, "0"), strings.TrimLeft(second, "0")
		if len(x) != len(y) {
			return len(x) - len(y)
		}
		if order := strings.Compare(x, y); order != 0 {
			return order
		}
		left, right = left[len(first):], right[len(second):]
	}
	if order := len(left) - len(right); order != 0 {
		return order
	}
	return strings.Compare(a, b)
}

func leadingDigits(text string) string {
	n := 0
	for n < len(text) && text[n] >= '0' && text[n] <= '9' {
		n++
	}
	return text[:n]
}

func watchMail(c *call) error {
	if _, err := c.open(); err != nil {
		return err
	}
	fixed := c.given.isSet("on")
	mail := wire.Mail{On: func() date.Date {
		if fixed {
			return c.on
		}
		return date.Of(c.machine.now()) // a watching may last for days
	}}
	ctx, end := context.WithCancelCause(c.ctx)
	defer end(nil)
	mail.Each = func(outcomes []app.MessageOutcome) {
		if c.emitOutcomes(outcomes); c.wrote != nil {
			end(c.wrote) // nobody reads the results any more
		}
	}
	if c.given.isSet("once") {
		return c.house.ReadInbox(ctx, mail)
	}
	err := c.house.WatchInbox(ctx, mail, func(state app.InboxState) {
		switch state.Phase {
		case app.InboxAuthFailed, app.InboxFailed:
			end(state.Err) // nobody is here to correct it
		case app.InboxWaiting:
			c.note(textOf(state.Err, c.lang))
		}
	})
	if cause := context.Cause(ctx); err == nil && c.ctx.Err() == nil && cause != nil {
		return cause
	}
	return err
}
