package main

import (
	"dument/app"
	"dument/app/date"
	"dument/app/dunning"
	"dument/app/money"
)

// stepNames are the steps of the scenarios.
var stepNames = map[string]words{
	"pre-reminder":           {"rappel avant échéance", "notice before the due date"},
	"reminder-1":             {"première relance", "first reminder"},
	"call":                   {"appel", "call"},
	"reminder-2":             {"seconde relance", "second reminder"},
	dunning.StepFormalNotice: {"mise en demeure", "formal notice"},
	dunning.StepHandover:     {"remise au tribunal ou au recouvreur", "hand-over to court or collector"},
}

func (c *call) stepName(id string) string {
	if name, known := stepNames[id]; known {
		return name.in(c.lang)
	}
	return id
}

// param is the n-th parameter, empty when there is none.
func param(params []string, n int) string {
	if n < len(params) {
		return params[n]
	}
	return ""
}

// dayParam is a parameter that is a date, as people write it.
func dayParam(params []string, n int) string {
	if day, err := date.Parse(param(params, n)); err == nil {
		return day.Short()
	}
	return param(params, n)
}

func (c *call) dueReason(reason dunning.Reason) string {
	first := param(reason.Params, 0)
	switch reason.Code {
	case "overdue":
		if first == "1" {
			return c.say("échue depuis hier", "overdue since yesterday")
		}
		return c.say("échue depuis "+first+" jours", "overdue for "+first+" days")
	case "step":
		days := param(reason.Params, 1)
		return c.say(c.stepName(first)+" à J+"+days, c.stepName(first)+" on day +"+days)
	}
	return reason.Code
}

func (c *call) blocker(blocker dunning.Blocker) string {
	switch blocker.Code {
	case "insolvency":
		day := dayParam(blocker.Params, 0)
		return c.say("procédure collective ouverte le "+day+" : déclarez la créance",
			"collective proceedings opened on "+day+": declare the claim")
	case "payment_to_match":
		return c.say("un règlement attend votre décision", "a payment waits for your decision")
	case "announced":
		day, amount := dayParam(blocker.Params, 0), param(blocker.Params, 1)
		if amount == money.Cents(0).String() {
			return c.say("paiement annoncé le "+day, "payment announced on "+day)
		}
		return c.say("paiement de "+amount+" annoncé le "+day, "payment of "+amount+" announced on "+day)
	case "rate_missing":
		semester := param(blocker.Params, 0)
		return c.say("taux du semestre "+semester+" inconnu : entrez-le avec rates set",
			"rate of half-year "+semester+" unknown: enter it with rates set")
	case "address_missing":
		return c.say("adresse du client inconnue", "the client's address is unknown")
	case "mediator_missing":
		return c.say("médiateur de la consommation absent des réglages", "no consumer mediator in the settings")
	case "not_yet":
		return c.say("pas avant le "+shown(blocker.Until), "not before "+shown(blocker.Until))
	}
	return blocker.Code
}

// fact words a line of an invoice's history.
func (c *call) fact(fact app.Fact) string {
	first, second, third := param(fact.Params, 0), param(fact.Params, 1), param(fact.Params, 2)
	switch fact.Code {
	case "issued":
		return c.say("facture émise", "invoice issued")
	case "fell_due":
		return c.say("échéance", "due date")
	case "credited":
		return c.say("avoir "+first+" de "+second, "credit note "+first+" of "+second)
	case "paid":
		return c.say("reçu "+first+" de "+third, "received "+first+" from "+third)
	case "announced":
		if first == money.Cents(0).String() {
			return c.say("paiement annoncé", "payment announced")
		}
		return c.say("paiement annoncé : "+first, "payment announced: "+first)
	case "contact":
		return c.stepName(first) + " " + third
	case "letter":
		return c.say("courrier "+first, "letter "+first)
	case "letter_posted":
		return c.say("courrier "+first+" posté", "letter "+first+" posted")
	case "letter_presented":
		return c.say("courrier "+first+" présenté", "letter "+first+" presented")
	case "letter_delivered":
		return c.say("courrier "+first+" remis", "letter "+first+" delivered")
	case "letter_returned":
		return c.say("courrier "+first+" revenu ("+second+")", "letter "+first+" returned ("+second+")")
	}
	return fact.Code
}

// decisionNames are the decisions about messages.
var decisionNames = map[string]words{
	"auto":     {"enregistré", "booked"},
	"suggest":  {"à décider", "to decide"},
	"announce": {"annoncé", "announced"},
	"ignore":   {"rien à faire", "nothing to do"},
	"alert":    {"à voir", "to look at"},
}

// classNames are the classes of messages.
var classNames = map[string]words{
	"bank_credit": {"crédit bancaire", "bank credit"},
	"psp_credit":  {"crédit d’un prestataire", "provider's credit"},
	"remittance":  {"avis de paiement", "remittance advice"},
	"failure":     {"rejet ou impayé", "failure"},
	"refund":      {"remboursement", "refund"},
	"spoof":       {"usurpation", "spoof"},
	"not_payment": {"sans rapport", "not a payment"},
}

func (c *call) named(names map[string]words, key string) string {
	if name, known := names[key]; known {
		return name.in(c.lang)
	}
	return key
}
