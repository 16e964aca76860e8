package gui

import (
	"fyne.io/fyne/v2"

	"dument/gui/action"
	"dument/gui/theme"
)

// letterActions are what can be done with the letter shown.
func letterActions(s *Shell) []action.Action {
	letters := func() *lettersScreen { return find[*lettersScreen](s) }
	shown := func() bool {
		if s.current != screen(letters()) {
			return false
		}
		_, found := letters().selected()
		return found
	}
	return []action.Action{
		{ID: "letter.make", MenuID: "letter", TitleKey: "action.letter.make", Icon: theme.IconLetter,
			Enabled: func() bool { return s.current == screen(letters()) && letters().coming.ready() },
			Run:     func() { letters().coming.submit() }},
		{ID: "letter.print", MenuID: "letter", TitleKey: "action.letter.print", Icon: theme.IconPrint,
			Shortcut: control(fyne.KeyP), Enabled: shown, Run: func() { letters().print() }, Separated: true},
		{ID: "letter.save", MenuID: "letter", TitleKey: "action.letter.save", Icon: theme.IconFile,
			Shortcut: controlShift(fyne.KeyP), Enabled: shown, Run: func() { letters().save() }},
		{ID: "letter.track", MenuID: "letter", TitleKey: "action.letter.track", Icon: theme.IconStamp,
			Enabled: func() bool { return shown() && len(letters().panel.detail.Events) > 0 },
			Run:     func() { letters().track(letters().panel.detail.Events[0]) }, Separated: true},
		{ID: "letter.proof", MenuID: "letter", TitleKey: "action.letter.proof", Icon: theme.IconClip,
			Enabled: shown, Run: func() { letters().panel.attach() }},
	}
}
