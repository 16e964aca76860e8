package notice

import (
	"slices"
	"strings"

	"dument/app/date"
	"dument/app/money"
)

// sum is an amount with its currency.
type sum struct {
	cents    money.Cents
	currency money.Currency
}

// picked is the outcome of looking for the money a message speaks of.
type picked struct {
	payments []Payment
	// certain: exactly one amount, from the template's amount place or from the deciding phrase.
	certain bool
	// at is the place of the amount in the text, for the excerpt; -1 when unknown.
	at int
	// problem is a reason code when not certain.
	problem string
}

// pickCredit finds the credited amount of an account's notice. The subject's amount must agree.
func pickCredit(subject, body *scanned, deciding meaning) picked {
	if rows := rowPayments(body); len(rows) > 1 {
		return picked{payments: rows, at: -1, problem: "amount_several"}
	}
	gross, net, fees := kindSums(body, labelGross), kindSums(body, labelNet), kindSums(body, labelFee)
	candidates := kindSums(body, labelAmount)
	if len(candidates) == 0 {
		candidates = kindSums(body, labelTotal)
	}
	for _, s := range []*scanned{body, subject} {
		for _, h := range s.hits {
			if h.meaning != deciding {
				continue
			}
			if index, ok := s.amountNear(h); ok {
				candidates = addSum(candidates, s.amounts[index])
			}
		}
	}
	if len(candidates) <= 1 {
		for _, a := range subject.amounts {
			if usable(a) {
				candidates = addSum(candidates, a)
			}
		}
	}
	if len(gross) == 1 {
		others := slices.DeleteFunc(slices.Clone(candidates), func(s sum) bool {
			return s == gross[0] || slices.Contains(net, s) || isNetOf(s, gross[0], fees)
		})
		if len(others) == 0 {
			candidates = gross
		}
	} else if len(candidates) == 2 {
		candidates = dropNet(candidates, fees)
	}
	switch len(candidates) {
	case 1:
		return onePayment(body, subject, candidates[0])
	case 0:
		return loneAmount(body)
	}
	return picked{at: -1, problem: "amount_several"}
}

// dropNet keeps the larger of two sums that differ by a printed fee: the payer paid that one.
func dropNet(pair []sum, fees []sum) []sum {
	high, low := pair[0], pair[1]
	if high.cents < low.cents {
		high, low = low, high
	}
	if isNetOf(low, high, fees) {
		return []sum{high}
	}
	return pair
}

func isNetOf(net, gross sum, fees []sum) bool {
	for _, fee := range fees {
		if net.currency == gross.currency && gross.cents-net.cents == fee.cents.Abs() {
			return true
		}
	}
	return false
}

func kindSums(s *scanned, kind labelKind) (sums []sum) {
	for _, a := range s.amounts {
		if a.kind == kind {
			sums = addSum(sums, a)
		}
	}
	return sums
}

func addSum(sums []sum, a amount) []sum {
	one := sum{a.cents, a.currency}
	if slices.Contains(sums, one) {
		return sums
	}
	return append(sums, one)
}

// loneAmount is the last resort: the only amount of the text, never certain.
func loneAmount(body *scanned) picked {
	var sums []sum
	for _, a := range body.amounts {
		if usable(a) {
			sums = addSum(sums, a)
		}
	}
	if len(sums) != 1 {
		return picked{at: -1, problem: "amount_missing"}
	}
	only := onePayment(body, &scanned{}, sums[0])
	only.certain, only.problem = false, "amount_unlabelled"
	return only
}

func onePayment(body, subject *scanned, one sum) picked {
	result := picked{
		payments: []Payment{{Amount: one.cents, Currency: one.currency}}, certain: true, at: -1,
	}
	for _, s := range []*scanned{body, subject} {
		for _, a := range s.amounts {
			if (sum{a.cents, a.currency}) != one || a.kind == labelFreeText {
				continue
			}
			if result.at < 0 && s == body {
				result.at = a.start
			}
			if a.ambiguous {
				result.certain, result.problem = false, "amount_ambiguous"
			}
		}
	}
	switch {
	case one.currency == "":
		result.certain, result.problem = false, "currency_unknown"
	case one.cents <= 0:
		result.certain, result.problem = false, "amount_not_positive"
	}
	return result
}

// rowPayments reads a table with headings in which each row is one payment.
func rowPayments(s *scanned) (payments []Payment) {
	rows := map[int]int{}
	for _, kind := range []labelKind{labelGross, labelAmount} {
		for _, a := range s.amounts {
			if _, seen := rows[a.row]; a.kind == kind && a.row > 0 && !a.total && !seen {
				rows[a.row] = len(payments)
				payments = append(payments, Payment{Amount: a.cents, Currency: a.currency})
			}
		}
	}
	for _, v := range s.values {
		index, ok := rows[v.row]
		if !ok || v.total || v.row == 0 {
			continue
		}
		text := s.text[v.start:v.end]
		switch v.kind {
		case labelPayer:
			payments[index].Payer = text
		case labelDate, labelValueDate:
			payments[index].Date, _ = date.Read(text)
		}
	}
	return payments
}

// pickRemittance finds what somebody says he paid: the total of his table, else the amount beside a
// label or a phrase, else the only amount, else the sum of the table's rows.
func pickRemittance(subject, body *scanned) picked {
	if one, ok := totalOf(body); ok {
		return onePayment(body, subject, one)
	}
	var said []sum
	for _, s := range []*scanned{body, subject} {
		for _, h := range s.hits {
			if h.meaning != meaningAnnounce && h.meaning != meaningProof && h.meaning != meaningCredit {
				continue
			}
			if index, ok := s.amountNear(h); ok {
				said = addSum(said, s.amounts[index])
			}
		}
	}
	if len(said) == 1 {
		return onePayment(body, subject, said[0])
	}
	for _, kind := range []labelKind{labelNet, labelAmount, labelGross} {
		sums := kindSums(body, kind)
		if len(sums) == 1 && !hasRows(body) {
			return onePayment(body, subject, sums[0])
		}
		if one, ok := rowSum(body, kind); ok {
			return onePayment(body, subject, one)
		}
	}
	lone := loneAmount(body)
	if len(lone.payments) == 0 {
		return loneAmount(subject)
	}
	return lone
}

// totalOf reads the total row of a table (its net column first) or the value beside a total label.
func totalOf(s *scanned) (total sum, ok bool) {
	for _, kind := range []labelKind{labelNet, labelTotal, labelAmount, labelGross} {
		for _, a := range s.amounts {
			if a.total && a.kind == kind {
				return sum{a.cents, a.currency}, true
			}
		}
	}
	sums := kindSums(s, labelTotal)
	if len(sums) == 1 && !hasRows(s) || len(sums) == 1 && !hasTotalColumn(s) {
		return sums[0], true
	}
	return total, false
}

func hasRows(s *scanned) bool {
	return slices.ContainsFunc(s.amounts, func(a amount) bool { return a.row > 0 })
}

func hasTotalColumn(s *scanned) bool {
	return slices.ContainsFunc(s.amounts, func(a amount) bool { return a.row > 0 && a.kind == labelTotal })
}

// rowSum adds a column of a table without total row.
func rowSum(s *scanned, kind labelKind) (total sum, ok bool) {
	for _, a := range s.amounts {
		if a.kind != kind || a.row == 0 || a.total {
			continue
		}
		if ok && a.currency != total.currency {
			return sum{}, false
		}
		total.cents, total.currency, ok = total.cents+a.cents, a.currency, true
	}
	return total, ok && total.cents.Valid()
}

// operationDate reads the operation's date: beside a label, else in the line of the amount. It must lie
// near the message's own date, else the message's is taken. The dates in the rows of an advice are its
// invoices', so they are read only where a row is the operation itself (inRows).
func operationDate(s *scanned, at int, sent date.Date, inRows bool) date.Date {
	for _, kind := range []labelKind{labelDate, labelValueDate} {
		for _, v := range s.values {
			if v.kind != kind || v.row > 0 && !inRows {
				continue
			}
			if read, err := date.Read(s.text[v.start:v.end]); err == nil && isNear(read, sent) {
				return read
			}
		}
	}
	if at >= 0 && at < len(s.text) {
		line := lineAround(s.text, at)
		if !inZone(s.freeZones(), at) {
			if read, ok := firstDate(line, sent); ok {
				return read
			}
		}
	}
	return sent
}

func isNear(read, sent date.Date) bool {
	return sent.IsZero() || read.Sub(sent) <= 31 && sent.Sub(read) <= 92
}

// lineAround is the line that holds a place, at most 600 bytes of it.
func lineAround(text string, at int) string {
	start := max(strings.LastIndexByte(text[:at], '\n')+1, at-300)
	line, _, _ := strings.Cut(text[start:], "\n")
	return clip(line, 600)
}

// firstDate finds the first date near the message's own in a short text.
func firstDate(text string, sent date.Date) (date.Date, bool) {
	words := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ,\n\t\u00a0", r) })
	for i, one := range words {
		if !strings.ContainsAny(one, "0123456789") && (i+2 >= len(words) || !isDigit(words[i+1][0])) {
			continue
		}
		tries := []string{one}
		if i+2 < len(words) {
			tries = append(tries, strings.Join(words[i:i+3], " "))
		}
		for _, try := range tries {
			try = strings.Trim(try, ".;:)(")
			if len(try) < 6 || strings.Count(try, ".") == 1 {
				continue
			}
			if read, err := date.Read(try); err == nil && isNear(read, sent) && read.Year() >= 2000 {
				return read, true
			}
		}
	}
	return date.Date{}, false
}

// transactionID finds the bank's or provider's identifier: beside a label, else by its shape.
func (r *Registry) transactionID(s *scanned) string {
	for _, v := range s.values {
		if v.kind != labelTransaction {
			continue
		}
		fields := strings.Fields(s.text[v.start:v.end])
		if len(fields) == 0 {
			continue
		}
		id := strings.Trim(fields[0], "#.,;:()")
		if len(id) >= 4 && len(id) <= 64 && strings.ContainsAny(id, "0123456789") {
			return id
		}
	}
	zones := s.freeZones()
	for _, w := range referenceWords(s.text) {
		if !inZone(zones, w.start) && r.isTransactionID(w.text) {
			return w.text
		}
	}
	for _, shape := range r.shapes {
		if shape.Prefix != "#" {
			continue
		}
		for i := range len(s.text) {
			if s.text[i] == '#' && !inZone(zones, i) {
				if n := digitsAt(s.text, i+1); n >= shape.Min && n <= shape.Max {
					return s.text[i+1 : i+1+n]
				}
			}
		}
	}
	return ""
}
