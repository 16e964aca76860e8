package letter

import (
	"regexp"
	"strconv"
	"strings"

	"dument/app/date"
	"dument/app/law"
	"dument/app/money"
)

const (
	narrow = money.NarrowNoBreakSpace
	solid  = money.NoBreakSpace
	minus  = "\u2212"
	absent = "\u2013" // the en dash of an empty cell
)

// spacings are the places where French print wants a space that does not break, in order.
var spacings = []struct {
	pattern     *regexp.Regexp
	replacement string
}{
	{regexp.MustCompile(`[ \x{a0}]([;:!?])`), narrow + "$1"},
	{regexp.MustCompile(`«[ \x{a0}\x{202f}]?`), "«" + narrow},
	{regexp.MustCompile(`[ \x{a0}\x{202f}]?»`), narrow + "»"},
	{regexp.MustCompile(`n° `), "n°" + solid},
	{regexp.MustCompile(`\b([Aa]rticles?|art\.) `), "$1" + solid},
	{regexp.MustCompile(`\b([LRD]\.) (\d)`), "$1" + solid + "$2"},
	{regexp.MustCompile(`(\d) (€|%)`), "$1" + solid + "$2"},
	{regexp.MustCompile(`(\d|1er) (janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|` +
		`novembre|décembre)\b`), "$1" + solid + "$2"},
}

// typeset gives a French sentence its apostrophes and its no-break spaces. It leaves a sentence that
// has them already as it is.
func typeset(text string) string {
	text = strings.ReplaceAll(text, "'", "’")
	for _, spacing := range spacings {
		text = spacing.pattern.ReplaceAllString(text, spacing.replacement)
	}
	return text
}

// raise parts a span at the ordinal of "1er", which French print sets above the line.
func raise(spans Text, text string, bold bool) Text {
	for {
		place := ordinal(text)
		if place < 0 {
			if text != "" {
				spans = append(spans, Span{Text: text, Bold: bold})
			}
			return spans
		}
		spans = append(spans, Span{Text: text[:place], Bold: bold},
			Span{Text: text[place : place+2], Bold: bold, Raised: true})
		text = text[place+2:]
	}
}

// ordinal finds the "er" of a "1er" that stands alone, -1 if there is none.
func ordinal(text string) int {
	from := 0
	for {
		found := strings.Index(text[from:], "1er")
		if found < 0 {
			return -1
		}
		start, end := from+found, from+found+3
		before := start == 0 || !isWordByte(text[start-1])
		after := end == len(text) || !isWordByte(text[end])
		if before && after {
			return start + 1
		}
		from = end
	}
}

// isWordByte takes every byte above ASCII for part of a word, except the lead byte of the no-break
// spaces, of which U+00A0 is C2 A0 and U+202F is E2 80 AF.
func isWordByte(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '-' ||
		b >= 0x80 && b != 0xc2 && b != 0xe2 && b != 0xa0 && b != 0xaf
}

// figure writes an amount without unit, for a column whose head says it.
func figure(amount money.Cents) string {
	return strings.Replace(amount.Figure("fr"), "-", minus, 1)
}

// euros writes an amount with its unit.
func euros(amount money.Cents) string { return figure(amount) + solid + "€" }

// percent writes a rate with two decimals, or as many more as it has.
func percent(rate law.Rate) string { return strings.Replace(rate.Percent("fr"), "-", minus, 1) }

// dayAndMonth is "8 décembre": a date whose year was said before.
func dayAndMonth(d date.Date) string {
	long := d.Long("fr")
	return long[:strings.LastIndexByte(long, ' ')]
}

// weekdayAndDate is "mardi 8 décembre 2026"; the weekday does not part from its day.
func weekdayAndDate(d date.Date) string {
	return strings.Replace(d.LongWithWeekday("fr"), " ", solid, 1)
}

// enumerate joins words as a sentence does: "a", "a et b", "a, b et c".
func enumerate(words []string) string {
	switch len(words) {
	case 0:
		return ""
	case 1:
		return words[0]
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " et " + words[last]
}

// enumerateDates writes "8 et 19 octobre 2026", "7 juillet et 12 octobre 2026": month and year once for
// the dates that share them.
func enumerateDates(days []date.Date) string {
	words := make([]string, len(days))
	for i, day := range days {
		words[i] = day.Long("fr")
		if i+1 == len(days) {
			break
		}
		year, month, _ := day.YMD()
		nextYear, nextMonth, _ := days[i+1].YMD()
		switch {
		case year == nextYear && month == nextMonth:
			words[i], _, _ = strings.Cut(dayAndMonth(day), solid)
		case year == nextYear:
			words[i] = dayAndMonth(day)
		}
	}
	return enumerate(words)
}

var smallNumbers = [...]string{"zéro", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit",
	"neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize"}

// countInWords writes a number of feminine things, in words up to sixteen.
func countInWords(n int) string {
	if n < len(smallNumbers) {
		return smallNumbers[n]
	}
	return strconv.Itoa(n)
}

// capitalise gives a sentence its first capital.
func capitalise(text string) string {
	first, rest := splitFirst(text)
	return strings.ToUpper(first) + rest
}

func splitFirst(text string) (first, rest string) {
	for i := range text {
		if i > 0 {
			return text[:i], text[i:]
		}
	}
	return text, ""
}

// grouped writes an identifier in groups: sizes 3, 3, 3 for a SIREN, and 5 more for a SIRET.
func grouped(identifier string, space string, sizes ...int) string {
	rest := []rune(identifier)
	var groups []string
	for _, size := range sizes {
		if size >= len(rest) {
			break
		}
		groups = append(groups, string(rest[:size]))
		rest = rest[size:]
	}
	return strings.Join(append(groups, string(rest)), space)
}

// beginning is the first characters of a text.
func beginning(text string, count int) string {
	characters := []rune(text)
	return string(characters[:min(len(characters), count)])
}

// Figure writes an amount as the columns of a letter do, for the sums that page breaks call for.
func Figure(amount money.Cents) string { return figure(amount) }
