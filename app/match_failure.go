package app

import (
	"dument/app/date"
	"dument/app/ledger"
	"dument/app/notice"
)

// acceptFailure books that a payment did not hold (rejected, returned, disputed): the one payment of that
// amount on the invoices that the message names is reversed, and they are owed again. It runs inside an
// Update.
func acceptFailure(w Writer, on date.Date, message ledger.Message) (result PaymentResult, err error) {
	if message.Evidence == ledger.EvidenceRejected {
		return result, refused("message_not_authentic")
	}
	payment, err := failedPayment(w, message)
	if err != nil {
		return result, err
	}
	err = w.Record(ledger.EntryReversal, on, func(int64) (any, error) {
		if err := reversePayment(w, payment); err != nil {
			return nil, err
		}
		return map[string]any{"message": message.ID, "payment": payment.ID},
			w.SettleMessage(message.ID, ledger.Settlement{Action: "accepted", On: on})
	})
	result.Payment = payment
	return result, err
}

// failedPayment finds the payment that a failure speaks of; none, or several, is the user's to settle.
func failedPayment(r Reader, message ledger.Message) (found ledger.Payment, err error) {
	if len(message.Concerns) == 0 {
		return found, refused("no_payment_to_reverse")
	}
	accounts, err := r.Accounts(InvoiceFilter{IDs: message.Concerns})
	if err != nil {
		return found, err
	}
	candidates := map[ledger.PaymentID]ledger.Payment{}
	for _, account := range accounts {
		for _, receipt := range account.Receipts {
			payment, err := r.Payment(receipt.Payment)
			if err != nil {
				return found, err
			}
			if message.Amount == 0 || payment.Amount == message.Amount.Abs() {
				candidates[payment.ID] = payment
			}
		}
	}
	if len(candidates) != 1 {
		return found, refused("no_payment_to_reverse")
	}
	for _, payment := range candidates {
		found = payment
	}
	return found, nil
}

// isFailure reports whether a message tells of a payment that did not hold.
func isFailure(message ledger.Message) bool { return message.Class == string(notice.Failure) }
