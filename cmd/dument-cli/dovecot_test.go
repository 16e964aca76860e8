package main

import (
	"crypto/tls"
	"encoding/pem"
	"fmt"
	"slices"
	"strings"
	"testing"

	"dument/app/mailbox/mailboxtest"
)

// TestMailWatchOnDovecot walks the road on a real server: a payment notice arrives, the real program books
// it, a second run adds nothing, and the mailbox's flags are as they were.
func TestMailWatchOnDovecot(t *testing.T) {
	server := mailboxtest.StartDovecot(t)
	const user = "claire"
	d := opened(t)
	letterDesk(d)
	connection, err := tls.Dial("tcp", fmt.Sprintf("localhost:%d", server.TLSPort), &tls.Config{
		RootCAs: server.Pool, ServerName: "localhost", MinVersion: tls.VersionTLS12})
	if err != nil {
		t.Fatal(err)
	}
	seen := connection.ConnectionState().PeerCertificates[0]
	if err := connection.Close(); err != nil {
		t.Error(err)
	}
	authority := d.file("ca.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: seen.Raw})))
	d.ok("settings", "apply", d.file("mail.toml", fmt.Sprintf("[mailbox]\nhost = \"localhost\"\nport = %d\n"+
		"user = %q\nown_addresses = [\"claire@atelier-vasseur.example\"]\nauthserv_id = \"mx.monfai.example\"\n"+
		"ca_file = %q\n", server.TLSPort, user, authority)))
	for _, message := range []string{"From: friend@other.example\r\nSubject: hello\r\n\r\nhello\r\n",
		bankNotice("500,00", "F2026-0001", "d1")} {
		if err := server.Deliver(user, "INBOX", []byte(message)); err != nil {
			t.Fatal(err)
		}
	}
	before, err := server.Flags(user, "INBOX")
	if err != nil {
		t.Fatal(err)
	}
	d.env["DUMENT_IMAP_PASSWORD"] = mailboxtest.DovecotPassword
	watch := func() string {
		command := d.command("mail", "watch", "--once", "--json")
		var problems strings.Builder
		command.Stderr = &problems
		out, err := command.Output()
		if err != nil {
			t.Fatalf("%v: %s", err, problems.String())
		}
		return string(out)
	}
	lines := shaped(t, watch(), mailShape)
	if len(lines) != 2 || at(t, lines[1], "decision") != "auto" {
		t.Errorf("the first run says %v", lines)
	}
	if again := watch(); again != "" {
		t.Errorf("the second run says %s", again)
	}
	if open := d.ok("invoice", "list", "--open", "--json"); open != "" {
		t.Errorf("still open: %s", open)
	}
	after, err := server.Flags(user, "INBOX")
	if err != nil || !slices.Equal(before, after) {
		t.Errorf("the flags were %v, are %v: %v", before, after, err)
	}
}
