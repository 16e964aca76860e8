package app

import (
	"context"
	"slices"

	"dument/app/date"
	"dument/app/law"
	"dument/app/ledger"
	"dument/app/money"
)

// PaymentDraft is a payment to record. Invoices are the ones the debtor named, in order; without any,
// the payment is spread over the client's debts in the legal order (C. civ. 1342-10).
type PaymentDraft struct {
	Amount        money.Cents
	Currency      money.Currency // empty for euros
	Date          date.Date
	Client        string
	Invoices      []string
	Reference     string
	Key           string // makes a repeated command harmless
	Payer         string
	TransactionID string
	// Unallocated leaves the money with Client: no invoice is settled by it.
	Unallocated bool
}

// PaymentResult is a payment that was recorded, and what it extinguished. Credit is what stays with
// the client. Repeated is true when the key had been used for this very payment before.
type PaymentResult struct {
	Payment     ledger.Payment
	Allocations []AllocatedPart
	Credit      money.Cents
	Repeated    bool
}

// AllocatedPart is one line of a payment's spread.
type AllocatedPart struct {
	Invoice string
	Amount  money.Cents
	Part    ledger.Part
}

// Pay records a payment that the user confirms.
func (a *App) Pay(ctx context.Context, on date.Date, draft PaymentDraft) (result PaymentResult, err error) {
	if draft.Currency == "" {
		draft.Currency = money.EUR
	}
	switch {
	case draft.Date.IsZero():
		return result, invalid("date", "empty")
	case draft.Date.After(on):
		return result, invalid("date", "in_future", draft.Date.String(), on.String())
	case draft.Amount <= 0:
		return result, invalid("amount", "not_positive")
	case draft.Client == "" && len(draft.Invoices) == 0:
		return result, invalid("client", "client_or_invoice")
	}
	err = a.update(ctx, "pay", func(w Writer) error {
		result = PaymentResult{}
		if draft.Key != "" {
			known, found, err := w.PaymentByKey(draft.Key)
			if err != nil {
				return err
			}
			if found {
				result, err = repeated(w, known, draft)
				return err
			}
		}
		return w.Record(ledger.EntryPayment, on, func(int64) (any, error) {
			result, err = a.enterPayment(w, draft, ledger.Payment{Evidence: ledger.EvidenceConfirmed,
				Source: ledger.SourceManual})
			return map[string]any{"payment": result.Payment.ID, "amount": draft.Amount}, err
		})
	})
	return result, err
}

// repeated answers a command that was carried out before; the same key for another payment is a
// contradiction.
func repeated(r Reader, known ledger.Payment, draft PaymentDraft) (PaymentResult, error) {
	if known.Amount != draft.Amount || known.Date != draft.Date || known.Currency != draft.Currency {
		return PaymentResult{}, &Error{Code: CodeConflict, Detail: "key_used", Field: "id",
			Params: []string{draft.Key, known.Amount.String(), known.Date.String()}}
	}
	result := PaymentResult{Payment: known, Credit: known.Amount, Repeated: true}
	allocations, err := r.Allocations(known.ID)
	if err != nil {
		return result, err
	}
	for _, allocation := range allocations {
		accounts, err := r.Accounts(InvoiceFilter{IDs: []ledger.InvoiceID{allocation.Invoice}})
		if err != nil || len(accounts) == 0 {
			return result, err
		}
		result.Allocations = append(result.Allocations, AllocatedPart{Invoice: accounts[0].Invoice.Number,
			Amount: allocation.Amount, Part: allocation.Part})
		result.Credit -= allocation.Amount
	}
	return result, nil
}

// enterPayment writes a payment and its spread. It runs inside a Record.
func (a *App) enterPayment(w Writer, draft PaymentDraft, payment ledger.Payment) (result PaymentResult, err error) {
	client, accounts, err := paymentTargets(w, draft)
	if err != nil {
		return result, err
	}
	payment.Key, payment.Date, payment.Amount, payment.Currency = draft.Key, draft.Date, draft.Amount, draft.Currency
	payment.Client, payment.Payer, payment.Reference = client.ID, draft.Payer, draft.Reference
	payment.TransactionID = draft.TransactionID
	if payment.Payer == "" {
		payment.Payer = client.Name
	}
	if err := w.AddPayment(&payment); err != nil {
		return result, fieldProblem(err)
	}
	result = PaymentResult{Payment: payment, Credit: payment.Amount}
	return result, a.spread(w, accounts, len(draft.Invoices) > 0, &result)
}

// paymentTargets finds the client of a payment and the debts that it may extinguish.
func paymentTargets(r Reader, draft PaymentDraft) (client ledger.Client, accounts []ledger.Account, err error) {
	if draft.Client != "" {
		if client, err = findClient(r, draft.Client); err != nil {
			return client, nil, err
		}
	}
	if draft.Unallocated {
		return client, nil, nil
	}
	if len(draft.Invoices) == 0 {
		accounts, err = r.Accounts(InvoiceFilter{Client: client.ID, OpenOnly: true})
		return client, sameCurrency(accounts, draft.Currency), err
	}
	if accounts, err = namedAccounts(r, draft.Invoices); err != nil {
		return client, nil, err
	}
	for _, account := range accounts {
		if account.Invoice.Currency != draft.Currency {
			return client, nil, invalid("currency", "currency_differs", string(account.Invoice.Currency))
		}
		if client.ID == 0 {
			client = account.Client
		}
		if account.Client.ID != client.ID {
			return client, nil, invalid("invoice", "other_client", account.Invoice.Number, client.Name)
		}
	}
	return client, accounts, nil
}

func sameCurrency(accounts []ledger.Account, currency money.Currency) []ledger.Account {
	return slices.DeleteFunc(accounts, func(account ledger.Account) bool {
		return account.Invoice.Currency != currency
	})
}

// namedAccounts loads the accounts of invoices in the order in which they are named.
func namedAccounts(r Reader, numbers []string) ([]ledger.Account, error) {
	found, err := r.Accounts(InvoiceFilter{Numbers: numbers})
	if err != nil {
		return nil, err
	}
	ordered := make([]ledger.Account, 0, len(numbers))
	seen := map[string]bool{}
	for _, number := range numbers {
		if seen[number] {
			continue
		}
		seen[number] = true
		place := slices.IndexFunc(found, func(account ledger.Account) bool { return account.Invoice.Number == number })
		if place < 0 {
			return nil, notFound("invoice", number)
		}
		ordered = append(ordered, found[place])
	}
	return ordered, nil
}

// spread allocates a payment to accounts: in the order that the debtor named, or in the legal one.
func (a *App) spread(w Writer, accounts []ledger.Account, named bool, result *PaymentResult) error {
	if len(accounts) == 0 {
		return nil
	}
	rates, settings, err := a.lawAndSettings(w)
	if err != nil {
		return err
	}
	shares, err := sharesOf(rates, law.Imputation(settings.Terms.Imputation), accounts, named, result.Payment)
	if err != nil {
		return err
	}
	for _, share := range shares {
		if err := allocate(w, accounts[share.Index], share, result); err != nil {
			return err
		}
	}
	return nil
}

// sharesOf is the one rule by which a payment is spread over accounts, for the booking and for its
// preview.
func sharesOf(rates *law.Rates, imputation law.Imputation, accounts []ledger.Account, named bool,
	payment ledger.Payment) ([]law.Share, error) {
	debts := make([]law.Debt, len(accounts))
	for i, account := range accounts {
		debts[i] = account.Debt(imputation)
	}
	rule := rates.Spread
	if named {
		rule = rates.SpreadNamed
	}
	shares, _, err := rule(debts, payment.Amount, payment.Date)
	return shares, fieldProblem(err)
}

// partsOf are the parts of a share that are booked. The principal is never paid beyond what the books
// leave open, which matters when a payment is entered after later ones.
func partsOf(account ledger.Account, share law.Share) (parts []AllocatedPart) {
	for _, part := range []AllocatedPart{
		{Amount: share.Interest, Part: ledger.PartInterest},
		{Amount: min(share.Principal, openPrincipal(account)), Part: ledger.PartPrincipal},
		{Amount: share.Indemnity, Part: ledger.PartIndemnity},
	} {
		if part.Amount > 0 {
			part.Invoice = account.Invoice.Number
			parts = append(parts, part)
		}
	}
	return parts
}

// allocate writes a share, part by part.
func allocate(w Writer, account ledger.Account, share law.Share, result *PaymentResult) error {
	for _, part := range partsOf(account, share) {
		err := w.AddAllocation(&ledger.Allocation{Payment: result.Payment.ID, Invoice: account.Invoice.ID,
			Part: part.Part, Amount: part.Amount})
		if err != nil {
			return err
		}
		result.Allocations = append(result.Allocations, part)
		result.Credit -= part.Amount
	}
	return nil
}

// openPrincipal is what no receipt has brought yet, all parts taken together: an upper bound.
func openPrincipal(account ledger.Account) money.Cents {
	open := account.Invoice.Amount
	for _, note := range account.Credits {
		open -= note.Amount
	}
	for _, receipt := range account.Receipts {
		open -= receipt.Principal
	}
	return max(0, open)
}

// ReversePayment takes a payment back by an opposite entry; what it had settled is owed again.
func (a *App) ReversePayment(ctx context.Context, on date.Date, id ledger.PaymentID) error {
	return a.update(ctx, "reverse payment", func(w Writer) error {
		payment, err := w.Payment(id)
		if err != nil {
			return err
		}
		return w.Record(ledger.EntryReversal, on, func(int64) (any, error) {
			return map[string]any{"payment": id}, reversePayment(w, payment)
		})
	})
}

// reversePayment writes the opposite of a payment and of its allocations. It runs inside a Record.
func reversePayment(w Writer, payment ledger.Payment) error {
	if payment.Reverses != 0 {
		return &Error{Code: CodeConflict, Detail: "is_a_reversal"}
	}
	allocations, err := w.Allocations(payment.ID)
	if err != nil {
		return err
	}
	for _, allocation := range allocations {
		err := w.AddAllocation(&ledger.Allocation{Payment: allocation.Payment, Invoice: allocation.Invoice,
			Part: allocation.Part, Amount: -allocation.Amount, Reverses: allocation.ID})
		if err != nil {
			return err
		}
	}
	reversal := payment
	reversal.ID, reversal.Key, reversal.Amount, reversal.Reverses = 0, "", -payment.Amount, payment.ID
	if err := w.AddPayment(&reversal); err != nil {
		if HasCode(err, CodeConflict) {
			return &Error{Code: CodeConflict, Detail: "reversed_already", Err: err}
		}
		return err
	}
	return nil
}

// Payments lists payments in order of date.
func (a *App) Payments(ctx context.Context, filter PaymentFilter) (list []ledger.Payment, err error) {
	err = a.Store.View(ctx, func(r Reader) error {
		list, err = r.Payments(filter)
		return err
	})
	return list, wrap("list payments", err)
}
