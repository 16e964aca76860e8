package notice

import (
	"strings"
	"unicode/utf8"
)

// likeness says how a domain imitates another.
type likeness int

const (
	unlike likeness = iota
	// dressed: the name with a word more or one letter changed; an honest firm may have such a name.
	dressed
	// disguised: the same to the eye, or the true name put before a foreign ending.
	disguised
)

// lookAlike tells whose name a From domain imitates; protected are the domains that must not be
// borrowed. The domain itself is none of them nor under one.
func lookAlike(domain string, protected []string) (imitated string, how likeness) {
	shown, decoded := displayDomain(domain)
	foreign := decoded || !isPlainASCII(shown)
	shape := skeleton(shown)
	for _, base := range protected {
		label, _, _ := strings.Cut(base, ".")
		if len(label) < 3 || within(domain, base) {
			continue
		}
		baseShape := skeleton(base)
		labelShape := skeleton(label)
		switch {
		case within(shape, baseShape) && !within(shown, base),
			strings.Contains("."+shown+".", "."+base+"."):
			return base, disguised
		case len(label) < 5:
		case hasImitatedLabel(shape, labelShape, foreign) || isOneEditAway(shape, baseShape):
			imitated, how = base, dressed
		}
	}
	return imitated, how
}

// hasImitatedLabel finds a protected label dressed up: "qonto-secure.example", "secure.qonto-fr.com",
// or the bare label under another ending when foreign letters were used.
func hasImitatedLabel(shape, label string, foreign bool) bool {
	for one := range strings.SplitSeq(shape, ".") {
		if one == label && foreign {
			return true
		}
		if one != label && strings.Contains("-"+one+"-", "-"+label+"-") {
			return true
		}
	}
	return false
}

// isOneEditAway compares whole domains with the same ending: one letter changed, added or left out.
func isOneEditAway(a, b string) bool {
	if a == b || len(a) > len(b)+1 || len(b) > len(a)+1 {
		return false
	}
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	switch {
	case len(a) == len(b):
		return a[i+1:] == b[i+1:] || i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
	case len(a) > len(b):
		return a[i+1:] == b[i:]
	}
	return a[i:] == b[i+1:]
}

// confusables maps letters of other scripts, and digits, to the Latin letter they look like.
var confusables = map[rune]rune{
	'а': 'a', 'ɑ': 'a', 'α': 'a', 'е': 'e', 'ё': 'e', 'ε': 'e', 'о': 'o', 'ο': 'o', 'σ': 'o', '0': 'o',
	'р': 'p', 'ρ': 'p', 'с': 'c', 'ϲ': 'c', 'у': 'y', 'γ': 'y', 'х': 'x', 'χ': 'x', 'і': 'i', 'ι': 'i',
	'ı': 'i', '1': 'l', 'ӏ': 'l', 'ⅼ': 'l', 'ѕ': 's', 'ј': 'j', 'һ': 'h', 'ԛ': 'q', 'ԝ': 'w', 'ѡ': 'w',
	'ν': 'v', 'ѵ': 'v', 'к': 'k', 'κ': 'k', 'т': 't', 'τ': 't', 'м': 'm', 'н': 'h', 'п': 'n', 'η': 'n',
	'в': 'b', 'ь': 'b', 'г': 'r', 'ɡ': 'g', 'ո': 'n', 'օ': 'o', 'ս': 'u', 'υ': 'u', 'ω': 'w',
}

// skeleton is what a domain looks like: foreign letters replaced, accents dropped, "rn" read as "m".
func skeleton(domain string) string {
	out := make([]byte, 0, len(domain))
	for _, r := range domain {
		if plain, ok := confusables[r]; ok {
			r = plain
		}
		out = foldRune(out, r)
	}
	shape := strings.ReplaceAll(string(out), "rn", "m")
	return strings.ReplaceAll(shape, "vv", "w")
}

// displayDomain decodes the punycode labels of a domain (RFC 3492); decoded tells that there was one.
func displayDomain(domain string) (shown string, decoded bool) {
	labels := strings.Split(domain, ".")
	for i, label := range labels {
		if code, ok := strings.CutPrefix(label, "xn--"); ok {
			decoded = true
			if text, ok := decodePunycode(code); ok {
				labels[i] = text
			}
		}
	}
	return strings.ToLower(strings.Join(labels, ".")), decoded
}

// Parameters of punycode (RFC 3492, 5).
const (
	punycodeBase, punycodeTMin, punycodeTMax  = 36, 1, 26
	punycodeSkew, punycodeDamp, punycodeStart = 38, 700, 128
)

func decodePunycode(code string) (string, bool) {
	var out []rune
	if mark := strings.LastIndexByte(code, '-'); mark > 0 {
		out, code = []rune(code[:mark]), code[mark+1:]
	}
	n, i, bias := rune(punycodeStart), 0, 72
	for at := 0; at < len(code); {
		before, weight := i, 1
		for k := punycodeBase; ; k += punycodeBase {
			if at >= len(code) || len(out) > 63 {
				return "", false
			}
			digit := punycodeDigit(code[at])
			at++
			if digit < 0 || digit > (1<<30-i)/weight {
				return "", false
			}
			i += digit * weight
			threshold := min(max(k-bias, punycodeTMin), punycodeTMax)
			if digit < threshold {
				break
			}
			weight *= punycodeBase - threshold
			if weight > 1<<30 {
				return "", false
			}
		}
		length := len(out) + 1
		bias = punycodeAdapt(i-before, length, before == 0)
		n += rune(i / length)
		i %= length
		if !utf8.ValidRune(n) {
			return "", false
		}
		out = append(out[:i], append([]rune{n}, out[i:]...)...)
		i++
	}
	return string(out), true
}

func punycodeDigit(b byte) int {
	switch {
	case isDigit(b):
		return int(b-'0') + 26
	case isASCIILetter(b) && b < 0x80:
		return int(b | 0x20 - 'a')
	}
	return -1
}

func punycodeAdapt(delta, length int, first bool) int {
	if first {
		delta /= punycodeDamp
	} else {
		delta /= 2
	}
	delta += delta / length
	k := 0
	for ; delta > (punycodeBase-punycodeTMin)*punycodeTMax/2; k += punycodeBase {
		delta /= punycodeBase - punycodeTMin
	}
	return k + (punycodeBase-punycodeTMin+1)*delta/(delta+punycodeSkew)
}
