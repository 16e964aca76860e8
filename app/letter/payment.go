package letter

import (
	"strings"

	"dument/app/money"
)

// Limits of EPC069-12, version 002.
const (
	paymentCodeBytesMax      = 331
	paymentCodeMax           = money.Cents(99_999_999_999) // 999,999,999.99 euros
	beneficiaryCharactersMax = 70
)

// paymentReferenceWord stands before the letter's number in the reference of the transfer.
const paymentReferenceWord = "MED "

// The lengths of an IBAN (ISO 13616).
const (
	ibanLengthMin = 15
	ibanLengthMax = 34
	ibanGroup     = 4
)

// compact removes every space of an identifier and writes it in capitals.
func compact(text string) string {
	return strings.ToUpper(strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return r == ' ' || r == '\u00a0' || r == '\u202f'
	}), ""))
}

// validIBAN checks an IBAN by ISO 13616: its characters, its length and its remainder modulo 97.
func validIBAN(iban string) bool {
	if len(iban) < ibanLengthMin || len(iban) > ibanLengthMax {
		return false
	}
	remainder := 0
	for _, r := range iban[4:] + iban[:4] {
		switch {
		case r >= '0' && r <= '9':
			remainder = (remainder*10 + int(r-'0')) % 97
		case r >= 'A' && r <= 'Z':
			remainder = (remainder*100 + int(r-'A') + 10) % 97
		default:
			return false
		}
	}
	return remainder == 1
}

// printedIBAN parts an IBAN in groups of four that do not break.
func printedIBAN(iban string) string {
	var groups []string
	for len(iban) > ibanGroup {
		groups, iban = append(groups, iban[:ibanGroup]), iban[ibanGroup:]
	}
	return strings.Join(append(groups, iban), solid)
}

// paymentCode is the payload of the EPC code: a credit transfer of exactly this sum. The holder's name
// goes in without accents, because common readers take accented text for another encoding. An amount
// beyond the standard's limit has no code.
func paymentCode(holder, iban, reference string, amount money.Cents) (string, *Refusal) {
	if amount <= 0 || amount > paymentCodeMax {
		return "", nil
	}
	name := ascii(holder)
	if len(name) > beneficiaryCharactersMax {
		return "", refuse(TooLong, "creditor.name", "%d characters, a payment code holds %d", len(name),
			beneficiaryCharactersMax)
	}
	payload := strings.Join([]string{"BCD", "002", "1", "SCT", "", name, iban, "EUR" + amount.String(), "", "",
		ascii(reference)}, "\n")
	if len(payload) > paymentCodeBytesMax {
		return "", refuse(PaymentCodeTooLong, "number", "%d bytes, at most %d", len(payload), paymentCodeBytesMax)
	}
	return payload, nil
}
