package identity

import (
	"strconv"
	"strings"
)

// laPoste is the SIREN whose establishments were numbered without the Luhn check, but for the one
// of its seat.
const (
	laPoste     = "356000000"
	laPosteSeat = "35600000000048"
)

// ParseSIREN reads the nine digits of a French business; they pass the Luhn check.
func ParseSIREN(text string) (string, error) {
	number := compact(text)
	if len(number) != 9 || !isDigits(number) {
		return "", failure("SIREN", text, ErrSyntax)
	}
	if !luhn(number) {
		return "", failure("SIREN", text, ErrChecksum)
	}
	return number, nil
}

// ParseSIRET reads the fourteen digits of an establishment: its SIREN and five digits. They pass the
// Luhn check, or, for La Poste, have a sum that is a multiple of five.
func ParseSIRET(text string) (string, error) {
	number := compact(text)
	if len(number) != 14 || !isDigits(number) {
		return "", failure("SIRET", text, ErrSyntax)
	}
	ok := luhn(number[:9]) && luhn(number)
	if strings.HasPrefix(number, laPoste) && number != laPosteSeat {
		ok = digitSum(number)%5 == 0
	}
	if !ok {
		return "", failure("SIRET", text, ErrChecksum)
	}
	return number, nil
}

func digitSum(digits string) (sum int) {
	for i := range len(digits) {
		sum += int(digits[i] - '0')
	}
	return sum
}

// FormatSIREN writes a stored SIREN as "732 829 320", with no-break spaces.
func FormatSIREN(number string) string { return grouped(number, 3) }

// FormatSIRET writes a stored SIRET as "732 829 320 00074", with no-break spaces.
func FormatSIRET(number string) string { return grouped(number, 3, 3, 3, 5) }

// vatAlphabet orders the characters of VAT keys that hold a letter: neither I nor O.
const vatAlphabet = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"

// ParseFrenchVAT reads a French VAT number: FR, a key of two characters, a SIREN. Monaco's numbers
// stand on nine digits that begin with 000 and are no SIREN.
func ParseFrenchVAT(text string) (string, error) {
	number := compact(text)
	if len(number) != 13 || !strings.HasPrefix(number, "FR") || !isDigits(number[4:]) ||
		!strings.Contains(vatAlphabet, number[2:3]) || !strings.Contains(vatAlphabet, number[3:4]) {
		return "", failure("VAT number", text, ErrSyntax)
	}
	key, siren := number[2:4], number[4:]
	isMonaco := strings.HasPrefix(siren, "000")
	if !isMonaco && !luhn(siren) || !vatKeyAgrees(key, siren) {
		return "", failure("VAT number", text, ErrChecksum)
	}
	return number, nil
}

// FrenchVAT makes the VAT number of a stored SIREN, with its numeric key. The error is ParseSIREN's.
func FrenchVAT(siren string) (string, error) {
	number, err := ParseSIREN(siren)
	if err != nil {
		return "", err
	}
	key := mod97(number + "12")
	return "FR" + twoDigits(key) + number, nil
}

func vatKeyAgrees(key, siren string) bool {
	if isDigits(key) {
		return twoDigits(mod97(siren+"12")) == key
	}
	first, second := strings.IndexByte(vatAlphabet, key[0]), strings.IndexByte(vatAlphabet, key[1])
	check := first*34 + second - 100
	if isDigit(key[0]) {
		check = first*24 + second - 10
	}
	value, err := strconv.Atoi(siren)
	return err == nil && (value+1+check/11)%11 == check%11
}

func twoDigits(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}
