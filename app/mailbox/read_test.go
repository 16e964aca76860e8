package mailbox_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"dument/app/mailbox"
	"dument/app/mailbox/embedded"
	"dument/app/mailbox/mailboxtest"
)

// cutting is a connection that breaks after some bytes.
type cutting struct {
	net.Conn
	left int
}

func (c *cutting) Read(p []byte) (int, error) {
	if c.left <= 0 {
		c.Conn.Close()
		return 0, io.EOF
	}
	n, err := c.Conn.Read(p[:min(len(p), c.left)])
	c.left -= n
	return n, err
}

// TestCutAnywhere cuts the connection at random bytes, with a sink that fails now and then before or
// after its commit: in the end every message is stored exactly once.
func TestCutAnywhere(t *testing.T) {
	server, settings := startEmbedded(t, embedded.Options{Plain: true})
	settings.Limits = mailbox.Limits{PieceBytes: 700, BatchBytes: 1500, BatchCount: 7}
	var want []string
	for n := range 30 {
		raw := string(mail(n)) + strings.Repeat("ligne de remplissage\r\n", n*n/4)
		want = append(want, raw)
		if err := server.Deliver([]byte(raw), time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(want)
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	for round := range 20 {
		sink := mailboxtest.NewSink()
		sink.Fail = func(int) (error, bool) {
			if random.IntN(4) == 0 {
				return errors.New("disk full"), random.IntN(2) == 0
			}
			return nil, false
		}
		for range 10 {
			broken := settings
			broken.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
				conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
				return &cutting{Conn: conn, left: random.IntN(12_000)}, err
			}
			_, _ = read(t, broken, sink, testPassword)
		}
		sink.Fail = nil
		mustRead(t, settings, sink, testPassword)
		if got := sink.Bodies(); !slices.Equal(got, want) {
			t.Fatalf("round %d: %d messages stored, want %d", round, len(got), len(want))
		}
	}
}

// TestSinkFails: an error of the sink comes out, and the place is that of the last stored batch.
func TestSinkFails(t *testing.T) {
	server, settings := startEmbedded(t, embedded.Options{})
	settings.Limits.BatchCount = 2
	for n := range 5 {
		if err := server.Deliver(mail(n), time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	full := errors.New("disk full")
	sink := mailboxtest.NewSink()
	sink.Fail = func(n int) (error, bool) {
		if n == 2 {
			return full, false
		}
		return nil, false
	}
	result, err := read(t, settings, sink, testPassword)
	if !errors.Is(err, full) || result.Messages != 2 || result.Cursor.LastUID != 2 {
		t.Fatalf("%+v %v", result, err)
	}
	if got := mustRead(t, settings, sink, testPassword); got.Messages != 3 {
		t.Errorf("%+v", got)
	}
}

// TestUIDValidity walks through the ways in which servers number their messages anew.
func TestUIDValidity(t *testing.T) {
	server, settings := startHostile(t, false, string(mail(1)), string(mail(2)), string(mail(3)))
	sink := mailboxtest.NewSink()
	steps := []struct {
		name           string
		validity, next uint32
		uids           []uint32
		read, fresh    int
		restarted      bool
	}{
		{"first", 7, 0, []uint32{10, 11}, 2, 2, false},
		{"same", 7, 0, nil, 0, 0, false},
		{"changed", 8, 0, []uint32{1, 2}, 2, 0, true},
		{"not stated", 0, 0, nil, 0, 0, false},
		{"back", 7, 0, []uint32{1, 2}, 2, 0, true},
		{"UIDNEXT too early", 7, 50, nil, 0, 0, false},
		{"UIDNEXT too small", 7, 2, nil, 0, 0, false},
		{"UIDs run anew", 7, 2, []uint32{1}, 1, 0, true},
		{"the same again", 7, 0, nil, 0, 0, false},
	}
	for _, step := range steps {
		server.Renumber(step.validity, step.next, step.uids...)
		got := mustRead(t, settings, sink, testPassword)
		if got.Messages != step.read || got.New != step.fresh || got.Restarted != step.restarted {
			t.Errorf("%s: %+v", step.name, got)
		}
	}
}

// TestEveryUIDOnce is the model: whatever is delivered, removed and renumbered between readings that
// may fail, the sink holds every content that a complete reading could see, once.
func TestEveryUIDOnce(t *testing.T) {
	server, settings := startEmbedded(t, embedded.Options{Plain: true})
	settings.Limits.BatchCount = 3
	count := 0
	rapid.Check(t, func(t *rapid.T) {
		if err := server.Empty("INBOX"); err != nil {
			t.Fatal(err)
		}
		sink := mailboxtest.NewSink()
		present, want := []string{}, map[string]bool{}
		t.Repeat(map[string]func(*rapid.T){
			"deliver": func(t *rapid.T) {
				count++
				present = append(present, string(mail(count)))
				if err := server.Deliver(mail(count), time.Now()); err != nil {
					t.Fatal(err)
				}
			},
			"renumber": func(t *rapid.T) {
				if err := server.Empty("INBOX"); err != nil {
					t.Fatal(err)
				}
				for _, raw := range present {
					if err := server.Deliver([]byte(raw), time.Now()); err != nil {
						t.Fatal(err)
					}
				}
			},
			"empty": func(t *rapid.T) {
				present = nil
				if err := server.Empty("INBOX"); err != nil {
					t.Fatal(err)
				}
			},
			"cut": func(t *rapid.T) {
				left := rapid.IntRange(0, 4000).Draw(t, "bytes")
				broken := settings
				broken.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
					conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
					return &cutting{Conn: conn, left: left}, err
				}
				_, _ = mailbox.ReadOnce(context.Background(), broken, password(testPassword), sink, time.Now)
				for _, body := range sink.Bodies() {
					want[body] = true // it was there at some moment, and was stored
				}
			},
			"read": func(t *rapid.T) {
				if _, err := mailbox.ReadOnce(context.Background(), settings, password(testPassword), sink,
					time.Now); err != nil {
					t.Fatal(err)
				}
				for _, raw := range present {
					want[raw] = true
				}
				bodies := sink.Bodies()
				if len(bodies) != len(want) {
					t.Fatalf("%d stored, want %d", len(bodies), len(want))
				}
				for _, body := range bodies {
					if !want[body] {
						t.Fatalf("%q came from nowhere", body)
					}
				}
			},
			"": func(*rapid.T) {},
		})
	})
}

// TestLargeFolder searches window by window, over a gap without any UID.
func TestLargeFolder(t *testing.T) {
	server, settings := startHostile(t, false, string(mail(1)), string(mail(2)), string(mail(3)))
	server.Renumber(7, 0, 39_999, 80_001, 3_900_000_000)
	searches := 0
	server.Answer(func(command string) (string, bool) {
		if strings.HasPrefix(command, "UID SEARCH") {
			searches++
		}
		if strings.HasPrefix(command, "EXAMINE") {
			return "* 900000 EXISTS\r\n* OK [UIDVALIDITY 7]\r\n* OK [UIDNEXT 3900000001]\r\n%s OK\r\n", true
		}
		return "", false
	})
	sink := mailboxtest.NewSink()
	if got := mustRead(t, settings, sink, testPassword); got.New != 3 {
		t.Fatalf("%+v", got)
	}
	if searches > 100 {
		t.Errorf("%d searches", searches)
	}
}

// TestBytesOfNothingNew keeps the exchange short and independent of the mailbox.
func TestBytesOfNothingNew(t *testing.T) {
	server, settings := startEmbedded(t, embedded.Options{})
	for n := range 300 {
		if err := server.Deliver(mail(n), time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	sink := mailboxtest.NewSink()
	mustRead(t, settings, sink, testPassword)
	before := len(server.Commands())
	mustRead(t, settings, sink, testPassword)
	if got := server.Commands()[before:]; !slices.Equal(got, []string{"LOGIN", "EXAMINE"}) {
		t.Errorf("%q", got)
	}
}

// TestHundredMegabytes gives the header of a message that is far too large.
func TestHundredMegabytes(t *testing.T) {
	server, settings := startHostile(t, false, "x", string(mail(2)))
	server.Answer(func(command string) (string, bool) {
		switch {
		case strings.Contains(command, "RFC822.SIZE"):
			return "* 1 FETCH (UID 1 RFC822.SIZE 104857600)\r\n* 2 FETCH (UID 2 RFC822.SIZE 200)\r\n%s OK\r\n", true
		case strings.Contains(command, "BODY.PEEK[HEADER]"):
			return "* 1 FETCH (UID 1 BODY[HEADER]<0> {14}\r\nSubject: x\r\n\r\n)\r\n%s OK\r\n", true
		}
		return "", false
	})
	sink := mailboxtest.NewSink()
	got := mustRead(t, settings, sink, testPassword)
	first := sink.Messages()[0]
	if got.HeaderOnly != 1 || !first.HeaderOnly || first.Size != 100<<20 ||
		string(first.Raw) != "Subject: x\r\n\r\n" {
		t.Errorf("%+v %+v", got, first)
	}
}

// TestPieces: a message is whole although the server states its size wrongly or sends small pieces.
func TestPieces(t *testing.T) {
	raw := string(mail(1)) + strings.Repeat("a line of filling\r\n", 50)
	for name, test := range map[string]struct {
		stated, most int
	}{
		"right": {len(raw), 0}, "too small": {3, 0}, "too large": {len(raw) + 150, 0},
		"small pieces": {len(raw), 70}, "size of a piece": {100, 0},
	} {
		t.Run(name, func(t *testing.T) {
			server, settings := startHostile(t, false, raw)
			settings.Limits.PieceBytes = 100
			server.CapPieces(test.most)
			server.Answer(func(command string) (string, bool) {
				return fmt.Sprintf("* 1 FETCH (UID 1 RFC822.SIZE %d)\r\n%%s OK\r\n", test.stated),
					strings.Contains(command, "RFC822.SIZE")
			})
			sink := mailboxtest.NewSink()
			mustRead(t, settings, sink, testPassword)
			if got := sink.Bodies(); !slices.Equal(got, []string{raw}) {
				t.Errorf("%d bytes of %d", len(got[0]), len(raw))
			}
		})
	}
	t.Run("a byte at a time", func(t *testing.T) {
		server, settings := startHostile(t, false, strings.Repeat(raw, 5))
		settings.Limits = mailbox.Limits{PieceBytes: 1000, MessageBytes: 100_000}
		server.CapPieces(1)
		if _, err := read(t, settings, mailboxtest.NewSink(), testPassword); codeOf(err) != mailbox.CodeGarbage {
			t.Errorf("%v", err)
		}
	})
}

// TestVanished: a message removed between the search and the fetch is no fault.
func TestVanished(t *testing.T) {
	server, settings := startHostile(t, false, string(mail(1)), string(mail(2)), string(mail(3)))
	searched := false
	server.Answer(func(command string) (string, bool) {
		if strings.HasPrefix(command, "UID SEARCH") && !searched {
			searched = true
			server.Renumber(7, 4, 1, 2)
			return "* SEARCH 1 2 3\r\n%s OK\r\n", true
		}
		return "", false
	})
	if got := mustRead(t, settings, mailboxtest.NewSink(), testPassword); got.Messages != 2 ||
		got.Cursor.LastUID != 3 {
		t.Errorf("%+v", got)
	}
}

// TestStaysSmall reads many megabytes with a bounded heap, over several budgets of a session.
func TestStaysSmall(t *testing.T) {
	server, settings := startHostile(t, false, strings.Repeat("x", 900_000), strings.Repeat("y", 900_000))
	settings.Limits = mailbox.Limits{SessionBytes: 1_500_000, BatchBytes: 600_000}
	var sink discarding
	grown := peak(func() {
		for n := range 20 {
			server.Renumber(uint32(8+n), 0, 1, 2)
			mustRead(t, settings, &sink, testPassword)
		}
	})
	if sink.bytes != 20*2*900_000 {
		t.Errorf("%d bytes", sink.bytes)
	}
	if logins := strings.Count(server.Received(), " LOGIN "); logins != 20 {
		t.Errorf("%d logins: a stored batch must free the budget of the session", logins)
	}
	if grown > 24<<20 {
		t.Errorf("it took %d MiB", grown>>20)
	}
}

// discarding is a sink that keeps no message.
type discarding struct {
	cursor mailbox.Cursor
	bytes  int
}

func (d *discarding) Cursor(context.Context) (mailbox.Cursor, error) { return d.cursor, nil }

func (d *discarding) Receive(_ context.Context, batch []mailbox.Message, next mailbox.Cursor) (int, error) {
	for _, message := range batch {
		d.bytes += len(message.Raw)
	}
	d.cursor = next
	return len(batch), nil
}

// TestSlowButSteady: a line slower than the whole limit of a command, but with enough bytes, is borne.
func TestSlowButSteady(t *testing.T) {
	t.Parallel()
	server, settings := startEmbedded(t, embedded.Options{Plain: true})
	raw := fmt.Sprintf("Subject: long\r\n\r\n%s\r\n", strings.Repeat("x", 60_000))
	if err := server.Deliver([]byte(raw), time.Now()); err != nil {
		t.Fatal(err)
	}
	settings.Limits = mailbox.Limits{Command: 300 * time.Millisecond, StallWindow: 200 * time.Millisecond,
		MinRate: 10_000}
	settings.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
		return &slow{Conn: conn, bytesPerTick: 1000}, err
	}
	begun := time.Now()
	if got := mustRead(t, settings, mailboxtest.NewSink(), testPassword); got.New != 1 {
		t.Errorf("%+v", got)
	}
	if took := time.Since(begun); took < 400*time.Millisecond {
		t.Errorf("the line was not slow: %v", took)
	}
	settings.Limits.MinRate = 1 << 20
	if _, err := read(t, settings, mailboxtest.NewSink(), testPassword); codeOf(err) != mailbox.CodeTimeout {
		t.Errorf("too slow a line: %v", err)
	}
}

// slow is a connection of a thousand bytes each ten milliseconds.
type slow struct {
	net.Conn
	bytesPerTick int
}

func (s *slow) Read(p []byte) (int, error) {
	time.Sleep(10 * time.Millisecond)
	return s.Conn.Read(p[:min(len(p), s.bytesPerTick)])
}
