package main

import (
	"crypto/tls"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dument/app/mailbox/embedded"
)

// canary is the password of the test's mailbox: it must be found nowhere.
const canary = `Canari-7412"été\&%`

// mailboxForTest is a real IMAP server in this process.
type mailboxForTest struct {
	t      *testing.T
	server *embedded.Server
}

func newMailbox(t *testing.T) *mailboxForTest {
	t.Helper()
	server, err := embedded.Start(embedded.Options{User: "claire@atelier-vasseur.example", Password: canary,
		Now: time.Now(), Plain: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil && !strings.Contains(err.Error(), "closed") {
			t.Error(err)
		}
		if forbidden := server.Forbidden(); len(forbidden) > 0 {
			t.Errorf("the mailbox was to be changed: %v", forbidden)
		}
	})
	return &mailboxForTest{t, server}
}

func (m *mailboxForTest) settings() string {
	return fmt.Sprintf("[mailbox]\nhost = %q\nport = %d\nsecurity = \"none\"\n"+
		"user = \"claire@atelier-vasseur.example\"\nfolder = \"INBOX\"\nauth = \"password\"\n"+
		"own_addresses = [\"claire@atelier-vasseur.example\"]\nauthserv_id = \"mx.monfai.example\"\n",
		m.server.Host(), m.server.Port())
}

func (m *mailboxForTest) deliver(message string) {
	m.t.Helper()
	if err := m.server.Deliver([]byte(message), time.Now()); err != nil {
		m.t.Fatal(err)
	}
}

// wasRead tells whether somebody has opened the inbox.
func (m *mailboxForTest) wasRead() bool {
	return slices.ContainsFunc(m.server.Commands(), func(command string) bool {
		return strings.Contains(command, "EXAMINE") || strings.Contains(command, "SELECT")
	})
}

// TestMailWatch books an authentic notice once, and leaves the secret nowhere.
func TestMailWatch(t *testing.T) {
	d := opened(t)
	letterDesk(d)
	box := newMailbox(t)
	d.env["DUMENT_IMAP_PASSWORD"] = canary
	d.ok("settings", "apply", d.file("mail.toml", box.settings()))
	box.deliver("From: friend@other.example\r\nSubject: hello\r\n\r\nhello\r\n")
	box.deliver(bankNotice("500,00", "F2026-0001", "n1"))
	out := d.ok("mail", "watch", "--once", "--json", "--on", "2026-04-15")
	lines := shaped(t, out, mailShape)
	if len(lines) != 2 {
		t.Fatalf("want a line for each message: %s", out)
	}
	if decision := at(t, lines[1], "decision"); decision != "auto" {
		t.Errorf("an authentic notice of the whole amount is %v: %s", decision, out)
	}
	if made := at(t, lines[1], "allocations.0.invoice"); made != "F2026-0001" {
		t.Errorf("booked on %v", made)
	}
	if again := d.ok("mail", "watch", "--once", "--json", "--on", "2026-04-16"); again != "" {
		t.Errorf("a second reading gives %s", again)
	}
	claims := d.ok("invoice", "list", "--open", "--json")
	if claims != "" {
		t.Errorf("still open: %s", claims)
	}
	d.ok("backup", d.path("copy.dument"))
	d.ok("export", d.path("out"))
	shown := d.ok("settings", "show") + d.ok("settings", "show", "--json")
	d.env["DUMENT_IMAP_PASSWORD"] = canary + "x"
	wrong := d.fails(exitMailbox, "mail", "watch", "--once", "--json")
	shaped(t, wrong.out, errorShape)
	noSecret(t, "stdout and stderr", out+shown+wrong.out+wrong.err)
	err := filepath.WalkDir(d.dir, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			noSecret(t, path, d.read(path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// noSecret looks for the canary in the forms in which a program may write it.
func noSecret(t *testing.T, where, text string) {
	t.Helper()
	forms := []string{canary, hex.EncodeToString([]byte(canary)), url.QueryEscape(canary), fmt.Sprintf("%q", canary),
		canary[:11]}
	for shift := range 3 {
		encoded := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("\x00", shift) + canary))
		forms = append(forms, encoded[4:len(encoded)-4])
	}
	var wide strings.Builder
	for _, r := range canary {
		wide.WriteString(string([]byte{byte(r), byte(r >> 8)}))
	}
	for _, form := range append(forms, wide.String()) {
		if strings.Contains(text, form) {
			t.Errorf("%s holds the secret as %q", where, form)
		}
	}
}

// TestMailFaults: what is wrong with the mailbox ends with 4 and says so.
func TestMailFaults(t *testing.T) {
	d := opened(t)
	d.fails(exitMailbox, "mail", "watch") // none is set up
	box := newMailbox(t)
	d.env["DUMENT_IMAP_PASSWORD"] = "wrong"
	good := box.settings()
	for _, test := range []struct{ name, settings, want string }{
		{"wrong password", good, "identification refusée"},
		{"no TLS there", strings.Replace(good, `"none"`, `"tls"`, 1), "chiffrement impossible"},
		{"folder", strings.Replace(good, `"INBOX"`, `"Absent"`, 1), ""},
		{"nobody listens", strings.Replace(good, fmt.Sprint(box.server.Port()), "1", 1), "injoignable"},
		{"authority", good + "ca_file = \"absent.pem\"\n", "autorité"},
	} {
		d.ok("settings", "apply", d.file("mail.toml", test.settings))
		p := d.fails(exitMailbox, "mail", "watch", "--once")
		if !strings.Contains(p.err, test.want) {
			t.Errorf("%s: %s", test.name, p.err)
		}
		checkErrorLine(t, d.run("mail", "watch", "--once", "--lang=en").err)
	}
}

// TestMailOverTLS trusts the certificate that the settings name, and no other.
func TestMailOverTLS(t *testing.T) {
	d := opened(t)
	d.now = time.Now() // certificates are of today
	start := func() (server *embedded.Server, certificate string) {
		server, err := embedded.Start(embedded.Options{User: "claire@atelier-vasseur.example", Password: canary,
			Now: time.Now()})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = server.Close() })
		address := fmt.Sprintf("%s:%d", server.Host(), server.Port())
		connection, err := tls.Dial("tcp", address, &tls.Config{InsecureSkipVerify: true}) // only to see it
		if err != nil {
			t.Fatal(err)
		}
		defer connection.Close()
		seen := connection.ConnectionState().PeerCertificates[0]
		return server, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: seen.Raw}))
	}
	server, own := start()
	_, stranger := start()
	d.env["DUMENT_IMAP_PASSWORD"] = canary
	trusting := func(certificate string) {
		d.ok("settings", "apply", d.file("mail.toml", fmt.Sprintf("[mailbox]\nhost = \"127.0.0.1\"\nport = %d\n"+
			"user = \"claire@atelier-vasseur.example\"\nca_file = %q\n", server.Port(), d.file("ca.pem", certificate))))
	}
	trusting(own)
	d.ok("mail", "watch", "--once")
	trusting(stranger)
	p := d.fails(exitMailbox, "mail", "watch", "--once", "--json")
	if !strings.Contains(p.out, "certificat") {
		t.Errorf("%s", p.out)
	}
	noSecret(t, "the answer", p.out+p.err)
}

// TestMailScanOrder reads folders and Maildirs in the order of their names, numbers as numbers.
func TestMailScanOrder(t *testing.T) {
	d := opened(t)
	message := func(n int) string {
		return fmt.Sprintf("From: a@other.example\r\nSubject: %d\r\nMessage-ID: <%d@other.example>\r\n\r\ntext %d\r\n", n, n, n)
	}
	for n, name := range []string{"box/10.eml", "box/2.eml", "box/1.EML", "box/notes.txt",
		"Maildir/cur/1700000002.b:2,S", "Maildir/new/1700000010.c", "Maildir/new/1700000001.a", "Maildir/tmp/9.x"} {
		d.file(name, message(n))
	}
	read := func(paths ...string) string {
		var files []string
		for _, line := range shaped(t, d.ok(append([]string{"mail", "scan", "--json"}, paths...)...), mailShape) {
			files = append(files, at(t, line, "file").(string))
			if at(t, line, "class") != "not_payment" || at(t, line, "decision") != "ignore" {
				t.Errorf("%v", line)
			}
		}
		return strings.Join(files, " ")
	}
	if got := read(d.path("box")); got != "1.EML 2.eml 10.eml" {
		t.Errorf("folder: %s", got)
	}
	if got := read(d.path("Maildir"), d.path("box/2.eml")); got != "1700000001.a 1700000002.b:2,S 1700000010.c 2.eml" {
		t.Errorf("Maildir: %s", got)
	}
}

// TestMailTwice: the same message counts once, in one reading and in the next.
func TestMailTwice(t *testing.T) {
	d := opened(t)
	letterDesk(d)
	d.ok("settings", "apply", d.file("m.toml", "[mailbox]\nauthserv_id = \"mx.monfai.example\"\n"+
		"own_addresses = [\"claire@atelier-vasseur.example\"]\n"))
	text := bankNotice("500,00", "F2026-0001", "n1")
	first, second := d.file("1.eml", text), d.file("2.eml", text)
	lines := shaped(t, d.ok("mail", "scan", first, second, "--json", "--on", "2026-04-15"), mailShape)
	if at(t, lines[0], "decision") != "auto" || at(t, lines[1], "decision") != "ignore" {
		t.Errorf("%v", lines)
	}
	lines = shaped(t, d.ok("mail", "scan", first, "--json", "--on", "2026-04-15"), mailShape)
	if at(t, lines[0], "decision") != "ignore" {
		t.Errorf("%v", lines)
	}
	if out := d.ok("report", "receipts", "--json"); strings.Count(out, `"payment":`) != 1 {
		t.Errorf("booked more than once: %s", out)
	}
}

func TestCompareNames(t *testing.T) {
	want := []string{"1.eml", "02.eml", "2.eml", "10.eml", "a1b2", "a1b10", "a02", "b"}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, compareNames)
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
