package exchange

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// trim takes blanks off both ends, and the spreadsheet's text mark ="…".
func trim(cell string) string {
	if n := len(cell); n > 0 && (cell[0] <= ' ' || cell[0] >= 0x80 || cell[n-1] <= ' ' || cell[n-1] >= 0x80) {
		cell = strings.TrimFunc(cell, func(r rune) bool {
			return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b'
		})
	}
	if len(cell) > 2 && cell[0] == '=' && cell[1] == '"' && cell[len(cell)-1] == '"' {
		return strings.TrimSpace(cell[2 : len(cell)-1])
	}
	return cell
}

// isSimple reports whether a text is printable ASCII, which needs no further look.
func isSimple(text string) bool {
	for i := range len(text) {
		if c := text[i]; c < 0x20 || c >= 0x7f {
			return false
		}
	}
	return true
}

// oneLine folds the line ends and tabs of a cell into blanks.
func oneLine(text string) string {
	if !strings.ContainsAny(text, "\r\n\t\v\f") {
		return text
	}
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return r == '\r' || r == '\n' || r == '\t' || r == '\v' || r == '\f'
	}), " ")
}

// isUnprintable: controls, and the marks that turn the direction of writing, with which a name can
// show something else than it says.
func isUnprintable(r rune) bool {
	return unicode.IsControl(r) || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}

// printable makes one line of a text and takes out what cannot be printed, for notes and headings.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if isUnprintable(r) {
			return -1
		}
		return r
	}, oneLine(text))
}

// clip shortens a value for a message.
func clip(value string) string {
	const most = 80
	if len(value) > 4*most {
		value = strings.ToValidUTF8(value[:4*most], "")
	}
	value = strings.TrimSpace(printable(value))
	if utf8.RuneCountInString(value) <= most {
		return value
	}
	return string([]rune(value)[:most]) + "…"
}
