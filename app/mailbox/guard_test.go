package mailbox

import (
	"errors"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
)

// countAll feeds a stream to the budgets of a guard, in parts of that size.
func countAll(g *guard, stream string, part int) error {
	data := []byte(stream)
	for len(data) > 0 {
		n := min(part, len(data))
		if err := g.count(data[:n]); err != nil {
			return err
		}
		data = data[n:]
	}
	return nil
}

func TestGuardCounts(t *testing.T) {
	limits := Limits{LineBytes: 100, AnswerBytes: 1000, LiteralBytes: 50, StrayBytes: 80, SessionBytes: 200}
	line := func(n int) string { return "* OK " + strings.Repeat("a", n-7) + "\r\n" }
	literal := func(n int) string { return "* LIST () \"/\" {" + strconv.Itoa(n) + "}\r\n" }
	for name, test := range map[string]struct {
		stream   string
		expected int64
		refused  bool
	}{
		"line at the limit":          {line(100), 0, false},
		"line above":                 {line(101), 0, true},
		"line without end":           {strings.Repeat("a", 101), 0, true},
		"answer at the limit":        {strings.Repeat(line(100), 10), 0, false},
		"answer above":               {strings.Repeat(line(100), 10) + "*", 0, true},
		"literal at the limit":       {literal(50) + strings.Repeat("x", 50) + "\r\n", 0, false},
		"literal above":              {literal(51), 0, true},
		"literal with lines in it":   {literal(9) + "* {99}\r\n\r\r\n" + line(50), 0, false},
		"two literals of one answer": {literal(40) + strings.Repeat("x", 40) + " {40}\r\n", 0, false},
		"three literals":             {strings.Repeat(literal(40)+strings.Repeat("x", 40)+"\r\n", 3), 0, true},
		"expected literals":          {strings.Repeat(literal(40)+strings.Repeat("x", 40)+"\r\n", 4), 200, false},
		"more than a session":        {strings.Repeat(literal(40)+strings.Repeat("x", 40)+"\r\n", 6), 999, true},
		"free text is no literal": {
			"* OK see {99}\r\nT1 NO {99}\r\n+ {99}\r\n* BYE {99}\r\n* PREAUTH {9}\r\n", 0, false},
		"lower case free text": {"* ok see {99}\r\n", 0, false},
		"literal8":             {"* 1 FETCH (BINARY[] ~{51}\r\n", 0, true},
		"literal+":             {"* LIST () \"/\" {51+}\r\n", 0, true},
		"bare LF":              {"* LIST () \"/\" {51}\n", 0, true},
		"absurd":               {"* LIST () \"/\" {" + strings.Repeat("9", 40) + "}\r\n", 0, true},
		"no number": {
			"* LIST () \"/\" {-1}\r\n* LIST () \"/\" {}\r\n* LIST () \"/\" {5x}\r\n", 0, false},
		"zero": {literal(0) + "\r\n" + line(100), 0, false},
	} {
		for _, part := range []int{1, 3, 7, 4096} {
			g := newGuard(nil, nil, limits, "")
			g.expected = test.expected
			if err := countAll(g, test.stream, part); (err != nil) != test.refused || err != nil &&
				!errors.Is(err, errExcess) {
				t.Errorf("%s in parts of %d: %v", name, part, err)
			}
		}
	}
}

// TestGuardRefills: a command restarts the budget of lines, a stored batch that of the session.
func TestGuardRefills(t *testing.T) {
	ours, theirs := net.Pipe()
	defer ours.Close()
	defer theirs.Close()
	g := newGuard(ours, ours, Limits{LineBytes: 100, AnswerBytes: 100, LiteralBytes: 50, StrayBytes: 1000,
		SessionBytes: 60}, "")
	go func() { _, _ = theirs.Read(make([]byte, 10)) }()
	if err := countAll(g, "* OK "+strings.Repeat("a", 80)+"\r\n", 10); err != nil {
		t.Fatal(err)
	}
	if _, err := g.Write([]byte("T1 NOOP\r\n")); err != nil {
		t.Fatal(err)
	}
	literal := "* 1 FETCH (BODY[] {40}\r\n" + strings.Repeat("x", 40) + ")\r\n"
	if err := countAll(g, literal, 10); err != nil {
		t.Fatal(err)
	}
	g.stored()
	if err := countAll(g, literal, 10); err != nil {
		t.Error(err)
	}
	if err := countAll(g, literal, 10); !errors.Is(err, errExcess) {
		t.Errorf("%v", err)
	}
}

// TestGuardTimers: a late timer does not close a later command, and a closed guard has none.
func TestGuardTimers(t *testing.T) {
	ours, theirs := net.Pipe()
	defer theirs.Close()
	g := newGuard(ours, ours, Limits{StallWindow: 20 * time.Millisecond, MinRate: 1}, "")
	g.arm(20 * time.Millisecond)
	g.disarm()
	g.arm(time.Hour)
	time.Sleep(40 * time.Millisecond)
	if cause, _ := g.reason(); cause != nil {
		t.Fatal(cause)
	}
	g.arm(10 * time.Millisecond)
	if _, err := g.Read(make([]byte, 1)); err == nil {
		t.Fatal("it read")
	}
	if cause, _ := g.reason(); !errors.Is(cause, errTooSlow) {
		t.Errorf("%v", cause)
	}
	g.armTransfer(1)
	if g.Close() != nil {
		t.Error("not closed")
	}
}

// FuzzGuard: no stream makes the guard panic, lets more through than its budgets, or makes its verdict
// depend on how the stream is cut into parts.
func FuzzGuard(f *testing.F) {
	f.Add("* OK hello\r\n* LIST () \"/\" {3}\r\nabc\r\n", uint8(3))
	f.Add("* 1 FETCH (UID 1 BODY[]<0> {5}\r\nabcde)\r\nT1 OK {9}\r\n", uint8(1))
	f.Add("* 1 FETCH (BODY[] {99999999999999999999999}\r\n", uint8(7))
	f.Add("* 1 FETCH ({2}\r\nab{2}\r\ncd{2}\r\n", uint8(2))
	f.Fuzz(func(t *testing.T, stream string, part uint8) {
		limits := Limits{LineBytes: 200, AnswerBytes: 900, LiteralBytes: 60, StrayBytes: 200, SessionBytes: 300}
		whole, parts := newGuard(nil, nil, limits, ""), newGuard(nil, nil, limits, "")
		one := countAll(whole, stream, len(stream)+1)
		many := countAll(parts, stream, int(part)+1)
		if (one == nil) != (many == nil) {
			t.Fatalf("whole %v, in parts %v", one, many)
		}
		if one == nil && (whole.session > 300 || whole.answer > 900) {
			t.Fatalf("%d literal bytes, %d line bytes", whole.session, whole.answer)
		}
		if one == nil && len(stream) > 900+300+60 {
			t.Fatalf("%d bytes passed", len(stream))
		}
	})
}

// TestUIDsOf keeps ranges of a server from becoming lists.
func TestUIDsOf(t *testing.T) {
	set := func(spans ...uint32) imap.UIDSet {
		var made imap.UIDSet
		for i := 0; i < len(spans); i += 2 {
			made = append(made, imap.UIDRange{Start: imap.UID(spans[i]), Stop: imap.UID(spans[i+1])})
		}
		return made
	}
	for name, test := range map[string]struct {
		set         imap.UIDSet
		first, last uint32
		want        []uint32
		refused     bool
	}{
		"none":                {nil, 1, 0, nil, false},
		"in range":            {set(3, 5), 1, 0, []uint32{3, 4, 5}, false},
		"the last below":      {set(7, 7), 8, 0, nil, false},
		"cut below":           {set(3, 9), 8, 0, []uint32{8, 9}, false},
		"cut above":           {set(3, 9), 1, 4, []uint32{3, 4}, false},
		"unsorted and twice":  {set(9, 9, 3, 4, 4, 5), 1, 0, []uint32{3, 4, 5, 9}, false},
		"everything there is": {set(1, 4294967295), 1, 0, nil, true},
		"up to the very last": {set(4294967294, 4294967295), 1, 0, []uint32{4294967294, 4294967295}, false},
		"without an end":      {set(5, 0), 1, 0, nil, true},
	} {
		got, err := uidsOf(test.set, test.first, test.last)
		if (err != nil) != test.refused || len(got) != len(test.want) {
			t.Errorf("%s: %v %v", name, got, err)
			continue
		}
		for i := range got {
			if got[i] != test.want[i] {
				t.Errorf("%s: %v", name, got)
			}
		}
	}
}
