package wire

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"time"

	"dument/app"
	"dument/app/date"
	"dument/app/ledger"
	"dument/app/mailbox"
	"dument/app/notice"
)

// Mail is how the programs read the inbox: on which day, and what they do with each batch once it is in
// the ledger.
type Mail struct {
	// On is today; it is asked for at each batch.
	On func() date.Date
	// Each gets what became of each batch, in the order of the mailbox.
	Each func([]app.MessageOutcome)
}

// ReadInbox reads what is new in the inbox, books what is safe, and ends.
func (h *House) ReadInbox(ctx context.Context, mail Mail) error {
	box, err := h.mailbox(ctx, nil)
	if err != nil {
		return err
	}
	held, release, err := h.holdLease(ctx, box.settings.Host)
	if err != nil {
		return err
	}
	defer release()
	_, err = mailbox.ReadOnce(held, box.settings, box.password, h.sink(box, mail), mailbox.Clock(h.options.Clock))
	if cause := context.Cause(held); errors.Is(cause, errLeaseLost) {
		return newMailProblem("watched_elsewhere", box.settings.Host, cause)
	}
	return classifyMail(box.settings.Host, err)
}

// WatchInbox reads the inbox and waits for more until the context ends, which is no error. report gets
// every change of state.
func (h *House) WatchInbox(ctx context.Context, mail Mail, report func(app.InboxState)) error {
	box, err := h.mailbox(ctx, nil)
	if err != nil {
		return err
	}
	held, release, err := h.holdLease(ctx, box.settings.Host)
	if err != nil {
		return err
	}
	defer release()
	watcher := mailbox.NewWatcher(box.settings, box.password, h.sink(box, mail), mailbox.Clock(h.options.Clock),
		func(state mailbox.State) { report(inboxState(box.settings.Host, state)) })
	err = watcher.Run(held)
	if errors.Is(err, errLeaseLost) {
		return newMailProblem("watched_elsewhere", box.settings.Host, err)
	}
	if ctx.Err() != nil {
		return nil
	}
	return classifyMail(box.settings.Host, err)
}

// inboxState translates a state; its error is classified.
func inboxState(host string, state mailbox.State) app.InboxState {
	return app.InboxState{Phase: app.InboxPhase(state.Phase), Until: state.Until, LastRead: state.LastRead,
		Err: classifyMail(host, state.Detail)}
}

// box is a mailbox ready to be read.
type box struct {
	settings mailbox.Settings
	password mailbox.Password
	folder   string // the cursor's name
}

// mailbox prepares the mailbox of the ledger's settings, or the given one.
func (h *House) mailbox(ctx context.Context, given *ledger.Mailbox) (made box, err error) {
	if given == nil {
		settings, err := h.App.Settings(ctx)
		if err != nil {
			return made, err
		}
		given = &settings.Mailbox
	}
	if given.Host == "" {
		return made, newMailProblem("off", "", nil)
	}
	made.settings = mailbox.Settings{Host: given.Host, Port: given.Port, Security: mailbox.Security(given.Security),
		User: given.User, Folder: given.Folder, Auth: given.Auth}
	made.folder = fmt.Sprintf("imap://%s@%s:%d/%s", given.User, given.Host, given.Port, given.Folder)
	made.password = h.password(*given)
	if given.CAFile == "" {
		return made, nil
	}
	pem, err := os.ReadFile(given.CAFile)
	if err != nil {
		return made, newMailProblem("ca_file", given.Host, err)
	}
	made.settings.RootCAs = x509.NewCertPool()
	if !made.settings.RootCAs.AppendCertsFromPEM(pem) {
		return made, newMailProblem("ca_file", given.Host, errors.New("no certificate in it"))
	}
	return made, nil
}

// mailService is the name under which the keyring keeps the secret of a mailbox.
func mailService(host string) string { return "Dûment IMAP " + host }

// password takes DUMENT_IMAP_PASSWORD when it is set, else the keyring's.
func (h *House) password(settings ledger.Mailbox) mailbox.Password {
	return func(context.Context) (string, error) {
		if h.options.Getenv != nil {
			if secret := h.options.Getenv("DUMENT_IMAP_PASSWORD"); secret != "" {
				return secret, nil
			}
		}
		return h.Secrets.Get(mailService(settings.Host), settings.User)
	}
}

// sink puts what was read into the ledger, with the cursor, in one transaction.
type sink struct {
	house  *House
	folder string
	shown  string // the folder as the user knows it
	mail   Mail
}

func (h *House) sink(from box, mail Mail) *sink {
	return &sink{house: h, folder: from.folder, shown: from.settings.Folder, mail: mail}
}

// Cursor implements mailbox.Sink.
func (s *sink) Cursor(ctx context.Context) (cursor mailbox.Cursor, err error) {
	err = s.house.Store.View(ctx, func(r app.Reader) error {
		kept, err := r.Cursor(s.folder)
		cursor = mailbox.Cursor{UIDValidity: kept.Validity, LastUID: kept.LastUID}
		return err
	})
	return cursor, err
}

// Receive implements mailbox.Sink. A message that the server cannot deliver is reported and not kept.
func (s *sink) Receive(ctx context.Context, batch []mailbox.Message, next mailbox.Cursor) (fresh int, err error) {
	incoming := make([]app.Incoming, 0, len(batch))
	var unreadable []app.MessageOutcome
	for _, message := range batch {
		file := fmt.Sprintf("%s/%d", s.shown, message.UID)
		if message.Unreadable {
			unreadable = append(unreadable, unreadableOutcome(file))
			continue
		}
		incoming = append(incoming, app.Incoming{File: file, Raw: message.Raw, UID: message.UID,
			Validity: message.UIDValidity})
	}
	outcomes, err := s.house.App.ReceiveMessages(ctx, s.mail.On(), incoming, s.folder,
		ledger.Cursor{Validity: next.UIDValidity, LastUID: next.LastUID})
	if err != nil {
		return 0, err
	}
	for _, outcome := range outcomes {
		if !outcome.Repeated {
			fresh++
		}
	}
	if s.mail.Each != nil && len(outcomes)+len(unreadable) > 0 {
		s.mail.Each(append(outcomes, unreadable...))
	}
	return fresh, nil
}

func unreadableOutcome(file string) app.MessageOutcome {
	return app.MessageOutcome{File: file, Decision: "alert",
		Notice: notice.Notice{Class: notice.NotPayment, Evidence: notice.Rejected},
		Reasons: []app.Why{{Code: "unreadable", Texts: map[string]string{
			"fr": "le serveur ne peut pas remettre ce message : ouvrez-le dans votre messagerie",
			"en": "the server cannot deliver this message: open it in your mail program"}}}}
}

// stopPatience is how long the end of a watching may take.
const stopPatience = 3 * time.Second
