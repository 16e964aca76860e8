package model

import (
	"strconv"
	"strings"

	"dument/app/law"
	"dument/app/money"
	"dument/gui/words"
)

// ClaimRow is a line of a claim as written. A period of interest has its days and its rate; a line
// without them is a sum of its own.
type ClaimRow struct{ Label, Days, Rate, Amount string }

// ClaimView is a claim as written: what the rows say adds up to Total.
type ClaimView struct {
	Heads      ClaimRow
	Rows       []ClaimRow
	TotalLabel string
	Total      string
	// Caption is the sum per day, or why there is no interest, and the articles.
	Caption string
}

// ClaimOf writes a claim: the amount with its reductions, each period of interest, the indemnity.
func ClaimOf(w *words.Words, claim law.Claim, currency money.Currency) ClaimView {
	view := ClaimView{
		Heads: ClaimRow{w.T("invoices.claim.period"), w.T("invoices.claim.days"), w.T("invoices.claim.rate"),
			w.T("invoices.claim.amount")},
		TotalLabel: w.T("invoices.claim.total", claim.On.Short()),
		Total:      Amount(w, claim.Total, currency),
		Caption:    claimCaption(w, claim, currency),
	}
	sum := func(key string, cents money.Cents) {
		if cents != 0 {
			view.Rows = append(view.Rows, ClaimRow{Label: w.T(key), Amount: Figure(w, cents)})
		}
	}
	sum("invoices.claim.principal", claim.Amount)
	sum("invoices.claim.credited", -claim.Credited)
	sum("invoices.claim.paid.principal", claim.Principal-(claim.Amount-claim.Credited))
	for _, segment := range claim.Segments {
		view.Rows = append(view.Rows, ClaimRow{
			Label:  w.T("invoices.claim.span", dayMonth(segment.From.Short(), segment.To.Short()), segment.To.Short()),
			Days:   strconv.Itoa(segment.Days),
			Rate:   segment.Rate.Percent(w.Language),
			Amount: Figure(w, segment.Interest)})
	}
	sum("invoices.claim.paid.interest", claim.Interest-claim.Accrued)
	sum("invoices.claim.indemnity", claim.Indemnity)
	sum("invoices.claim.costs", claim.Costs)
	return view
}

// dayMonth leaves the year out of a first day when the last one repeats it: "16/05 au 30/06/2026".
func dayMonth(from, to string) string {
	if len(from) == len(to) && len(from) > 5 && from[5:] == to[5:] {
		return from[:5]
	}
	return from
}

func claimCaption(w *words.Words, claim law.Claim, currency money.Currency) string {
	var parts []string
	switch {
	case claim.Principal <= 0:
		parts = append(parts, w.T("invoices.claim.settled"))
	case claim.DaysLate <= 0:
		parts = append(parts, w.T("invoices.claim.notdue"))
	case claim.Debtor == law.Consumer && claim.Daily == 0:
		parts = append(parts, w.T("invoices.claim.consumer"))
	case claim.Daily > 0:
		parts = append(parts, w.T("invoices.claim.daily", Amount(w, claim.Daily, currency)))
	}
	if claim.Excess > 0 {
		parts = append(parts, w.T("invoices.claim.excess", Amount(w, claim.Excess, currency)))
	}
	if claim.Total > claim.Principal || claim.Daily > 0 {
		parts = append(parts, articles(claim.Basis))
	}
	return strings.Join(parts, " · ")
}

// articles joins articles of one code: "C. com. L441-10, D441-5".
func articles(basis []string) string {
	var text strings.Builder
	code := ""
	for i, article := range basis {
		cut := strings.LastIndex(article, " ")
		switch {
		case i == 0:
			text.WriteString(article)
		case cut >= 0 && article[:cut] == code:
			text.WriteString(", " + article[cut+1:])
		default:
			text.WriteString(" · " + article)
		}
		code = article[:max(0, cut)]
	}
	return text.String()
}

// ClaimText is a claim for the clipboard: a heading, then columns parted by tabs, which a letter and a
// spreadsheet both take.
func ClaimText(w *words.Words, number, client string, claim law.Claim, currency money.Currency) string {
	view := ClaimOf(w, claim, currency)
	lines := []string{w.T("invoices.claim.copy", number, client, claim.On.Short()),
		strings.Join([]string{view.Heads.Label, view.Heads.Days, view.Heads.Rate, view.Heads.Amount}, "\t")}
	for _, row := range view.Rows {
		lines = append(lines, strings.Join([]string{row.Label, row.Days, row.Rate, row.Amount}, "\t"))
	}
	lines = append(lines, view.TotalLabel+"\t\t\t"+Figure(w, claim.Total), view.Caption)
	return strings.Join(lines, "\n") + "\n"
}

// KindName is the regime of a debtor in words.
func KindName(w *words.Words, kind law.Debtor) string { return w.T("invoices.kind." + string(kind)) }
