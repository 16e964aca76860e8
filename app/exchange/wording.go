package exchange

// fieldNames are the roles as a sentence names them.
var fieldNames = map[string]wording{
	"number":       {"numéro", "number"},
	"client":       {"client", "client"},
	"client_email": {"e-mail du client", "client e-mail"},
	"siren":        {"SIREN", "SIREN"},
	"siret":        {"SIRET", "SIRET"},
	"client_type":  {"type de client", "client type"},
	"amount":       {"montant TTC", "amount with tax"},
	"currency":     {"devise", "currency"},
	"issue_date":   {"date de facture", "issue date"},
	"due_date":     {"échéance", "due date"},
	"paid":         {"déjà payé", "already paid"},
	"paid_on":      {"date de paiement", "payment date"},
	"left_to_pay":  {"reste à payer", "left to pay"},
	"status":       {"statut", "status"},
}

// rowWording says what is wrong with a row, why, and what to do.
var rowWording = map[string]wording{
	"nul": {
		"ligne illisible\u00a0: elle contient un octet nul, donc le fichier est abîmé à cet " +
			"endroit\u00a0: exportez-le de nouveau",
		"row unreadable: it holds a zero byte, so the file is damaged there: export it again",
	},
	"encoding": {
		"accents illisibles\u00a0: la ligne n’est pas écrite en {3} comme le reste du fichier, " +
			"ou ses accents sont déjà perdus\u00a0: enregistrez tout le fichier en UTF-8",
		"accents unreadable: the row is not written in {3} like the rest of the file, or its " +
			"accents are lost already: save the whole file as UTF-8",
	},
	"quote_open": {
		"guillemet non refermé\u00a0: on ne peut pas savoir où la cellule finit\u00a0: " +
			"fermez-le, ou doublez-le s’il fait partie du texte",
		"quote not closed: nobody can tell where the cell ends: close it, or double it if it " +
			"belongs to the text",
	},
	"row_too_long": {
		"ligne trop longue\u00a0: aucune facture ne remplit 64 Ko, un retour à la ligne manque " +
			"sans doute\u00a0: exportez de nouveau le fichier",
		"row too long: no invoice fills 64 KB, a line break is probably missing: export the " +
			"file again",
	},
	"row_short": {
		"cellules manquantes\u00a0: la ligne en a {2}, l’en-tête en a {1}\u00a0: complétez la " +
			"ligne ou exportez de nouveau",
		"cells missing: the row has {2}, the header has {1}: complete the row or export again",
	},
	"row_long": {
		"cellules en trop\u00a0: la ligne en a {2}, l’en-tête en a {1}\u00a0: mettez entre " +
			"guillemets le texte qui contient le séparateur",
		"too many cells: the row has {2}, the header has {1}: put the text that holds the " +
			"separator in quotes",
	},
	"number_missing": {
		"numéro absent\u00a0: une facture ne se retrouve que par son numéro\u00a0: ajoutez-le",
		"number missing: an invoice is only found by its number: add it",
	},
	"client_missing": {
		"client absent\u00a0: on ne sait pas qui doit payer\u00a0: ajoutez son nom",
		"client missing: nobody knows who has to pay: add the name",
	},
	"text_too_long": {
		"{field} «\u00a0{value}\u00a0»\u00a0: plus de {1} octets\u00a0: raccourcissez-le",
		"{field} \"{value}\": more than {1} bytes: shorten it",
	},
	"unprintable": {
		"{field} «\u00a0{value}\u00a0»\u00a0: contient un caractère qui ne s’imprime " +
			"pas\u00a0: retapez ce texte",
		"{field} \"{value}\": holds a character that cannot be printed: type the text again",
	},
	"amount_missing": {
		"montant absent\u00a0: la cellule est vide\u00a0: ajoutez le montant TTC",
		"amount missing: the cell is empty: add the amount with tax",
	},
	"amount_zero": {
		"montant «\u00a0{value}\u00a0»\u00a0: il n’y a rien à réclamer\u00a0: corrigez-le ou " +
			"retirez la ligne",
		"amount \"{value}\": there is nothing to claim: correct it or take the row out",
	},
	"amount_unreadable": {
		"{field} «\u00a0{value}\u00a0»\u00a0: ce n’est pas un montant\u00a0: écrivez par " +
			"exemple 1234,56",
		"{field} \"{value}\": this is not an amount: write for instance 1234.56",
	},
	"amount_ambiguous": {
		"{field} «\u00a0{value}\u00a0»\u00a0: se lit {1} ou {2}, et rien dans la colonne ne " +
			"tranche\u00a0: écrivez les montants avec deux décimales, ou choisissez le signe " +
			"décimal",
		"{field} \"{value}\": reads {1} or {2}, and nothing in the column decides: write " +
			"amounts with two decimals, or choose the decimal mark",
	},
	"amount_mark": {
		"{field} «\u00a0{value}\u00a0»\u00a0: son signe décimal est «\u00a0{1}\u00a0», le " +
			"reste de la colonne dit autre chose\u00a0: écrivez toute la colonne de la même façon",
		"{field} \"{value}\": its decimal mark is \"{1}\", the rest of the column says " +
			"otherwise: write the whole column in one way",
	},
	"amount_precision": {
		"{field} «\u00a0{value}\u00a0»\u00a0: plus fin que le centime\u00a0: arrondissez-le " +
			"comme sur la facture",
		"{field} \"{value}\": finer than a cent: round it as on the invoice",
	},
	"amount_range": {
		"{field} «\u00a0{value}\u00a0»\u00a0: au-delà de dix milliards\u00a0: vérifiez le " +
			"montant",
		"{field} \"{value}\": beyond ten billion: check the amount",
	},
	"currency_unknown": {
		"devise «\u00a0{value}\u00a0»\u00a0: ce n’est pas un code de devise\u00a0: écrivez par " +
			"exemple EUR ou CHF",
		"currency \"{value}\": this is not a currency code: write for instance EUR or CHF",
	},
	"currency_conflict": {
		"{field} «\u00a0{value}\u00a0»\u00a0: la devise n’est pas {1}, dite ailleurs sur la " +
			"ligne\u00a0: gardez une seule devise",
		"{field} \"{value}\": the currency is not {1}, said elsewhere in the row: keep one " +
			"currency",
	},
	"date_unreadable": {
		"{field} «\u00a0{value}\u00a0»\u00a0: ce n’est pas une date\u00a0: écrivez 21/11/2026 " +
			"ou 2026-11-21",
		"{field} \"{value}\": this is not a date: write 21/11/2026 or 2026-11-21",
	},
	"date_impossible": {
		"{field} «\u00a0{value}\u00a0»\u00a0: ce jour n’existe pas\u00a0: corrigez la date " +
			"(jour, puis mois, puis année)",
		"{field} \"{value}\": there is no such day: correct the date (day, then month, then " +
			"year)",
	},
	"date_out_of_range": {
		"{field} «\u00a0{value}\u00a0»\u00a0: l’année n’est pas entre 2000 et 2100\u00a0: " +
			"corrigez la date",
		"{field} \"{value}\": the year is not between 2000 and 2100: correct the date",
	},
	"date_ambiguous": {
		"{field} «\u00a0{value}\u00a0»\u00a0: d’autres dates du fichier commencent par le " +
			"mois, celle-ci peut se lire de deux façons\u00a0: choisissez l’ordre du jour et du " +
			"mois, ou écrivez 2026-11-21",
		"{field} \"{value}\": other dates of the file begin with the month, this one reads in " +
			"two ways: choose the order of day and month, or write 2026-11-21",
	},
	"issue_date_missing": {
		"date de facture absente\u00a0: sans elle, ni échéance ni prescription ne se " +
			"calculent\u00a0: ajoutez-la",
		"issue date missing: without it neither due date nor limitation can be computed: add it",
	},
	"client_type_unknown": {
		"type de client «\u00a0{value}\u00a0»\u00a0: il décide du droit qui s’applique et ne " +
			"se devine pas\u00a0: écrivez b2b, b2c ou public",
		"client type \"{value}\": it decides which law applies and cannot be guessed: write " +
			"b2b, b2c or public",
	},
	"paid_contradiction": {
		"date de paiement «\u00a0{value}\u00a0»\u00a0: la ligne dit aussi que rien n’est " +
			"payé\u00a0: corrigez l’un des deux",
		"payment date \"{value}\": the row also says that nothing is paid: correct one of the " +
			"two",
	},
	"paid_sign": {
		"déjà payé {value}\u00a0: de signe contraire au montant {1}\u00a0: corrigez l’un des " +
			"deux",
		"already paid {value}: its sign is contrary to that of the amount {1}: correct one of " +
			"the two",
	},
	"paid_more": {
		"déjà payé {value}\u00a0: plus que le montant {1}\u00a0: corrigez-le, ou enregistrez " +
			"le trop-perçu comme un règlement",
		"already paid {value}: more than the amount {1}: correct it, or record the excess as a " +
			"payment",
	},
	"left_range": {
		"reste à payer «\u00a0{value}\u00a0»\u00a0: n’est pas entre zéro et le montant " +
			"{1}\u00a0: corrigez-le",
		"left to pay \"{value}\": not between zero and the amount {1}: correct it",
	},
	"draft_or_cancelled": {
		"statut «\u00a0{value}\u00a0»\u00a0: un brouillon ou une facture annulée ne se réclame " +
			"pas\u00a0: rien à faire, ou corrigez le statut",
		"status \"{value}\": a draft or a cancelled invoice is not claimed: nothing to do, or " +
			"correct the status",
	},
	"number_twice": {
		"numéro «\u00a0{value}\u00a0»\u00a0: la ligne {1} le porte aussi avec un autre " +
			"contenu, on ne sait laquelle croire\u00a0: aucune n’est prise, corrigez l’un des " +
			"numéros ou réunissez les lignes",
		"number \"{value}\": line {1} has it too with other contents, nobody can tell which is " +
			"right: neither is taken, correct one number or join the rows",
	},
	"row_twice": {
		"numéro «\u00a0{value}\u00a0»\u00a0: même facture que ligne {1}\u00a0: comptée une " +
			"seule fois, rien à faire",
		"number \"{value}\": same invoice as line {1}: counted once, nothing to do",
	},
	"total_line": {
		"ligne de total\u00a0: ce n’est pas une facture\u00a0: laissée de côté, rien à faire",
		"total line: this is not an invoice: left out, nothing to do",
	},
	"header_again": {
		"en-tête répété\u00a0: ce n’est pas une facture\u00a0: laissé de côté, rien à faire",
		"header repeated: this is not an invoice: left out, nothing to do",
	},
	"day_first_assumed": {
		"dates\u00a0: aucune ne dit si le jour ou le mois vient en premier\u00a0: le jour a " +
			"été pris en premier, vérifiez-en une",
		"dates: none tells whether the day or the month comes first: the day was taken first, " +
			"check one",
	},
	"due_before_issue": {
		"échéance «\u00a0{value}\u00a0»\u00a0: elle précède la date de facture\u00a0: vérifiez " +
			"les deux dates",
		"due date \"{value}\": it is before the issue date: check both dates",
	},
	"paid_before_issue": {
		"date de paiement «\u00a0{value}\u00a0»\u00a0: elle précède la date de facture\u00a0: " +
			"vérifiez s’il s’agit d’un acompte",
		"payment date \"{value}\": it is before the issue date: check whether it is an advance",
	},
	"email_unreadable": {
		"e-mail «\u00a0{value}\u00a0»\u00a0: ce n’est pas une adresse\u00a0: laissée de côté, " +
			"complétez la fiche du client",
		"e-mail \"{value}\": this is not an address: left out, complete the client's record",
	},
	"identifier_unreadable": {
		"{field} «\u00a0{value}\u00a0»\u00a0: n’a pas le bon nombre de chiffres (un tableur " +
			"l’a peut-être abîmé)\u00a0: laissé de côté, complétez la fiche du client",
		"{field} \"{value}\": has not the right number of digits (a spreadsheet may have " +
			"damaged it): left out, complete the client's record",
	},
	"identifier_check": {
		"{field} «\u00a0{value}\u00a0»\u00a0: sa clé de contrôle est fausse\u00a0: gardé tel " +
			"quel, vérifiez-le",
		"{field} \"{value}\": its check digit is wrong: kept as it is, check it",
	},
	"siret_of_another": {
		"SIRET «\u00a0{value}\u00a0»\u00a0: ne commence pas par le SIREN {1}\u00a0: vérifiez " +
			"les deux",
		"SIRET \"{value}\": does not begin with the SIREN {1}: check both",
	},
	"status_says_paid": {
		"statut «\u00a0{value}\u00a0»\u00a0: ni montant ni date de paiement ne le " +
			"confirme\u00a0: prise comme due, ajoutez le paiement s’il a eu lieu",
		"status \"{value}\": neither a paid amount nor a payment date confirms it: taken as " +
			"owed, add the payment if it was made",
	},
	"left_differs": {
		"reste à payer «\u00a0{value}\u00a0»\u00a0: le montant moins le déjà payé donne " +
			"{1}\u00a0: le déjà payé a été suivi, vérifiez",
		"left to pay \"{value}\": the amount less what is paid gives {1}: what is paid was " +
			"followed, check it",
	},
}
