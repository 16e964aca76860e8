package main

import (
	"path/filepath"

	"dument/app"
	"dument/app/date"
	"dument/app/law"
	"dument/cmd/internal/wire"
)

var careCommands = []command{
	{name: "rates list", run: listRates, text: words{"liste les taux par semestre", "lists the rates by half-year"}},
	{name: "rates set", arguments: "YYYY-S1|YYYY-S2", least: 1, most: 1, run: setRate, flags: []flagSpec{
		{"ecb", single, "PERCENT", words{"taux de refinancement de la BCE au premier jour",
			"ECB refinancing rate on the first day"}},
		{"legal", single, "PERCENT", words{"taux légal, autres cas (CMF L313-2)", "legal rate, other cases (CMF L313-2)"}},
		{"individual", single, "PERCENT", words{"taux légal des particuliers", "legal rate of individuals"}},
		{"source", single, "TEXT", words{"où vous l’avez lu", "where you read it"}}},
		text: words{"entre les taux d’un semestre", "enters the rates of a half-year"}},
	{name: "verify", run: verify, text: words{"contrôle tout le registre", "checks the whole ledger"}},
	{name: "backup", arguments: "FILE", least: 1, most: 1, run: backup, flags: []flagSpec{
		{"encrypt", toggle, "", words{"(version suivante)", "(a later version)"}}},
		text: words{"fait une copie et la relit", "makes a copy and reads it back"}},
	{name: "restore", arguments: "FILE", least: 1, most: 1, run: restore,
		text: words{"remet une copie en place, et garde ce qui y était", "puts a copy in place, and keeps what was there"}},
	{name: "export", arguments: "DIR", least: 1, most: 1, run: exportAll,
		text: words{"écrit tout en formats ouverts", "writes everything in open formats"}},
}

type jsonRate struct {
	Semester     string     `json:"semester"`
	ECB          string     `json:"ecb"`
	Professional string     `json:"legal"`
	Individual   string     `json:"individual"`
	ECBOrigin    law.Origin `json:"ecb_origin"`
	LegalOrigin  law.Origin `json:"legal_origin"`
	ECBSource    string     `json:"ecb_source"`
	LegalSource  string     `json:"legal_source"`
}

func rateText(rate *law.Rate) string {
	if rate == nil {
		return ""
	}
	return rate.String()
}

func rateResult(entry law.RateEntry) jsonRate {
	return jsonRate{entry.Semester.String(), rateText(entry.ECB), rateText(entry.Professional),
		rateText(entry.Individual), entry.ECBOrigin, entry.LegalOrigin, entry.ECBSource, entry.LegalSource}
}

func listRates(c *call) error {
	house, err := c.open()
	if err != nil {
		return err
	}
	rates, err := house.Rates(c.ctx)
	if err != nil {
		return err
	}
	table := newGrid(c.say("semestre", "half-year"), ">"+c.say("BCE %", "ECB %"), ">"+c.say("légal %", "legal %"),
		">"+c.say("particuliers %", "individuals %"), c.say("entré par", "entered by"))
	for _, entry := range rates.Semesters() {
		made := rateResult(entry)
		c.emit(made, func() {
			origin := c.say("livré", "shipped")
			if made.ECBOrigin == law.User || made.LegalOrigin == law.User {
				origin = c.say("vous", "you")
			}
			table.add(made.Semester, made.ECB, made.Professional, made.Individual, origin)
		})
	}
	if !c.json {
		table.print(c, c.say("Aucun taux.", "No rate."))
	}
	return nil
}

func setRate(c *call) error {
	semester, err := date.ParseSemester(c.given.arguments[0])
	if err != nil {
		return usage("semester", words{
			"semestre illisible : «\u00a0" + c.given.arguments[0] + "\u00a0» n’en est pas un : écrivez par exemple 2027-S1",
			"half-year unreadable: \"" + c.given.arguments[0] + "\" is none: write for example 2027-S1"})
	}
	entry := law.RateEntry{Semester: semester, ECBSource: c.given.value("source"), LegalSource: c.given.value("source")}
	for name, target := range map[string]**law.Rate{"ecb": &entry.ECB, "legal": &entry.Professional,
		"individual": &entry.Individual} {
		if *target, err = c.percentage(name); err != nil {
			return err
		}
	}
	house, err := c.open()
	if err != nil {
		return err
	}
	if err := house.SetRate(c.ctx, c.on, entry); err != nil {
		return err
	}
	rates, err := house.Rates(c.ctx)
	if err != nil {
		return err
	}
	known, _ := rates.Lookup(semester)
	made := rateResult(known)
	c.emit(made, func() {
		c.printf(c.say("%s : BCE %s, légal %s\n", "%s: ECB %s, legal %s\n"), made.Semester,
			c.percent(made.ECB), c.percent(made.Professional))
	})
	return nil
}

func verify(c *call) error {
	house, err := c.open()
	if err != nil {
		return err
	}
	checks, ok, err := house.Verify(c.ctx)
	if err != nil {
		return err
	}
	result := struct {
		OK     bool        `json:"ok"`
		Checks []app.Check `json:"checks"`
	}{ok, some(checks)}
	c.emit(result, func() {
		table := newGrid("", c.say("contrôle", "check"), c.say("constat", "finding"))
		for _, check := range checks {
			mark := "ok"
			if !check.OK {
				mark = "!!"
			}
			table.add(mark, check.Name, check.Detail)
		}
		table.print(c, "")
		if ok {
			c.write(c.say("Le registre est sain.\n", "The ledger is sound.\n"))
		}
	})
	if ok {
		return nil
	}
	return &outcome{exitLedger, words{
		"registre abîmé : un contrôle au moins a échoué : restaurez une sauvegarde avec restore",
		"ledger damaged: at least one check failed: restore a backup with restore"}, nil}
}

func backup(c *call) error {
	if c.given.isSet("encrypt") {
		return notBuilt("encrypt", "--encrypt", words{
			"faites la copie sans --encrypt et chiffrez-la vous-même", "make the copy without --encrypt and encrypt it yourself"})
	}
	house, err := c.open()
	if err != nil {
		return err
	}
	info, err := house.Backup(c.ctx, c.given.arguments[0])
	if err != nil {
		return err
	}
	c.emit(info, func() {
		c.printf(c.say("Copie relue et saine : %s (%d octets, %d factures, SHA-256 %s)\n",
			"Copy read back and sound: %s (%d bytes, %d invoices, SHA-256 %s)\n"), info.Path, info.Size, info.Invoices,
			info.SHA256)
	})
	return nil
}

func restore(c *call) error {
	from, err := filepath.Abs(c.given.arguments[0])
	if err != nil {
		return &app.Error{Code: app.CodeFile, Params: []string{c.given.arguments[0]}, Err: err}
	}
	info, kept, err := wire.Restore(c.ctx, c.options(), from)
	if err != nil {
		return err
	}
	result := struct {
		Ledger   string `json:"ledger"`
		Kept     string `json:"kept"`
		SHA256   string `json:"sha256"`
		Size     int64  `json:"size"`
		Invoices int64  `json:"invoices"`
		Entries  int64  `json:"entries"`
		Head     string `json:"head"`
	}{info.Path, kept, info.SHA256, info.Size, info.Invoices, info.Entries, info.Head}
	c.emit(result, func() {
		c.printf(c.say("Registre restauré : %s (%d factures)\n", "Ledger restored: %s (%d invoices)\n"), result.Ledger,
			result.Invoices)
		if kept != "" {
			c.printf(c.say("L’ancien est gardé : %s\n", "The old one is kept: %s\n"), kept)
		}
	})
	return nil
}

func exportAll(c *call) error {
	house, err := c.open()
	if err != nil {
		return err
	}
	files, err := house.Export(c.ctx, c.on, c.given.arguments[0])
	if err != nil {
		return err
	}
	result := struct {
		Dir   string   `json:"dir"`
		Files []string `json:"files"`
	}{c.given.arguments[0], some(files)}
	c.emit(result, func() {
		c.printf(c.say("%d fichiers dans %s\n", "%d files in %s\n"), len(files), result.Dir)
	})
	return nil
}
