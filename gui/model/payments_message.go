package model

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"dument/app"
	"dument/app/date"
	"dument/app/ledger"
	"dument/app/money"
	"dument/gui/words"
)

// MessageView is a message as the program shows it: its own text, redrawn, with the facts that were
// read in it.
type MessageView struct {
	Heads     []Fact
	Authentic Line
	Text      []TextLine
	Facts     []ReadFact
	// Safe says that links and pictures were left out.
	Safe string
}

// TextLine is a line of the message. A line of a table has several cells.
type TextLine struct{ Cells [][]Span }

// Span is a stretch of text; Mark is the number of the fact that was read there, 0 for none.
type Span struct {
	Text string
	Mark int
}

// ReadFact is a fact that was read, with what was checked about it.
type ReadFact struct {
	Mark  int
	Label string
	Check Line
}

// longestWord bounds a word of a message: a word without end would run out of the sheet.
const longestWord = 32

// NewMessage writes a message with what was read in it.
func NewMessage(w *words.Words, proposal app.Proposal, on date.Date) MessageView {
	message := proposal.Message
	view := MessageView{Heads: []Fact{{w.T("payments.from"), message.Sender, Plain},
		{w.T("payments.subject"), message.Subject, Plain},
		{w.T("payments.received"), message.On.LongWithWeekday(w.Language), Plain}},
		Authentic: authenticLine(w, proposal), Safe: w.T("payments.safe")}
	facts, needles := readFacts(w, proposal, on)
	view.Facts = facts
	text := cmp.Or(strings.TrimSpace(proposal.Reading.Text), message.Excerpt, w.T("payments.text.none"))
	found := map[int]bool{}
	for line := range strings.SplitSeq(text, "\n") {
		var made TextLine
		for cell := range strings.SplitSeq(strings.TrimRight(line, "\r \t"), "\t") {
			made.Cells = append(made.Cells, markSpans(breakWords(cell), needles, found))
		}
		view.Text = append(view.Text, made)
	}
	view.renumber(found)
	return view
}

// renumber counts the facts that stand in the text from 1 on, in the order of the list; the others
// have no number.
func (v *MessageView) renumber(found map[int]bool) {
	numbers, next := map[int]int{}, 0
	for i, fact := range v.Facts {
		if found[fact.Mark] {
			next++
			numbers[fact.Mark] = next
		}
		v.Facts[i].Mark = numbers[fact.Mark]
	}
	for _, line := range v.Text {
		for _, cell := range line.Cells {
			for i := range cell {
				cell[i].Mark = numbers[cell[i].Mark]
			}
		}
	}
}

// authenticLine says what the message is worth as a message, whatever it says.
func authenticLine(w *words.Words, proposal app.Proposal) Line {
	message := proposal.Message
	switch {
	case message.Class == "spoof" || message.Evidence == ledger.EvidenceRejected:
		return Line{"warn", w.T("payments.authentic.no"), Late}
	case message.Evidence == ledger.EvidenceAnnounced:
		return Line{"speech", w.T("payments.authentic.word"), Warn}
	}
	return Line{"check", w.T("payments.authentic.yes"), OK}
}

// needle is what is looked for in the text, for the fact of a number.
type needle struct {
	mark  int
	forms []string
}

// readFacts lists what was read, checked against the ledger as it was then, and what to mark in the
// text.
func readFacts(w *words.Words, proposal app.Proposal, on date.Date) (facts []ReadFact, needles []needle) {
	add := func(label string, check Line, forms ...string) {
		mark := len(facts) + 1
		facts = append(facts, ReadFact{mark, w.T("payments.fact." + label), check})
		needles = append(needles, needle{mark, forms})
	}
	reading := proposal.Reading
	if reading.Account != "" {
		add("account", Line{"check", w.T("payments.fact.account.known", reading.Account), OK},
			accountForms(reading)...)
	}
	for _, payment := range reading.Payments {
		currency := cmp.Or(payment.Currency, money.EUR)
		add("amount", Line{"check", Amount(w, payment.Amount, currency), OK}, amountForms(payment.Amount)...)
		if !payment.Date.IsZero() {
			add("date", dateCheck(w, payment.Date, on), dateForms(payment.Date)...)
		}
		if payment.Payer != "" {
			add("payer", payerCheck(w, proposal, payment.Payer), payment.Payer)
		}
		if payment.TransactionID != "" {
			add("operation", Line{"check", payment.TransactionID, OK}, payment.TransactionID)
		}
	}
	for _, reference := range reading.References {
		if proposal.Message.Decision == "ignore" {
			add("reference", Line{"info", reference, Soft}, reference)
		} else if slices.Contains(proposal.Concerns, reference) {
			add("reference", Line{"check", w.T("payments.fact.reference.known", reference), OK}, reference)
		} else {
			add("reference", Line{"info", w.T("payments.fact.reference.other", reference), Soft}, reference)
		}
	}
	if len(reading.References) == 0 && len(reading.Payments) > 0 {
		add("reference", Line{"warn", w.T("payments.fact.reference.none"), Warn})
	}
	return facts, needles
}

// accountForms are how the account was printed, as the reader says in its reason.
func accountForms(reading app.Reading) (forms []string) {
	for _, reason := range reading.Reasons {
		if reason.Code == "account_fits" {
			forms = append(forms, reason.Params...)
		}
	}
	return forms
}

func dateCheck(w *words.Words, paid, on date.Date) Line {
	switch {
	case paid.After(on):
		return Line{"warn", w.T("payments.fact.date.future", Day(paid)), Warn}
	case paid == on:
		return Line{"check", w.T("payments.fact.date.today", Day(paid)), OK}
	}
	return Line{"check", w.N("payments.fact.date.ago", on.Sub(paid), Day(paid)), OK}
}

func payerCheck(w *words.Words, proposal app.Proposal, payer string) Line {
	for _, explanation := range proposal.Reading.Explanations {
		for _, reason := range explanation.For {
			if strings.HasPrefix(reason.Code, "payer_") && reason.Code != "payer_likely" {
				return Line{"check", payer, OK}
			}
		}
	}
	if proposal.Message.Decision == "ignore" {
		return Line{"info", payer, Soft}
	}
	return Line{"info", w.T("payments.fact.payer.unknown", payer), Soft}
}

// amountForms are the ways in which an amount is printed in French and English messages, those with
// a unit first.
func amountForms(amount money.Cents) (forms []string) {
	french, english := oneKindOfSpace(amount.Abs().Figure("fr")), amount.Abs().Figure("en")
	figures := []string{french, strings.ReplaceAll(french, " ", ""), strings.ReplaceAll(french, " ", "."),
		english,
		strings.ReplaceAll(english, ",", "")}
	for _, figure := range figures {
		forms = append(forms, figure+" €", figure+"€", figure+" EUR", "€"+figure)
	}
	return append(forms, figures...)
}

func dateForms(day date.Date) []string {
	year, month, inMonth := day.YMD()
	return []string{day.Short(), day.String(), day.Long("fr"), day.Long("en"),
		twoDigits(inMonth) + "." + twoDigits(int(month)) + "." + strconv.Itoa(year)}
}

func twoDigits(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// oneKindOfSpace makes all spaces of a figure ordinary ones; each stays one character.
func oneKindOfSpace(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '\u00a0' || r == '\u202f' || r == '\u2009' {
			return ' '
		}
		return r
	}, text)
}

// markSpans cuts a text at the first place of each fact that was not found yet.
func markSpans(text string, needles []needle, found map[int]bool) []Span {
	type place struct{ from, to, mark int }
	var places []place
	plain := []rune(oneKindOfSpace(text))
	for _, wanted := range needles {
		if found[wanted.mark] {
			continue
		}
		for _, form := range wanted.forms {
			from, to := findWhole(plain, []rune(oneKindOfSpace(form)))
			taken := slices.ContainsFunc(places, func(p place) bool { return from < p.to && p.from < to })
			if from >= 0 && !taken {
				places = append(places, place{from, to, wanted.mark})
				found[wanted.mark] = true
				break
			}
		}
	}
	slices.SortFunc(places, func(x, y place) int { return cmp.Compare(x.from, y.from) })
	runes := []rune(text)
	var spans []Span
	at := 0
	for _, p := range places {
		if p.from > at {
			spans = append(spans, Span{Text: string(runes[at:p.from])})
		}
		spans = append(spans, Span{Text: string(runes[p.from:p.to]), Mark: p.mark})
		at = p.to
	}
	if at < len(runes) || len(spans) == 0 {
		spans = append(spans, Span{Text: string(runes[at:])})
	}
	return spans
}

// findWhole is the first place of a form that is not a part of a longer word or figure; -1 for none.
func findWhole(text, form []rune) (from, to int) {
	if len(form) == 0 {
		return -1, -1
	}
	for from := 0; from+len(form) <= len(text); from++ {
		to := from + len(form)
		if !slices.Equal(text[from:to], form) {
			continue
		}
		if from > 0 && isWordRune(text[from-1]) || to < len(text) && isWordRune(text[to]) {
			continue
		}
		return from, to
	}
	return -1, -1
}

func isWordRune(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r >= 0xC0 && r <= 0x24F
}

// breakWords puts a space into words without end. Both lengths are in characters.
func breakWords(text string) string {
	if len(text) <= longestWord {
		return text
	}
	var made strings.Builder
	run := 0
	for _, r := range text {
		if r == ' ' {
			run = 0
		} else if run++; run > longestWord {
			made.WriteByte(' ')
			run = 1
		}
		made.WriteRune(r)
	}
	return made.String()
}
