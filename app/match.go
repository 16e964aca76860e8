package app

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"dument/app/date"
	"dument/app/ledger"
	"dument/app/matching"
	"dument/app/money"
)

// matchIndex hands the whole ledger to the matching: what is settled serves to see duplicates. The
// index is kept until the ledger changes.
func (a *App) matchIndex(r Reader) (*matching.Index, map[matching.InvoiceID]string, error) {
	head, err := r.Head()
	if err != nil {
		return nil, nil, err
	}
	a.mu.Lock()
	kept := a.index
	a.mu.Unlock()
	if kept.index != nil && kept.head == head {
		return kept.index, kept.names, nil
	}
	index, names, err := buildIndex(r)
	if err != nil {
		return nil, nil, err
	}
	a.mu.Lock()
	a.index = keptIndex{head: head, index: index, names: names}
	a.mu.Unlock()
	return index, names, nil
}

// buildIndex reads the whole ledger for the matching.
func buildIndex(r Reader) (*matching.Index, map[matching.InvoiceID]string, error) {
	var open []matching.Open
	names := map[matching.InvoiceID]string{}
	err := r.Invoices(InvoiceFilter{}, func(row InvoiceRow) error {
		invoice := row.Invoice
		item := matching.Open{ID: matching.InvoiceID(invoice.ID), Number: invoice.Number,
			Client: matching.ClientID(invoice.Client), Open: row.Balance.Open(), Amount: invoice.Amount,
			Currency: invoice.Currency, Issued: invoice.Issued, Due: invoice.Due,
			CreditNote: invoice.Type == ledger.TypeCreditNote}
		if item.CreditNote && invoice.Corrects != 0 {
			item.Open = 0 // it was used by the invoice that it corrects
		}
		open = append(open, item)
		names[item.ID] = item.Number
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	clients, err := r.Clients(date.Date{})
	if err != nil {
		return nil, nil, err
	}
	payers := make([]matching.Payer, 0, len(clients))
	for _, row := range clients {
		payer := matching.Payer{Client: matching.ClientID(row.Client.ID), Name: row.Client.Name,
			Aliases: row.Client.Aliases, IBANs: row.Client.IBANs}
		if row.Client.Email != "" {
			payer.Emails = []string{row.Client.Email}
		}
		payers = append(payers, payer)
	}
	return matching.NewIndex(open, payers), names, nil
}

// keptIndex is the matching's view of the ledger as of a journal head.
type keptIndex struct {
	head  ledger.Head
	index *matching.Index
	names map[matching.InvoiceID]string
}

// Proposal is a message that asks, or asked, for a decision.
type Proposal struct {
	Message  ledger.Message
	Reading  Reading
	Concerns []string
}

// Proposals lists messages about payments, the newest first; pending keeps those that still ask for a
// decision.
func (a *App) Proposals(ctx context.Context, pending bool, limit int) (list []Proposal, err error) {
	err = a.Store.View(ctx, func(r Reader) error {
		messages, err := r.Messages(MessageFilter{Pending: pending, Limit: limit})
		if err != nil {
			return err
		}
		for _, message := range messages {
			proposal, err := proposalOf(r, message)
			if err != nil {
				return err
			}
			list = append(list, proposal)
		}
		return nil
	})
	return list, wrap("list proposals", err)
}

func proposalOf(r Reader, message ledger.Message) (proposal Proposal, err error) {
	proposal.Message = message
	if err := json.Unmarshal(message.Reading, &proposal.Reading); err != nil {
		return proposal, &Error{Code: CodeLedgerDamaged, Detail: "bad_reading", Err: err}
	}
	if len(message.Concerns) == 0 {
		return proposal, nil
	}
	err = r.Invoices(InvoiceFilter{IDs: message.Concerns}, func(row InvoiceRow) error {
		proposal.Concerns = append(proposal.Concerns, row.Invoice.Number)
		return nil
	})
	return proposal, err
}

// AcceptDraft is the user's decision about a message: one of its explanations (from 0), or invoices
// named by her. With neither, the money stays with Client as a credit.
type AcceptDraft struct {
	Message  ledger.MessageID
	Choice   int // -1 for none
	Invoices []string
	Client   string
}

// AcceptMatch books the payment of a message as the user decided. Her word makes it confirmed. The
// payer's name is remembered as one of the client's. Accepting a failure reverses the payment that did
// not hold.
func (a *App) AcceptMatch(ctx context.Context, on date.Date, draft AcceptDraft) (result PaymentResult, err error) {
	err = a.update(ctx, "accept match", func(w Writer) error {
		message, err := pendingMessage(w, draft.Message)
		if err != nil {
			return err
		}
		if isFailure(message) {
			result, err = acceptFailure(w, on, message)
			return err
		}
		proposal, err := proposalOf(w, message)
		if err != nil {
			return err
		}
		payment, err := acceptedPayment(proposal, draft)
		if err != nil {
			return err
		}
		if payment.Date.After(on) {
			return invalid("date", "in_future", payment.Date.String(), on.String())
		}
		return w.Record(ledger.EntryMatch, on, func(int64) (any, error) {
			result, err = a.enterPayment(w, payment, ledger.Payment{Evidence: ledger.EvidenceConfirmed,
				Source: ledger.SourceMail, Message: message.ID})
			if err != nil {
				return nil, err
			}
			settlement := ledger.Settlement{Action: "accepted", Payment: result.Payment.ID, On: on}
			if err := w.SettleMessage(message.ID, settlement); err != nil {
				return nil, err
			}
			return map[string]any{"message": message.ID, "payment": result.Payment.ID},
				learnPayer(w, result.Payment.Client, payment.Payer)
		})
	})
	return result, err
}

func pendingMessage(r Reader, id ledger.MessageID) (ledger.Message, error) {
	message, err := r.Message(id)
	if err != nil {
		return message, err
	}
	if action := message.Settlement.Action; action == "accepted" || action == "rejected" {
		return message, &Error{Code: CodeConflict, Detail: "decided_already", Params: []string{action}}
	}
	return message, nil
}

// acceptedPayment turns the choice into a payment. What a message says of failures and refunds cannot
// be booked as money received.
func acceptedPayment(proposal Proposal, draft AcceptDraft) (payment PaymentDraft, err error) {
	message := proposal.Message
	if len(proposal.Reading.Payments) == 0 || message.Amount <= 0 {
		return payment, refused("no_payment_in_message")
	}
	if message.Evidence == ledger.EvidenceRejected {
		return payment, refused("message_not_authentic")
	}
	if len(proposal.Reading.Payments) > 1 {
		return payment, refused("several_payments")
	}
	said := proposal.Reading.Payments[0]
	payment = PaymentDraft{Amount: said.Amount, Currency: said.Currency, Date: said.Date, Payer: said.Payer,
		TransactionID: said.TransactionID, Reference: clip(message.Subject, 140), Client: draft.Client,
		Invoices: draft.Invoices}
	if payment.Currency == "" {
		payment.Currency = money.EUR
	}
	if draft.Choice >= 0 && len(draft.Invoices) == 0 {
		if draft.Choice >= len(proposal.Reading.Explanations) {
			return payment, notFound("choice", strconv.Itoa(draft.Choice+1))
		}
		for _, line := range proposal.Reading.Explanations[draft.Choice].Lines {
			if line.Amount > 0 {
				payment.Invoices = append(payment.Invoices, line.Invoice)
			}
		}
	}
	if len(payment.Invoices) == 0 && payment.Client == "" {
		return payment, invalid("client", "client_or_invoice")
	}
	payment.Unallocated = len(payment.Invoices) == 0
	return payment, nil
}

// learnPayer remembers under which name a client pays, once the user has confirmed it.
func learnPayer(w Writer, id ledger.ClientID, payer string) error {
	payer = strings.TrimSpace(payer)
	if id == 0 || payer == "" || len(payer) > 140 || strings.ContainsAny(payer, "\r\n") {
		return nil
	}
	client, err := w.Client(id)
	if err != nil {
		return err
	}
	if strings.EqualFold(client.Name, payer) || slices.Contains(client.Aliases, payer) {
		return nil
	}
	client.Aliases = append(client.Aliases, payer)
	return w.SaveClient(&client)
}

// RejectMatch settles a message without booking anything.
func (a *App) RejectMatch(ctx context.Context, on date.Date, id ledger.MessageID) error {
	return a.update(ctx, "reject match", func(w Writer) error {
		message, err := pendingMessage(w, id)
		if err != nil {
			return err
		}
		return w.Record(ledger.EntryMatch, on, func(int64) (any, error) {
			return map[string]any{"message": message.ID, "action": "rejected"},
				w.SettleMessage(id, ledger.Settlement{Action: "rejected", On: on})
		})
	})
}

// UndoMatch takes the decision about a message back: a payment that was booked is reversed, and the
// message asks again.
func (a *App) UndoMatch(ctx context.Context, on date.Date, id ledger.MessageID) error {
	return a.update(ctx, "undo match", func(w Writer) error {
		message, err := w.Message(id)
		if err != nil {
			return err
		}
		action := message.Settlement.Action
		if action != "accepted" && action != "rejected" {
			return &Error{Code: CodeConflict, Detail: "nothing_to_undo"}
		}
		if action == "accepted" && isFailure(message) {
			return &Error{Code: CodeConflict, Detail: "is_a_reversal"}
		}
		return w.Record(ledger.EntryMatch, on, func(int64) (any, error) {
			booked, err := w.Payments(PaymentFilter{Message: id})
			if err != nil {
				return nil, err
			}
			for _, payment := range booked {
				if err := reversePayment(w, payment); err != nil {
					return nil, err
				}
			}
			return map[string]any{"message": id, "action": "undone"},
				w.SettleMessage(id, ledger.Settlement{Action: "undone", On: on})
		})
	})
}
