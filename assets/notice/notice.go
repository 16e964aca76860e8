// Package notice embeds what the program knows of the senders of payment messages; app/notice says
// what each key means.
package notice

import _ "embed"

// Senders is the registry: families of senders, phrases and labels in five languages (JSON).
//
//go:embed senders.json
var Senders []byte
