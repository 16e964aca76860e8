package mailbox_test

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"dument/app/mailbox"
	"dument/app/mailbox/embedded"
	"dument/app/mailbox/mailboxtest"
)

// TestMain fails the package when any goroutine is left.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	testUser     = "claire@atelier-vasseur.example"
	testPassword = "canary-Pass é word"
)

// password is a mailbox.Password that always knows it.
func password(secret string) mailbox.Password {
	return func(context.Context) (string, error) { return secret, nil }
}

// mail makes a small message.
func mail(n int) []byte {
	return fmt.Appendf(nil, "From: banque@iroise.example\r\nTo: claire@atelier-vasseur.example\r\n"+
		"Subject: virement %d\r\nMessage-ID: <%d@iroise.example>\r\n\r\nVirement de %d,00 EUR\r\n", n, n, n)
}

// startEmbedded starts the embedded server for a test; at its end no command may have been forbidden.
func startEmbedded(t testing.TB, options embedded.Options) (*embedded.Server, mailbox.Settings) {
	t.Helper()
	options.User, options.Password, options.Now = testUser, testPassword, time.Now()
	server, err := embedded.Start(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if forbidden := server.Forbidden(); len(forbidden) > 0 {
			t.Errorf("commands that a reader must not send: %v", forbidden)
		}
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	settings := mailbox.Settings{
		Host: server.Host(), Port: server.Port(), User: testUser, RootCAs: server.Pool(),
	}
	switch {
	case options.StartTLS:
		settings.Security = mailbox.SecurityStartTLS
	case options.Plain:
		settings.Security = mailbox.SecurityNone
	}
	return server, settings
}

// startHostile starts a scripted server for a test.
func startHostile(t testing.TB, startTLS bool, messages ...string) (*mailboxtest.Hostile, mailbox.Settings) {
	t.Helper()
	now := time.Now()
	authority, err := embedded.NewAuthority(now)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := authority.Issue(embedded.Leaf{
		Names: []string{"127.0.0.1"}, From: now.Add(-time.Hour), To: now.Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	return startHostileWith(t, authority, certificate, startTLS, messages...)
}

func startHostileWith(
	t testing.TB, authority *embedded.Authority, certificate tls.Certificate, startTLS bool, messages ...string,
) (*mailboxtest.Hostile, mailbox.Settings) {
	t.Helper()
	server, err := mailboxtest.NewHostile(&certificate, startTLS, messages...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	settings := mailbox.Settings{
		Host: "127.0.0.1", Port: server.Port(), User: testUser, RootCAs: authority.Pool(),
	}
	if startTLS {
		settings.Security = mailbox.SecurityStartTLS
	}
	return server, settings
}

// read runs ReadOnce with a generous limit for the whole.
func read(
	t testing.TB, settings mailbox.Settings, sink mailbox.Sink, secret string,
) (mailbox.Result, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	result, err := mailbox.ReadOnce(ctx, settings, password(secret), sink, time.Now)
	if ctx.Err() != nil {
		t.Error("the reading had to be ended from outside")
	}
	if err != nil && strings.Contains(err.Error(), secret) {
		t.Errorf("the secret is in the error: %v", err)
	}
	return result, err
}

// mustRead is read without failure.
func mustRead(
	t testing.TB, settings mailbox.Settings, sink mailbox.Sink, secret string,
) mailbox.Result {
	t.Helper()
	result, err := read(t, settings, sink, secret)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// codeOf is the code of a fault, "" for no error, and "?" for another error.
func codeOf(err error) mailbox.Code {
	var fault *mailbox.Fault
	switch {
	case err == nil:
		return ""
	case errors.As(err, &fault):
		return fault.Code
	}
	return "?"
}

// eventually waits for a condition.
func eventually(t testing.TB, what string, limit time.Duration, condition func() bool) {
	t.Helper()
	deadline := time.Now().Add(limit)
	for !condition() {
		if time.Now().After(deadline) {
			t.Fatalf("not within %v: %s", limit, what)
		}
		time.Sleep(5 * time.Millisecond)
	}
}
