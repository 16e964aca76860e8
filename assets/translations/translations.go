// Package translations embeds the texts of the window: for each language a folder of JSON files, one
// for each part of the window. Keys are stable names; values hold %s places. A key that ends in .one
// and .other is a plural.
package translations

import "embed"

// Files holds fr/*.json and en/*.json.
//
//go:embed fr/*.json en/*.json
var Files embed.FS
