package main

import (
	"strconv"

	"dument/app/date"
	"dument/app/law"
	"dument/app/ledger"
	"dument/app/money"
)

var clientFlags = []flagSpec{
	{"type", single, "TYPE", words{"business, consumer ou public", "business, consumer or public"}},
	{"email", single, "TEXT", words{"adresse e-mail", "e-mail address"}},
	{"phone", single, "TEXT", words{"téléphone", "telephone"}},
	{"siren", single, "SIREN", words{"neuf chiffres", "nine digits"}},
	{"siret", single, "SIRET", words{"quatorze chiffres", "fourteen digits"}},
	{"vat-number", single, "TEXT", words{"numéro de TVA", "VAT number"}},
	{"address", many, "LINE", words{"une ligne de l’adresse, à répéter", "a line of the address, repeatable"}},
	{"salutation", single, "TEXT", words{"« Madame », « Monsieur »", "\"Madame\", \"Monsieur\""}},
	{"service", single, "TEXT", words{"service payeur d’un organisme public", "paying service of a public body"}},
	{"engagement", single, "TEXT", words{"numéro d’engagement", "commitment number"}},
	{"payment-days", single, "N", words{"délai de paiement, en jours", "payment term, in days"}},
	{"penalty-rate", single, "PERCENT", words{"taux de pénalité convenu", "agreed penalty rate"}},
	{"insolvency", single, "DATE", words{"jugement d’ouverture d’une procédure collective",
		"judgment opening collective proceedings"}},
	{"notes", single, "TEXT", words{"notes", "notes"}},
}

var clientCommands = []command{
	{name: "client list", run: listClients, text: words{"liste les clients", "lists the clients"}},
	{name: "client show", arguments: "CLIENT", least: 1, most: 1, run: showClient,
		text: words{"affiche un client (nom ou numéro)", "shows a client (name or number)"}},
	{name: "client add", arguments: "NAME", least: 1, most: 1, run: addClient, flags: clientFlags,
		text: words{"ajoute un client", "adds a client"}},
	{name: "client edit", arguments: "CLIENT", least: 1, most: 1, run: editClient,
		flags: append([]flagSpec{{"name", single, "NAME", words{"nouveau nom", "new name"}}}, clientFlags...),
		text:  words{"change ce que les options disent", "changes what the flags say"}},
	{name: "client merge", arguments: "FROM INTO", least: 2, most: 2, run: mergeClients,
		text: words{"réunit deux fiches en une", "makes two clients one"}},
	{name: "client erase", arguments: "CLIENT", least: 1, most: 1, run: eraseClient,
		text: words{"efface ce que la loi n’oblige pas à garder", "erases what the law does not require to keep"}},
}

type jsonClient struct {
	ID          ledger.ClientID `json:"id"`
	Name        string          `json:"name"`
	Type        law.Debtor      `json:"type"`
	TypeOrigin  ledger.Origin   `json:"type_origin"`
	Email       string          `json:"email"`
	Phone       string          `json:"phone"`
	Siren       string          `json:"siren"`
	Siret       string          `json:"siret"`
	VATNumber   string          `json:"vat_number"`
	Address     []string        `json:"address"`
	Salutation  string          `json:"salutation"`
	Service     string          `json:"service"`
	Engagement  string          `json:"engagement"`
	PaymentDays int             `json:"payment_days"`
	PenaltyRate string          `json:"penalty_rate"`
	Insolvency  date.Date       `json:"insolvency"`
	Notes       string          `json:"notes"`
	Aliases     []string        `json:"aliases"`
	ErasedOn    date.Date       `json:"erased_on"`
}

// jsonClientRow is a client with its book value, for lists and reports.
type jsonClientRow struct {
	jsonClient
	Invoices int         `json:"invoices"`
	Open     money.Cents `json:"open"`
	Overdue  money.Cents `json:"overdue"`
	Credit   money.Cents `json:"credit"`
}

func clientResult(client ledger.Client) jsonClient {
	made := jsonClient{ID: client.ID, Name: client.Name, Type: client.Kind, TypeOrigin: client.KindOrigin,
		Email: client.Email, Phone: client.Phone, Siren: client.Siren, Siret: client.Siret,
		VATNumber: client.VATNumber, Address: some(client.Address), Salutation: client.Salutation,
		Service: client.Service, Engagement: client.Engagement, PaymentDays: client.PaymentDays,
		Insolvency: client.Insolvency, Notes: client.Notes, Aliases: some(client.Aliases), ErasedOn: client.ErasedOn}
	if client.ContractRate != nil {
		made.PenaltyRate = client.ContractRate.String()
	}
	return made
}

func (c *call) emitClient(client ledger.Client) {
	made := clientResult(client)
	c.emit(made, func() {
		table := newGrid(c.say("champ", "field"), c.say("valeur", "value"))
		for _, line := range []struct{ name, value string }{
			{c.say("numéro", "number"), strconv.FormatInt(int64(made.ID), 10)}, {c.say("nom", "name"), made.Name},
			{"type", c.debtor(made.Type) + c.guessed(made.TypeOrigin)}, {"e-mail", made.Email},
			{c.say("téléphone", "telephone"), made.Phone}, {"SIREN", made.Siren}, {"SIRET", made.Siret},
			{c.say("taux convenu", "agreed rate"), made.PenaltyRate},
			{c.say("procédure collective", "insolvency"), shown(made.Insolvency)}, {"notes", made.Notes},
		} {
			if line.value != "" {
				table.add(line.name, line.value)
			}
		}
		for _, line := range made.Address {
			table.add(c.say("adresse", "address"), line)
		}
		table.print(c, "")
	})
}

// guessed marks a regime that nobody stated.
func (c *call) guessed(origin ledger.Origin) string {
	if origin == ledger.OriginAssumed {
		return c.say(" (supposé : à vérifier)", " (assumed: please check)")
	}
	return ""
}

func (c *call) debtor(kind law.Debtor) string {
	switch kind {
	case law.Business:
		return c.say("professionnel", "business")
	case law.Consumer:
		return c.say("particulier", "consumer")
	case law.Public:
		return "public"
	}
	return string(kind)
}

func listClients(c *call) error {
	house, err := c.open()
	if err != nil {
		return err
	}
	rows, err := house.Clients(c.ctx, c.on)
	if err != nil {
		return err
	}
	table := newGrid(">"+c.say("n°", "no"), c.say("nom", "name"), "type", ">"+c.say("factures", "invoices"),
		">"+c.say("encours", "open"), ">"+c.say("échu", "overdue"), ">"+c.say("crédit", "credit"))
	for _, row := range rows {
		client := row.Client
		c.emit(jsonClientRow{clientResult(client), row.Invoices, row.Open, row.Overdue, row.Credit}, func() {
			table.add(strconv.FormatInt(int64(client.ID), 10), client.Name, c.debtor(client.Kind),
				strconv.Itoa(row.Invoices), row.Open.Figure(c.lang), row.Overdue.Figure(c.lang), row.Credit.Figure(c.lang))
		})
	}
	if !c.json {
		table.print(c, c.say("Aucun client.", "No client."))
	}
	return nil
}

func showClient(c *call) error {
	house, err := c.open()
	if err != nil {
		return err
	}
	client, err := house.Client(c.ctx, c.given.arguments[0])
	if err != nil {
		return err
	}
	c.emitClient(client)
	return nil
}

func addClient(c *call) error {
	client := ledger.Client{Name: c.given.arguments[0]}
	return c.saveClient(client)
}

func editClient(c *call) error {
	house, err := c.open()
	if err != nil {
		return err
	}
	client, err := house.Client(c.ctx, c.given.arguments[0])
	if err != nil {
		return err
	}
	return c.saveClient(client)
}

func (c *call) saveClient(client ledger.Client) error {
	if err := c.fillClient(&client); err != nil {
		return err
	}
	house, err := c.open()
	if err != nil {
		return err
	}
	if client, err = house.SaveClient(c.ctx, c.on, client); err != nil {
		return err
	}
	c.emitClient(client)
	return nil
}

// debtorWords are the types that the flags understand, those of the import among them.
var debtorWords = map[string]law.Debtor{"business": law.Business, "b2b": law.Business,
	"professionnel": law.Business, "consumer": law.Consumer, "b2c": law.Consumer, "particulier": law.Consumer,
	"public": law.Public}

// fillClient takes over what the flags say and leaves the rest.
func (c *call) fillClient(client *ledger.Client) (err error) {
	for name, target := range map[string]*string{"name": &client.Name, "email": &client.Email,
		"phone": &client.Phone, "siren": &client.Siren, "siret": &client.Siret, "vat-number": &client.VATNumber,
		"salutation": &client.Salutation, "service": &client.Service, "engagement": &client.Engagement,
		"notes": &client.Notes} {
		if c.given.isSet(name) {
			*target = c.given.value(name)
		}
	}
	if c.given.isSet("type") {
		kind, known := debtorWords[c.given.value("type")]
		if !known {
			return oneOf("type", c.given.value("type"), "business", "consumer", "public")
		}
		client.Kind, client.KindOrigin = kind, ledger.OriginStated
	}
	if c.given.isSet("address") {
		client.Address = c.given.values["address"]
	}
	if c.given.isSet("payment-days") {
		days, err := strconv.Atoi(c.given.value("payment-days"))
		if err != nil {
			return usage("payment-days", words{
				"nombre illisible : --payment-days attend des jours : écrivez par exemple 45",
				"number unreadable: --payment-days wants days: write for example 45"})
		}
		client.PaymentDays = days
	}
	if c.given.isSet("penalty-rate") {
		if client.ContractRate, err = c.percentage("penalty-rate"); err != nil {
			return err
		}
	}
	if c.given.isSet("insolvency") && c.given.value("insolvency") == "" {
		client.Insolvency = date.Date{}
		return nil
	}
	if c.given.isSet("insolvency") {
		client.Insolvency, err = c.day("insolvency")
	}
	return err
}

func mergeClients(c *call) error {
	house, err := c.open()
	if err != nil {
		return err
	}
	kept, err := house.MergeClients(c.ctx, c.on, c.given.arguments[0], c.given.arguments[1])
	if err != nil {
		return err
	}
	c.emitClient(kept)
	return nil
}

func eraseClient(c *call) error {
	house, err := c.open()
	if err != nil {
		return err
	}
	until, err := house.EraseClient(c.ctx, c.on, c.given.arguments[0])
	if err != nil {
		return err
	}
	result := struct {
		Client string    `json:"client"`
		Kept   bool      `json:"kept"`
		Until  date.Date `json:"until"`
	}{c.given.arguments[0], until.After(c.on), until}
	c.emit(result, func() {
		if !result.Kept {
			c.write(c.say("Client effacé.\n", "Client erased.\n"))
			return
		}
		c.printf(c.say("Coordonnées et notes effacées. Le nom reste sur les pièces comptables jusqu’au %s.\n",
			"Contacts and notes erased. The name stays on accounting documents until %s.\n"), shown(until))
	})
	return nil
}
