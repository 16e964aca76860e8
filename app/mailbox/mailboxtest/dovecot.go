package mailboxtest

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	_ "embed" // the configuration
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"dument/app/mailbox/embedded"
)

//go:embed dovecot/dovecot.conf.in
var dovecotConfig string

//go:embed dovecot/oauth2.conf.in
var dovecotOAuth2 string

// DovecotPassword opens every mailbox of a Dovecot of this package.
const DovecotPassword = "s3cret-of-tests"

// tokenKey signs the access tokens of a Dovecot of this package.
const tokenKey = "a key of thirty-two letters, test"

// RequireReal is the environment variable that turns the absence of a real server into a failure.
const RequireReal = "DUMENT_REQUIRE_REAL"

// Dovecot is a real server on loopback with users that exist as soon as they are named.
type Dovecot struct {
	Port      int // in clear, for STARTTLS
	TLSPort   int
	Pool      *x509.CertPool
	dir       string
	process   *exec.Cmd
	delivered atomic.Int32
}

// StartDovecot starts one for a test and ends it with the test. Without dovecot or without root the
// test is skipped, or fails when the environment variable RequireReal is set.
func StartDovecot(t testing.TB) *Dovecot {
	t.Helper()
	binary, err := exec.LookPath("/usr/sbin/dovecot")
	reason := ""
	switch {
	case err != nil:
		reason = "dovecot is not installed (Debian packages dovecot-core, dovecot-imapd)"
	case os.Getuid() != 0:
		reason = "dovecot needs root"
	}
	if reason != "" && os.Getenv(RequireReal) != "" {
		t.Fatal(reason)
	} else if reason != "" {
		t.Skip(reason)
	}
	d := &Dovecot{}
	if err := d.start(binary); err != nil {
		t.Fatalf("%v\n%s", err, d.log())
	}
	t.Cleanup(d.stop)
	return d
}

func (d *Dovecot) start(binary string) (err error) {
	if d.dir, err = os.MkdirTemp("", "dovecot"); err != nil {
		return err
	}
	for _, dir := range []string{"run", "mail", "keys/default/HS256"} {
		if err := os.MkdirAll(filepath.Join(d.dir, dir), 0o755); err != nil {
			return err
		}
	}
	if err := os.Chmod(d.dir, 0o755); err != nil {
		return err
	}
	if err := d.giveToMail(filepath.Join(d.dir, "mail")); err != nil {
		return err
	}
	if err := d.writeCertificate(); err != nil {
		return err
	}
	if d.Port, err = freePort(); err != nil {
		return err
	}
	if d.TLSPort, err = freePort(); err != nil {
		return err
	}
	values := strings.NewReplacer("@DIR@", d.dir, "@IMAP@", strconv.Itoa(d.Port),
		"@IMAPS@", strconv.Itoa(d.TLSPort), "@PASSWORD@", DovecotPassword)
	files := map[string]string{
		"dovecot.conf": values.Replace(dovecotConfig), "oauth2.conf": values.Replace(dovecotOAuth2),
		"keys/default/HS256/default": base64.StdEncoding.EncodeToString([]byte(tokenKey)),
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(d.dir, name), []byte(content), 0o644); err != nil {
			return err
		}
	}
	d.process = exec.Command(binary, "-F", "-c", filepath.Join(d.dir, "dovecot.conf"))
	if err := d.process.Start(); err != nil {
		return err
	}
	return d.awaitPorts()
}

func (d *Dovecot) awaitPorts() error {
	for _, port := range []int{d.Port, d.TLSPort} {
		for tries := 0; ; tries++ {
			conn, err := net.DialTimeout("tcp", fmt.Sprintf("127.0.0.1:%d", port), time.Second)
			if err == nil {
				conn.Close()
				break
			}
			if tries == 100 {
				return fmt.Errorf("dovecot does not listen: %w", err)
			}
			time.Sleep(50 * time.Millisecond)
		}
	}
	return nil
}

func (d *Dovecot) log() string {
	text, _ := os.ReadFile(filepath.Join(d.dir, "dovecot.log"))
	return string(text)
}

func (d *Dovecot) stop() {
	if d.process != nil && d.process.Process != nil {
		_ = d.process.Process.Signal(syscall.SIGTERM)
		ended := make(chan struct{})
		go func() { _ = d.process.Wait(); close(ended) }()
		select {
		case <-ended:
		case <-time.After(5 * time.Second):
			_ = d.process.Process.Kill()
			<-ended
		}
	}
	_ = os.RemoveAll(d.dir)
}

func (d *Dovecot) writeCertificate() error {
	now := time.Now()
	authority, err := embedded.NewAuthority(now)
	if err != nil {
		return err
	}
	d.Pool = authority.Pool()
	certificate, err := authority.Issue(embedded.Leaf{
		Names: []string{"localhost", "127.0.0.1"}, From: now.Add(-time.Hour), To: now.AddDate(1, 0, 0)})
	if err != nil {
		return err
	}
	return writePEM(d.dir, certificate)
}

func writePEM(dir string, certificate tls.Certificate) error {
	key, err := x509.MarshalPKCS8PrivateKey(certificate.PrivateKey)
	if err != nil {
		return err
	}
	blocks := map[string]*pem.Block{
		"cert.pem": {Type: "CERTIFICATE", Bytes: certificate.Certificate[0]},
		"key.pem":  {Type: "PRIVATE KEY", Bytes: key},
	}
	for name, block := range blocks {
		if err := os.WriteFile(filepath.Join(dir, name), pem.EncodeToMemory(block), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// freePort asks the system for a port that nobody uses.
func freePort() (int, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port, nil
}

// giveToMail hands a file to the user that Dovecot reads mail as.
func (d *Dovecot) giveToMail(path string) error {
	account, err := user.Lookup("mail")
	if err != nil {
		return err
	}
	uid, err := strconv.Atoi(account.Uid)
	if err != nil {
		return err
	}
	gid, err := strconv.Atoi(account.Gid)
	if err != nil {
		return err
	}
	return os.Chown(path, uid, gid)
}

// maildir is the folder of a user on disk; INBOX is the Maildir itself.
func (d *Dovecot) maildir(user, folder string) string {
	dir := filepath.Join(d.dir, "mail", user, "Maildir")
	if folder != "INBOX" {
		dir = filepath.Join(dir, "."+folder)
	}
	return dir
}

// Deliver puts a message into a user's folder as a mail server does: written aside, then renamed.
func (d *Dovecot) Deliver(user, folder string, raw []byte) error {
	dir := d.maildir(user, folder)
	for _, part := range []string{"", "tmp", "new", "cur"} {
		path := filepath.Join(dir, part)
		if err := os.MkdirAll(path, 0o700); err != nil {
			return err
		}
		if err := d.giveToMail(path); err != nil {
			return err
		}
	}
	if err := d.giveToMail(filepath.Join(d.dir, "mail", user)); err != nil {
		return err
	}
	n := d.delivered.Add(1)
	name := fmt.Sprintf("%d.M%06dP1.test", 1_700_000_000+n, n)
	aside := filepath.Join(dir, "tmp", name)
	if err := os.WriteFile(aside, raw, 0o600); err != nil {
		return err
	}
	if err := d.giveToMail(aside); err != nil {
		return err
	}
	return os.Rename(aside, filepath.Join(dir, "new", name))
}

// Flags are the flags of every message of a folder, read from the names of its files.
func (d *Dovecot) Flags(user, folder string) ([]string, error) {
	var flags []string
	for _, part := range []string{"new", "cur"} {
		entries, err := os.ReadDir(filepath.Join(d.maildir(user, folder), part))
		if err != nil {
			return nil, err
		}
		for _, entry := range entries {
			name, set, _ := strings.Cut(entry.Name(), ":2,")
			name, _, _ = strings.Cut(name, ",")
			flags = append(flags, name+" "+set)
		}
	}
	slices.Sort(flags)
	return flags, nil
}

// Say sends commands to the server as a user and returns what it said; the tests use it for what the
// program itself can't do.
func (d *Dovecot) Say(user string, commands ...string) (string, error) {
	conn, err := tls.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", d.TLSPort),
		&tls.Config{RootCAs: d.Pool, ServerName: "localhost"})
	if err != nil {
		return "", err
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(5 * time.Second))
	var said strings.Builder
	buffer := make([]byte, 4096)
	for i, command := range append([]string{"LOGIN " + user + " " + DovecotPassword}, commands...) {
		tag := fmt.Sprintf("D%d", i)
		if _, err := fmt.Fprintf(conn, "%s %s\r\n", tag, command); err != nil {
			return said.String(), err
		}
		for !strings.Contains(said.String(), "\r\n"+tag+" ") {
			n, err := conn.Read(buffer)
			said.Write(buffer[:n])
			if err != nil {
				return said.String(), err
			}
		}
	}
	return said.String(), nil
}

// Token is an access token for XOAUTH2.
func (d *Dovecot) Token(user string) string {
	encode := func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }
	now := time.Now().Unix()
	claims := fmt.Sprintf(`{"sub":%q,"email":%q,"iat":%d,"nbf":%d,"exp":%d,"scope":"mail"}`,
		user, user, now, now-60, now+3600)
	signed := encode(`{"alg":"HS256","typ":"JWT","kid":"default"}`) + "." + encode(claims)
	mac := hmac.New(sha256.New, []byte(tokenKey))
	mac.Write([]byte(signed))
	return signed + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}
