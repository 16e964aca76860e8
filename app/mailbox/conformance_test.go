package mailbox_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"dument/app/date"
	"dument/app/mailbox"
	"dument/app/mailbox/embedded"
	"dument/app/mailbox/mailboxtest"
)

// backend is a server that the same suite runs against.
type backend struct {
	settings mailbox.Settings
	secret   string
	folder   string // exists, besides INBOX
	deliver  func(folder string, raw []byte) error
	renumber func(folder string) error
	flags    func(folder string) ([]string, error)
	token    string
}

func TestConformanceEmbedded(t *testing.T) {
	for name, options := range map[string]embedded.Options{
		"tls": {}, "starttls": {StartTLS: true}, "loopback": {Plain: true},
	} {
		t.Run(name, func(t *testing.T) {
			conformance(t, func(t *testing.T) *backend {
				options.Folders = []string{"Paiements reçus"}
				server, settings := startEmbedded(t, options)
				return &backend{
					settings: settings, secret: testPassword, folder: "Paiements reçus",
					deliver: func(folder string, raw []byte) error {
						return server.DeliverTo(folder, raw, time.Now())
					},
					renumber: server.Empty,
					flags:    func(string) ([]string, error) { return server.Forbidden(), nil },
				}
			})
		})
	}
}

func TestConformanceDovecot(t *testing.T) {
	server := mailboxtest.StartDovecot(t)
	t.Parallel()
	var users atomic.Int32
	prepare := func(*testing.T) *backend {
		user := fmt.Sprintf("user%d", users.Add(1))
		return &backend{
			settings: mailbox.Settings{Host: "localhost", Port: server.TLSPort, User: user, RootCAs: server.Pool},
			secret:   mailboxtest.DovecotPassword, folder: "Paiements reçus", token: server.Token(user),
			deliver: func(folder string, raw []byte) error {
				return server.Deliver(user, strings.ReplaceAll(folder, "ç", "&AOc-"), raw)
			},
			renumber: func(folder string) error {
				name := strings.ReplaceAll(folder, "ç", "&AOc-")
				_, err := server.Say(user, fmt.Sprintf("DELETE %q", name), fmt.Sprintf("CREATE %q", name))
				return err
			},
			flags: func(folder string) ([]string, error) {
				return server.Flags(user, strings.ReplaceAll(folder, "ç", "&AOc-"))
			},
		}
	}
	t.Run("tls", func(t *testing.T) {
		t.Parallel()
		conformance(t, prepare)
	})
	t.Run("starttls", func(t *testing.T) {
		t.Parallel()
		conformance(t, func(t *testing.T) *backend {
			b := prepare(t)
			b.settings.Port, b.settings.Security = server.Port, mailbox.SecurityStartTLS
			return b
		})
	})
	t.Run("access token", func(t *testing.T) {
		b := prepare(t)
		b.settings.Auth = mailbox.AuthXOAuth2
		mustDeliver(t, b, "INBOX", 1)
		sink := mailboxtest.NewSink()
		if got := mustRead(t, b.settings, sink, b.token); got.New != 1 {
			t.Errorf("%+v", got)
		}
		if _, err := read(t, b.settings, sink, b.token+"x"); codeOf(err) != mailbox.CodeAuthFailed {
			t.Errorf("a wrong token gave %v", err)
		}
	})
}

// conformance is what every server must give.
func conformance(t *testing.T, prepare func(*testing.T) *backend) {
	for name, test := range map[string]func(*testing.T, *backend){
		"reads once":        conformReadsOnce,
		"large and small":   conformSizes,
		"numbered anew":     conformRenumbered,
		"folder missing":    conformFolderMissing,
		"wrong password":    conformWrongPassword,
		"announcement":      conformAnnouncement,
		"test of settings":  conformProbe,
		"since a later day": conformSince,
	} {
		t.Run(name, func(t *testing.T) { test(t, prepare(t)) })
	}
}

func mustDeliver(t *testing.T, b *backend, folder string, n int) {
	t.Helper()
	if err := b.deliver(folder, mail(n)); err != nil {
		t.Fatal(err)
	}
}

func conformReadsOnce(t *testing.T, b *backend) {
	for n := range 60 { // more than one command names
		mustDeliver(t, b, "INBOX", n)
	}
	sink := mailboxtest.NewSink()
	if got := mustRead(t, b.settings, sink, b.secret); got.New != 60 || got.Messages != 60 || !got.Idle {
		t.Fatalf("first reading: %+v", got)
	}
	before, err := b.flags("INBOX")
	if err != nil {
		t.Fatal(err)
	}
	for i, message := range sink.Messages() {
		if !strings.Contains(string(message.Raw), fmt.Sprintf("Subject: virement %d\r\n", i)) {
			t.Fatalf("message %d is %q", i, message.Raw)
		}
		if message.UID == 0 || message.UIDValidity == 0 || message.Size != int64(len(message.Raw)) {
			t.Fatalf("message %d: %+v", i, message)
		}
	}
	if got := mustRead(t, b.settings, sink, b.secret); got.Messages != 0 {
		t.Fatalf("second reading: %+v", got)
	}
	mustDeliver(t, b, "INBOX", 60)
	if got := mustRead(t, b.settings, sink, b.secret); got.Messages != 1 || got.New != 1 {
		t.Fatalf("third reading: %+v", got)
	}
	after, err := b.flags("INBOX")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range before {
		if !slices.Contains(after, entry) {
			t.Errorf("%q is not as it was: %q", entry, after)
		}
	}
	for _, entry := range after {
		if strings.HasSuffix(entry, "S") {
			t.Errorf("%q is marked as read", entry)
		}
	}
}

// conformSizes reads messages around the size of a piece, and one that is too large.
func conformSizes(t *testing.T, b *backend) {
	b.settings.Limits = mailbox.Limits{PieceBytes: 1000, MessageBytes: 5000, BatchBytes: 3000}
	sizes := []int{90, 999, 1000, 1001, 2000, 4999, 5000, 5001, 9000}
	for _, size := range sizes {
		raw := fmt.Sprintf("Subject: %d\r\nX-Pad: %s\r\n\r\n", size, strings.Repeat("h", 20))
		raw += strings.Repeat("x", size-len(raw)-2) + "\r\n"
		if err := b.deliver("INBOX", []byte(raw)); err != nil {
			t.Fatal(err)
		}
	}
	sink := mailboxtest.NewSink()
	if got := mustRead(t, b.settings, sink, b.secret); got.New != len(sizes) || got.HeaderOnly != 2 {
		t.Fatalf("%+v", got)
	}
	for i, message := range sink.Messages() {
		if message.Size != int64(sizes[i]) {
			t.Errorf("size %d, want %d", message.Size, sizes[i])
		}
		if tooLarge := sizes[i] > 5000; tooLarge != message.HeaderOnly || !tooLarge &&
			len(message.Raw) != sizes[i] {
			t.Errorf("size %d: header only %v, %d bytes", sizes[i], message.HeaderOnly, len(message.Raw))
		}
		if message.HeaderOnly && !strings.HasSuffix(string(message.Raw), "hh\r\n\r\n") {
			t.Errorf("the header of a large message is %q", message.Raw)
		}
	}
}

func conformRenumbered(t *testing.T, b *backend) {
	b.settings.Folder = b.folder
	sink := mailboxtest.NewSink()
	mustRead(t, b.settings, sink, b.secret) // makes the folder where the server makes it by itself
	for n := range 3 {
		mustDeliver(t, b, b.folder, n)
	}
	first := mustRead(t, b.settings, sink, b.secret)
	if first.New != 3 || first.Restarted {
		t.Fatalf("%+v", first)
	}
	if err := b.renumber(b.folder); err != nil {
		t.Fatal(err)
	}
	for n := range 4 {
		mustDeliver(t, b, b.folder, n)
	}
	second := mustRead(t, b.settings, sink, b.secret)
	if !second.Restarted || second.Messages != 4 || second.New != 1 {
		t.Fatalf("%+v", second)
	}
	if second.Cursor.UIDValidity == first.Cursor.UIDValidity {
		t.Fatal("the server did not number anew")
	}
	if third := mustRead(t, b.settings, sink, b.secret); third.Restarted || third.Messages != 0 {
		t.Fatalf("%+v", third)
	}
}

func conformFolderMissing(t *testing.T, b *backend) {
	mustDeliver(t, b, "INBOX", 1)
	for _, folder := range []string{"Nulle part", "a \"quoted\" name", "Étrange/日本"} {
		b.settings.Folder = folder
		sink := mailboxtest.NewSink()
		if _, err := read(t, b.settings, sink, b.secret); codeOf(err) != mailbox.CodeFolderMissing {
			t.Errorf("%s: %v", folder, err)
		}
		if len(sink.Messages()) > 0 {
			t.Errorf("%s: it read another folder", folder)
		}
	}
}

func conformWrongPassword(t *testing.T, b *backend) {
	sink := mailboxtest.NewSink()
	if _, err := read(t, b.settings, sink, "wrong-"+b.secret); codeOf(err) != mailbox.CodeAuthFailed {
		t.Errorf("%v", err)
	}
}

// patience is how long a test waits for what ends in milliseconds: a loaded machine changes no result.
const patience = 60 * time.Second

// conformAnnouncement has a watcher notice a message by announcement, long before the next look.
func conformAnnouncement(t *testing.T, b *backend) {
	mustDeliver(t, b, "INBOX", 1)
	sink := mailboxtest.NewSink()
	watcher := mailbox.NewWatcher(b.settings, password(b.secret), sink, time.Now, nil)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- watcher.Run(ctx) }()
	eventually(t, "watching", patience,
		func() bool { return watcher.State().Phase == mailbox.PhaseWatching })
	for n := 2; n <= 3; n++ {
		begun := time.Now()
		mustDeliver(t, b, "INBOX", n)
		eventually(t, "the new message", patience, func() bool { return len(sink.Messages()) == n })
		t.Logf("noticed after %v", time.Since(begun).Round(time.Millisecond))
	}
	eventually(t, "watching again", patience, func() bool {
		state := watcher.State()
		return state.Phase == mailbox.PhaseWatching && state.NewMessages == 3 && !state.LastRead.IsZero()
	})
	cancel()
	if err := <-ended; err != context.Canceled {
		t.Error(err)
	}
	if phase := watcher.State().Phase; phase != mailbox.PhaseStopped {
		t.Error(phase)
	}
}

// conformSince leaves out what reached the server before the day.
func conformSince(t *testing.T, b *backend) {
	mustDeliver(t, b, "INBOX", 1)
	b.settings.Since = date.Of(time.Now()).AddDays(2)
	sink := mailboxtest.NewSink()
	if got := mustRead(t, b.settings, sink, b.secret); got.Messages != 0 {
		t.Errorf("from a later day: %+v", got)
	}
	b.settings.Since = date.Of(time.Now()).AddDays(-40_000)
	if got := mustRead(t, b.settings, sink, b.secret); got.Messages != 1 {
		t.Errorf("from an earlier day: %+v", got)
	}
}

func conformProbe(t *testing.T, b *backend) {
	for n := range 60 {
		raw := "Authentication-Results: mx.monfai.example;\r\n dkim=pass\r\n" + string(mail(n))
		if err := b.deliver("INBOX", []byte(raw)); err != nil {
			t.Fatal(err)
		}
	}
	var reported []string
	steps := mailbox.Probe(context.Background(), b.settings, password(b.secret), time.Now,
		func(step mailbox.Step) { reported = append(reported, string(step.Name)+" "+string(step.Status)) })
	if len(steps) != 8 || len(reported) != 16 {
		t.Fatalf("%d steps, reports %q", len(steps), reported)
	}
	for _, step := range steps {
		clear := step.Name == mailbox.StepTLS && b.settings.Security == mailbox.SecurityNone
		if want := mailbox.StepDone; step.Status != want && !clear {
			t.Errorf("%s: %s %v", step.Name, step.Status, step.Err)
		}
	}
	if steps[0].Addresses == 0 || steps[1].Port != b.settings.Port {
		t.Errorf("%+v %+v", steps[0], steps[1])
	}
	if b.settings.Security != mailbox.SecurityNone &&
		(steps[2].TLSVersion != "TLS 1.3" || steps[2].CertificateEnds.Before(time.Now())) {
		t.Errorf("%+v", steps[2])
	}
	if !slices.Contains(steps[4].Folders, b.folder) || !slices.Contains(steps[4].Folders, "INBOX") {
		t.Errorf("folders %q", steps[4].Folders)
	}
	if steps[5].Messages != 50 || steps[5].Total != 60 || len(steps[5].Sample) != 50 {
		t.Errorf("%d of %d", steps[5].Messages, steps[5].Total)
	}
	if got := steps[6].AuthServers; len(got) != 1 || got[0].ID != "mx.monfai.example" || got[0].Messages != 50 {
		t.Errorf("%+v", got)
	}
	if !steps[7].Idle {
		t.Error("no IDLE")
	}
}
