package letter

import "slices"

// repertoire lists, as closed ranges, every character that a letter may print. The embedded fonts
// are cut to exactly these characters, so that a text that passes here never prints an empty box.
// The soft hyphen (U+00AD) and the control characters are left out on purpose: what one cannot see
// does not belong in a letter.
var repertoire = [][2]rune{
	{0x20, 0x7e},     // ASCII
	{0xa0, 0xac},     // Latin-1, up to the soft hyphen
	{0xae, 0xff},     // Latin-1, after it
	{0x100, 0x148},   // Latin Extended-A, without the deprecated U+0149
	{0x14a, 0x17f},   // Latin Extended-A
	{0x192, 0x192},   // ƒ
	{0x218, 0x21b},   // Romanian s and t with comma
	{0x2012, 0x2015}, // dashes
	{0x2018, 0x201e}, // quotation marks
	{0x2020, 0x2022}, // daggers and bullet
	{0x2026, 0x2026}, // ellipsis
	{0x202f, 0x202f}, // narrow no-break space
	{0x2030, 0x2030}, // per mille
	{0x2032, 0x2033}, // primes
	{0x2039, 0x203a}, // single guillemets
	{0x20ac, 0x20ac}, // euro
	{0x2116, 0x2116}, // numero
	{0x2122, 0x2122}, // trade mark
	{0x2190, 0x2193}, // arrows
	{0x2212, 0x2212}, // minus
}

// Printable reports whether the letters' fonts have a glyph for r.
func Printable(r rune) bool {
	_, found := slices.BinarySearchFunc(repertoire, r, func(span [2]rune, r rune) int {
		switch {
		case r < span[0]:
			return 1
		case r > span[1]:
			return -1
		}
		return 0
	})
	return found
}

// Repertoire is every printable character, in order. The tool that cuts the fonts reads it.
func Repertoire() []rune {
	var all []rune
	for _, span := range repertoire {
		for r := span[0]; r <= span[1]; r++ {
			all = append(all, r)
		}
	}
	return all
}
