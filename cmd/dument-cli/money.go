package main

import (
	"strconv"
	"strings"

	"dument/app"
	"dument/app/date"
	"dument/app/law"
	"dument/app/ledger"
	"dument/app/money"
)

var moneyCommands = []command{
	{name: "pay", run: pay, flags: []flagSpec{
		{"amount", single, "A", words{"montant reçu", "amount received"}},
		{"date", single, "DATE", words{"date du crédit", "date of the credit"}},
		{"client", single, "CLIENT", words{"le client", "the client"}},
		{"invoice", many, "N", words{"facture que le client paie, à répéter", "invoice that the client pays, repeatable"}},
		{"ref", single, "TEXT", words{"référence", "reference"}},
		{"id", single, "KEY", words{"rend la commande répétable sans danger", "makes the command safe to repeat"}},
		{"currency", single, "CODE", words{"devise ; EUR par défaut", "currency; EUR by default"}}},
		text: words{"enregistre un règlement", "records a payment"}},
	{name: "claim", arguments: "NUMBER...|--all", most: -1, run: claim, flags: []flagSpec{
		{"all", toggle, "", words{"tout ce qui est dû", "all that is owed"}},
		{"imputation", single, "ORDER", words{"interest-first ou principal-first", "interest-first or principal-first"}}},
		text: words{"ce qui est dû à la date, facture par facture", "what is owed on the date, invoice by invoice"}},
	{name: "due", run: due, text: words{"ce qu’il y a à faire à la date", "what to do on the date"}},
}

type jsonPart struct {
	Invoice string      `json:"invoice"`
	Amount  money.Cents `json:"amount"`
	To      ledger.Part `json:"to"`
}

type jsonPayment struct {
	Payment     ledger.PaymentID `json:"payment"`
	Allocations []jsonPart       `json:"allocations"`
	Credit      money.Cents      `json:"credit"`
}

func paymentResult(result app.PaymentResult) jsonPayment {
	made := jsonPayment{Payment: result.Payment.ID, Allocations: []jsonPart{}, Credit: result.Credit}
	for _, part := range result.Allocations {
		made.Allocations = append(made.Allocations, jsonPart{part.Invoice, part.Amount, part.Part})
	}
	return made
}

func pay(c *call) (err error) {
	draft := app.PaymentDraft{Client: c.given.value("client"), Invoices: c.given.values["invoice"],
		Reference: c.given.value("ref"), Key: c.given.value("id"),
		Currency: money.Currency(strings.ToUpper(c.given.value("currency")))}
	if c.given.isSet("id") && draft.Key == "" {
		return usage("id", words{
			"identifiant vide : la commande répétée compterait deux fois : donnez une valeur à --id ou retirez-le",
			"empty identifier: the command repeated would count twice: give --id a value or leave it out"})
	}
	for _, name := range []string{"amount", "date"} {
		if _, err := c.need(name); err != nil {
			return err
		}
	}
	if draft.Amount, err = c.amount("amount"); err != nil {
		return err
	}
	if draft.Date, err = c.day("date"); err != nil {
		return err
	}
	house, err := c.open()
	if err != nil {
		return err
	}
	result, err := house.Pay(c.ctx, c.on, draft)
	if err != nil {
		return err
	}
	made := paymentResult(result)
	c.emit(made, func() {
		if result.Repeated {
			c.printf(c.say("Règlement %d déjà enregistré, rien n’a changé.\n", "Payment %d recorded before, nothing changed.\n"),
				made.Payment)
		} else {
			c.printf(c.say("Règlement %d enregistré : %s, le %s\n", "Payment %d recorded: %s, on %s\n"), made.Payment,
				c.euros(result.Payment.Amount, result.Payment.Currency), shown(result.Payment.Date))
		}
		c.printParts(made, result.Payment.Currency)
	})
	return nil
}

func (c *call) printParts(made jsonPayment, currency money.Currency) {
	for _, part := range made.Allocations {
		c.printf("  %s  %s  %s\n", oneLine(part.Invoice), c.euros(part.Amount, currency), c.partName(part.To))
	}
	if made.Credit != 0 {
		c.printf(c.say("  en crédit chez le client : %s\n", "  credit of the client: %s\n"), c.euros(made.Credit, currency))
	}
}

func (c *call) partName(part ledger.Part) string {
	switch part {
	case ledger.PartPrincipal:
		return c.say("principal", "principal")
	case ledger.PartInterest:
		return c.say("pénalités", "interest")
	case ledger.PartIndemnity:
		return c.say("indemnité", "indemnity")
	}
	return string(part)
}

type jsonSegment struct {
	From     date.Date   `json:"from"`
	To       date.Date   `json:"to"`
	Days     int         `json:"days"`
	Base     money.Cents `json:"base"`
	Rate     string      `json:"rate"`
	Interest money.Cents `json:"interest"`
}

type jsonClaim struct {
	Invoice    string         `json:"invoice"`
	Client     string         `json:"client"`
	ClientType law.Debtor     `json:"client_type"`
	On         date.Date      `json:"on"`
	Currency   money.Currency `json:"currency"`
	Amount     money.Cents    `json:"amount"`
	Credited   money.Cents    `json:"credited"`
	Paid       money.Cents    `json:"paid"`
	Principal  money.Cents    `json:"principal"`
	Interest   money.Cents    `json:"interest"`
	Indemnity  money.Cents    `json:"indemnity"`
	Costs      money.Cents    `json:"costs"`
	Total      money.Cents    `json:"total"`
	Daily      money.Cents    `json:"daily"`
	LateFrom   date.Date      `json:"late_from"`
	DaysLate   int            `json:"days_late"`
	Segments   []jsonSegment  `json:"segments"`
	Limitation date.Date      `json:"limitation"`
	Basis      []string       `json:"basis"`
}

func claimResult(item app.InvoiceClaim) jsonClaim {
	claim := item.Claim
	made := jsonClaim{Invoice: item.Account.Invoice.Number, Client: item.Account.Client.Name,
		ClientType: claim.Debtor, On: claim.On, Currency: item.Account.Invoice.Currency, Amount: claim.Amount,
		Credited: claim.Credited, Paid: claim.Paid, Principal: claim.Principal, Interest: claim.Interest,
		Indemnity: claim.Indemnity, Costs: claim.Costs, Total: claim.Total, Daily: claim.Daily,
		LateFrom: claim.LateFrom, DaysLate: claim.DaysLate, Segments: []jsonSegment{}, Limitation: claim.Limitation,
		Basis: some(claim.Basis)}
	for _, segment := range claim.Segments {
		made.Segments = append(made.Segments, jsonSegment{segment.From, segment.To, segment.Days, segment.Base,
			segment.Rate.String(), segment.Interest})
	}
	return made
}

func claim(c *call) error {
	numbers := c.given.arguments
	if all := c.given.isSet("all"); all == (len(numbers) > 0) {
		return usage("arguments", words{
			"demande ambiguë : claim attend des numéros, ou --all : donnez l’un des deux",
			"request ambiguous: claim wants numbers, or --all: give one of the two"})
	}
	imputation := c.given.value("imputation")
	if imputation != "" {
		err := oneOf("imputation", imputation, string(law.InterestFirst), string(law.PrincipalFirst))
		if err != nil {
			return err
		}
	}
	house, err := c.open()
	if err != nil {
		return err
	}
	// What can be computed is printed, also when a rate is missing for the rest.
	list, err := house.Claims(c.ctx, c.on, numbers, law.Imputation(imputation))
	for _, item := range list {
		made := claimResult(item)
		c.emit(made, func() { c.printClaim(made) })
		for _, warning := range item.Claim.Warnings {
			c.note(made.Invoice + ": " + c.warning(warning))
		}
	}
	if err == nil && len(list) == 0 && !c.json {
		c.write(c.say("Rien n’est dû à cette date.\n", "Nothing is owed on that date.\n"))
	}
	return err
}

func (c *call) warning(warning law.Warning) string {
	if warning.Code == law.WarningBelowFloor {
		rate, floor, semester := warning.Rate.Percent(c.lang), warning.Limit.Percent(c.lang), warning.Semester.String()
		return c.say("taux convenu de "+rate+" sous le plancher légal de "+floor+" au "+semester+" (C. com. L441-10 II)",
			"agreed rate of "+rate+" below the legal floor of "+floor+" in "+semester+" (C. com. L441-10 II)")
	}
	return warning.Code
}

func (c *call) printClaim(made jsonClaim) {
	c.printf(c.say("%s  %s (%s), au %s\n", "%s  %s (%s), on %s\n"), oneLine(made.Invoice), oneLine(made.Client),
		c.debtor(made.ClientType), shown(made.On))
	table := newGrid("", ">")
	for _, line := range []struct {
		name   string
		amount money.Cents
		always bool
	}{
		{c.say("montant TTC", "amount with tax"), made.Amount, true},
		{c.say("avoirs", "credit notes"), -made.Credited, false}, {c.say("reçu", "received"), -made.Paid, false},
		{c.say("principal dû", "principal owed"), made.Principal, true},
		{c.say("pénalités", "interest"), made.Interest, false},
		{c.say("indemnité forfaitaire", "fixed indemnity"), made.Indemnity, false},
		{"total", made.Total, true}, {c.say("par jour de plus", "per further day"), made.Daily, false},
	} {
		if line.always || line.amount != 0 {
			table.add("  "+line.name, c.euros(line.amount, made.Currency))
		}
	}
	table.print(c, "")
	for _, segment := range made.Segments {
		c.printf(c.say("  du %s au %s, %d j sur %s à %s : %s\n", "  %s to %s, %d days on %s at %s: %s\n"),
			shown(segment.From), shown(segment.To), segment.Days, c.euros(segment.Base, made.Currency),
			c.percent(segment.Rate),
			c.euros(segment.Interest, made.Currency))
	}
	c.printf(c.say("  %d j de retard, prescription le %s ; %s\n", "  %d days late, limitation on %s; %s\n"), made.DaysLate,
		shown(made.Limitation), strings.Join(made.Basis, ", "))
}

// percent writes a rate of a result for people.
func (c *call) percent(rate string) string {
	read, err := law.ParseRate(rate)
	if err != nil {
		return rate
	}
	return read.Percent(c.lang)
}

type jsonBlocker struct {
	Code  string    `json:"code"`
	Until date.Date `json:"until"`
	Text  string    `json:"text"`
}

type jsonDue struct {
	Invoice  string        `json:"invoice"`
	Client   string        `json:"client"`
	Step     string        `json:"step"`
	Channel  string        `json:"channel"`
	Date     date.Date     `json:"date"`
	Amount   money.Cents   `json:"amount"`
	Reasons  []string      `json:"reasons"`
	Blockers []jsonBlocker `json:"blockers"`
}

func due(c *call) error {
	house, err := c.open()
	if err != nil {
		return err
	}
	actions, err := house.Due(c.ctx, c.on)
	if err != nil {
		return err
	}
	table := newGrid(c.say("facture", "invoice"), "client", ">"+c.say("retard", "late"), c.say("étape", "step"),
		c.say("dès le", "from"), ">"+c.say("somme", "amount"), c.say("retenu par", "held back by"))
	for _, item := range actions {
		action := item.Action
		made := jsonDue{item.Account.Invoice.Number, item.Account.Client.Name, action.Step.ID,
			string(action.Step.Channel), action.Date, action.Amount, []string{}, []jsonBlocker{}}
		for _, reason := range action.Reasons {
			made.Reasons = append(made.Reasons, c.dueReason(reason))
		}
		held := make([]string, 0, len(action.Blockers))
		for _, blocker := range action.Blockers {
			text := c.blocker(blocker)
			made.Blockers = append(made.Blockers, jsonBlocker{blocker.Code, blocker.Until, text})
			held = append(held, text)
		}
		c.emit(made, func() {
			table.add(made.Invoice, made.Client, strconv.Itoa(item.Claim.DaysLate), c.stepName(made.Step),
				shown(made.Date), c.euros(made.Amount, item.Account.Invoice.Currency), strings.Join(held, " ; "))
		})
	}
	if !c.json {
		table.print(c, c.say("Rien à faire à cette date.", "Nothing to do on that date."))
	}
	return nil
}
