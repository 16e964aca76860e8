package letter

import (
	"errors"
	"math/big"
	"strconv"
	"strings"

	"dument/app/law"
	"dument/app/money"
)

// conciliationCentsMax is the sum up to which an amicable attempt must come before the court
// (CPC art. 750-1).
const conciliationCentsMax money.Cents = 5_000_00

// hashDigitsPrinted is how much of the journal's hash the footer shows.
const hashDigitsPrinted = 8

// sirenDigits is the part of a SIRET that names the enterprise.
const sirenDigits = 9

// Compose writes a letter. The error is a *Refusal when the request must not become a letter, and wraps
// ErrWording when the wording lacks a text.
func Compose(w *Wording, r Request) (Letter, error) {
	if r.Language == "" {
		r.Language = w.Language
	}
	clean, refusal := normalised(r)
	if refusal == nil {
		refusal = check(clean)
	}
	if refusal != nil {
		return Letter{}, refusal
	}
	c := &composer{wording: w, request: clean, regime: clean.Debtor.Kind}
	composed := c.compose()
	if c.err != nil {
		return Letter{}, c.err
	}
	return composed, nil
}

// composer carries the request along the blocks; the first error stops the letter.
type composer struct {
	wording *Wording
	request Request
	regime  law.Debtor
	err     error
}

// text writes a text of the wording.
func (c *composer) text(name string, given values) Text {
	text, err := c.wording.fill(name, c.regime, given)
	if err != nil && c.err == nil {
		c.err = err
	}
	return text
}

// word writes a text that has no styles.
func (c *composer) word(name string, given values) string { return c.text(name, given).String() }

// keep remembers a refusal; a nil one is none.
func (c *composer) keep(refusal *Refusal) {
	if refusal != nil && c.err == nil {
		c.err = refusal
	}
}

func (c *composer) compose() Letter {
	r := c.request
	l := Letter{
		Kind: r.Kind, Regime: c.regime, Language: r.Language, Number: r.Number, On: r.On, Deadline: r.Deadline,
	}
	for _, item := range r.Items {
		l.Total += item.Claim.Total
		l.Principal += item.Claim.Principal
		l.Interest += item.Claim.Interest
		l.Indemnity += item.Claim.Indemnity
		l.Costs += item.Claim.Costs
	}
	l.Daily = daily(r)
	if !l.Total.Valid() {
		c.keep(refuse(AmountsInconsistent, "items", "total %s is out of range", l.Total))
	}
	c.head(&l)
	l.Opening = []Text{c.facts(), c.demand(l)}
	l.Statement = c.statement(l)
	c.sections(&l)
	c.end(&l)
	return l
}

// daily is the interest of one more day on all the invoices: base × rate / 365, summed exactly and
// rounded once, half up. The sum of the invoices' own rounded figures could differ by some cents.
func daily(r Request) money.Cents {
	const denominator = 365 * 1_000_000
	sum := new(big.Int)
	for _, item := range r.Items {
		segments := item.Claim.Segments
		if len(segments) == 0 || segments[len(segments)-1].To != r.On {
			continue // nothing runs any more
		}
		running := new(big.Int).Mul(big.NewInt(int64(item.Claim.Principal)),
			big.NewInt(int64(segments[len(segments)-1].Rate)))
		sum.Add(sum, running)
	}
	sum.Add(sum, big.NewInt(denominator/2)).Div(sum, big.NewInt(denominator))
	return money.Cents(sum.Int64())
}

// head writes letterhead, mention, address, place and object.
func (c *composer) head(l *Letter) {
	r := c.request
	l.Sender = c.sender()
	if r.Registered {
		l.Registered = []string{c.word("registered.1", nil), c.word("registered.2", nil)}
		if r.TrackingNumber != "" {
			l.Tracking = c.word("tracking", values{"tracking": strings.ReplaceAll(r.TrackingNumber, " ", solid)})
		}
	}
	l.Reference = c.word("reference", values{"number": r.Number})
	if r.Debtor.AccountRef != "" {
		l.Reference = dotted(l.Reference, c.word("account", values{"account": r.Debtor.AccountRef}))
	}
	address, refusal := addressBlock(r.Debtor)
	c.keep(refusal)
	l.Address = address
	l.Place = c.word("place", values{"city": r.Creditor.City, "on": r.On.Long("fr")})
	l.Object = Object{
		Head:   c.word("object.head", nil),
		Title:  c.word("object", values{"total": euros(l.Total)}),
		Detail: c.objectDetail(),
	}
	l.Salutation = c.salutation() + ","
	l.Running = c.word("running", values{"on": r.On.Long("fr"), "debtor": r.Debtor.Name})
}

func (c *composer) sender() Sender {
	party := c.request.Creditor.Party
	sender := Sender{Name: party.Name, Trade: party.TradeName}
	if party.EI {
		sender.Name, sender.Mark = strings.TrimSuffix(party.Name, " EI"), "EI"
	}
	if sender.Trade == "" {
		sender.Trade = party.Activity
	} else if party.Activity != "" {
		sender.Trade += ", " + party.Activity
	}
	sender.Contact = []string{strings.Join(party.AddressLines, ", ")}
	if reach := dotted(strings.ReplaceAll(party.Phone, " ", solid), party.Email); reach != "" {
		sender.Contact = append(sender.Contact, reach)
	}
	siren := compact(party.Siren)
	if siren == "" {
		siren = beginning(compact(party.Siret), sirenDigits)
	}
	identity := c.word("identity.siren", values{"siren": grouped(siren, narrow, 3, 3, 3)})
	sender.Contact = append(sender.Contact, dotted(identity, party.Registration))
	return sender
}

func (c *composer) salutation() string {
	if own := strings.TrimRight(c.request.Debtor.Salutation, " ,"); own != "" {
		return own
	}
	return c.word("salutation", nil)
}

// dotted joins what is not empty with a middle dot.
func dotted(parts ...string) string {
	var present []string
	for _, part := range parts {
		if part != "" {
			present = append(present, part)
		}
	}
	return strings.Join(present, " · ")
}

// sections writes the blocks between the statement and the closing, in the order of the letter.
func (c *composer) sections(l *Letter) {
	deadline := values{"deadline": dayAndMonth(c.request.Deadline)}
	if c.regime == law.Consumer {
		l.Sections = append(l.Sections, c.section("interest.head", c.consumerInterest()))
	}
	l.Sections = append(l.Sections, c.payment(*l))
	if c.regime != law.Consumer {
		l.Sections = append(l.Sections, c.section("basis.head", c.text("basis", nil)))
	}
	if c.regime == law.Public {
		l.Sections = append(l.Sections, c.section("scope.head", c.text("scope", nil)))
	}
	l.Sections = append(l.Sections, c.section("disagreement.head", c.text("disagreement", deadline)))
	if c.regime == law.Consumer {
		if l.Total <= conciliationCentsMax {
			l.Sections = append(l.Sections, c.section("conciliation.head", c.text("conciliation", nil)))
		}
		mediation := c.section("mediation.head", c.text("mediation", nil))
		contact, refusal := mediatorLines(c.request.Creditor.Mediator)
		c.keep(refusal)
		mediation.Contact = contact
		l.Sections = append(l.Sections, mediation)
	}
	l.Sections = append(l.Sections, c.section("otherwise.head", c.otherwise(l.Total)))
}

func (c *composer) section(head string, paragraph Text) Section {
	return Section{Head: c.word(head, nil), Paragraphs: []Text{paragraph}}
}

// otherwise names the steps that are open, and no other.
func (c *composer) otherwise(total money.Cents) Text {
	if c.regime == law.Consumer && total > conciliationCentsMax {
		return c.text("otherwise.large", nil)
	}
	court := ""
	if c.regime == law.Business {
		// Between traders or craftsmen the commercial court orders payment (C. com. L721-3); the claim
		// of a member of a profession is civil.
		court = "court.commercial"
		if c.request.Creditor.Status == Profession {
			court = "court.civil"
		}
		court = c.word(court, nil)
	}
	return c.text("otherwise", values{"court": court})
}

func (c *composer) consumerInterest() Text {
	r := c.request
	half := "half." + strconv.Itoa(r.On.Semester().Half)
	given := values{
		"rate":  percent(r.LegalRateNow),
		"half":  c.word(half, values{"year": strconv.Itoa(r.On.Year())}),
		"daily": euros(r.DailyIfPresented),
	}
	name := "interest.rate"
	if r.DailyIfPresented <= 0 {
		name = "interest.rate.small" // less than half a cent a day: there is no sum to print
	}
	current := c.word(name, given)
	for _, item := range r.Items {
		if !item.Presented.IsZero() {
			return c.text("interest.presented", values{"presented": item.Presented.Long("fr"), "current": current})
		}
	}
	return c.text("interest", values{"current": current})
}

// payment is the panel: sum, holder, account, reference, latest day, and the code.
func (c *composer) payment(l Letter) Section {
	r := c.request
	section := c.section("payment.head", c.text("payment", nil))
	holder, reference := l.Sender.FullName(), paymentReferenceWord+r.Number
	printedHolder := holder
	if c.regime == law.Public && r.Creditor.Siret != "" {
		printedHolder += ", " + c.siret()
	}
	panel := &Panel{}
	row := func(label, value string) {
		if value != "" {
			panel.Rows = append(panel.Rows, PanelRow{Label: c.word(label, nil), Value: value})
		}
	}
	row("panel.amount", euros(l.Total))
	panel.Rows[0].Strong = true
	row("panel.holder", printedHolder)
	row("panel.iban", printedIBAN(r.Creditor.IBAN))
	row("panel.bic", r.Creditor.BIC)
	row("panel.reference", reference)
	row("panel.deadline", r.Deadline.Long("fr"))
	if c.regime == law.Public {
		row("panel.debtor", c.publicDebtor())
		row("panel.engagement", r.Debtor.Engagement)
	} else {
		code, refusal := paymentCode(holder, r.Creditor.IBAN, reference, l.Total)
		c.keep(refusal)
		panel.Code = code
		if code != "" {
			panel.Note = c.text("payment.code", nil)
		}
	}
	section.Panel = panel
	return section
}

func (c *composer) siret() string {
	return c.word("identity.siret", values{"siret": grouped(compact(c.request.Creditor.Siret), narrow, 3,
		3, 3, 5)})
}

func (c *composer) publicDebtor() string {
	var parts []string
	if siret := compact(c.request.Debtor.Siret); siret != "" {
		parts = append(parts, c.word("panel.debtor.siret", values{"siret": grouped(siret, narrow, 3, 3, 3, 5)}))
	}
	if service := c.request.Debtor.Service; service != "" {
		parts = append(parts, c.word("panel.debtor.service", values{"service": service}))
	}
	return strings.Join(parts, ", ")
}

// end writes closing, signature, enclosures, footer and the words of the page breaks.
func (c *composer) end(l *Letter) {
	r := c.request
	l.Closing = c.text("closing", values{"salutation": c.salutation()})
	l.Signature = l.Sender.Name
	l.Enclosures.Head = c.word("enclosures.head", nil)
	for _, line := range r.Enclosures {
		l.Enclosures.Lines = append(l.Enclosures.Lines, raise(nil, typeset(line), false))
	}
	identity := ""
	if r.Creditor.Siret != "" {
		identity = c.siret()
	}
	l.Footer = []string{
		dotted(l.Sender.FullName(), identity, typeset(r.Creditor.VATMention)),
		c.word("reference", values{"number": r.Number}),
	}
	if r.JournalPosition > 0 {
		position := c.word("footer.journal", values{"position": integer(r.JournalPosition)})
		l.Footer[1] = dotted(l.Footer[1], position)
	}
	if r.JournalHash != "" {
		short := beginning(r.JournalHash, hashDigitsPrinted)
		l.Footer[1] = dotted(l.Footer[1], c.word("footer.hash", values{"hash": grouped(short, solid, 4)}))
	}
	l.Labels = Labels{
		CarriedForward: c.word("label.carried", nil), BroughtForward: c.word("label.brought", nil),
		Sum: c.word("label.sum", nil), Continued: c.word("label.continued", nil),
		Annex: c.word("label.annex", nil), AnnexNote: c.text("label.annex.note", nil),
		Page: c.word("label.page", nil),
	}
}

// integer writes a whole number with its thousands apart.
func integer(n int64) string {
	return strings.TrimSuffix(figure(money.Cents(n*100)), ",00")
}

// AsRefusal finds the refusal in an error of Compose, or of a renderer.
func AsRefusal(err error) (*Refusal, bool) {
	var refusal *Refusal
	return refusal, errors.As(err, &refusal)
}
