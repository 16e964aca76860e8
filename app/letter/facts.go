package letter

import (
	"slices"
	"strconv"
	"unicode"
	"unicode/utf8"

	"dument/app/date"
	"dument/app/law"
	"dument/app/money"
)

// numbersListed is how many invoices the object names one by one.
const numbersListed = 4

func (c *composer) objectDetail() string {
	items := c.request.Items
	if len(items) == 1 {
		name := "object.one"
		if c.state() == "partly" {
			name = "object.balance"
		}
		return c.word(name, values{"numbers": items[0].Number, "issued": items[0].Issued.Long("fr")})
	}
	if len(items) <= numbersListed {
		return c.word("object.few", values{"numbers": c.numbers()})
	}
	first, last := items[0].Due, items[0].Due
	for _, item := range items[1:] {
		if item.Due.Before(first) {
			first = item.Due
		}
		if item.Due.After(last) {
			last = item.Due
		}
	}
	name := "object.many"
	if first == last {
		name = "object.many.same"
	}
	return capitalise(c.word(name, values{
		"count": countInWords(len(items)), "first": first.Long("fr"), "last": last.Long("fr"),
	}))
}

func (c *composer) numbers() string {
	words := make([]string, len(c.request.Items))
	for i, item := range c.request.Items {
		words[i] = item.Number
	}
	return enumerate(words)
}

// facts says in two or three lines why the sum is owed, without an adjective.
func (c *composer) facts() Text {
	items := c.request.Items
	number := ".many"
	if len(items) == 1 {
		number = ".one"
	}
	due := values{"due": items[0].Due.Long("fr")}
	given := values{
		"order": c.order(number), "state": c.word("state."+c.state()+number, due), "despite": c.despite(),
		"count": countInWords(len(items)),
	}
	name := "facts" + number
	if c.regime == law.Public {
		given["term"] = c.word("term."+c.term(), nil)
		if !c.allReceived() {
			name += ".unreceived"
		}
	}
	if len(items) == 1 {
		given["numbers"], given["issued"] = items[0].Number, items[0].Issued.Long("fr")
		given["due"], given["received"] = items[0].Due.Long("fr"), items[0].Received.Long("fr")
	} else if name == "facts.many" {
		given["count"] = capitalise(given["count"])
	}
	return c.text(name, given)
}

// state says whether nothing, something or all of the principal was paid.
func (c *composer) state() string {
	var principal, paid money.Cents
	for _, item := range c.request.Items {
		principal += item.Claim.Principal
		for _, payment := range item.Claim.Imputed {
			paid += payment.Amount
		}
	}
	switch {
	case principal == 0:
		return "settled"
	case paid > 0:
		return "partly"
	}
	return "unpaid"
}

// order cites the order when all the invoices share one.
func (c *composer) order(number string) string {
	order := c.request.Items[0].OrderRef
	for _, item := range c.request.Items {
		if item.OrderRef != order {
			return ""
		}
	}
	if order == "" {
		return ""
	}
	if first, _ := utf8.DecodeRuneInString(order); !unicode.IsLower(first) {
		order = c.word("facts.order.number", values{"order": order})
	}
	return c.word("facts.order"+number, values{"order": typeset(order)})
}

func (c *composer) reminders() string {
	days := c.request.EarlierReminders
	if len(days) == 0 {
		return ""
	}
	name := "facts.reminder.many"
	if len(days) == 1 {
		name = "facts.reminder.one"
	}
	return c.word(name, values{"dates": enumerateDates(days)})
}

// paymentsCited is how many days of payment the facts name.
const paymentsCited = 3

// payments cites what was received after the invoices were sent: a deposit is no answer to a reminder.
// A payment spread over several invoices is cited once.
func (c *composer) payments() string {
	var days []date.Date
	for _, item := range c.request.Items {
		for _, payment := range item.Claim.Imputed {
			if !payment.Date.Before(item.Issued) {
				days = append(days, payment.Date)
			}
		}
	}
	days = sortedOnce(days)
	switch {
	case len(days) == 0:
		return ""
	case len(days) == 1:
		return c.word("facts.payment.one", values{"dates": days[0].Long("fr")})
	case len(days) > paymentsCited:
		return c.word("facts.payment.several", values{"count": strconv.Itoa(len(days))})
	}
	return c.word("facts.payment.many", values{"dates": enumerateDates(days)})
}

// despite names what did not help: a part payment, the reminders.
func (c *composer) despite() string {
	var reasons []string
	if c.state() == "partly" {
		reasons = append(reasons, c.payments())
	}
	reasons = slices.DeleteFunc(append(reasons, c.reminders()), func(reason string) bool { return reason == "" })
	if len(reasons) == 0 {
		return ""
	}
	return c.word("facts.despite", values{"reasons": enumerate(reasons)})
}

// term is the legal delay of a public body's payment in days, when all the invoices show the same.
func (c *composer) term() string {
	days := 0
	for _, item := range c.request.Items {
		own := 0
		if !item.Received.IsZero() {
			own = item.Due.Sub(item.Received)
		}
		if days != 0 && own != days {
			return "other"
		}
		days = own
	}
	switch days {
	case 30, 50, 60:
		return strconv.Itoa(days)
	}
	return "other"
}

func (c *composer) allReceived() bool {
	for _, item := range c.request.Items {
		if item.Received.IsZero() {
			return false
		}
	}
	return true
}

// demand is the sentence for which the letter is written.
func (c *composer) demand(l Letter) Text {
	given := values{
		"total": euros(l.Total), "deadline": weekdayAndDate(l.Deadline), "on": l.On.Long("fr"),
	}
	if l.Daily == 0 && c.regime != law.Consumer {
		return c.text("demand.stopped", given)
	}
	given["daily"] = euros(l.Daily)
	return c.text("demand", given)
}
