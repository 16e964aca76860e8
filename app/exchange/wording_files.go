package exchange

// fileWording says what is wrong with a file, why, and what to do.
var fileWording = map[string]wording{
	"empty": {
		"fichier vide\u00a0: il n’y a rien à lire\u00a0: exportez-le de nouveau",
		"file empty: there is nothing to read: export it again",
	},
	"too_large": {
		"fichier trop grand\u00a0: plus de 50 Mo\u00a0: coupez-le en plusieurs fichiers",
		"file too large: more than 50 MB: cut it into several files",
	},
	"too_many_rows": {
		"fichier trop long\u00a0: plus de 200 000 lignes\u00a0: coupez-le en plusieurs fichiers",
		"file too long: more than 200,000 rows: cut it into several files",
	},
	"pdf": {
		"PDF\u00a0: ce n’est pas un tableau\u00a0: choisissez l’export CSV de votre logiciel " +
			"de facturation",
		"PDF: this is not a table: choose the CSV export of your invoicing program",
	},
	"xlsx": {
		"classeur Excel\u00a0: il se lit ici une fois enregistré en CSV\u00a0: dans le " +
			"tableur, «\u00a0Enregistrer sous\u00a0», puis «\u00a0CSV UTF-8\u00a0»",
		"Excel workbook: it is read here once saved as CSV: in the spreadsheet, \"Save as\", " +
			"then \"CSV UTF-8\"",
	},
	"xls": {
		"ancien classeur Excel\u00a0: il se lit ici une fois enregistré en CSV\u00a0: dans le " +
			"tableur, «\u00a0Enregistrer sous\u00a0», puis «\u00a0CSV UTF-8\u00a0»",
		"old Excel workbook: it is read here once saved as CSV: in the spreadsheet, \"Save " +
			"as\", then \"CSV UTF-8\"",
	},
	"ods": {
		"classeur LibreOffice\u00a0: il se lit ici une fois enregistré en CSV\u00a0: dans le " +
			"tableur, «\u00a0Enregistrer sous\u00a0», puis «\u00a0Texte CSV\u00a0»",
		"LibreOffice workbook: it is read here once saved as CSV: in the spreadsheet, \"Save " +
			"as\", then \"Text CSV\"",
	},
	"archive": {
		"archive compressée\u00a0: elle contient d’autres fichiers\u00a0: extrayez-les, puis " +
			"choisissez le CSV",
		"compressed archive: it holds other files: extract them, then choose the CSV",
	},
	"picture": {
		"image\u00a0: ce n’est pas un tableau\u00a0: choisissez un fichier CSV",
		"picture: this is not a table: choose a CSV file",
	},
	"ledger": {
		"base de données SQLite\u00a0: elle s’ouvre et ne s’importe pas\u00a0: choisissez un " +
			"fichier CSV",
		"SQLite database: it is opened, not imported: choose a CSV file",
	},
	"binary": {
		"fichier binaire\u00a0: ce n’est pas du texte\u00a0: choisissez un fichier CSV",
		"binary file: this is not text: choose a CSV file",
	},
	"xml": {
		"fichier XML\u00a0: ce n’est pas un tableau de factures\u00a0: choisissez un fichier " +
			"CSV",
		"XML file: this is not a table of invoices: choose a CSV file",
	},
	"json": {
		"fichier JSON\u00a0: ce n’est pas un tableau de factures\u00a0: choisissez un fichier " +
			"CSV",
		"JSON file: this is not a table of invoices: choose a CSV file",
	},
	"web_page": {
		"page web\u00a0: une page de connexion a peut-être été enregistrée à la place du " +
			"fichier\u00a0: téléchargez de nouveau l’export",
		"web page: a login page may have been saved instead of the file: download the export " +
			"again",
	},
	"bank_file": {
		"relevé bancaire\u00a0: il contient des règlements et non des factures\u00a0: " +
			"choisissez un fichier de factures",
		"bank statement: it holds payments, not invoices: choose a file of invoices",
	},
	"message": {
		"message électronique\u00a0: ce n’est pas un tableau de factures\u00a0: enregistrez sa " +
			"pièce jointe, puis choisissez-la",
		"e-mail message: this is not a table of invoices: save its attachment, then choose that",
	},
	"no_header": {
		"en-tête introuvable\u00a0: aucune des 12 premières lignes ne nomme des colonnes " +
			"connues\u00a0: ajoutez une ligne Numéro, Client, Montant TTC, Date facture, Échéance",
		"header not found: none of the first 12 lines names known columns: add a line Number, " +
			"Client, Amount, Issue Date, Due Date",
	},
	"column_missing": {
		"colonne absente\u00a0: «\u00a0{field}\u00a0» est nécessaire à chaque facture\u00a0: " +
			"ajoutez-la ou renommez la colonne qui la contient",
		"column missing: every invoice needs \"{field}\": add it or rename the column that " +
			"holds it",
	},
	"column_twice": {
		"colonnes «\u00a0{1}\u00a0» et «\u00a0{2}\u00a0»\u00a0: les deux peuvent être " +
			"«\u00a0{field}\u00a0»\u00a0: renommez-en une",
		"columns \"{1}\" and \"{2}\": both can be \"{field}\": rename one of them",
	},
	"net_only": {
		"colonne «\u00a0{1}\u00a0»\u00a0: c’est un montant hors taxes, la créance se réclame " +
			"TTC\u00a0: ajoutez la colonne Montant TTC",
		"column \"{1}\": it is an amount without tax, and the debt includes tax: add a column " +
			"Amount with tax",
	},
}
