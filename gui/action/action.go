// Package action is the one table of what the user can do: the main menu, the shortcuts, the help
// page and the buttons all come from it, so that they never disagree.
package action

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"dument/gui/theme"
)

// Menu is one menu of the menu bar.
type Menu struct{ ID, TitleKey string }

// Action is one thing the user can do.
type Action struct {
	// ID names the action for Run and for buttons.
	ID string
	// MenuID is the menu it stands in; an action without a menu is reached by its shortcut and by
	// buttons.
	MenuID string
	// TitleKey is the key of its name in the translations.
	TitleKey string
	// Icon stands beside the name in the menu; it may be "".
	Icon theme.Icon
	// Shortcut is a key with Control, Alt or Super; nil for none.
	Shortcut *desktop.CustomShortcut
	// Key is a key alone (F1, F5, Delete): the toolkit gives it to what has the focus, so it works
	// where TypedKey of the table is called.
	Key fyne.KeyName
	// Enabled says whether the action makes sense now; nil means always.
	Enabled func() bool
	// Run does it.
	Run func()
	// Separated puts a line above the action in its menu.
	Separated bool
	// Quit marks the action that ends the program, which some systems put elsewhere.
	Quit bool
	// Anywhere lets the action run while Blocked says that a question waits for an answer.
	Anywhere bool
}

// Table holds the actions. It is used on the goroutine of the interface only.
type Table struct {
	// Blocked, when set and true, keeps every action but those marked Anywhere from running: a
	// shortcut of the menu reaches through a question that lies over the window.
	Blocked func() bool

	menus   []Menu
	actions []Action
	byID    map[string]int
	items   map[string]*fyne.MenuItem
	main    *fyne.MainMenu
}

// New makes a table. Menus and actions stand in the menu bar in the order given.
func New(menus []Menu, actions []Action) *Table {
	t := &Table{menus: menus, actions: actions, byID: map[string]int{}, items: map[string]*fyne.MenuItem{}}
	for i, action := range actions {
		t.byID[action.ID] = i
	}
	return t
}

// CanRun reports whether an action exists and makes sense now.
func (t *Table) CanRun(id string) bool {
	i, known := t.byID[id]
	if !known || t.actions[i].Run == nil {
		return false
	}
	action := t.actions[i]
	if t.Blocked != nil && t.Blocked() && !action.Anywhere {
		return false
	}
	return action.Enabled == nil || action.Enabled()
}

// Run does an action if it makes sense now, and reports whether it did. Menu, shortcuts and buttons
// all go through it, because the toolkit's menu shortcuts run even what the menu shows as disabled.
func (t *Table) Run(id string) bool {
	if !t.CanRun(id) {
		return false
	}
	t.actions[t.byID[id]].Run()
	return true
}

// TypedKey runs the action of a key alone, and reports whether there was one that ran.
func (t *Table) TypedKey(event *fyne.KeyEvent) bool {
	for _, action := range t.actions {
		if action.Key != "" && action.Key == event.Name {
			return t.Run(action.ID)
		}
	}
	return false
}

// MainMenu builds the menu bar. translate gives the text of a key.
func (t *Table) MainMenu(translate func(key string) string) *fyne.MainMenu {
	var menus []*fyne.Menu
	for _, menu := range t.menus {
		made := fyne.NewMenu(translate(menu.TitleKey))
		for _, action := range t.actions {
			if action.MenuID != menu.ID {
				continue
			}
			if action.Separated && len(made.Items) > 0 {
				made.Items = append(made.Items, fyne.NewMenuItemSeparator())
			}
			made.Items = append(made.Items, t.menuItem(action, translate))
		}
		menus = append(menus, made)
	}
	t.main = fyne.NewMainMenu(menus...)
	t.mark()
	return t.main
}

func (t *Table) menuItem(action Action, translate func(key string) string) *fyne.MenuItem {
	item := fyne.NewMenuItem(translate(action.TitleKey), func() { t.Run(action.ID) })
	if action.Shortcut != nil {
		item.Shortcut = action.Shortcut
	}
	if action.Icon != "" {
		item.Icon = action.Icon.Resource(theme.Soft, theme.IconText)
	}
	item.IsQuit = action.Quit
	t.items[action.ID] = item
	return item
}

// mark brings Disabled up to date and reports whether an item changed.
func (t *Table) mark() (changed bool) {
	for id, item := range t.items {
		action := t.actions[t.byID[id]]
		disabled := action.Run == nil || action.Enabled != nil && !action.Enabled()
		changed = changed || item.Disabled != disabled
		item.Disabled = disabled
	}
	return changed
}

// Refresh shows in the menu bar what makes sense now: call it when the screen, the selection or the
// facts have changed. Without a change it costs nothing.
func (t *Table) Refresh() {
	if t.main != nil && t.mark() {
		t.main.Refresh()
	}
}

// HelpLine is one line of the page of shortcuts.
type HelpLine struct{ Menu, Title, Shortcut string }

// Keys are the words for the modifier keys and for the keys that have no letter, in the language of
// the interface. A key that Names lacks is written by its own name.
type Keys struct {
	Control, Shift, Alt, Super string
	Names                      map[fyne.KeyName]string
}

// Help lists every action that has a key, menu by menu, then those without a menu.
func (t *Table) Help(translate func(key string) string, keys Keys) []HelpLine {
	var lines []HelpLine
	menus := append(append([]Menu{}, t.menus...), Menu{})
	for _, menu := range menus {
		title := ""
		if menu.TitleKey != "" {
			title = translate(menu.TitleKey)
		}
		for _, action := range t.actions {
			if action.MenuID == menu.ID && (action.Shortcut != nil || action.Key != "") {
				lines = append(lines, HelpLine{title, translate(action.TitleKey), keyText(action, keys)})
			}
		}
	}
	return lines
}

// KeyText is the shortcut of an action as it is shown on a button; "" when it has none.
func (t *Table) KeyText(id string, keys Keys) string {
	i, known := t.byID[id]
	if !known {
		return ""
	}
	return keyText(t.actions[i], keys)
}

func keyText(action Action, keys Keys) string {
	name := func(key fyne.KeyName) string {
		if word, known := keys.Names[key]; known {
			return word
		}
		return string(key)
	}
	if action.Shortcut == nil {
		return name(action.Key)
	}
	var words []string
	for _, modifier := range []struct {
		bit  fyne.KeyModifier
		word string
	}{{fyne.KeyModifierControl, keys.Control}, {fyne.KeyModifierAlt, keys.Alt},
		{fyne.KeyModifierSuper, keys.Super}, {fyne.KeyModifierShift, keys.Shift}} {
		if action.Shortcut.Modifier&modifier.bit != 0 {
			words = append(words, modifier.word)
		}
	}
	return strings.Join(append(words, name(action.Shortcut.KeyName)), " ")
}

// Problems lists the mistakes of a table: doubled identifiers and keys, menus that do not exist,
// actions that do nothing, shortcuts that the toolkit cannot give, titles without a translation.
// known says whether a key has a translation. The tests of the program hold it empty.
func (t *Table) Problems(known func(key string) bool) []string {
	var problems []string
	report := func(format string, arguments ...any) {
		problems = append(problems, fmt.Sprintf(format, arguments...))
	}
	menus := map[string]bool{"": true}
	for _, menu := range t.menus {
		if menus[menu.ID] {
			report("menu %q: its identifier is empty or doubled", menu.ID)
		}
		menus[menu.ID] = true
		if !known(menu.TitleKey) {
			report("menu %q: no translation of %q", menu.ID, menu.TitleKey)
		}
	}
	identifiers, keys := map[string]bool{}, map[string]string{}
	for _, action := range t.actions {
		if action.ID == "" || identifiers[action.ID] {
			report("action %q: its identifier is empty or doubled", action.ID)
		}
		identifiers[action.ID] = true
		if !menus[action.MenuID] {
			report("action %q: menu %q does not exist", action.ID, action.MenuID)
		}
		if !known(action.TitleKey) {
			report("action %q: no translation of %q", action.ID, action.TitleKey)
		}
		if action.Run == nil {
			report("action %q does nothing", action.ID)
		}
		if action.Shortcut != nil && action.Shortcut.Modifier&^fyne.KeyModifierShift == 0 {
			report("action %q: its shortcut needs Control, Alt or Super", action.ID)
		}
		for _, key := range keysOf(action) {
			if other, taken := keys[key]; taken {
				report("actions %q and %q share %s", other, action.ID, key)
			}
			keys[key] = action.ID
		}
	}
	return problems
}

// keysOf are the keys of an action in a form that can be compared.
func keysOf(action Action) []string {
	var keys []string
	if action.Shortcut != nil {
		keys = append(keys, fmt.Sprintf("%d+%s", action.Shortcut.Modifier, action.Shortcut.KeyName))
	}
	if action.Key != "" {
		keys = append(keys, string(action.Key))
	}
	return keys
}
