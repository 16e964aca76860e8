package example

import (
	"bytes"
	"crypto/tls"
	"encoding/pem"
	"errors"
	"io/fs"
	"net"
	"net/mail"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"time"

	"dument/app"
	"dument/app/date"
	"dument/app/mailbox/embedded"
	"dument/app/matching"
	assets "dument/assets/example"
	"dument/cmd/internal/wire"
)

// mailSecret opens the example's mailbox, which lives in this process and no longer than Make.
const mailSecret = "example"

// withMailSecret answers for the environment: the password of the example's mailbox is asked for where a
// server without keyring has it.
func withMailSecret(getenv func(string) string) func(string) string {
	return func(name string) string {
		if name == "DUMENT_IMAP_PASSWORD" {
			return mailSecret
		}
		return getenv(name)
	}
}

// readInbox starts the server, points the settings at it, reads twice, and takes the server out of the
// settings again: it ends with this process.
func (s *story) readInbox() (err error) {
	server, err := embedded.Start(embedded.Options{User: s.settings.Mailbox.User, Password: mailSecret,
		Now: time.Now()})
	if err != nil {
		return &app.Error{Code: app.CodeMailbox, Detail: "unreachable", Params: []string{"127.0.0.1"}, Err: err}
	}
	defer func() { err = errors.Join(err, server.Close()) }()
	delivered, err := deliverAll(server)
	if err != nil {
		return err
	}
	authority := filepath.Join(s.folder, "authority.pem")
	if err := writeAuthority(server, authority); err != nil {
		return err
	}
	defer os.Remove(authority)
	connected := s.settings
	connected.Mailbox.Host, connected.Mailbox.Port = server.Host(), server.Port()
	connected.Mailbox.CAFile = authority
	if err := s.house.App.ApplySettings(s.ctx, today, connected); err != nil {
		return err
	}
	if err := s.readTwice(server, delivered); err != nil {
		return err
	}
	return s.house.App.ApplySettings(s.ctx, today, s.settings)
}

// readTwice reads everything, then nothing.
func (s *story) readTwice(server *embedded.Server, delivered int) error {
	first, err := s.read()
	if err != nil {
		return err
	}
	if len(first) != delivered {
		return unexpected("%d of %d messages were read", len(first), delivered)
	}
	decided := map[matching.Decision]int{}
	for _, outcome := range first {
		decided[outcome.Decision]++
	}
	s.say("read", delivered, decided[matching.Auto], decided[matching.Suggest], decided[matching.Announce],
		decided[matching.Alert])
	second, err := s.read()
	if err != nil {
		return err
	}
	if len(second) > 0 {
		return unexpected("the second reading brought %d messages", len(second))
	}
	if tried := server.Forbidden(); len(tried) > 0 {
		return unexpected("the reading tried to change the mailbox: %v", tried)
	}
	s.say("read again")
	return nil
}

// read reads the inbox as the programs do.
func (s *story) read() (outcomes []app.MessageOutcome, err error) {
	err = s.house.ReadInbox(s.ctx, wire.Mail{
		On:   func() date.Date { return today },
		Each: func(batch []app.MessageOutcome) { outcomes = append(outcomes, batch...) },
	})
	return outcomes, err
}

// messages lists the files of the inbox in the order of arrival.
func messages() ([]string, error) {
	names, err := fs.Glob(assets.Mail, mailName+"/*.eml")
	if err == nil && len(names) == 0 {
		err = errors.New("the example has no messages")
	}
	return names, err
}

// onTheWire gives a message the line ends of RFC 5322, whatever a checkout made of them.
func onTheWire(raw []byte) []byte {
	raw = bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n"))
	return bytes.ReplaceAll(raw, []byte("\n"), []byte("\r\n"))
}

func deliverAll(server *embedded.Server) (delivered int, err error) {
	names, err := messages()
	if err != nil {
		return 0, unexpected("inbox: %w", err)
	}
	for _, name := range names {
		raw, err := assets.Mail.ReadFile(name)
		if err != nil {
			return delivered, unexpected("inbox: %w", err)
		}
		raw = onTheWire(raw)
		header, err := mail.ReadMessage(bytes.NewReader(raw))
		if err != nil {
			return delivered, unexpected("%s: %w", name, err)
		}
		received, err := header.Header.Date()
		if err != nil {
			return delivered, unexpected("%s: %w", name, err)
		}
		if err := server.Deliver(raw, received); err != nil {
			return delivered, unexpected("%s: %w", name, err)
		}
		delivered++
	}
	return delivered, nil
}

// writeAuthority writes the authority of the server's certificate where the settings can name it, as the
// user of a server of her own does.
func writeAuthority(server *embedded.Server, file string) error {
	address := net.JoinHostPort(server.Host(), strconv.Itoa(server.Port()))
	link, err := tls.Dial("tcp", address, &tls.Config{RootCAs: server.Pool(), ServerName: server.Host(),
		MinVersion: tls.VersionTLS12})
	if err != nil {
		return unreachable(server, err)
	}
	chain := link.ConnectionState().VerifiedChains[0]
	authority := chain[len(chain)-1]
	if err := link.Close(); err != nil {
		return unreachable(server, err)
	}
	return wire.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: authority.Raw}))
}

// keepMessages writes the inbox beside the ledger, for mail scan.
func (s *story) keepMessages() error {
	names, err := messages()
	if err != nil {
		return unexpected("inbox: %w", err)
	}
	folder := filepath.Join(s.folder, mailName)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fileProblem(folder, err)
	}
	for _, name := range names {
		raw, err := assets.Mail.ReadFile(name)
		if err != nil {
			return unexpected("inbox: %w", err)
		}
		if err := wire.WriteFile(filepath.Join(folder, path.Base(name)), onTheWire(raw)); err != nil {
			return err
		}
	}
	s.say("mail kept", len(names), mailName)
	return nil
}

func unreachable(server *embedded.Server, err error) error {
	return &app.Error{Code: app.CodeMailbox, Detail: "unreachable", Params: []string{server.Host()}, Err: err}
}
