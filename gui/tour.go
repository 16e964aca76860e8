package gui

import (
	"errors"
	"fmt"
	"image"
	"time"

	"dument/app"
	"dument/app/ledger"
	"dument/gui/model"
)

// A Stop is one picture of a tour: what to show, and its name.
type Stop struct {
	Name string
	Show func()
}

// The pace of a tour.
const (
	tourLook    = 60 * time.Millisecond  // between two looks whether everything has come
	tourDrawn   = 350 * time.Millisecond // for the frames after that, layout included
	tourLooks   = 400                    // how often to look before giving up
	tourColours = 30                     // a drawn screen has more of them
)

// errTourBlank says that a screen stayed blank or never came to rest.
var errTourBlank = errors.New("the screen stays blank")

// Tour goes from stop to stop. At each it waits until all has been loaded and drawn, and hands what the
// window shows, which look reads, to shot. done is called at the end, or at the first failure.
func (s *Shell) Tour(stops []Stop, look func() (image.Image, error),
	shot func(name string, picture image.Image) error, done func(error)) {
	if len(stops) == 0 {
		done(nil)
		return
	}
	stop := stops[0]
	s.toasts.Dismiss()
	stop.Show()
	s.arrive(tourLooks, look, func(picture image.Image, err error) {
		if err == nil {
			err = shot(stop.Name, picture)
		}
		if err != nil {
			done(fmt.Errorf("tour: %s: %w", stop.Name, err))
			return
		}
		s.Tour(stops[1:], look, shot, done)
	})
}

// arrive waits until nothing is under way, twice in a row, then for the frames to be drawn.
func (s *Shell) arrive(looks int, look func() (image.Image, error), seen func(image.Image, error)) {
	later := func(delay time.Duration, run func()) { s.Clock(delay, func() { s.Dispatch(run) }) }
	calm := 0
	var wait func()
	wait = func() {
		looks--
		if s.Idle() {
			calm++
		} else {
			calm = 0
		}
		switch {
		case looks <= 0:
			seen(nil, errTourBlank)
		case calm < 3:
			later(tourLook, wait)
		default:
			later(tourDrawn, func() {
				picture, err := look()
				if err != nil || !blank(picture) {
					seen(picture, err)
					return
				}
				calm = 0
				s.Window.Content().Refresh()
				later(tourLook, wait)
			})
		}
	}
	later(tourLook, wait)
}

// blank reports whether a picture has too few colours to show anything; it looks at one pixel in nine.
func blank(picture image.Image) bool {
	seen := map[[3]uint32]bool{}
	bounds := picture.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y += 3 {
		for x := bounds.Min.X; x < bounds.Max.X; x += 3 {
			red, green, blue, _ := picture.At(x, y).RGBA()
			seen[[3]uint32{red, green, blue}] = true
			if len(seen) > tourColours {
				return false
			}
		}
	}
	return true
}

// WorkingStops are the places of a window over a ledger with work in it.
func (s *Shell) WorkingStops() ([]Stop, error) {
	due, err := s.App.Due(s.ctx, s.Today())
	if err != nil {
		return nil, fmt.Errorf("tour: %w", err)
	}
	clients, err := s.App.Clients(s.ctx, s.Today())
	if err != nil {
		return nil, fmt.Errorf("tour: %w", err)
	}
	stops := []Stop{{"a-faire", func() { s.Go(placeToDo) }}}
	number, notice := tourInvoices(due)
	if number != "" {
		stops = append(stops, Stop{"factures", func() { find[*invoicesScreen](s).open(number) }})
	}
	if id := tourClient(clients); id != 0 {
		stops = append(stops, Stop{"clients", func() { find[*clientsScreen](s).open(id) }})
	}
	stops = append(stops, Stop{"courriers", func() { s.Go(placeLetters) }})
	if notice != "" {
		stops = append(stops, Stop{"courriers-preparation", func() { prepareLetter(s, []string{notice}) }})
	}
	stops = append(stops, Stop{"paiements", func() { s.Go(placePayments) }})
	for _, page := range model.SettingsPages() {
		stops = append(stops, Stop{"reglages-" + page.ID, func() {
			find[*settingsScreen](s).openPage(page.ID)
			if page.ID == model.PageBackup {
				find[*settingsScreen](s).checks.run()
			}
		}})
	}
	return append(stops, Stop{"raccourcis", s.showShortcuts}, Stop{"a-propos", s.showAbout}), nil
}

// tourInvoices are the invoice with the most to tell, and one for which a formal notice is ready.
func tourInvoices(due []app.DueAction) (number, notice string) {
	for _, action := range due {
		if number == "" || action.Claim.DaysLate > 100 {
			number = action.Account.Invoice.Number
		}
		if notice == "" && action.Action.Step.ID == "formal-notice" && len(action.Action.Blockers) == 0 {
			notice = action.Account.Invoice.Number
		}
	}
	return number, notice
}

// tourClient is the client who owes the most of what is overdue.
func tourClient(clients []app.ClientRow) ledger.ClientID {
	var most app.ClientRow
	for _, row := range clients {
		if row.Overdue > most.Overdue {
			most = row
		}
	}
	return most.Client.ID
}

// EmptyStops are the places of a window over a ledger with nothing in it; file is a table of invoices to
// look at without entering it.
func (s *Shell) EmptyStops(name string, file []byte) []Stop {
	first := find[*firstScreen](s)
	return []Stop{
		{"premier-demarrage", func() { s.Go(placeFirst); first.goTo(model.FirstWho) }},
		{"premier-demarrage-factures", func() { first.take(name, file) }},
		{"premier-demarrage-boite", func() { first.goTo(model.FirstMoney) }},
		{"premier-demarrage-relances", func() { first.goTo(model.FirstReminders) }},
		{"factures-vide", func() { first.pane.empty(); s.Go(placeInvoices) }},
		{"clients-vide", func() { s.Go(placeClients) }},
		{"import", func() { s.receive(name, file) }},
		{"a-faire-vide", func() { find[*importScreen](s).pane.empty(); s.Go(placeToDo) }},
	}
}
