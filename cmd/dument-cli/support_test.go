package main

import "fmt"

// bankNotice is a message of the user's bank about money that came in.
func bankNotice(amount, reference, id string) string {
	return fmt.Sprintf("Authentication-Results: mx.monfai.example; spf=pass smtp.mailfrom=banque.example;"+
		" dkim=pass header.d=banque.example; dmarc=pass header.from=banque.example\r\n"+
		"From: Banque Exemple <alertes@banque.example>\r\nTo: claire@atelier-vasseur.example\r\n"+
		"Subject: Virement recu\r\nDate: Wed, 15 Apr 2026 08:30:00 +0200\r\nMessage-ID: <%s@banque.example>\r\n"+
		"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"+
		"Bonjour,\r\nVous avez reçu un virement sur votre compte FR76 **** **** 0189.\r\n"+
		"Montant : %s EUR\r\nÉmetteur : ALPHA SARL\r\nMotif : %s\r\nDate : 15/04/2026\r\n", id, amount, reference)
}
