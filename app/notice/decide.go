package notice

import (
	"slices"
	"strings"
)

// decide concludes class and evidence. Every way out that is not a proven notice ends at "announced"
// or below.
func (r *reading) decide() {
	if r.message.empty {
		r.conclude(NotPayment, Rejected)
		r.say("empty")
		return
	}
	r.sayDoubts()
	switch {
	case r.sender.problem != "":
		r.decideMalformedSender()
	case len(r.declaredAccounts()) > 0:
		r.decideAccount()
	case r.isAutomatic():
		r.conclude(NotPayment, Rejected)
		r.say("automatic_reply")
	case r.trust.isOwn(r.sender.address):
		r.decideOwn()
	case r.registry.familyOf(r.sender.domain) != nil:
		r.decideFamily(r.registry.familyOf(r.sender.domain))
	default:
		r.decideStranger()
	}
	r.collectReferences()
	if r.notice.Excerpt == "" {
		r.notice.Excerpt = r.excerptAt(r.body, -1)
	}
}

func (r *reading) sayDoubts() {
	flags := r.notice.Flags
	for _, doubt := range []struct {
		is   bool
		code string
	}{
		{flags.LimitReached, "limit_reached"}, {flags.BrokenMIME, "broken_structure"},
		{flags.EncodingDoubt, "encoding_doubt"}, {flags.BidiControls, "bidi_controls"},
	} {
		if doubt.is {
			r.say(doubt.code)
		}
	}
}

// declaredAccounts lists the accounts whose domains hold the visible sender.
func (r *reading) declaredAccounts() (accounts []Account) {
	for _, account := range r.trust.Accounts {
		isUnder := func(base string) bool { return within(r.sender.domain, base) }
		if slices.ContainsFunc(account.Domains, isUnder) {
			accounts = append(accounts, account)
		}
	}
	return accounts
}

// baseDomain is the registered domain that holds the sender's.
func (r *reading) baseDomain() string {
	for _, account := range r.trust.Accounts {
		for _, base := range account.Domains {
			if within(r.sender.domain, base) {
				return base
			}
		}
	}
	if known := r.registry.familyOf(r.sender.domain); known != nil {
		for _, base := range known.Domains {
			if within(r.sender.domain, base) {
				return base
			}
		}
	}
	return r.sender.domain
}

func (r *reading) authenticate() authentication {
	verdict := authenticate(r.message.header, r.trust, r.sender.domain, r.baseDomain(),
		r.registry.stampsBelow)
	r.notice.Reasons = append(r.notice.Reasons, verdict.reason)
	return verdict
}

// claimsMoney reports that subject, body or carried text speaks of money moved.
func (r *reading) claimsMoney() bool {
	for _, s := range []*scanned{r.subject, r.body, r.forwarded} {
		if _, ok := s.found.firstOf(meaningCredit, meaningProof, meaningAnnounce, meaningFailure,
			meaningRefundToUs, meaningRefundByUs, meaningPending, meaningRequest, meaningPayout); ok {
			return true
		}
	}
	return false
}

func (r *reading) isAutomatic() bool {
	head := r.message.header
	local, _, _ := strings.Cut(strings.ToLower(r.sender.address), "@")
	submitted := strings.ToLower(head.get("auto-submitted"))
	return r.message.report || local == "mailer-daemon" || local == "postmaster" ||
		strings.HasPrefix(submitted, "auto-replied") || head.get("x-autoreply") != "" ||
		strings.EqualFold(head.get("precedence"), "auto_reply") || r.subject.found[meaningAutomaticReply]
}

// decideMalformedSender: no single sender can be named. A message that claims money or a known name in
// this state is a spoof.
func (r *reading) decideMalformedSender() {
	r.say(r.sender.problem)
	poses := r.claimsMoney()
	for _, value := range r.message.header.all("from") {
		lower := strings.ToLower(value)
		for _, base := range r.protectedDomains() {
			poses = poses || strings.Contains(lower, base)
		}
	}
	if poses && !r.message.report {
		r.conclude(Spoof, Rejected)
		return
	}
	r.conclude(NotPayment, Rejected)
}

// protectedDomains are the domains whose look-alikes are hostile: those declared, then those known.
func (r *reading) protectedDomains() (domains []string) {
	for _, account := range r.trust.Accounts {
		domains = append(domains, account.Domains...)
	}
	for _, known := range r.registry.families {
		domains = append(domains, known.Domains...)
	}
	return domains
}

// decideOwn: the user's own mail. Forwarded by himself, a payment message is content worth a proposal.
func (r *reading) decideOwn() {
	verdict := r.authenticate()
	hostile := verdict.state == authFailed || verdict.state == authForged
	_, carries := r.forwarded.found.firstOf(meaningCredit, meaningProof, meaningAnnounce)
	_, says := r.body.found.firstOf(meaningCredit, meaningProof)
	switch {
	case hostile && (carries || says || r.subject.found[meaningCredit]):
		r.conclude(Spoof, Rejected)
		r.say("poses_as_own")
	case carries:
		r.conclude(Remittance, Announced)
		r.say("forwarded_by_self")
		r.announcePayments(r.forwarded)
	default:
		r.conclude(NotPayment, Rejected)
		r.say("own_message")
	}
}

// decideFamily: a known bank, provider or portal that the user did not declare as his.
func (r *reading) decideFamily(known *family) {
	verdict := r.authenticate()
	trusted := verdict.state == authPassed || verdict.state == authUnpinned || verdict.state == authForwarded
	if !trusted {
		if r.claimsMoney() || verdict.state == authForged {
			r.conclude(Spoof, Rejected)
			r.say("poses_as", known.Name)
			return
		}
		r.conclude(NotPayment, Rejected)
		r.say("not_about_payment")
		return
	}
	r.say("sender_not_declared", known.Name)
	direction := r.direction(known.Kind)
	switch direction {
	case meaningCredit, meaningProof, meaningAnnounce:
		r.conclude(Remittance, Announced)
		r.announcePayments(r.body)
	case meaningFailure, meaningRefundToUs, meaningRefundByUs:
		r.takeBack(direction, Announced)
	default:
		r.conclude(NotPayment, Rejected)
		r.sayDirection(direction)
	}
}

// decideStranger: a client, a client's bank or system, a supplier, or somebody who poses.
func (r *reading) decideStranger() {
	verdict := r.authenticate()
	direction := r.strangerDirection()
	if imitated, likeness := lookAlike(r.sender.domain, r.protectedDomains()); likeness != unlike {
		shown, _ := displayDomain(r.sender.domain)
		plainProse := likeness == dressed && (direction == meaningAnnounce || direction == meaningReverse)
		if r.claimsMoney() && !plainProse || !isPlainASCII(shown) {
			r.conclude(Spoof, Rejected)
			r.say("look_alike", shown, imitated)
			return
		}
	}
	if posed := r.borrowedName(); posed != "" && r.claimsMoney() && direction != meaningAnnounce {
		r.conclude(Spoof, Rejected)
		r.say("poses_as", posed)
		return
	}
	hostile := verdict.state == authFailed || verdict.state == authForged
	switch direction {
	case meaningCredit:
		unproven := verdict.state != authPassed && verdict.state != authUnpinned
		if hostile || unproven && r.subject.found[meaningCredit] || r.looksLikeBank() {
			r.conclude(Spoof, Rejected)
			r.say("claims_without_proof")
			return
		}
		r.conclude(Remittance, Announced)
		r.say("sender_not_declared", r.sender.domain)
		r.announcePayments(r.body)
	case meaningAnnounce, meaningProof:
		if hostile {
			r.conclude(Spoof, Rejected)
			r.say("poses_as", r.sender.domain)
			return
		}
		r.conclude(Remittance, Announced)
		r.say("announced_by", r.sender.domain)
		r.announceFromStranger()
	case meaningFailure, meaningRefundToUs:
		if hostile {
			r.conclude(Spoof, Rejected)
			r.say("poses_as", r.sender.domain)
			return
		}
		r.takeBack(direction, Announced)
	default:
		r.conclude(NotPayment, Rejected)
		r.sayDirection(direction)
	}
}

// announceFromStranger takes the payment from what the sender writes, else from what he forwards.
func (r *reading) announceFromStranger() {
	if len(pickRemittance(r.subject, r.body).payments) == 0 && r.speech.forwarded != "" {
		r.announcePayments(r.forwarded)
		return
	}
	r.announcePayments(r.body)
}

// announcePayments fills in an announced payment.
func (r *reading) announcePayments(from *scanned) {
	found := pickRemittance(r.subject, from)
	r.finishPayments(found, from)
	if found.problem != "" {
		r.say(found.problem)
	}
	r.nameSenderAsPayer()
}

// nameSenderAsPayer takes the display name of a client for the payer when the text names none.
func (r *reading) nameSenderAsPayer() {
	if r.trust.isOwn(r.sender.address) || r.registry.familyOf(r.sender.domain) != nil ||
		len(r.declaredAccounts()) > 0 || isHolder(r.sender.name, r.trust.HolderNames) {
		return
	}
	for i := range r.notice.Payments {
		if r.notice.Payments[i].Payer == "" {
			r.notice.Payments[i].Payer = clip(r.sender.name, maxNameBytes)
		}
	}
}

// takeBack concludes a failure or a refund: the sums leave, except a refund made to the user.
func (r *reading) takeBack(direction meaning, evidence Evidence) {
	class := Failure
	if direction != meaningFailure {
		class = Refund
	}
	r.conclude(class, evidence)
	r.sayDirection(direction)
	found := pickCredit(r.subject, r.body, direction)
	r.finishPayments(found, r.body)
	for i := range r.notice.Payments {
		amount := r.notice.Payments[i].Amount.Abs()
		if direction != meaningRefundToUs {
			amount = -amount
		}
		r.notice.Payments[i].Amount = amount
	}
	r.nameSenderAsPayer()
}

// finishPayments adds date, payer, identifier and references to what was picked.
func (r *reading) finishPayments(found picked, from *scanned) {
	r.notice.Payments = found.payments
	payer := r.registry.payerOf(from, r.trust.HolderNames)
	if payer == "" {
		payer = r.registry.payerOf(r.subject, r.trust.HolderNames)
	}
	id := r.registry.transactionID(from)
	for i := range r.notice.Payments {
		payment := &r.notice.Payments[i]
		if payment.Date.IsZero() {
			payment.Date = operationDate(from, found.at, r.notice.Date, r.notice.Class != Remittance)
		}
		if payment.Payer == "" && len(r.notice.Payments) == 1 {
			payment.Payer = payer
		}
		if len(r.notice.Payments) == 1 {
			payment.TransactionID = id
		}
	}
	if r.registry.isProvider(payer) {
		r.notice.Flags.PayerIsProvider = true
		r.say("payer_is_provider", payer)
	}
	if found.at >= 0 {
		r.notice.Excerpt = r.excerptAt(from, found.at)
	}
}

// collectReferences lists the references the sender writes; only when he writes none, those of the
// message he forwards or answers.
func (r *reading) collectReferences() {
	if r.notice.Class == Spoof {
		return
	}
	var taken []string
	for _, payment := range r.notice.Payments {
		taken = append(taken, payment.TransactionID)
	}
	// The empty lines keep a number of the body from being read behind a word of the subject.
	own := r.notice.Subject + "\n\n\n\n\n" + r.speech.own
	for _, text := range []string{own, r.speech.forwarded, r.speech.quoted} {
		r.notice.References = r.registry.findReferences(clip(text, maxClassBytes), taken)
		if len(r.notice.References) > 0 {
			break
		}
	}
	if len(r.notice.Payments) != 1 {
		return
	}
	for _, v := range r.body.values {
		if v.kind == labelFreeText {
			text := v.label + " " + r.body.text[v.start:v.end]
			for _, found := range r.registry.findReferences(text, taken) {
				if !slices.Contains(r.notice.Payments[0].References, found) {
					r.notice.Payments[0].References = append(r.notice.Payments[0].References, found)
				}
			}
		}
	}
}
