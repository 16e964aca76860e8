package notice

import (
	"strings"
	"unicode/utf8"

	"dument/app/money"
)

// amount is a figure of the text that may be money.
type amount struct {
	cents    money.Cents
	currency money.Currency
	// start and end are its place in the text, currency and sign included.
	start, end int
	kind       labelKind
	row        int
	total      bool
	// ambiguous: the figure can be read two ways, or its currency marks disagree.
	ambiguous bool
	negative  bool
}

// findAmounts scans a text for amounts: a figure beside a currency, or one with two decimals.
func (r *Registry) findAmounts(text string) (amounts []amount) {
	for i := 0; i < len(text) && len(amounts) < 2000; i++ {
		if !isDigit(text[i]) {
			continue
		}
		end := figureEnd(text, i)
		if r.startsInsideToken(text, i) {
			i = tokenEnd(text, end) - 1
			continue
		}
		if found, ok := r.readAmount(text, i, end); ok {
			amounts = append(amounts, found)
			i = found.end - 1
			continue
		}
		i = tokenEnd(text, end) - 1
	}
	return amounts
}

// tokenEnd passes the rest of a word that begins with digits.
func tokenEnd(text string, at int) int {
	for at < len(text) && isWordByte(text[at]) {
		if _, size := utf8.DecodeRuneInString(text[at:]); size > 1 {
			break
		}
		at++
	}
	return at
}

// startsInsideToken reports that the digit belongs to a word, a reference, a date or an address.
func (r *Registry) startsInsideToken(text string, at int) bool {
	if at == 0 {
		return false
	}
	before := text[at-1]
	if isASCIILetter(before) && before < 0x80 {
		// "EUR1,200.00" is an amount, "F2026" is not.
		return at < 3 || !r.isCodeBefore(text, at)
	}
	switch before {
	case '.', ',', '/', '_', '#', '@', '\'', ':', '*', '=', '&':
		return at < 2 || before != ':' && text[at-2] != ' '
	case '-':
		return at >= 2 && (isWordByte(text[at-2]))
	}
	if before >= utf8.RuneSelf {
		last, _ := utf8.DecodeLastRuneInString(text[:at])
		return isLetterRune(last)
	}
	return false
}

func isLetterRune(r rune) bool {
	return r >= 0xc0 && r < 0x2000 && r != 0xd7 && r != 0xf7 || r >= 0x2c00
}

func (r *Registry) isCodeBefore(text string, at int) bool {
	code := text[at-3 : at]
	_, known := r.currencies[strings.ToLower(code)]
	return known && code == strings.ToUpper(code) && (at == 3 || !isWordByte(text[at-4]))
}

// blankAt returns the size of a blank that may part thousands, 0 when there is none.
func blankAt(text string, at int) int {
	r, size := utf8.DecodeRuneInString(text[at:])
	switch r {
	case ' ', '\u00a0', '\u202f', '\u2009', '\u2007', '\u2002', '\u2003':
		return size
	}
	return 0
}

// figureEnd extends a figure over its groups and its decimals.
func figureEnd(text string, start int) int {
	end := start
	for end < len(text) && isDigit(text[end]) {
		end++
	}
	grouped := end-start <= 3
	for end < len(text) {
		size := blankAt(text, end)
		if size == 0 && (text[end] == '\'' || strings.HasPrefix(text[end:], "\u2019")) {
			size = 1
			if text[end] != '\'' {
				size = 3
			}
		}
		digits := digitsAt(text, end+max(size, 1))
		switch {
		case size > 0 && grouped && digits == 3:
			end += size + 3
		case size == 0 && (text[end] == '.' || text[end] == ',') && digits > 0:
			end += 1 + digits
			grouped = grouped && digits == 3
		default:
			return end
		}
	}
	return end
}

func digitsAt(text string, at int) int {
	n := 0
	for at+n < len(text) && isDigit(text[at+n]) {
		n++
	}
	return n
}

// readAmount reads the figure text[start:end] with the currency and the sign around it.
func (r *Registry) readAmount(text string, start, end int) (amount, bool) {
	found := amount{start: start, end: end}
	reading, err := money.Read(text[start:end])
	if err != nil {
		return found, false
	}
	found.cents, found.ambiguous = reading.Cents, reading.Ambiguous
	conflict := false
	add := func(currency money.Currency, isCode bool, place int, after bool) {
		switch {
		case found.currency == "" || found.currency == currency:
			found.currency = currency
		case isCode && found.currency == "USD":
			found.currency = currency
		default:
			conflict = true
		}
		if after {
			found.end = place
		} else {
			found.start = place
		}
	}
	if currency, isCode, place, ok := r.currencyBefore(text, start); ok {
		add(currency, isCode, place, false)
		if more, code, farther, again := r.currencyBefore(text, place); again {
			add(more, code, farther, false)
		}
	}
	for range 2 {
		currency, isCode, place, ok := r.currencyAfter(text, found.end)
		if !ok {
			break
		}
		add(currency, isCode, place, true)
	}
	if found.currency == "" && !hasCents(text[start:end]) ||
		isContinued(text, found.end, found.currency != "") {
		return found, false
	}
	found.ambiguous = found.ambiguous || conflict
	found.readSign(text)
	return found, true
}

// hasCents reports that the figure ends in a mark and two digits.
func hasCents(figure string) bool {
	n := len(figure)
	return n > 3 && (figure[n-3] == ',' || figure[n-3] == '.')
}

// isContinued reports that the figure is the start of something else: a date, an hour, a rate, a word.
func isContinued(text string, end int, hasCurrency bool) bool {
	if end >= len(text) {
		return false
	}
	next := text[end]
	if next < 0x80 && isASCIILetter(next) || isDigit(next) || next == '%' || next == '_' || next == '@' {
		return true
	}
	if hasCurrency {
		return false
	}
	if size := blankAt(text, end); size > 0 && end+size < len(text) && text[end+size] == '%' {
		return true
	}
	return strings.IndexByte("/-:.,", next) >= 0 && digitsAt(text, end+1) > 0
}

// readSign looks for a sign or an accounting parenthesis before the figure.
func (a *amount) readSign(text string) {
	at := a.start
	for at > 0 && (text[at-1] == ' ' || strings.HasSuffix(text[:at], "\u00a0")) && a.start-at < 3 {
		at--
		if text[at] != ' ' {
			at--
		}
	}
	near := at == a.start
	switch {
	case strings.HasSuffix(text[:at], "+"):
		a.start = at - 1
	case strings.HasSuffix(text[:at], "-") && (near || signStandsAlone(text[:at-1])):
		a.start, a.negative = at-1, true
	case strings.HasSuffix(text[:at], "\u2212") && (near || signStandsAlone(text[:at-3])):
		a.start, a.negative = at-3, true
	case near && strings.HasSuffix(text[:at], "(") && strings.HasPrefix(text[a.end:], ")") &&
		signStandsAlone(text[:at-1]):
		a.start, a.end, a.negative = at-1, a.end+1, true
	}
	if a.negative {
		a.cents = -a.cents
	}
}

// signStandsAlone tells a minus sign from a dash between words: it opens a line, a cell or a value.
func signStandsAlone(before string) bool {
	trimmed := strings.TrimRight(before, " ")
	return trimmed == "" || strings.HasSuffix(trimmed, "\n") || strings.HasSuffix(trimmed, "\t") ||
		strings.HasSuffix(trimmed, ":")
}

var signs = []struct {
	text     string
	currency money.Currency
}{{"€", money.EUR}, {"US$", "USD"}, {"$US", "USD"}, {"$", "USD"}, {"£", "GBP"}, {"¥", "JPY"}}

// currencyBefore reads a sign or a code that ends at the place.
func (r *Registry) currencyBefore(text string, at int) (
	currency money.Currency, isCode bool, start int, ok bool,
) {
	place := at
	for range 2 {
		if _, size := utf8.DecodeLastRuneInString(text[:place]); size > 0 && blankAt(text, place-size) > 0 {
			place -= size
		}
	}
	for _, sign := range signs {
		if strings.HasSuffix(text[:place], sign.text) {
			return sign.currency, false, place - len(sign.text), true
		}
	}
	begin := place
	for begin > 0 && isASCIILetter(text[begin-1]) && text[begin-1] < 0x80 && place-begin < 4 {
		begin--
	}
	found, known := r.currencies[strings.ToLower(text[begin:place])]
	if !known || text[begin:place] != strings.ToUpper(text[begin:place]) ||
		begin > 0 && isWordByte(text[begin-1]) {
		return "", false, at, false
	}
	return found, true, begin, true
}

// currencyAfter reads a sign, a code or the word "euro(s)" that starts at the place.
func (r *Registry) currencyAfter(text string, at int) (
	currency money.Currency, isCode bool, end int, ok bool,
) {
	place := at
	for range 2 {
		if place < len(text) {
			place += blankAt(text, place)
		}
	}
	for _, sign := range signs {
		if strings.HasPrefix(text[place:], sign.text) {
			return sign.currency, false, place + len(sign.text), true
		}
	}
	stop := place
	for stop < len(text) && isASCIILetter(text[stop]) && text[stop] < 0x80 && stop-place < 7 {
		stop++
	}
	word := strings.ToLower(text[place:stop])
	if stop < len(text) && isWordByte(text[stop]) {
		return "", false, at, false
	}
	if word == "euro" || word == "euros" {
		return money.EUR, true, stop, true
	}
	found, known := r.currencies[word]
	if !known || text[place:stop] != strings.ToUpper(word) && place == at {
		return "", false, at, false
	}
	return found, true, stop, true
}
