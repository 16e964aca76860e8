package gui

import (
	"fyne.io/fyne/v2"

	"dument/gui/model"
	"dument/gui/theme"
)

// toneColors are the tokens of the model's tones.
var toneColors = map[model.Tone]fyne.ThemeColorName{
	model.Plain: theme.Ink, model.Soft: theme.Soft, model.Faint: theme.Faint, model.Late: theme.Late,
	model.Warn: theme.Warn, model.OK: theme.Ok, model.Accent: theme.Accent,
}

func toneColor(tone model.Tone) fyne.ThemeColorName { return toneColors[tone] }

// iconOf is the theme's icon of a model's name.
func iconOf(name model.Icon) theme.Icon { return theme.Icon(name) }
