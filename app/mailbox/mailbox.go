// Package mailbox reads an IMAP inbox and never changes it: the folder is opened with EXAMINE, bodies
// are fetched with BODY.PEEK, and no command that could alter anything is in this package. It is the
// only importer of the IMAP library, and guards it: a hostile or broken server costs neither more
// memory nor more time than Limits say, and ends in a Fault with a code.
//
// A message is known by its folder's UIDVALIDITY and its UID (RFC 9051, 2.3.1.1). The Sink stores
// each batch and the new cursor in one transaction, so that a cut at any moment loses nothing; after
// a change of UIDVALIDITY everything is read again, and the Sink recognises content it has.
package mailbox

import (
	"context"
	"time"
)

// Cursor is the place up to which every message was read. The zero value stands before everything.
type Cursor struct {
	UIDValidity uint32
	LastUID     uint32
}

// Message is a message as it lies on the server.
type Message struct {
	UIDValidity uint32
	UID         uint32
	// Size in bytes: of Raw, or what the server states when Raw is not the whole message.
	Size int64
	// Raw is the message; with HeaderOnly its header, at most one piece of it; with Unreadable nil.
	Raw []byte
	// HeaderOnly: the message is larger than Limits.MessageBytes.
	HeaderOnly bool
	// Unreadable: the server has it and can't deliver it, though it delivers later ones.
	Unreadable bool
	// Received is when this program read it.
	Received time.Time
}

// Sink keeps what was read.
type Sink interface {
	// Cursor is the place of the last batch that was stored.
	Cursor(ctx context.Context) (Cursor, error)
	// Receive stores the messages and the cursor in one transaction and returns how many of them were
	// not known by their content. The batch may be empty when only the cursor moves. The messages
	// ascend by UID.
	Receive(ctx context.Context, batch []Message, next Cursor) (fresh int, err error)
}

// Result says what a reading brought.
type Result struct {
	Messages   int // handed to the sink
	New        int // of which it did not know the content
	HeaderOnly int
	Unreadable int
	// Restarted: the server numbers its messages anew, so that everything was read again.
	Restarted bool
	// Idle: the server can announce messages; else it must be polled.
	Idle bool
	// Cursor is the place reached.
	Cursor Cursor
}

func (r *Result) add(more Result) {
	r.Messages += more.Messages
	r.New += more.New
	r.HeaderOnly += more.HeaderOnly
	r.Unreadable += more.Unreadable
	r.Restarted = r.Restarted || more.Restarted
	r.Idle, r.Cursor = more.Idle, more.Cursor
}

// ReadOnce reads every message that the sink does not have and ends. Its error is a *Fault, or wraps
// what the sink or the context said; what was stored before stays stored.
func ReadOnce(
	ctx context.Context, settings Settings, password Password, sink Sink, clock Clock,
) (Result, error) {
	settings, err := settings.completed()
	if err != nil {
		return Result{}, err
	}
	r := &reader{settings: settings, password: password, sink: sink, clock: clock}
	s, result, err := r.readAll(ctx)
	if err != nil {
		return result, err
	}
	s.logout()
	return result, nil
}
