package mailbox_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"dument/app/mailbox"
	"dument/app/mailbox/embedded"
	"dument/app/mailbox/mailboxtest"
)

// TestCertificates refuses every wrong certificate before anything secret is sent, and says why.
func TestCertificates(t *testing.T) {
	t.Parallel()
	now := time.Now()
	authority, err := embedded.NewAuthority(now)
	if err != nil {
		t.Fatal(err)
	}
	stranger, err := embedded.NewAuthority(now)
	if err != nil {
		t.Fatal(err)
	}
	good := embedded.Leaf{Names: []string{"127.0.0.1"}, From: now.Add(-time.Hour), To: now.Add(time.Hour)}
	with := func(change func(*embedded.Leaf)) embedded.Leaf {
		leaf := good
		change(&leaf)
		return leaf
	}
	for name, test := range map[string]struct {
		by      *embedded.Authority
		leaf    embedded.Leaf
		problem mailbox.CertificateProblem
	}{
		"good": {authority, good, ""},
		"expired": {authority, with(func(l *embedded.Leaf) { l.To = now.Add(-time.Minute) }),
			mailbox.CertificateExpired},
		"not yet": {authority, with(func(l *embedded.Leaf) { l.From = now.Add(time.Minute) }),
			mailbox.CertificateNotYet},
		"other host": {authority, with(func(l *embedded.Leaf) { l.Names = []string{"imap.autre.example"} }),
			mailbox.CertificateWrongHost},
		"other IP": {authority, with(func(l *embedded.Leaf) { l.Names = []string{"127.0.0.2"} }),
			mailbox.CertificateWrongHost},
		"wildcard": {authority, with(func(l *embedded.Leaf) { l.Names = []string{"*"} }),
			mailbox.CertificateWrongHost},
		"no name":    {authority, with(func(l *embedded.Leaf) { l.Names = nil }), mailbox.CertificateWrongHost},
		"unknown CA": {stranger, good, mailbox.CertificateUnknownCA},
		"self signed": {authority, with(func(l *embedded.Leaf) { l.SelfSigned = true }),
			mailbox.CertificateSelfSigned},
		"for a client": {authority, with(func(l *embedded.Leaf) { l.ForClients = true }),
			mailbox.CertificateNotSuitable},
	} {
		for _, startTLS := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s starttls %v", name, startTLS), func(t *testing.T) {
				certificate, err := test.by.Issue(test.leaf)
				if err != nil {
					t.Fatal(err)
				}
				server, settings := startHostileWith(t, authority, certificate, startTLS, string(mail(1)))
				_, err = read(t, settings, mailboxtest.NewSink(), testPassword)
				if test.problem == "" {
					if err != nil {
						t.Fatal(err)
					}
					return
				}
				var fault *mailbox.Fault
				if !errors.As(err, &fault) || fault.Code != mailbox.CodeTLSCertificate {
					t.Fatalf("%v", err)
				}
				if fault.Certificate.Problem != test.problem || fault.Certificate.NotAfter.IsZero() {
					t.Errorf("%+v", fault.Certificate)
				}
				if strings.Contains(server.Received(), "LOGIN") {
					t.Error("it logged in")
				}
			})
		}
	}
}

// TestOldTLS refuses what is older than TLS 1.2.
func TestOldTLS(t *testing.T) {
	server, settings := startHostile(t, false)
	server.Config().MinVersion, server.Config().MaxVersion = tls.VersionTLS10, tls.VersionTLS11
	if _, err := read(t, settings, mailboxtest.NewSink(), testPassword); codeOf(err) != mailbox.CodeTLSFailed {
		t.Errorf("%v", err)
	}
	server.Config().MaxVersion = tls.VersionTLS12
	if _, err := read(t, settings, mailboxtest.NewSink(), testPassword); err != nil {
		t.Errorf("TLS 1.2: %v", err)
	}
}

// clearServer answers each connection with one script: what it sends first, and after each line.
func clearServer(t *testing.T, greeting string, answers ...string) (settings mailbox.Settings,
	heard func() string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	said := make(chan string, 1)
	go func() {
		defer close(said)
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		var lines strings.Builder
		defer func() { said <- lines.String() }()
		_, _ = io.WriteString(conn, greeting)
		reader := bufio.NewReader(conn)
		for _, answer := range answers {
			line, err := reader.ReadString('\n')
			lines.WriteString(line)
			if err != nil {
				return
			}
			_, _ = io.WriteString(conn, answer)
		}
		rest, _ := io.ReadAll(reader)
		lines.Write(rest)
	}()
	t.Cleanup(func() { listener.Close() })
	settings = mailbox.Settings{
		Host: "127.0.0.1", Port: listener.Addr().(*net.TCPAddr).Port, User: testUser,
		Security: mailbox.SecurityStartTLS, Limits: quick(),
	}
	return settings, func() string { return <-said }
}

// TestStartTLSTricks: nothing secret leaves before the encryption, whatever comes first.
func TestStartTLSTricks(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		greeting string
		answers  []string
		code     mailbox.Code
	}{
		"preauth":            {"* PREAUTH welcome\r\n", nil, mailbox.CodePreauth},
		"preauth lower case": {"* preauth welcome\r\n", nil, mailbox.CodePreauth},
		"bye":                {"* BYE go away\r\n", nil, mailbox.CodeUnavailable},
		"stripped": {"* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hi\r\n",
			[]string{"S1 BAD unknown\r\n"}, mailbox.CodeStartTLSMissing},
		"declined": {"* OK hi\r\n", []string{"S1 NO not today\r\n"}, mailbox.CodeStartTLSMissing},
		"injected answer": {"* OK hi\r\n", []string{"S1 OK go\r\n* PREAUTH you are in\r\n"},
			mailbox.CodeInjected},
		"injected login": {"* OK hi\r\n", []string{"S1 OK go\r\nT1 OK done\r\nT2 OK done\r\n"},
			mailbox.CodeInjected},
		"wrong tag": {"* OK hi\r\n", []string{"T1 OK go\r\n"}, mailbox.CodeGarbage},
		"alert first": {"* OK hi\r\n", []string{"* OK [ALERT] call 0800\r\nS1 BAD no\r\n"},
			mailbox.CodeStartTLSMissing},
		"bye instead": {"* OK hi\r\n", []string{"* BYE no\r\n"}, mailbox.CodeGarbage},
		"endless alerts": {"* OK hi\r\n", []string{strings.Repeat("* OK [ALERT] x\r\n", 100)},
			mailbox.CodeGarbage},
		"no IMAP":            {"220 smtp ready\r\n", nil, mailbox.CodeGarbage},
		"long greeting":      {"* OK " + strings.Repeat("a", 100_000) + "\r\n", nil, mailbox.CodeGarbage},
		"silence":            {"", []string{""}, mailbox.CodeTimeout},
		"plain text for TLS": {"* OK hi\r\n", []string{"S1 OK go\r\n", "* OK in clear\r\n"}, mailbox.CodeTLSFailed},
	} {
		t.Run(name, func(t *testing.T) {
			settings, heard := clearServer(t, test.greeting, test.answers...)
			asked := false
			secret := func(context.Context) (string, error) { asked = true; return testPassword, nil }
			_, err := mailbox.ReadOnce(context.Background(), settings, secret, mailboxtest.NewSink(), time.Now)
			if codeOf(err) != test.code {
				t.Errorf("%v, want %s", err, test.code)
			}
			if asked {
				t.Error("the password was asked for")
			}
			if said := heard(); strings.Contains(said, "LOGIN") || strings.Contains(said, "AUTH") {
				t.Errorf("it said %q", said)
			}
		})
	}
}

// TestPreauthUnderTLS is refused as well: there is no user to whom that mailbox belongs.
func TestPreauthUnderTLS(t *testing.T) {
	settings, heard := clearServer(t, "* PREAUTH welcome\r\n", "")
	settings.Security = mailbox.SecurityNone
	if _, err := read(t, settings, mailboxtest.NewSink(), testPassword); codeOf(err) != mailbox.CodePreauth {
		t.Errorf("%v", err)
	}
	if said := heard(); strings.Contains(said, "LOGIN") {
		t.Errorf("it said %q", said)
	}
}

// TestSettingsRefused names settings that are refused before any connection.
func TestSettingsRefused(t *testing.T) {
	good := mailbox.Settings{Host: "imap.monfai.example", Port: 993, User: "u",
		Dial: func(context.Context, string, string) (net.Conn, error) {
			t.Error("it connected")
			return nil, errors.New("no")
		}}
	for name, test := range map[string]struct {
		change func(*mailbox.Settings)
		code   mailbox.Code
	}{
		"no host":           {func(s *mailbox.Settings) { s.Host = "" }, mailbox.CodeSettings},
		"host with path":    {func(s *mailbox.Settings) { s.Host = "https://imap" }, mailbox.CodeSettings},
		"port 0":            {func(s *mailbox.Settings) { s.Port = 0 }, mailbox.CodeSettings},
		"port 65536":        {func(s *mailbox.Settings) { s.Port = 65536 }, mailbox.CodeSettings},
		"no user":           {func(s *mailbox.Settings) { s.User = "" }, mailbox.CodeSettings},
		"user of two lines": {func(s *mailbox.Settings) { s.User = "u\r\nT9 DELETE INBOX" }, mailbox.CodeSettings},
		"folder of two":     {func(s *mailbox.Settings) { s.Folder = "INBOX\nT9 x" }, mailbox.CodeSettings},
		"unknown security":  {func(s *mailbox.Settings) { s.Security = "ssl" }, mailbox.CodeSettings},
		"unknown auth":      {func(s *mailbox.Settings) { s.Auth = "gssapi" }, mailbox.CodeSettings},
		"clear to elsewhere": {func(s *mailbox.Settings) { s.Security = mailbox.SecurityNone },
			mailbox.CodeInsecureRefused},
		"clear to an address": {func(s *mailbox.Settings) {
			s.Security, s.Host = mailbox.SecurityNone,
				"192.0.2.1"
		},
			mailbox.CodeInsecureRefused},
		"clear to a look-alike": {func(s *mailbox.Settings) {
			s.Security, s.Host = mailbox.SecurityNone,
				"127.0.0.1.example"
		},
			mailbox.CodeInsecureRefused},
	} {
		t.Run(name, func(t *testing.T) {
			settings := good
			test.change(&settings)
			if _, err := read(t, settings, mailboxtest.NewSink(), testPassword); codeOf(err) != test.code {
				t.Errorf("%v", err)
			}
			steps := mailbox.Probe(context.Background(), settings, password(testPassword), time.Now, nil)
			if codeOf(steps[0].Err) != test.code || steps[7].Status != mailbox.StepSkipped {
				t.Errorf("%+v", steps)
			}
		})
	}
}

// TestUnreachable tells the kinds of absence.
func TestUnreachable(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := listener.Addr().(*net.TCPAddr).Port
	listener.Close()
	settings := mailbox.Settings{Host: "127.0.0.1", Port: port, User: "u"}
	if _, err := read(t, settings, mailboxtest.NewSink(), testPassword); codeOf(err) != mailbox.CodeUnreachable {
		t.Errorf("closed port: %v", err)
	}
	settings.Dial = func(context.Context, string, string) (net.Conn, error) {
		return nil, &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "x.invalid",
			IsNotFound: true}}
	}
	if _, err := read(t, settings, mailboxtest.NewSink(), testPassword); codeOf(err) != mailbox.CodeNameUnknown {
		t.Errorf("unknown name: %v", err)
	}
	settings.Dial = func(ctx context.Context, _, _ string) (net.Conn, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	settings.Limits = quick()
	if _, err := read(t, settings, mailboxtest.NewSink(), testPassword); codeOf(err) != mailbox.CodeTimeout {
		t.Errorf("no answer: %v", err)
	}
}

// TestPasswordMissing does not bother the server with an empty password.
func TestPasswordMissing(t *testing.T) {
	server, settings := startHostile(t, false)
	locked := errors.New("the keyring is locked")
	for name, secret := range map[string]mailbox.Password{
		"locked": func(context.Context) (string, error) { return "", locked },
		"empty":  password(""),
	} {
		_, err := mailbox.ReadOnce(context.Background(), settings, secret, mailboxtest.NewSink(), time.Now)
		if codeOf(err) != mailbox.CodePasswordMissing || name == "locked" && !errors.Is(err, locked) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if strings.Contains(server.Received(), "LOGIN") {
		t.Error("it logged in")
	}
}
