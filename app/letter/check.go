package letter

import (
	"strconv"

	"dument/app/law"
	"dument/app/money"
)

// check refuses a request that must not become a letter. Its texts are already clean.
func check(r Request) *Refusal {
	for _, test := range []func(Request) *Refusal{
		checkKind, checkCreditor, checkDebtor, checkDates, checkItems, checkConsumer, checkLists,
	} {
		if refusal := test(r); refusal != nil {
			return refusal
		}
	}
	return nil
}

func checkKind(r Request) *Refusal {
	switch {
	case r.Kind != FormalNotice:
		return refuse(KindUnknown, "kind", "%q", r.Kind)
	case r.Language != "fr":
		return refuse(LanguageUnknown, "language", "%q", r.Language)
	case r.Debtor.Kind != law.Business && r.Debtor.Kind != law.Consumer && r.Debtor.Kind != law.Public:
		return refuse(RegimeUnknown, "debtor.kind", "%q", r.Debtor.Kind)
	case r.Number == "":
		return refuse(Missing, "number", "a letter has a number")
	}
	return nil
}

func checkCreditor(r Request) *Refusal {
	c := r.Creditor
	for _, needed := range []struct{ field, value string }{
		{"creditor.name", c.Name}, {"creditor.city", c.City}, {"creditor.iban", c.IBAN},
		{"creditor.siren", c.Siren + c.Siret},
	} {
		if needed.value == "" {
			return refuse(Missing, needed.field, "the creditor's identity is not complete")
		}
	}
	if len(c.AddressLines) == 0 {
		return refuse(Missing, "creditor.address", "the creditor's identity is not complete")
	}
	for i, line := range c.AddressLines {
		if line == "" {
			return refuse(Missing, "creditor.address["+strconv.Itoa(i)+"]", "a line of an address cannot be blank")
		}
	}
	if !validIBAN(c.IBAN) {
		return refuse(IBANInvalid, "creditor.iban", "%q", c.IBAN)
	}
	if r.Debtor.Kind == law.Business && c.Status != Merchant && c.Status != Craftsman && c.Status != Profession {
		return refuse(StatusUnknown, "creditor.status", "%q does not tell the court", c.Status)
	}
	return nil
}

func checkDebtor(r Request) *Refusal {
	if r.Debtor.Name == "" {
		return refuse(Missing, "debtor.name", "a letter has an addressee")
	}
	return nil
}

func checkDates(r Request) *Refusal {
	if r.On.IsZero() {
		return refuse(Missing, "date", "a letter has a date")
	}
	if !r.Deadline.After(r.On) {
		return refuse(DeadlineNotAfter, "deadline", "%s does not follow %s", r.Deadline, r.On)
	}
	return nil
}

func checkItems(r Request) *Refusal {
	if len(r.Items) == 0 {
		return refuse(NothingDue, "items", "no invoice")
	}
	for i, item := range r.Items {
		field := "items[" + strconv.Itoa(i) + "]"
		switch {
		case item.Number == "":
			return refuse(Missing, field+".number", "an invoice has a number")
		case item.Issued.IsZero() || item.Due.IsZero():
			return refuse(Missing, field+".due", "an invoice has a date and a due date")
		case item.Client != r.Items[0].Client:
			return refuse(SeveralClients, field+".client", "%q and %q", r.Items[0].Client, item.Client)
		case item.Currency != "" && item.Currency != money.EUR:
			return refuse(OtherCurrency, field+".currency", "%q", item.Currency)
		case item.Claim.On != r.On || item.Claim.Debtor != r.Debtor.Kind:
			return refuse(ClaimMismatch, field+".claim", "computed on %s for %q", item.Claim.On, item.Claim.Debtor)
		case item.Claim.Total <= 0:
			return refuse(NothingDue, field+".claim", "total %s", item.Claim.Total)
		case !item.Due.Before(r.On):
			return refuse(NotOverdue, field+".due", "due on %s", item.Due)
		}
		if refusal := checkSums(field+".claim", item.Claim); refusal != nil {
			return refusal
		}
	}
	return nil
}

// checkSums refuses a claim whose parts do not add up to its totals: what is printed line by line must
// be what is asked.
func checkSums(field string, claim law.Claim) *Refusal {
	var accrued, toInterest, toPrincipal money.Cents
	for _, segment := range claim.Segments {
		accrued += segment.Interest
	}
	for _, payment := range claim.Imputed {
		toInterest += payment.Interest
		toPrincipal += payment.Principal
		if payment.Interest+payment.Principal+payment.Indemnity+payment.Excess != payment.Amount {
			return refuse(AmountsInconsistent, field, "payment of %s is not spread to the cent", payment.Date)
		}
	}
	for _, sum := range []struct {
		name           string
		parts, printed money.Cents
	}{
		{"interest", accrued - toInterest, claim.Interest},
		{"accrued", accrued, claim.Accrued},
		{"principal", claim.Amount - claim.Credited - toPrincipal, claim.Principal},
		{"total", claim.Principal + claim.Interest + claim.Indemnity + claim.Costs, claim.Total},
	} {
		if sum.parts != sum.printed {
			return refuse(AmountsInconsistent, field, "%s: parts %s, total %s", sum.name, sum.parts, sum.printed)
		}
	}
	for name, part := range map[string]money.Cents{"principal": claim.Principal, "interest": claim.Interest,
		"indemnity": claim.Indemnity, "costs": claim.Costs} {
		if part < 0 || !part.Valid() {
			return refuse(AmountsInconsistent, field, "%s is %s", name, part)
		}
	}
	return nil
}

// checkConsumer holds what protects a consumer: no fee of any kind (C. conso L121-21, CPCE L111-8), no
// interest before the first presentation of a notice (C. civ. 1231-6, 1344-1), a mediator's name.
func checkConsumer(r Request) *Refusal {
	if r.Debtor.Kind != law.Consumer {
		return nil
	}
	for i, item := range r.Items {
		field := "items[" + strconv.Itoa(i) + "].claim"
		if item.Claim.Indemnity != 0 || item.Claim.Costs != 0 {
			return refuse(ConsumerFee, field, "indemnity %s, costs %s", item.Claim.Indemnity, item.Claim.Costs)
		}
		for _, payment := range item.Claim.Imputed {
			if payment.Indemnity != 0 {
				return refuse(ConsumerFee, field, "a payment was taken for an indemnity")
			}
		}
		for _, segment := range item.Claim.Segments {
			if item.Presented.IsZero() || !segment.From.After(item.Presented) {
				return refuse(ConsumerInterest, field, "interest from %s, notice presented %q", segment.From,
					item.Presented)
			}
		}
	}
	if r.LegalRateNow <= 0 {
		return refuse(LegalRateMissing, "legal_rate", "no legal rate for %s", r.On.Semester())
	}
	mediator, refusal := mediatorLines(r.Creditor.Mediator)
	if refusal != nil {
		return refusal
	}
	if len(mediator) == 0 {
		return refuse(MediatorMissing, "creditor.mediator", "C. conso L616-1 asks for it")
	}
	return nil
}

func checkLists(r Request) *Refusal {
	switch {
	case len(r.Items) > itemsMax:
		return refuse(TooManyLines, "items", "%d invoices, at most %d", len(r.Items), itemsMax)
	case len(r.Enclosures) > enclosuresMax:
		return refuse(TooManyLines, "enclosures", "%d, at most %d", len(r.Enclosures), enclosuresMax)
	case len(r.EarlierReminders) > remindersMax:
		return refuse(TooManyLines, "reminders", "%d, at most %d", len(r.EarlierReminders), remindersMax)
	}
	for i, line := range r.Enclosures {
		if line == "" {
			return refuse(Missing, "enclosures["+strconv.Itoa(i)+"]", "empty")
		}
	}
	return nil
}
