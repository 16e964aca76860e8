package letter

import "dument/app/law"

// declaredText is a text that a wording must have, with the variables that it may use.
type declaredText struct {
	name      string
	variables []string
	only      []law.Debtor // regimes that need it; empty for all three
}

var everyRegime = []law.Debtor{law.Business, law.Consumer, law.Public}

func (t declaredText) regimes() []law.Debtor {
	if len(t.only) == 0 {
		return everyRegime
	}
	return t.only
}

var (
	withInterest  = []law.Debtor{law.Business, law.Public}
	onlyBusiness  = []law.Debtor{law.Business}
	onlyConsumer  = []law.Debtor{law.Consumer}
	onlyPublic    = []law.Debtor{law.Public}
	notForPublic  = []law.Debtor{law.Business, law.Consumer}
	invoiceFacts  = []string{"numbers", "issued", "received", "due", "order", "state", "despite", "term"}
	invoicesFacts = []string{"count", "order", "state", "despite", "term"}
)

// declared is every text of a formal notice.
var declared = []declaredText{
	{name: "registered.1"},
	{name: "registered.2"},
	{name: "tracking", variables: []string{"tracking"}},
	{name: "reference", variables: []string{"number"}},
	{name: "account", variables: []string{"account"}},
	{name: "place", variables: []string{"city", "on"}},
	{name: "running", variables: []string{"on", "debtor"}},

	{name: "object.head"},
	{name: "object", variables: []string{"total"}},
	{name: "object.one", variables: []string{"numbers", "issued"}},
	{name: "object.balance", variables: []string{"numbers", "issued"}},
	{name: "object.few", variables: []string{"numbers"}},
	{name: "object.many", variables: []string{"count", "first", "last"}},
	{name: "object.many.same", variables: []string{"count", "first"}},
	{name: "salutation"},

	{name: "facts.one", variables: invoiceFacts},
	{name: "facts.one.unreceived", variables: invoiceFacts, only: onlyPublic},
	{name: "facts.many", variables: invoicesFacts},
	{name: "facts.many.unreceived", variables: invoicesFacts, only: onlyPublic},
	{name: "facts.order.one", variables: []string{"order"}},
	{name: "facts.order.many", variables: []string{"order"}},
	{name: "facts.order.number", variables: []string{"order"}},
	{name: "facts.reminder.one", variables: []string{"dates"}},
	{name: "facts.reminder.many", variables: []string{"dates"}},
	{name: "facts.payment.one", variables: []string{"dates"}},
	{name: "facts.payment.many", variables: []string{"dates"}},
	{name: "facts.payment.several", variables: []string{"count"}},
	{name: "facts.despite", variables: []string{"reasons"}},
	{name: "state.unpaid.one", variables: []string{"due"}}, {name: "state.unpaid.many"},
	{name: "state.partly.one", variables: []string{"due"}}, {name: "state.partly.many"},
	{name: "state.settled.one", variables: []string{"due"}}, {name: "state.settled.many"},
	{name: "term.30", only: onlyPublic}, {name: "term.50", only: onlyPublic},
	{name: "term.60", only: onlyPublic}, {name: "term.other", only: onlyPublic},

	{name: "demand", variables: []string{"total", "deadline", "on", "daily"}},
	{name: "demand.stopped", variables: []string{"total", "deadline", "on"}},

	{name: "table.principal", only: withInterest},
	{name: "table.interest", only: withInterest},
	{name: "table.statement", only: onlyConsumer},
	{name: "column.number"}, {name: "column.subject"}, {name: "column.due"}, {name: "column.amount"},
	{name: "column.issued"},
	{name: "column.received", only: onlyPublic},
	{name: "column.imputed", only: withInterest}, {name: "column.rest", only: withInterest},
	{name: "column.period", only: withInterest}, {name: "column.base", only: withInterest},
	{name: "column.rate", only: withInterest}, {name: "column.days", only: withInterest},
	{name: "column.interest", only: withInterest},
	{name: "row.period", variables: []string{"from", "to"}, only: withInterest},
	{name: "row.settled", variables: []string{"date"}, only: withInterest},
	{name: "row.interest", variables: []string{"from", "to", "rate"}, only: onlyConsumer},
	{name: "row.deposit", variables: []string{"date"}, only: onlyConsumer},
	{name: "row.payment", variables: []string{"date"}, only: onlyConsumer},
	{name: "row.credit", only: onlyConsumer},

	{name: "note.imputed.interest-first", variables: []string{"amount", "date", "detail"}, only: withInterest},
	{name: "note.imputed.principal-first", variables: []string{"amount", "date", "detail"}, only: withInterest},
	{name: "note.imputed.several.interest-first", only: withInterest},
	{name: "note.imputed.several.principal-first", only: withInterest},
	{name: "note.part.interest", variables: []string{"amount"}, only: withInterest},
	{name: "note.part.principal", variables: []string{"amount"}, only: withInterest},
	{name: "note.part.indemnity", variables: []string{"amount"}, only: withInterest},
	{name: "note.credits", variables: []string{"amount"}, only: withInterest},
	{name: "note.rate", variables: []string{"rates"}, only: withInterest},
	{name: "note.rate.semester", variables: []string{"rate", "first"}, only: withInterest},
	{name: "note.rate.contract", variables: []string{"rate"}, only: onlyBusiness},
	{name: "note.rounding", only: withInterest},

	{name: "total.principal", only: withInterest}, {name: "total.interest", only: withInterest},
	{name: "total.indemnity", variables: []string{"count", "each"}, only: withInterest},
	{name: "total.indemnity.rest", only: withInterest},
	{name: "total.costs", only: withInterest},
	{name: "total", variables: []string{"on"}},

	{name: "interest.head", only: onlyConsumer},
	{name: "interest.rate", variables: []string{"rate", "half", "daily"}, only: onlyConsumer},
	{name: "interest.rate.small", variables: []string{"rate", "half"}, only: onlyConsumer},
	{name: "interest", variables: []string{"current"}, only: onlyConsumer},
	{name: "interest.presented", variables: []string{"presented", "current"}, only: onlyConsumer},
	{name: "half.1", variables: []string{"year"}, only: onlyConsumer},
	{name: "half.2", variables: []string{"year"}, only: onlyConsumer},

	{name: "payment.head"}, {name: "payment"},
	{name: "payment.code", only: notForPublic},
	{name: "panel.amount"}, {name: "panel.holder"}, {name: "panel.iban"}, {name: "panel.bic"},
	{name: "panel.reference"}, {name: "panel.deadline"},
	{name: "panel.debtor", only: onlyPublic},
	{name: "panel.debtor.siret", variables: []string{"siret"}, only: onlyPublic},
	{name: "panel.debtor.service", variables: []string{"service"}, only: onlyPublic},
	{name: "panel.engagement", only: onlyPublic},

	{name: "basis.head", only: withInterest}, {name: "basis", only: withInterest},
	{name: "scope.head", only: onlyPublic}, {name: "scope", only: onlyPublic},
	{name: "disagreement.head"},
	{name: "disagreement", variables: []string{"deadline"}},
	{name: "conciliation.head", only: onlyConsumer}, {name: "conciliation", only: onlyConsumer},
	{name: "mediation.head", only: onlyConsumer}, {name: "mediation", only: onlyConsumer},
	{name: "otherwise.head"},
	{name: "otherwise", variables: []string{"court"}},
	{name: "otherwise.large", only: onlyConsumer},
	{name: "court.commercial", only: onlyBusiness}, {name: "court.civil", only: onlyBusiness},
	{name: "closing", variables: []string{"salutation"}},
	{name: "enclosures.head"},

	{name: "identity.siren", variables: []string{"siren"}},
	{name: "identity.siret", variables: []string{"siret"}},
	{name: "footer.journal", variables: []string{"position"}},
	{name: "footer.hash", variables: []string{"hash"}},
	{name: "label.carried"}, {name: "label.brought"}, {name: "label.sum"}, {name: "label.continued"},
	{name: "label.annex"}, {name: "label.annex.note"}, {name: "label.page"},
}
