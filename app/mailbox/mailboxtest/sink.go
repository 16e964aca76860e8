// Package mailboxtest holds what tests of the inbox need: a sink in memory, a server that misbehaves
// by script, and a real Dovecot on loopback. The program itself does not import it.
package mailboxtest

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"sync"

	"dument/app/mailbox"
)

// Sink is a mailbox.Sink in memory with the guarantees of the ledger: a batch and its cursor are
// stored together or not at all, and content that is known is not stored again.
type Sink struct {
	mu       sync.Mutex
	cursor   mailbox.Cursor
	messages []mailbox.Message
	known    map[[32]byte]bool
	calls    int
	arrived  chan struct{}

	// Fail, when set, may refuse the n-th batch (from 1) by an error. With stored it is refused after
	// it was stored, as when the connection to a database is cut behind a commit.
	Fail func(n int) (err error, stored bool)
}

// NewSink makes an empty sink.
func NewSink() *Sink {
	return &Sink{known: map[[32]byte]bool{}, arrived: make(chan struct{}, 1)}
}

var _ mailbox.Sink = (*Sink)(nil)

// Cursor implements mailbox.Sink.
func (s *Sink) Cursor(context.Context) (mailbox.Cursor, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.cursor, nil
}

// Receive implements mailbox.Sink.
func (s *Sink) Receive(_ context.Context, batch []mailbox.Message, next mailbox.Cursor) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls++
	if s.Fail != nil {
		if err, stored := s.Fail(s.calls); err != nil {
			if stored {
				s.store(batch, next)
			}
			return 0, err
		}
	}
	return s.store(batch, next), nil
}

func (s *Sink) store(batch []mailbox.Message, next mailbox.Cursor) int {
	fresh := 0
	for _, message := range batch {
		hash := sha256.Sum256(message.Raw)
		if message.Unreadable {
			hash = sha256.Sum256(fmt.Appendf(nil, "%d/%d", message.UIDValidity, message.UID))
		}
		if s.known[hash] {
			continue
		}
		s.known[hash] = true
		s.messages = append(s.messages, message)
		fresh++
	}
	s.cursor = next
	select {
	case s.arrived <- struct{}{}:
	default:
	}
	return fresh
}

// Messages are the stored messages in the order of their arrival.
func (s *Sink) Messages() []mailbox.Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.messages)
}

// Bodies are the stored contents, sorted.
func (s *Sink) Bodies() []string {
	var bodies []string
	for _, message := range s.Messages() {
		bodies = append(bodies, string(message.Raw))
	}
	slices.Sort(bodies)
	return bodies
}

// Arrived holds a token when something was stored since it was last taken.
func (s *Sink) Arrived() <-chan struct{} { return s.arrived }

// Reset forgets the place, and keeps the messages.
func (s *Sink) Reset(cursor mailbox.Cursor) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cursor = cursor
}
