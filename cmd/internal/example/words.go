package example

import "fmt"

// words are the sentences of the story in one language.
type words struct {
	language string
	place    int
}

func wordsOf(language string) words {
	if language == "en" {
		return words{language: "en", place: 1}
	}
	return words{language: "fr"}
}

// sentence words a step. An unknown key is a defect of the story.
func (w words) sentence(key string, values ...any) string {
	formats, known := sentences[key]
	if !known {
		panic("example: no sentence for " + key)
	}
	return fmt.Sprintf(formats[w.place], values...)
}

// sentences are French, then English; both take the same values in the same order.
var sentences = map[string][2]string{
	"created": {"Registre %s créé : %s.", "Ledger %s created: %s."},
	"imported": {"Fichier %s importé : %d lignes. Le même une seconde fois : %d déjà connues, rien d’ajouté.",
		"File %s imported: %d rows. The same file a second time: %d rows known already, nothing added."},
	"clients": {"%d clients complétés : adresses, formules d’appel, numéros.",
		"%d clients completed: addresses, salutations, numbers."},
	"entered":   {"Le %s, %d factures saisies à la main.", "On %s, %d invoices entered by hand."},
	"reminders": {"%d relances déjà faites notées.", "%d earlier reminders noted."},
	"letter.business": {"Mise en demeure %s du %s à un professionnel (%s), pénalités et indemnités " +
		"comprises : %s, dans %s.",
		"Formal notice %s of %s to a business (%s), with interest and indemnities: %s, in %s."},
	"letter.consumer": {"Mise en demeure %s du %s à un particulier (%s), sans frais ni indemnité : %s, dans %s.",
		"Formal notice %s of %s to a consumer (%s), without fee or indemnity: %s, in %s."},
	"letter.public": {"Mise en demeure %s du %s à une commune (%s), au taux figé du premier jour de " +
		"retard : %s, dans %s.",
		"Formal notice %s of %s to a public body (%s), at the rate fixed on the first late day: %s, in %s."},
	"tracked": {"Recommandé du courrier %s : posté le %s, présenté le %s.",
		"Registered letter %s: posted on %s, presented on %s."},
	"credited": {"Avoir %s de %s saisi sur la facture %s.", "Credit note %s of %s entered for invoice %s."},
	"read": {"Boîte lue par IMAP : %d messages, %d règlements enregistrés, %d à décider, %d annoncés, " +
		"%d alertes.",
		"Mailbox read by IMAP: %d messages, %d payments booked, %d to decide, %d announced, %d alerts."},
	"read again": {"Boîte relue : rien de nouveau, et rien n’y a été modifié.",
		"Mailbox read again: nothing new, and nothing in it was changed."},
	"verified": {"Registre vérifié : %d contrôles, tous bons.", "Ledger verified: %d checks, all good."},
	"backed up": {"Sauvegarde %s faite et relue : %d factures et avoirs, %d écritures au journal.",
		"Backup %s made and read back: %d invoices and credit notes, %d journal entries."},
	"mail kept": {"%d messages déposés dans %s.", "%d messages put into %s."},
	"report.head": {"Exemple de registre : %s, au %s. Personnes, adresses et comptes sont inventés.",
		"Example ledger: %s, on %s. People, addresses and accounts are invented."},
	"report.next": {"Pour continuer : ouvrez %[1]s, ou essayez dument-cli --ledger %[1]s --on %[3]s due. " +
		"Les messages sont dans %[2]s.",
		"To go on: open %[1]s, or try dument-cli --ledger %[1]s --on %[3]s due. The messages are in %[2]s."},
}
