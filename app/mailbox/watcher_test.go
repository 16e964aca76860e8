package mailbox_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"dument/app/mailbox"
	"dument/app/mailbox/embedded"
	"dument/app/mailbox/mailboxtest"
)

// scripted is a server on pipes, for tests in virtual time.
type scripted struct {
	mu       sync.Mutex
	attempts int
	logins   int
	idles    int
	noops    int
	loginAt  []time.Time
	// login answers the n-th login (from 1): nothing means OK.
	login func(n int) string
	// validity is the UIDVALIDITY of the n-th login.
	validity func(n int) int
	noIdle   bool
	refuse   error // of the connection itself
}

func (s *scripted) dial(context.Context, string, string) (net.Conn, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.attempts++
	if s.refuse != nil {
		return nil, s.refuse
	}
	ours, theirs := net.Pipe()
	go s.serve(theirs)
	return ours, nil
}

func (s *scripted) serve(conn net.Conn) {
	defer conn.Close()
	// With its capabilities in greeting and login the library does not ask for them by itself, in a
	// goroutine that could wait for the end of an IDLE: virtual time stands still meanwhile.
	_, _ = io.WriteString(conn, "* OK ["+s.capabilities()+"] hi\r\n")
	reader, idle := bufio.NewReader(conn), ""
	for {
		line, err := reader.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimSpace(line)
		tag, command, _ := strings.Cut(line, " ")
		if line == "DONE" {
			tag, command = idle, ""
		}
		if _, err := io.WriteString(conn, strings.ReplaceAll(s.answer(command), "%", tag)); err != nil {
			return
		}
		idle = tag
	}
}

func (s *scripted) capabilities() string {
	if s.noIdle {
		return "CAPABILITY IMAP4rev1"
	}
	return "CAPABILITY IMAP4rev1 IDLE"
}

func (s *scripted) answer(command string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	verb, _, _ := strings.Cut(command, " ")
	switch verb {
	case "CAPABILITY":
		return "* " + s.capabilities() + "\r\n% OK\r\n"
	case "LOGIN":
		s.logins++
		s.loginAt = append(s.loginAt, time.Now())
		if s.login != nil {
			if text := s.login(s.logins); text != "" {
				return "% " + text + "\r\n"
			}
		}
		return "% OK [" + s.capabilities() + "]\r\n"
	case "EXAMINE":
		validity := 1
		if s.validity != nil {
			validity = s.validity(s.logins)
		}
		return fmt.Sprintf("* 0 EXISTS\r\n* OK [UIDVALIDITY %d]\r\n* OK [UIDNEXT 1]\r\n%% OK\r\n", validity)
	case "UID":
		return "* SEARCH\r\n% OK\r\n"
	case "IDLE":
		s.idles++
		return "+ idling\r\n"
	case "NOOP":
		s.noops++
	}
	return "% OK\r\n"
}

func (s *scripted) settings() mailbox.Settings {
	return mailbox.Settings{Host: "127.0.0.1", Port: 143, User: "claire", Security: mailbox.SecurityNone,
		Dial: s.dial}
}

// watch runs a watcher in virtual time for a while, and hands it to during meanwhile.
func watch(t *testing.T, s *scripted, lasting time.Duration, during func(*mailbox.Watcher)) *mailbox.Watcher {
	t.Helper()
	watcher := mailbox.NewWatcher(s.settings(), password("secret"), mailboxtest.NewSink(), time.Now, nil)
	ctx, cancel := context.WithTimeout(context.Background(), lasting)
	defer cancel()
	ended := make(chan error, 1)
	go func() { ended <- watcher.Run(ctx) }()
	if during != nil {
		during(watcher)
	}
	<-ended
	return watcher
}

const day = 24 * time.Hour

// TestRefusedLogins counts the refused logins of thirty days under several scripts: never more than
// five in any day, and after two in a row the user is asked.
func TestRefusedLogins(t *testing.T) {
	const refused = "NO [AUTHENTICATIONFAILED] wrong"
	for name, login := range map[string]func(int) string{
		"always":         func(int) string { return refused },
		"without a code": func(int) string { return "NO wrong" },
		"every second":   func(n int) string { return []string{refused, ""}[n%2] },
		"bye with success": func(n int) string {
			return []string{refused,
				"OK [CAPABILITY IMAP4rev1]\r\n* BYE off"}[n%2]
		},
		"basic auth off": func(int) string { return "NO Basic authentication is disabled" },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := &scripted{}
				var refusals []time.Time
				s.login = func(n int) string {
					text := login(n)
					if strings.HasPrefix(text, "NO") {
						refusals = append(refusals, time.Now())
					}
					return text
				}
				watcher := watch(t, s, 30*day, func(w *mailbox.Watcher) {
					time.Sleep(29 * day)
					if name == "always" && w.State().Phase != mailbox.PhaseAuthFailed {
						t.Errorf("it is %s", w.State().Phase)
					}
				})
				s.mu.Lock()
				defer s.mu.Unlock()
				for i, first := range refusals {
					if i+5 < len(refusals) && refusals[i+5].Sub(first) < day {
						t.Fatalf("six refusals within %v", refusals[i+5].Sub(first))
					}
				}
				if name == "always" && s.logins != 2 {
					t.Errorf("%d logins", s.logins)
				}
				if name == "basic auth off" && s.logins != 1 {
					t.Errorf("%d logins", s.logins)
				}
				if watcher.State().Phase != mailbox.PhaseStopped {
					t.Errorf("it is %s", watcher.State().Phase)
				}
			})
		})
	}
}

// TestRetryAfterRefusal: a new password and Retry bring it back.
func TestRetryAfterRefusal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &scripted{login: func(n int) string {
			if n <= 2 {
				return "NO [AUTHENTICATIONFAILED] wrong"
			}
			return ""
		}}
		watch(t, s, day, func(w *mailbox.Watcher) {
			time.Sleep(time.Hour)
			if state := w.State(); state.Phase != mailbox.PhaseAuthFailed ||
				codeOf(state.Detail) != mailbox.CodeAuthFailed {
				t.Errorf("%+v", state)
			}
			w.Retry()
			time.Sleep(time.Minute)
			if state := w.State(); state.Phase != mailbox.PhaseWatching {
				t.Errorf("%+v", state)
			}
		})
	})
}

// TestBackoff of a server that can't be reached: soon at first, then every ten minutes or so.
func TestBackoff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &scripted{refuse: errors.New("no route")}
		watch(t, s, day, func(w *mailbox.Watcher) {
			time.Sleep(time.Minute)
			s.mu.Lock()
			if s.attempts < 3 || s.attempts > 6 {
				t.Errorf("%d attempts in the first minute", s.attempts)
			}
			s.mu.Unlock()
			time.Sleep(20 * time.Hour)
			state := w.State()
			if state.Phase != mailbox.PhaseWaiting || codeOf(state.Detail) != mailbox.CodeUnreachable ||
				state.Until.Sub(state.Since) > 13*time.Minute || state.Until.Before(time.Now()) {
				t.Errorf("%+v", state)
			}
			before := s.attempts
			w.Wake()
			time.Sleep(time.Second)
			s.mu.Lock()
			defer s.mu.Unlock()
			if s.attempts != before+1 {
				t.Errorf("Wake brought %d attempts", s.attempts-before)
			}
		})
		if s.attempts < 100 || s.attempts > 210 {
			t.Errorf("%d attempts in a day", s.attempts)
		}
	})
}

// TestPollsWithoutIdle looks every ten minutes, with a new connection each time.
func TestPollsWithoutIdle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &scripted{noIdle: true}
		watch(t, s, day, func(w *mailbox.Watcher) {
			time.Sleep(time.Hour + time.Minute)
			if state := w.State(); state.Phase != mailbox.PhasePolling ||
				state.Until.Sub(state.Since) != 10*time.Minute {
				t.Errorf("%+v", state)
			}
		})
		if s.logins < 143 || s.logins > 145 {
			t.Errorf("%d logins in a day", s.logins)
		}
	})
}

// TestIdleCycle ends IDLE every nine minutes and looks for itself; the connection is renewed a few
// times a day.
func TestIdleCycle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &scripted{}
		watch(t, s, day, nil)
		if s.idles < 155 || s.idles > 170 || s.noops < 155 || s.logins < 5 || s.logins > 9 {
			t.Errorf("%d IDLE, %d NOOP, %d logins in a day", s.idles, s.noops, s.logins)
		}
	})
}

// TestUnstableNumbers: a server with a new UIDVALIDITY at each session is polled slowly, with a word.
func TestUnstableNumbers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &scripted{noIdle: true, validity: func(login int) int { return login }}
		watch(t, s, day, func(w *mailbox.Watcher) {
			time.Sleep(12*time.Hour + 11*time.Minute)
			state := w.State()
			if state.Phase != mailbox.PhasePolling || codeOf(state.Detail) != mailbox.CodeUnstable {
				t.Errorf("%+v", state)
			}
		})
		if s.logins > 32 {
			t.Errorf("%d logins in a day", s.logins)
		}
	})
}

// TestSleepingMachine: when the wall clock jumps the connection is renewed at once.
func TestSleepingMachine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &scripted{}
		var mu sync.Mutex
		var slept time.Duration
		clock := func() time.Time {
			mu.Lock()
			defer mu.Unlock()
			return time.Now().Add(slept)
		}
		watcher := mailbox.NewWatcher(s.settings(), password("secret"), mailboxtest.NewSink(), clock, nil)
		ctx, cancel := context.WithCancel(context.Background())
		ended := make(chan error, 1)
		go func() { ended <- watcher.Run(ctx) }()
		time.Sleep(2 * time.Minute)
		mu.Lock()
		slept = 8 * time.Hour
		mu.Unlock()
		time.Sleep(time.Minute)
		s.mu.Lock()
		if s.logins != 2 {
			t.Errorf("%d logins", s.logins)
		}
		s.mu.Unlock()
		if phase := watcher.State().Phase; phase != mailbox.PhaseWatching {
			t.Errorf("it is %s", phase)
		}
		cancel()
		<-ended
	})
}

// TestWakeDropsTheSocket: a dead connection is left at once.
func TestWakeDropsTheSocket(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &scripted{}
		watch(t, s, time.Hour, func(w *mailbox.Watcher) {
			time.Sleep(time.Minute)
			w.Wake()
			synctest.Wait()
			s.mu.Lock()
			defer s.mu.Unlock()
			if s.logins != 2 {
				t.Errorf("%d logins", s.logins)
			}
		})
	})
}

// TestStates are reported in order, and a report that blocks holds nobody up.
func TestStates(t *testing.T) {
	server, settings := startEmbedded(t, embedded.Options{})
	sink := mailboxtest.NewSink()
	var mu sync.Mutex
	var phases []mailbox.Phase
	block := make(chan struct{})
	watcher := mailbox.NewWatcher(settings, password(testPassword), sink, time.Now, func(state mailbox.State) {
		mu.Lock()
		phases = append(phases, state.Phase)
		n := len(phases)
		mu.Unlock()
		if n == 3 {
			<-block
		}
	})
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- watcher.Run(ctx) }()
	for n := range 30 {
		if err := server.Deliver(mail(n), time.Now()); err != nil {
			t.Fatal(err)
		}
		eventually(t, "the message", 5*time.Second, func() bool { return len(sink.Messages()) == n+1 })
	}
	cancel()
	<-ended
	close(block)
	eventually(t, "the last report", time.Second, func() bool {
		mu.Lock()
		defer mu.Unlock()
		return phases[len(phases)-1] == mailbox.PhaseStopped
	})
	if got := fmt.Sprint(phases[:3]); got != "[connecting reading watching]" {
		t.Error(got)
	}
}

// panicking is a sink with a defect.
type panicking struct{ *mailboxtest.Sink }

func (panicking) Cursor(context.Context) (mailbox.Cursor, error) { panic("a defect") }

// TestPanicOfTheSink ends the turn, not the program.
func TestPanicOfTheSink(t *testing.T) {
	_, settings := startEmbedded(t, embedded.Options{})
	watcher := mailbox.NewWatcher(settings, password(testPassword), panicking{}, time.Now, nil)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- watcher.Run(ctx) }()
	eventually(t, "waiting", 5*time.Second, func() bool { return watcher.State().Phase == mailbox.PhaseWaiting })
	if detail := watcher.State().Detail; !strings.Contains(detail.Error(), "a defect") {
		t.Error(detail)
	}
	cancel()
	<-ended
}

// TestSettingsOfTheWatcher are refused as a state.
func TestSettingsOfTheWatcher(t *testing.T) {
	watcher := mailbox.NewWatcher(mailbox.Settings{}, password("x"), mailboxtest.NewSink(), time.Now, nil)
	if watcher.State().Phase != mailbox.PhaseOff {
		t.Error(watcher.State().Phase)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- watcher.Run(ctx) }()
	eventually(t, "failed", time.Second, func() bool { return watcher.State().Phase == mailbox.PhaseFailed })
	cancel()
	<-ended
}

// TestPasswordLockedWatcher waits for the user, and does not ask the keyring again and again.
func TestPasswordLockedWatcher(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, asked := &scripted{}, 0
		locked := func(context.Context) (string, error) { asked++; return "", errors.New("locked") }
		watcher := mailbox.NewWatcher(s.settings(), locked, mailboxtest.NewSink(), time.Now, nil)
		ctx, cancel := context.WithTimeout(context.Background(), day)
		defer cancel()
		ended := make(chan error, 1)
		go func() { ended <- watcher.Run(ctx) }()
		time.Sleep(time.Hour)
		if state := watcher.State(); state.Phase != mailbox.PhaseAuthFailed ||
			codeOf(state.Detail) != mailbox.CodePasswordMissing {
			t.Errorf("%+v", state)
		}
		<-ended
		if asked != 1 {
			t.Errorf("asked %d times", asked)
		}
	})
}
