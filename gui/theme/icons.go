package theme

import (
	"fmt"
	"image/color"
	"strings"

	"fyne.io/fyne/v2"

	"dument/assets/icons"
)

// Icon names one of the program's icons. The zero value is no icon.
type Icon string

// The places of the rail.
const (
	IconTodo     Icon = "todo"
	IconInvoice  Icon = "invoice"
	IconClients  Icon = "clients"
	IconLetter   Icon = "letter"
	IconPay      Icon = "pay"
	IconCase     Icon = "case"
	IconChart    Icon = "chart"
	IconSettings Icon = "settings"
)

// Gestures and marks of the interface.
const (
	IconSearch   Icon = "search"
	IconClose    Icon = "close"
	IconMore     Icon = "more"
	IconDown     Icon = "down"
	IconUp       Icon = "up"
	IconRight    Icon = "right"
	IconLeft     Icon = "left"
	IconColumns  Icon = "columns"
	IconCalendar Icon = "calendar"
	IconPencil   Icon = "pencil"
	IconPlus     Icon = "plus"
	IconUndo     Icon = "undo"
	IconRefresh  Icon = "refresh"
	IconEye      Icon = "eye"
	IconExternal Icon = "external"
)

// Facts and states. Each state of an invoice has one: to come IconCircle, overdue IconClock,
// announced IconSpeech, promise IconPromise, dispute IconPause, payment plan IconHalf, formal notice
// IconLetter, paid IconCheck.
const (
	IconSend    Icon = "send"
	IconMail    Icon = "mail"
	IconPhone   Icon = "phone"
	IconSpeech  Icon = "speech"
	IconPromise Icon = "promise"
	IconPause   Icon = "pause"
	IconClock   Icon = "clock"
	IconHalf    Icon = "half"
	IconCircle  Icon = "circle"
	IconCheck   Icon = "check"
	IconWarn    Icon = "warn"
	IconInfo    Icon = "info"
)

// Things.
const (
	IconBank   Icon = "bank"
	IconLink   Icon = "link"
	IconImport Icon = "import"
	IconFile   Icon = "file"
	IconFolder Icon = "folder"
	IconClip   Icon = "clip"
	IconPrint  Icon = "print"
	IconStamp  Icon = "stamp"
	IconBox    Icon = "box"
	IconShield Icon = "shield"
	IconLock   Icon = "lock"
	IconKey    Icon = "key"
	IconPerson Icon = "person"
)

// Icons lists every icon.
func Icons() []Icon {
	return []Icon{
		IconTodo, IconInvoice, IconClients, IconLetter, IconPay, IconCase, IconChart, IconSettings,
		IconSearch, IconClose, IconMore, IconDown, IconUp, IconRight, IconLeft, IconColumns,
		IconCalendar, IconPencil, IconPlus, IconUndo, IconRefresh, IconEye, IconExternal,
		IconSend, IconMail, IconPhone, IconSpeech, IconPromise, IconPause, IconClock, IconHalf,
		IconCircle, IconCheck, IconWarn, IconInfo,
		IconBank, IconLink, IconImport, IconFile, IconFolder, IconClip, IconPrint, IconStamp,
		IconBox, IconShield, IconLock, IconKey, IconPerson,
	}
}

// Resource is the icon drawn in the token's colour of the theme in use, for a place of size pixels.
// Below 16 the stroke keeps its 1.35 pixels, so that small icons stay as black as the text beside.
// Colour and drawing follow a change of theme when the image that shows it is refreshed.
func (i Icon) Resource(token fyne.ThemeColorName, size float32) fyne.Resource {
	return iconResource{icon: i, token: token, size: size}
}

// iconResource is recoloured here and not by fyne.ThemedResource, which replaces fills and leaves
// strokes as they are. Fyne caches the picture by name, hence the colour and the size in it.
type iconResource struct {
	icon  Icon
	token fyne.ThemeColorName
	size  float32
}

// Name implements fyne.Resource.
func (r iconResource) Name() string {
	return fmt.Sprintf("%s-%g-%s.svg", r.icon, r.size, hexOf(Color(r.token)))
}

// Content implements fyne.Resource. An icon that does not exist is a mistake of the program, found by
// the tests; it is drawn as an empty picture.
func (r iconResource) Content() []byte {
	source, err := icons.Files.ReadFile(string(r.icon) + ".svg")
	if err != nil {
		return []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"></svg>`)
	}
	stroke := float32(1.35)
	if r.size > 0 && r.size < 16 {
		stroke *= 16 / r.size
	}
	drawing := strings.Replace(string(source), icons.StrokeColor, `stroke="#`+hexOf(Color(r.token))+`"`, 1)
	drawing = strings.Replace(drawing, icons.StrokeWidth, fmt.Sprintf(`stroke-width="%.3f"`, stroke), 1)
	return []byte(drawing)
}

func hexOf(c color.Color) string {
	opaque := color.NRGBAModel.Convert(c).(color.NRGBA)
	return fmt.Sprintf("%02x%02x%02x", opaque.R, opaque.G, opaque.B)
}
