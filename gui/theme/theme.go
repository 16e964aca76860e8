package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Mode says which variant is shown.
type Mode int

// The three modes: the system's choice, or one of the two whatever the system says.
const (
	System Mode = iota
	Light
	Dark
)

// Theme is the program's fyne.Theme. Give it to app.Settings().SetTheme; a change of mode is a new
// Theme.
type Theme struct {
	fyne.Theme
	mode Mode
}

// New returns the theme in the given mode. An app must exist already: Fyne's own fonts and icons
// serve for what the program does not draw itself.
func New(mode Mode) *Theme { return &Theme{Theme: fynetheme.DefaultTheme(), mode: mode} }

// Mode is the mode given to New.
func (t *Theme) Mode() Mode { return t.mode }

func (t *Theme) palette(variant fyne.ThemeVariant) palette {
	if t.mode == Dark || t.mode == System && variant == fynetheme.VariantDark {
		return dark
	}
	return light
}

// Color implements fyne.Theme for the tokens of this package and for Fyne's own names.
func (t *Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	tokens := t.palette(variant)
	if token, isToken := tokens[name]; isToken {
		return token
	}
	if token, isMapped := fyneColors[name]; isMapped {
		return tokens[token]
	}
	if veil, isVeil := veils[name]; isVeil {
		tinted := tokens[veil.token]
		tinted.A = veil.alpha
		return tinted
	}
	return t.Theme.Color(name, variant)
}

// fyneColors gives Fyne's own widgets (menus, check boxes, pop-ups, the file dialog) our tokens.
var fyneColors = map[fyne.ThemeColorName]fyne.ThemeColorName{
	fynetheme.ColorNameBackground:          Paper,
	fynetheme.ColorNameButton:              Sheet,
	fynetheme.ColorNameDisabled:            Faint,
	fynetheme.ColorNameDisabledButton:      Paper,
	fynetheme.ColorNameError:               Late,
	fynetheme.ColorNameFocus:               Wash,
	fynetheme.ColorNameForeground:          Ink,
	fynetheme.ColorNameForegroundOnError:   OnAccent,
	fynetheme.ColorNameForegroundOnPrimary: OnAccent,
	fynetheme.ColorNameForegroundOnSuccess: OnAccent,
	fynetheme.ColorNameForegroundOnWarning: OnAccent,
	fynetheme.ColorNameHeaderBackground:    Rail,
	fynetheme.ColorNameHover:               Hover,
	fynetheme.ColorNameHyperlink:           Accent,
	fynetheme.ColorNameInputBackground:     Field,
	fynetheme.ColorNameInputBorder:         Edge,
	fynetheme.ColorNameMenuBackground:      Sheet,
	fynetheme.ColorNameOverlayBackground:   Sheet,
	fynetheme.ColorNamePlaceHolder:         Faint,
	fynetheme.ColorNamePrimary:             Accent,
	fynetheme.ColorNameScrollBarBackground: None,
	fynetheme.ColorNameSeparator:           Rule,
	fynetheme.ColorNameShadow:              None,
	fynetheme.ColorNameSuccess:             Ok,
	fynetheme.ColorNameWarning:             Warn,
}

// veils are the names that Fyne lays over something else, so they let it through.
var veils = map[fyne.ThemeColorName]struct {
	token fyne.ThemeColorName
	alpha uint8
}{
	fynetheme.ColorNamePressed:   {Ink, 0x1C},
	fynetheme.ColorNameScrollBar: {Ink, 0x58},
	fynetheme.ColorNameSelection: {Accent, 0x48},
}

// Size implements fyne.Theme: text of 13, paddings that give rows of 29.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	if size, known := sizes[name]; known {
		return size
	}
	return t.Theme.Size(name)
}

var sizes = map[fyne.ThemeSizeName]float32{
	fynetheme.SizeNameText:               SizeText,
	fynetheme.SizeNameCaptionText:        SizeCaption,
	fynetheme.SizeNameHeadingText:        SizeTitle,
	fynetheme.SizeNameSubHeadingText:     SizePanel,
	fynetheme.SizeNamePadding:            3,
	fynetheme.SizeNameInnerPadding:       4,
	fynetheme.SizeNameLineSpacing:        4,
	fynetheme.SizeNameInlineIcon:         IconText,
	fynetheme.SizeNameInputBorder:        1,
	fynetheme.SizeNameInputRadius:        Radius,
	fynetheme.SizeNameSelectionRadius:    RadiusSmall,
	fynetheme.SizeNameSeparatorThickness: 1,
	fynetheme.SizeNameScrollBar:          10,
	fynetheme.SizeNameScrollBarSmall:     5,
	fynetheme.SizeNameScrollBarRadius:    3,
}

// Color is the colour of a token in the theme in use. Without an app, or under a foreign theme (some
// tests), it is that of the light or dark palette by Fyne's variant.
func Color(name fyne.ThemeColorName) color.Color {
	app := fyne.CurrentApp()
	if app == nil {
		return light[name]
	}
	settings := app.Settings()
	own, isOwn := settings.Theme().(*Theme)
	if !isOwn {
		own = &Theme{Theme: settings.Theme()}
	}
	return own.Color(name, settings.ThemeVariant())
}

// LightColor is the colour of a token in the light palette: everything drawn on a Page keeps it.
func LightColor(name fyne.ThemeColorName) color.Color { return light[name] }

// IsDark reports whether the dark palette is in use.
func IsDark() bool { return Color(Ink) == color.Color(dark[Ink]) }
