package main

import (
	"path/filepath"

	"dument/app"
	"dument/app/date"
	"dument/app/ledger"
	"dument/app/money"
	"dument/cmd/internal/wire"
)

var letterCommands = []command{
	{name: "letter track", arguments: "ID posted|presented|delivered|returned", least: 2, most: 2, run: trackLetter,
		flags: []flagSpec{
			{"date", single, "DATE", words{"le jour du fait", "the day of the event"}},
			{"number", single, "LR", words{"numéro du recommandé", "registered number"}},
			{"proof", single, "FILE", words{"preuve à garder", "proof to keep"}},
			{"reason", single, "R", words{"motif du retour : unclaimed, refused, unknown, incomplete-address",
				"reason of the return: unclaimed, refused, unknown, incomplete-address"}}},
		text: words{"note un fait du recommandé", "notes an event of registered mail"}},
	{name: "letter", arguments: "NUMBER...", least: 1, most: -1, run: makeLetter, flags: []flagSpec{
		{"out", single, "FILE.pdf", words{"(-o) le fichier à écrire", "(-o) the file to write"}},
		{"kind", single, "KIND", words{"formal-notice", "formal-notice"}},
		{"deadline", single, "DATE", words{"date limite de paiement", "deadline for the payment"}}},
		text: words{"fait la mise en demeure et l’enregistre", "makes the formal notice and records it"}},
}

// letterKinds are those of the contract; this version makes the formal notice.
var letterKinds = []string{"reminder", "formal-notice", "plan", "statement", "receipt"}

func makeLetter(c *call) error {
	kind := c.given.value("kind")
	if kind != "" {
		if err := oneOf("kind", kind, letterKinds...); err != nil {
			return err
		}
		if kind != string(ledger.LetterFormalNotice) {
			return notBuilt("kind", kind, words{"cette version fait formal-notice", "this version makes formal-notice"})
		}
	}
	out, err := c.need("out")
	if err != nil {
		return err
	}
	draft := app.LetterDraft{Numbers: c.given.arguments, Kind: ledger.LetterKind(kind)}
	if draft.Deadline, err = c.day("deadline"); err != nil {
		return err
	}
	house, err := c.open()
	if err != nil {
		return err
	}
	made, err := house.MakeLetter(c.ctx, c.on, draft)
	if err != nil {
		return err
	}
	if err := wire.WriteFile(out, made.PDF); err != nil {
		number := made.Letter.Number
		return &outcome{exitPartial, words{
			"courrier " + number + " enregistré mais pas écrit : " + out + " ne peut être écrit : relancez la commande " +
				"avec un autre -o, le même courrier sera rendu",
			"letter " + number + " recorded but not written: " + out + " cannot be written: run the command again with " +
				"another -o, the same letter comes back"}, err}
	}
	result := struct {
		Letter string      `json:"letter"`
		File   string      `json:"file"`
		SHA256 string      `json:"sha256"`
		Pages  int         `json:"pages"`
		Total  money.Cents `json:"total"`
	}{made.Letter.Number, out, made.Letter.SHA256, made.Letter.Pages, made.Letter.Total}
	c.emit(result, func() {
		c.printf(c.say("%s : %s, %d page(s), %s\n", "%s: %s, %d page(s), %s\n"), result.Letter,
			c.euros(result.Total, money.EUR), result.Pages, out)
		if made.Repeated {
			c.write(c.say("Les mêmes faits avaient déjà donné ce courrier.\n", "The same facts had given this letter before.\n"))
		}
	})
	for _, warning := range made.Warnings {
		c.note(c.warning(warning))
	}
	return nil
}

type jsonLetterEvent struct {
	Event  ledger.LetterEventKind `json:"event"`
	Date   date.Date              `json:"date"`
	Number string                 `json:"number"`
	Reason string                 `json:"reason"`
	Proof  string                 `json:"proof"`
}

type jsonLetter struct {
	Letter    string            `json:"letter"`
	Kind      ledger.LetterKind `json:"kind"`
	Client    string            `json:"client"`
	On        date.Date         `json:"on"`
	Deadline  date.Date         `json:"deadline"`
	Invoices  []string          `json:"invoices"`
	Posted    date.Date         `json:"posted"`
	Presented date.Date         `json:"presented"`
	Delivered date.Date         `json:"delivered"`
	Returned  date.Date         `json:"returned"`
	Events    []jsonLetterEvent `json:"events"`
}

// maxProofBytes bounds a proof: a photo or a scan.
const maxProofBytes = 25 << 20

func trackLetter(c *call) (err error) {
	draft := app.TrackDraft{Letter: c.given.arguments[0], Kind: ledger.LetterEventKind(c.given.arguments[1]),
		Number: c.given.value("number"), Reason: c.given.value("reason")}
	if _, err := c.need("date"); err != nil {
		return err
	}
	if draft.Date, err = c.day("date"); err != nil {
		return err
	}
	if proof := c.given.value("proof"); proof != "" {
		if draft.Proof, err = wire.ReadFile(proof, maxProofBytes); err != nil {
			return err
		}
		draft.ProofName = filepath.Base(proof)
	}
	house, err := c.open()
	if err != nil {
		return err
	}
	row, err := house.TrackLetter(c.ctx, c.on, draft)
	if err != nil {
		return err
	}
	made := jsonLetter{row.Letter.Number, row.Letter.Kind, row.Client.Name, row.Letter.On, row.Letter.Deadline,
		some(row.Numbers), row.State.Posted, row.State.Presented, row.State.Delivered, row.State.Returned,
		[]jsonLetterEvent{}}
	for _, event := range row.Events {
		made.Events = append(made.Events, jsonLetterEvent{event.Kind, event.Date, event.Number, event.Reason,
			event.Proof})
	}
	c.emit(made, func() {
		c.printf("%s  %s\n", made.Letter, oneLine(made.Client))
		for _, event := range made.Events {
			fact := app.Fact{On: event.Date, Code: "letter_" + string(event.Event),
				Params: []string{made.Letter, event.Reason}}
			c.printf("  %s  %s %s\n", shown(event.Date), c.fact(fact), event.Number)
		}
	})
	return nil
}
