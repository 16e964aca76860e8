package example

import (
	"dument/app"
	"dument/app/date"
	"dument/app/law"
	"dument/app/ledger"
)

// The days of the story, all in November 2026.
var (
	opening      = date.Must("2026-11-02") // the ledger is opened, the spreadsheet imported
	noticeDay    = date.Must("2026-11-05") // a formal notice leaves for the garage
	presentedDay = date.Must("2026-11-09") // and is presented
	creditDay    = date.Must("2026-11-18") // November's invoices, and a credit note
	today        = date.Must(Day)
)

// invoicesFile is the name under which the spreadsheet's file is imported.
const invoicesFile = "factures.csv"

// clients are the debtors with what the spreadsheet did not say. Numbers are of departments that do not
// exist, towns and streets are invented.
var clients = []ledger.Client{
	{Name: "Hôtel du Mail SAS", Address: []string{"Service comptabilité", "2 place du Mail", "34999 Valcombe"},
		Phone: "04 65 71 00 11"},
	{Name: "Brasserie de l'Écluse SARL", Address: []string{"18 quai de l’Écluse", "34999 Valcombe"},
		Phone: "04 65 71 00 12"},
	{Name: "Cabinet Delorme Architectes SARL", Address: []string{"7 rue du Compas", "34998 Montarquet"},
		Phone: "04 65 71 00 13"},
	{Name: "Librairie Aux Deux Rives SARL", Address: []string{"31 rue des Arcades", "34999 Valcombe"}},
	{Name: "Crèche Les Petits Pas SAS", Address: []string{"5 allée des Tilleuls", "34999 Valcombe"}},
	{Name: "Garage Moulinier EURL", Address: []string{"Zone artisanale des Plans", "12 route de Montarquet",
		"34999 Valcombe"}, Kind: law.Business, Email: "garage.moulinier@courrier.example", Phone: "04 65 71 00 16"},
	{Name: "Camille Estève", Address: []string{"9 rue Haute", "34999 Valcombe"}, Salutation: "Madame"},
	{Name: "Yanis Belkacem", Address: []string{"Appartement 12", "44 avenue du Stade", "34999 Valcombe"},
		Salutation: "Monsieur"},
	{Name: "Nadia Ferroul", Address: []string{"3 impasse du Pressoir", "34998 Montarquet"}, Salutation: "Madame",
		Phone: "06 39 98 00 19"},
	{Name: "Paul et Anne Castan", Address: []string{"21 chemin des Vignes", "34999 Valcombe"},
		Salutation: "Madame, Monsieur"},
	{Name: "Commune de Valcombe", Address: []string{"Service des finances", "1 place de la Mairie",
		"34999 Valcombe"}, Salutation: "Madame la Maire", Siret: "21999999200015", Service: "FINANCES",
		Engagement: "2026-0417"},
	{Name: "Centre hospitalier du Haut-Arc", Address: []string{"Services économiques", "60 route de l’Hôpital",
		"34998 Montarquet"}, Siret: "26999999100012", Service: "ECO", Engagement: "2026-1188"},
}

// The invoices that letters claim.
var garageInvoices = []string{"F2026-0047", "F2026-0056"}

const (
	consumerInvoice = "F2026-0066"
	communeInvoice  = "F2026-0052"
)

// earlyInvoices were in no spreadsheet: they are entered by hand from the paper, with what was sold.
var earlyInvoices = []app.InvoiceDraft{
	{Number: garageInvoices[0], Client: "Garage Moulinier EURL", Amount: 2964_00,
		Issued: date.Must("2026-04-15"), Due: date.Must("2026-05-15"),
		Subject: "Sellerie de six fauteuils d’attente", OrderRef: "2026-118"},
	{Number: garageInvoices[1], Client: "Garage Moulinier EURL", Amount: 1332_00,
		Issued: date.Must("2026-08-01"), Due: date.Must("2026-08-31"),
		Subject: "Garnissage de la banquette d’accueil"},
	{Number: communeInvoice, Client: "Commune de Valcombe", Amount: 4800_00, Issued: date.Must("2026-05-23"),
		Due: date.Must("2026-06-22"), Subject: "Rideaux de scène de la salle des fêtes", OrderRef: "2026-0417"},
	{Number: consumerInvoice, Client: "Nadia Ferroul", Amount: 1150_00, Issued: date.Must("2026-09-05"),
		Due: date.Must("2026-10-05"), Subject: "Réfection d’une bergère Louis XV, tissu compris"},
}

// lateInvoices are November's.
var lateInvoices = []app.InvoiceDraft{
	{Number: "F2026-0083", Client: "Hôtel du Mail SAS", Amount: 2040_00,
		Issued: date.Must("2026-11-04"), Subject: "Banquettes du petit salon"},
	{Number: "F2026-0084", Client: "Brasserie de l'Écluse SARL", Amount: 1350_00,
		Issued: date.Must("2026-11-09"), Subject: "Galettes de quarante chaises"},
	{Number: "F2026-0085", Client: "Camille Estève", Amount: 96_00, Issued: date.Must("2026-11-10"),
		Subject: "Deux coussins passepoilés"},
	{Number: "F2026-0086", Client: "Centre hospitalier du Haut-Arc", Amount: 5600_00,
		Issued: date.Must("2026-11-12"), Due: date.Must("2027-01-01"),
		Subject: "Fauteuils des chambres, second lot"},
	{Number: "F2026-0087", Client: "Librairie Aux Deux Rives SARL", Amount: 1125_00,
		Issued: date.Must("2026-11-16"), Subject: "Fauteuils du salon de lecture"},
	{Number: "F2026-0088", Client: "Paul et Anne Castan", Amount: 744_00, Issued: date.Must("2026-11-18"),
		Subject: "Acompte de 30 %, canapé d’angle", Type: ledger.TypeDeposit},
}

// creditNote takes back four chairs that came back.
var creditNote = app.CreditDraft{Invoice: "F2026-0084", Amount: 135_00, Issued: creditDay,
	Subject: "Retour de quatre galettes"}

// trackingNumber is the registered number of the letter to the garage.
const trackingNumber = "1A 000 000 0042 7"

// reminder is a contact of before, as the trader remembers it.
type reminder struct {
	invoice string
	contact ledger.Contact
}

var reminders = []reminder{
	{garageInvoices[0], ledger.Contact{Step: "reminder-1", Channel: "email", On: date.Must("2026-05-20")}},
	{garageInvoices[0], ledger.Contact{Step: "reminder-2", Channel: "email", On: date.Must("2026-06-08")}},
	{consumerInvoice, ledger.Contact{Step: "reminder-1", Channel: "email", On: date.Must("2026-10-08")}},
	{consumerInvoice, ledger.Contact{Step: "call", Channel: "phone", On: date.Must("2026-10-19"),
		Note: "Répondeur, message laissé"}},
	{communeInvoice, ledger.Contact{Step: "reminder-1", Channel: "email", On: date.Must("2026-09-01")}},
	{"F2026-0049", ledger.Contact{Step: "reminder-1", Channel: "email", On: opening}},
}
