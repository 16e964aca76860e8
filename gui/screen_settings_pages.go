package gui

import (
	"context"

	"fyne.io/fyne/v2"

	"dument/app/law"
	"dument/gui/field"
	"dument/gui/grid"
	"dument/gui/kit"
	"dument/gui/model"
	"dument/gui/theme"
)

// identityPage is who the user is; beside it what the letters still lack.
func (v *settingsScreen) identityPage() *settingsPage {
	s := v.shell
	needs := kit.Stack(9)
	aside := kit.Stack(12, kit.NewHeading(s.T("settings.needs"), ""), needs,
		kit.NewParagraph(s.T("settings.needs.what"), kit.Caption))
	return v.formPage(model.PageIdentity, aside, func(facts settingsFacts) {
		needs.Objects = nil
		for _, line := range model.Missing(s.Words, facts.settings) {
			needs.Add(wholeLine(line))
		}
		needs.Refresh()
	})
}

// termsPage holds the terms and the numbers; beside it the floor of the law and an example.
func (v *settingsScreen) termsPage() *settingsPage {
	s := v.shell
	floor, examples := kit.Stack(0), kit.Stack(8)
	aside := kit.Stack(12, kit.NewHeading(s.T("settings.floor"), ""), floor, kit.Gap(8),
		kit.NewHeading(s.T("settings.numbering"), ""), examples)
	return v.formPage(model.PageTerms, aside, func(facts settingsFacts) {
		on := s.Today()
		floor.Objects = []fyne.CanvasObject{wholeLine(model.FloorLine(s.Words, facts.settings, facts.rates, on))}
		examples.Objects = nil
		for _, example := range []struct{ key, pattern string }{
			{"settings.numbering.invoice", facts.settings.Numbering.Invoice},
			{"settings.numbering.credit_note", facts.settings.Numbering.CreditNote},
			{"settings.numbering.quote", facts.settings.Numbering.Quote},
		} {
			examples.Add(kit.Pair(s.T(example.key), model.NumberExample(example.pattern, on), kit.Small, kit.Plain))
		}
		v.resized()
	})
}

// scenarioPage chooses the scenario; beside it its steps.
func (v *settingsScreen) scenarioPage() *settingsPage {
	s := v.shell
	steps := kit.NewTimeline()
	aside := kit.Stack(12, kit.NewHeading(s.T("settings.scenario.steps"), s.T("settings.scenario.from")), steps,
		kit.NewParagraph(s.T("settings.scenario.what"), kit.Caption))
	return v.formPage(model.PageScenario, aside, func(facts settingsFacts) {
		steps.SetFacts(scenarioFacts(s, facts.settings.Reminders.Scenario))
		v.resized()
	})
}

// scenarioFacts are the steps of a scenario as a timeline shows them.
func scenarioFacts(s *Shell, name string) []kit.Fact {
	var facts []kit.Fact
	for _, step := range model.ScenarioSteps(s.Words, name) {
		facts = append(facts, kit.Fact{Date: step.Day, Icon: iconOf(step.Icon), Text: step.Text})
	}
	return facts
}

// rateSource are the rates as the grid reads them.
type rateSource []model.RateLine

// Len implements grid.Source.
func (r rateSource) Len() int { return len(r) }

// Row implements grid.Source.
func (r rateSource) Row(i int) grid.Row {
	line := r[i]
	row := grid.Row{Key: line.Key, Cells: []grid.Cell{{Text: line.Semester, Bold: line.Current}, {Text: line.ECB},
		{Text: line.Statutory, Bold: line.Current}, {Text: line.Legal}, {Text: line.Floor}, {Text: line.Source}}}
	if line.Own {
		row.Cells[0].Tone = kit.ToneAccent
	}
	return row
}

// ratesPage is the table of the law's rates; beside it the entry of a half-year.
func (v *settingsScreen) ratesPage() *settingsPage {
	s := v.shell
	table := grid.New([]grid.Column{
		{ID: "semester", Title: s.T("settings.rates.semester"), Width: 126, Fixed: true, Lead: true},
		{ID: "ecb", Title: s.T("settings.rates.ecb.short"), Width: 62, Kind: grid.Figure, Fixed: true},
		{ID: "statutory", Title: s.T("settings.rates.statutory"), Width: 82, Kind: grid.Figure, Fixed: true},
		{ID: "legal", Title: s.T("settings.rates.legal.short"), Width: 62, Kind: grid.Figure, Fixed: true},
		{ID: "floor", Title: s.T("settings.rates.floor"), Width: 70, Kind: grid.Figure, Fixed: true},
		{ID: "source", Title: s.T("settings.rates.source"), Width: 90, Stretch: 1, Kind: grid.Date, Fixed: true, Priority: 1},
	})
	entry := newForm(s, model.RateFields())
	var last *law.Rates
	save := func() {
		rate, ok := entry.read(law.RateEntry{})
		if !ok {
			return
		}
		on := s.Today()
		var refused error
		s.Do(func(ctx context.Context) error {
			refused = s.App.SetRate(ctx, on, model.RateEntry(rate))
			return nil
		}, func() {
			if refused != nil {
				entry.refuse(refused)
				return
			}
			s.Say(s.T("settings.rates.saved", model.SemesterName(s.Words, rate.Semester)), "", nil)
			last = nil
			v.refresh()
		})
	}
	entry.submit, entry.resized = save, v.resized
	aside := kit.Stack(14, kit.NewHeading(s.T("settings.rates.enter"), ""), entry.all,
		kit.Row(0, kit.NewPrimaryButton("", s.T("form.save"), save).Tall(), kit.Spring()),
		kit.NewParagraph(s.T("settings.rates.where"), kit.Caption))
	body := kit.Frame(kit.Inset(v.pageHead(model.PageRates), 18, 28, 14, 28), nil, nil, nil, table)
	return &settingsPage{id: model.PageRates, body: body, aside: aside, fills: true, show: func(facts settingsFacts) {
		table.SetSource(rateSource(model.RateLines(s.Words, facts.rates, s.Today())))
		if last == nil || !entry.dirty() {
			last = facts.rates
			entry.show(model.NextRate(facts.rates))
		}
	}}
}

// backupPage makes copies and checks the ledger.
func (v *settingsScreen) backupPage() *settingsPage {
	s := v.shell
	block := func(key string, button *kit.Button) fyne.CanvasObject {
		return kit.Stack(10, kit.NewHeading(s.T(key), ""), kit.NewParagraph(s.T(key+".what"), kit.Plain),
			kit.Row(0, button, kit.Spring()))
	}
	body := kit.Stack(26, v.pageHead(model.PageBackup),
		block("settings.backup", kit.NewPrimaryButton(theme.IconBox, s.T("action.backup"), s.backup).Tall()),
		block("settings.verify", kit.NewPlainButton(theme.IconShield, s.T("action.verify"), s.verify).Tall()),
		kit.Stack(10, kit.NewHeading(s.T("settings.restore"), ""),
			kit.NewParagraph(s.T("settings.restore.what"), kit.Plain)),
		kit.Stack(10, kit.NewHeading(s.T("settings.place"), ""), kit.NewParagraph(s.App.Store.Path(), kit.Plain)))
	return &settingsPage{id: model.PageBackup, body: body, aside: v.checks.all}
}

// Preferences of the window that are no business of the ledger.
const (
	preferenceMode     = "mode"
	preferenceLanguage = "language"
)

// appearancePage chooses light or dark, and the language.
func (v *settingsScreen) appearancePage() *settingsPage {
	s := v.shell
	mode := field.NewChoiceField(s.T("settings.mode"), []field.Option{{Key: modeSystem, Text: s.T("settings.mode.system")},
		{Key: modeLight, Text: s.T("settings.mode.light")}, {Key: modeDark, Text: s.T("settings.mode.dark")}},
		func(key string) { s.SetMode(modeOf(key)) })
	language := field.NewChoiceField(s.T("settings.language"), []field.Option{
		{Key: modeSystem, Text: s.T("settings.language.system")}, {Key: "fr", Text: "Français"},
		{Key: "en", Text: "English"}}, func(key string) {
		s.Fyne.Preferences().SetString(preferenceLanguage, key)
		s.Say(s.T("settings.language.later"), "", nil)
	})
	body := kit.Stack(22, v.pageHead(model.PageAppearance), kit.Fixed(320, 0, mode), kit.Fixed(320, 0, language),
		kit.Stack(8, kit.NewHeading(s.T("settings.scale"), ""), kit.NewParagraph(s.T("settings.scale.what"), kit.Plain)))
	return &settingsPage{id: model.PageAppearance, body: body, opened: func() {
		mode.Select(s.Fyne.Preferences().StringWithFallback(preferenceMode, modeSystem))
		language.Select(s.Fyne.Preferences().StringWithFallback(preferenceLanguage, modeSystem))
	}}
}
