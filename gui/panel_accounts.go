package gui

import (
	"slices"

	"fyne.io/fyne/v2"

	"dument/app/ledger"
	"dument/gui/kit"
	"dument/gui/model"
	"dument/gui/theme"
)

// accountList declares where money arrives: the only senders whose notices are believed.
type accountList struct {
	shell    *Shell
	all      *fyne.Container
	accounts []ledger.MoneyAccount
	declared *fyne.Container
	adding   *fyne.Container
	form     *form[ledger.MoneyAccount]
	changed  func()
	resized  func()
}

func newAccountList(s *Shell, changed, resized func()) *accountList {
	a := &accountList{shell: s, declared: kit.Stack(6), form: newForm(s, model.AccountFields()), changed: changed,
		resized: resized}
	a.form.submit, a.form.resized = a.add, resized
	a.adding = kit.Stack(10, a.form.all, kit.Row(8,
		kit.NewPlainButton(theme.IconPlus, s.T("settings.accounts.add.do"), a.add),
		kit.NewLinkButton("", s.T("form.cancel"), func() { a.open(false) })))
	a.adding.Hide()
	more := kit.Row(12, kit.NewPlainButton(theme.IconPlus, s.T("settings.accounts.add"), func() { a.open(true) }),
		kit.NewParagraph(s.T("settings.accounts.others"), kit.Small))
	a.all = kit.Stack(10, kit.NewHeading(s.T("settings.accounts"), ""), a.declared, a.adding, more)
	return a
}

// show writes the declared accounts and forgets what was typed.
func (a *accountList) show(accounts []ledger.MoneyAccount) {
	a.accounts = slices.Clone(accounts)
	a.open(false)
	a.list()
}

// list shows each account with its cross.
func (a *accountList) list() {
	a.declared.Objects = nil
	if len(a.accounts) == 0 {
		a.declared.Add(kit.NewParagraph(a.shell.T("settings.accounts.none"), kit.Soft))
	}
	for i, line := range model.AccountLines(a.shell.Words, a.accounts) {
		row := kit.Row(10, kit.NewIcon(theme.IconShield, theme.Ok, theme.IconText),
			kit.NewCutLabel(line.Domain, kit.Plain), kit.NewCutLabel(line.What, kit.Small),
			kit.NewIconButton(theme.IconClose, a.shell.T("settings.accounts.remove", line.Domain), func() {
				a.accounts = slices.Delete(slices.Clone(a.accounts), i, i+1)
				a.list()
				a.changed()
			}))
		a.declared.Add(kit.NewCard(theme.Paper, 5, row))
	}
	a.all.Refresh()
	a.resized()
}

func (a *accountList) open(open bool) {
	a.adding.Hidden = !open
	a.form.show(ledger.MoneyAccount{Kind: "bank"})
	if open {
		a.form.begin()
	}
	a.all.Refresh()
	a.resized()
}

func (a *accountList) add() {
	account, ok := a.form.read(ledger.MoneyAccount{})
	if !ok {
		return
	}
	if account.Name == "" {
		account.Name = account.Domains[0]
	}
	a.accounts = append(slices.Clone(a.accounts), account)
	a.open(false)
	a.list()
	a.changed()
}

// differ reports whether the accounts are other ones than those given.
func (a *accountList) differ(from []ledger.MoneyAccount) bool {
	return !slices.EqualFunc(a.accounts, from, func(x, y ledger.MoneyAccount) bool {
		return x.Name == y.Name && x.Kind == y.Kind && x.Hint == y.Hint && slices.Equal(x.Domains, y.Domains)
	})
}
