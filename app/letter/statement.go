package letter

import (
	"slices"
	"strconv"
	"strings"

	"dument/app/date"
	"dument/app/law"
	"dument/app/money"
)

// Margins over the refinancing rate, in millionths (C. com. L441-10 II, CCP R2192-31).
const (
	businessMargin law.Rate = 100_000
	publicMargin   law.Rate = 80_000
)

// paymentsNoted is how many payments the notes explain one by one.
const paymentsNoted = 2

func (c *composer) statement(l Letter) Statement {
	if c.regime == law.Consumer {
		return Statement{
			Tables: []Table{c.consumerTable(l.Total)},
			Totals: []Total{c.total("total", l.Total, values{"on": l.On.Long("fr")})},
		}
	}
	statement := Statement{Tables: []Table{c.principalTable(l.Principal)}, Notes: c.notes()}
	statement.Totals = []Total{c.total("total.principal", l.Principal, nil)}
	if interest, present := c.interestTable(l.Interest); present {
		statement.Tables = append(statement.Tables, interest)
		statement.Totals = append(statement.Totals, c.total("total.interest", l.Interest, nil))
	}
	if l.Indemnity > 0 {
		statement.Totals = append(statement.Totals, c.indemnityTotal(l.Indemnity))
	}
	if l.Costs > 0 {
		statement.Totals = append(statement.Totals, c.total("total.costs", l.Costs, nil))
	}
	statement.Totals = append(statement.Totals, c.total("total", l.Total, values{"on": l.On.Long("fr")}))
	return statement
}

func (c *composer) total(name string, amount money.Cents, given values) Total {
	return Total{Label: c.word(name, given), Figure: euros(amount), Amount: amount}
}

// indemnityTotal shows the product when every indemnity is whole, and only the rest otherwise.
func (c *composer) indemnityTotal(sum money.Cents) Total {
	count := int64(sum / law.FixedIndemnity)
	for _, item := range c.request.Items {
		if item.Claim.Indemnity != 0 && item.Claim.Indemnity != law.FixedIndemnity {
			return c.total("total.indemnity.rest", sum, nil)
		}
	}
	return c.total("total.indemnity", sum, values{
		"count": strconv.FormatInt(count, 10), "each": euros(law.FixedIndemnity),
	})
}

func (c *composer) columns(pairs ...string) []Column {
	var columns []Column
	for i := 0; i < len(pairs); i += 2 {
		columns = append(columns, Column{Role: Role(pairs[i]), Head: c.word("column."+pairs[i+1], nil)})
	}
	return columns
}

// principalTable: amount, what was imputed on it, what is left. The column of imputations is there only
// when something was.
func (c *composer) principalTable(sum money.Cents) Table {
	imputed := false
	for _, item := range c.request.Items {
		imputed = imputed || item.Claim.Principal != item.Claim.Amount
	}
	first := "issued"
	if c.regime == law.Public && c.allReceived() {
		first = "received"
	}
	pairs := []string{"number", "number", "subject", "subject", "first", first, "due", "due", "amount", "amount"}
	if imputed {
		pairs = append(pairs, "imputed", "imputed")
	}
	table := Table{
		Form: PrincipalTable, Title: c.word("table.principal", nil), Sum: sum,
		Columns: c.columns(append(pairs, "rest", "rest")...),
	}
	for _, item := range c.request.Items {
		day := item.Issued
		if first == "received" {
			day = item.Received
		}
		claim := item.Claim
		cells := []string{item.Number, subject(item), day.Short(), item.Due.Short(), figure(claim.Amount)}
		if imputed {
			cells = append(cells, deduction(claim.Amount-claim.Principal))
		}
		row := Row{Cells: append(cells, figure(claim.Principal)), Amount: claim.Principal}
		table.Groups = append(table.Groups, Group{Rows: []Row{row}})
	}
	return table
}

// deduction writes what is taken off: with a minus, or a dash for nothing.
func deduction(amount money.Cents) string {
	if amount == 0 {
		return absent
	}
	return figure(-amount)
}

// interestTable: a line for each period, and one for each payment that settled interest.
func (c *composer) interestTable(sum money.Cents) (table Table, present bool) {
	table = Table{
		Form: InterestTable, Title: c.word("table.interest", nil), Sum: sum,
		Columns: c.columns("number", "number", "subject", "period", "base", "base", "rate", "rate", "days", "days",
			"interest", "interest"),
	}
	for _, item := range c.request.Items {
		if rows := c.interestRows(item); len(rows) > 0 {
			rows[0].Cells[0] = item.Number
			table.Groups = append(table.Groups, Group{Rows: rows})
		}
	}
	return table, len(table.Groups) > 0
}

func (c *composer) interestRows(item Item) []Row {
	var rows []Row
	settled := slices.Clone(item.Claim.Imputed)
	settle := func(before date.Date) {
		for len(settled) > 0 && (before.IsZero() || settled[0].Date.Before(before)) {
			if payment := settled[0]; payment.Interest > 0 {
				label := c.word("row.settled", values{"date": payment.Date.Short()})
				rows = append(rows, Row{
					Cells:  []string{"", label, "", "", "", figure(-payment.Interest)},
					Amount: -payment.Interest,
				})
			}
			settled = settled[1:]
		}
	}
	for _, segment := range item.Claim.Segments {
		settle(segment.From)
		period := c.word("row.period", values{"from": segment.From.Short(), "to": segment.To.Short()})
		rows = append(rows, Row{
			Cells: []string{"", period, figure(segment.Base), percent(segment.Rate), strconv.Itoa(segment.Days),
				figure(segment.Interest)},
			Amount: segment.Interest,
		})
	}
	settle(date.Date{})
	return rows
}

// consumerTable is the price and what was paid of it; its only column adds up to the sum to pay.
func (c *composer) consumerTable(sum money.Cents) Table {
	table := Table{
		Form: ConsumerTable, Title: c.word("table.statement", nil), Sum: sum,
		Columns: c.columns("number", "number", "subject", "subject", "first", "issued", "due", "due", "amount",
			"amount"),
	}
	for _, item := range c.request.Items {
		claim := item.Claim
		rows := []Row{{
			Cells: []string{item.Number, subject(item), item.Issued.Short(), item.Due.Short(),
				figure(claim.Amount)},
			Amount: claim.Amount,
		}}
		add := func(label string, amount money.Cents) {
			rows = append(rows, Row{Cells: []string{"", label, "", "", figure(amount)}, Amount: amount})
		}
		if claim.Credited != 0 {
			add(c.word("row.credit", nil), -claim.Credited)
		}
		for _, segment := range claim.Segments {
			add(c.word("row.interest", values{
				"from": segment.From.Short(), "to": segment.To.Short(), "rate": percent(segment.Rate),
			}), segment.Interest)
		}
		for _, payment := range claim.Imputed {
			name := "row.payment"
			if payment.Date.Before(item.Issued) {
				name = "row.deposit"
			}
			add(c.word(name, values{"date": payment.Date.Short()}), payment.Excess-payment.Amount)
		}
		table.Groups = append(table.Groups, Group{Rows: rows})
	}
	return table
}

// notes say how payments were imputed, where the rates come from and how sums are rounded.
func (c *composer) notes() []Text {
	var notes []Text
	payments, credits := 0, money.Cents(0)
	for _, item := range c.request.Items {
		payments += len(item.Claim.Imputed)
		credits += item.Claim.Credited
	}
	order := "interest-first"
	if c.request.Imputation != law.InterestFirst {
		order = "principal-first"
	}
	if payments > paymentsNoted {
		notes = append(notes, c.text("note.imputed.several."+order, nil))
	} else {
		notes = append(notes, c.paymentNotes(order)...)
	}
	if credits > 0 {
		notes = append(notes, c.text("note.credits", values{"amount": euros(credits)}))
	}
	if rates := c.rateNotes(); len(rates) > 0 {
		notes = append(append(notes, rates...), c.text("note.rounding", nil))
	}
	return notes
}

// paymentNotes explain each payment; one that met nothing to extinguish is not explained.
func (c *composer) paymentNotes(order string) []Text {
	var notes []Text
	for _, item := range c.request.Items {
		for _, payment := range item.Claim.Imputed {
			detail := c.imputation(payment, order)
			if detail == "" {
				continue
			}
			notes = append(notes, c.text("note.imputed."+order, values{
				"amount": euros(payment.Amount), "date": payment.Date.Long("fr"), "detail": detail,
			}))
		}
	}
	return notes
}

// imputation lists what a payment extinguished, in the order in which it did.
func (c *composer) imputation(payment law.Imputed, order string) string {
	parts := []struct {
		name   string
		amount money.Cents
	}{{"interest", payment.Interest}, {"principal", payment.Principal}, {"indemnity", payment.Indemnity}}
	if order == "principal-first" {
		parts[0], parts[1] = parts[1], parts[0]
	}
	var words []string
	for _, part := range parts {
		if part.amount > 0 {
			words = append(words, c.word("note.part."+part.name, values{"amount": euros(part.amount)}))
		}
	}
	return strings.Join(words, ", puis ")
}

// rateNotes derive the refinancing rates from the rates that were applied, half-year by half-year.
func (c *composer) rateNotes() []Text {
	margin := businessMargin
	if c.regime == law.Public {
		margin = publicMargin
	}
	anchors := map[date.Semester]law.Rate{}
	var contracts []law.Rate
	for _, item := range c.request.Items {
		for i, segment := range item.Claim.Segments {
			switch {
			case c.regime == law.Business && item.ContractRate != nil:
				contracts = append(contracts, segment.Rate)
			case c.regime == law.Business || i == 0:
				anchors[segment.From.Semester()] = segment.Rate - margin
			}
		}
	}
	var notes []Text
	if words := c.anchorWords(anchors); len(words) > 0 {
		notes = append(notes, c.text("note.rate", values{"rates": enumerate(words)}))
	}
	slices.Sort(contracts)
	for _, rate := range slices.Compact(contracts) {
		notes = append(notes, c.text("note.rate.contract", values{"rate": percent(rate)}))
	}
	return notes
}

func (c *composer) anchorWords(anchors map[date.Semester]law.Rate) []string {
	semesters := make([]date.Semester, 0, len(anchors))
	for semester := range anchors {
		semesters = append(semesters, semester)
	}
	slices.SortFunc(semesters, date.Semester.Compare)
	var words []string
	for _, semester := range semesters {
		words = append(words, c.word("note.rate.semester", values{
			"rate": percent(anchors[semester]), "first": semester.First().Long("fr"),
		}))
	}
	return words
}

// sortedOnce sorts days and drops the doubles.
func sortedOnce(days []date.Date) []date.Date {
	slices.SortFunc(days, date.Date.Compare)
	return slices.Compact(days)
}

// subject is what an invoice was for; a dash when the ledger does not know it, as for an invoice that
// came from a table without such a column.
func subject(item Item) string {
	if item.Subject == "" {
		return "–"
	}
	return typeset(item.Subject)
}
