package matching

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxTextBytes bounds the free text that is scanned for one movement.
const maxTextBytes = 256 << 10

// gap is what stands between two atoms.
type gap uint8

const (
	gapNone    gap = iota // letters and digits touch: F2026
	gapJoin               // one - . or _ without blanks: 2026-0041
	gapSlash              // one / without blanks
	gapDecimal            // one comma between two digits: an amount, or a tight list
	gapBlank              // blanks, brackets, colons, line ends
	gapList               // a comma, semicolon, plus or ampersand
	gapMoney              // a currency sign
)

// atom is a run of letters or a run of digits of a normalised text.
type atom struct {
	start, end int32
	digits     bool
	before     gap
}

// normalise brings a text to the form that numbers are compared in: compatibility forms resolved,
// capitals, one kind of dash and of blank, invisible characters gone, and N°, No and # written "NO ".
func normalise(text string) string {
	if len(text) > maxTextBytes {
		text = text[:maxTextBytes]
	}
	if isPlain(text) {
		return strings.ToUpper(text)
	}
	text = strings.Map(func(r rune) rune {
		if r == 'º' {
			return '°'
		}
		return r
	}, text)
	text = norm.NFKC.String(text)
	var out strings.Builder
	out.Grow(len(text) + 8)
	for _, r := range text {
		switch {
		case r == '°':
			out.WriteString("O ")
		case r == '#':
			out.WriteString(" NO ")
		case r == '\u00ad' || r == '\ufeff' || unicode.Is(unicode.Cf, r):
			// Invisible: it parts nothing that a reader sees.
		case unicode.Is(unicode.Pd, r) || r == '\u2212':
			out.WriteByte('-')
		case r == '\u2044' || r == '\u2215':
			out.WriteByte('/')
		case unicode.IsSpace(r) || r == utf8.RuneError:
			out.WriteByte(' ')
		default:
			out.WriteRune(unicode.ToUpper(r))
		}
	}
	return out.String()
}

// isPlain reports whether capitals are all that normalising would change.
func isPlain(text string) bool {
	for i := range len(text) {
		if text[i] >= 0x80 || text[i] == '#' {
			return false
		}
	}
	return true
}

// splitAtoms cuts a normalised text into runs of letters and runs of digits, in one pass.
func splitAtoms(text string, atoms []atom) []atom {
	lastEnd := 0
	for i := 0; i < len(text); {
		kind, width := classify(text, i)
		if kind == charOther {
			i += width
			continue
		}
		start := i
		for i < len(text) {
			next, nextWidth := classify(text, i)
			if next != kind {
				break
			}
			i += nextWidth
		}
		made := atom{start: int32(start), end: int32(i), digits: kind == charDigit, before: gapBlank}
		if len(atoms) > 0 {
			made.before = gapOf(text, lastEnd, start)
		}
		atoms = append(atoms, made)
		lastEnd = i
	}
	return atoms
}

type charKind uint8

const (
	charOther charKind = iota
	charLetter
	charDigit
)

func classify(text string, i int) (charKind, int) {
	b := text[i]
	switch {
	case 'A' <= b && b <= 'Z':
		return charLetter, 1
	case '0' <= b && b <= '9':
		return charDigit, 1
	case b < utf8.RuneSelf:
		return charOther, 1
	}
	r, width := utf8.DecodeRuneInString(text[i:])
	if unicode.IsLetter(r) || unicode.IsMark(r) {
		return charLetter, width
	}
	return charOther, width
}

func gapOf(text string, from, to int) gap {
	if from == to {
		return gapNone
	}
	if to == from+1 {
		switch text[from] {
		case '-', '.', '_':
			return gapJoin
		case '/':
			return gapSlash
		case ',':
			if isDigit(text[from-1]) && isDigit(text[to]) {
				return gapDecimal
			}
		}
	}
	between := text[from:to]
	if strings.ContainsAny(between, "€$£") {
		return gapMoney
	}
	if strings.ContainsAny(between, ",;+&") {
		return gapList
	}
	return gapBlank
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// compactOf keeps the letters and digits of a text, in capitals: "F 2026-0041" gives "F20260041".
func compactOf(text string) string {
	text = normalise(text)
	return joinAtoms(text, splitAtoms(text, nil))
}
