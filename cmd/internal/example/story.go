package example

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"dument/app"
	"dument/app/date"
	"dument/app/ledger"
	"dument/app/money"
	assets "dument/assets/example"
	"dument/cmd/internal/wire"
)

// story is the example while it is made: one trader's November.
type story struct {
	ctx      context.Context
	folder   string
	words    words
	report   func(step string)
	options  wire.Options
	house    *wire.House
	settings ledger.Settings
	steps    []string // what was reported, for the report file
}

// tell goes through the whole month and closes the ledger.
func (s *story) tell() error {
	if err := s.open(); err != nil {
		return err
	}
	err := s.live()
	return errors.Join(err, s.house.Close())
}

// live is the month, day by day.
func (s *story) live() error {
	for _, step := range []func() error{
		s.importInvoices, s.completeClients, s.enterEarlyInvoices, s.noteReminders, // 2 November
		s.writeToTheGarage,                       // 5 to 9 November
		s.enterLateInvoices,                      // 12 November
		s.readInbox, s.writeToConsumerAndCommune, // 21 November
		s.verify, s.backUp, s.keepMessages, s.sumUp, // the evening
	} {
		if err := s.ctx.Err(); err != nil {
			return err
		}
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// say reports a step, now and in the report file.
func (s *story) say(key string, values ...any) {
	step := s.words.sentence(key, values...)
	s.steps = append(s.steps, step)
	if s.report != nil {
		s.report(step)
	}
}

func (s *story) euros(amount money.Cents) string { return amount.Format(money.EUR, s.words.language) }

func (s *story) day(on date.Date) string { return on.Long(s.words.language) }

// open makes the ledger with the settings of the example.
func (s *story) open() (err error) {
	if s.settings, err = wire.ReadSettings(assets.Settings); err != nil {
		return err
	}
	s.options = options(filepath.Join(s.folder, ledgerName))
	s.options.Getenv = withMailSecret(os.Getenv)
	if s.house, err = wire.Create(s.ctx, s.options, s.settings); err != nil {
		return err
	}
	s.say("created", ledgerName, s.settings.Creditor.Name)
	return nil
}

// importInvoices takes over the file of the former spreadsheet.
func (s *story) importInvoices() error {
	result, err := s.house.App.Import(s.ctx, opening, invoicesFile, assets.Invoices, false)
	if err != nil {
		return err
	}
	if len(result.Rejected) > 0 {
		return unexpected("line %d of %s was rejected: %s", result.Rejected[0].Line, invoicesFile,
			result.Rejected[0].Code)
	}
	again, err := s.house.App.Import(s.ctx, opening, invoicesFile, assets.Invoices, false)
	if err != nil {
		return err
	}
	if again.Added != 0 || again.Duplicates != result.Added {
		return unexpected("the same file again added %d invoices", again.Added)
	}
	s.say("imported", invoicesFile, result.Added, again.Duplicates)
	return nil
}

// completeClients enters what the file did not say.
func (s *story) completeClients() error {
	for _, more := range clients {
		client, err := s.house.App.Client(s.ctx, more.Name)
		if app.HasCode(err, app.CodeNotFound) {
			client, err = ledger.Client{Name: more.Name, Kind: more.Kind, Email: more.Email}, nil
		}
		if err != nil {
			return err
		}
		client.Address, client.Salutation, client.Phone = more.Address, more.Salutation, more.Phone
		client.Siret, client.Service, client.Engagement = more.Siret, more.Service, more.Engagement
		if _, err := s.house.App.SaveClient(s.ctx, opening, client); err != nil {
			return err
		}
	}
	s.say("clients", len(clients))
	return nil
}

// enterEarlyInvoices enters the invoices whose letters will need to say what was sold.
func (s *story) enterEarlyInvoices() error { return s.enter(opening, earlyInvoices) }

func (s *story) enter(on date.Date, drafts []app.InvoiceDraft) error {
	for _, draft := range drafts {
		if _, err := s.house.App.AddInvoice(s.ctx, on, draft); err != nil {
			return err
		}
	}
	s.say("entered", s.day(on), len(drafts))
	return nil
}

// noteReminders records the reminders and calls of before.
func (s *story) noteReminders() error {
	for _, reminder := range reminders {
		if err := s.house.App.NoteContact(s.ctx, opening, reminder.invoice, reminder.contact); err != nil {
			return err
		}
	}
	s.say("reminders", len(reminders))
	return nil
}

// writeToTheGarage is the formal notice to a business, posted the same day and presented on the 9th.
func (s *story) writeToTheGarage() error {
	number, err := s.write("letter.business", noticeDay, garageInvoices...)
	if err != nil {
		return err
	}
	for _, event := range []app.TrackDraft{
		{Kind: ledger.EventPosted, Date: noticeDay, Number: trackingNumber},
		{Kind: ledger.EventPresented, Date: presentedDay},
	} {
		event.Letter = number
		if _, err := s.house.App.TrackLetter(s.ctx, event.Date, event); err != nil {
			return err
		}
	}
	s.say("tracked", number, s.day(noticeDay), s.day(presentedDay))
	return nil
}

// write makes a formal notice and its file.
func (s *story) write(key string, on date.Date, numbers ...string) (string, error) {
	made, err := s.house.App.MakeLetter(s.ctx, on, app.LetterDraft{Numbers: numbers})
	if err != nil {
		return "", err
	}
	folder := filepath.Join(s.folder, lettersName)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", fileProblem(folder, err)
	}
	number := made.Letter.Number
	if err := wire.WriteFile(filepath.Join(folder, letterFile(number)), made.PDF); err != nil {
		return "", err
	}
	s.say(key, number, s.day(on), strings.Join(numbers, ", "), s.euros(made.Letter.Total),
		lettersName+"/"+letterFile(number))
	return number, nil
}

// enterLateInvoices enters November's invoices, and a credit note for one of them.
func (s *story) enterLateInvoices() error {
	for _, draft := range lateInvoices {
		if _, err := s.house.App.AddInvoice(s.ctx, creditDay, draft); err != nil {
			return err
		}
	}
	s.say("entered", s.day(creditDay), len(lateInvoices))
	note, err := s.house.App.AddCreditNote(s.ctx, creditDay, creditNote)
	if err != nil {
		return err
	}
	s.say("credited", note.Number, s.euros(note.Amount), creditNote.Invoice)
	return nil
}

func (s *story) writeToConsumerAndCommune() error {
	if _, err := s.write("letter.consumer", today, consumerInvoice); err != nil {
		return err
	}
	_, err := s.write("letter.public", today, communeInvoice)
	return err
}

func (s *story) verify() error {
	checks, ok, err := s.house.App.Verify(s.ctx)
	if err != nil {
		return err
	}
	for _, check := range checks {
		if !check.OK {
			return unexpected("verify: %s: %s", check.Name, check.Detail)
		}
	}
	if !ok {
		return unexpected("verify: not ok")
	}
	s.say("verified", len(checks))
	return nil
}

func (s *story) backUp() error {
	info, err := s.house.App.Backup(s.ctx, filepath.Join(s.folder, backupName))
	if err != nil {
		return err
	}
	s.say("backed up", backupName, info.Invoices, info.Entries)
	return nil
}

// sumUp writes the report.
func (s *story) sumUp() error {
	var text strings.Builder
	text.WriteString(s.words.sentence("report.head", s.settings.Creditor.TradeName, s.day(today)) + "\n\n")
	for _, step := range s.steps {
		text.WriteString("- " + step + "\n")
	}
	text.WriteString("\n" + s.words.sentence("report.next", ledgerName, mailName, Day) + "\n")
	return wire.WriteFile(filepath.Join(s.folder, reportName), []byte(text.String()))
}
