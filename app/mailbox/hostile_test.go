package mailbox_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/metrics"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"dument/app/mailbox"
	"dument/app/mailbox/mailboxtest"
)

// quick are limits that a stalling server reaches soon.
func quick() mailbox.Limits {
	return mailbox.Limits{
		Connect: 400 * time.Millisecond, Command: 400 * time.Millisecond,
		StallWindow: 400 * time.Millisecond, MinRate: 1000,
		BackoffLow: 20 * time.Millisecond, BackoffHigh: 50 * time.Millisecond,
	}
}

// patient are limits for the cells in which the server keeps answering.
func patient() mailbox.Limits {
	limits := quick()
	limits.Connect, limits.Command, limits.StallWindow = 9*time.Second, 9*time.Second, 9*time.Second
	return limits
}

// endless are the mischiefs that only a time limit ends.
var endless = []mailboxtest.Mischief{
	mailboxtest.Stall, mailboxtest.Drip, mailboxtest.ShortLiteral, mailboxtest.WrongTag, mailboxtest.HugeLiteral,
	mailboxtest.Noise,
}

// harmless are the mischiefs that a reader bears with, once the encryption stands.
var harmless = []mailboxtest.Mischief{
	mailboxtest.Extra, mailboxtest.BareLF, mailboxtest.EightBit, mailboxtest.NUL,
}

// expected are the codes that a cell must give, where one code alone is right.
var expected = map[mailboxtest.Phase]map[mailboxtest.Mischief]mailbox.Code{
	mailboxtest.PhaseConnect: {mailboxtest.Stall: mailbox.CodeTimeout,
		mailboxtest.SayBye: mailbox.CodeTLSFailed},
	mailboxtest.PhaseHandshake: {mailboxtest.Stall: mailbox.CodeTimeout,
		mailboxtest.Noise: mailbox.CodeTLSFailed},
	mailboxtest.PhaseStartTLS: {mailboxtest.SayNo: mailbox.CodeStartTLSMissing,
		mailboxtest.SayBad: mailbox.CodeStartTLSMissing, mailboxtest.Stall: mailbox.CodeTimeout,
		mailboxtest.LongLine: mailbox.CodeGarbage},
	mailboxtest.PhaseGreeting: {mailboxtest.SayBye: mailbox.CodeUnavailable,
		mailboxtest.Stall:  mailbox.CodeTimeout,
		mailboxtest.Hangup: mailbox.CodeConnectionLost, mailboxtest.LongLine: mailbox.CodeGarbage},
	mailboxtest.PhaseLogin: {mailboxtest.SayNo: mailbox.CodeAuthFailed,
		mailboxtest.SayBad: mailbox.CodeAuthFailed,
		mailboxtest.Stall:  mailbox.CodeTimeout, mailboxtest.Hangup: mailbox.CodeConnectionLost,
		mailboxtest.WrongTag: mailbox.CodeGarbage},
	mailboxtest.PhaseExamine: {mailboxtest.SayNo: mailbox.CodeFolderMissing,
		mailboxtest.Stall:    mailbox.CodeTimeout,
		mailboxtest.LongLine: mailbox.CodeGarbage, mailboxtest.HugeLiteral: mailbox.CodeGarbage},
	mailboxtest.PhaseSearch: {mailboxtest.Stall: mailbox.CodeTimeout, mailboxtest.LongLine: mailbox.CodeGarbage,
		mailboxtest.HugeLiteral: mailbox.CodeGarbage, mailboxtest.Hangup: mailbox.CodeConnectionLost},
	mailboxtest.PhaseSizes: {mailboxtest.Stall: mailbox.CodeTimeout,
		mailboxtest.SayBye: mailbox.CodeConnectionLost},
	mailboxtest.PhaseBody: {mailboxtest.Stall: mailbox.CodeTimeout, mailboxtest.HugeLiteral: mailbox.CodeGarbage,
		mailboxtest.SayNo: mailbox.CodeGarbage, mailboxtest.Drip: mailbox.CodeTimeout,
		mailboxtest.Reset: mailbox.CodeConnectionLost},
}

// TestHostileCells lets a server misbehave in every way at every moment: a fault with a code and in
// time, nothing stored twice or lost, and the next honest session completes.
func TestHostileCells(t *testing.T) {
	t.Parallel()
	type cell struct {
		phase    mailboxtest.Phase
		mischief mailboxtest.Mischief
	}
	var cells []cell
	for _, phase := range mailboxtest.Phases {
		for _, mischief := range mailboxtest.Mischiefs {
			cells = append(cells, cell{phase, mischief})
		}
	}
	if len(cells) < 200 {
		t.Fatalf("%d cells", len(cells))
	}
	var group sync.WaitGroup
	slots := make(chan struct{}, 24)
	for _, c := range cells {
		group.Add(1)
		slots <- struct{}{}
		go func() {
			defer func() { <-slots; group.Done() }()
			if err := hostileCell(t, c.phase, c.mischief); err != nil {
				t.Errorf("%s/%s: %v", c.phase, c.mischief, err)
			}
		}()
	}
	group.Wait()
	t.Logf("%d cells", len(cells))
}

func hostileCell(t *testing.T, phase mailboxtest.Phase, mischief mailboxtest.Mischief) error {
	messages := []string{string(mail(1)), string(mail(2)), string(mail(3))}
	server, settings := startHostile(t, phase == mailboxtest.PhaseStartTLS, messages...)
	settings.Limits = patient()
	if slices.Contains(endless, mischief) {
		settings.Limits = quick()
	}
	server.Set(phase, mischief)
	sink := mailboxtest.NewSink()
	begun := time.Now()
	err := provoke(settings, sink, phase)
	if took := time.Since(begun); took > 10*time.Second {
		return fmt.Errorf("it took %v", took)
	}
	code := codeOf(err)
	if code == "?" {
		return fmt.Errorf("not a fault: %w", err)
	}
	if want, ok := expected[phase][mischief]; ok && code != want {
		return fmt.Errorf("%q (%w), want %s", code, err, want)
	}
	encrypted := phase != mailboxtest.PhaseConnect && phase != mailboxtest.PhaseHandshake &&
		phase != mailboxtest.PhaseStartTLS
	if encrypted && slices.Contains(harmless, mischief) && err != nil {
		return fmt.Errorf("should be borne: %w", err)
	}
	server.Calm()
	settings.Limits = mailbox.Limits{}
	if _, err := mailbox.ReadOnce(context.Background(), settings, password(testPassword), sink,
		time.Now); err != nil {
		return fmt.Errorf("the honest session after it: %w", err)
	}
	if got := sink.Bodies(); !slices.Equal(got, messages) {
		return fmt.Errorf("stored %q", got)
	}
	return nil
}

// provoke walks through all that the program does with a server, up to the phase.
func provoke(settings mailbox.Settings, sink mailbox.Sink, phase mailboxtest.Phase) error {
	ctx, cancel := context.WithTimeout(context.Background(), 15*time.Second)
	defer cancel()
	switch phase {
	case mailboxtest.PhaseList:
		for _, step := range mailbox.Probe(ctx, settings, password(testPassword), time.Now, nil) {
			if step.Err != nil {
				return step.Err
			}
		}
		return nil
	case mailboxtest.PhaseIdle:
		return watchUntilSettled(ctx, settings, sink)
	}
	_, err := mailbox.ReadOnce(ctx, settings, password(testPassword), sink, time.Now)
	return err
}

// watchUntilSettled runs a watcher until it has failed once, or has idled or polled for a while.
func watchUntilSettled(ctx context.Context, settings mailbox.Settings, sink mailbox.Sink) error {
	settings.Limits.IdleCycle = 50 * time.Millisecond
	settings.Limits.BackoffLow = time.Hour
	settings.Limits.BackoffHigh = time.Hour
	watcher := mailbox.NewWatcher(settings, password(testPassword), sink, time.Now, nil)
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- watcher.Run(ctx) }()
	defer func() { cancel(); <-ended }()
	for tries := 0; tries < 200; tries++ {
		time.Sleep(5 * time.Millisecond)
		state := watcher.State()
		if state.Phase == mailbox.PhaseWaiting {
			return state.Detail
		}
		if state.Phase == mailbox.PhasePolling {
			return nil
		}
	}
	return nil
}

// TestHostileMemory keeps the memory bounded under every way to send too much. The floods have no end:
// without the limits the heap grows for as long as the command may last.
func TestHostileMemory(t *testing.T) {
	kilobyte := strings.Repeat("a", 1000)
	for name, test := range map[string]struct{ prefix, head, unit string }{
		"many lines":      {"UID SEARCH", "", "* OK " + kilobyte + "\r\n"},
		"one line":        {"UID SEARCH", "* OK ", kilobyte},
		"many literals":   {"EXAMINE", "", "* LIST () \"/\" {30000}\r\n" + strings.Repeat(kilobyte, 30) + "\r\n"},
		"one string":      {"EXAMINE", "* LIST () \"/\" \"", kilobyte + "\r\n"},
		"literal 2^32":    {"UID FETCH 1 (UID BODY", "* 1 FETCH (UID 1 BODY[]<0> {4294967296}\r\n", kilobyte},
		"literal 2^63-1":  {"UID SEARCH", "* LIST () \"/\" {9223372036854775807}\r\n", kilobyte},
		"literal 10^30":   {"UID SEARCH", "* LIST () \"/\" {1000000000000000000000000000000}\r\n", kilobyte},
		"envelope":        {"UID FETCH", "* 1 FETCH (ENVELOPE ({400000000}\r\n", kilobyte},
		"large piece":     {"UID FETCH 1 (UID BODY", "* 1 FETCH (UID 1 BODY[]<0> {1000000}\r\n", kilobyte},
		"many answers":    {"UID FETCH", "", "* 1 FETCH (UID 1 RFC822.SIZE 5)\r\n"},
		"many UIDs":       {"UID SEARCH", "* SEARCH", " 77"},
		"range of UIDs":   {"UID SEARCH", "* ESEARCH (TAG \"T5\") UID ALL 1:4294967295\r\n", "* OK\r\n"},
		"many lists":      {"CAPABILITY", "* CAPABILITY", " X" + kilobyte},
		"while logged in": {"LOGIN", "", "* 1 EXISTS\r\n"},
	} {
		t.Run(name, func(t *testing.T) {
			server, settings := startHostile(t, false, string(mail(1)))
			settings.Limits.Command = 20 * time.Second
			server.Flood(test.prefix, test.head, test.unit)
			var err error
			grown := peak(func() { _, err = read(t, settings, mailboxtest.NewSink(), testPassword) })
			if codeOf(err) != mailbox.CodeGarbage {
				t.Errorf("%v", err)
			}
			if grown > 40<<20 {
				t.Errorf("it took %d MiB", grown>>20)
			}
		})
	}
}

// TestRangeOfUIDs: a range that names four thousand million messages is refused before it is counted.
func TestRangeOfUIDs(t *testing.T) {
	for _, span := range []string{"1:4294967295", "1:3,5:4000000000", "1:250000"} {
		server, settings := startHostile(t, false, string(mail(1)))
		server.Answer(func(command string) (string, bool) {
			return "* ESEARCH (TAG \"%s\") UID ALL " + span + "\r\n%s OK\r\n", strings.HasPrefix(command, "UID SEARCH")
		})
		if _, err := read(t, settings, mailboxtest.NewSink(), testPassword); codeOf(err) != mailbox.CodeGarbage {
			t.Errorf("%s: %v", span, err)
		}
	}
}

// peak is by how much the live heap grew at most while run ran.
func peak(run func()) uint64 {
	live := func() uint64 {
		runtime.GC()
		sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(sample)
		return sample[0].Value.Uint64()
	}
	before, most := live(), uint64(0)
	ended := make(chan struct{})
	go func() { defer close(ended); run() }()
	for running := true; running; {
		select {
		case <-ended:
			running = false
		case <-time.After(2 * time.Millisecond):
		}
		most = max(most, live())
	}
	return most - min(before, most)
}

// TestSizesThatLie: odd numbers in front of literals end in a fault, wrong RFC822.SIZE does not.
func TestSizesThatLie(t *testing.T) {
	body := string(mail(1))
	for name, test := range map[string]struct {
		sizes, body string
		code        mailbox.Code
	}{
		"size too small": {"* 1 FETCH (UID 1 RFC822.SIZE 3)\r\n%s OK\r\n", "", ""},
		"size too large": {"* 1 FETCH (UID 1 RFC822.SIZE 225752)\r\n%s OK\r\n", "", ""},
		"size zero":      {"* 1 FETCH (UID 1 RFC822.SIZE 0)\r\n%s OK\r\n", "", ""},
		"size negative":  {"* 1 FETCH (UID 1 RFC822.SIZE -1)\r\n%s OK\r\n", "", mailbox.CodeGarbage},
		"negative":       {"", "* 1 FETCH (UID 1 BODY[]<0> {-5}\r\nabc)\r\n%s OK\r\n", mailbox.CodeGarbage},
		"not a number":   {"", "* 1 FETCH (UID 1 BODY[]<0> {abc}\r\nabc)\r\n%s OK\r\n", mailbox.CodeGarbage},
		"no partial": {"", fmt.Sprintf("* 1 FETCH (UID 1 BODY[] {%d}\r\n%s)\r\n%%s OK\r\n", len(body), body),
			""},
		"other section": {"", "* 1 FETCH (UID 1 BODY[2] {3}\r\nabc)\r\n%s OK\r\n", mailbox.CodeGarbage},
		"NIL":           {"", "* 1 FETCH (UID 1 BODY[]<0> NIL)\r\n%s OK\r\n", mailbox.CodeGarbage},
		"UID behind":    {"", "* 1 FETCH (BODY[]<0> {3}\r\nabc UID 1)\r\n%s OK\r\n", mailbox.CodeGarbage},
		"no answer":     {"%s OK\r\n", "", mailbox.CodeGarbage},
	} {
		t.Run(name, func(t *testing.T) {
			server, settings := startHostile(t, false, body)
			server.Answer(func(command string) (string, bool) {
				if strings.Contains(command, "RFC822.SIZE") && test.sizes != "" {
					return test.sizes, true
				}
				if strings.Contains(command, "BODY.PEEK[]<0.") && test.body != "" {
					return test.body, true
				}
				return "", false
			})
			sink := mailboxtest.NewSink()
			_, err := read(t, settings, sink, testPassword)
			if codeOf(err) != test.code {
				t.Fatalf("%v, want %q", err, test.code)
			}
			if got := sink.Bodies(); err == nil && !slices.Equal(got, []string{body}) || err != nil && len(got) > 0 {
				t.Errorf("stored %q", got)
			}
			if cursor, _ := sink.Cursor(context.Background()); err != nil && cursor.LastUID != 0 {
				t.Errorf("the cursor passed over it: %+v", cursor)
			}
		})
	}
}

// TestPoison: one message that the server can't deliver does not hide the ones behind it, and is
// reported; at the end of the folder it stays to be tried again.
func TestPoison(t *testing.T) {
	for name, answer := range map[string]string{
		"refused": "%s NO can't convert\r\n", "broken": "* 2 FETCH (UID 2 NONSENSE)\r\n%s OK\r\n",
		"silence": "%s OK\r\n", "hang up": "* BYE internal error\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			server, settings := startHostile(t, false, string(mail(1)), string(mail(2)), string(mail(3)))
			poison := []string{" 1:3 ", " 2 ", "2:3"}
			server.Answer(func(command string) (string, bool) {
				hit := strings.Contains(command, "BODY.PEEK") &&
					slices.ContainsFunc(poison, func(set string) bool { return strings.Contains(command, set) })
				return answer, hit
			})
			sink := mailboxtest.NewSink()
			result, err := read(t, settings, sink, testPassword)
			if name == "hang up" { // may be the network: nothing is given up
				if codeOf(err) != mailbox.CodeConnectionLost {
					t.Fatalf("%v", err)
				}
				return
			}
			if err != nil || result.Messages != 3 || result.Unreadable != 1 {
				t.Fatalf("%+v %v", result, err)
			}
			if message := sink.Messages()[1]; message.UID != 2 || !message.Unreadable || message.Raw != nil {
				t.Errorf("%+v", message)
			}
			if again := mustRead(t, settings, sink, testPassword); again.Messages != 0 {
				t.Errorf("%+v", again)
			}
		})
	}
}

// TestPoisonAtTheEnd: as long as no later message could be read, nothing is given up.
func TestPoisonAtTheEnd(t *testing.T) {
	t.Run("before one that is gone", func(t *testing.T) {
		server, settings := startHostile(t, false, string(mail(1)), string(mail(2)))
		server.Answer(func(command string) (string, bool) {
			switch {
			case command == "UID SEARCH UID 1:*" || command == "UID SEARCH UID 2:*":
				return "* SEARCH 1 2 3\r\n%s OK\r\n", true
			case strings.Contains(command, "BODY.PEEK"):
				return "%s NO can't convert\r\n", !strings.Contains(command, " 1 ")
			}
			return "", false
		})
		sink := mailboxtest.NewSink()
		if _, err := read(t, settings, sink, testPassword); codeOf(err) != mailbox.CodeGarbage {
			t.Fatal(err)
		}
		if got := sink.Bodies(); !slices.Equal(got, []string{string(mail(1))}) {
			t.Errorf("%q", got)
		}
	})
	t.Run("last", func(t *testing.T) {
		server, settings := startHostile(t, false, string(mail(1)), string(mail(2)))
		server.Answer(func(command string) (string, bool) {
			return "%s NO can't convert\r\n", strings.Contains(command, "BODY.PEEK") &&
				(strings.Contains(command, " 1:2 ") || strings.Contains(command, " 2 "))
		})
		sink := mailboxtest.NewSink()
		if _, err := read(t, settings, sink, testPassword); codeOf(err) != mailbox.CodeGarbage {
			t.Fatal(err)
		}
		if got := sink.Bodies(); !slices.Equal(got, []string{string(mail(1))}) {
			t.Errorf("%q", got)
		}
		server.Calm()
		server.Answer(nil)
		if got := mustRead(t, settings, sink, testPassword); got.New != 1 || got.Unreadable != 0 {
			t.Errorf("%+v", got)
		}
	})
}

// TestServerText is only ever quoted, short, and never repeats the secret.
func TestServerText(t *testing.T) {
	server, settings := startHostile(t, false)
	server.Answer(func(command string) (string, bool) {
		return "%s NO [ALERT] user claire with \"" + testPassword + "\" \x1b[31mis \xe2\x80\xae wrong " +
			strings.Repeat("long ", 200) + "\r\n", strings.HasPrefix(command, "LOGIN")
	})
	_, err := read(t, settings, mailboxtest.NewSink(), testPassword)
	var fault *mailbox.Fault
	if !errors.As(err, &fault) || fault.Code != mailbox.CodeAuthFailed || fault.ServerCode != "ALERT" {
		t.Fatalf("%v", err)
	}
	if strings.ContainsAny(err.Error(), "\x1b\u202e\n") || len(fault.ServerText) > 220 {
		t.Errorf("%q", fault.ServerText)
	}
	for _, form := range []string{testPassword, "canary"} {
		if strings.Contains(fmt.Sprintf("%+v", fault), form) {
			t.Errorf("the secret is in %+v", fault)
		}
	}
}

// TestBasicAuthDisabled is what a provider says that only takes access tokens.
func TestBasicAuthDisabled(t *testing.T) {
	server, settings := startHostile(t, false)
	server.Answer(func(command string) (string, bool) {
		return "%s NO Basic authentication is disabled\r\n", strings.HasPrefix(command, "LOGIN")
	})
	if _, err := read(t, settings, mailboxtest.NewSink(),
		testPassword); codeOf(err) != mailbox.CodeAuthUnsupported {
		t.Errorf("%v", err)
	}
	settings.Auth = mailbox.AuthXOAuth2
	if _, err := read(t, settings, mailboxtest.NewSink(),
		testPassword); codeOf(err) != mailbox.CodeAuthUnsupported {
		t.Errorf("no mechanism for tokens: %v", err)
	}
	if strings.Contains(server.Received(), "AUTHENTICATE") {
		t.Error("a token was sent to a server that takes none")
	}
	server.Answer(func(command string) (string, bool) {
		return "%s NO [UNAVAILABLE] try later\r\n", strings.HasPrefix(command, "LOGIN")
	})
	settings.Auth = mailbox.AuthPassword
	if _, err := read(t, settings, mailboxtest.NewSink(), testPassword); codeOf(err) != mailbox.CodeUnavailable {
		t.Errorf("a bad moment of the server: %v", err)
	}
}
