package kit_test

import (
	"image"
	"image/color"
	"image/draw"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"dument/gui/kit"
	"dument/gui/theme"
)

// debtor is a row of the day's work, as a screen would build it.
func debtor(icon theme.Icon, name, kind, reason string, tone kit.Tone, hold, due, principal, verb string,
	main bool) fyne.CanvasObject {
	button := kit.NewPlainButton("", verb, nil)
	button.SetPrimary(main)
	text := kit.Stack(0,
		kit.Row(9, kit.NewLabel(name, kit.Bold), kit.NewCutLabel(kind, kit.Caption)),
		kit.NewCutLabel(reason, kit.Style{Color: theme.Ink}),
		kit.StatusLine(tone, tone.Icon(), hold))
	figures := kit.Stack(0, kit.NewLabel(due, kit.Amount), kit.NewLabel(principal, kit.Caption.Right()))
	return kit.Columns(14, kit.Column{Width: 16, Object: container.NewVBox(kit.NewIcon(icon, theme.Soft,
		16))},
		kit.Column{Share: 1, Object: text}, kit.Column{Width: 104, Object: figures},
		kit.Column{Width: 136, Object: kit.Stack(0, kit.Gap(10), button)})
}

// today is a screen of the furniture, drawn as the day's work is.
func today() fyne.CanvasObject {
	places := []kit.Place{{ID: "todo", Icon: theme.IconTodo, Label: "À faire"},
		{ID: "invoices", Icon: theme.IconInvoice, Label: "Factures"},
		{ID: "clients", Icon: theme.IconClients, Label: "Clients"},
		{ID: "letters", Icon: theme.IconLetter, Label: "Courriers"},
		{ID: "payments", Icon: theme.IconPay, Label: "Paiements"},
		{ID: "settings", Icon: theme.IconSettings, Label: "Réglages", Foot: true}}
	rail := kit.NewRail(kit.Brand{Before: "D", Accent: "û", After: "ment", Short: "D"}, places, nil)
	rail.Select("todo")
	rail.SetCount("todo", "6", true)
	rail.SetCount("invoices", "17", false)
	rail.SetCount("letters", "2", false)

	figures := []kit.Column{}
	for _, figure := range []struct {
		title, value, caption string
		tone                  kit.Tone
	}{{"Encours", "26 086,00 €", "17 factures", kit.ToneUsual},
		{"Échu", "14 746,00 €", "9 factures · 57 %", kit.ToneLate},
		{"Reçu ce mois", "2 520,00 €", "3 règlements", kit.ToneUsual},
		{"Délai moyen", "41 jours", "convenu : 30 jours", kit.ToneUsual}} {
		tile := kit.NewFigure(figure.title, nil)
		tile.Set(figure.value, figure.caption, figure.tone)
		figures = append(figures, kit.Column{Share: 1, Object: tile})
	}
	queue := kit.NewQueue(theme.Sheet, 14)
	queue.SetItems([]kit.QueueItem{
		{Key: "1", Content: debtor(theme.IconLetter, "Brasserie Ti Kouign SAS", "professionnel",
			"Promesse du 31 octobre non tenue, échue depuis 190 jours", kit.ToneOk,
			"Mise en demeure possible, rien ne s’y oppose", "3 743,53 €", "principal 3 480,00 €",
			"Préparer la lettre", true)},
		{Key: "2", Content: debtor(theme.IconBank, "Garage Tanguy EURL", "professionnel",
			"Échue depuis 37 jours, relance J+30", kit.ToneWarn,
			"Paiement annoncé le 19/11, pas encore vu à la banque", "2 008,44 €",
			"principal 1 944,00 €", "Importer un relevé", false)},
		{Key: "3", Content: debtor(theme.IconSpeech, "Mme Odile Perrin", "particulier",
			"Échue depuis 12 jours, relance J+10", kit.ToneOk,
			"Sans pénalités ni indemnité : particulier", "620,00 €", "principal seul",
			"Relire et envoyer", false)},
	})
	queue.Select("1")
	list := container.NewStack(kit.NewBox(theme.Sheet, theme.Edge, theme.Radius), kit.Margin(queue, 1))
	middle := kit.Frame(kit.Stack(10,
		kit.Row(18, kit.NewLabel("À faire", kit.Title), kit.NewCutLabel("samedi 21 novembre 2026", kit.Soft)),
		kit.Columns(12, figures...),
		kit.Row(6, kit.NewChip("Toutes", "152", nil), onChip(), kit.NewChip("Litige", "1", nil),
			kit.Spring(), kit.NewLinkButton("", "Importer un relevé", nil)),
		kit.NewNotice(kit.ToneWarn, "", "Relevé bancaire il y a 9 j (limite 10 j avant une mise en demeure)",
			kit.NewLinkButton("", "Importer", nil)),
		kit.NewNotice(kit.ToneOk, theme.IconShield, "Authentifié par votre messagerie · expéditeur déclaré"),
		kit.NewNotice(kit.ToneLate, "",
			"Ce message n’est pas authentifié : il peut au plus annoncer un paiement."),
	), nil, kit.Row(16, kit.NewKeyHint("Entrée", "accepter"), kit.NewKeyHint("C", "corriger"),
		kit.NewEvidence(1, "annoncé"), kit.NewEvidence(2, "notifié"), kit.NewEvidence(3, "confirmé")),
		nil, kit.Inset(list, 12, 0, 12, 0))
	status := kit.NewStatusBar()
	status.SetLeft(theme.IconFile, "caradec.dument · enregistré à 14:32")
	status.SetRight(theme.IconWarn, "Relevé bancaire il y a 9 j", theme.Warn)
	toasts := kit.NewToasts(func(run func()) { run() }, nowhen, "Fermer")
	toasts.Say("Règlement enregistré : 2 100,00 €", "Annuler", nil)
	return kit.On(theme.Paper, kit.Frame(nil, nil, status, rail,
		kit.Columns(0, kit.Column{Share: 1, Object: container.NewStack(kit.Inset(middle, 14, 16, 14, 20),
			toasts)},
			kit.Column{Width: 364, Object: debtorPanel()})))
}

func onChip() *kit.Chip {
	chip := kit.NewChip("Non soldées", "17", nil)
	chip.SetOn(true)
	return chip
}

func debtorPanel() *kit.Panel {
	panel := kit.NewPanel("Fermer", func() {})
	panel.SetTitle("Brasserie Ti Kouign SAS", "F-2026-0061 · Étiquettes et menus · échue le 15/05/2026")
	claim := kit.NewClaimTable()
	claim.Set(kit.ClaimHeads{Label: "Période", Days: "Jours", Rate: "Taux", Amount: "Montant"},
		[]kit.ClaimRow{
			{Label: "Principal TTC", Amount: "3 480,00 €"},
			{Label: "16/05 au 30/06/2026", Days: "46", Rate: "12,15 %", Amount: "53,29 €"},
			{Label: "01/07 au 21/11/2026", Days: "144", Rate: "12,40 %", Amount: "170,24 €"},
			{Label: "Indemnité forfaitaire", Amount: "40,00 €"}},
		"Total au 21 novembre", "3 743,53 €", "puis 1,18 € par jour · C. com. L441-10, D441-5")
	timeline := kit.NewTimeline(
		kit.Fact{Date: "15/04", Icon: theme.IconSend, Text: "Facture envoyée"},
		kit.Fact{Date: "18/06", Icon: theme.IconPause, Text: "Litige ouvert : fichiers reçus ?",
			Tone: kit.ToneWarn},
		kit.Fact{Date: "31/10", Icon: theme.IconWarn, Text: "Promesse non tenue", Tone: kit.ToneLate},
		kit.Fact{Date: "21/11", Icon: theme.IconLetter, Text: "Mise en demeure proposée", Current: true})
	steps := kit.NewSteps(
		kit.StepItem{State: kit.StepDone, Title: "Imprimée", Detail: "2 pages, enveloppe à fenêtre",
			Right: "12/11/2026"},
		kit.StepItem{State: kit.StepStopped, Title: "Dossiers", Detail: "« Envoyés » introuvable",
			Right: "95 ms"},
		kit.StepItem{State: kit.StepPresent, Title: "Au bureau de poste", Detail: "quinze jours de garde"},
		kit.StepItem{State: kit.StepNext, Title: "Distribuée ou retournée", Detail: "à noter"})
	next := kit.NewCard(theme.Paper, 14, kit.Stack(4,
		kit.Row(8, kit.NewCutLabel("Prochaine étape", kit.Small.Strong()),
			kit.NewLabel("4 / 5 du scénario", kit.Caption)),
		kit.Row(8, kit.NewIcon(theme.IconLetter, theme.Accent, 16),
			kit.NewCutLabel("Mise en demeure, lettre recommandée", kit.Bold)),
		kit.StatusLine(kit.ToneOk, theme.IconCheck, "Aucun règlement annoncé ni notifié"),
		kit.StatusLine(kit.ToneWarn, theme.IconWarn, "Relevé bancaire de 9 jours : limite demain")))
	progress := kit.NewProgress()
	progress.Set(6, 8)
	panel.SetContent(kit.Stack(12, next, kit.NewHeading("Somme due", ""), claim,
		kit.NewTabs(nil, "Résumé", "Règlements", "Documents 4"),
		kit.NewHeading("Déroulé", "le plus récent en bas"), timeline,
		progress, steps))
	panel.SetFoot(kit.NewPrimaryButton("", "Préparer la lettre", nil).Tall(),
		kit.NewPlainButton(theme.IconClock, "Reporter", nil).Tall())
	return panel
}

func stamp(side int) image.Image {
	picture := image.NewNRGBA(image.Rect(0, 0, side, side*297/210))
	draw.Draw(picture, image.Rect(side/8, side/8, side/2, side/6), image.NewUniform(color.Black),
		image.Point{}, draw.Src)
	return picture
}

// pieces is the furniture that the day's work does not show, and the states of the keyboard.
func pieces() (fyne.CanvasObject, fyne.Focusable) {
	preview := kit.NewPagePreview()
	preview.SetPage(stamp(420))
	rail := kit.NewRail(kit.Brand{Before: "D", Accent: "û", After: "ment", Short: "D"}, []kit.Place{
		{ID: "todo", Icon: theme.IconTodo, Label: "À faire"}, {ID: "pay", Icon: theme.IconPay,
			Label: "Paiements"},
		{ID: "settings", Icon: theme.IconSettings, Label: "Réglages", Foot: true}}, nil)
	rail.SetFolded(true)
	rail.SetCount("todo", "6", true)
	rail.SetCount("pay", "17", false)
	rail.Select("pay")
	focused := kit.NewPlainButton(theme.IconPrint, "Imprimer", nil)
	off := kit.NewPlainButton("", "Impossible", nil)
	off.Disable()
	offMain := kit.NewPrimaryButton("", "Impossible", nil)
	offMain.Disable()
	proposal := func(title, key string) *kit.ChoiceCard {
		return kit.NewChoiceCard(theme.Sheet, 12, kit.Stack(4,
			kit.Row(8, kit.NewCutLabel(title, kit.Bold), kit.NewKeyHint(key, "")),
			kit.Pair("F-2026-0127", "1 260,00 €", kit.Small, kit.Small.In(theme.Ink)),
			kit.StatusLine(kit.ToneOk, theme.IconCheck, "somme exacte, au centime"),
			kit.StatusLine(kit.ToneLate, theme.IconClose, "aucun numéro dans le motif")), nil)
	}
	chosen := proposal("Les deux factures échues", "1")
	chosen.SetSelected(true)
	steps := kit.NewSteps(
		kit.StepItem{State: kit.StepDone, Title: "Qui vous êtes", Detail: "Jeanne Caradec, Quimper"},
		kit.StepItem{State: kit.StepPresent, Number: "2", Title: "Où sont vos factures",
			Detail: "un fichier"},
		kit.StepItem{State: kit.StepNext, Number: "3", Title: "Où l’argent arrive", Detail: "boîte, banque"})
	letters := kit.NewQueue(theme.Paper, 16)
	letters.SetItems([]kit.QueueItem{
		{Key: "7", Content: kit.TwoLines("Menuiserie Le Goff SARL", "2 541,92 €", "Mise en demeure",
			"C-2026-0007")},
		{Key: "6", Content: kit.TwoLines("Hôtel Bellevue SARL", "1 880,00 €", "Échéancier", "C-2026-0006")}})
	letters.Select("7")
	middle := kit.Stack(10, kit.NewHeading("Boutons", "et leurs états"),
		kit.Row(8, kit.NewPrimaryButton(theme.IconPlus, "Nouvelle facture", nil).WithKey("Ctrl N"),
			focused, off),
		kit.Row(8, kit.NewIconButton(theme.IconLeft, "Avant", nil),
			kit.NewIconButton(theme.IconRight, "Après", nil),
			kit.NewLinkButton(theme.IconUndo, "Annuler un rapprochement", nil), kit.Spring(), offMain),
		chosen, proposal("Une échue et une à échoir", "2"), steps,
		kit.NewParagraph("Dûment lit cette boîte pour reconnaître les paiements. Il ne supprime, "+
			"ne déplace et ne marque aucun message.", kit.Soft))
	columns := kit.Columns(0, kit.Column{Width: 230, Object: letters, RuleAfter: true},
		kit.Column{Share: 1, Object: kit.Margin(middle, 20)},
		kit.Column{Width: 300, Object: kit.On(theme.Rail, kit.Margin(kit.NewScrollPanel(preview), 20))})
	return kit.On(theme.Paper, kit.Frame(nil, nil, nil, rail, columns)), focused
}

func TestPieces(t *testing.T) {
	for name, mode := range map[string]theme.Mode{"light": theme.Light, "dark": theme.Dark} {
		t.Run(name, func(t *testing.T) {
			test.NewTempApp(t).Settings().SetTheme(theme.New(mode))
			content, focused := pieces()
			window := test.NewTempWindow(t, content)
			window.SetPadded(false)
			window.Resize(fyne.NewSize(1080, 640))
			window.Canvas().Focus(focused)
			test.AssertRendersToImage(t, "pieces-"+name+".png", window.Canvas())
		})
	}
}

func TestToday(t *testing.T) {
	for name, mode := range map[string]theme.Mode{"light": theme.Light, "dark": theme.Dark} {
		t.Run(name, func(t *testing.T) {
			test.NewTempApp(t).Settings().SetTheme(theme.New(mode))
			window := test.NewTempWindow(t, today())
			window.SetPadded(false)
			window.Resize(fyne.NewSize(1280, 800))
			test.AssertRendersToImage(t, "today-"+name+".png", window.Canvas())
		})
	}
}

func nowhen(time.Duration, func()) func() { return func() {} }
