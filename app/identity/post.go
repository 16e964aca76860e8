package identity

// ParseTracking reads the number of a registered letter or a parcel: 11 to 15 letters and digits, as
// the post's own tracking takes them. Only the international form of the Universal Postal Union (two
// letters, nine digits, two letters) carries a check digit that is published, S10: the French
// domestic key is not, so no domestic number is refused for it.
func ParseTracking(text string) (string, error) {
	number := compact(text)
	if len(number) < 11 || len(number) > 15 || !isAlphanumeric(number) {
		return "", failure("tracking number", text, ErrSyntax)
	}
	if isInternational(number) && s10Check(number[2:10]) != number[10]-'0' {
		return "", failure("tracking number", text, ErrChecksum)
	}
	return number, nil
}

func isInternational(number string) bool {
	return len(number) == 13 && matches(number[:2], isLetter) && isDigits(number[2:11]) &&
		matches(number[11:], isLetter)
}

// s10Check is the check digit of a serial number of eight digits.
func s10Check(serial string) byte {
	weights := [8]int{8, 6, 4, 2, 3, 5, 9, 7}
	sum := 0
	for i, weight := range weights {
		sum += weight * int(serial[i]-'0')
	}
	switch check := 11 - sum%11; check {
	case 10:
		return 0
	case 11:
		return 5
	default:
		return byte(check)
	}
}

// FormatTracking writes a stored number in groups: a French domestic one as "1A 123 456 7890 1", an
// international one as "RA 123 456 785 FR", any other as it is; with no-break spaces.
func FormatTracking(number string) string {
	switch {
	case isInternational(number):
		return grouped(number, 2, 3, 3, 3, 2)
	case len(number) == 13 && isDigit(number[0]) && isLetter(number[1]) && isDigits(number[2:]):
		return grouped(number, 2, 3, 3, 4, 1)
	}
	return number
}
