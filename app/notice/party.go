package notice

import (
	"slices"
	"strings"
	"unicode/utf8"
)

const maxNameBytes = 80

// payerOf finds who paid, as printed: beside a label first, then around a phrase. The user's own names
// are never a payer.
func (r *Registry) payerOf(s *scanned, holders []string) string {
	for _, v := range s.values {
		if v.kind != labelPayer || v.total {
			continue
		}
		if name := r.cleanName(s.text[v.start:v.end], holders); name != "" {
			return name
		}
	}
	best, bestStart := "", -1
	for _, h := range s.hits {
		switch h.meaning {
		case meaningPayerFollows:
			// The longest phrase at a place wins: "virement reçu de" over "reçu de".
			name := r.cleanName(s.text[s.originOf(h.end):], holders)
			if name != "" && (best == "" || bestStart == h.start && len(name) < len(best)) {
				best, bestStart = name, h.start
			}
		case meaningPayerPrecedes:
			if name := r.cleanName(s.nameBefore(s.originOf(h.start)), holders); name != "" && best == "" {
				best, bestStart = name, h.start
			}
		}
	}
	return best
}

// nameBefore takes the words before a place, back to the start of the line or of the sentence.
func (s *scanned) nameBefore(at int) string {
	before := strings.TrimRight(s.text[:at], " \u00a0")
	if line := strings.LastIndexAny(before, "\n\t"); line >= 0 {
		before = before[line+1:]
	}
	for _, mark := range []string{"! ", ", ", ": ", ". "} {
		if stop := strings.LastIndex(before, mark); stop >= 0 {
			if mark == ". " && stop-strings.LastIndexAny(before[:stop], " .")-1 <= 3 {
				continue
			}
			before = before[stop+len(mark):]
		}
	}
	return before
}

// cleanName cuts a text down to a name: up to the end of the line, an amount, a date or a word that
// carries the sentence on.
func (r *Registry) cleanName(text string, holders []string) string {
	text = strings.TrimLeft(text, " \u00a0\u202f:,\t")
	if end := strings.IndexAny(text, "\n\t|(<,;:\"«»"); end >= 0 {
		text = text[:end]
	}
	text = clip(text, 2*maxNameBytes)
	words := strings.Fields(text)
	kept := words[:0]
	for i, one := range words {
		if r.endsName(words, i) {
			break
		}
		kept = append(kept, one)
		closes := strings.HasSuffix(one, ".") && len(one) > 4 && strings.Count(one, ".") == 1
		if closes || strings.HasSuffix(one, "!") {
			break
		}
	}
	name := strings.Trim(strings.Join(kept, " "), " .,;:!*-–—/")
	if name == "" || len(name) > maxNameBytes || !hasLetter(name) || isHolder(name, holders) {
		return ""
	}
	return name
}

// endsName tells that the word at i is no part of a name.
func (r *Registry) endsName(words []string, i int) bool {
	one := words[i]
	if one == "-" || one == "–" || one == "—" || one == "/" || strings.HasPrefix(one, "/") ||
		strings.ContainsAny(one, "€$£@") || strings.HasPrefix(one, "+") {
		return true
	}
	folded := fold(one)
	if r.dateOpeners[folded] && i+1 < len(words) && isDigit(words[i+1][0]) {
		return true
	}
	if len(one) > 2 && isDigit(one[0]) && strings.ContainsAny(one, ",./") {
		return true
	}
	for _, stop := range r.nameStops {
		first, rest, several := strings.Cut(stop, " ")
		if folded != first {
			continue
		}
		if !several {
			return i > 0
		}
		next := strings.Join(words[i+1:min(len(words), i+1+strings.Count(rest, " ")+1)], " ")
		if fold(next) == rest {
			return true
		}
	}
	return false
}

func hasLetter(text string) bool {
	for i := range len(text) {
		if isASCIILetter(text[i]) || text[i] >= utf8.RuneSelf {
			return true
		}
	}
	return false
}

// isHolder reports that a name is one of the user's own, in any order of its words.
func isHolder(name string, holders []string) bool {
	words := strings.Fields(wordsOf(name))
	for _, holder := range holders {
		own := strings.Fields(wordsOf(holder))
		if len(own) == 0 {
			continue
		}
		missing := slices.ContainsFunc(own, func(one string) bool { return !slices.Contains(words, one) })
		if !missing && len(words) <= len(own)+2 {
			return true
		}
	}
	return false
}

// greetedOther reports that the message greets by name somebody who is not the user.
func (r *Registry) greetedOther(text string, holders []string) (name string, other bool) {
	if len(holders) == 0 {
		return "", false
	}
	lines := strings.SplitN(text, "\n", 12)
	for _, line := range lines[:min(len(lines), 11)] {
		folded := wordsOf(line)
		for _, greeting := range r.greetings {
			rest, ok := strings.CutPrefix(folded, greeting+" ")
			if !ok || len(rest) > 50 || len(strings.Fields(rest)) > 5 {
				continue
			}
			return rest, r.namesOther(rest, holders)
		}
	}
	return "", false
}

func (r *Registry) namesOther(greeted string, holders []string) bool {
	named := false
	for one := range strings.FieldsSeq(greeted) {
		if r.genericNames[one] {
			continue
		}
		named = true
		for _, holder := range holders {
			if slices.Contains(strings.Fields(wordsOf(holder)), one) {
				return false
			}
		}
	}
	return named
}

// accountFit says how the account numbers printed in a notice fit the declared account.
type accountFit int

const (
	accountNotPrinted accountFit = iota
	accountFits
	// accountUnclear: another number is printed, and nothing says whose it is.
	accountUnclear
	// accountOther: the number printed as the account of the notice is another one.
	accountOther
)

// fitAccount compares the account numbers printed outside the payer's free text with the hint. A
// number labelled as the user's account decides; the payer's own account is left out.
func (s *scanned) fitAccount(r *Registry, hint string) accountFit {
	tail := trailingDigits(hint)
	if tail == "" {
		if hint == "" {
			return accountNotPrinted
		}
		if strings.Contains(fold(s.text), fold(hint)) {
			return accountFits
		}
		return accountNotPrinted
	}
	zones := s.freeZones()
	labelled, loose := accountNotPrinted, accountNotPrinted
	for _, printed := range r.accountNumbers(s.text) {
		if inZone(zones, printed.start) {
			continue
		}
		fit := accountOther
		if sharesTail(printed.text, tail) {
			fit = accountFits
		}
		switch s.ownerAt(r, printed.start) {
		case labelForeignAccount, labelPayer, labelTransaction:
		case labelAccount, labelBeneficiary:
			labelled = max(labelled, fit)
		default:
			if fit == accountOther {
				fit = accountUnclear
			}
			if loose != accountFits {
				loose = fit
			}
		}
	}
	if labelled != accountNotPrinted {
		return labelled
	}
	return loose
}

// ownerAt says whose account stands at a place: by its label, else by the last words before it in the
// same line ("sur votre compte", "de la part de").
func (s *scanned) ownerAt(r *Registry, at int) labelKind {
	for _, v := range s.values {
		if v.start <= at && at < v.end {
			if v.kind == labelAccount || v.kind == labelForeignAccount || v.kind == labelPayer ||
				v.kind == labelTransaction || v.kind == labelBeneficiary {
				return v.kind
			}
		}
	}
	before := s.text[max(0, at-60):at]
	before = before[strings.LastIndexAny(before, "\n\t")+1:]
	words := strings.Fields(wordsOf(before))
	for i := len(words) - 1; i >= 0; i-- {
		switch r.labels[words[i]] {
		case labelAccount:
			if i > 0 && r.foreignOwners[words[i-1]] {
				return labelForeignAccount
			}
			return labelAccount
		case labelPayer:
			return labelForeignAccount
		}
	}
	return labelNone
}

// trailingDigits takes the last four digits of a hint, blanks left out; empty when it ends in none.
func trailingDigits(hint string) string {
	compact := strings.Join(strings.Fields(strings.ReplaceAll(hint, "\u00a0", " ")), "")
	start := len(compact)
	for start > 0 && isDigit(compact[start-1]) {
		start--
	}
	digits := compact[start:]
	if len(digits) < 3 || strings.Contains(compact, "@") || strings.Contains(compact, "_") {
		return ""
	}
	return digits[max(0, len(digits)-4):]
}

// sharesTail compares as many last digits as both show, three at least.
func sharesTail(printed, tail string) bool {
	n := min(len(printed), len(tail))
	return n >= 3 && printed[len(printed)-n:] == tail[len(tail)-n:]
}

// accountNumbers finds account numbers, whole or masked: "FR76 **** **** 0189", "•••• 0189",
// "XXXX0189", "se terminant par 0189". The text of each is its last digits.
func (r *Registry) accountNumbers(text string) (found []word) {
	for i := 0; i < len(text) && len(found) < 100; i++ {
		end, digits, ok := 0, "", false
		switch b := text[i]; {
		case isUpperLetter(b) && (i == 0 || !isWordByte(text[i-1])) && i+4 <= len(text) &&
			hasCountryAndCheck(text[i:i+4]):
			end, digits, ok = readGroups(text, i+4, true)
		case b == '*' || b == 'X' || b == 'x' || strings.HasPrefix(text[i:], "•"):
			if i > 0 && isWordByte(text[i-1]) && text[i-1] < 0x80 {
				continue
			}
			end, digits, ok = readGroups(text, i, false)
		default:
			end, digits, ok = r.readEnding(text, i)
		}
		if ok {
			found = append(found, word{digits, i, end})
		}
		// What was passed is not looked at again, or a run of marks would cost its square.
		i = max(i, end-1)
	}
	return found
}

// readGroups passes digits, capitals, mask marks and single blanks; it wants a mask or eleven
// characters, and digits at the end.
func readGroups(text string, at int, iban bool) (end int, digits string, ok bool) {
	masks, characters, last := 0, 0, at
	for at < len(text) {
		b := text[at]
		switch {
		case b == '*' || (b == 'X' || b == 'x') && !iban:
			masks++
			at++
		case strings.HasPrefix(text[at:], "•") || strings.HasPrefix(text[at:], "…"):
			masks++
			at += len("•")
		case isDigit(b) || iban && (isUpperLetter(b)):
			characters++
			at++
		case (b == ' ' || strings.HasPrefix(text[at:], "\u00a0")) && at > last:
			size := blankAt(text, at)
			if at+size >= len(text) || !isGroupStart(text[at+size:], iban) {
				return finishGroups(text, at, masks, characters, iban)
			}
			at += size
			last = at
			continue
		default:
			return finishGroups(text, at, masks, characters, iban)
		}
	}
	return finishGroups(text, at, masks, characters, iban)
}

func isGroupStart(text string, iban bool) bool {
	if isDigit(text[0]) || text[0] == '*' || strings.HasPrefix(text, "•") {
		return true
	}
	if !iban {
		return text[0]|0x20 == 'x'
	}
	return len(text) >= 2 && isUpperLetter(text[0]) &&
		(isDigit(text[1]) || isUpperLetter(text[1]) && len(text) > 4)
}

func finishGroups(text string, end, masks, characters int, iban bool) (int, string, bool) {
	start := end
	for start > 1 && (isDigit(text[start-1]) ||
		text[start-1] == ' ' && start < end && isDigit(text[start-2])) {
		start--
	}
	digits := strings.ReplaceAll(text[start:end], " ", "")
	enough := masks >= 2 || iban && (characters >= 11 || masks > 0)
	return end, digits, enough && len(digits) >= 3 && len(digits) <= 34
}

func (r *Registry) readEnding(text string, at int) (end int, digits string, ok bool) {
	for _, words := range r.accountEndings {
		if !strings.HasPrefix(text[at:], words) {
			continue
		}
		start := at + len(words)
		for start < len(text) && !isDigit(text[start]) && start < at+len(words)+8 {
			start++
		}
		end = start + digitsAt(text, start)
		return end, text[start:end], end-start >= 3 && end-start <= 6
	}
	return 0, "", false
}
