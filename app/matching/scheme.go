package matching

import (
	"strconv"
	"strings"
)

// number is an invoice number taken apart: F2026-0041 is prefix F, year 2026, sequence 41. A scheme
// that does not fit (letters in the middle, a month, a branch) has no sequence and is compared whole.
type number struct {
	prefix   string
	year     uint16 // four digits; 0 when the number has none
	sequence uint64
	whole    bool // compared only as a whole
}

// readScheme takes the number of an issued invoice apart. A group of digits counts as the year only
// when it is the year of issue or one beside it (fiscal years); issuedYear 0 means unknown.
func readScheme(printed string, issuedYear int) number {
	text := normalise(printed)
	atoms := splitAtoms(text, make([]atom, 0, 8))
	read := number{}
	if len(atoms) > 0 && !atoms[0].digits {
		read.prefix = text[atoms[0].start:atoms[0].end]
		atoms = atoms[1:]
	}
	for _, a := range atoms {
		if !a.digits {
			return number{whole: true}
		}
	}
	group := func(i int) string { return text[atoms[i].start:atoms[i].end] }
	near := func(year uint16) bool {
		return issuedYear == 0 || int(year) >= issuedYear-1 && int(year) <= issuedYear+1
	}
	switch len(atoms) {
	case 1:
		if year, rest, ok := cutYear(group(0)); ok && near(year) {
			read.year = year
			return withSequence(read, rest)
		}
		return withSequence(read, group(0))
	case 2:
		if year := yearOf(group(0)); year > 0 && near(year) {
			read.year = year
			return withSequence(read, group(1))
		}
		if year := yearOf(group(1)); year > 0 && near(year) {
			read.year = year
			return withSequence(read, group(0))
		}
		if year := shortYearOf(group(0)); year > 0 && issuedYear > 0 && near(year) {
			read.year = year
			return withSequence(read, group(1))
		}
	}
	return number{whole: true}
}

func withSequence(read number, digits string) number {
	sequence, ok := sequenceOf(digits)
	if !ok {
		return number{whole: true}
	}
	read.sequence = sequence
	return read
}

// sequenceOf reads a running number; leading zeros do not count.
func sequenceOf(digits string) (uint64, bool) {
	if len(digits) > 18 {
		return 0, false
	}
	value, err := strconv.ParseUint(digits, 10, 64)
	return value, err == nil
}

// yearOf reads a group of exactly four digits from 2000 to 2099, else 0.
func yearOf(digits string) uint16 {
	if len(digits) != 4 || digits[:2] != "20" {
		return 0
	}
	return 2000 + uint16(digits[2]-'0')*10 + uint16(digits[3]-'0')
}

// shortYearOf reads a group of exactly two digits as a year of this century, else 0.
func shortYearOf(digits string) uint16 {
	if len(digits) != 2 {
		return 0
	}
	return 2000 + uint16(digits[0]-'0')*10 + uint16(digits[1]-'0')
}

// cutYear parts "20260041" into 2026 and "0041".
func cutYear(digits string) (year uint16, rest string, ok bool) {
	if len(digits) < 6 {
		return 0, "", false
	}
	year = yearOf(digits[:4])
	return year, digits[4:], year > 0
}

// looksLikeDay reports whether eight digits are a day written without marks, either way round.
func looksLikeDay(digits string) bool {
	if len(digits) != 8 {
		return false
	}
	in := func(two string, low, high string) bool { return low <= two && two <= high }
	yearFirst := yearOf(digits[:4]) > 0 && in(digits[4:6], "01", "12") && in(digits[6:], "01", "31")
	dayFirst := yearOf(digits[4:]) > 0 && in(digits[:2], "01", "31") && in(digits[2:4], "01", "12")
	return yearFirst || dayFirst
}

// wholeKey writes a run of atoms for comparison as a whole: "F-2026-3-12" whatever stood between.
// Zeros in front of a group do not count.
func wholeKey(text string, atoms []atom) string {
	var key strings.Builder
	for i, a := range atoms {
		if i > 0 {
			key.WriteByte('-')
		}
		group := text[a.start:a.end]
		if a.digits {
			group = strings.TrimLeft(group, "0")
		}
		key.WriteString(group)
	}
	return key.String()
}

// validCreditorReference checks the two digits of an ISO 11649 reference, "RF18…" without blanks.
func validCreditorReference(compact string) bool {
	if len(compact) < 5 || len(compact) > 25 || compact[:2] != "RF" {
		return false
	}
	remainder := 0
	for _, b := range []byte(compact[4:] + compact[:4]) {
		switch {
		case isDigit(b):
			remainder = (remainder*10 + int(b-'0')) % 97
		case 'A' <= b && b <= 'Z':
			remainder = (remainder*100 + int(b-'A') + 10) % 97
		default:
			return false
		}
	}
	return remainder == 1
}
