package matching

import (
	"strconv"
	"strings"

	"dument/app/date"
	"dument/app/money"
)

// Code names a reason. Codes are stable: they are stored and shown to scripts.
type Code string

// The reasons for an explanation.
const (
	ReferenceExact Code = "reference_exact"
	AmountExact    Code = "amount_exact"
	AmountSum      Code = "amount_sum"
	AmountTotalDue Code = "amount_total_due"
	AmountNetted   Code = "amount_netted"
	AmountSubset   Code = "amount_subset"
	OnlySum        Code = "only_sum"
	PayerIBAN      Code = "payer_iban"
	PayerName      Code = "payer_name"
	PayerEmail     Code = "payer_email"
	PayerLikely    Code = "payer_likely"
	Reopens        Code = "reopens"
)

// The reasons against an explanation, or against booking it without a person.
const (
	ReferenceMissing   Code = "reference_missing"
	ReferenceAmbiguous Code = "reference_ambiguous"
	ReferenceUnknown   Code = "reference_unknown"
	ReferenceNear      Code = "reference_near"
	ReferenceBare      Code = "reference_bare"
	TooManyReferences  Code = "too_many_references"
	NamedNotCovered    Code = "named_not_covered"
	AlreadySettled     Code = "already_settled"
	PaidTwice          Code = "paid_twice"
	CreditNoteNamed    Code = "credit_note_named"
	ShortByLittle      Code = "short_by_little"
	Partial            Code = "partial"
	Overpaid           Code = "overpaid"
	PartOfInterest     Code = "part_of_interest"
	CurrencyDiffers    Code = "currency_differs"
	CurrencyUnknown    Code = "currency_unknown"
	DateBeforeIssue    Code = "date_before_issue"
	DateUnknown        Code = "date_unknown"
	PayerDiffers       Code = "payer_differs"
	PayerAmbiguous     Code = "payer_ambiguous"
	PayerUnknown       Code = "payer_unknown"
	SeveralClients     Code = "several_clients"
	SeveralSums        Code = "several_sums"
	SeveralEqual       Code = "several_equal"
	TooManyOpen        Code = "too_many_open"
	NothingOpen        Code = "nothing_open"
	NothingMatches     Code = "nothing_matches"
	NothingToReopen    Code = "nothing_to_reopen"
	AmountUnknown      Code = "amount_unknown"
)

// The reasons that come from the message itself.
const (
	ReaderDoubt       Code = "reader_doubt"
	AnnouncedOnly     Code = "announced_only"
	RejectedClaim     Code = "rejected_claim"
	NothingClaimed    Code = "nothing_claimed"
	MoneyTakenBack    Code = "money_taken_back"
	MoneyRefunded     Code = "money_refunded"
	EverythingAgrees  Code = "everything_agrees"
	EvidenceNotEnough Code = "evidence_not_enough"
)

// Reason is a code with what fills its sentence. Unused fields are zero, so reasons compare with ==.
type Reason struct {
	Code Code
	// Numbers are invoice numbers, parted by ", ".
	Numbers  string
	Amount   money.Cents
	Currency money.Currency
	Date     date.Date
	// Name is a client's name, or a reference as it was printed.
	Name  string
	Count int
}

// wordings are French and English. {numbers}, {amount}, {date}, {name} and {count} are filled in.
var wordings = map[Code][2]string{
	ReferenceExact: {"référence exacte : {numbers}", "exact reference: {numbers}"},
	AmountExact:    {"montant exact ({amount})", "exact amount ({amount})"},
	AmountSum: {"montant exact de la somme de {count} factures ({amount})",
		"exactly the sum of {count} invoices ({amount})"},
	AmountTotalDue: {"montant exact avec les pénalités et l’indemnité ({amount})",
		"exact amount with interest and fixed indemnity ({amount})"},
	AmountNetted: {"montant exact, avoir déduit ({amount})", "exact amount, credit note deducted ({amount})"},
	AmountSubset: {"montant exact d’une partie des factures citées ({amount})",
		"exact amount of some of the invoices named ({amount})"},
	OnlySum:     {"seule combinaison possible pour ce client", "the only possible combination for this client"},
	PayerIBAN:   {"compte bancaire connu de {name}", "known bank account of {name}"},
	PayerName:   {"payeur reconnu : {name}", "payer recognised: {name}"},
	PayerEmail:  {"adresse e-mail de {name}", "e-mail address of {name}"},
	PayerLikely: {"le nom du payeur ressemble à {name}", "the payer’s name is like {name}"},
	Reopens:     {"rouvrirait {numbers} pour {amount}", "would reopen {numbers} for {amount}"},

	ReferenceMissing:   {"aucune facture n’est citée", "no invoice is named"},
	ReferenceAmbiguous: {"« {name} » peut désigner {numbers}", "“{name}” can mean {numbers}"},
	ReferenceUnknown:   {"« {name} » n’existe pas dans le registre", "“{name}” is not in the ledger"},
	ReferenceNear: {"« {name} » est peut-être une erreur de frappe pour {numbers}",
		"“{name}” may be a misprint of {numbers}"},
	ReferenceBare:     {"« {name} » est peut-être {numbers}", "“{name}” may be {numbers}"},
	TooManyReferences: {"trop de références dans le message", "too many references in the message"},
	NamedNotCovered: {"factures citées que le montant ne couvre pas : {numbers}",
		"invoices named that the amount does not cover: {numbers}"},
	AlreadySettled: {"déjà réglée : {numbers}", "already settled: {numbers}"},
	PaidTwice: {"même montant que {numbers}, déjà réglée : second paiement ?",
		"same amount as {numbers}, already settled: paid twice?"},
	CreditNoteNamed: {"un avoir est cité : {numbers}", "a credit note is named: {numbers}"},
	ShortByLittle: {"il manque {amount} : frais bancaires ou escompte ?",
		"{amount} short: bank fee or discount?"},
	Partial:  {"paiement partiel : il resterait {amount}", "part payment: {amount} would remain"},
	Overpaid: {"trop-perçu de {amount}", "{amount} too much"},
	PartOfInterest: {"le surplus de {amount} ne couvre qu’une partie des pénalités",
		"the surplus of {amount} covers only a part of the interest"},
	CurrencyDiffers: {"autre devise : {numbers} n’est pas en {name}",
		"other currency: {numbers} is not in {name}"},
	CurrencyUnknown: {"devise inconnue", "unknown currency"},
	DateBeforeIssue: {"paiement du {date}, avant l’émission de {numbers}",
		"payment of {date}, before {numbers} was issued"},
	DateUnknown:    {"date du paiement inconnue", "unknown date of payment"},
	PayerDiffers:   {"le payeur est un autre client : {name}", "the payer is another client: {name}"},
	PayerAmbiguous: {"le payeur peut être plusieurs clients", "the payer can be several clients"},
	PayerUnknown:   {"payeur inconnu : {name}", "unknown payer: {name}"},
	SeveralClients: {"les factures sont de plusieurs clients", "the invoices are of several clients"},
	SeveralSums:    {"plusieurs combinaisons donnent ce montant", "several combinations give this amount"},
	SeveralEqual:   {"plusieurs explications se valent", "several explanations are equally good"},
	TooManyOpen: {"trop de factures ouvertes pour prouver qu’une somme est la seule",
		"too many open invoices to prove that a sum is the only one"},
	NothingOpen:     {"aucune facture ouverte pour {name}", "no open invoice for {name}"},
	NothingMatches:  {"aucune facture ne correspond", "no invoice matches"},
	NothingToReopen: {"aucun paiement reçu sur {numbers}", "no payment was received on {numbers}"},
	AmountUnknown:   {"montant inconnu", "unknown amount"},

	ReaderDoubt:   {"la lecture du message laisse un doute", "the reading of the message leaves a doubt"},
	AnnouncedOnly: {"paiement seulement annoncé", "payment only announced"},
	RejectedClaim: {"message non authentique qui prétend un paiement",
		"claims a payment and is not authentic"},
	NothingClaimed: {"le message ne parle d’aucun paiement", "the message claims no payment"},
	MoneyTakenBack: {"paiement rejeté ou repris : {amount}", "payment failed or taken back: {amount}"},
	MoneyRefunded:  {"remboursement : {amount}", "refund: {amount}"},
	EverythingAgrees: {"toutes les factures citées, montant exact, aucune contradiction",
		"all invoices named, exact amount, no contradiction"},
	EvidenceNotEnough: {"preuve insuffisante", "not enough evidence"},
}

// Text is the reason in words, in French for "fr" and in English otherwise.
func (r Reason) Text(language string) string {
	wording := wordings[r.Code]
	sentence, day := wording[1], r.Date.Long(language)
	if language == "fr" {
		sentence = wording[0]
	}
	if sentence == "" {
		return string(r.Code)
	}
	amount := r.Amount.Figure(language)
	if r.Currency != "" {
		amount = r.Amount.Format(r.Currency, language)
	}
	return strings.NewReplacer("{numbers}", r.Numbers, "{amount}", amount,
		"{date}", day, "{name}", r.Name, "{count}", strconv.Itoa(r.Count)).Replace(sentence)
}
