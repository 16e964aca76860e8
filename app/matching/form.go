package matching

import (
	"slices"
	"strings"
)

// reading is one way to understand groups of digits: with a year or without.
type reading struct {
	year     uint16
	sequence uint64
	groups   int
	// sure is false when the same groups could as well be a month, a day, a date or an amount.
	sure bool
	// fullYear is true when the year has four digits and stands first.
	fullYear bool
}

// readings lists how the digits from atom i on can be understood, longest first.
func (r *scan) readings(i, groups int, list []reading) []reading {
	if groups >= 2 {
		first, second := r.group(i), r.group(i+1)
		if year := yearOf(first); year > 0 {
			if sequence, ok := sequenceOf(second); ok {
				// "2026-03" is March as well as number 3, "2026.41" an amount as well as number 41.
				isAmount := len(second) == 2 && r.text[r.atoms[i].end] == '.'
				sure := !isAmount && (len(second) > 2 || sequence > 12)
				list = append(list, reading{year, sequence, 2, sure, true})
			}
		} else if year := yearOf(second); year > 0 {
			if sequence, ok := sequenceOf(first); ok {
				list = append(list, reading{year, sequence, 2, len(first) > 2, false})
			}
		} else if year := shortYearOf(first); year > 0 && len(second) >= 3 {
			if sequence, ok := sequenceOf(second); ok {
				list = append(list, reading{year, sequence, 2, r.atoms[i+1].before == gapJoin, false})
			}
		}
	}
	if groups >= 1 {
		only := r.group(i)
		if year, rest, ok := cutYear(only); ok {
			if sequence, ok := sequenceOf(rest); ok {
				list = append(list, reading{year, sequence, 1, !looksLikeDay(only), true})
			}
		}
		if sequence, ok := sequenceOf(only); ok {
			list = append(list, reading{0, sequence, 1, true, false})
		}
	}
	return list
}

// prefixedNumber reads a number with letters of the ledger's own before it: F2026-0041,
// F 2026 0041, INV0001. It returns the atom after it, or 0.
func (r *scan) prefixedNumber(i int) int {
	use, known := r.index.prefixes[r.group(i)]
	if !known || i+1 >= len(r.atoms) || !r.atoms[i+1].digits {
		return 0
	}
	if r.atoms[i+1].before > gapBlank || r.atoms[i+1].before == gapDecimal {
		return 0
	}
	tight := r.atoms[i+1].before <= gapJoin
	var space [4]reading
	unknownEnd := 0
	for _, read := range r.readings(i+1, r.digitGroups(i+1, 2, gapBlank), space[:0]) {
		end := i + 1 + read.groups
		if !r.boundaryAfter(end, read.year > 0) || !tight && r.isAmount(i+1, end) {
			continue
		}
		if found := r.index.lookup(use.id, read.year, read.sequence); len(found) > 0 {
			how := strengthExact
			if read.year == 0 && (!tight || r.digitsFollow(end)) && r.keyword != keywordInvoice {
				// "F 41" is a name only beside the word "facture".
				how = strengthBare
			}
			return r.add(i, end, how, found)
		}
		digits := r.group(i + 1)
		if found := r.shortYear(use.id, i, end); tight && read.year == 0 && len(found) > 0 {
			return r.add(i, end, strengthExact, found)
		}
		isName := read.fullYear || tight && read.year == 0 && len(digits) >= 3 && yearOf(digits) == 0
		if isName && unknownEnd == 0 {
			unknownEnd = end
		}
	}
	if unknownEnd > 0 {
		return r.add(i, unknownEnd, strengthExact, nil)
	}
	return 0
}

// shortYear finds FA260012 for FA-26-0012: a year of two digits is seen in one run of digits only
// when the invoice's number has exactly these letters and digits.
func (r *scan) shortYear(prefix uint32, i, end int) []int32 {
	digits := r.group(i + 1)
	if end != i+2 || len(digits) < 4 {
		return nil
	}
	sequence, ok := sequenceOf(digits[2:])
	if !ok {
		return nil
	}
	found := r.index.lookup(prefix, shortYearOf(digits[:2]), sequence)
	return slices.DeleteFunc(found, func(candidate int32) bool {
		return compactOf(r.index.invoices[candidate].Number) != r.group(i)+digits
	})
}

// plainNumber reads a number without letters of its own, after keyword k: "facture n° 41", 2026-41.
// listed says that the keyword was passed on by a list. It returns the atom after it, or 0.
func (r *scan) plainNumber(i int, k keyword, listed bool) int {
	if k == keywordOther || r.atoms[i].before == gapSlash && r.atoms[i].end-r.atoms[i].start < 3 {
		return 0
	}
	widest, class := gapSlash, anyInvoice
	switch k {
	case keywordCredit:
		widest, class = gapBlank, anyCreditNote
	case keywordInvoice:
		widest = gapBlank
	}
	var space [4]reading
	unknownEnd := 0
	for _, read := range r.readings(i, r.digitGroups(i, 2, widest), space[:0]) {
		end := i + read.groups
		if !r.boundaryAfter(end, false) || r.isAmount(i, end) {
			continue
		}
		how, ok := r.plainStrength(i, end, read, k)
		if !ok {
			continue
		}
		if found := r.index.lookup(class, read.year, read.sequence); len(found) > 0 {
			return r.add(i, end, how, found)
		}
		if how == strengthExact && k == keywordInvoice && !listed && unknownEnd == 0 {
			unknownEnd = end
		}
	}
	if unknownEnd > 0 {
		return r.add(i, unknownEnd, strengthExact, nil)
	}
	return 0
}

// plainStrength says what a number without letters is worth; ok is false when it is worth nothing.
func (r *scan) plainStrength(i, end int, read reading, k keyword) (how strength, ok bool) {
	named := k == keywordInvoice || k == keywordCredit
	digits := r.group(i)
	if read.year > 0 {
		if named || read.sure && (read.groups == 2 || len(digits) >= 8) {
			return strengthExact, true
		}
		return strengthBare, true
	}
	lonely := !r.digitsFollow(end) && !r.digitsPrecede(i)
	switch {
	case named && lonely && (yearOf(digits) == 0 || r.isPrintedSo(digits)):
		return strengthExact, true
	case r.whole && len(r.atoms) == 1 && len(digits) >= 4 && yearOf(digits) == 0 &&
		r.isPrintedSo(digits):
		return strengthExact, true
	case lonely && len(digits) >= 6 && !looksLikeDay(digits) && r.isPrintedSo(digits):
		return strengthExact, true
	case r.whole && len(r.atoms) <= 2, named, lonely && len(digits) >= 4 && yearOf(digits) == 0:
		return strengthBare, true
	}
	return strengthBare, lonely && k == keywordNumber
}

// isPrintedSo reports whether these digits are the whole number of an invoice, zeros included.
func (r *scan) isPrintedSo(digits string) bool {
	sequence, ok := sequenceOf(digits)
	if !ok {
		return false
	}
	for _, candidate := range r.index.lookup(anyInvoice, 0, sequence) {
		if compactOf(r.index.invoices[candidate].Number) == digits {
			return true
		}
	}
	return false
}

// wholeNumber reads the numbers of schemes that are compared only as a whole.
func (r *scan) wholeNumber(i int) int {
	if len(r.index.byWhole) == 0 || r.atoms[i].before == gapSlash && i > 0 && r.atoms[i-1].digits {
		return 0
	}
	last := i + 1
	for last < len(r.atoms) && last-i < 6 && r.atoms[last].before <= gapBlank &&
		r.atoms[last].before != gapDecimal {
		last++
	}
	for end := last; end > i; end-- {
		if !r.boundaryAfter(end, true) || end < len(r.atoms) && r.atoms[end].before == gapSlash &&
			r.atoms[end].digits {
			continue
		}
		head := r.index.byWhole[wholeKey(r.text, r.atoms[i:end])]
		contiguous := int(r.atoms[end-1].end)
		if head == 0 && r.wordEnd(i) >= end {
			head = r.index.byWhole[r.text[r.atoms[i].start:contiguous]]
		}
		if head == 0 {
			continue
		}
		how := strengthExact
		if end == i+1 && r.keyword != keywordInvoice && !r.whole {
			// A number that is one short word or one short figure could be anything.
			how = strengthBare
		}
		found, _ := r.index.bucket(head, maxCandidates)
		return r.add(i, end, how, found)
	}
	return 0
}

// creditorReference reads an ISO 11649 reference, in one piece or in groups of four, whose body is
// an invoice number. The check digits prove that it was not mistyped.
func (r *scan) creditorReference(i int) int {
	if r.group(i) != "RF" || i+1 >= len(r.atoms) || r.atoms[i+1].before != gapNone {
		return 0
	}
	last := i + 2
	for last < len(r.atoms) && last-i < 14 && (r.atoms[last].before <= gapJoin ||
		r.atoms[last].before == gapBlank) {
		last++
	}
	for end := last; end > i+1; end-- {
		if end < len(r.atoms) && r.atoms[end].before == gapNone {
			continue
		}
		compact := joinAtoms(r.text, r.atoms[i:end])
		if !validCreditorReference(compact) {
			continue
		}
		body := strings.TrimLeft(compact[4:], "0")
		inner := scan{index: r.index, whole: true}
		inner.read("FACTURE "+body, true)
		for _, m := range inner.found {
			if len(m.candidates) > 0 {
				r.add(i, end, m.strength, m.candidates)
				return end
			}
		}
		return end
	}
	return 0
}

func joinAtoms(text string, atoms []atom) string {
	var out strings.Builder
	for _, a := range atoms {
		out.WriteString(text[a.start:a.end])
	}
	return out.String()
}
