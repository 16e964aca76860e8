package matching

// keyword is what a word says about the number that follows it.
type keyword uint8

const (
	keywordNone    keyword = iota
	keywordInvoice         // "facture": what follows is an invoice number
	keywordCredit          // "avoir": what follows is a credit note's
	keywordOther           // "commande": what follows is some other number
	keywordNumber          // "N°": says only that a number follows
	keywordGlue            // "et": links the items of a list
)

// keywords are the words around references in the languages of the messages, in capitals. The
// abbreviations that also serve as prefixes (F, FA, INV) count as "facture" only when the ledger
// has no numbers with that prefix.
var keywords = map[string]keyword{
	"FACTURE": keywordInvoice, "FACTURES": keywordInvoice, "FACT": keywordInvoice, "FAC": keywordInvoice,
	"FACTS": keywordInvoice, "FCT": keywordInvoice, "FACTURA": keywordInvoice, "FACTURAS": keywordInvoice,
	"FATTURA": keywordInvoice, "FATTURE": keywordInvoice, "INVOICE": keywordInvoice,
	"INVOICES": keywordInvoice, "INV": keywordInvoice, "RECHNUNG": keywordInvoice,
	"RECHNUNGEN": keywordInvoice, "RECHNUNGSNUMMER": keywordInvoice, "RECHNUNGSNR": keywordInvoice,
	"F": keywordInvoice, "FA": keywordInvoice, "FC": keywordInvoice, "FRA": keywordInvoice,

	"AVOIR": keywordCredit, "AVOIRS": keywordCredit, "AV": keywordCredit, "CREDITNOTE": keywordCredit,
	"GUTSCHRIFT": keywordCredit, "ABONO": keywordCredit,

	"COMMANDE": keywordOther, "CDE": keywordOther, "CMD": keywordOther, "ORDER": keywordOther,
	"PO": keywordOther, "BC": keywordOther, "BON": keywordOther, "BL": keywordOther,
	"LIVRAISON": keywordOther, "DEVIS": keywordOther, "QUOTE": keywordOther, "CLIENT": keywordOther,
	"CUSTOMER": keywordOther, "DOSSIER": keywordOther, "CONTRAT": keywordOther, "CONTRACT": keywordOther,
	"COMPTE": keywordOther, "ACCOUNT": keywordOther, "CHEQUE": keywordOther, "CHÈQUE": keywordOther,
	"CHQ": keywordOther, "TEL": keywordOther, "TÉL": keywordOther, "TELEPHONE": keywordOther,
	"TÉLÉPHONE": keywordOther, "MOBILE": keywordOther, "FAX": keywordOther, "PORTABLE": keywordOther,
	"SIRET": keywordOther, "SIREN": keywordOther, "TVA": keywordOther, "VAT": keywordOther,
	"RUE": keywordOther, "AVENUE": keywordOther, "TRANSFERT": keywordOther, "TRANSACTION": keywordOther,
	"TRANSFER": keywordOther, "LOT": keywordOther, "TICKET": keywordOther, "IBAN": keywordOther,
	"BIC": keywordOther, "CARTE": keywordOther, "CB": keywordOther, "MANDAT": keywordOther,
	"RUM": keywordOther, "AUFTRAG": keywordOther, "KUNDE": keywordOther, "KUNDENNUMMER": keywordOther,

	"N": keywordNumber, "NO": keywordNumber, "NR": keywordNumber, "NUM": keywordNumber,
	"NUMERO": keywordNumber, "NUMÉRO": keywordNumber, "NUMÉROS": keywordNumber, "NOS": keywordNumber,
	"NUMBER": keywordNumber, "NUMMER": keywordNumber, "REF": keywordNumber, "RÉF": keywordNumber,
	"REFERENCE": keywordNumber, "RÉFÉRENCE": keywordNumber, "REFERENCES": keywordNumber,
	"RÉFÉRENCES": keywordNumber, "NÚM": keywordNumber,

	"ET": keywordGlue, "AND": keywordGlue, "UND": keywordGlue, "E": keywordGlue, "Y": keywordGlue,
	"PLUS": keywordGlue,
}

// currencyWords follow an amount, so a bare number before them is none of ours.
var currencyWords = map[string]bool{
	"EUR": true, "EURO": true, "EUROS": true, "USD": true, "CHF": true, "GBP": true, "E": true,
}

// next is what is known before the following word, when the last keyword was k and word is one more.
func (k keyword) next(word keyword) keyword {
	switch word {
	case keywordNumber:
		if k == keywordNone {
			return keywordNumber
		}
		return k
	case keywordGlue:
		return k
	}
	return word
}
