package mailboxtest

import (
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"regexp"
	"strings"
	"time"
)

// errEnd ends a connection.
var errEnd = errors.New("hostile mailbox: end")

// send gives the honest answer, or misbehaves.
func (v *visit) send(phase Phase, tag, honest string) error {
	if v.misbehavesWith(phase, tag, honest) {
		return errEnd
	}
	return nil
}

func (v *visit) misbehaves(phase Phase, honest string) bool {
	return v.misbehavesWith(phase, "", honest)
}

// misbehavesWith writes the answer and reports whether the connection is to end.
func (v *visit) misbehavesWith(phase Phase, tag, honest string) bool {
	v.mu.Lock()
	mischief := v.mischief
	if v.phase != phase {
		mischief = ""
	}
	v.mu.Unlock()
	write := func(text string) bool {
		_, err := io.WriteString(v.out, text)
		return err != nil
	}
	switch mischief {
	case "":
		return write(honest)
	case Reset:
		if tcp, ok := v.raw.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0)
		}
		return true
	case Hangup:
		return true
	case Stall:
		return v.untilClosed()
	case Drip:
		return v.drip(honest + "* OK and so on, and so on, and so on\r\n")
	case Noise:
		noise := make([]byte, 300)
		random := rand.New(rand.NewPCG(1, uint64(len(phase))))
		for i := range noise {
			noise[i] = byte(random.Uint32())
		}
		_ = write(string(noise))
		return true
	}
	return write(v.twist(mischief, phase, tag, honest)) || mischief == SayBye || mischief == HugeLiteral &&
		v.untilClosed()
}

// twist changes an honest answer.
func (v *visit) twist(mischief Mischief, phase Phase, tag, honest string) string {
	const opening = "* LIST () \"/\" "
	switch mischief {
	case WrongTag:
		return strings.ReplaceAll(honest, tag+" OK", "X999 OK")
	case SayNo:
		return tag + " NO [NONSENSE] not now\r\n"
	case SayBad:
		return tag + " BAD what\r\n"
	case SayBye:
		return "* BYE so long\r\n"
	case HugeLiteral:
		if phase == PhaseBody {
			return "* 1 FETCH (UID 1 BODY[]<0> {4294967296}\r\n" + strings.Repeat("x", 4096)
		}
		return opening + "{4294967296}\r\n" + strings.Repeat("x", 4096)
	case ShortLiteral:
		if phase == PhaseBody {
			return "* 1 FETCH (UID 1 BODY[]<0> {900}\r\nshort)\r\n" + tag + " OK\r\n"
		}
		return opening + "{900}\r\nshort\r\n" + honest
	case Extra:
		return "* OK [ALERT] look here\r\n* 1 FETCH (FLAGS (\\Seen))\r\n* 1 RECENT\r\n" + honest
	case BareLF:
		return protocolEnd.ReplaceAllString(honest, "$1\n")
	case NUL:
		return "* OK \x00\x00\r\n" + honest
	case EightBit:
		return "* OK \xff\xfe\xe9\x80\r\n" + honest
	case LongLine:
		return "* OK " + strings.Repeat("a", 1_000_000) + "\r\n" + honest
	}
	return honest
}

// protocolEnd is the end of a line that is not part of a message.
var protocolEnd = regexp.MustCompile(`(?m)(^(?:\*|\+|[A-Z]+\d+) .*|\))\r\n`)

// untilClosed waits for the other side, or for Close.
func (v *visit) untilClosed() bool {
	_, _ = io.Copy(io.Discard, v.raw)
	return true
}

// drip sends a byte at a time.
func (v *visit) drip(text string) bool {
	for i := range len(text) {
		if _, err := io.WriteString(v.out, text[i:i+1]); err != nil {
			return true
		}
		time.Sleep(30 * time.Millisecond)
	}
	return v.untilClosed()
}
