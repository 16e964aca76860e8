package exchange

import (
	"strings"

	"dument/app/identity"
)

// readIdentity reads e-mail address, SIREN and SIRET. They are never a reason to refuse an invoice:
// what cannot be one is left out and said, what only fails its check digit is kept and said.
func (r *rowReader) readIdentity(row *splitter, invoice *Invoice) {
	if cell := unguard(r.cell(row, r.decoder, RoleEmail)); cell != "" {
		if isAddress(cell) {
			invoice.ClientEmail = cell
		} else {
			r.warn(row.line, RoleEmail, "email_unreadable", cell)
		}
	}
	invoice.Siren = r.identifier(row, RoleSiren, 9, identity.ParseSIREN)
	invoice.Siret = r.identifier(row, RoleSiret, 14, identity.ParseSIRET)
	if invoice.Siren != "" && invoice.Siret != "" && !strings.HasPrefix(invoice.Siret, invoice.Siren) {
		r.warn(row.line, RoleSiret, "siret_of_another", invoice.Siret, invoice.Siren)
	}
}

// identifier reads a number of exactly length digits, whatever parts their groups; parse checks it.
func (r *rowReader) identifier(
	row *splitter, role Role, length int, parse func(string) (string, error),
) string {
	cell := r.cell(row, r.decoder, role)
	if cell == "" {
		return ""
	}
	digits := strings.Map(func(r rune) rune {
		switch r {
		case ' ', '.', '\'', '\u00a0', '\u202f', '\u2009':
			return -1
		}
		return r
	}, cell)
	if len(digits) != length || !isDigits(digits) {
		r.warn(row.line, role, "identifier_unreadable", cell)
		return ""
	}
	if _, err := parse(digits); err != nil {
		r.warn(row.line, role, "identifier_check", cell)
	}
	return digits
}

// isAddress accepts what a mail program would send to: one @, a name before it, a domain with a dot
// behind it, no blank and no control character.
func isAddress(text string) bool {
	local, domain, found := strings.Cut(text, "@")
	return found && local != "" && len(text) <= 254 && strings.Contains(strings.Trim(domain, "."), ".") &&
		strings.Trim(domain, ".") == domain && !strings.ContainsAny(text, " \t\r\n,;<>\"()[]\\") &&
		strings.Count(text, "@") == 1 && !strings.ContainsFunc(text, isUnprintable)
}
