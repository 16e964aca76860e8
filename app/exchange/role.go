package exchange

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Role is what a column of an invoice table means.
type Role uint8

// The roles. Those from RoleNet on are recognised and kept as notes: the program recomputes them.
const (
	RoleNone Role = iota
	RoleNumber
	RoleClient
	RoleEmail
	RoleSiren
	RoleSiret
	RoleDebtor
	RoleAmount
	RoleCurrency
	RoleIssued
	RoleDue
	RoleSubject
	RolePaid
	RolePaidOn
	RoleLeft
	RoleNet
	RoleDaysLate
	RoleStatus
	RoleLastAction
	RoleNextAction
	roleCount
)

var roleCodes = [roleCount]string{
	"", "number", "client", "client_email", "siren", "siret", "client_type", "amount", "currency",
	"issue_date", "due_date", "subject", "paid", "paid_on", "left_to_pay", "net_amount", "days_late", "status",
	"last_action", "next_action",
}

// String is the stable code of the role, such as "due_date"; it is the Field of a Finding.
func (r Role) String() string {
	if r >= roleCount {
		return ""
	}
	return roleCodes[r]
}

// isNote reports whether cells of the role are kept as text beside the invoice.
func (r Role) isNote() bool { return r >= RoleNet && r < roleCount }

// synonyms lists the headings of each role, folded, best first: when two columns claim one role, the
// better heading wins. Headings joined by a bar are equally good, and two of them in one file are
// refused: "Montant" beside "Total" is net beside gross in one program and not in another.
var synonyms = [roleCount][]string{
	RoleNumber: {"numerofacture", "numerodefacture", "nfacture", "ndefacture", "nofacture", "numfacture",
		"invoicenumber", "invoiceno", "reffacture", "referencefacture", "invoiceref", "numero", "n", "no",
		"num", "numpiece", "numeropiece", "pieceref", "facture", "invoice", "number", "reference", "ref"},
	RoleClient: {"client", "nomclient", "nomduclient", "clientname", "customername", "customer",
		"raisonsociale", "societe", "nomsociete", "companyname", "tiers", "destinataire", "compauxlib",
		"nom", "name"},
	RoleEmail:  {"clientemail", "emailclient", "customeremail", "email", "courriel", "mail"},
	RoleSiren:  {"siren", "sirenclient", "clientsiren"},
	RoleSiret:  {"siret", "siretclient", "clientsiret"},
	RoleDebtor: {"typeclient", "typedeclient", "clienttype", "customertype", "type"},
	RoleAmount: {"montantttc", "totalttc", "ttc", "montanttotalttc", "netapayer",
		"montant|total|amount|totalamount|montanttotal"},
	RoleCurrency: {"devise", "currency", "monnaie"},
	RoleIssued: {"datefacture", "datedefacture", "datefacturation", "datedefacturation", "datedemission",
		"dateemission", "issuedate", "invoicedate", "piecedate", "date"},
	RoleDue: {"echeance", "dateecheance", "datedecheance", "datelimitereglement",
		"datelimitedereglement", "datelimitepaiement", "datelimitedepaiement", "duedate", "datedue"},
	RoleSubject: {"objet", "objetfacture", "prestation", "designation", "description", "libelle", "subject"},
	RolePaid: {"dejapaye", "dejaregle", "montantpaye", "montantregle", "paidtodate", "amountpaid",
		"paye", "regle", "paid"},
	RolePaidOn: {"datepaiement", "datedepaiement", "datereglement", "datedereglement", "paymentdate",
		"datepayment", "paiddate", "paidon", "payele"},
	RoleLeft:       {"resteapayer", "restedu", "amountdue", "balance", "solde"},
	RoleNet:        {"montantht", "totalht", "ht", "netamount"},
	RoleDaysLate:   {"joursretard", "joursderetard", "dayslate", "daysoverdue"},
	RoleStatus:     {"statut", "status", "etat", "statutfacture"},
	RoleLastAction: {"derniereaction", "lastaction"},
	RoleNextAction: {"prochaineaction", "nextaction"},
}

type claim struct {
	role Role
	rank int
}

var headings = indexHeadings()

func indexHeadings() map[string]claim {
	index := make(map[string]claim, 160)
	for role, names := range synonyms {
		for rank, group := range names {
			for name := range strings.SplitSeq(group, "|") {
				index[name] = claim{Role(role), rank}
			}
		}
	}
	return index
}

// claimOf finds the role of a heading. A currency behind an amount's heading ("Montant TTC en
// euros") is allowed for the euro only: another one would silently become euros.
func claimOf(heading string) (claim, bool) {
	folded := fold(heading)
	if found, ok := headings[folded]; ok {
		return found, true
	}
	for _, unit := range []string{"eneuros", "eneuro", "euros", "euro", "eneur", "eur"} {
		if base, cut := strings.CutSuffix(folded, unit); cut {
			found, ok := headings[base]
			return found, ok && (found.role == RoleAmount || found.role == RolePaid || found.role == RoleLeft)
		}
	}
	return claim{}, false
}

// fold keeps the letters and digits of a text, in lower case and without accents, so that "N° de
// Facture", "n_de_facture" and "N DE FACTURE" are one word.
func fold(text string) string {
	folded := make([]byte, 0, len(text))
	if !isASCII(text) {
		text = norm.NFKD.String(text)
	}
	for _, r := range text {
		r = unicode.ToLower(r)
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			folded = append(folded, byte(r))
		}
	}
	return string(folded)
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}
