package identity

import "strings"

// ibanLengths is the length of an IBAN by country (ISO 13616 registry).
var ibanLengths = map[string]int{
	"AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BI": 27,
	"BR": 29, "BY": 28, "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DJ": 27, "DK": 18, "DO": 28,
	"EE": 20, "EG": 29, "ES": 24, "FI": 18, "FK": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23,
	"GL": 18, "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26, "IT": 27,
	"JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LC": 32, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "LY": 25,
	"MC": 27, "MD": 24, "ME": 22, "MK": 19, "MN": 20, "MR": 27, "MT": 31, "MU": 30, "NI": 28, "NL": 18,
	"NO": 15, "OM": 23, "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "RU": 33,
	"SA": 24, "SC": 31, "SD": 18, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "SO": 23, "ST": 25, "SV": 28,
	"TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20, "YE": 30,
}

// ParseIBAN reads an account number: country, check digits mod 97 (ISO 7064), and the length that the
// country's numbers have, 27 in France.
func ParseIBAN(text string) (string, error) {
	number := compact(text)
	number = strings.TrimPrefix(strings.TrimPrefix(number, "IBAN"), ":")
	if len(number) < 5 || !isAlphanumeric(number) || !isDigits(number[2:4]) ||
		ibanLengths[number[:2]] != len(number) {
		return "", failure("IBAN", text, ErrSyntax)
	}
	if mod97(number[4:]+number[:4]) != 1 {
		return "", failure("IBAN", text, ErrChecksum)
	}
	return number, nil
}

// FormatIBAN writes a stored IBAN in groups of four, with no-break spaces.
func FormatIBAN(number string) string { return grouped(number, 4) }

// FrenchIBAN makes the IBAN of a French account as bank files print it: bank and branch of five
// digits, account of eleven characters. The error wraps ErrSyntax.
func FrenchIBAN(bank, branch, account string) (string, error) {
	bank, branch, account = compact(bank), compact(branch), compact(account)
	if len(bank) != 5 || len(branch) != 5 || len(account) != 11 ||
		!isDigits(bank+branch) || !isAlphanumeric(account) {
		return "", failure("account", bank+" "+branch+" "+account, ErrSyntax)
	}
	local := bank + branch + account + twoDigits(ribKey(bank, branch, account))
	return "FR" + twoDigits(98-mod97(local+"FR00")) + local, nil
}

// ribKey is the clé RIB: 97 − (89 × bank + 15 × branch + 3 × account) mod 97, letters counting as
// digits.
func ribKey(bank, branch, account string) int {
	value := func(text string) int {
		n := 0
		for i := range len(text) {
			n = n*10 + ribDigit(text[i])
		}
		return n % 97
	}
	return 97 - (89*value(bank)+15*value(branch)+3*value(account))%97
}

// ribDigit gives a letter its digit: A and J are 1, B, K and S are 2, up to I, R and Z, which are 9.
func ribDigit(b byte) int {
	switch {
	case isDigit(b):
		return int(b - '0')
	case b <= 'I':
		return int(b-'A') + 1
	case b <= 'R':
		return int(b-'J') + 1
	}
	return int(b-'S') + 2
}

// ParseBIC reads the code of a bank: four letters, two of a country, two characters of a place, and
// three of a branch or none. It has no check digit.
func ParseBIC(text string) (string, error) {
	code := compact(text)
	isShape := (len(code) == 8 || len(code) == 11) && matches(code[:6], isLetter) && isAlphanumeric(code)
	if !isShape {
		return "", failure("BIC", text, ErrSyntax)
	}
	return code, nil
}

// maxReference is the length of the longest reference that ISO 11649 can carry, without RF and its
// check digits.
const maxReference = 21

// ParseCreditorReference reads a structured creditor reference of ISO 11649, such as RF18539007547034.
func ParseCreditorReference(text string) (string, error) {
	reference := compact(text)
	if len(reference) < 5 || len(reference) > maxReference+4 || !strings.HasPrefix(reference, "RF") ||
		!isDigits(reference[2:4]) || !isAlphanumeric(reference) {
		return "", failure("creditor reference", text, ErrSyntax)
	}
	if mod97(reference[4:]+reference[:4]) != 1 {
		return "", failure("creditor reference", text, ErrChecksum)
	}
	return reference, nil
}

// CreditorReference makes the structured reference of ISO 11649 of a number, such as an invoice's:
// its letters and digits behind RF and two check digits. The error wraps ErrSyntax when the number
// holds other characters than letters, digits, blanks, dots and hyphens, or more than 21 of the
// first two.
func CreditorReference(number string) (string, error) {
	body := compact(number)
	if !isAlphanumeric(body) || len(body) > maxReference {
		return "", failure("creditor reference of", number, ErrSyntax)
	}
	return "RF" + twoDigits(98-mod97(body+"RF00")) + body, nil
}
