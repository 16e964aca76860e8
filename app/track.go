package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"dument/app/date"
	"dument/app/identity"
	"dument/app/ledger"
)

// TrackDraft is an event of a registered letter's life.
type TrackDraft struct {
	Letter    string // number or identifier
	Kind      ledger.LetterEventKind
	Date      date.Date
	Number    string // registered number
	Reason    string // for returned
	Proof     []byte // a scan or a photo
	ProofName string
}

// TrackLetter notes an event of a letter. The same event noted twice is noted once.
func (a *App) TrackLetter(ctx context.Context, on date.Date, draft TrackDraft) (row LetterRow, err error) {
	number, err := checkTrack(on, &draft)
	if err != nil {
		return row, wrap("track letter", err)
	}
	err = a.update(ctx, "track letter", func(w Writer) error {
		made, err := findLetter(w, draft.Letter)
		if err != nil {
			return err
		}
		if row, err = letterRow(w, made); err != nil {
			return err
		}
		event := ledger.LetterEvent{Letter: made.ID, Kind: draft.Kind, Date: draft.Date, Number: number,
			Reason: draft.Reason}
		if repeated, err := checkEvent(row, event); repeated || err != nil {
			return err
		}
		return w.Record(ledger.EntryLetterEvent, on, func(int64) (any, error) {
			if len(draft.Proof) > 0 {
				sum := sha256.Sum256(draft.Proof)
				event.Proof = hex.EncodeToString(sum[:])
				doc := Document{DocumentInfo: DocumentInfo{MediaType: mediaType(draft.Proof),
					Name: draft.ProofName}, Bytes: draft.Proof}
				if err := w.AddDocument(doc, Attachment{Kind: "letter", ID: int64(made.ID)}); err != nil {
					return nil, err
				}
			}
			if err := w.AddLetterEvent(&event); err != nil {
				return nil, err
			}
			row.Events = append(row.Events, event)
			row.State.Apply(event)
			return map[string]any{"letter": made.Number, "event": event.Kind, "date": event.Date}, nil
		})
	})
	return row, err
}

func checkTrack(on date.Date, draft *TrackDraft) (number string, err error) {
	switch draft.Kind {
	case ledger.EventPosted, ledger.EventPresented, ledger.EventDelivered:
	case ledger.EventReturned:
		switch draft.Reason {
		case ledger.ReturnUnclaimed, ledger.ReturnRefused, ledger.ReturnUnknown, ledger.ReturnIncompleteAddress:
		default:
			return "", invalid("reason", "unknown_reason", draft.Reason)
		}
	default:
		return "", invalid("event", "unknown_event", string(draft.Kind))
	}
	if draft.Date.IsZero() {
		return "", invalid("date", "empty")
	}
	if draft.Date.After(on) {
		return "", invalid("date", "in_future", draft.Date.String(), on.String())
	}
	if draft.Number == "" {
		return "", nil
	}
	number, err = identity.ParseTracking(draft.Number)
	if err != nil {
		return "", &Error{Code: CodeInvalid, Field: "number", Detail: "check_failed",
			Params: []string{draft.Number}, Err: err}
	}
	return strings.ToUpper(number), nil
}

// checkEvent holds an event against the ones before it.
func checkEvent(row LetterRow, event ledger.LetterEvent) (repeated bool, err error) {
	if event.Date.Before(row.Letter.On) {
		return false, invalid("date", "before_letter", event.Date.String(), row.Letter.On.String())
	}
	for _, earlier := range row.Events {
		if earlier.Kind == event.Kind && earlier.Date == event.Date && earlier.Reason == event.Reason &&
			(event.Number == "" || earlier.Number == event.Number) {
			return true, nil
		}
		if earlier.Kind == event.Kind {
			return false, &Error{Code: CodeConflict, Detail: "event_known", Field: "event",
				Params: []string{string(event.Kind), earlier.Date.String()}}
		}
		if rank(earlier.Kind) < rank(event.Kind) && event.Date.Before(earlier.Date) {
			return false, invalid("date", "before_event", event.Date.String(), string(earlier.Kind),
				earlier.Date.String())
		}
	}
	if arrived(row.Events) && rank(event.Kind) == rank(ledger.EventReturned) {
		return false, &Error{Code: CodeConflict, Detail: "letter_arrived", Params: []string{row.Letter.Number}}
	}
	return false, nil
}

// rank orders the steps of a letter's life; delivered and returned are two ends of one road.
func rank(kind ledger.LetterEventKind) int {
	switch kind {
	case ledger.EventPosted:
		return 1
	case ledger.EventPresented:
		return 2
	}
	return 3
}
