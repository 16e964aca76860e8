package model

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"dument/app"
	"dument/app/date"
	"dument/app/identity"
	"dument/app/law"
	"dument/app/ledger"
	"dument/gui/words"
)

// ClientSources is what the panel of a client is made of.
type ClientSources struct {
	Row      app.ClientRow
	Invoices []app.InvoiceRow
	Payments []ledger.Payment
	Settings ledger.Settings
}

// ClientPair is a label with its value.
type ClientPair struct {
	Label, Value string
	Tone         Tone
}

// ClientInvoice is a line of the client's invoices.
type ClientInvoice struct {
	Number, Open string
	State        Line
	Soft         bool
}

// ClientPayment is a line of the client's payments. Level is that of the evidence: 1 announced, 2
// notified, 3 confirmed.
type ClientPayment struct {
	Date, Amount, Word, Reference string
	Level                         int
}

// ClientPage is the panel of a client.
type ClientPage struct {
	Title, Subtitle string
	// Guess says on what the type was guessed; empty when it was stated or proven.
	Guess string
	// Insolvency says that collective proceedings were opened; empty when there are none.
	Insolvency string
	Erased     string
	Figures    []ClientPair
	// Window are the lines of the address as the envelope shows them; AddressMissing says that none can.
	Window         []string
	AddressMissing string
	Contacts       []ClientPair
	Identity       []ClientPair
	Terms          []ClientPair
	Notes          string
	Learnt         []ClientPair
	Invoices       []ClientInvoice
	InvoicesMore   string
	Payments       []ClientPayment
	PaymentsMore   string
}

// clientLinesMax bounds the invoices and the payments listed in the panel.
const clientLinesMax = 12

// NewClientPage writes the panel of a client.
func NewClientPage(w *words.Words, on date.Date, from ClientSources) ClientPage {
	c := from.Row.Client
	page := ClientPage{Title: c.Name, Subtitle: capital(KindName(w, c.Kind)) + w.T("clients.origin."+
		string(c.KindOrigin)), Notes: c.Notes}
	if KindGuessed(c) && c.ErasedOn.IsZero() {
		page.Guess = w.T("clients.guess."+string(c.KindOrigin), KindName(w, c.Kind))
	}
	if !c.Insolvency.IsZero() {
		page.Insolvency = w.T("clients.insolvency.since", Day(c.Insolvency))
	}
	if !c.ErasedOn.IsZero() {
		page.Erased = w.T("clients.erased.on", Day(c.ErasedOn))
	}
	page.Figures = []ClientPair{{w.T("clients.open"), Euros(w, from.Row.Open), Plain},
		{w.T("clients.overdue"), Euros(w, from.Row.Overdue), lateWhen(from.Row.Overdue > 0)}}
	if from.Row.Credit > 0 {
		page.Figures = append(page.Figures, ClientPair{w.T("clients.credit"), Euros(w, from.Row.Credit), OK})
	}
	page.address(w, c)
	page.facts(w, c, from.Settings)
	page.invoices(w, on, from.Invoices)
	page.payments(w, from.Payments)
	return page
}

func lateWhen(late bool) Tone {
	if late {
		return Late
	}
	return Plain
}

func (p *ClientPage) address(w *words.Words, c ledger.Client) {
	if len(c.Address) == 0 {
		p.AddressMissing = w.T("clients.address.missing")
		return
	}
	p.Window = append([]string{c.Name}, c.Address...)
}

func (p *ClientPage) facts(w *words.Words, c ledger.Client, settings ledger.Settings) {
	p.Contacts = filled(ClientPair{w.T("clients.salutation"), c.Salutation, Plain},
		ClientPair{w.T("clients.email"), c.Email, Plain}, ClientPair{w.T("clients.phone"), c.Phone, Plain})
	siren := c.Siren
	if c.Siret != "" {
		siren = ""
	}
	p.Identity = filled(ClientPair{w.T("clients.siren"), identity.FormatSIREN(siren), Plain},
		ClientPair{w.T("clients.siret"), identity.FormatSIRET(c.Siret), Plain},
		ClientPair{w.T("clients.vat"), c.VATNumber, Plain},
		ClientPair{w.T("clients.service.short"), c.Service, Plain},
		ClientPair{w.T("clients.engagement.short"), c.Engagement, Plain})
	days := w.N("clients.days", settings.Terms.PaymentDays) + w.T("clients.terms.yours")
	if c.PaymentDays > 0 {
		days = w.N("clients.days", c.PaymentDays)
	}
	p.Terms = []ClientPair{{w.T("clients.payment_days"), days, Plain}}
	if rate := c.ContractRate; rate != nil && c.Kind == law.Business {
		p.Terms = append(p.Terms, ClientPair{w.T("clients.rate"), rate.Percent(w.Language), Plain})
	}
	for _, alias := range c.Aliases {
		p.Learnt = append(p.Learnt, ClientPair{w.T("clients.alias"), alias, Plain})
	}
	for _, iban := range c.IBANs {
		p.Learnt = append(p.Learnt, ClientPair{w.T("clients.iban"), iban, Plain})
	}
}

// filled leaves out the pairs without a value.
func filled(pairs ...ClientPair) []ClientPair {
	return slices.DeleteFunc(pairs, func(pair ClientPair) bool { return pair.Value == "" })
}

// invoices lists what is open first, the oldest due date on top, then what is settled, newest first.
func (p *ClientPage) invoices(w *words.Words, on date.Date, rows []app.InvoiceRow) {
	sorted := slices.Clone(rows)
	slices.SortStableFunc(sorted, func(x, y app.InvoiceRow) int {
		openX, openY := x.Balance.Open() > 0, y.Balance.Open() > 0
		if openX != openY {
			return cmp.Compare(boolInt(openY), boolInt(openX))
		}
		if openX {
			return x.Invoice.Due.Compare(y.Invoice.Due)
		}
		return y.Invoice.Issued.Compare(x.Invoice.Issued)
	})
	for i, row := range sorted {
		if i == clientLinesMax {
			p.InvoicesMore = w.N("clients.invoices.more", len(sorted)-clientLinesMax)
			break
		}
		open := row.Balance.Open()
		p.Invoices = append(p.Invoices, ClientInvoice{Number: row.Invoice.Number, Open: Euros(w, open),
			State: clientInvoiceState(w, on, row), Soft: open == 0})
	}
}

// clientInvoiceState is the state of an invoice with its due date.
func clientInvoiceState(w *words.Words, on date.Date, row app.InvoiceRow) Line {
	state := InvoiceState(w, on, row)
	state.Text += " · " + w.T("clients.invoice.due", Day(row.Invoice.Due))
	return state
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (p *ClientPage) payments(w *words.Words, payments []ledger.Payment) {
	for i := range payments {
		payment := payments[len(payments)-1-i]
		if i == clientLinesMax {
			p.PaymentsMore = w.N("clients.payments.more", len(payments)-clientLinesMax)
			return
		}
		level := map[ledger.Evidence]int{ledger.EvidenceAnnounced: 1, ledger.EvidenceNotified: 2,
			ledger.EvidenceConfirmed: 3}[payment.Evidence]
		p.Payments = append(p.Payments, ClientPayment{Date: Day(payment.Date), Reference: payment.Reference,
			Amount: Amount(w, payment.Amount, payment.Currency), Level: level,
			Word: w.T("clients.evidence." + string(payment.Evidence))})
	}
}

// kindGuess leaves the type to the program.
const kindGuess = "guess"

// ClientFields are the fields of the form of a client.
func ClientFields() []FormField[ledger.Client] {
	type client = ledger.Client
	kinds := []FormOption{{kindGuess, "clients.kind.guess"}, {string(law.Business), "clients.kind.business"},
		{string(law.Consumer), "clients.kind.consumer"}, {string(law.Public), "clients.kind.public"}}
	fields := []FormField[client]{
		textField(1, 1, "name", "clients.name", func(c *client) *string { return &c.Name }),
		{ID: "type", Label: "clients.type", Kind: FieldChoice, Row: 2, Share: 3, Options: kinds, Hint: "clients.type.hint",
			Get: func(c client) string {
				if c.Kind == "" {
					return kindGuess
				}
				return string(c.Kind)
			},
			Set: setKind},
		textField(3, 1, "salutation", "clients.salutation", func(c *client) *string { return &c.Salutation }).
			placed("clients.salutation.place"),
		{ID: "address", Label: "clients.address", Kind: FieldArea, Lines: 4, Row: 4, Hint: "clients.address.hint",
			Get: func(c client) string { return joined(c.Address) },
			Set: func(c *client, text string) string { c.Address = textLines(text); return "" }},
		textField(5, 3, "email", "clients.email", func(c *client) *string { return &c.Email }),
		textField(5, 2, "phone", "clients.phone", func(c *client) *string { return &c.Phone }),
		{ID: "siret", Label: "clients.siret.or", Row: 6, Get: func(c client) string { return cmp.Or(c.Siret, c.Siren) },
			Set: setSiret},
		textField(6, 1, "vat", "clients.vat", func(c *client) *string { return &c.VATNumber }),
		textField(7, 1, "service", "clients.service", func(c *client) *string { return &c.Service }),
		textField(7, 1, "engagement", "clients.engagement", func(c *client) *string { return &c.Engagement }),
		{ID: "payment_days", Label: "clients.payment_days", Row: 8, Place: "clients.payment_days.place",
			Get: func(c client) string { return positive(c.PaymentDays) },
			Set: func(c *client, text string) string { return setDays(&c.PaymentDays, text) }},
		{ID: "rate", Label: "clients.rate", Row: 8, Place: "clients.rate.place",
			Get: func(c ledger.Client) string { return optionalRate(c.ContractRate) },
			Set: func(c *ledger.Client, text string) string { return setOptionalRate(&c.ContractRate, text) }},
		{ID: "insolvency", Label: "clients.insolvency", Kind: FieldDay, Row: 9, Hint: "clients.insolvency.hint",
			Get: func(c client) string { return dayText(c.Insolvency) },
			Set: func(c *client, text string) string { return setDay(&c.Insolvency, text) }},
		{ID: "notes", Label: "clients.notes", Kind: FieldArea, Lines: 3, Row: 10,
			Get: func(c client) string { return c.Notes },
			Set: func(c *client, text string) string { c.Notes = text; return "" }},
	}
	return fields
}

func setKind(c *ledger.Client, value string) string {
	switch {
	case value == kindGuess:
		c.Kind, c.KindOrigin = "", ""
	case string(c.Kind) != value:
		c.Kind, c.KindOrigin = law.Debtor(value), ledger.OriginStated
	}
	return ""
}

// setSiret takes a SIRET of fourteen digits or a SIREN of nine; the use case checks their keys.
func setSiret(c *ledger.Client, text string) string {
	digits := strings.Join(strings.Fields(text), "")
	c.Siren, c.Siret = "", ""
	switch len(digits) {
	case 0:
	case 9:
		c.Siren = digits
	default:
		c.Siret = digits
	}
	return ""
}

func setDays(days *int, text string) string {
	if text == "" {
		*days = 0
		return ""
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return "form.number"
	}
	*days = n
	return ""
}
