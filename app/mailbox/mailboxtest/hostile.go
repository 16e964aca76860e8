package mailboxtest

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// Phase is the moment at which a hostile server misbehaves.
type Phase string

// Phases in their order. PhaseStartTLS exists only on a server that begins in clear.
const (
	PhaseConnect    Phase = "connect"
	PhaseHandshake  Phase = "handshake"
	PhaseStartTLS   Phase = "starttls"
	PhaseGreeting   Phase = "greeting"
	PhaseCapability Phase = "capability"
	PhaseLogin      Phase = "login"
	PhaseList       Phase = "list"
	PhaseExamine    Phase = "examine"
	PhaseSearch     Phase = "search"
	PhaseSizes      Phase = "sizes"
	PhaseBody       Phase = "body"
	PhaseIdle       Phase = "idle"
	PhaseLogout     Phase = "logout"
)

// Phases lists all of them.
var Phases = []Phase{
	PhaseConnect, PhaseHandshake, PhaseStartTLS, PhaseGreeting, PhaseCapability, PhaseLogin, PhaseList,
	PhaseExamine, PhaseSearch, PhaseSizes, PhaseBody, PhaseIdle, PhaseLogout,
}

// Mischief is what a hostile server does then.
type Mischief string

// Mischiefs.
const (
	Reset        Mischief = "reset"
	Hangup       Mischief = "hangup"
	Stall        Mischief = "stall"
	Drip         Mischief = "drip"
	Noise        Mischief = "noise"
	WrongTag     Mischief = "wrong_tag"
	SayNo        Mischief = "no"
	SayBad       Mischief = "bad"
	SayBye       Mischief = "bye"
	HugeLiteral  Mischief = "huge_literal"
	ShortLiteral Mischief = "short_literal"
	Extra        Mischief = "extra"
	BareLF       Mischief = "bare_lf"
	NUL          Mischief = "nul"
	EightBit     Mischief = "eight_bit"
	LongLine     Mischief = "long_line"
)

// Mischiefs lists all of them.
var Mischiefs = []Mischief{
	Reset, Hangup, Stall, Drip, Noise, WrongTag, SayNo, SayBad, SayBye, HugeLiteral, ShortLiteral, Extra,
	BareLF, NUL, EightBit, LongLine,
}

// Hostile is an IMAP server of a few lines that can misbehave. Until Set is called, and for every
// phase but one, it is honest and serves a folder INBOX with the messages it was given.
type Hostile struct {
	listener net.Listener
	config   *tls.Config // nil: no encryption at all
	clear    bool        // begins in clear and expects STARTTLS

	mu       sync.Mutex
	phase    Phase
	mischief Mischief
	answer   func(command string) (string, bool)
	flood    [3]string // prefix, head, unit
	most     int       // bytes of a piece, when not 0
	messages []string
	uid      []uint32
	next     uint32 // UIDNEXT as stated, when not 0
	validity uint32
	received bytes.Buffer // all that clients sent, decrypted
	open     map[net.Conn]bool
	closed   bool
	serving  sync.WaitGroup
}

// NewHostile opens a server on a free loopback port. certificate nil means no encryption.
func NewHostile(certificate *tls.Certificate, startTLS bool, messages ...string) (*Hostile, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("hostile mailbox: %w", err)
	}
	h := &Hostile{listener: listener, clear: startTLS, validity: 7, open: map[net.Conn]bool{}}
	for i, message := range messages {
		h.messages, h.uid = append(h.messages, message), append(h.uid, uint32(i+1))
	}
	if certificate != nil {
		h.config = &tls.Config{Certificates: []tls.Certificate{*certificate}}
	}
	h.serving.Add(1)
	go h.accept()
	return h, nil
}

// Config is the encryption, to be changed before the first connection.
func (h *Hostile) Config() *tls.Config { return h.config }

// Port is the port to connect to.
func (h *Hostile) Port() int { return h.listener.Addr().(*net.TCPAddr).Port }

// Set chooses the misbehaviour.
func (h *Hostile) Set(phase Phase, mischief Mischief) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.phase, h.mischief = phase, mischief
}

// Calm makes it honest and ends the connections that are open.
func (h *Hostile) Calm() {
	h.Set("", "")
	h.hangUpAll()
}

// Answer lets a test answer commands itself: the line without its tag comes in; "%s" in what goes out
// stands for the tag. The rest is answered honestly.
func (h *Hostile) Answer(answer func(command string) (string, bool)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.answer = answer
}

// Flood lets a test answer commands that begin with a prefix by a head and then by a unit, again and
// again for as long as the client listens.
func (h *Hostile) Flood(prefix, head, unit string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.flood = [3]string{prefix, head, unit}
}

// CapPieces makes it send at most so many bytes of a body at once, whatever was asked for; 0 is no cap.
func (h *Hostile) CapPieces(most int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.most = most
}

// Renumber changes UIDVALIDITY, the stated UIDNEXT (0: the right one) and the UIDs.
func (h *Hostile) Renumber(validity, next uint32, uids ...uint32) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.validity, h.next = validity, next
	if len(uids) > 0 {
		h.uid = uids
		h.messages = h.messages[:len(uids)]
	}
}

// Received is everything that clients sent, decrypted.
func (h *Hostile) Received() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.received.String()
}

// Close ends the server and waits for its connections.
func (h *Hostile) Close() {
	h.listener.Close()
	h.mu.Lock()
	h.closed = true
	h.mu.Unlock()
	h.hangUpAll()
	h.serving.Wait()
}

func (h *Hostile) hangUpAll() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for conn := range h.open {
		conn.Close()
	}
}

func (h *Hostile) accept() {
	defer h.serving.Done()
	for {
		conn, err := h.listener.Accept()
		if err != nil {
			return
		}
		h.mu.Lock()
		h.open[conn] = true
		if h.closed {
			conn.Close()
		}
		h.mu.Unlock()
		h.serving.Add(1)
		go func() {
			defer h.serving.Done()
			visit := &visit{Hostile: h, raw: conn, out: conn, in: bufio.NewReader(conn)}
			visit.serve()
			conn.Close()
			h.mu.Lock()
			delete(h.open, conn)
			h.mu.Unlock()
		}()
	}
}

// visit is one connection.
type visit struct {
	*Hostile
	raw  net.Conn
	out  io.Writer
	in   *bufio.Reader
	idle string // tag of the running IDLE
}

func (v *visit) serve() {
	if v.misbehaves(PhaseConnect, "") {
		return
	}
	if v.config != nil && !v.clear && !v.encrypt() {
		return
	}
	if v.send(PhaseGreeting, "", "* OK ready\r\n") != nil {
		return
	}
	for {
		line, err := v.line()
		if err != nil {
			return
		}
		v.mu.Lock()
		v.received.WriteString(line)
		v.mu.Unlock()
		if !v.command(strings.TrimRight(line, "\r\n")) {
			return
		}
	}
}

// line reads a command, with the literals in it.
func (v *visit) line() (string, error) {
	var whole strings.Builder
	for {
		line, err := v.in.ReadString('\n')
		whole.WriteString(line)
		if err != nil {
			return whole.String(), err
		}
		literal := sentLiteral.FindStringSubmatch(line)
		if literal == nil {
			return whole.String(), nil
		}
		size, _ := strconv.ParseInt(literal[1], 10, 64)
		if _, err := io.WriteString(v.out, "+ go on\r\n"); err != nil {
			return "", err
		}
		if _, err := io.CopyN(&whole, v.in, size); err != nil {
			return "", err
		}
	}
}

var sentLiteral = regexp.MustCompile(`\{(\d{1,6})\}\r\n$`)

func (v *visit) encrypt() bool {
	if v.misbehaves(PhaseHandshake, "") {
		return false
	}
	conn := tls.Server(v.raw, v.config)
	if conn.Handshake() != nil {
		return false
	}
	v.out, v.in = conn, bufio.NewReader(conn)
	return true
}

// command answers one line; false ends the connection.
func (v *visit) command(line string) bool {
	if line == "DONE" && v.idle != "" {
		tag := v.idle
		v.idle = ""
		_, err := io.WriteString(v.out, tag+" OK\r\n")
		return err == nil
	}
	tag, rest, _ := strings.Cut(line, " ")
	v.mu.Lock()
	own, flood := v.answer, v.flood
	v.mu.Unlock()
	if flood[0] != "" && strings.HasPrefix(rest, flood[0]) {
		for err := v.pour(flood[1]); ; err = v.pour(flood[2]) {
			if err != nil {
				return false
			}
		}
	}
	if own != nil {
		if text, ok := own(rest); ok {
			err := v.pour(strings.ReplaceAll(text, "%s", tag))
			return err == nil && !strings.Contains(text, "* BYE")
		}
	}
	verb, _, _ := strings.Cut(rest, " ")
	switch verb {
	case "STARTTLS":
		return v.send(PhaseStartTLS, tag, tag+" OK\r\n") == nil && v.encrypt()
	case "CAPABILITY":
		return v.send(PhaseCapability, tag, "* CAPABILITY IMAP4rev1 IDLE\r\n"+tag+" OK\r\n") == nil
	case "LOGIN":
		return v.send(PhaseLogin, tag, tag+" OK\r\n") == nil
	case "LIST":
		return v.send(PhaseList, tag, "* LIST () \"/\" INBOX\r\n"+tag+" OK\r\n") == nil
	case "EXAMINE":
		return v.send(PhaseExamine, tag, v.examined()+tag+" OK [READ-ONLY]\r\n") == nil
	case "UID":
		return v.uidCommand(tag, rest)
	case "IDLE":
		v.idle = tag
		return v.send(PhaseIdle, tag, "+ idling\r\n") == nil
	case "LOGOUT":
		v.send(PhaseLogout, tag, "* BYE\r\n"+tag+" OK\r\n")
		return false
	case "NOOP":
		_, err := io.WriteString(v.out, tag+" OK\r\n")
		return err == nil
	}
	_, err := io.WriteString(v.out, tag+" BAD unknown\r\n")
	return err == nil
}

func (v *visit) pour(text string) error {
	_, err := io.WriteString(v.out, text)
	return err
}

func (v *visit) examined() string {
	v.mu.Lock()
	defer v.mu.Unlock()
	next := v.next
	if next == 0 {
		next = 1
		for _, uid := range v.uid {
			next = max(next, uid+1)
		}
	}
	text := fmt.Sprintf("* FLAGS (\\Seen)\r\n* %d EXISTS\r\n* OK [UIDNEXT %d]\r\n", len(v.messages), next)
	if v.validity != 0 {
		text += fmt.Sprintf("* OK [UIDVALIDITY %d]\r\n", v.validity)
	}
	return text
}

var (
	searchSet = regexp.MustCompile(`UID (\S+)$`)
	fetchSet  = regexp.MustCompile(`^UID FETCH (\S+) `)
	partial   = regexp.MustCompile(`<(\d+)\.(\d+)>`)
)

func (v *visit) uidCommand(tag, rest string) bool {
	v.mu.Lock()
	messages, uids, most := v.messages, v.uid, v.most
	v.mu.Unlock()
	var text strings.Builder
	if strings.HasPrefix(rest, "UID SEARCH") {
		text.WriteString("* SEARCH")
		for i := range messages {
			if set := searchSet.FindStringSubmatch(rest); set == nil || named(set[1], uids, i) {
				fmt.Fprintf(&text, " %d", uids[i])
			}
		}
		return v.send(PhaseSearch, tag, text.String()+"\r\n"+tag+" OK\r\n") == nil
	}
	set := fetchSet.FindStringSubmatch(rest)
	if set == nil {
		return v.send("", tag, tag+" BAD\r\n") == nil
	}
	phase := PhaseSizes
	for i, message := range messages {
		switch piece := partial.FindStringSubmatch(rest); {
		case !named(set[1], uids, i):
		case piece == nil:
			fmt.Fprintf(&text, "* %d FETCH (UID %d RFC822.SIZE %d)\r\n", i+1, uids[i], len(message))
		default:
			offset, _ := strconv.Atoi(piece[1])
			size, _ := strconv.Atoi(piece[2])
			if most > 0 {
				size = min(size, most)
			}
			cut := message[min(offset, len(message)):min(offset+size, len(message))]
			fmt.Fprintf(&text, "* %d FETCH (UID %d BODY[]<%d> {%d}\r\n%s)\r\n", i+1, uids[i], offset, len(cut), cut)
		}
		if strings.Contains(rest, "BODY.PEEK") {
			phase = PhaseBody
		}
	}
	return v.send(phase, tag, text.String()+tag+" OK\r\n") == nil
}

// named reports whether a set of UIDs names the i-th message; "*" is the last one.
func named(set string, uids []uint32, i int) bool {
	value := func(text string) uint32 {
		if text == "*" {
			return uids[len(uids)-1]
		}
		n, _ := strconv.ParseUint(text, 10, 32)
		return uint32(n)
	}
	for part := range strings.SplitSeq(set, ",") {
		from, to, isRange := strings.Cut(part, ":")
		low, high := value(from), value(from)
		if isRange {
			high = value(to)
		}
		if min(low, high) <= uids[i] && uids[i] <= max(low, high) {
			return true
		}
	}
	return false
}
