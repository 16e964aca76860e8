package mailbox

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"time"
)

// link is an open, protected connection on which IMAP can be spoken.
type link struct {
	guard *guard
	tls   *tls.ConnectionState // nil without encryption
}

// open connects and encrypts. Everything together takes at most Limits.Connect.
func open(ctx context.Context, settings Settings, clock Clock) (*link, error) {
	ctx, cancel := context.WithTimeout(ctx, settings.Limits.Connect)
	defer cancel()
	raw, err := connect(ctx, settings)
	if err != nil {
		return nil, err
	}
	return encrypt(ctx, raw, settings, clock)
}

// encrypt makes a link of a connection, or closes it.
func encrypt(ctx context.Context, raw net.Conn, settings Settings, clock Clock) (*link, error) {
	stop := context.AfterFunc(ctx, func() { raw.Close() })
	made, err := protect(ctx, raw, settings, clock)
	if !stop() && err == nil {
		err = ctx.Err()
	}
	if err != nil {
		raw.Close()
		return nil, connectFault(ctx, StageTLS, err)
	}
	return made, nil
}

// connect opens the bare connection.
func connect(ctx context.Context, settings Settings) (net.Conn, error) {
	dial := settings.Dial
	if dial == nil {
		dialer := &net.Dialer{KeepAliveConfig: net.KeepAliveConfig{Enable: true}}
		dial = dialer.DialContext
	}
	raw, err := dial(ctx, "tcp", net.JoinHostPort(settings.Host, strconv.Itoa(settings.Port)))
	if err != nil {
		return nil, connectFault(ctx, StageConnect, err)
	}
	if settings.Security == SecurityNone && settings.Dial == nil && !isLoopbackAddress(raw.RemoteAddr()) {
		raw.Close()
		return nil, &Fault{Code: CodeInsecureRefused, Stage: StageConnect,
			Err: errors.New("the name leads to another machine")}
	}
	return raw, nil
}

func isLoopbackAddress(address net.Addr) bool {
	parsed, err := netip.ParseAddrPort(address.String())
	return err == nil && parsed.Addr().Unmap().IsLoopback()
}

// protect puts TLS and the guard on a connection.
func protect(ctx context.Context, raw net.Conn, settings Settings, clock Clock) (*link, error) {
	if settings.Security == SecurityNone {
		return &link{guard: newGuard(raw, raw, settings.Limits, "")}, nil
	}
	greeting := ""
	if settings.Security == SecurityStartTLS {
		if err := askStartTLS(raw); err != nil {
			return nil, err
		}
		// The server greets before the encryption only; what it said there counts for nothing.
		greeting = "* OK encrypted\r\n"
	}
	conn := tls.Client(raw, &tls.Config{
		ServerName: settings.Host,
		RootCAs:    settings.RootCAs,
		MinVersion: tls.VersionTLS12,
		Time:       clock,
	})
	if err := conn.HandshakeContext(ctx); err != nil {
		return nil, tlsFault(err, clock())
	}
	state := conn.ConnectionState()
	return &link{guard: newGuard(conn, raw, settings.Limits, greeting), tls: &state}, nil
}

// maxClearLine bounds each line, and maxClearLines the lines, of the talk before STARTTLS.
const (
	maxClearLine  = 4 << 10
	maxClearLines = 20
)

// askStartTLS speaks the few words that come before the encryption. Nothing that the server says here
// is believed but its consent, and nothing may be left in the buffer: bytes behind the consent were
// put there by somebody on the way (RFC 9051, 11.1).
func askStartTLS(raw net.Conn) error {
	reader := bufio.NewReaderSize(raw, maxClearLine)
	greeting, err := clearLine(reader)
	if err != nil {
		return err
	}
	switch word := secondWord(greeting); word {
	case "OK":
	case "PREAUTH":
		return &Fault{Code: CodePreauth, Stage: StageGreeting}
	case "BYE":
		return &Fault{Code: CodeUnavailable, Stage: StageGreeting, ServerText: quoted(greeting, nil)}
	default:
		return &Fault{Code: CodeGarbage, Stage: StageGreeting, ServerText: quoted(greeting, nil)}
	}
	if _, err := io.WriteString(raw, "S1 STARTTLS\r\n"); err != nil {
		return err
	}
	for range maxClearLines {
		line, err := clearLine(reader)
		if err != nil {
			return err
		}
		if strings.HasPrefix(line, "* ") && secondWord(line) != "BYE" {
			continue
		}
		if !strings.HasPrefix(line, "S1 ") {
			return &Fault{Code: CodeGarbage, Stage: StageTLS, ServerText: quoted(line, nil)}
		}
		if secondWord(line) != "OK" {
			return &Fault{Code: CodeStartTLSMissing, Stage: StageTLS, ServerText: quoted(line, nil)}
		}
		if reader.Buffered() > 0 {
			return &Fault{Code: CodeInjected, Stage: StageTLS}
		}
		return nil
	}
	return &Fault{Code: CodeGarbage, Stage: StageTLS, Err: errExcess}
}

func clearLine(reader *bufio.Reader) (string, error) {
	line, err := reader.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		return "", &Fault{Code: CodeGarbage, Stage: StageGreeting, Err: errExcess}
	}
	if err != nil {
		return "", err
	}
	return strings.TrimRight(string(line), "\r\n"), nil
}

func secondWord(line string) string {
	fields := strings.SplitN(line, " ", 3)
	if len(fields) < 2 {
		return ""
	}
	return strings.ToUpper(fields[1])
}

// connectFault classifies a failure before the first command.
func connectFault(ctx context.Context, stage Stage, err error) error {
	var known *Fault
	if errors.As(err, &known) {
		return known
	}
	if errors.Is(context.Cause(ctx), context.DeadlineExceeded) {
		return &Fault{Code: CodeTimeout, Stage: stage, Err: errTooSlow}
	}
	if ctx.Err() != nil {
		return fmt.Errorf("mailbox: %w", ctx.Err())
	}
	var name *net.DNSError
	if errors.As(err, &name) && name.IsNotFound {
		return &Fault{Code: CodeNameUnknown, Stage: stage, Err: errors.New("no such host")}
	}
	code := CodeConnectionLost
	if stage == StageConnect {
		code = CodeUnreachable
	}
	return &Fault{Code: code, Stage: stage, Err: err}
}

// tlsFault classifies a failed handshake.
func tlsFault(err error, now time.Time) error {
	var verification *tls.CertificateVerificationError
	if errors.As(err, &verification) {
		return certificateFault(verification, now)
	}
	var network net.Error
	if errors.As(err, &network) && network.Timeout() {
		return err
	}
	if errors.Is(err, io.EOF) || errors.Is(err, net.ErrClosed) || errors.Is(err, context.DeadlineExceeded) ||
		errors.Is(err, context.Canceled) {
		return err
	}
	var reset *net.OpError
	if errors.As(err, &reset) && reset.Op == "read" {
		return err
	}
	return &Fault{Code: CodeTLSFailed, Stage: StageTLS, Err: errors.New(quoted(err.Error(), nil))}
}

func certificateFault(err *tls.CertificateVerificationError, now time.Time) error {
	detail := &Certificate{Problem: CertificateNotSuitable}
	if len(err.UnverifiedCertificates) > 0 {
		leaf := err.UnverifiedCertificates[0]
		detail.NotBefore, detail.NotAfter = leaf.NotBefore, leaf.NotAfter
		for _, name := range leaf.DNSNames[:min(len(leaf.DNSNames), 5)] {
			detail.Names = append(detail.Names, quoted(name, nil))
		}
	}
	var (
		authority x509.UnknownAuthorityError
		host      x509.HostnameError
		invalid   x509.CertificateInvalidError
	)
	switch {
	case errors.As(err.Err, &host):
		detail.Problem = CertificateWrongHost
	case errors.As(err.Err, &invalid) && invalid.Reason == x509.Expired:
		detail.Problem = CertificateExpired
		if now.Before(detail.NotBefore) {
			detail.Problem = CertificateNotYet
		}
	case errors.As(err.Err, &authority):
		detail.Problem = CertificateUnknownCA
		if len(err.UnverifiedCertificates) == 1 {
			leaf := err.UnverifiedCertificates[0]
			if leaf.CheckSignatureFrom(leaf) == nil || string(leaf.RawIssuer) == string(leaf.RawSubject) {
				detail.Problem = CertificateSelfSigned
			}
		}
	}
	return &Fault{Code: CodeTLSCertificate, Stage: StageTLS, Certificate: detail}
}
