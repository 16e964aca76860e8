// Package embedded is a real IMAP server in this process, on a loopback port, with an authority of its
// own that lives in memory. The example ledger reads its inbox from it, and so do the tests: every
// command that could change a mailbox is refused and remembered.
package embedded

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"sync"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
)

// Options describe a server.
type Options struct {
	User     string
	Password string
	// Now is the instant around which the certificates are valid: an hour before, ten years after.
	Now time.Time
	// Folders exist besides INBOX.
	Folders []string
	// StartTLS: the connection begins without encryption and must be upgraded.
	StartTLS bool
	// Plain: there is no encryption at all.
	Plain bool
}

// Server is a running server. Its methods may be called from any goroutine.
type Server struct {
	options  Options
	listener net.Listener
	imap     *imapserver.Server
	user     *imapmemserver.User
	pool     *x509.CertPool
	served   chan error

	mu        sync.Mutex
	commands  []string
	forbidden []string
}

// Start opens a server on a free loopback port.
func Start(options Options) (*Server, error) {
	authority, err := NewAuthority(options.Now)
	if err != nil {
		return nil, err
	}
	certificate, err := authority.Issue(Leaf{
		Names: []string{"localhost", "127.0.0.1"},
		From:  options.Now.Add(-time.Hour), To: options.Now.AddDate(10, 0, 0),
	})
	if err != nil {
		return nil, err
	}
	s := &Server{options: options, pool: authority.Pool(), served: make(chan error, 1)}
	s.user = imapmemserver.NewUser(options.User, options.Password)
	for _, folder := range append([]string{"INBOX"}, options.Folders...) {
		if err := s.user.Create(folder, nil); err != nil {
			return nil, fmt.Errorf("embedded mailbox: folder %s: %w", folder, err)
		}
	}
	encryption := &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}
	if s.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return nil, fmt.Errorf("embedded mailbox: %w", err)
	}
	listener, upgrade := s.listener, (*tls.Config)(nil)
	switch {
	case options.StartTLS:
		upgrade = encryption
	case !options.Plain:
		listener = tls.NewListener(s.listener, encryption)
	}
	s.imap = imapserver.New(&imapserver.Options{
		NewSession:   s.newSession,
		TLSConfig:    upgrade,
		InsecureAuth: options.Plain,
		Logger:       log.New(io.Discard, "", 0),
	})
	go func() { s.served <- s.imap.Serve(listener) }()
	return s, nil
}

// Close ends the server and every connection to it.
func (s *Server) Close() error {
	err := s.imap.Close()
	return errors.Join(err, <-s.served)
}

// Host is the address to connect to.
func (s *Server) Host() string { return "127.0.0.1" }

// Port is the port to connect to.
func (s *Server) Port() int { return s.listener.Addr().(*net.TCPAddr).Port }

// Pool holds the authority that signed the server's certificate.
func (s *Server) Pool() *x509.CertPool { return s.pool }

// Deliver puts a message into INBOX, as if it had arrived at that instant.
func (s *Server) Deliver(raw []byte, received time.Time) error {
	return s.DeliverTo("INBOX", raw, received)
}

// DeliverTo puts a message into a folder.
func (s *Server) DeliverTo(folder string, raw []byte, received time.Time) error {
	literal := literalReader{Reader: bytes.NewReader(raw), size: int64(len(raw))}
	_, err := s.user.Append(folder, literal, &imap.AppendOptions{Time: received})
	if err != nil {
		return fmt.Errorf("embedded mailbox: deliver to %s: %w", folder, err)
	}
	return nil
}

type literalReader struct {
	io.Reader
	size int64
}

func (l literalReader) Size() int64 { return l.size }

// Empty deletes a folder with its messages and makes it anew, with another UIDVALIDITY.
func (s *Server) Empty(folder string) error {
	if err := s.user.Delete(folder); err != nil {
		return fmt.Errorf("embedded mailbox: delete %s: %w", folder, err)
	}
	if err := s.user.Create(folder, nil); err != nil {
		return fmt.Errorf("embedded mailbox: make %s: %w", folder, err)
	}
	return nil
}

// Commands lists what clients asked for, in order: one word each.
func (s *Server) Commands() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.commands...)
}

// Forbidden lists the commands that would have changed the mailbox, or asked for more than a reader
// needs. A client that only reads leaves it empty.
func (s *Server) Forbidden() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.forbidden...)
}

func (s *Server) note(command string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.commands = append(s.commands, command)
}

// forbid remembers a command and is its refusal.
func (s *Server) forbid(command string) error {
	s.note(command)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forbidden = append(s.forbidden, command)
	return &imap.Error{Type: imap.StatusResponseTypeNo, Code: imap.ResponseCodeNoPerm, Text: "read only"}
}
