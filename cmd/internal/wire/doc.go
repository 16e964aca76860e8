// Package wire makes the parts of the program and puts them together, the same way for the window and for
// the terminal companion: ledger, use cases, printing, files, keyring, inbox.
package wire
