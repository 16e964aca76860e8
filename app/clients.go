package app

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"dument/app/date"
	"dument/app/identity"
	"dument/app/law"
	"dument/app/ledger"
)

// Clients lists the clients with their book values on a day.
func (a *App) Clients(ctx context.Context, on date.Date) (rows []ClientRow, err error) {
	err = a.Store.View(ctx, func(r Reader) error {
		rows, err = r.Clients(on)
		return err
	})
	return rows, wrap("list clients", err)
}

// Client finds a client by its number or its exact name.
func (a *App) Client(ctx context.Context, which string) (client ledger.Client, err error) {
	err = a.Store.View(ctx, func(r Reader) error {
		client, err = findClient(r, which)
		return err
	})
	return client, wrap("show client", err)
}

func findClient(r Reader, which string) (ledger.Client, error) {
	client, found, err := r.ClientByName(which)
	if err != nil || found {
		return client, err
	}
	if id, parseErr := strconv.ParseInt(which, 10, 64); parseErr == nil {
		return r.Client(ledger.ClientID(id))
	}
	return ledger.Client{}, notFound("client", which)
}

// SaveClient adds a client (ID 0) or replaces what is known of one. An empty Kind is guessed, and the
// guess is marked as one.
func (a *App) SaveClient(ctx context.Context, on date.Date, client ledger.Client) (ledger.Client, error) {
	if err := completeClient(&client); err != nil {
		return client, wrap("save client", err)
	}
	err := a.update(ctx, "save client", func(w Writer) error {
		same, found, err := w.ClientByName(client.Name)
		if err != nil {
			return err
		}
		if found && same.ID != client.ID {
			return &Error{Code: CodeConflict, Detail: "client_exists", Field: "name", Params: []string{client.Name}}
		}
		return w.Record(ledger.EntryClient, on, func(int64) (any, error) {
			if err := w.SaveClient(&client); err != nil {
				return nil, fieldProblem(err)
			}
			return map[string]any{"client": client.ID, "type": client.Kind}, nil
		})
	})
	return client, err
}

// completeClient normalises identifiers, refuses wrong ones, and settles the regime.
func completeClient(client *ledger.Client) error {
	if client.Siret != "" {
		siret, err := identity.ParseSIRET(client.Siret)
		if err != nil {
			return &Error{Code: CodeInvalid, Field: "siret", Detail: "check_failed", Params: []string{client.Siret}, Err: err}
		}
		client.Siret = siret
		if client.Siren == "" {
			client.Siren = siret[:9]
		}
	}
	if client.Siren != "" {
		siren, err := identity.ParseSIREN(client.Siren)
		if err != nil {
			return &Error{Code: CodeInvalid, Field: "siren", Detail: "check_failed", Params: []string{client.Siren}, Err: err}
		}
		client.Siren = siren
	}
	switch {
	case client.Kind == "":
		client.Kind, client.KindOrigin = ledger.GuessKind(client.Name, client.Siren)
	case client.KindOrigin == "":
		client.KindOrigin = ledger.OriginStated
	}
	return fieldProblem(client.Validate())
}

// MergeClients gives everything of one client to another. The two regimes must be the same.
func (a *App) MergeClients(ctx context.Context, on date.Date, from, to string) (kept ledger.Client, err error) {
	err = a.update(ctx, "merge clients", func(w Writer) error {
		first, err := findClient(w, from)
		if err != nil {
			return err
		}
		if kept, err = findClient(w, to); err != nil {
			return err
		}
		if first.ID == kept.ID {
			return invalid("client", "same_client", to)
		}
		if first.Kind != kept.Kind {
			return &Error{Code: CodeRefused, Detail: "regimes_differ",
				Params: []string{string(first.Kind), string(kept.Kind)}}
		}
		inherit(&kept, first)
		return w.Record(ledger.EntryMerged, on, func(int64) (any, error) {
			if err := w.MergeClients(first.ID, kept.ID); err != nil {
				return nil, err
			}
			return map[string]any{"from": first.ID, "to": kept.ID}, w.SaveClient(&kept)
		})
	})
	return kept, err
}

// inherit fills what is not known of a client from one that is merged into it, whose names become ways
// in which it pays.
func inherit(kept *ledger.Client, first ledger.Client) {
	for _, field := range []struct{ kept, first *string }{{&kept.Email, &first.Email}, {&kept.Phone, &first.Phone},
		{&kept.Siren, &first.Siren}, {&kept.Siret, &first.Siret}, {&kept.VATNumber, &first.VATNumber},
		{&kept.Salutation, &first.Salutation}, {&kept.Service, &first.Service}} {
		if *field.kept == "" {
			*field.kept = *field.first
		}
	}
	if len(kept.Address) == 0 {
		kept.Address = first.Address
	}
	for _, alias := range append([]string{first.Name}, first.Aliases...) {
		if alias != kept.Name && !slices.Contains(kept.Aliases, alias) {
			kept.Aliases = append(kept.Aliases, alias)
		}
	}
	for _, iban := range first.IBANs {
		if !slices.Contains(kept.IBANs, iban) {
			kept.IBANs = append(kept.IBANs, iban)
		}
	}
}

// addsNothing reports whether a row says of its client only what is known: the case of nearly every row.
func addsNothing(row ImportRow, client ledger.Client) bool {
	return (row.ClientEmail == "" || client.Email != "") && (row.Siren == "" || client.Siren != "") &&
		(row.Siret == "" || client.Siret != "") &&
		(row.ClientKind == "" || client.KindOrigin == ledger.OriginStated)
}

// retentionYears is how long accounting documents must be kept (C. com. L123-22).
const retentionYears = 10

// EraseClient removes what the law does not require to keep: contacts, notes, what was learnt. The
// name and address on accounting documents stay until ten years after the last invoice's year, after
// which they go too. Until gives the day from which everything can go.
func (a *App) EraseClient(ctx context.Context, on date.Date, which string) (until date.Date, err error) {
	err = a.update(ctx, "erase client", func(w Writer) error {
		client, err := findClient(w, which)
		if err != nil {
			return err
		}
		var last date.Date
		open := false
		err = w.Invoices(InvoiceFilter{Client: client.ID}, func(row InvoiceRow) error {
			if row.Invoice.Issued.After(last) {
				last = row.Invoice.Issued
			}
			open = open || row.Invoice.Type != ledger.TypeCreditNote && row.Balance.Open() > 0
			return nil
		})
		if err != nil {
			return err
		}
		if open {
			return refused("client_owes", client.Name)
		}
		client.Email, client.Phone, client.Notes, client.Salutation = "", "", "", ""
		client.Aliases, client.IBANs = nil, nil
		client.ErasedOn = on
		if !last.IsZero() {
			until = date.Semester{Year: last.Year() + retentionYears + 1, Half: 1}.First()
		}
		if !until.After(on) {
			client.Name, client.Address = fmt.Sprintf("Client effacé n° %d", client.ID), nil
			client.Siren, client.Siret, client.VATNumber = "", "", ""
		}
		return w.Record(ledger.EntryErased, on, func(int64) (any, error) {
			return map[string]any{"client": client.ID, "until": until}, w.SaveClient(&client)
		})
	})
	return until, err
}

// clientForImport finds the client that a row of a file names, or makes it. A file that states a
// regime other than the known one, when that one was only guessed, corrects it.
func clientForImport(w Writer, cache map[string]ledger.Client, row ImportRow) (ledger.Client, error) {
	client, known := cache[row.ClientName]
	if known && addsNothing(row, client) {
		return client, nil
	}
	if !known {
		found := false
		var err error
		if client, found, err = w.ClientByName(row.ClientName); err != nil {
			return client, err
		}
		if !found {
			client = ledger.Client{Name: row.ClientName}
		}
	}
	before := client
	if client.Email == "" {
		client.Email = row.ClientEmail
	}
	if client.Siret == "" {
		client.Siret = row.Siret
	}
	if client.Siren == "" {
		client.Siren = row.Siren
	}
	guessed := client.KindOrigin != ledger.OriginStated
	if guessed && row.ClientKind != "" {
		client.Kind, client.KindOrigin = row.ClientKind, ledger.OriginStated
	} else if guessed && client.KindOrigin != ledger.OriginSiren {
		client.Kind = law.Debtor("")
	}
	if err := completeClient(&client); err != nil {
		return client, err
	}
	if client.ID == 0 || client.Kind != before.Kind || client.KindOrigin != before.KindOrigin ||
		client.Email != before.Email || client.Siren != before.Siren || client.Siret != before.Siret {
		if err := w.SaveClient(&client); err != nil {
			return client, fieldProblem(err)
		}
	}
	cache[row.ClientName] = client
	return client, nil
}
