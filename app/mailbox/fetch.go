package mailbox

import (
	"bytes"
	"fmt"
	"io"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// sizes asks for the sizes of messages; those that are gone are missing in the result.
func (s *session) sizes(uids []uint32) (map[uint32]int64, error) {
	found := make(map[uint32]int64, len(uids))
	err := s.run(StageFetch, func() error {
		command := s.client.Fetch(uidSet(uids), &imap.FetchOptions{UID: true, RFC822Size: true})
		for message := command.Next(); message != nil; message = command.Next() {
			var uid imap.UID
			size := int64(-1)
			for item := message.Next(); item != nil; item = message.Next() {
				switch item := item.(type) {
				case imapclient.FetchItemDataUID:
					uid = item.UID
				case imapclient.FetchItemDataRFC822Size:
					size = item.Size
				}
			}
			if uid != 0 && size >= 0 {
				found[uint32(uid)] = size
			}
		}
		return command.Close()
	})
	return found, err
}

// pieces fetches one piece of each message, from that offset on: of the whole message, or of its
// header. Messages without an answer are missing in the result.
func (s *session) pieces(uids []uint32, part imap.PartSpecifier, offset int64) (map[uint32][]byte, error) {
	size := s.settings.Limits.PieceBytes
	found := make(map[uint32][]byte, len(uids))
	s.guard.armTransfer(size * int64(len(uids)))
	defer s.guard.disarm()
	command := s.client.Fetch(uidSet(uids), &imap.FetchOptions{UID: true,
		BodySection: []*imap.FetchItemBodySection{{
			Peek: true, Specifier: part, Partial: &imap.SectionPartial{Offset: offset, Size: size},
		}},
	})
	for message := command.Next(); message != nil; message = command.Next() {
		var uid imap.UID
		for item := message.Next(); item != nil; item = message.Next() {
			switch item := item.(type) {
			case imapclient.FetchItemDataUID:
				uid = item.UID
			case imapclient.FetchItemDataBodySection:
				if !answers(item, part, offset) || uid == 0 {
					continue
				}
				if announced := item.Literal.Size(); announced > size {
					s.guard.cut(fmt.Errorf("a piece of %d bytes: %w", announced, errExcess))
				}
				body, err := readLiteral(item.Literal)
				if err != nil {
					// The connection is dead. The command must not be touched any more: the library
					// would read the literal again, at the same time as its own reader.
					return nil, s.fault(StageFetch, err)
				}
				found[uint32(uid)] = body
			}
		}
	}
	if err := command.Close(); err != nil {
		return nil, s.fault(StageFetch, err)
	}
	return found, nil
}

// answers tells the section that was asked for from any other that a server may send. A server that
// knows no pieces sends the whole, which is as good when it was asked for the beginning.
func answers(item imapclient.FetchItemDataBodySection, part imap.PartSpecifier, offset int64) bool {
	section := item.Section
	if item.Literal == nil || section.Specifier != part || len(section.Part) > 0 ||
		len(section.HeaderFields) > 0 || len(section.HeaderFieldsNot) > 0 {
		return false
	}
	if section.Partial == nil {
		return offset == 0
	}
	return section.Partial.Offset == offset
}

// readLiteral reads to the end, which also frees the library's reader.
func readLiteral(literal imap.LiteralReader) ([]byte, error) {
	var body bytes.Buffer
	body.Grow(int(min(literal.Size(), 1<<20)) + bytes.MinRead)
	n, err := body.ReadFrom(literal)
	if err == nil && n != literal.Size() {
		err = io.ErrUnexpectedEOF
	}
	return body.Bytes(), err
}

func uidSet(uids []uint32) imap.UIDSet {
	var set imap.UIDSet
	for _, uid := range uids {
		set.AddNum(imap.UID(uid))
	}
	return set
}

// body completes a message of which the first piece is known: pieces are asked for until one is not
// full, because some servers state wrong sizes, and beyond a short one only while the stated size
// says that there is more. It returns false when the message is larger than it may be.
func (s *session) body(uid uint32, first []byte, stated int64) ([]byte, bool, error) {
	limits := s.settings.Limits
	whole := first
	if int64(len(first)) >= limits.PieceBytes {
		whole = make([]byte, 0, min(max(stated, limits.PieceBytes), limits.MessageBytes)+limits.PieceBytes)
		whole = append(whole, first...)
	}
	last := int64(len(first))
	for rounds := int64(0); last > 0 && (last == limits.PieceBytes || int64(len(whole)) < stated); rounds++ {
		if int64(len(whole)) > limits.MessageBytes {
			return nil, false, nil
		}
		if rounds > 2*limits.MessageBytes/limits.PieceBytes+8 {
			return nil, false, &Fault{Code: CodeGarbage, Stage: StageFetch, Err: errExcess}
		}
		found, err := s.pieces([]uint32{uid}, imap.PartSpecifierNone, int64(len(whole)))
		if err != nil {
			return nil, false, err
		}
		piece := found[uid]
		last = int64(len(piece))
		whole = append(whole, piece...)
	}
	return whole, int64(len(whole)) <= limits.MessageBytes, nil
}
