package matching

import (
	"slices"
	"strings"
)

// strength says how sure it is that a printed text names an invoice.
type strength uint8

const (
	// strengthBare is a number that may be anything; it never stands in the way of other names.
	strengthBare strength = iota
	// strengthNear is a likely slip: O for 0, I or l for 1, one wrong digit.
	strengthNear
	// strengthExact is a complete form of the number.
	strengthExact
)

// mention is one place where the message names, or seems to name, an invoice.
type mention struct {
	printed  string
	strength strength
	// candidates are the invoices that it can mean; none when the number is unknown to the ledger.
	candidates []int32
}

// Bounds on what one message may name, so that a hostile one costs no more than a plain one.
const (
	maxMentions   = 60
	maxCandidates = 8
	maxReferences = 200
)

// scan reads one text for mentions.
type scan struct {
	index *Index
	text  string
	atoms []atom
	// whole is true for a token that the reader already took for a reference.
	whole bool
	// ownNumber is the compact transaction id, which is never a reference.
	ownNumber string
	keyword   keyword
	// list is the keyword that a list may pass on to its next item, and width the digits of the
	// item before: "factures 0041, 0042".
	list      keyword
	width     int
	slips     bool // whether slips of the pen are looked for
	found     []mention
	truncated bool
}

// mentions reads the references, then the free text.
func (x *Index) mentions(s *Said) (found []mention, truncated bool) {
	reader := scan{index: x, atoms: make([]atom, 0, 64), slips: true}
	if s.TransactionID != "" {
		reader.ownNumber = compactOf(s.TransactionID)
	}
	for i, reference := range s.References {
		if i == maxReferences {
			reader.truncated = true
			break
		}
		reader.read(reference, true)
	}
	if s.Text != "" {
		reader.read(s.Text, false)
	}
	return reader.found, reader.truncated || len(s.Text) > maxTextBytes
}

func (r *scan) read(text string, whole bool) {
	r.text, r.whole, r.keyword, r.list = normalise(text), whole, keywordNone, keywordNone
	r.atoms = splitAtoms(r.text, r.atoms[:0])
	for i := 0; i < len(r.atoms); {
		if len(r.found) >= maxMentions {
			r.truncated = true
			return
		}
		i = r.step(i)
	}
}

// step reads the mention or the word at atom i and returns the atom to go on with. Atom i always
// begins a word: the numbers inside a longer word are never looked at alone.
func (r *scan) step(i int) int {
	if end := r.creditorReference(i); end > 0 {
		return end
	}
	if end := r.wholeNumber(i); end > 0 {
		return end
	}
	if !r.atoms[i].digits {
		return r.stepLetters(i)
	}
	keyword, listed := r.keyword, false
	if keyword == keywordNone && r.list != keywordNone && r.continuesList(i) {
		keyword, listed = r.list, true
	}
	r.keyword, r.list = keywordNone, keywordNone
	if end := r.plainNumber(i, keyword, listed); end > 0 {
		return end
	}
	if keyword != keywordOther {
		r.slip(i)
	}
	return r.wordEnd(i)
}

func (r *scan) stepLetters(i int) int {
	if end := r.prefixedNumber(i); end > 0 {
		return end
	}
	word := keywords[r.group(i)]
	r.keyword = r.keyword.next(word)
	if word != keywordGlue {
		r.list = keywordNone
	}
	next := i + 1
	if next >= len(r.atoms) || r.atoms[next].before >= gapSlash {
		return next
	}
	if !r.atoms[next].digits {
		// "REF-F2026-0041": letters parted by a mark may each begin a number.
		return next
	}
	keyword := r.keyword
	r.keyword = keywordNone
	if word != keywordNone && word != keywordGlue {
		if end := r.plainNumber(next, keyword, false); end > 0 {
			return end
		}
	}
	if word != keywordOther {
		r.slip(i)
	}
	return r.wordEnd(i)
}

// continuesList reports whether atom i can be the next item of a list: parted like one, and as wide
// as the item before, or one digit wider or narrower when neither is padded.
func (r *scan) continuesList(i int) bool {
	a := r.atoms[i]
	glued := i > 0 && keywords[r.group(i-1)] == keywordGlue
	if !glued && a.before != gapList && a.before != gapSlash && a.before != gapDecimal {
		return false
	}
	width := int(a.end - a.start)
	difference := width - r.width
	return difference == 0 || (difference == 1 || difference == -1) && r.text[a.start] != '0'
}

func (r *scan) group(i int) string { return r.text[r.atoms[i].start:r.atoms[i].end] }

// wordEnd is the first atom after the word that holds atom i; a slash ends a word.
func (r *scan) wordEnd(i int) int {
	for i++; i < len(r.atoms) && r.atoms[i].before <= gapJoin; i++ {
	}
	return i
}

// digitGroups counts the groups of digits from atom i on that one number may be made of.
func (r *scan) digitGroups(i, limit int, widest gap) int {
	count := 0
	for count < limit && i+count < len(r.atoms) {
		a := r.atoms[i+count]
		if !a.digits || count > 0 && (a.before > widest || a.before == gapDecimal) {
			break
		}
		count++
	}
	return count
}

// boundaryAfter reports whether a number may end before atom i: no letter or digit touches it, and
// no further group of digits is tied to it. complete numbers (prefix and year) may be followed by a
// slash or a sign of money; shorter ones not, because they could be dates or amounts.
func (r *scan) boundaryAfter(i int, complete bool) bool {
	if i >= len(r.atoms) {
		return true
	}
	a := r.atoms[i]
	switch a.before {
	case gapNone:
		return false
	case gapJoin:
		// "F2026-0041.pdf" ends; "F2026-0041-B" and "F2026-OO41" go on.
		return !a.digits && a.end-a.start >= 2 && strings.Trim(r.group(i), "OIL") != ""
	case gapSlash:
		return complete || !a.digits
	case gapDecimal:
		previous := r.atoms[i-1]
		return a.end-a.start >= 4 && a.end-a.start == previous.end-previous.start
	case gapMoney:
		return complete
	}
	return true
}

// isAmount reports whether the digits from atom i to before atom end stand beside a currency.
func (r *scan) isAmount(i, end int) bool {
	const signs = "€$£"
	if r.atoms[i].before == gapMoney || i == 0 && strings.ContainsAny(r.text[:r.atoms[0].start], signs) {
		return true
	}
	if end >= len(r.atoms) {
		return strings.ContainsAny(r.text[r.atoms[end-1].end:], signs)
	}
	after := r.atoms[end]
	return after.before == gapMoney ||
		!after.digits && after.before == gapBlank && currencyWords[r.group(end)]
}

func (r *scan) digitsFollow(i int) bool {
	return i < len(r.atoms) && r.atoms[i].digits && r.atoms[i].before == gapBlank
}

func (r *scan) digitsPrecede(i int) bool {
	return i > 0 && r.atoms[i-1].digits && r.atoms[i].before == gapBlank
}

// add records a mention, after which a list may go on, and returns the atom after it.
func (r *scan) add(from, to int, how strength, candidates []int32) int {
	printed := r.text[r.atoms[from].start:r.atoms[to-1].end]
	if r.ownNumber != "" && compactOf(printed) == r.ownNumber {
		return to
	}
	if len(candidates) > 1 {
		candidates = r.index.preferSameDigits(candidates, printed)
	}
	last := r.atoms[to-1]
	r.list, r.width, r.keyword = keywordInvoice, int(last.end-last.start), keywordNone
	made := mention{printed: printed, strength: how, candidates: candidates}
	same := func(m mention) bool {
		return m.strength == how && m.printed == printed && slices.Equal(m.candidates, candidates)
	}
	if !slices.ContainsFunc(r.found, same) {
		r.found = append(r.found, made)
	}
	return to
}

// preferSameDigits settles INV1 against INV0001 when exactly one of them is printed just so.
func (x *Index) preferSameDigits(candidates []int32, printed string) []int32 {
	compact := compactOf(printed)
	chosen := int32(-1)
	for _, candidate := range candidates {
		if compactOf(x.invoices[candidate].Number) != compact {
			continue
		}
		if chosen >= 0 {
			return candidates
		}
		chosen = candidate
	}
	if chosen < 0 {
		return candidates
	}
	return []int32{chosen}
}

func (x *Index) lookup(prefix uint32, year uint16, sequence uint64) []int32 {
	found, _ := x.bucket(x.bySequence[sequenceKey{sequence, prefix, year}], maxCandidates)
	return found
}
