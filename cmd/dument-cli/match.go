package main

import (
	"context"
	"strconv"
	"strings"

	"dument/app"
	"dument/app/date"
	"dument/app/ledger"
	"dument/app/money"
)

var matchCommands = []command{
	{name: "match list", run: listMatches, flags: []flagSpec{
		{"all", toggle, "", words{"aussi celles qui sont décidées", "the decided ones too"}}},
		text: words{"liste les propositions", "lists the proposals"}},
	{name: "match accept", arguments: "ID", least: 1, most: 1, run: acceptMatch, flags: []flagSpec{
		{"choice", single, "N", words{"l’explication, à partir de 1", "the explanation, from 1"}},
		{"invoice", many, "N", words{"ou les factures, à répéter", "or the invoices, repeatable"}},
		{"client", single, "CLIENT", words{"ou le client, qui garde un crédit", "or the client, who keeps a credit"}}},
		text: words{"enregistre le règlement", "books the payment"}},
	{name: "match reject", arguments: "ID", least: 1, most: 1, run: rejectMatch,
		text: words{"écarte la proposition", "sets the proposal aside"}},
	{name: "match undo", arguments: "ID", least: 1, most: 1, run: undoMatch,
		text: words{"reprend la décision", "takes the decision back"}},
}

type jsonExplanation struct {
	Lines   []jsonLine  `json:"lines"`
	Rest    money.Cents `json:"rest"`
	For     []string    `json:"for"`
	Against []string    `json:"against"`
}

type jsonMatch struct {
	Message   ledger.MessageID  `json:"message"`
	Date      date.Date         `json:"date"`
	Sender    string            `json:"sender"`
	Subject   string            `json:"subject"`
	Class     string            `json:"class"`
	Evidence  ledger.Evidence   `json:"evidence"`
	Decision  string            `json:"decision"`
	State     string            `json:"state"`
	Payments  []jsonSaid        `json:"payments"`
	Proposals []jsonExplanation `json:"proposals"`
	Reasons   []string          `json:"reasons"`
	Concerns  []string          `json:"concerns"`
}

func (c *call) whys(list []app.Why) []string {
	texts := make([]string, 0, len(list))
	for _, why := range list {
		texts = append(texts, why.Text(c.lang))
	}
	return texts
}

func (c *call) matchResult(proposal app.Proposal) jsonMatch {
	message, reading := proposal.Message, proposal.Reading
	made := jsonMatch{Message: message.ID, Date: message.On, Sender: message.Sender, Subject: message.Subject,
		Class: message.Class, Evidence: message.Evidence, Decision: message.Decision,
		State: message.Settlement.Action, Payments: []jsonSaid{}, Proposals: []jsonExplanation{},
		Reasons: c.whys(reading.Reasons), Concerns: some(proposal.Concerns)}
	if made.State == "" || made.State == "undone" {
		made.State = "pending"
	}
	for _, payment := range reading.Payments {
		made.Payments = append(made.Payments, jsonSaid{payment.Amount, payment.Currency, payment.Date, payment.Payer})
	}
	for _, explanation := range reading.Explanations {
		item := jsonExplanation{[]jsonLine{}, explanation.Rest, c.whys(explanation.For), c.whys(explanation.Against)}
		for _, line := range explanation.Lines {
			item.Lines = append(item.Lines, jsonLine{line.Invoice, line.Amount})
		}
		made.Proposals = append(made.Proposals, item)
	}
	return made
}

func listMatches(c *call) error {
	house, err := c.open()
	if err != nil {
		return err
	}
	proposals, err := house.Proposals(c.ctx, !c.given.isSet("all"), 0)
	if err != nil {
		return err
	}
	for _, proposal := range proposals {
		made := c.matchResult(proposal)
		c.emit(made, func() { c.printMatch(made) })
	}
	if len(proposals) == 0 && !c.json {
		c.write(c.say("Aucune proposition.\n", "No proposal.\n"))
	}
	return nil
}

func (c *call) printMatch(made jsonMatch) {
	c.printf("%d  %s  %s  %s\n", made.Message, shown(made.Date), oneLine(made.Sender), oneLine(made.Subject))
	for _, payment := range made.Payments {
		c.printf("   %s  %s  %s\n", c.euros(payment.Amount, payment.Currency), shown(payment.Date), oneLine(payment.Payer))
	}
	for n, proposal := range made.Proposals {
		lines := make([]string, 0, len(proposal.Lines))
		for _, line := range proposal.Lines {
			lines = append(lines, line.Invoice+" "+line.Amount.Figure(c.lang))
		}
		c.printf("   %d. %s\n", n+1, oneLine(strings.Join(lines, ", ")))
		for _, text := range proposal.For {
			c.printf("      + %s\n", oneLine(text))
		}
		for _, text := range proposal.Against {
			c.printf("      - %s\n", oneLine(text))
		}
	}
}

func acceptMatch(c *call) error {
	id, err := identifier("id", c.given.arguments[0])
	if err != nil {
		return err
	}
	draft := app.AcceptDraft{Message: ledger.MessageID(id), Choice: -1, Invoices: c.given.values["invoice"],
		Client: c.given.value("client")}
	if c.given.isSet("choice") {
		choice, err := identifier("choice", c.given.value("choice"))
		if err != nil {
			return err
		}
		draft.Choice = int(min(choice, 1000)) - 1
	}
	house, err := c.open()
	if err != nil {
		return err
	}
	if draft.Choice < 0 && len(draft.Invoices) == 0 && draft.Client == "" {
		if draft.Choice, err = c.onlyChoice(house, draft.Message); err != nil {
			return err
		}
	}
	result, err := house.AcceptMatch(c.ctx, c.on, draft)
	if err != nil {
		return err
	}
	made := struct {
		Message int64 `json:"message"`
		jsonPayment
	}{id, paymentResult(result)}
	c.emit(made, func() {
		c.printf(c.say("Règlement %d enregistré : %s\n", "Payment %d booked: %s\n"), made.Payment,
			c.euros(result.Payment.Amount, result.Payment.Currency))
		c.printParts(made.jsonPayment, result.Payment.Currency)
	})
	return nil
}

// onlyChoice is the one explanation of a proposal; several must be chosen from.
func (c *call) onlyChoice(house *app.App, id ledger.MessageID) (int, error) {
	proposals, err := house.Proposals(c.ctx, false, 0)
	if err != nil {
		return -1, err
	}
	for _, proposal := range proposals {
		if proposal.Message.ID != id || len(proposal.Reading.Explanations) < 2 {
			continue
		}
		count := strconv.Itoa(len(proposal.Reading.Explanations))
		return -1, usage("choice", words{
			"choix nécessaire : il y a " + count + " explications : voyez match list, puis donnez --choice ou --invoice",
			"choice needed: there are " + count + " explanations: see match list, then give --choice or --invoice"})
	}
	for _, proposal := range proposals {
		if proposal.Message.ID == id && len(proposal.Reading.Explanations) == 1 {
			return 0, nil
		}
	}
	return -1, nil
}

func rejectMatch(c *call) error {
	return c.settle("rejected", (*app.App).RejectMatch, words{"Proposition écartée.\n", "Proposal set aside.\n"})
}

func undoMatch(c *call) error {
	return c.settle("undone", (*app.App).UndoMatch, words{"Décision reprise.\n", "Decision taken back.\n"})
}

// settle carries out a decision that needs nothing but the message.
func (c *call) settle(
	action string, decide func(*app.App, context.Context, date.Date, ledger.MessageID) error, done words,
) error {
	id, err := identifier("id", c.given.arguments[0])
	if err != nil {
		return err
	}
	house, err := c.open()
	if err != nil {
		return err
	}
	if err := decide(house, c.ctx, c.on, ledger.MessageID(id)); err != nil {
		return err
	}
	result := struct {
		Message int64  `json:"message"`
		Action  string `json:"action"`
	}{id, action}
	c.emit(result, func() { c.write(done.in(c.lang)) })
	return nil
}
