package mailbox

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"sync"
	"time"
)

// guard stands between the network and the IMAP library, which limits neither lines nor literals nor
// time. It sees the decrypted stream, counts it, and closes the connection on the first excess; the
// cause is kept, because the library only reports that the connection is gone.
//
// Time limits are timers that close the connection: the library's own deadlines are ignored.
type guard struct {
	net.Conn // decrypted
	raw      net.Conn
	limits   Limits
	greeting []byte // handed to the reader before anything of the network

	mu      sync.Mutex
	timer   *time.Timer
	epoch   int // of the timer: a late one must not close a later command
	cause   error
	readErr error
	closed  bool
	// expected is the number of literal bytes that the running command asked for.
	expected int64
	stray    int64 // literal bytes beyond that, over the whole connection
	session  int64 // literal bytes since the last stored batch
	answer   int64 // line bytes since our last command
	window   int64 // all bytes of the running stall window

	scan scanner
}

func newGuard(conn, raw net.Conn, limits Limits, greeting string) *guard {
	return &guard{Conn: conn, raw: raw, limits: limits, greeting: []byte(greeting)}
}

// errExcess is wrapped by every limit on bytes.
var errExcess = errors.New("more than allowed")

// arm gives the running command an absolute limit.
func (g *guard) arm(limit time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.expected = 0
	g.restart(limit, func() error { return errTooSlow })
}

// armTransfer lets a command run as long as bytes come fast enough, and lets it bring that many
// bytes in literals.
func (g *guard) armTransfer(expected int64) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.expected, g.window = expected, 0
	floor := int64(g.limits.StallWindow.Seconds() * float64(g.limits.MinRate))
	var renew func() error
	renew = func() error {
		if g.window < max(floor, 1) {
			return errTooSlow
		}
		g.window = 0
		g.restart(g.limits.StallWindow, renew)
		return nil
	}
	g.restart(g.limits.StallWindow, renew)
}

// disarm stops the clock: nothing is expected of the server.
func (g *guard) disarm() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.expected = 0
	g.epoch++
	if g.timer != nil {
		g.timer.Stop()
	}
}

var errTooSlow = errors.New("no answer in time")

// restart must be called with the lock held; expired is, too.
func (g *guard) restart(limit time.Duration, expired func() error) {
	if g.timer != nil {
		g.timer.Stop()
	}
	g.epoch++
	if g.closed {
		return
	}
	epoch := g.epoch
	g.timer = time.AfterFunc(limit, func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		if g.epoch != epoch || g.closed {
			return
		}
		if err := expired(); err != nil {
			g.abort(err)
		}
	})
}

// abort closes the connection for a reason. The lock is held.
func (g *guard) abort(cause error) {
	if g.cause == nil {
		g.cause = cause
	}
	g.shut()
}

// shut closes the socket itself: a polite end of TLS could block on a server that reads nothing.
func (g *guard) shut() {
	g.closed = true
	if g.timer != nil {
		g.timer.Stop()
	}
	g.raw.Close()
}

// cut ends the connection because the caller wants it.
func (g *guard) cut(cause error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.abort(cause)
}

// Close implements net.Conn.
func (g *guard) Close() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.shut()
	return nil
}

// stored restarts the budget of the session: what was read so far is safe.
func (g *guard) stored() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.session = 0
}

// reason is why the connection ended, when the guard or the network ended it.
func (g *guard) reason() (cause, network error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.cause, g.readErr
}

// Read implements net.Conn.
func (g *guard) Read(p []byte) (int, error) {
	if len(g.greeting) > 0 {
		n := copy(p, g.greeting)
		g.greeting = g.greeting[n:]
		return n, nil
	}
	n, err := g.Conn.Read(p)
	g.mu.Lock()
	defer g.mu.Unlock()
	if err != nil && !g.closed {
		g.readErr = err
	}
	g.window += int64(n)
	if excess := g.count(p[:n]); excess != nil {
		g.abort(excess)
		return 0, excess
	}
	return n, err
}

// Write implements net.Conn.
func (g *guard) Write(p []byte) (int, error) {
	g.mu.Lock()
	g.answer = 0
	g.mu.Unlock()
	return g.Conn.Write(p)
}

// SetDeadline implements net.Conn and does nothing, like the two below.
func (g *guard) SetDeadline(time.Time) error { return nil }

// SetReadDeadline implements net.Conn.
func (g *guard) SetReadDeadline(time.Time) error { return nil }

// SetWriteDeadline implements net.Conn.
func (g *guard) SetWriteDeadline(time.Time) error { return nil }

// count follows the stream and charges it to the budgets.
func (g *guard) count(data []byte) error {
	for len(data) > 0 {
		if g.scan.literal > 0 {
			n := min(g.scan.literal, int64(len(data)))
			g.scan.literal -= n
			data = data[n:]
			continue
		}
		end := bytes.IndexByte(data, '\n')
		part := data
		if end >= 0 {
			part = data[:end+1]
		}
		data = data[len(part):]
		g.answer += int64(len(part))
		g.scan.line += int64(len(part))
		if g.scan.line > g.limits.LineBytes {
			return fmt.Errorf("a line of more than %d bytes: %w", g.limits.LineBytes, errExcess)
		}
		if g.answer > g.limits.AnswerBytes {
			return fmt.Errorf("an answer of more than %d bytes: %w", g.limits.AnswerBytes, errExcess)
		}
		g.scan.keep(part)
		if end < 0 {
			continue
		}
		size, err := g.scan.endLine()
		if err != nil {
			return err
		}
		if err := g.charge(size); err != nil {
			return err
		}
	}
	return nil
}

// charge accepts or refuses a literal before its first byte is read.
func (g *guard) charge(size int64) error {
	if size <= 0 {
		return nil
	}
	if size > g.limits.LiteralBytes {
		return fmt.Errorf("a literal of %d bytes: %w", size, errExcess)
	}
	if size <= g.expected {
		g.expected -= size
	} else if g.stray += size; g.stray > g.limits.StrayBytes {
		return fmt.Errorf("%d bytes that nobody asked for: %w", g.stray, errExcess)
	}
	if g.session += size; g.session > g.limits.SessionBytes {
		return fmt.Errorf("%d bytes in one session: %w", g.session, errExcess)
	}
	return nil
}

// scanner finds the literals in what a server sends: "{size}" at the end of a line of data. Status
// lines end in free text and have none.
type scanner struct {
	literal int64 // bytes left of the running literal
	line    int64 // length of the running line
	head    []byte
	tail    []byte
	inside  bool // the line goes on after a literal
}

// headBytes is enough for "* PREAUTH ", tailBytes for "{" + 20 digits + "+}\r\n".
const (
	headBytes = 10
	tailBytes = 26
)

func (s *scanner) keep(part []byte) {
	if room := headBytes - len(s.head); room > 0 {
		s.head = append(s.head, part[:min(room, len(part))]...)
	}
	if len(part) >= tailBytes {
		s.tail = append(s.tail[:0], part[len(part)-tailBytes:]...)
		return
	}
	if drop := len(s.tail) + len(part) - tailBytes; drop > 0 {
		s.tail = append(s.tail[:0], s.tail[drop:]...)
	}
	s.tail = append(s.tail, part...)
}

// endLine closes the running line and returns the size of the literal that it announces, or 0.
func (s *scanner) endLine() (int64, error) {
	data := s.inside || isData(s.head)
	tail := bytes.TrimRight(s.tail, "\r\n")
	s.line, s.head, s.tail, s.inside = 0, s.head[:0], s.tail[:0], false
	if !data || !bytes.HasSuffix(tail, []byte("}")) {
		return 0, nil
	}
	open := bytes.LastIndexByte(tail, '{')
	digits := bytes.TrimSuffix(tail[open+1:len(tail)-1], []byte("+"))
	if len(digits) == 0 || len(bytes.Trim(digits, "0123456789")) > 0 {
		return 0, nil // the library refuses what is no number
	}
	size, err := strconv.ParseInt(string(digits), 10, 64)
	if err != nil || open < 0 {
		return 0, fmt.Errorf("a literal of absurd size: %w", errExcess)
	}
	s.literal, s.inside = size, true
	return size, nil
}

// isData tells untagged data from status lines, tagged answers and continuations.
func isData(head []byte) bool {
	if !bytes.HasPrefix(head, []byte("* ")) {
		return false
	}
	word, _, _ := bytes.Cut(bytes.ToUpper(head[2:]), []byte(" "))
	switch string(bytes.TrimRight(word, "\r\n")) {
	case "OK", "NO", "BAD", "BYE", "PREAUTH":
		return false
	}
	return true
}

var _ io.ReadWriteCloser = (*guard)(nil)
