package app

import (
	"errors"
	"strings"

	"dument/app/date"
	"dument/app/money"
)

// Text words an error for the user, on one line: what happened, what it means, what to do. Unknown
// languages get English.
func Text(err error, language string) string {
	if err == nil {
		return ""
	}
	// A part of the program that knows more about its own failures words them itself.
	var worded interface{ Text(language string) string }
	if errors.As(err, &worded) {
		return worded.Text(language)
	}
	known := AsError(err)
	texts := errorTexts["en"]
	if language == "fr" {
		texts = errorTexts["fr"]
	}
	params := known.Params
	for _, key := range []string{string(known.Code) + "/" + known.Detail + "/" + known.Field,
		string(known.Code) + "/" + known.Detail, string(known.Code)} {
		if format, found := texts[key]; found {
			named := strings.ReplaceAll(format, "{field}", fieldName(known.Field, language))
			return fill(typeset(named, language), localised(params, language))
		}
	}
	return fill(typeset(texts[string(CodeInternal)], language), params)
}

// frenchSpaces sets the spaces of French print, which the tables leave ordinary to stay readable.
var frenchSpaces = strings.NewReplacer(" :", "\u00a0:", " ;", "\u202f;", " ?", "\u202f?", " !", "\u202f!",
	"« ", "«\u00a0", " »", "\u00a0»", " % ", "\u00a0% ", "'", "’")

// typeset writes a sentence of a table as its language prints it.
func typeset(format, language string) string {
	if language != "fr" {
		return format
	}
	return frenchSpaces.Replace(format)
}

// fill puts parameters in the places of %s; places without a parameter are left out.
func fill(format string, params []string) string {
	var text strings.Builder
	for {
		before, after, found := strings.Cut(format, "%s")
		text.WriteString(before)
		if !found {
			return strings.TrimSpace(text.String())
		}
		if len(params) > 0 {
			text.WriteString(params[0])
			params = params[1:]
		}
		format = after
	}
}

// localised writes the days, amounts and codes among the parameters as people of the language do.
func localised(params []string, language string) []string {
	written := make([]string, len(params))
	for i, param := range params {
		written[i] = param
		if day, err := date.Parse(param); err == nil {
			written[i] = day.Short()
		} else if amount, err := money.Parse(param); err == nil && strings.Contains(param, ".") {
			written[i] = amount.Figure(language)
		} else if word, known := codeNamesFrench[param]; known && language == "fr" {
			written[i] = word
		}
	}
	return written
}

// codeNamesFrench are the French words for codes that sentences quote.
var codeNamesFrench = map[string]string{
	"business": "professionnel", "consumer": "particulier", "public": "personne publique",
	"accepted": "accepté", "rejected": "refusé", "undone": "annulé",
	"posted": "déposé", "presented": "présenté", "delivered": "distribué", "returned": "retourné",
}

// fieldName is the name of a field as the screens show it.
func fieldName(field, language string) string {
	field, _, _ = strings.Cut(field, "[")
	if language == "fr" {
		if name, known := fieldNamesFrench[field]; known {
			return name
		}
	}
	if field == "" && language == "fr" {
		return "la valeur"
	}
	return strings.ReplaceAll(strings.ReplaceAll(field, "_", " "), ".", " ")
}

var fieldNamesFrench = map[string]string{
	"name": "le nom", "type": "le type de client", "address": "l’adresse", "number": "le numéro",
	"client": "le client", "invoice": "la facture", "amount": "le montant", "currency": "la devise",
	"issued": "la date de facture", "due": "l’échéance", "date": "la date", "siren": "le SIREN",
	"siret": "le SIRET", "payment_days": "le délai de paiement", "letter": "le courrier",
	"message": "le message", "id": "l’identifiant", "rate": "le taux", "kind": "le genre de courrier",
	"event": "l’étape", "reason": "le motif du retour", "file": "le fichier", "choice": "le choix",
	"import": "l’import", "payment": "le règlement", "document": "le document",
	"creditor.status": "votre statut", "terms.imputation": "l’ordre d’imputation",
	"terms.payment_days": "le délai de paiement", "terms.penalty_rate": "le taux des pénalités",
	"mailbox.security": "le chiffrement de la boîte", "mailbox.auth": "l’authentification de la boîte",
	"mailbox.port": "le port de la boîte", "accounts.kind": "le genre de compte",
	"accounts.domains": "les domaines du compte", "numbering": "le modèle de numéro",
	"debtor.address": "l’adresse du client", "debtor.name": "le nom du client",
	"creditor.name": "votre nom", "creditor.address": "votre adresse", "creditor.siret": "votre SIRET",
	"creditor.siren": "votre SIREN", "creditor.iban": "votre IBAN", "creditor.mediator": "le médiateur",
	"creditor.city": "votre ville", "deadline": "la date limite",
}

// errorTexts words errors by code, by code and detail, or by code, detail and field.
var errorTexts = map[string]map[string]string{"fr": textsFrench, "en": textsEnglish}
