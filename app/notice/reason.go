package notice

import "strings"

// Reason says in a stable code why something was concluded. Params are shown in its wording.
type Reason struct {
	Code   string   `json:"code"`
	Params []string `json:"params,omitempty"`
}

func reason(code string, params ...string) Reason { return Reason{Code: code, Params: params} }

// Text words the reason in French ("fr") or English. An unknown code is shown as it is.
func (r Reason) Text(language string) string {
	wording, ok := wordings[r.Code]
	if !ok {
		return r.Code
	}
	text := wording.english
	if language == "fr" {
		text = wording.french
	}
	for i, param := range r.Params {
		text = strings.ReplaceAll(text, "{"+string(rune('0'+i))+"}", param)
	}
	return text
}

// wordings holds both languages of every code; {0} and {1} are the parameters.
var wordings = map[string]struct{ french, english string }{
	"empty": {
		"message vide",
		"empty message",
	},
	"limit_reached": {
		"message trop grand ou trop profond pour être lu en entier",
		"message too large or too deep to be read whole",
	},
	"broken_structure": {
		"structure du message abîmée ou coupée",
		"message structure broken or cut",
	},
	"encoding_doubt": {
		"jeu de caractères inconnu ou faux",
		"unknown or wrong character set",
	},
	"bidi_controls": {
		"caractères qui changent l’ordre du texte affiché",
		"characters that reorder the text shown",
	},
	"from_missing": {
		"pas d’expéditeur",
		"no sender",
	},
	"from_several": {
		"plusieurs expéditeurs affichés",
		"several senders shown",
	},
	"from_malformed": {
		"expéditeur illisible",
		"unreadable sender",
	},

	"auth_no_provider_pinned": {
		"aucun hébergeur de messagerie n’est déclaré : rien ne peut être authentifié",
		"no mail provider declared: nothing can be authenticated",
	},
	"auth_absent": {
		"pas de contrôle d’authenticité par {0}",
		"no authenticity check by {0}",
	},
	"auth_no_verdict": {
		"votre hébergeur ne se prononce pas sur {0}",
		"your provider gives no verdict on {0}",
	},
	"auth_failed": {
		"votre hébergeur dit que le message ne vient pas de {0}",
		"your provider says the message is not from {0}",
	},
	"auth_forged": {
		"un contrôle d’authenticité au nom de {0} est falsifié",
		"an authenticity check in the name of {0} is forged",
	},
	"auth_contradictory": {
		"les contrôles d’authenticité de {0} se contredisent",
		"the authenticity checks of {0} contradict each other",
	},
	"auth_arc_forwarder": {
		"transmis par un relais déclaré qui avait authentifié {0}",
		"passed on by a declared forwarder that had authenticated {0}",
	},
	"auth_dmarc_pass": {
		"authentifié par votre hébergeur comme venant de {0} (DMARC)",
		"authenticated by your provider as from {0} (DMARC)",
	},
	"auth_dkim_pass": {
		"authentifié par votre hébergeur comme signé par {0} (DKIM)",
		"authenticated by your provider as signed by {0} (DKIM)",
	},

	"poses_as": {
		"se fait passer pour {0}",
		"poses as {0}",
	},
	"poses_as_own": {
		"se fait passer pour vous",
		"poses as you",
	},
	"look_alike": {
		"{0} imite {1}",
		"{0} imitates {1}",
	},
	"claims_without_proof": {
		"prétend qu’un paiement est arrivé, sans être l’un de vos comptes",
		"claims a payment has arrived without being one of your accounts",
	},
	"account_other": {
		"authentique, mais concerne un autre compte que le vôtre chez {0}",
		"genuine, but about another account than yours at {0}",
	},
	"addressed_to_other": {
		"authentique, mais adressé à quelqu'un d’autre",
		"genuine, but addressed to somebody else",
	},

	"account_notice": {
		"avis de votre compte {0}",
		"notice of your account {0}",
	},
	"account_fits": {
		"le compte imprimé est le vôtre ({0})",
		"the account printed is yours ({0})",
	},
	"account_unsure": {
		"le compte imprimé n’est pas celui que vous avez indiqué",
		"the account printed is not the one you declared",
	},
	"addressee_unsure": {
		"aucune de vos adresses parmi les destinataires",
		"none of your addresses among the recipients",
	},
	"greeting_other": {
		"s’adresse à « {0} »",
		"greets “{0}”",
	},
	"not_an_original": {
		"réponse ou transfert, pas un avis original",
		"a reply or a forward, not an original notice",
	},
	"subject_neutral": {
		"l’objet ne dit pas que de l’argent est arrivé",
		"the subject does not say that money has arrived",
	},
	"sender_not_declared": {
		"{0} n’est pas un compte déclaré",
		"{0} is not a declared account",
	},
	"announced_by": {
		"paiement annoncé par {0}",
		"payment announced by {0}",
	},
	"forwarded_by_self": {
		"transféré par vous : le contenu ne prouve rien",
		"forwarded by you: the content proves nothing",
	},
	"own_message": {
		"votre propre message",
		"your own message",
	},
	"automatic_reply": {
		"réponse automatique ou rapport de distribution",
		"automatic reply or delivery report",
	},
	"not_about_payment": {
		"ne parle pas d’un paiement reçu",
		"does not speak of a payment received",
	},
	"payer_is_provider": {
		"versement de {0}, pas le paiement d’un client",
		"payout by {0}, not a client's payment",
	},

	"amount_missing": {
		"aucun montant reconnu",
		"no amount recognised",
	},
	"amount_several": {
		"plusieurs montants possibles",
		"several possible amounts",
	},
	"amount_unlabelled": {
		"montant sans libellé qui le désigne",
		"amount without a label that names it",
	},
	"amount_ambiguous": {
		"montant lisible de deux façons",
		"amount that can be read two ways",
	},
	"amount_not_positive": {
		"le montant n’est pas positif",
		"the amount is not positive",
	},
	"currency_unknown": {
		"devise inconnue",
		"unknown currency",
	},
	"alternatives_disagree": {
		"le texte et la version HTML ne disent pas le même montant",
		"plain text and HTML do not say the same amount",
	},

	"direction_doubt": {
		"le message se contredit sur le sens de l’opération",
		"the message contradicts itself on the direction",
	},
	"direction_pending": {
		"opération à venir ou en attente",
		"operation pending or to come",
	},
	"direction_outgoing": {
		"argent sorti, pas entré",
		"money out, not in",
	},
	"direction_request": {
		"demande de paiement",
		"payment request",
	},
	"direction_receipt": {
		"reçu d’un paiement que vous avez fait",
		"receipt for a payment you made",
	},
	"direction_payout": {
		"versement du solde d’un prestataire",
		"payout of a provider's balance",
	},
	"direction_failure": {
		"paiement rejeté, retourné ou contesté",
		"payment rejected, returned or disputed",
	},
	"direction_refund_received": {
		"remboursement reçu",
		"refund received",
	},
	"direction_refund_sent": {
		"remboursement envoyé",
		"refund sent",
	},
	"direction_proof": {
		"justificatif envoyé par le payeur : une annonce, pas une arrivée",
		"proof sent by the payer: an announcement, not an arrival",
	},
	"direction_announcement": {
		"annonce de paiement",
		"announcement of a payment",
	},
	"direction_promise": {
		"promesse ou question, rien n’est encore payé",
		"a promise or a question, nothing is paid yet",
	},
	"direction_reverse": {
		"on réclame un paiement, on n’en annonce pas",
		"a payment is asked for, not announced",
	},
	"direction_statement": {
		"relevé, code ou message de service",
		"statement, code or service message",
	},
	"direction_offer": {
		"publicité",
		"advertising",
	},
}
