// Package example holds the data of the example ledger: settings, a file of invoices and an inbox.
package example

import "embed"

// Settings is the example's settings file (TOML).
//
//go:embed settings.toml
var Settings []byte

// Invoices is the file of invoices that the example imports (CSV, semicolons).
//
//go:embed factures.csv
var Invoices []byte

// Mail holds the inbox: mail/NN-NAME.eml in the order of arrival. Lines end in LF here; a message on
// its way ends them in CRLF (RFC 5322, 2.1).
//
//go:embed mail/*.eml
var Mail embed.FS
