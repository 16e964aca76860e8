// Package sample holds three formal notices of fictitious people, one for each regime. Tests of the
// letters and galleries of them start from here.
package sample

import (
	"fmt"

	"dument/app/date"
	"dument/app/law"
	"dument/app/letter"
	"dument/app/money"
)

var (
	day      = date.Must("2026-11-20")
	deadline = date.Must("2026-12-08")
)

// Creditor is the craftswoman who writes the three letters.
func Creditor() letter.Creditor {
	return letter.Creditor{
		Party: letter.Party{
			Name: "Maëlle Kerjean", EI: true, Activity: "Ébénisterie et restauration de meubles",
			AddressLines: []string{"6 venelle des Charpentiers", "35400 Saint-Malo"},
			Email:        "atelier@ebenisterie-kerjean.example", Phone: "02 61 91 05 33",
			Siren: "123456782", Siret: "12345678200010", Registration: "artisane immatriculée au RNE",
			VATMention: "TVA non applicable, art. 293 B du CGI",
		},
		City: "Saint-Malo", IBAN: "FR76 3000 6000 0112 3456 7890 189", Status: letter.Craftsman,
		Mediator: "Médiation de l’artisanat\n3 place de l’Exemple, 35000 Rennes\nwww.mediation-artisanat.example",
	}
}

func base() letter.Request {
	return letter.Request{
		Kind: letter.FormalNotice, On: day, Deadline: deadline, Registered: true, Creditor: Creditor(),
		Language: "fr", JournalHash: "7c41e09b55aa0d13", Imputation: law.InterestFirst,
	}
}

func segment(from, to string, days int, base money.Cents, rate law.Rate, interest money.Cents) law.Segment {
	return law.Segment{From: date.Must(from), To: date.Must(to), Days: days, Base: base, Rate: rate,
		Interest: interest}
}

// Business is a letter to a company: three invoices, one partly paid, two half-years.
func Business() letter.Request {
	r := base()
	r.Number, r.TrackingNumber, r.JournalPosition = "2026-017", "1A 203 118 4427 6", 1284
	r.Debtor = letter.Debtor{
		Kind: law.Business, Name: "Hôtel des Abers SAS",
		AddressLines: []string{"Service comptabilité", "Bâtiment B", "12, quai de l’Échauguette", "BP 40210",
			"29200 Brest Cedex 1"},
		AccountRef: "C-0042",
	}
	order := "bon de commande n° 1187 du 2 mars 2026"
	r.EarlierReminders = []date.Date{date.Must("2026-07-07"), date.Must("2026-10-12")}
	r.Enclosures = []string{
		"Factures 2026-031 du 28 avril, 2026-038 du 29 mai et 2026-052 du 31 août 2026",
		"Bon de commande n° 1187 du 2 mars 2026",
		"Procès-verbaux de livraison des 27 avril, 28 mai et 28 août 2026",
		"Rappels des 7 juillet et 12 octobre 2026",
	}
	r.Items = []letter.Item{
		{
			Number: "2026-031", Subject: "Comptoir, premier lot", OrderRef: order,
			Issued: date.Must("2026-04-28"), Due: date.Must("2026-05-28"),
			Claim: law.Claim{
				On: day, Debtor: law.Business, Amount: 2400_00, Principal: 2400_00, Interest: 142_96,
				Accrued: 142_96, Indemnity: 40_00, Total: 2582_96, Daily: 82,
				Segments: []law.Segment{
					segment("2026-05-29", "2026-06-30", 33, 2400_00, 121_500, 26_36),
					segment("2026-07-01", "2026-11-20", 143, 2400_00, 124_000, 116_60),
				},
			},
		},
		{
			Number: "2026-038", Subject: "Comptoir, second lot", OrderRef: order,
			Issued: date.Must("2026-05-29"), Due: date.Must("2026-06-28"),
			Claim: law.Claim{
				On: day, Debtor: law.Business, Amount: 1860_00, Paid: 600_00, Principal: 1291_57,
				Interest: 41_68, Accrued: 73_25, Indemnity: 40_00, Total: 1373_25, Daily: 44,
				Segments: []law.Segment{
					segment("2026-06-29", "2026-06-30", 2, 1860_00, 121_500, 1_24),
					segment("2026-07-01", "2026-08-17", 48, 1860_00, 124_000, 30_33),
					segment("2026-08-18", "2026-11-20", 95, 1291_57, 124_000, 41_68),
				},
				Imputed: []law.Imputed{{Date: date.Must("2026-08-17"), Amount: 600_00, Interest: 31_57,
					Principal: 568_43}},
			},
		},
		{
			Number: "2026-052", Subject: "Bibliothèque du salon", OrderRef: order,
			Issued: date.Must("2026-08-31"), Due: date.Must("2026-09-30"),
			Claim: law.Claim{
				On: day, Debtor: law.Business, Amount: 1150_50, Principal: 1150_50, Interest: 19_93,
				Accrued: 19_93, Indemnity: 40_00, Total: 1210_43, Daily: 39,
				Segments: []law.Segment{segment("2026-10-01", "2026-11-20", 51, 1150_50, 124_000, 19_93)},
			},
		},
	}
	return r
}

// Consumer is a letter to a private person: principal only, a deposit deducted.
func Consumer() letter.Request {
	r := base()
	r.Number, r.TrackingNumber, r.JournalPosition = "2026-018", "1A 203 118 4428 3", 1285
	r.Debtor = letter.Debtor{
		Kind: law.Consumer, Name: "Monsieur Goulven Tanguy", Salutation: "Monsieur",
		AddressLines: []string{"Appartement 12", "Résidence des Tilleuls", "8 rue de l’Étrier", "35430 Saint-Père"},
		AccountRef:   "C-0057",
	}
	r.EarlierReminders = []date.Date{date.Must("2026-08-25"), date.Must("2026-10-06")}
	r.Enclosures = []string{"Facture 2026-044 du 6 juillet 2026",
		"Devis n° D-2026-019, accepté le 14 avril 2026",
		"Bon de livraison signé le 3 juillet 2026", "Rappels des 25 août et 6 octobre 2026"}
	r.LegalRateNow, r.DailyIfPresented = 27_500, 7
	r.Items = []letter.Item{{
		Number: "2026-044", Subject: "Restauration d’une commode", OrderRef: "devis n° D-2026-019",
		Issued: date.Must("2026-07-06"), Due: date.Must("2026-08-05"),
		Claim: law.Claim{
			On: day, Debtor: law.Consumer, Amount: 1380_00, Paid: 414_00, Principal: 966_00, Total: 966_00,
			Imputed: []law.Imputed{{Date: date.Must("2026-04-14"), Amount: 414_00, Principal: 414_00}},
		},
	}}
	return r
}

// Public is a letter to a commune: two rates, each locked at its first half-year.
func Public() letter.Request {
	r := base()
	r.Number, r.TrackingNumber, r.JournalPosition = "2026-019", "1A 203 118 4429 0", 1286
	r.Debtor = letter.Debtor{
		Kind: law.Public, Name: "Commune de Saint-Enogat-les-Grèves", Salutation: "Madame la Maire",
		AddressLines: []string{"Madame la Maire", "Hôtel de ville", "1, place du Champ-de-Foire",
			"35990 Saint-Enogat-les-Grèves"},
		AccountRef: "C-0031", Siret: "21499999700015", Service: "FINANCES", Engagement: "EJ-2026-004417",
	}
	order := "bon de commande n° 2026-0318"
	r.Enclosures = []string{
		"Factures 2026-029 et 2026-047, avec leurs avis de mise à disposition sur Chorus Pro",
		"Bon de commande n° 2026-0318 du 23 février 2026",
		"Procès-verbaux de réception des 7 mai et 10 juillet 2026",
		"Relevé d’identité bancaire"}
	r.Items = []letter.Item{
		publicItem("2026-029", "Bancs de la salle du conseil", order, "2026-05-12", "2026-06-11", 6480_00, 180,
			segment("2026-06-12", "2026-11-20", 162, 6480_00, 101_500, 291_92)),
		publicItem("2026-047", "Tables de la médiathèque", order, "2026-07-15", "2026-08-14", 3240_00, 93,
			segment("2026-08-15", "2026-11-20", 98, 3240_00, 104_000, 90_47)),
	}
	return r
}

func publicItem(number, subject, order, received, due string, amount, daily money.Cents,
	segments ...law.Segment,
) letter.Item {
	interest := money.Cents(0)
	for _, s := range segments {
		interest += s.Interest
	}
	return letter.Item{
		Number: number, Subject: subject, OrderRef: order, Issued: date.Must(received),
		Received: date.Must(received), Due: date.Must(due),
		Claim: law.Claim{
			On: day, Debtor: law.Public, Amount: amount, Principal: amount, Interest: interest, Accrued: interest,
			Indemnity: law.FixedIndemnity, Total: amount + interest + law.FixedIndemnity, Daily: daily,
			Segments: segments,
		},
	}
}

// Long is the business letter with count invoices, each with two interest lines. It has the sums of
// letters that do not fit one page.
func Long(count int) letter.Request {
	r := Business()
	r.Items = nil
	for i := range count {
		amount := money.Cents(100_00 + 7_13*int64(i))
		first, second := money.Cents(1_00+int64(i)), money.Cents(2_00+3*int64(i))
		r.Items = append(r.Items, letter.Item{
			Number: fmt.Sprintf("2026-%03d", i+1), Subject: fmt.Sprintf("Meuble de chambre, étage %d", i%5+1),
			Issued: date.Must("2026-04-28").AddDays(i / 4), Due: date.Must("2026-05-28").AddDays(i / 4),
			Claim: law.Claim{
				On: day, Debtor: law.Business, Amount: amount, Principal: amount, Interest: first + second,
				Accrued: first + second, Indemnity: law.FixedIndemnity,
				Total: amount + first + second + law.FixedIndemnity, Daily: 3,
				Segments: []law.Segment{
					segment("2026-06-10", "2026-06-30", 21, amount, 121_500, first),
					segment("2026-07-01", "2026-11-20", 143, amount, 124_000, second),
				},
			},
		})
	}
	return r
}
