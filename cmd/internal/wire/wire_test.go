package wire

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/zalando/go-keyring"
	"go.uber.org/goleak"

	"dument/app"
	"dument/app/date"
	"dument/app/ledger"
	"dument/app/letter"
	"dument/app/letter/sample"
	"dument/app/mailbox"
	"dument/app/mailbox/embedded"
)

func TestMain(m *testing.M) {
	Private()
	keyring.MockInit() // never the keyring of whoever runs the tests
	goleak.VerifyTestMain(m)
}

func options(t *testing.T) Options {
	t.Helper()
	dir := t.TempDir()
	return Options{Paths: Paths{Ledger: filepath.Join(dir, "ledger.dument"), State: filepath.Join(dir, "state")},
		Clock: time.Now, Getenv: func(string) string { return "" }}
}

func newHouse(t *testing.T, settings ledger.Settings) *House {
	t.Helper()
	house, err := Create(context.Background(), options(t), settings)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := house.Close(); err != nil {
			t.Error(err)
		}
	})
	return house
}

func TestDefaultPaths(t *testing.T) {
	root := t.TempDir()
	for _, test := range []struct {
		env   map[string]string
		check func(Paths) bool
	}{
		{map[string]string{"DUMENT_LEDGER": "mine.dument"}, func(p Paths) bool { return p.Ledger == "mine.dument" }},
		{map[string]string{"XDG_DATA_HOME": root, "XDG_STATE_HOME": root}, func(p Paths) bool {
			return p.Ledger == filepath.Join(root, "dument", "ledger.dument") && p.State == filepath.Join(root, "dument")
		}},
		{map[string]string{"XDG_DATA_HOME": "relative"}, func(p Paths) bool { return filepath.IsAbs(p.Ledger) }},
	} {
		paths := DefaultPaths(func(name string) string { return test.env[name] })
		if !test.check(paths) {
			t.Errorf("%v gives %+v", test.env, paths)
		}
	}
}

func TestCreateRefusesBadSettings(t *testing.T) {
	bad := ledger.Settings{Terms: ledger.Terms{Imputation: "first"}}
	_, err := Create(context.Background(), options(t), bad)
	if problem := app.AsError(err); problem.Code != app.CodeInvalid || problem.Field != "terms.imputation" {
		t.Errorf("%v", err)
	}
}

// TestPrinter: the same letter gives the same bytes, and as many pictures as pages.
func TestPrinter(t *testing.T) {
	house := newHouse(t, ledger.Settings{})
	content, err := letter.Compose(house.App.Wording, sample.Business())
	if err != nil {
		t.Fatal(err)
	}
	first, pages, err := house.App.Printer.PDF(content)
	if err != nil {
		t.Fatal(err)
	}
	second, _, err := house.App.Printer.PDF(content)
	if err != nil || !bytes.Equal(first, second) || !bytes.HasPrefix(first, []byte("%PDF-")) {
		t.Errorf("%d bytes, then %d bytes: %v", len(first), len(second), err)
	}
	pictures, err := house.App.Printer.Pictures(content, 40, app.Marks{Window: true, Folds: true})
	if err != nil || len(pictures) != pages {
		t.Fatalf("%d pictures of %d pages: %v", len(pictures), pages, err)
	}
	for _, picture := range pictures {
		if _, err := png.Decode(bytes.NewReader(picture)); err != nil {
			t.Error(err)
		}
	}
}

func TestTables(t *testing.T) {
	table, err := tables{}.Invoices("a.csv", []byte("numero,client,montant,date,echeance,statut\n"+
		"A-1,Alpha,10.00,2026-01-01,2026-02-01,Payee\nA-1,Alpha,10.00,2026-01-01,2026-02-01,Payee\nA-2,Alpha,x,,,\n"))
	if err != nil {
		t.Fatal(err)
	}
	if len(table.Rows) != 1 || table.Duplicates != 1 || len(table.Rejected) != 1 || table.Kind != "invoices-csv" {
		t.Errorf("%+v", table)
	}
	row := table.Rows[0]
	if row.Number != "A-1" || row.Amount != 1000 || row.Notes != "statut: Payee" || row.Due != date.Must("2026-02-01") {
		t.Errorf("%+v", row)
	}
	if texts := table.Rejected[0].Texts; texts["fr"] == "" || texts["en"] == "" || texts["fr"] == texts["en"] {
		t.Errorf("%v", texts)
	}
	if _, err := (tables{}).Invoices("a.pdf", []byte("%PDF-1.4")); !app.HasCode(err, app.CodeFormat) {
		t.Errorf("a PDF gives %v", err)
	}
}

// TestMailTexts: every fault of the mailbox is worded, what: why: what to do, in both languages.
func TestMailTexts(t *testing.T) {
	codes := []mailbox.Code{mailbox.CodeSettings, mailbox.CodeInsecureRefused, mailbox.CodeUnreachable,
		mailbox.CodeNameUnknown, mailbox.CodeConnectionLost, mailbox.CodeTLSCertificate, mailbox.CodeTLSFailed,
		mailbox.CodeStartTLSMissing, mailbox.CodeInjected, mailbox.CodePreauth, mailbox.CodePasswordMissing,
		mailbox.CodeAuthFailed, mailbox.CodeAuthUnsupported, mailbox.CodeFolderMissing, mailbox.CodeUnavailable,
		mailbox.CodeGarbage, mailbox.CodeTimeout, mailbox.CodeUnstable}
	for _, code := range codes {
		if mailTexts[string(code)][0] == "" {
			t.Errorf("%s is not worded", code)
		}
	}
	for code := range mailTexts {
		err := newMailProblem(code, "imap.monfai.example", nil)
		for _, language := range []string{"fr", "en"} {
			var worded interface{ Text(string) string }
			if !errors.As(err, &worded) {
				t.Fatalf("%s has no words", code)
			}
			text := worded.Text(language)
			if strings.Count(text, ": ") < 2 || strings.ContainsAny(text, "{}\n") {
				t.Errorf("%s in %s: %q", code, language, text)
			}
		}
	}
	for problem, texts := range certificateTexts {
		if texts[0] == "" || texts[1] == "" {
			t.Errorf("certificate %q is not worded", problem)
		}
	}
	said := classifyMail("h", &mailbox.Fault{Code: mailbox.CodeAuthFailed, ServerText: "go away"})
	var worded interface{ Text(string) string }
	if !errors.As(said, &worded) || !strings.Contains(worded.Text("en"), `(the server says "go away")`) {
		t.Errorf("%v", said)
	}
}

// slowKeyring answers only when it is let go.
type slowKeyring struct {
	release chan struct{}
}

func (k slowKeyring) Set(string, string, string) error { <-k.release; return nil }
func (k slowKeyring) Get(string, string) (string, error) {
	<-k.release
	return "late", nil
}
func (k slowKeyring) Delete(string, string) error { return nil }
func (k slowKeyring) DeleteAll(string) error      { return nil }

// TestKeyring keeps a secret, says what is missing, and does not wait for a keyring that is silent.
func TestKeyring(t *testing.T) {
	keys := NewKeyring()
	if err := keys.Set("service", "claire", "secret"); err != nil {
		t.Fatal(err)
	}
	if secret, err := keys.Get("service", "claire"); err != nil || secret != "secret" {
		t.Errorf("%q, %v", secret, err)
	}
	_, err := keys.Get("service", "nobody")
	if problem := app.AsError(err); problem.Code != app.CodeMailbox || problem.Detail != "password_missing" {
		t.Errorf("absent: %v", err)
	}
	keyring.MockInitWithError(errors.New("no bus"))
	_, err = keys.Get("service", "claire")
	if problem := app.AsError(err); problem.Code != app.CodeMailbox || problem.Detail != "keyring" {
		t.Errorf("no bus: %v", err)
	}
	keyring.MockInit()
	release := make(chan struct{})
	slow := patientKeyring{patience: 20 * time.Millisecond}
	var found, result string
	err = slow.within(func() (err error) { found, err = slowKeyring{release}.Get("", ""); return err }, &found, &result)
	if !errors.Is(err, errKeyringSilent) || result != "" {
		t.Errorf("a silent keyring gives %q, %v", result, err)
	}
	close(release)
}

// TestEnvironmentWins: DUMENT_IMAP_PASSWORD comes before the keyring.
func TestEnvironmentWins(t *testing.T) {
	house := newHouse(t, ledger.Settings{})
	settings := ledger.Mailbox{Host: "imap.monfai.example", User: "claire"}
	if err := house.Secrets.Set(mailService(settings.Host), "claire", "kept"); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ variable, want string }{{"", "kept"}, {"given", "given"}} {
		house.options.Getenv = func(string) string { return test.variable }
		if secret, err := house.password(settings)(context.Background()); err != nil || secret != test.want {
			t.Errorf("with %q: %q, %v", test.variable, secret, err)
		}
	}
}

// TestWriteFile replaces a file whole, and leaves nothing beside it when it cannot.
func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.pdf")
	for _, content := range []string{"first", "second, longer"} {
		if err := WriteFile(path, []byte(content)); err != nil {
			t.Fatal(err)
		}
		if read, err := ReadFile(path, 100); err != nil || string(read) != content {
			t.Errorf("%q, %v", read, err)
		}
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	if err := os.Mkdir(filepath.Join(dir, "folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(filepath.Join(dir, "folder"), []byte("x")); !app.HasCode(err, app.CodeFile) {
		t.Errorf("over a folder: %v", err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 2 {
		t.Errorf("left behind: %v", entries)
	}
	for _, test := range []struct {
		path string
		max  int64
	}{{path, 3}, {dir, 100}, {filepath.Join(dir, "absent"), 100}} {
		if _, err := ReadFile(test.path, test.max); !app.HasCode(err, app.CodeFile) {
			t.Errorf("reading %v gives %v", test, err)
		}
	}
}

// TestLease: one holder at a time; what is given back can be taken at once.
func TestLease(t *testing.T) {
	house := newHouse(t, ledger.Settings{})
	now := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	var mu sync.Mutex
	house.options.Clock = func() time.Time { mu.Lock(); defer mu.Unlock(); return now }
	_, release, err := house.holdLease(context.Background(), "h")
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = house.holdLease(context.Background(), "h")
	if app.AsError(err).Detail != "watched_elsewhere" {
		t.Errorf("a second holder: %v", err)
	}
	release()
	if _, second, err := house.holdLease(context.Background(), "h"); err != nil {
		t.Errorf("after the return: %v", err)
	} else {
		second()
	}
	// The lease of a killed process ends by itself.
	if err := house.takeLease(context.Background(), "h", "dead", leaseTime); err != nil {
		t.Fatal(err)
	}
	if err := house.takeLease(context.Background(), "h", "other", leaseTime); err == nil {
		t.Error("a lease in force was taken")
	}
	mu.Lock()
	now = now.Add(leaseTime + time.Second)
	mu.Unlock()
	if err := house.takeLease(context.Background(), "h", "other", leaseTime); err != nil {
		t.Errorf("an ended lease: %v", err)
	}
}

// TestInbox walks the window's watcher: nothing set up, then a mailbox, then the end.
func TestInbox(t *testing.T) {
	server, err := embedded.Start(embedded.Options{User: "claire", Password: "secret", Now: time.Now(), Plain: true})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	house := newHouse(t, ledger.Settings{})
	house.options.Getenv = func(string) string { return "secret" }
	got := make(chan []app.MessageOutcome, 8)
	inbox := NewInbox(house, Mail{On: func() date.Date { return date.Must("2026-05-01") },
		Each: func(outcomes []app.MessageOutcome) { got <- outcomes }})
	phases := make(chan app.InboxState, 64)
	stop := inbox.OnState(func(state app.InboxState) { phases <- state })
	defer stop()
	inbox.Start(context.Background())
	waitFor(t, phases, app.InboxOff)
	settings := ledger.Settings{Mailbox: ledger.Mailbox{Host: server.Host(), Port: server.Port(), Security: "none",
		User: "claire"}}
	if err := house.App.ApplySettings(context.Background(), date.Must("2026-05-01"), settings); err != nil {
		t.Fatal(err)
	}
	message := []byte("From: a@b.example\r\nSubject: x\r\n\r\nhello\r\n")
	if err := server.Deliver(message, time.Now()); err != nil {
		t.Fatal(err)
	}
	inbox.Retry()
	waitFor(t, phases, app.InboxWatching)
	select {
	case outcomes := <-got:
		if len(outcomes) != 1 || outcomes[0].File != "INBOX/1" {
			t.Errorf("%+v", outcomes)
		}
	case <-time.After(10 * time.Second):
		t.Error("the message was not read")
	}
	house.options.Getenv = func(string) string { return "wrong" }
	inbox.Retry()
	if state := waitFor(t, phases, app.InboxWaiting, app.InboxAuthFailed); app.AsError(state.Err).Detail != "auth_failed" {
		t.Errorf("%+v", state)
	}
	inbox.Stop()
	if state := inbox.State(); state.Phase != app.InboxStopped {
		t.Errorf("after Stop it is %s", state.Phase)
	}
	if forbidden := server.Forbidden(); len(forbidden) > 0 {
		t.Errorf("the mailbox was to be changed: %v", forbidden)
	}
}

func waitFor(t *testing.T, phases <-chan app.InboxState, wanted ...app.InboxPhase) app.InboxState {
	t.Helper()
	limit := time.After(10 * time.Second)
	var seen []app.InboxPhase
	for {
		select {
		case state := <-phases:
			for _, phase := range wanted {
				if state.Phase == phase {
					return state
				}
			}
			seen = append(seen, state.Phase)
		case <-limit:
			t.Fatalf("no %v within ten seconds, only %v", wanted, seen)
		}
	}
}

// TestProbe tries settings step by step, and says at which one it failed.
func TestProbe(t *testing.T) {
	server, err := embedded.Start(embedded.Options{User: "claire", Password: "secret", Now: time.Now(), Plain: true})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	if err := server.Deliver([]byte("From: a@b.example\r\nSubject: x\r\n\r\nhello\r\n"), time.Now()); err != nil {
		t.Fatal(err)
	}
	inbox := NewInbox(newHouse(t, ledger.Settings{}), Mail{})
	box := ledger.Mailbox{Host: server.Host(), Port: server.Port(), Security: "none", User: "claire"}
	reported := 0
	steps := inbox.Probe(context.Background(), box, "secret", func(app.ProbeStep) { reported++ })
	if len(steps) != 8 || reported < len(steps) {
		t.Fatalf("%d steps, %d reports", len(steps), reported)
	}
	for _, step := range steps {
		if step.State == app.ProbeFailed || step.State == app.ProbeSkipped {
			t.Errorf("%+v", step)
		}
		if step.Name == "read" && fmt.Sprint(step.Detail, step.Recognised) != "[1 1] map[not_payment:1]" {
			t.Errorf("%+v", step)
		}
	}
	steps = inbox.Probe(context.Background(), box, "wrong", nil)
	if step := steps[3]; step.State != app.ProbeFailed || app.AsError(step.Err).Detail != "auth_failed" {
		t.Errorf("%+v", step)
	}
	steps = inbox.Probe(context.Background(), ledger.Mailbox{}, "", nil)
	if len(steps) != 1 || app.AsError(steps[0].Err).Detail != "off" {
		t.Errorf("%+v", steps)
	}
}
