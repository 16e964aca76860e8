package matching

import "strings"

// maxSlips bounds the words of one message that are compared for slips of the pen.
const maxSlips = 8

// slip keeps the word at atom i as a possible misprint of an invoice number. O for 0 and I or l for
// 1 are settled at once; a wrong digit only later, among the invoices of the right amount.
func (r *scan) slip(i int) {
	if !r.slips {
		return
	}
	end := r.wordEnd(i)
	word := r.text[r.atoms[i].start:r.atoms[end-1].end]
	if len(word) < 5 || len(word) > 24 || countDigits(word) < 3 {
		return
	}
	if found := r.index.confused(word); len(found) > 0 {
		r.add(i, end, strengthNear, found)
		return
	}
	unsettled := 0
	for _, m := range r.found {
		if m.strength == strengthNear && len(m.candidates) == 0 {
			unsettled++
		}
	}
	if unsettled < maxSlips {
		r.found = append(r.found, mention{printed: word, strength: strengthNear})
	}
}

func countDigits(word string) int {
	count := 0
	for i := range len(word) {
		if isDigit(word[i]) {
			count++
		}
	}
	return count
}

var confusions = strings.NewReplacer("O", "0", "I", "1", "L", "1")

// confused looks for invoices whose number is word with letters taken for digits. The letters in
// front may be a prefix in any length.
func (x *Index) confused(word string) []int32 {
	if !strings.ContainsAny(word, "OIL") {
		return nil
	}
	letters := 0
	for letters < len(word) && 'A' <= word[letters] && word[letters] <= 'Z' {
		letters++
	}
	for cut := letters; cut >= 0; cut-- {
		corrected := word[:cut] + confusions.Replace(word[cut:])
		if corrected == word {
			continue
		}
		inner := scan{index: x}
		inner.read(corrected, false)
		for _, m := range inner.found {
			if m.strength == strengthExact && len(m.candidates) > 0 && m.printed == corrected {
				return m.candidates
			}
		}
	}
	return nil
}

// isOneSlipAway reports whether printed and number, both compact, differ by one wrong, missing,
// doubled or exchanged digit. Letters must agree: A2026-0041 is no misprint of F2026-0041.
func isOneSlipAway(printed, number string) bool {
	if lettersOf(printed) != lettersOf(number) {
		if lettersOf(printed) != "" {
			return false
		}
		number = strings.TrimLeft(number, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	}
	if len(number) < 5 || printed == number {
		return false
	}
	if len(printed) > len(number) {
		printed, number = number, printed
	}
	first := 0
	for first < len(printed) && printed[first] == number[first] {
		first++
	}
	switch len(number) - len(printed) {
	case 1:
		return printed[first:] == number[first+1:]
	case 0:
		exchanged := first+1 < len(printed) && printed[first] == number[first+1] &&
			printed[first+1] == number[first] && printed[first+2:] == number[first+2:]
		return exchanged || printed[first+1:] == number[first+1:]
	}
	return false
}

func lettersOf(compact string) string {
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return -1
		}
		return r
	}, compact)
}
