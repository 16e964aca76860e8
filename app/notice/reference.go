package notice

import (
	"slices"
	"strings"
	"unicode/utf8"

	"dument/app/date"
)

const (
	maxReferences     = 50
	maxReferenceBytes = 40
)

// word is a run of letters, digits and inner marks, with its place.
type word struct {
	text       string
	start, end int
}

// findReferences lists what may be an invoice number or another reference, as printed: letters with
// digits ("F2026-0041", "FA 2026 0041"), a year with a number ("2026-0041"), a number behind a word
// such as "facture n°", a creditor reference of ISO 11649 ("RF18 5390 …"). Amounts, dates, account
// numbers, addresses and transaction identifiers are left out.
func (r *Registry) findReferences(text string, taken []string) (references []string) {
	add := func(found string) {
		if len(found) <= maxReferenceBytes && len(references) < maxReferences &&
			!slices.Contains(references, found) {
			references = append(references, found)
		}
	}
	text = joinBrokenReferences(text)
	words := referenceWords(text)
	for i := 0; i < len(words) && len(references) < maxReferences; i++ {
		w := words[i]
		if !strings.ContainsAny(w.text, "0123456789") {
			if r.refWords[fold(strings.Trim(w.text, "°."))] || r.refWords[fold(w.text)] {
				i += r.numberBehind(words, i, add)
				continue
			}
			if used := spacedReference(words, i); used > 0 {
				add(joinWords(words[i : i+used+1]))
				i += used
			}
			continue
		}
		switch {
		case slices.Contains(taken, w.text) || r.isTransactionID(w.text):
		case isCreditorReferenceStart(w.text):
			used := creditorReference(words, i)
			if used >= 0 {
				add(joinWords(words[i : i+used+1]))
				i += used
			}
		case looksLikeAccount(w.text) || isAccountStart(words, i) || isMaskedStart(text, w):
		case isReference(w.text):
			add(r.withoutTag(w.text))
		}
	}
	return references
}

// withoutTag takes the tag off a structured remittance such as "/INV/F2026-0041".
func (r *Registry) withoutTag(text string) string {
	tag, rest, ok := strings.Cut(text, "/")
	if ok && r.refWords[fold(tag)] && isReference(rest) {
		return rest
	}
	return text
}

// joinBrokenReferences mends a reference that was wrapped behind its mark.
func joinBrokenReferences(text string) string {
	for _, wrapped := range []string{"-\n", "/\n"} {
		if strings.Contains(text, wrapped) {
			text = strings.ReplaceAll(text, wrapped, wrapped[:1])
		}
	}
	return strings.ReplaceAll(text, "\n-", "-")
}

// referenceWords cuts the text; "-", "/", "_" and "." stay inside a word when they stand between two
// word characters.
func referenceWords(text string) (words []word) {
	for i := 0; i < len(text) && len(words) < 20_000; {
		if !isWordByte(text[i]) || !isASCIIStart(text, i) {
			i++
			continue
		}
		end := i
		for end < len(text) {
			b := text[end]
			inner := strings.IndexByte("-/_.@,", b) >= 0 && end+1 < len(text) && isWordByte(text[end+1])
			if !isWordByte(b) && !inner {
				break
			}
			if b >= utf8.RuneSelf && isSpaceRune(text, end) {
				break
			}
			end++
		}
		if end == i {
			i++
			continue
		}
		words = append(words, word{text[i:end], i, end})
		i = end
	}
	return words
}

func isASCIIStart(text string, at int) bool {
	return utf8.RuneStart(text[at]) && !isSpaceRune(text, at)
}

func isSpaceRune(text string, at int) bool {
	r, _ := utf8.DecodeRuneInString(text[at:])
	switch r {
	case '\u00a0', '\u202f', '\u2009', '«', '»', '–', '—', '…', '•', '·', '€', '’', '“', '”', '✓', '→':
		return true
	}
	return false
}

func joinWords(words []word) string {
	parts := make([]string, len(words))
	for i, w := range words {
		parts[i] = w.text
	}
	return strings.Join(parts, " ")
}

// isReference accepts letters with digits, or a year with a number.
func isReference(text string) bool {
	if strings.ContainsAny(text, "@,") || strings.HasPrefix(fold(text), "www.") {
		return false
	}
	letters, digits, marks, others := 0, 0, 0, 0
	for i := range len(text) {
		switch b := text[i]; {
		case isDigit(b):
			digits++
		case b >= utf8.RuneSelf:
			others++
		case isASCIILetter(b):
			letters++
		default:
			marks++
		}
	}
	if digits == 0 || others > 0 || digits+letters < 3 {
		return false
	}
	if letters == 0 {
		return isYearNumber(text)
	}
	if !isDigit(text[0]) {
		return letters <= 10 && digits >= 2 || letters <= 6 && marks > 0
	}
	return letters <= 4 && marks > 0 && digits >= 3 && !strings.ContainsAny(text, ".:")
}

// isYearNumber accepts "2026-0041" and "2026/41", not dates.
func isYearNumber(text string) bool {
	year, number, ok := cutAny(text, "-/_")
	if !ok || len(year) != 4 || !strings.HasPrefix(year, "20") || strings.ContainsAny(number, "-/._,") {
		return false
	}
	return allDigits(year) && allDigits(number) && len(number) >= 2
}

func cutAny(text, marks string) (before, after string, ok bool) {
	at := strings.IndexAny(text, marks)
	if at < 0 {
		return text, "", false
	}
	return text[:at], text[at+1:], true
}

func allDigits(text string) bool {
	for i := range len(text) {
		if !isDigit(text[i]) {
			return false
		}
	}
	return text != ""
}

// numberBehind takes the number behind a reference word: "facture n° 41" is kept whole, because the
// number alone could be anything; a number that is a reference by itself is kept alone.
func (r *Registry) numberBehind(words []word, i int, add func(string)) (used int) {
	last := i
	for last+1 < len(words) && last < i+3 && words[last+1].start-words[last].end <= 4 {
		next := words[last+1]
		if strings.ContainsAny(next.text, "0123456789") {
			last++
			break
		}
		if !r.refWords[fold(strings.Trim(next.text, "°."))] && fold(next.text) != "n°" {
			break
		}
		last++
	}
	text := words[last].text
	if last == i || !strings.ContainsAny(text, "0123456789") {
		return 0
	}
	switch {
	case looksLikeAccount(text) || r.isTransactionID(text) || strings.ContainsAny(text, "@,"):
		return 0
	case isReference(text):
		return last - i - 1
	case allDigits(text) && last+1 < len(words) && spacedNumber(words, last):
		add(joinWords(words[i : last+2]))
		return last + 1 - i
	case isMarkedNumber(text) && len(text) <= 12:
		add(joinWords(words[i : last+1]))
		return last - i
	}
	return 0
}

// isMarkedNumber accepts digits, with marks between them when they are no date.
func isMarkedNumber(text string) bool {
	if allDigits(text) {
		return true
	}
	if !allDigits(strings.NewReplacer("-", "", "/", "").Replace(text)) {
		return false
	}
	_, err := date.Read(text)
	return err != nil
}

// spacedNumber recognises "2026 0041" when its year is at i.
func spacedNumber(words []word, i int) bool {
	return len(words[i].text) == 4 && strings.HasPrefix(words[i].text, "20") && allDigits(words[i+1].text) &&
		len(words[i+1].text) <= 6 && words[i+1].start-words[i].end == 1
}

// spacedReference recognises "F 2026 0041": a short prefix in capitals, a year, a number.
func spacedReference(words []word, i int) (used int) {
	prefix := words[i].text
	if len(prefix) > 4 || prefix != strings.ToUpper(prefix) || !isASCIILetter(prefix[0]) ||
		i+1 >= len(words) || words[i+1].start-words[i].end != 1 {
		return 0
	}
	if i+2 < len(words) && allDigits(words[i+1].text) && spacedNumber(words, i+1) {
		return 2
	}
	if isYearNumber(words[i+1].text) {
		return 1
	}
	return 0
}

func isCreditorReferenceStart(text string) bool {
	return len(text) >= 4 && text[0] == 'R' && text[1] == 'F' && isDigit(text[2]) && isDigit(text[3])
}

// creditorReference reads a reference of ISO 11649 with its groups of four and checks its digits
// (modulo 97-10); -1 when it is none.
func creditorReference(words []word, i int) (used int) {
	joined := ""
	best := -1
	for n := 0; n < 7 && i+n < len(words); n++ {
		if n > 0 && (words[i+n].start-words[i+n-1].end != 1 || len(words[i+n].text) > 4) {
			break
		}
		joined += strings.ToUpper(words[i+n].text)
		if len(joined) > 4 && len(joined) <= 25 && modulo97(joined[4:]+joined[:4]) == 1 {
			best = n
		}
	}
	return best
}

func modulo97(text string) int {
	rest := 0
	for i := range len(text) {
		switch b := text[i]; {
		case isDigit(b):
			rest = (rest*10 + int(b-'0')) % 97
		case 'A' <= b && b <= 'Z':
			rest = (rest*100 + int(b-'A') + 10) % 97
		default:
			return -1
		}
	}
	return rest
}

// isTransactionID recognises the identifiers of known providers.
func (r *Registry) isTransactionID(text string) bool {
	for _, shape := range r.shapes {
		if shape.Prefix != "#" && shape.matches(text) {
			return true
		}
	}
	return false
}

func (s idShape) matches(text string) bool {
	rest, ok := strings.CutPrefix(text, s.Prefix)
	if !ok || len(rest) < s.Min || len(rest) > s.Max {
		return false
	}
	digits, letters := 0, 0
	for i := range len(rest) {
		b := rest[i]
		switch {
		case isDigit(b):
			digits++
		case s.Alphabet != "digits" && 'A' <= b && b <= 'Z', s.Alphabet == "alnum" && 'a' <= b && b <= 'z':
			letters++
		default:
			return false
		}
	}
	return digits > 0 && (s.Prefix != "" || letters > 0)
}

// looksLikeAccount recognises an IBAN written in one piece.
func looksLikeAccount(text string) bool { return len(text) >= 15 && hasCountryAndCheck(text) }

// isAccountStart recognises an IBAN written in groups of four.
func isAccountStart(words []word, i int) bool {
	return len(words[i].text) == 4 && hasCountryAndCheck(words[i].text) && i+1 < len(words) &&
		len(words[i+1].text) == 4 && words[i+1].start-words[i].end == 1
}

// isMaskedStart recognises the country and check digits before the masked rest: "FR76 ****".
func isMaskedStart(text string, w word) bool {
	rest := strings.TrimLeft(text[w.end:], " \u00a0\u202f")
	return len(w.text) == 4 && hasCountryAndCheck(w.text) &&
		(strings.HasPrefix(rest, "*") || strings.HasPrefix(rest, "•") || strings.HasPrefix(rest, "XX"))
}

func hasCountryAndCheck(text string) bool {
	return isUpperLetter(text[0]) && isUpperLetter(text[1]) && isDigit(text[2]) && isDigit(text[3])
}

func isUpperLetter(b byte) bool { return 'A' <= b && b <= 'Z' }
