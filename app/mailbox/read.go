package mailbox

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/emersion/go-imap/v2"
)

// reader brings what is new from the server to the sink.
type reader struct {
	settings Settings
	password Password
	sink     Sink
	clock    Clock
	// reading is called when the folder is open and before anything is fetched.
	reading func()
}

// connect opens a session on the folder.
func (r *reader) connect(ctx context.Context) (*session, error) {
	made, err := open(ctx, r.settings, r.clock)
	if err != nil {
		return nil, err
	}
	s, err := newSession(ctx, r.settings, made)
	if err != nil {
		return nil, err
	}
	secret, err := r.secret(ctx)
	if err == nil {
		err = s.login(secret)
	}
	if err == nil {
		err = s.examine()
	}
	if err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// secret asks for the password. It comes after the encryption, so that a keyring is not bothered for
// a server that can't be reached.
func (r *reader) secret(ctx context.Context) (string, error) {
	secret, err := r.password(ctx)
	if err == nil && secret == "" {
		err = errors.New("it is empty")
	}
	if ctx.Err() != nil {
		return "", fmt.Errorf("mailbox: password: %w", context.Cause(ctx))
	}
	if err != nil {
		return "", &Fault{Code: CodePasswordMissing, Stage: StageLogin, Err: err}
	}
	return secret, nil
}

// care is what one reading remembers of messages that break the connection.
type care struct {
	// careful: messages are fetched one by one, so that the broken one can be told from the others.
	careful bool
	broken  map[uint32]int // failures by UID
	current uint32         // being fetched, when careful
	tries   int
}

// maxTries bounds the connections of one reading.
const maxTries = 8

// again decides whether a failed pass is worth another connection.
func (c *care) again(err error) bool {
	var fault *Fault
	if !errors.As(err, &fault) || fault.Code != CodeGarbage || fault.Stage != StageFetch {
		return false
	}
	if c.tries++; c.tries >= maxTries {
		return false
	}
	if c.careful && c.current == 0 {
		return false
	}
	if c.careful {
		c.broken[c.current]++
	}
	c.careful = true
	return true
}

// givenUp are messages that broke the connection twice.
func (c *care) givenUp(uid uint32) bool { return c.broken[uid] >= 2 }

// readAll connects, reads everything and returns the open session.
func (r *reader) readAll(ctx context.Context) (*session, Result, error) {
	var total Result
	state := &care{broken: map[uint32]int{}}
	for {
		s, err := r.connect(ctx)
		if err != nil {
			return nil, total, err
		}
		if r.reading != nil {
			r.reading()
		}
		result, err := r.pass(s, state, true)
		total.add(result)
		if err == nil {
			return s, total, nil
		}
		s.close()
		if !state.again(err) {
			return nil, total, err
		}
	}
}

// pass reads what is new in the open folder. examined says that the folder's numbers are of now.
func (r *reader) pass(s *session, state *care, examined bool) (Result, error) {
	result := Result{Idle: s.caps.Has(imap.CapIdle)}
	stored, err := r.sink.Cursor(s.ctx)
	if err != nil {
		return result, fmt.Errorf("mailbox: read the cursor: %w", err)
	}
	cursor, restarted, err := r.begin(s, stored, examined)
	result.Cursor, result.Restarted = cursor, restarted
	if err != nil {
		return result, err
	}
	p := &passing{reader: r, session: s, care: state, result: &result}
	if err := p.windows(examined); err != nil {
		return result, err
	}
	if result.Cursor != stored && result.Cursor.LastUID == 0 {
		return result, p.store(nil, result.Cursor)
	}
	return result, nil
}

// begin finds where to go on. A folder whose UIDVALIDITY changed, or whose UIDs run anew, is read from
// the start. A server that does not state the UIDVALIDITY is taken to have kept it.
func (r *reader) begin(s *session, stored Cursor, examined bool) (Cursor, bool, error) {
	validity := s.folder.uidValidity
	if validity == 0 {
		validity = stored.UIDValidity
	}
	if validity != stored.UIDValidity {
		return Cursor{UIDValidity: validity}, stored != Cursor{}, nil
	}
	if !examined || s.folder.uidNext == 0 || s.folder.uidNext > stored.LastUID {
		return stored, false, nil
	}
	highest, err := s.highest()
	if err != nil {
		return stored, false, err
	}
	if highest >= s.folder.uidNext {
		s.folder.uidNext = 0 // what the server states is wrong
		return stored, false, nil
	}
	return Cursor{UIDValidity: validity}, true, nil
}

// passing is one pass through a folder.
type passing struct {
	reader  *reader
	session *session
	care    *care
	result  *Result
	// pending are messages given up, kept until a later one shows that the server can deliver.
	pending []Message
}

const (
	// windowUIDs is the span of one search: its answer is one line, and a line is limited.
	windowUIDs = 40_000
	// emptyWindows in a row make the window grow: the UIDs are sparse.
	emptyWindows = 64
)

// windows searches and fetches, window by window when the folder is large.
func (p *passing) windows(examined bool) error {
	folder := p.session.folder
	first := uint64(p.result.Cursor.LastUID) + 1
	if first > math.MaxUint32 || examined && uint64(folder.uidNext) == first {
		return nil
	}
	if !examined || folder.messages <= windowUIDs {
		uids, err := p.session.search(uint32(first), 0)
		if err != nil {
			return err
		}
		return p.finish(uids)
	}
	end := uint64(folder.uidNext)
	if end == 0 {
		highest, err := p.session.highest()
		if err != nil {
			return err
		}
		end = uint64(highest) + 1
	}
	width, empty := uint64(windowUIDs), 0
	for first < end {
		last := min(first+width, end) - 1
		uids, err := p.session.search(uint32(first), uint32(last))
		if err != nil {
			return err
		}
		if empty++; len(uids) > 0 {
			width, empty = windowUIDs, 0
		} else if empty > emptyWindows {
			width *= 2
		}
		if err := p.chunks(uids); err != nil {
			return err
		}
		first = last + 1
	}
	return p.finish(nil)
}

// finish reads the last UIDs and reports messages that remain given up.
func (p *passing) finish(uids []uint32) error {
	if err := p.chunks(uids); err != nil {
		return err
	}
	if len(p.pending) > 0 {
		p.care.current = 0
		return &Fault{Code: CodeGarbage, Stage: StageFetch,
			Err: fmt.Errorf("%d messages can't be fetched", len(p.pending))}
	}
	return nil
}

// chunks reads the UIDs in commands of a bearable length.
func (p *passing) chunks(uids []uint32) error {
	count := p.reader.settings.Limits.BatchCount
	if p.care.careful {
		count = 1
	}
	for len(uids) > 0 {
		n := min(count, len(uids))
		if err := p.chunk(uids[:n]); err != nil {
			return err
		}
		uids = uids[n:]
	}
	return nil
}

// chunk reads some messages and stores them.
func (p *passing) chunk(uids []uint32) error {
	if p.care.careful {
		p.care.current = uids[0]
	}
	if p.care.givenUp(uids[0]) {
		p.pending = append(p.pending, p.message(uids[0], Message{Unreadable: true}))
		return nil
	}
	sizes, err := p.session.sizes(uids)
	if err == nil {
		err = p.absent(uids, sizes)
	}
	if err != nil {
		return err
	}
	var batch []Message
	var held int64
	for len(uids) > 0 {
		group := p.group(uids, sizes)
		first, err := p.session.firstPieces(group, sizes)
		if err != nil {
			return err
		}
		for _, uid := range group {
			if _, there := sizes[uid]; !there {
				continue
			}
			message, there, err := p.fetch(uid, sizes[uid], first)
			if err != nil {
				return err
			}
			if there {
				batch, held = append(batch, message), held+int64(len(message.Raw))
			}
			if held >= p.reader.settings.Limits.BatchBytes {
				if err := p.store(batch, p.cursor(uid)); err != nil {
					return err
				}
				batch, held = nil, 0
			}
		}
		uids = uids[len(group):]
		if len(uids) == 0 {
			return p.store(batch, p.cursor(group[len(group)-1]))
		}
	}
	return nil
}

// group is as many of the UIDs as one command may bring, by their stated sizes.
func (p *passing) group(uids []uint32, sizes map[uint32]int64) []uint32 {
	limits := p.reader.settings.Limits
	var sum int64
	for n, uid := range uids {
		sum += min(sizes[uid], limits.PieceBytes)
		if n > 0 && sum > limits.BatchBytes {
			return uids[:n]
		}
	}
	return uids
}

// firstPieces fetches the beginning of every message of a group that is not too large.
func (s *session) firstPieces(group []uint32, sizes map[uint32]int64) (map[uint32][]byte, error) {
	var wanted []uint32
	for _, uid := range group {
		if size, there := sizes[uid]; there && size <= s.settings.Limits.MessageBytes {
			wanted = append(wanted, uid)
		}
	}
	if len(wanted) == 0 {
		return nil, nil
	}
	return s.pieces(wanted, imap.PartSpecifierNone, 0)
}

// fetch completes one message; false when it is gone.
func (p *passing) fetch(uid uint32, stated int64, first map[uint32][]byte) (Message, bool, error) {
	s := p.session
	if stated > s.settings.Limits.MessageBytes {
		return p.header(uid, stated)
	}
	piece, there := first[uid]
	if !there {
		again, err := s.pieces([]uint32{uid}, imap.PartSpecifierNone, 0)
		if err != nil {
			return Message{}, false, err
		}
		if piece, there = again[uid]; !there {
			return Message{}, false, p.absent([]uint32{uid}, nil)
		}
	}
	delete(first, uid)
	whole, fits, err := s.body(uid, piece, stated)
	if err != nil {
		return Message{}, false, err
	}
	if !fits {
		return p.header(uid, stated)
	}
	return p.message(uid, Message{Raw: whole, Size: int64(len(whole))}), true, nil
}

// header reads the header of a message that is too large.
func (p *passing) header(uid uint32, stated int64) (Message, bool, error) {
	found, err := p.session.pieces([]uint32{uid}, imap.PartSpecifierHeader, 0)
	if err != nil {
		return Message{}, false, err
	}
	header, there := found[uid]
	if !there {
		return Message{}, false, p.absent([]uint32{uid}, nil)
	}
	return p.message(uid, Message{Raw: header, Size: stated, HeaderOnly: true}), true, nil
}

// absent tells messages that were removed meanwhile, which is no fault, from messages that the server
// still lists and did not answer for: to pass over those would lose them.
func (p *passing) absent(uids []uint32, answered map[uint32]int64) error {
	var silent []uint32
	for _, uid := range uids {
		if _, ok := answered[uid]; !ok {
			silent = append(silent, uid)
		}
	}
	if len(silent) == 0 {
		return nil
	}
	left, err := p.session.search(silent[0], silent[len(silent)-1])
	if err != nil {
		return err
	}
	for _, uid := range silent {
		if _, listed := slices.BinarySearch(left, uid); listed {
			return &Fault{Code: CodeGarbage, Stage: StageFetch, Err: errors.New("a message without an answer")}
		}
	}
	return nil
}

func (p *passing) message(uid uint32, message Message) Message {
	message.UID, message.UIDValidity = uid, p.result.Cursor.UIDValidity
	message.Received = p.reader.clock()
	return message
}

func (p *passing) cursor(uid uint32) Cursor {
	return Cursor{UIDValidity: p.result.Cursor.UIDValidity, LastUID: uid}
}

// store hands a batch over. Messages given up go with it when it shows that the server can deliver
// later ones; until then the cursor stays in front of them.
func (p *passing) store(batch []Message, next Cursor) error {
	if len(p.pending) > 0 {
		if len(batch) == 0 {
			return nil
		}
		batch = append(p.pending, batch...)
		p.pending = nil
	}
	fresh, err := p.reader.sink.Receive(p.session.ctx, batch, next)
	if err != nil {
		return fmt.Errorf("mailbox: store messages: %w", err)
	}
	p.session.guard.stored()
	p.result.Cursor = next
	p.result.Messages += len(batch)
	p.result.New += fresh
	for _, message := range batch {
		if message.HeaderOnly {
			p.result.HeaderOnly++
		}
		if message.Unreadable {
			p.result.Unreadable++
		}
	}
	return nil
}
