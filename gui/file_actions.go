package gui

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"

	"dument/app"
	"dument/gui/kit"
	"dument/gui/model"
	"dument/gui/theme"
)

// importExtensions are the files that an import reads.
var importExtensions = []string{".csv", ".tsv", ".txt"}

// importBytesMax bounds a file that is dropped or chosen: a table of a hundred thousand invoices has a
// fifth of it.
const importBytesMax = 64 << 20

// importFile asks for a file and shows its preview.
func (s *Shell) importFile() {
	s.ChooseFile(importExtensions, func(name string, content []byte, err error) {
		switch {
		case err != nil:
			s.Say(app.Text(err, s.Words.Language), "", nil)
		case name != "":
			s.receive(name, content)
		}
	})
}

// receive gives a file to the screen that asks for one, else to the page of the imports.
func (s *Shell) receive(name string, content []byte) {
	if taker, takes := s.current.(interface{ take(string, []byte) bool }); takes && taker.take(name, content) {
		return
	}
	s.Go(placeImport)
	find[*importScreen](s).pane.preview(name, content)
}

// dropped reads the first file that was dropped on the window.
func (s *Shell) dropped(uris []fyne.URI) {
	if len(uris) == 0 {
		return
	}
	path := uris[0].Path()
	var content []byte
	s.Do(func(context.Context) (err error) {
		content, err = readDropped(path)
		return err
	}, func() { s.receive(filepath.Base(path), content) })
}

// readDropped reads an ordinary file.
func readDropped(path string) ([]byte, error) {
	problem := func(err error) error {
		return &app.Error{Code: app.CodeFile, Field: "file", Params: []string{filepath.Base(path)}, Err: err}
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, problem(err)
	}
	if !info.Mode().IsRegular() || info.Size() > importBytesMax {
		return nil, problem(fmt.Errorf("not an ordinary file of at most %d bytes", importBytesMax))
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, problem(err)
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, importBytesMax))
	if err != nil {
		return nil, problem(err)
	}
	return content, nil
}

// backup makes a copy of the ledger that was read back, and asks where it goes.
func (s *Shell) backup() {
	on := s.Today()
	var info app.BackupInfo
	var content []byte
	s.Do(func(ctx context.Context) (err error) {
		folder, err := os.MkdirTemp("", "dument-*")
		if err != nil {
			return &app.Error{Code: app.CodeFile, Params: []string{folder}, Err: err}
		}
		defer os.RemoveAll(folder)
		if info, err = s.App.Backup(ctx, filepath.Join(folder, "copy.dument")); err != nil {
			return err
		}
		if content, err = os.ReadFile(info.Path); err != nil {
			return &app.Error{Code: app.CodeFile, Params: []string{info.Path}, Err: err}
		}
		return nil
	}, func() {
		s.SaveFile(s.T("settings.backup.name", on.String()), content, func(path string, err error) {
			switch {
			case err != nil:
				s.Say(app.Text(err, s.Words.Language), "", nil)
			case path != "":
				s.Say(s.N("settings.backup.done", int(info.Invoices), filepath.Base(path)), "", nil)
			}
		})
	})
}

// verify checks the ledger on the page of the backups.
func (s *Shell) verify() {
	settings := find[*settingsScreen](s)
	settings.openPage(model.PageBackup)
	settings.checks.run()
}

// showShortcuts and showAbout show the pages of the help.
func (s *Shell) showShortcuts() { s.Go(placeShortcuts) }

func (s *Shell) showAbout() { s.Go(placeAbout) }

// verifyPanel shows the checks of the ledger.
type verifyPanel struct {
	screen *settingsScreen
	shell  *Shell
	all    *fyne.Container
	turn   int // generation
}

func newVerifyPanel(v *settingsScreen) *verifyPanel {
	p := &verifyPanel{screen: v, shell: v.shell, all: kit.Stack(10)}
	p.all.Add(kit.NewHeading(p.shell.T("settings.verify.results"), ""))
	p.all.Add(kit.NewParagraph(p.shell.T("settings.verify.none"), kit.Soft))
	return p
}

type verified struct {
	checks []app.Check
	ok     bool
}

func (p *verifyPanel) run() {
	s := p.shell
	p.fill(kit.NewParagraph(s.T("settings.verify.running"), kit.Soft))
	Load(s, &p.turn, func(ctx context.Context) (found verified, err error) {
		found.checks, found.ok, err = s.App.Verify(ctx)
		return found, err
	}, func(found verified, err error) {
		if err != nil {
			p.fill(kit.NewNotice(kit.ToneLate, "", app.Text(err, s.Words.Language)))
			return
		}
		head := kit.NewNotice(kit.ToneOk, theme.IconShield, s.T("settings.verify.ok"))
		if !found.ok {
			head = kit.NewNotice(kit.ToneLate, "", s.T("settings.verify.damaged"))
		}
		objects := []fyne.CanvasObject{head}
		for _, line := range model.CheckLines(s.Words, found.checks) {
			objects = append(objects, wholeLine(line))
		}
		p.fill(objects...)
	})
}

func (p *verifyPanel) fill(objects ...fyne.CanvasObject) {
	p.all.Objects = append(p.all.Objects[:1:1], objects...)
	p.all.Refresh()
	p.screen.resized()
}
