package exchange

import (
	"strings"

	"dument/app/money"
)

func (r *rowReader) readAmount(row *splitter, invoice *Invoice) (no *Rejection) {
	cell := r.cell(row, r.decoder, RoleAmount)
	if cell == "" {
		return reject(RoleAmount, "amount_missing", "")
	}
	stated := r.cell(row, r.decoder, RoleCurrency)
	if stated != "" {
		unit, known := currencyOf(stated)
		if !known {
			return reject(RoleCurrency, "currency_unknown", stated)
		}
		invoice.Currency = unit
	}
	invoice.Amount, no = r.cents(RoleAmount, cell, &invoice.Currency)
	switch {
	case no != nil:
		return no
	case invoice.Amount == 0:
		return reject(RoleAmount, "amount_zero", cell)
	case invoice.Currency == "":
		invoice.Currency = money.EUR
	}
	return nil
}

// cents reads an amount with its column's decimal mark, and its currency when one stands beside it.
func (r *rowReader) cents(role Role, cell string, unit *money.Currency) (money.Cents, *Rejection) {
	f, ok := cutFigure(cell)
	if !ok {
		return 0, reject(role, "amount_unreadable", cell)
	}
	if f.currency != "" {
		if *unit != "" && *unit != f.currency {
			return 0, reject(role, "currency_conflict", cell, string(*unit))
		}
		*unit = f.currency
	}
	proven, ambiguous := f.decimalMark()
	mark := r.marks[role]
	switch {
	case ambiguous && mark == 0:
		return 0, reject(role, "amount_ambiguous", cell, readings(f)...)
	case proven != 0 && (r.contested[role] || mark != 0 && proven != mark):
		return 0, reject(role, "amount_mark", cell, string(rune(proven)))
	}
	amount, code := f.cents(mark)
	if code != "" {
		return 0, reject(role, code, cell)
	}
	return amount, nil
}

// readings spells the two values of an ambiguous figure with two and three decimals.
func readings(f figure) []string {
	at := strings.IndexAny(f.body, ".,")
	return []string{f.body[:at] + f.body[at+1:] + ",00", f.body[:at] + "," + f.body[at+1:]}
}

// readPaid reads what was already paid: stated, or the amount less what is left, or all of it when
// only the day of payment is known.
func (r *rowReader) readPaid(row *splitter, invoice *Invoice) (no *Rejection) {
	cell := r.cell(row, r.decoder, RolePaid)
	stated := cell != ""
	switch answerOf(cell) {
	case answerYes:
		invoice.AlreadyPaid = invoice.Amount
	case answerNo:
		// "Non" in a column of amounts says the same as an empty cell.
		stated = false
	default:
		if stated {
			if invoice.AlreadyPaid, no = r.cents(RolePaid, cell, &invoice.Currency); no != nil {
				return no
			}
		}
	}
	if left := r.cell(row, r.decoder, RoleLeft); left != "" {
		if no = r.readLeft(row.line, left, invoice, stated); no != nil {
			return no
		}
		stated = true
	}
	paid, amount := invoice.AlreadyPaid, invoice.Amount
	switch {
	case !invoice.PaidOn.IsZero() && !stated:
		invoice.AlreadyPaid = amount
	case !invoice.PaidOn.IsZero() && paid == 0:
		return reject(RolePaidOn, "paid_contradiction", r.cell(row, r.decoder, RolePaidOn))
	case paid != 0 && (paid < 0) != (amount < 0):
		return reject(RolePaid, "paid_sign", paid.String(), amount.String())
	case paid.Abs() > amount.Abs():
		return reject(RolePaid, "paid_more", paid.String(), amount.String())
	}
	return nil
}

// readLeft reads what is left to pay; beside a stated payment it only checks it.
func (r *rowReader) readLeft(line int, cell string, invoice *Invoice, stated bool) *Rejection {
	left, no := r.cents(RoleLeft, cell, &invoice.Currency)
	if no != nil {
		return no
	}
	if left != 0 && (left < 0) != (invoice.Amount < 0) || left.Abs() > invoice.Amount.Abs() {
		return reject(RoleLeft, "left_range", cell, invoice.Amount.String())
	}
	paid := invoice.Amount - left
	if stated && paid != invoice.AlreadyPaid {
		r.warn(line, RoleLeft, "left_differs", cell, (invoice.Amount - invoice.AlreadyPaid).String())
		return nil
	}
	invoice.AlreadyPaid = paid
	return nil
}

// answer is a word in a column of amounts paid ("Payé: oui").
type answer uint8

const (
	answerNone answer = iota
	answerYes
	answerNo
)

func answerOf(cell string) answer {
	if cell == "" || cell[0] >= '0' && cell[0] <= '9' {
		return answerNone
	}
	switch fold(cell) {
	case "oui", "yes", "vrai", "true", "paye", "payee", "paid":
		return answerYes
	case "non", "no", "faux", "false":
		return answerNo
	}
	return answerNone
}

// statusWord is what a status cell says about the row; all else is a note.
type statusWord uint8

const (
	statusOther statusWord = iota
	statusVoid             // draft or cancelled: nothing is owed
	statusPaid             // paid, wholly or in part
)

var statusWords = map[string]statusWord{
	"brouillon": statusVoid, "draft": statusVoid, "annulee": statusVoid, "annule": statusVoid,
	"cancelled": statusVoid, "canceled": statusVoid, "void": statusVoid, "voided": statusVoid,
	"abandonnee": statusVoid, "abandonne": statusVoid,
	"payee": statusPaid, "paye": statusPaid, "reglee": statusPaid, "regle": statusPaid,
	"soldee": statusPaid, "solde": statusPaid, "encaissee": statusPaid, "paid": statusPaid,
	"execute": statusPaid, "partiel": statusPaid, "paiementpartiel": statusPaid, "partial": statusPaid,
	"partiellementpayee": statusPaid, "partiellementreglee": statusPaid, "commencee": statusPaid,
}

// statusOf remembers the few different words of a file, to fold each once.
func (r *rowReader) statusOf(cell string) statusWord {
	if cell == "" {
		return statusOther
	}
	word, known := r.words[cell]
	if !known {
		word = statusWords[fold(cell)]
		if len(r.words) < 1000 {
			r.words[cell] = word
		}
	}
	return word
}
