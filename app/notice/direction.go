package notice

import (
	"slices"
	"strings"
)

// meaningNone stands for "nothing was said".
const meaningNone = meaningCount

// closing are the meanings that outweigh a credit, heaviest first.
var closing = []meaning{meaningFailure, meaningRefundByUs, meaningRefundToUs, meaningRequest, meaningReceipt,
	meaningPayout, meaningProof, meaningPending, meaningOutgoing}

// direction reads a bank's or provider's template. The subject decides when it says anything; a
// payment provider's own "X sent you 120 €" is a credit, a bank's is the payer's proof.
func (r *reading) direction(kind string) meaning {
	for _, s := range []*scanned{r.subject, r.body} {
		found := s.firmMeanings(r.registry)
		if s == r.subject {
			found = s.found
		}
		for _, m := range closing {
			if m == meaningPayout && s == r.body && found[meaningCredit] {
				continue
			}
			if !found[m] || m == meaningProof && kind == KindPSP ||
				m == meaningRefundByUs && found[meaningRefundToUs] {
				continue
			}
			return m
		}
		if found[meaningCredit] {
			return meaningCredit
		}
		if found[meaningAnnounce] {
			return meaningAnnounce
		}
	}
	found := r.body.found
	if m, ok := found.firstOf(meaningStatement, meaningOffer); ok {
		return m
	}
	return meaningNone
}

// contradicted reports that a credit's body also says, firmly, that the money has not come or goes the
// other way.
func (r *reading) contradicted() (meaning, bool) {
	return r.body.firmMeanings(r.registry).firstOf(meaningPending, meaningRequest, meaningFailure,
		meaningOutgoing)
}

// firmMeanings leaves out phrases of conditional, advising or negated sentences ("si le paiement a été
// refusé", "you can").
func (s *scanned) firmMeanings(r *Registry) (set meanings) {
	for _, h := range s.hits {
		if set[h.meaning] || r.isConditional(s.sentenceOf(h)) {
			continue
		}
		set[h.meaning] = true
	}
	return set
}

func (s *scanned) sentenceOf(h hit) string {
	start := 0
	if stop := strings.LastIndex(s.class[:h.start], ". "); stop >= 0 {
		start = stop + 2
	}
	end := len(s.class)
	if stop := strings.Index(s.class[h.start:], " ."); stop >= 0 {
		end = h.start + stop
	}
	return s.class[max(start, h.start-200):min(end, h.end+120)]
}

func (r *Registry) isConditional(sentence string) bool {
	for one := range strings.FieldsSeq(sentence) {
		if r.conditional[one] {
			return true
		}
	}
	return false
}

// strangerDirection reads prose: what a client, a supplier or a system says in its own words.
func (r *reading) strangerDirection() meaning {
	subject, body := r.subject.found, r.body.firmMeanings(r.registry)
	ownSubject := !r.reply && !r.forward
	if r.saysFailure() {
		return meaningFailure
	}
	if subject[meaningRefundToUs] || body[meaningRefundToUs] {
		return meaningRefundToUs
	}
	announced := r.firmlyAnnounced()
	if ownSubject {
		m, ok := subject.firstOf(meaningRequest, meaningReceipt, meaningReverse, meaningStatement,
			meaningPayout)
		if ok && (!announced || m != meaningReverse) {
			return m
		}
		announced = announced || subject[meaningAnnounce] || subject[meaningProof]
	}
	announced = announced || body[meaningProof]
	switch {
	case announced && (body[meaningRequest] || r.body.count(meaningReverse) > 1 || body[meaningReceipt]):
		m, _ := body.firstOf(meaningRequest, meaningReverse, meaningReceipt)
		return m
	case announced:
		return meaningAnnounce
	case (r.forward || r.speech.forwarded != "") && r.forwardedPayment():
		return meaningAnnounce
	}
	if m, ok := body.firstOf(meaningRequest, meaningReverse, meaningReceipt, meaningPromise, meaningPending,
		meaningOffer); ok {
		return m
	}
	if subject[meaningCredit] && ownSubject || body[meaningCredit] {
		return meaningCredit
	}
	return meaningNone
}

// firmlyAnnounced looks for an announcement in a sentence that neither puts it off nor puts it in
// question.
func (r *reading) firmlyAnnounced() bool {
	for _, h := range r.body.hits {
		if h.meaning != meaningAnnounce {
			continue
		}
		sentence := r.body.sentenceOf(h)
		if r.registry.isConditional(sentence) || r.registry.promises(sentence) {
			continue
		}
		return true
	}
	return false
}

func (r *Registry) promises(sentence string) bool {
	for _, h := range r.phrases.find(sentence) {
		if h.meaning == meaningPromise || h.meaning == meaningPending {
			return true
		}
	}
	return false
}

func (s *scanned) count(m meaning) (n int) {
	for _, h := range s.hits {
		if h.meaning == m {
			n++
		}
	}
	return n
}

// forwardedPayment reports that a carried message speaks of a payment made.
func (r *reading) forwardedPayment() bool {
	_, ok := r.forwarded.found.firstOf(meaningCredit, meaningProof, meaningAnnounce, meaningOutgoing)
	return ok
}

// saysFailure reports that a stranger says a payment did not go through.
func (r *reading) saysFailure() bool {
	for _, s := range []*scanned{r.subject, r.body} {
		if s == r.subject && (r.reply || r.forward) {
			continue
		}
		for _, h := range s.hits {
			if h.meaning != meaningFailure || s == r.body && r.registry.isConditional(s.sentenceOf(h)) {
				continue
			}
			for one := range strings.FieldsSeq(s.sentenceOf(h)) {
				if r.registry.namesPayment(one) {
					return true
				}
			}
		}
	}
	return false
}

// namesPayment reports that a word is one for a means of payment; a stranger's failure must name one.
func (r *Registry) namesPayment(word string) bool {
	return slices.ContainsFunc(r.paymentStarts, func(start string) bool {
		return strings.HasPrefix(word,
			start)
	})
}

// borrowedName finds a declared account's or a known family's name in the display name of a sender
// that is none of them; an address shown as a name counts.
func (r *reading) borrowedName() string {
	name := " " + wordsOf(r.sender.name) + " "
	lower := strings.ToLower(r.sender.name)
	for _, base := range r.protectedDomains() {
		if strings.Contains(lower, "@"+base) {
			return base
		}
	}
	for _, account := range r.trust.Accounts {
		if own := wordsOf(account.Name); own != "" && strings.Contains(name, " "+own+" ") {
			return account.Name
		}
	}
	for _, known := range r.registry.families {
		for _, brand := range known.Brands {
			if strings.Contains(name, " "+wordsOf(brand)+" ") {
				return known.Name
			}
		}
	}
	return ""
}

// looksLikeBank reports that a stranger's name or address poses as a bank's notice.
func (r *reading) looksLikeBank() bool {
	address := strings.NewReplacer("@", " ", ".", " ", "-", " ", "_", " ").Replace(r.sender.address)
	scan := scanned{text: r.sender.name + " " + address}
	scan.buildClassText(nil)
	for _, h := range r.registry.phrases.find(scan.class) {
		if h.meaning == meaningBankLike {
			return true
		}
	}
	return false
}

// directionCodes are the reasons given for what is not a received payment, or is money going back.
var directionCodes = map[meaning]string{
	meaningPending:    "direction_pending",
	meaningOutgoing:   "direction_outgoing",
	meaningRequest:    "direction_request",
	meaningReceipt:    "direction_receipt",
	meaningPayout:     "direction_payout",
	meaningFailure:    "direction_failure",
	meaningRefundToUs: "direction_refund_received",
	meaningRefundByUs: "direction_refund_sent",
	meaningProof:      "direction_proof",
	meaningAnnounce:   "direction_announcement",
	meaningPromise:    "direction_promise",
	meaningReverse:    "direction_reverse",
	meaningStatement:  "direction_statement",
	meaningOffer:      "direction_offer",
}

func (r *reading) sayDirection(m meaning) {
	if code, ok := directionCodes[m]; ok {
		r.say(code)
		return
	}
	r.say("not_about_payment")
}
