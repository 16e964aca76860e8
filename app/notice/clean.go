package notice

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// cleanText keeps what a reader sees: control characters, zero-width characters and bidirectional
// controls are dropped, line ends become "\n", the rest is put in NFC. reordered tells that a
// bidirectional control was there, because then the eye saw another order than the bytes.
func cleanText(text string) (clean string, reordered bool) {
	if isPlainASCII(text) {
		return text, false
	}
	var out strings.Builder
	out.Grow(len(text))
	for i, r := range text {
		switch {
		case r == '\n' || r == '\t':
			out.WriteRune(r)
		case r == '\r':
			if i+1 >= len(text) || text[i+1] != '\n' {
				out.WriteByte(' ')
			}
		case isBidiControl(r):
			reordered = true
		case isInvisible(r):
		default:
			out.WriteRune(r)
		}
	}
	return norm.NFC.String(out.String()), reordered
}

// isPlainASCII reports that nothing needs cleaning.
func isPlainASCII(text string) bool {
	for i := range len(text) {
		if b := text[i]; b >= 0x7f || b < 0x20 && b != '\n' && b != '\t' {
			return false
		}
	}
	return true
}

func isBidiControl(r rune) bool {
	return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

// isInvisible covers C0, C1, zero-width and other format characters, tags and noncharacters.
func isInvisible(r rune) bool {
	return r < 0x20 || r >= 0x7f && r <= 0x9f || r == 0x034f || r == 0x115f || r == 0x1160 ||
		r == 0x17b4 || r == 0x17b5 || r == 0x3164 || r == 0xffa0 || r >= 0xfe00 && r <= 0xfe0f ||
		r > 0x7f && unicode.Is(unicode.Cf, r)
}

// cleanLine is cleanText for header values and names: one line, blanks folded.
func cleanLine(text string) (string, bool) {
	clean, reordered := cleanText(text)
	return strings.Join(strings.Fields(clean), " "), reordered
}

// foldRune writes the comparison form of one rune: lower case, without accent, typographic
// apostrophes and blanks made plain.
func foldRune(out []byte, r rune) []byte {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return append(out, byte(r))
	}
	switch r {
	case '\u2019', '\u2018', '\u02bc', '\u00b4':
		return append(out, '\'')
	case '\u00a0', '\u202f', '\u2009', '\u2007', '\u2002', '\u2003', '\u3000':
		return append(out, ' ')
	case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2212':
		return append(out, '-')
	case 'œ', 'Œ':
		return append(out, 'o', 'e')
	case 'æ', 'Æ':
		return append(out, 'a', 'e')
	case 'ß':
		return append(out, 's', 's')
	}
	if r < 0x250 {
		if base := latinBase[r]; base != 0 {
			return append(out, base)
		}
	}
	return utf8.AppendRune(out, unicode.ToLower(r))
}

// latinBase maps the accented letters below U+0250 to their plain lower-case letter.
var latinBase = makeLatinBase()

func makeLatinBase() (table [0x250]byte) {
	for r := rune(0x80); r < 0x250; r++ {
		base, _ := utf8.DecodeRuneInString(norm.NFD.String(string(r)))
		if base = unicode.ToLower(base); base < utf8.RuneSelf {
			table[r] = byte(base)
		}
	}
	return table
}

// fold is the comparison form of a short text.
func fold(text string) string {
	out := make([]byte, 0, len(text))
	for _, r := range text {
		out = foldRune(out, r)
	}
	return string(out)
}

// wordsOf is the comparison form reduced to words parted by single blanks.
func wordsOf(text string) string {
	return strings.Join(strings.FieldsFunc(fold(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\''
	}), " ")
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

func isASCIILetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

// isWordByte takes every byte of a non-ASCII character for a letter.
func isWordByte(b byte) bool { return isDigit(b) || isASCIILetter(b) || b >= utf8.RuneSelf }

// clip shortens a text to at most limit bytes without cutting a character.
func clip(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	for limit > 0 && !utf8.RuneStart(text[limit]) {
		limit--
	}
	return text[:limit]
}
