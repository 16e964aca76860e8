package notice

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
)

// decodeCharset turns bytes into UTF-8. The names follow the WHATWG table, so that iso-8859-1 and
// us-ascii are read as windows-1252 and the euro sign 0x80 survives. An unknown name or bytes that do
// not fit give replacement characters and doubt.
func decodeCharset(raw []byte, name string) (text string, doubt bool) {
	name = strings.ToLower(strings.TrimSpace(name))
	switch name {
	case "", "utf-8", "utf8", "us-ascii", "ascii":
		if utf8.Valid(raw) {
			return string(raw), false
		}
		if name == "utf-8" || name == "utf8" {
			return strings.ToValidUTF8(string(raw), "\ufffd"), true
		}
		name, doubt = "windows-1252", true
	}
	encoding, err := htmlindex.Get(name)
	if err != nil {
		return replaceUnknown(raw), true
	}
	decoded, err := encoding.NewDecoder().Bytes(raw)
	if err != nil {
		return replaceUnknown(raw), true
	}
	return string(decoded), doubt || bytes.Contains(decoded, []byte("\ufffd"))
}

// replaceUnknown keeps the ASCII bytes and replaces every other one.
func replaceUnknown(raw []byte) string {
	var out strings.Builder
	for _, b := range raw {
		if b < utf8.RuneSelf {
			out.WriteByte(b)
		} else {
			out.WriteRune(utf8.RuneError)
		}
	}
	return out.String()
}

// htmlCharset finds the charset that an HTML part declares in its first kilobyte.
func htmlCharset(raw []byte) string {
	start := bytes.ToLower(raw[:min(len(raw), 1024)])
	at := bytes.Index(start, []byte("charset="))
	if at < 0 {
		return ""
	}
	value := bytes.TrimLeft(start[at+len("charset="):], `"' `)
	if end := bytes.IndexAny(value, `"'>; /`); end >= 0 {
		return string(value[:end])
	}
	return ""
}
