package mailbox

import (
	"fmt"
	"strings"
	"time"
	"unicode"
)

// Code says what went wrong with a mailbox, once for every face of the program. Codes are stable.
type Code string

// Codes of faults.
const (
	CodeSettings        Code = "settings"         // a setting is missing or unusable
	CodeInsecureRefused Code = "insecure_refused" // no encryption, and not this machine
	CodeUnreachable     Code = "unreachable"      // no connection: offline, refused, no route
	CodeNameUnknown     Code = "name_unknown"     // the host name does not exist
	CodeConnectionLost  Code = "connection_lost"  // the connection was cut
	CodeTLSCertificate  Code = "tls_certificate"  // see Fault.Certificate
	CodeTLSFailed       Code = "tls_failed"       // no common protocol, or not TLS at all
	CodeStartTLSMissing Code = "starttls_missing" // the server does not offer encryption
	CodeInjected        Code = "injected"         // clear text slipped in before the encryption
	CodePreauth         Code = "preauth"          // the server skips the login, which is a trick
	CodePasswordMissing Code = "password_missing" // the secret could not be had
	CodeAuthFailed      Code = "auth_failed"      // user or secret refused
	CodeAuthUnsupported Code = "auth_unsupported" // this way of logging in is not accepted
	CodeFolderMissing   Code = "folder_missing"   // no such folder, or it can't be opened
	CodeUnavailable     Code = "unavailable"      // the server declines for the moment
	CodeGarbage         Code = "server_garbage"   // what the server sends is no IMAP, or too much
	CodeTimeout         Code = "server_timeout"   // the server does not answer, or too slowly
	CodeUnstable        Code = "uid_unstable"     // UIDVALIDITY changes all the time (a warning)
)

// Stage is the moment at which a fault happened.
type Stage string

// Stages in their order.
const (
	StageSettings Stage = "settings"
	StageConnect  Stage = "connect"
	StageTLS      Stage = "tls"
	StageGreeting Stage = "greeting"
	StageLogin    Stage = "login"
	StageFolder   Stage = "folder"
	StageSearch   Stage = "search"
	StageFetch    Stage = "fetch"
	StageIdle     Stage = "idle"
)

// CertificateProblem says why a certificate was not accepted.
type CertificateProblem string

// Problems of certificates.
const (
	CertificateExpired     CertificateProblem = "expired"
	CertificateNotYet      CertificateProblem = "not_yet"
	CertificateWrongHost   CertificateProblem = "wrong_host"
	CertificateUnknownCA   CertificateProblem = "unknown_ca"
	CertificateSelfSigned  CertificateProblem = "self_signed"
	CertificateNotSuitable CertificateProblem = "not_suitable"
)

// Certificate describes a certificate that was refused.
type Certificate struct {
	Problem   CertificateProblem
	Names     []string // the hosts it is for; text of the server
	NotBefore time.Time
	NotAfter  time.Time
}

// Fault is a failure of the mailbox, classified.
type Fault struct {
	Code  Code
	Stage Stage
	// Certificate is set with CodeTLSCertificate.
	Certificate *Certificate
	// ServerText is what the server said, shortened and without control characters. It is data of a
	// stranger: show it between quotes or not at all.
	ServerText string
	// ServerCode is the response code of the server, such as AUTHENTICATIONFAILED.
	ServerCode string
	Err        error
}

func (f *Fault) Error() string {
	var text strings.Builder
	fmt.Fprintf(&text, "mailbox: %s: %s", f.Stage, f.Code)
	if f.Certificate != nil {
		fmt.Fprintf(&text, " (%s)", f.Certificate.Problem)
	}
	if f.Err != nil {
		fmt.Fprintf(&text, ": %v", f.Err)
	}
	if f.ServerText != "" {
		fmt.Fprintf(&text, ": the server said %q", f.ServerText)
	}
	return text.String()
}

func (f *Fault) Unwrap() error { return f.Err }

// Refused reports whether the login was refused: trying again without the user may lock the account.
func (f *Fault) Refused() bool {
	return f.Code == CodeAuthFailed || f.Code == CodeAuthUnsupported
}

// needsUser reports faults that no waiting will cure.
func (f *Fault) needsUser() bool {
	switch f.Code {
	case CodeSettings, CodeInsecureRefused, CodePasswordMissing, CodeAuthFailed, CodeAuthUnsupported:
		return true
	}
	return false
}

// maxServerText is the number of characters kept of a server's text.
const maxServerText = 200

// quoted makes text of the server fit for a message: one line, no control or direction characters,
// short, and without any of the secrets.
func quoted(text string, secrets []string) string {
	for _, secret := range secrets {
		text = strings.ReplaceAll(text, secret, "***")
	}
	var clean strings.Builder
	count := 0
	for _, r := range text {
		if count == maxServerText {
			clean.WriteRune('…')
			break
		}
		if r == unicode.ReplacementChar || !unicode.IsPrint(r) {
			r = '?'
		}
		clean.WriteRune(r)
		count++
	}
	return strings.TrimSpace(clean.String())
}
