package notice

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dument/app/money"
)

// maxClassBytes bounds the text in which phrases are looked for.
const maxClassBytes = 64 << 10

// scanned is a text with all that was found in it.
type scanned struct {
	text    string
	values  []value
	amounts []amount
	// class is the text reduced to folded words, amounts as "#", sentence ends as ".", free text zones
	// left out. origin maps its bytes to the text.
	class  string
	origin []int32
	// marks are the places of each "#" in class, with the index of its amount.
	marks []mark
	hits  []hit
	found meanings
}

type mark struct{ at, amount int }

// scan reads a text once: labels, amounts, phrases. Zones in which the payer writes what he likes are
// masked: they give references, never direction or amount.
func (r *Registry) scan(text string) *scanned {
	s := &scanned{text: text}
	s.values = r.readValues(text)
	s.amounts = r.findAmounts(text)
	zones := s.freeZones()
	s.labelAmounts(zones, r)
	s.buildClassText(zones)
	s.hits = r.phrases.find(s.class)
	s.found = meaningsOf(s.hits)
	return s
}

// maxZones bounds the free text zones kept: a text with more of them is no notice.
const maxZones = 200

// freeZones lists the places of free text: labelled values and what stands between quotation marks.
func (s *scanned) freeZones() (zones []cell) {
	for _, v := range s.values {
		if v.kind == labelFreeText && len(zones) < maxZones {
			zones = append(zones, cell{v.start, v.end})
		}
	}
	for _, pair := range [][2]string{{"«", "»"}, {"“", "”"}, {"„", "“"}} {
		for at := 0; ; {
			open := strings.Index(s.text[at:], pair[0])
			if open < 0 || len(zones) >= maxZones {
				break
			}
			open += at
			closed := strings.Index(clip(s.text[open+len(pair[0]):], 600), pair[1])
			if closed < 0 {
				at = open + len(pair[0])
				continue
			}
			at = open + len(pair[0]) + closed + len(pair[1])
			zones = append(zones, cell{open, at})
		}
	}
	return zones
}

func inZone(zones []cell, at int) bool {
	for _, zone := range zones {
		if zone.start <= at && at < zone.end {
			return true
		}
	}
	return false
}

// labelAmounts gives each amount the kind of the label it stands beside. A word such as "solde" just
// before an amount in a sentence labels it too.
func (s *scanned) labelAmounts(zones []cell, r *Registry) {
	lastCurrency, currencies := money.Currency(""), 0
	for i := range s.amounts {
		a := &s.amounts[i]
		for _, v := range s.values {
			if v.start <= a.start && a.start < v.end {
				a.kind, a.row, a.total = v.kind, v.row, v.total
				if a.currency == "" {
					a.currency = r.codeIn(v.label)
				}
			}
		}
		switch {
		case inZone(zones, a.start):
			a.kind = labelFreeText
		case a.kind == labelNone:
			a.kind = r.inlineKind(s.text[:a.start])
		}
		if a.currency != "" && a.currency != lastCurrency {
			lastCurrency = a.currency
			currencies++
		}
	}
	for _, v := range s.values {
		if v.kind != labelCurrency {
			continue
		}
		if code := r.codeIn(s.text[v.start:v.end]); code != "" && code != lastCurrency {
			lastCurrency = code
			currencies++
		}
	}
	if currencies == 0 {
		if lastCurrency = r.onlyCodeIn(clip(s.text, maxClassBytes)); lastCurrency != "" {
			currencies = 1
		}
	}
	if currencies != 1 {
		return
	}
	for i := range s.amounts {
		if s.amounts[i].currency == "" {
			s.amounts[i].currency = lastCurrency
		}
	}
}

// codeIn finds a currency in a heading or a value: "Montant (EUR)", "Devise : CHF", "€".
func (r *Registry) codeIn(text string) money.Currency {
	if strings.Contains(text, "€") {
		return money.EUR
	}
	for word := range strings.FieldsFuncSeq(text, func(c rune) bool { return !unicode.IsLetter(c) }) {
		if code, ok := r.currencies[strings.ToLower(word)]; ok && len(word) == 3 {
			return code
		}
	}
	return ""
}

// onlyCodeIn finds the one currency code in capitals, or the euro sign, that a text names.
func (r *Registry) onlyCodeIn(text string) (only money.Currency) {
	if strings.Contains(text, "€") {
		only = money.EUR
	}
	for word := range strings.FieldsFuncSeq(text, func(c rune) bool { return !unicode.IsLetter(c) }) {
		if len(word) != 3 || word != strings.ToUpper(word) {
			continue
		}
		code, ok := r.currencies[strings.ToLower(word)]
		if ok && only != "" && code != only {
			return ""
		}
		if ok {
			only = code
		}
	}
	return only
}

// inlineKind reads the last words before an amount in a sentence: only what takes an amount out of
// question is looked for there.
func (r *Registry) inlineKind(before string) labelKind {
	if line := strings.LastIndexByte(before, '\n'); line >= 0 {
		before = before[line+1:]
	}
	if len(before) > 40 {
		before = before[len(before)-40:]
	}
	if stop := strings.LastIndexAny(before, ".;,!?)"); stop >= 0 {
		before = before[stop+1:]
	}
	words := strings.Fields(wordsOf(before))
	for _, word := range words[max(0, len(words)-4):] {
		switch kind := r.labels[word]; kind {
		case labelBalance, labelFee, labelOffer:
			return kind
		}
	}
	return labelNone
}

// buildClassText writes the class text. A "#" of the text itself becomes "$", so that only amounts
// read as amounts.
func (s *scanned) buildClassText(zones []cell) {
	out := make([]byte, 0, min(len(s.text), maxClassBytes)+2)
	origin := make([]int32, 0, cap(out))
	put := func(b byte, at int) { out, origin = append(out, b), append(origin, int32(at)) }
	blank := func(at int) {
		if len(out) > 0 && out[len(out)-1] != ' ' {
			put(' ', at)
		}
	}
	stop := func(at int) {
		blank(at)
		if len(out) > 1 && out[len(out)-2] != '.' {
			put('.', at)
			put(' ', at)
		}
	}
	next := 0
	var buffer []byte
	for i := 0; i < len(s.text) && len(out) < maxClassBytes; {
		for next < len(s.amounts) && s.amounts[next].start < i {
			next++
		}
		if inZone(zones, i) {
			i = zoneEnd(zones, i)
			stop(i)
			continue
		}
		if next < len(s.amounts) && s.amounts[next].start == i {
			blank(i)
			s.marks = append(s.marks, mark{len(out), next})
			put('#', i)
			put(' ', i)
			i = max(s.amounts[next].end, i+1)
			continue
		}
		r, size := utf8.DecodeRuneInString(s.text[i:])
		switch {
		case r == '\n' && i+1 < len(s.text) && s.text[i+1] == '\n':
			stop(i)
		case (r == '.' || r == '!' || r == '?' || r == ';') && endsSentence(s.text, i+size):
			stop(i)
		case r == '#':
			blank(i)
			put('$', i)
			put(' ', i)
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '\'' || r == '\u2019' || r == '°':
			buffer = foldRune(buffer[:0], r)
			for _, b := range buffer {
				put(b, i)
			}
		default:
			blank(i)
		}
		i += size
	}
	s.class, s.origin = string(out), origin
}

func endsSentence(text string, at int) bool {
	return at >= len(text) || text[at] == ' ' || text[at] == '\n' || text[at] == '\t'
}

func zoneEnd(zones []cell, at int) int {
	for _, zone := range zones {
		if zone.start <= at && at < zone.end {
			return zone.end
		}
	}
	return at + 1
}

// originOf maps a place of the class text to the text.
func (s *scanned) originOf(at int) int {
	switch {
	case at < len(s.origin):
		return int(s.origin[at])
	case len(s.origin) == 0:
		return 0
	}
	return min(len(s.text), int(s.origin[len(s.origin)-1])+1)
}

// amountNear finds the amount a phrase speaks of: inside it, else behind it in the same sentence, else
// before it in the same sentence.
func (s *scanned) amountNear(h hit) (index int, ok bool) {
	from, to := h.start, h.end
	if stop := strings.Index(s.class[h.end:], ". "); stop >= 0 {
		to = h.end + stop
	} else {
		to = len(s.class)
	}
	if stop := strings.LastIndex(s.class[:h.start], ". "); stop >= 0 {
		from = stop
	} else {
		from = 0
	}
	to, from = min(to, h.end+160), max(from, h.start-160)
	before := -1
	for _, m := range s.marks {
		switch {
		case m.at >= from && m.at < h.start:
			before = m.amount
		case m.at >= h.start && m.at < to && usable(s.amounts[m.amount]):
			return m.amount, true
		}
	}
	return before, before >= 0 && usable(s.amounts[before])
}

// usable leaves out what is labelled as something else than the money moved.
func usable(a amount) bool {
	switch a.kind {
	case labelBalance, labelFee, labelOffer, labelFreeText, labelAccount, labelForeignAccount, labelNet:
		return false
	}
	return true
}
