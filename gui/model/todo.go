package model

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"dument/app"
	"dument/app/date"
	"dument/app/dunning"
	"dument/app/law"
	"dument/app/ledger"
	"dument/app/money"
	"dument/gui/words"
)

// ToDoAct is what the main button of a block does.
type ToDoAct string

// Acts of the day's work.
const (
	ActMatch    ToDoAct = "match"    // decide on a payment that waits
	ActLetter   ToDoAct = "letter"   // prepare the formal notice
	ActNote     ToDoAct = "note"     // note a reminder made by the user's own means
	ActPay      ToDoAct = "pay"      // enter the payment that was announced
	ActAddress  ToDoAct = "address"  // complete the client
	ActMediator ToDoAct = "mediator" // complete the settings
	ActClient   ToDoAct = "client"   // look at the client: nothing may be claimed
)

// ToDoSources is what the day's work is made of.
type ToDoSources struct {
	On        date.Date
	Overview  app.Overview
	Due       []app.DueAction
	Proposals []app.Proposal // pending
	NextDue   date.Date      // the next due date of an open invoice, zero when there is none
}

// ToDo is the day's work as written.
type ToDo struct {
	Date    string
	Figures [4]ToDoFigure
	Blocks  []ToDoBlock
	Waiting []ToDoWaiting
	Head    string // how many debtors
	Held    string // how many wait
	// Nothing is what is said when there is no block; NoInvoice is true when the ledger is empty.
	Nothing, NothingMore string
	NoInvoice            bool
}

// ToDoFigure is one of the four figures. Target says which list it opens.
type ToDoFigure struct {
	Value, Caption string
	Tone           Tone
	Target         string
}

// Targets of the figures.
const (
	TargetOpen     = "open"
	TargetOverdue  = "overdue"
	TargetPayments = "payments"
	TargetPaid     = "paid"
)

// ToDoBlock is one debtor, or one payment whose debtor is not known yet.
type ToDoBlock struct {
	Key    string
	Name   string
	Kind   string
	Icon   Icon
	Reason string
	Line   Line
	Total  string
	// Under is the principal beneath the total.
	Under string
	Lines []ToDoLine // several invoices
	Act   ToDoAct
	Verb  string
	// Numbers are the invoices that the act concerns, All those of the block.
	Numbers, All []string
	Client       ledger.ClientID
	Message      ledger.MessageID
	Step         dunning.Step
	Actions      []app.DueAction
}

// ToDoLine is one invoice under a block.
type ToDoLine struct{ Number, Reason, Amount string }

// ToDoWaiting is an action that comes back by itself on a day.
type ToDoWaiting struct {
	Name, What, Amount, Returns string
	Number                      string
	Until                       date.Date
}

// NewToDo writes the day's work.
func NewToDo(w *words.Words, sources ToDoSources) ToDo {
	list := ToDo{Date: sources.On.LongWithWeekday(w.Language), Figures: todoFigures(w, sources)}
	groups, waiting := groupDue(sources.Due)
	used := map[ledger.MessageID]bool{}
	for _, group := range groups {
		list.Blocks = append(list.Blocks, debtorBlock(w, group, sources.Proposals, used))
	}
	for _, proposal := range sources.Proposals {
		if asks(proposal.Message) && !used[proposal.Message.ID] {
			list.Blocks = append(list.Blocks, paymentBlock(w, proposal))
		}
	}
	// Who may have paid comes first: nobody must be reminded of what is settled.
	slices.SortStableFunc(list.Blocks, func(x, y ToDoBlock) int {
		return cmp.Compare(matchLast(x), matchLast(y))
	})
	for _, action := range waiting {
		list.Waiting = append(list.Waiting, waitingLine(w, action))
	}
	slices.SortStableFunc(list.Waiting, func(x, y ToDoWaiting) int { return x.Until.Compare(y.Until) })
	if len(list.Blocks) > 0 {
		list.Head = w.N("todo.head", len(list.Blocks))
	}
	list.Held = w.N("todo.held", len(list.Waiting))
	list.nothing(w, sources)
	return list
}

func matchLast(block ToDoBlock) int {
	if block.Act == ActMatch {
		return 0
	}
	return 1
}

// asks tells the messages that want a decision today from the mere announcements, which show on
// their invoice.
func asks(message ledger.Message) bool { return message.Decision != "announce" }

func (t *ToDo) nothing(w *words.Words, sources ToDoSources) {
	t.Nothing = w.T("todo.nothing")
	if sources.Overview.Invoices == 0 {
		t.Nothing, t.NothingMore, t.NoInvoice = w.T("todo.empty"), w.T("todo.empty.more"), true
		return
	}
	next, key := sources.NextDue, "todo.nothing.due"
	if len(t.Waiting) > 0 && (next.IsZero() || t.Waiting[0].Until.Before(next)) {
		next, key = t.Waiting[0].Until, "todo.nothing.step"
	}
	if next.IsZero() {
		t.NothingMore = w.T("todo.nothing.settled")
		return
	}
	t.NothingMore = w.T(key, next.LongWithWeekday(w.Language))
}

// FigureTitles are the names of the four figures.
func FigureTitles(w *words.Words) [4]string {
	return [4]string{w.T("todo.outstanding"), w.T("todo.overdue"), w.T("todo.received"), w.T("todo.delay")}
}

func todoFigures(w *words.Words, sources ToDoSources) [4]ToDoFigure {
	view := sources.Overview
	figures := [4]ToDoFigure{
		{Value: Euros(w, view.Outstanding.Cents),
			Caption: w.N("todo.invoices", view.Outstanding.Count), Target: TargetOpen},
		{Value: Euros(w, view.Overdue.Cents),
			Caption: w.N("todo.invoices", view.Overdue.Count), Target: TargetOverdue},
		{Value: Euros(w, view.ReceivedInMonth.Cents),
			Caption: w.N("todo.payments", view.ReceivedInMonth.Count), Target: TargetPayments},
		{Value: w.T("todo.delay.none"), Caption: w.T("todo.delay.unknown"),
			Target: TargetPaid},
	}
	if view.Overdue.Cents > 0 {
		figures[1].Tone = Late
		figures[1].Caption += " · " + percent(w, view.Overdue.Cents, view.Outstanding.Cents)
	}
	if view.MeanDaysLate >= 0 {
		figures[3].Value = w.N("todo.days", view.MeanDaysLate)
		figures[3].Caption = w.T("todo.delay.late")
	}
	return figures
}

// percent writes a share, rounded half up.
func percent(w *words.Words, part, whole money.Cents) string {
	if whole <= 0 {
		return ""
	}
	return w.T("todo.percent", strconv.FormatInt(int64((2*100*part+whole)/(2*whole)), 10))
}

// dueGroup is what is to be done about the invoices of one debtor in one currency.
type dueGroup struct {
	key     string
	actions []app.DueAction
}

// groupDue parts the actions by debtor, in the order given. What only has to wait for its day is put
// aside.
func groupDue(due []app.DueAction) (groups []dueGroup, waiting []app.DueAction) {
	places := map[string]int{}
	for _, action := range due {
		if waits(action) {
			waiting = append(waiting, action)
			continue
		}
		invoice := action.Account.Invoice
		key := fmt.Sprintf("client/%d", action.Account.Client.ID)
		if invoice.Currency != money.EUR {
			key += "/" + string(invoice.Currency)
		}
		place, known := places[key]
		if !known {
			place = len(groups)
			places[key] = place
			groups = append(groups, dueGroup{key: key})
		}
		groups[place].actions = append(groups[place].actions, action)
	}
	return groups, waiting
}

// waits is true for a step whose day has not come, unless somebody may have paid meanwhile or nothing
// may be claimed at all.
func waits(action app.DueAction) bool {
	return blocked(action, "not_yet") && !blocked(action, "payment_to_match") && !blocked(action, "announced") &&
		!blocked(action, "insolvency")
}

func blocked(action app.DueAction, code string) bool {
	return slices.ContainsFunc(action.Action.Blockers, func(b dunning.Blocker) bool { return b.Code == code })
}

// actOf is the next thing to do about one invoice; lower ranks come first when a debtor has several.
func actOf(action app.DueAction) (act ToDoAct, rank int) {
	for _, known := range []struct {
		code string
		act  ToDoAct
		rank int
	}{
		{"payment_to_match", ActMatch, 0}, {"insolvency", ActClient, 1}, {"announced", ActPay, 6},
		{"address_missing", ActAddress, 4}, {"mediator_missing", ActMediator, 5},
	} {
		if blocked(action, known.code) {
			return known.act, known.rank
		}
	}
	if action.Action.Step.Channel == dunning.Registered {
		return ActLetter, 2
	}
	return ActNote, 3
}

func debtorBlock(w *words.Words, group dueGroup, proposals []app.Proposal, used map[ledger.MessageID]bool) ToDoBlock {
	lead, leadRank := group.actions[0], 99
	var total, principal money.Cents
	for _, action := range group.actions {
		total, principal = total+action.Claim.Total, principal+action.Claim.Principal
		if _, rank := actOf(action); rank < leadRank {
			lead, leadRank = action, rank
		}
	}
	act, _ := actOf(lead)
	client, currency := lead.Account.Client, lead.Account.Invoice.Currency
	block := ToDoBlock{Key: group.key, Name: client.Name, Kind: KindName(w, client.Kind), Act: act,
		Icon: actIcon(act, lead.Action.Step), Verb: verb(w, act, lead.Action.Step), Client: client.ID,
		Step: lead.Action.Step, Reason: debtorReason(w, group.actions, lead), Actions: group.actions,
		Total: Amount(w, total, currency), Under: w.T("todo.principal", Amount(w, principal, currency))}
	if total == principal {
		block.Under = w.T("todo.principal.only")
	}
	for _, action := range group.actions {
		number := action.Account.Invoice.Number
		block.All = append(block.All, number)
		if other, _ := actOf(action); other == act && action.Action.Step == lead.Action.Step {
			block.Numbers = append(block.Numbers, number)
		}
		if len(group.actions) > 1 {
			block.Lines = append(block.Lines, ToDoLine{number, w.N("todo.late", action.Claim.DaysLate),
				Amount(w, action.Claim.Total, currency)})
		}
	}
	said := paymentOf(block.All, proposals, used)
	if act == ActMatch && said != nil {
		block.Message = said.Message.ID
	}
	if announced := lead.Account.Announced; act == ActPay && len(announced) > 0 {
		block.Message = announced[len(announced)-1].Message
	}
	block.Line = blockLine(w, lead, act, said)
	return block
}

// paymentOf is the pending payment that concerns one of the invoices. All such payments belong to the
// debtor and make no block of their own.
func paymentOf(numbers []string, proposals []app.Proposal, used map[ledger.MessageID]bool) (said *app.Proposal) {
	for i, proposal := range proposals {
		concerns := slices.ContainsFunc(proposal.Concerns, func(number string) bool {
			return slices.Contains(numbers, number)
		})
		if concerns && asks(proposal.Message) && proposal.Message.Evidence == ledger.EvidenceNotified {
			used[proposal.Message.ID] = true
			if said == nil {
				said = &proposals[i]
			}
		}
	}
	return said
}

func debtorReason(w *words.Words, actions []app.DueAction, lead app.DueAction) string {
	step := StepName(w, lead.Action.Step.ID)
	offset := strconv.Itoa(lead.Action.Step.OffsetDays)
	oldest := 0
	for _, action := range actions {
		oldest = max(oldest, action.Claim.DaysLate)
	}
	if len(actions) > 1 {
		return w.T("todo.reason.several", strconv.Itoa(len(actions)), w.N("todo.days", oldest), step, offset)
	}
	return w.T("todo.reason", w.N("todo.days", oldest), step, offset)
}

func blockLine(w *words.Words, lead app.DueAction, act ToDoAct, said *app.Proposal) Line {
	switch act {
	case ActMatch:
		if said != nil {
			return Line{"warn", w.T("todo.notified", Day(said.Message.On),
				Amount(w, said.Message.Amount, said.Message.Currency)), Warn}
		}
		return Line{"warn", w.T("todo.blocker.payment_to_match"), Warn}
	case ActLetter:
		return Line{"check", w.T("todo.free.letter"), OK}
	case ActNote:
		if lead.Account.Client.Kind == law.Consumer && lead.Claim.Total == lead.Claim.Principal {
			return Line{"check", w.T("todo.free.consumer"), OK}
		}
		return Line{"check", w.T("todo.free"), OK}
	}
	for _, blocker := range lead.Action.Blockers {
		if line, tells := BlockerLine(w, blocker, lead.Account.Invoice.Currency); tells {
			return line
		}
	}
	return Line{}
}

// BlockerLine says what holds an action back; tells is false for a blocker that is only a date.
func BlockerLine(w *words.Words, blocker dunning.Blocker, currency money.Currency) (line Line, tells bool) {
	param := func(i int) string {
		if i >= len(blocker.Params) {
			return ""
		}
		if day, err := date.Parse(blocker.Params[i]); err == nil {
			return Day(day)
		}
		if cents, err := money.Parse(blocker.Params[i]); err == nil {
			return Amount(w, cents, currency)
		}
		return blocker.Params[i]
	}
	key := "todo.blocker." + blocker.Code
	switch blocker.Code {
	case "not_yet":
		return Line{"clock", w.T(key, Day(blocker.Until)), Soft}, false
	case "insolvency":
		return Line{"warn", w.T(key, param(0)), Late}, true
	case "announced":
		if blocker.Params[1] == money.Cents(0).String() {
			return Line{"speech", w.T(key+".unknown", param(0)), Warn}, true
		}
		return Line{"speech", w.T(key, param(0), param(1)), Warn}, true
	}
	return Line{"warn", w.T(key), Warn}, true
}

func actIcon(act ToDoAct, step dunning.Step) Icon {
	switch act {
	case ActMatch:
		return "link"
	case ActPay:
		return "bank"
	case ActAddress, ActClient:
		return "person"
	case ActMediator:
		return "settings"
	}
	return stepIcon(step)
}

func verb(w *words.Words, act ToDoAct, step dunning.Step) string {
	if act != ActNote {
		return w.T("todo.verb." + string(act))
	}
	switch step.Channel {
	case dunning.Phone:
		return w.T("todo.verb.note.phone")
	case dunning.Handover:
		return w.T("todo.verb.note.handover")
	}
	return w.T("todo.verb.note")
}

func paymentBlock(w *words.Words, proposal app.Proposal) ToDoBlock {
	message := proposal.Message
	name := cmp.Or(message.Payer, message.Sender)
	block := ToDoBlock{Key: fmt.Sprintf("message/%d", message.ID), Name: name, Kind: w.T("todo.payment.kind"),
		Icon: "link", Reason: w.T("todo.payment.reason", Day(message.On)), Act: ActMatch,
		Verb: w.T("todo.verb.match"), Message: message.ID, Total: Amount(w, message.Amount, message.Currency),
		Under: w.T("todo.payment.under"), All: proposal.Concerns,
		Line: Line{"info", w.N("todo.payment.ways", len(proposal.Reading.Explanations)), Soft}}
	if message.Decision == "alert" {
		block.Icon, block.Reason = "warn", w.T("todo.alert.reason", Day(message.On))
		block.Line = Line{"warn", cmp.Or(message.Subject, w.T("todo.alert.line")), Late}
		block.Verb = w.T("todo.verb.alert")
		block.Kind, block.Under = w.T("todo.alert.kind"), ""
		if message.Amount == 0 {
			block.Total = ""
		}
	}
	return block
}

func waitingLine(w *words.Words, action app.DueAction) ToDoWaiting {
	invoice := action.Account.Invoice
	return ToDoWaiting{Name: action.Account.Client.Name, Number: invoice.Number, Until: action.Action.Date,
		What:    w.T("todo.waiting", invoice.Number, StepName(w, action.Action.Step.ID)),
		Amount:  Amount(w, action.Claim.Total, invoice.Currency),
		Returns: w.T("todo.returns", Day(action.Action.Date))}
}
