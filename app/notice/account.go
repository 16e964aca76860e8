package notice

import "slices"

// decideAccount: the visible sender is under a declared account's domain. This is the only road to
// "notified".
func (r *reading) decideAccount() {
	accounts := r.declaredAccounts()
	verdict := r.authenticate()
	switch verdict.state {
	case authFailed, authForged:
		r.conclude(Spoof, Rejected)
		r.say("poses_as", accounts[0].Name)
		return
	case authUnknown:
		if r.claimsMoney() {
			r.conclude(Spoof, Rejected)
			r.say("poses_as", accounts[0].Name)
			return
		}
		r.conclude(NotPayment, Rejected)
		r.say("not_about_payment")
		return
	}
	account, fit := r.accountMeant(accounts)
	r.notice.AccountName = account.Name
	direction := r.direction(account.Kind)
	switch direction {
	case meaningCredit:
		r.decideCredit(account, fit, verdict)
	case meaningFailure, meaningRefundByUs, meaningRefundToUs:
		r.decideTakeBack(direction, fit, verdict)
	case meaningProof, meaningAnnounce:
		r.conclude(Remittance, Announced)
		r.sayDirection(meaningProof)
		r.announcePayments(r.body)
	default:
		r.conclude(NotPayment, Rejected)
		r.sayDirection(direction)
	}
}

// accountMeant chooses, among the accounts of one domain, the one whose number is printed.
func (r *reading) accountMeant(accounts []Account) (Account, accountFit) {
	best, bestFit := accounts[0], accountFit(-1)
	for _, account := range accounts {
		hint := account.Hint
		if hint == "" && account.Kind == KindBank {
			hint = r.trust.OwnIBAN
		}
		fit := r.body.fitAccount(r.registry, hint)
		if fit == accountFits {
			return account, fit
		}
		if bestFit < 0 || fit < bestFit {
			best, bestFit = account, fit
		}
	}
	return best, bestFit
}

// addressee says to whom a notice was sent.
type addressee int

const (
	// addresseeOwn: the visible To or Cc names one of the user's addresses.
	addresseeOwn addressee = iota
	// addresseeHidden: no visible recipient, or only the delivery line names the user.
	addresseeHidden
	// addresseeOther: somebody else is named.
	addresseeOther
)

func (r *reading) addressee() addressee {
	head := r.message.header
	visible := append(addressesIn(head, "to"), addressesIn(head, "cc")...)
	if slices.ContainsFunc(visible, r.trust.isOwn) {
		return addresseeOwn
	}
	if len(visible) > 0 {
		return addresseeOther
	}
	return addresseeHidden
}

// isDeliveredToUs looks at the delivery lines the provider writes; a sender can write them too, so they
// only help where the account number already fits.
func (r *reading) isDeliveredToUs() bool {
	for _, name := range []string{"delivered-to", "x-original-to", "envelope-to"} {
		if slices.ContainsFunc(addressesIn(r.message.header, name), r.trust.isOwn) {
			return true
		}
	}
	return false
}

// aboutSomebodyElse concludes a genuine notice about another person's account: a replay.
func (r *reading) aboutSomebodyElse(fit accountFit) bool {
	to := r.addressee()
	switch {
	case fit == accountOther && r.notice.AccountName != "" && r.hasHint():
		r.say("account_other", r.notice.AccountName)
	case to == addresseeOther && fit != accountFits && r.trust.AuthservID != "":
		r.say("addressed_to_other")
	default:
		return false
	}
	r.conclude(Spoof, Rejected)
	r.notice.Payments = nil
	return true
}

// hasHint reports that the account meant has a declared hint; the general IBAN alone only casts doubt,
// because the user may have other accounts there.
func (r *reading) hasHint() bool {
	return slices.ContainsFunc(r.declaredAccounts(), func(a Account) bool { return a.Hint != "" })
}

// decideCredit weighs a credit notice of a declared account.
func (r *reading) decideCredit(account Account, fit accountFit, verdict authentication) {
	class := BankCredit
	if account.Kind == KindPSP {
		class = PSPCredit
	}
	if r.aboutSomebodyElse(fit) {
		return
	}
	found := pickCredit(r.subject, r.body, meaningCredit)
	r.finishPayments(found, r.body)
	r.checkAlternative(found)
	doubts := r.creditDoubts(account, fit, found)
	r.notice.Reasons = append(r.notice.Reasons, doubts...)
	if verdict.state != authPassed || len(doubts) > 0 || r.notice.Flags.doubtful() ||
		len(r.notice.Payments) != 1 {
		r.conclude(class, Announced)
		return
	}
	r.conclude(class, Notified)
	r.say("account_notice", account.Name)
	if fit == accountFits {
		r.say("account_fits", account.Hint)
	}
}

// creditDoubts lists what keeps a genuine credit notice from being booked by itself.
func (r *reading) creditDoubts(account Account, fit accountFit, found picked) (doubts []Reason) {
	if found.problem != "" {
		doubts = append(doubts, reason(found.problem))
		if found.problem == "amount_ambiguous" || found.problem == "amount_several" {
			r.notice.Flags.AmountAmbiguous = true
		}
	}
	if m, contradicted := r.contradicted(); contradicted {
		doubts = append(doubts, reason("direction_doubt"), reason(directionCodes[m]))
	}
	if account.Kind == KindPSP && !r.subject.found[meaningCredit] {
		doubts = append(doubts, reason("subject_neutral"))
	}
	if fit == accountOther || fit == accountUnclear {
		doubts = append(doubts, reason("account_unsure"))
	}
	if to := r.addressee(); to != addresseeOwn && !(fit == accountFits && r.isDeliveredToUs()) {
		doubts = append(doubts, reason("addressee_unsure"))
	}
	if name, other := r.registry.greetedOther(r.speech.own, r.trust.HolderNames); other {
		doubts = append(doubts, reason("greeting_other", name))
	}
	if r.reply || r.forward {
		doubts = append(doubts, reason("not_an_original"))
	}
	return doubts
}

// checkAlternative compares the credited amount of the HTML with the plain text beside it.
func (r *reading) checkAlternative(found picked) {
	if r.other == nil || len(found.payments) != 1 {
		return
	}
	one := sum{found.payments[0].Amount, found.payments[0].Currency}
	second := pickCredit(r.subject, r.other, meaningCredit)
	var printed []sum
	for _, a := range r.other.amounts {
		if usable(a) {
			printed = addSum(printed, a)
		}
	}
	agree := len(printed) == 0 || slices.Contains(printed, one)
	if second.certain && (sum{second.payments[0].Amount, second.payments[0].Currency}) != one {
		agree = false
	}
	if !agree {
		r.notice.Flags.AmountsDisagree = true
		r.say("alternatives_disagree")
	}
}

// decideTakeBack concludes a failure or refund said by a declared account.
func (r *reading) decideTakeBack(direction meaning, fit accountFit, verdict authentication) {
	if r.aboutSomebodyElse(fit) {
		return
	}
	evidence := Announced
	if verdict.state == authPassed && !r.notice.Flags.doubtful() && r.addressee() == addresseeOwn {
		evidence = Notified
	}
	r.takeBack(direction, evidence)
}
