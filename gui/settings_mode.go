package gui

import (
	"fyne.io/fyne/v2"

	"dument/gui/theme"
)

// Values of the preferences for mode and language.
const (
	modeSystem = "system"
	modeLight  = "light"
	modeDark   = "dark"
)

func modeOf(key string) theme.Mode {
	switch key {
	case modeLight:
		return theme.Light
	case modeDark:
		return theme.Dark
	}
	return theme.System
}

func modeKey(mode theme.Mode) string {
	return map[theme.Mode]string{theme.Light: modeLight, theme.Dark: modeDark, theme.System: modeSystem}[mode]
}

// PreferredMode is the theme that the user chose the last time.
func PreferredMode(fyneApp fyne.App) theme.Mode {
	return modeOf(fyneApp.Preferences().String(preferenceMode))
}

// PreferredLanguage is the language that the user chose, "" for the system's.
func PreferredLanguage(fyneApp fyne.App) string {
	if language := fyneApp.Preferences().String(preferenceLanguage); language == "fr" || language == "en" {
		return language
	}
	return ""
}
