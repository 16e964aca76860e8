package main

import (
	"dument/app/ledger"
	"dument/cmd/internal/example"
	"dument/cmd/internal/wire"
)

var ledgerCommands = []command{
	{name: "init", run: initLedger, text: words{"crée un registre", "creates a ledger"},
		flags: []flagSpec{{"settings", single, "FILE.toml", words{"les réglages (TOML)", "the settings (TOML)"}}}},
	{name: "settings show", run: showSettings,
		text: words{"affiche les réglages, sans aucun secret", "prints the settings, without any secret"}},
	{name: "settings apply", arguments: "FILE.toml", least: 1, most: 1, run: applySettings,
		text: words{"remplace les sections que le fichier contient", "replaces the sections that the file has"}},
	{name: "demo", arguments: "DIR", least: 1, most: 1, run: makeExample,
		text: words{"fait un registre d’exemple, avec sa boîte de réception", "makes an example ledger, with its inbox"}},
}

// maxSettingsBytes bounds a settings file.
const maxSettingsBytes = 1 << 20

func initLedger(c *call) error {
	file, err := c.need("settings")
	if err != nil {
		return err
	}
	data, err := wire.ReadFile(file, maxSettingsBytes)
	if err != nil {
		return err
	}
	settings, err := wire.ReadSettings(data)
	if err != nil {
		return err
	}
	if c.house, err = wire.Create(c.ctx, c.options(), settings); err != nil {
		return err
	}
	result := struct {
		Ledger   string `json:"ledger"`
		Creditor string `json:"creditor"`
	}{c.house.Store.Path(), settings.Creditor.Name}
	c.emit(result, func() {
		c.printf(c.say("Registre créé pour %s : %s\n", "Ledger created for %s: %s\n"), result.Creditor, result.Ledger)
	})
	return nil
}

func showSettings(c *call) error {
	house, err := c.open()
	if err != nil {
		return err
	}
	settings, err := house.Settings(c.ctx)
	if err != nil {
		return err
	}
	return c.emitSettings(settings)
}

func (c *call) emitSettings(settings ledger.Settings) error {
	text, err := wire.WriteSettings(settings)
	if err != nil {
		return err
	}
	c.emit(withLists(settings), func() { c.write(string(text)) })
	return nil
}

// withLists makes every list of the settings an array in JSON.
func withLists(settings ledger.Settings) ledger.Settings {
	settings.Creditor.Address = some(settings.Creditor.Address)
	settings.Mailbox.OwnAddresses = some(settings.Mailbox.OwnAddresses)
	settings.Mailbox.Forwarders = some(settings.Mailbox.Forwarders)
	accounts := make([]ledger.MoneyAccount, len(settings.Accounts))
	for n, account := range settings.Accounts {
		account.Domains = some(account.Domains)
		accounts[n] = account
	}
	settings.Accounts = accounts
	return settings
}

func applySettings(c *call) error {
	data, err := wire.ReadFile(c.given.arguments[0], maxSettingsBytes)
	if err != nil {
		return err
	}
	house, err := c.open()
	if err != nil {
		return err
	}
	settings, err := house.ChangeSettings(c.ctx, c.on, func(current ledger.Settings) (ledger.Settings, error) {
		return wire.MergeSettings(current, data)
	})
	if err != nil {
		return err
	}
	return c.emitSettings(settings)
}

func makeExample(c *call) error {
	step := func(text string) {
		if !c.json {
			c.write(oneLine(text) + "\n")
		}
	}
	made, err := example.Make(c.ctx, c.given.arguments[0], c.lang, step)
	if err != nil {
		return err
	}
	c.emit(made, func() {
		c.printf(c.say("Exemple prêt.\n  registre  %s\n  boîte     %s\n  compte rendu  %s\n",
			"Example ready.\n  ledger   %s\n  mailbox  %s\n  report   %s\n"), made.Ledger, made.Mailbox, made.Report)
		for _, letter := range made.Letters {
			c.printf(c.say("  courrier  %s\n", "  letter   %s\n"), letter)
		}
	})
	return nil
}
