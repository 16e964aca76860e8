package mailbox

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"time"
	"unicode"

	"dument/app/date"
)

// Security says how the connection is protected.
type Security string

// The values of the settings file. SecurityNone is for a server on this machine alone.
const (
	SecurityTLS      Security = "tls"
	SecurityStartTLS Security = "starttls"
	SecurityNone     Security = "none"
)

// The values of Settings.Auth.
const (
	AuthPassword = "password"
	AuthXOAuth2  = "xoauth2"
)

// Settings say which folder of which mailbox to read. The secret is not among them: it comes from a
// Password function and is asked for at each connection.
type Settings struct {
	Host     string
	Port     int
	Security Security // empty means SecurityTLS
	User     string
	Folder   string // empty means INBOX
	Auth     string // AuthPassword or AuthXOAuth2; empty means AuthPassword
	// Since leaves out every message that reached the server before this day; "no date" leaves out
	// nothing.
	Since date.Date
	// RootCAs are the authorities to trust instead of the system's.
	RootCAs *x509.CertPool
	// PollEvery is the pause between two readings of a server without IDLE; 0 means ten minutes.
	PollEvery time.Duration
	// Limits are the limits put on the server; zero fields have the values of DefaultLimits.
	Limits Limits
	// Dial opens the connection; nil means the network of the machine.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
}

// Password gives the secret of the mailbox: the password, or the access token of XOAUTH2.
type Password func(ctx context.Context) (string, error)

// Clock gives the instant for states and for the validity of certificates.
type Clock func() time.Time

// Limits bound what a server may cost: time, bytes and attempts. They are fields so that a test can
// shorten them.
type Limits struct {
	Connect time.Duration // name, connection, TLS and greeting together
	Command time.Duration // any command that fetches no body
	// StallWindow and MinRate abort a transfer that brings less than MinRate bytes per second over a
	// whole window.
	StallWindow time.Duration
	MinRate     int

	LineBytes    int64 // one line of the server
	AnswerBytes  int64 // all lines between two commands
	LiteralBytes int64 // one literal
	StrayBytes   int64 // all literals of a connection that nobody asked for
	SessionBytes int64 // all literals since the last batch that was stored

	MessageBytes int64 // a larger message gives its header only
	PieceBytes   int64 // a body comes in pieces of this size
	BatchBytes   int64 // a batch is handed over when it holds this much
	BatchCount   int   // UIDs named in one command

	IdleCycle   time.Duration // IDLE is ended and begun again, with a look at the folder
	BackoffLow  time.Duration // first pause after a failure
	BackoffHigh time.Duration // longest pause
	AuthRetry   time.Duration // pause before the one automatic retry of a refused login
	// SteadyAfter is how long a connection must have lasted for the next failure to count as the
	// first one.
	SteadyAfter time.Duration
	// WakeCheck is how often the wall clock is compared with the running one: a gap of more than two
	// checks means that the machine slept.
	WakeCheck time.Duration
}

// DefaultLimits are the limits of the program.
func DefaultLimits() Limits {
	return Limits{
		Connect: 30 * time.Second, Command: 45 * time.Second,
		StallWindow: 60 * time.Second, MinRate: 1 << 10,
		LineBytes: 512 << 10, AnswerBytes: 4 << 20, LiteralBytes: 1 << 20,
		StrayBytes: 2 << 20, SessionBytes: 64 << 20,
		MessageBytes: 25 << 20, PieceBytes: 256 << 10, BatchBytes: 8 << 20, BatchCount: 50,
		IdleCycle: 9 * time.Minute, BackoffLow: 5 * time.Second, BackoffHigh: 10 * time.Minute,
		AuthRetry: time.Minute, SteadyAfter: time.Minute, WakeCheck: 30 * time.Second,
	}
}

func orDefault[T comparable](value *T, fallback T) {
	var zero T
	if *value == zero {
		*value = fallback
	}
}

// completed fills the zero fields.
func (l Limits) completed() Limits {
	d := DefaultLimits()
	orDefault(&l.Connect, d.Connect)
	orDefault(&l.Command, d.Command)
	orDefault(&l.StallWindow, d.StallWindow)
	orDefault(&l.MinRate, d.MinRate)
	orDefault(&l.LineBytes, d.LineBytes)
	orDefault(&l.AnswerBytes, d.AnswerBytes)
	orDefault(&l.LiteralBytes, d.LiteralBytes)
	orDefault(&l.StrayBytes, d.StrayBytes)
	orDefault(&l.SessionBytes, d.SessionBytes)
	orDefault(&l.MessageBytes, d.MessageBytes)
	orDefault(&l.PieceBytes, d.PieceBytes)
	orDefault(&l.BatchBytes, d.BatchBytes)
	orDefault(&l.BatchCount, d.BatchCount)
	orDefault(&l.IdleCycle, d.IdleCycle)
	orDefault(&l.BackoffLow, d.BackoffLow)
	orDefault(&l.BackoffHigh, d.BackoffHigh)
	orDefault(&l.AuthRetry, d.AuthRetry)
	orDefault(&l.SteadyAfter, d.SteadyAfter)
	orDefault(&l.WakeCheck, d.WakeCheck)
	return l
}

// completed fills the empty fields and refuses settings that can't work or must not be used.
func (s Settings) completed() (Settings, error) {
	orDefault(&s.Security, SecurityTLS)
	orDefault(&s.Folder, "INBOX")
	orDefault(&s.Auth, AuthPassword)
	orDefault(&s.PollEvery, 10*time.Minute)
	s.Limits = s.Limits.completed()
	wrong := func(field string) (Settings, error) {
		return s, &Fault{Code: CodeSettings, Stage: StageSettings, Err: fmt.Errorf("%s is not usable", field)}
	}
	switch {
	case s.Host == "" || hasControl(s.Host) || strings.ContainsAny(s.Host, " /"):
		return wrong("host")
	case s.Port < 1 || s.Port > 65535:
		return wrong("port")
	case s.User == "" || hasControl(s.User):
		return wrong("user")
	case hasControl(s.Folder):
		return wrong("folder")
	case s.Auth != AuthPassword && s.Auth != AuthXOAuth2:
		return wrong("auth")
	}
	switch s.Security {
	case SecurityTLS, SecurityStartTLS:
	case SecurityNone:
		if !isLoopbackName(s.Host) {
			return s, &Fault{Code: CodeInsecureRefused, Stage: StageSettings,
				Err: errors.New("a connection without encryption is for this machine only")}
		}
	default:
		return wrong("security")
	}
	return s, nil
}

// hasControl reports bytes that could end a line of the protocol and begin another.
func hasControl(text string) bool {
	return strings.ContainsFunc(text, unicode.IsControl)
}

// isLoopbackName decides without asking any name server.
func isLoopbackName(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.Unmap().IsLoopback()
}
