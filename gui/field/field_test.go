package field_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"dument/app/date"
	"dument/app/money"
	"dument/gui/field"
	"dument/gui/kit"
	"dument/gui/theme"
)

var today = date.Must("2026-11-21")

func show(t *testing.T, mode theme.Mode, object fyne.CanvasObject, width, height float32) fyne.Window {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(mode))
	window := test.NewTempWindow(t, kit.On(theme.Sheet, kit.Margin(object, 20)))
	window.SetPadded(false)
	window.Resize(fyne.NewSize(width, height))
	return window
}

func notADate(text string) string {
	if text == "" {
		return "Une date est nécessaire"
	}
	return "« " + text + " » n’est pas une date"
}

func TestFormLooks(t *testing.T) {
	for name, mode := range map[string]theme.Mode{"light": theme.Light, "dark": theme.Dark} {
		t.Run(name, func(t *testing.T) {
			test.NewTempApp(t).Settings().SetTheme(theme.New(mode))
			address := field.NewTextField("Adresse")
			address.SetText("jeanne@atelier-caradec.example")
			server := field.NewTextField("Serveur IMAP")
			server.SetText("imap.messagerie.example")
			cipher := field.NewChoiceField("Chiffrement", []field.Option{{Key: "tls", Text: "TLS"}}, nil)
			cipher.Select("tls")
			password := field.NewPasswordField("Mot de passe d’application", "Montrer")
			password.SetText("abcd efgh ijkl")
			since := field.NewDateField("À partir du", today, "fr", "Calendrier", notADate)
			since.SetDate(date.Must("2026-10-01"))
			wrong := field.NewDateField("Échéance", today, "fr", "Calendrier", notADate)
			test.Type(wrong.Focusable(), "31/11")
			wrong.Validate()
			amount := field.NewMoneyField("Montant", "fr", "€", nil)
			amount.SetAmount(374353)
			search := field.NewSearchField("Numéro, client, montant…", "Ctrl F")
			off := field.NewTextField("Identifiant")
			off.SetText("jeanne.caradec")
			off.Disable()
			notes := field.NewAreaField("Note", 3)
			notes.SetText("Appelée le 20 : promet un virement\navant la fin du mois.")
			form := kit.Stack(12, search, address,
				kit.Columns(10, kit.Column{Share: 3, Object: server}, kit.Column{Share: 1, Object: cipher}),
				kit.Columns(12, kit.Column{Share: 1, Object: off}, kit.Column{Share: 1, Object: password}),
				kit.Columns(12, kit.Column{Share: 1, Object: since}, kit.Column{Share: 1, Object: wrong},
					kit.Column{Share: 1, Object: amount}), notes)
			window := test.NewTempWindow(t, kit.On(theme.Sheet, kit.Margin(form, 20)))
			window.SetPadded(false)
			window.Resize(fyne.NewSize(484, 480))
			address.Focus()
			test.AssertRendersToImage(t, "form-"+name+".png", window.Canvas())
		})
	}
}

func TestCalendarLooks(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	day := field.NewDateField("Somme due au", today, "fr", "Calendrier", notADate)
	day.SetDate(date.Must("2026-11-29"))
	window := test.NewTempWindow(t, kit.On(theme.Sheet, kit.Margin(kit.Stack(0, kit.Fixed(180, 0, day)), 20)))
	window.SetPadded(false)
	window.Resize(fyne.NewSize(290, 330))
	test.TapCanvas(window.Canvas(), fyne.NewPos(290-20-18, 20+20+15))
	test.AssertRendersToImage(t, "calendar.png", window.Canvas())
	test.TapCanvas(window.Canvas(), fyne.NewPos(50, 180))
	if day.Date() == date.Must("2026-11-29") {
		t.Error("a press on a day of the calendar takes no date")
	}
}

func TestReadDate(t *testing.T) {
	for text, want := range map[string]string{
		"12": "2026-11-12", "3": "2026-11-03", "12/3": "2026-03-12", "12/03/26": "2026-03-12",
		"12/03/2026": "2026-03-12", "1.2": "2026-02-01", "+30": "2026-12-21", "-21": "2026-10-31",
		"+0": "2026-11-21", "auj": "2026-11-21", "AUJ": "2026-11-21", "aujourd’hui": "2026-11-21",
		"t": "2026-11-21", "today": "2026-11-21", "hier": "2026-11-20", "demain": "2026-11-22",
		"2026-12-08": "2026-12-08", "8 décembre 2026": "2026-12-08", " 12 / 3 ": "2026-03-12",
		"29/2": "", "31": "", "31/11": "", "0": "", "": "", "+": "", "+1e3": "", "++3": "", "abc": "",
		"+999999": "", "12/13": "", "32/1/2026": "", "123": "",
	} {
		day, err := field.ReadDate(text, today)
		if want == "" {
			if err == nil {
				t.Errorf("%q was read as %s", text, day)
			}
			continue
		}
		if err != nil || day.String() != want {
			t.Errorf("%q: %s, %v; want %s", text, day, err, want)
		}
	}
}

func FuzzReadDate(f *testing.F) {
	for _, seed := range []string{"12", "12/3", "12/03/26", "+30", "-8", "auj", "8 décembre 2026",
		"31/02", "é/1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		day, err := field.ReadDate(text, today)
		if err != nil {
			return
		}
		if day.IsZero() {
			t.Fatalf("%q was read as no date at all", text)
		}
		if again, err := field.ReadDate(day.Short(), today); err != nil || again != day {
			t.Fatalf("%q: %s is read back as %s, %v", text, day.Short(), again, err)
		}
	})
}

func TestDateFieldFollowsTheKeys(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	f := field.NewDateField("Au", today, "fr", "", notADate)
	window := show(t, theme.Light, kit.Stack(0, f, field.NewTextField("Autre")), 300, 200)
	var told []string
	f.OnChanged = func(day date.Date) { told = append(told, day.String()) }
	window.Canvas().Focus(f.Focusable())

	test.Type(f.Focusable(), "12")
	if len(told) != 0 {
		t.Errorf("12 may be the beginning of 12/3, yet %v was told", told)
	}
	f.Focusable().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if f.Date().String() != "2026-11-12" || len(told) != 1 {
		t.Fatalf("Enter after 12: %s, told %v", f.Date(), told)
	}
	for _, step := range []struct {
		key  fyne.KeyName
		want string
	}{{fyne.KeyUp, "2026-11-13"}, {fyne.KeyDown, "2026-11-12"}, {fyne.KeyPageUp, "2026-12-12"},
		{fyne.KeyPageDown, "2026-11-12"}} {
		f.Focusable().TypedKey(&fyne.KeyEvent{Name: step.key})
		if f.Date().String() != step.want {
			t.Errorf("%s: %s, want %s", step.key, f.Date(), step.want)
		}
	}
	clear := func() {
		f.Focusable().(interface{ SetText(string) }).SetText("")
	}
	clear()
	test.Type(f.Focusable(), "+30")
	if f.Date().String() != "2026-12-21" {
		t.Errorf("+30 is followed at once: %s", f.Date())
	}
	clear()
	test.Type(f.Focusable(), "31/11")
	window.Canvas().Unfocus()
	if f.Error() == "" {
		t.Error("31/11 does not exist and nothing is said")
	}
	if f.Date().String() != "2026-12-21" {
		t.Errorf("an unreadable date changed the date to %s", f.Date())
	}
}

func TestDateFieldEmpty(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	f := field.NewDateField("Au", today, "fr", "", notADate)
	if f.Validate() || f.Error() != notADate("") {
		t.Errorf("an empty date that is needed: error %q", f.Error())
	}
	f.Optional = true
	if !f.Validate() || f.Error() != "" || !f.Date().IsZero() {
		t.Errorf("an empty date that is optional: error %q, %s", f.Error(), f.Date())
	}
}

func TestMoneyField(t *testing.T) {
	explain := func(problem field.MoneyProblem, text string) string {
		return map[field.MoneyProblem]string{field.MoneyMissing: "missing",
			field.MoneyUnreadable: "unreadable",
			field.MoneyAmbiguous:  "ambiguous", field.MoneyTooLarge: "large",
			field.MoneyNegative: "negative"}[problem]
	}
	for _, c := range []struct {
		typed     string
		want      money.Cents
		shown     string
		complaint string
	}{
		{"1234,5", 123450, "1\u202f234,50", ""}, {"1 234.50 €", 123450, "1\u202f234,50", ""}, {"12", 1200,
			"12,00", ""},
		{"", 0, "", "missing"}, {"douze", 0, "douze", "unreadable"}, {"1.234", 0, "1.234", "ambiguous"},
		{"-5", 0, "-5", "negative"}, {"99999999999999", 0, "99999999999999", "large"},
	} {
		test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
		f := field.NewMoneyField("Montant", "fr", "€", explain)
		var told []money.Cents
		f.OnChanged = func(amount money.Cents) { told = append(told, amount) }
		test.Type(f.Focusable(), c.typed)
		ok := f.Validate()
		if ok != (c.complaint == "") || f.Error() != c.complaint {
			t.Errorf("%q: valid %v, error %q, want %q", c.typed, ok, f.Error(), c.complaint)
		}
		if ok && (f.Amount() != c.want || len(told) == 0 || told[len(told)-1] != c.want) {
			t.Errorf("%q: amount %d, told %v, want %d", c.typed, f.Amount(), told, c.want)
		}
		if shown := f.Text(); shown != c.shown {
			t.Errorf("%q is shown as %q, want %q", c.typed, shown, c.shown)
		}
	}
}

func TestSearchField(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	f := field.NewSearchField("Chercher", "Ctrl F")
	var told []string
	left := false
	f.OnChanged = func(text string) { told = append(told, text) }
	f.OnEscape = func() { left = true }
	test.Type(f.Focusable(), "ab")
	f.Focusable().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if f.Text() != "" || left {
		t.Errorf("the first Escape empties: %q, left %v", f.Text(), left)
	}
	f.Focusable().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if !left {
		t.Error("the second Escape leaves")
	}
	if len(told) != 3 || told[2] != "" {
		t.Errorf("changes told: %q", told)
	}
	f.SetText("x")
	if len(told) != 3 {
		t.Error("SetText is not the user")
	}
}

func TestChoiceFieldKeyboard(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	var told []string
	f := field.NewChoiceField("Type", []field.Option{{Key: "b", Text: "Entreprise"}, {Key: "c",
		Text: "Particulier"},
		{Key: "p", Text: "Personne publique"}}, func(key string) { told = append(told, key) })
	if f.Key() != "" {
		t.Error("nothing is chosen at first")
	}
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	f.TypedRune('p')
	f.TypedRune('p')
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	if len(told) != 4 || told[0] != "b" || told[1] != "c" || told[2] != "p" || told[3] != "b" {
		t.Errorf("choices told: %v", told)
	}
	f.Disable()
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	if f.Key() != "b" {
		t.Error("a disabled field changed")
	}
}

func TestPasswordStaysHidden(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	f := field.NewPasswordField("Mot de passe", "Montrer")
	test.Type(f.Focusable(), "secret")
	if f.Shown() || f.Text() != "secret" {
		t.Errorf("shown %v, text %q", f.Shown(), f.Text())
	}
}
