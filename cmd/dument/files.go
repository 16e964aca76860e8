package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"dument/cmd/internal/wire"
)

// files lets the user open, save and choose files. Its methods are called on the goroutine of the
// interface, and their callbacks come there.
type files struct {
	window fyne.Window
	app    fyne.App
	state  string
	folder string // of the documents that were opened; made at the first one
	// failed is told about a viewer that could not show a document.
	failed func(name string)
}

// Bounds and names of files.
const (
	chosenBytesMax   = 64 << 20
	openedPattern    = "open-*"
	openedDaysMax    = 2
	preferenceFolder = "folder"
)

// open shows a document with the system's viewer, from a folder that only the user can read.
func (f *files) open(name string, content []byte) error {
	if f.folder == "" {
		folder, err := os.MkdirTemp(f.state, openedPattern)
		if err != nil {
			return fmt.Errorf("open document: %w", err)
		}
		f.folder = folder
	}
	own, err := os.MkdirTemp(f.folder, "")
	if err != nil {
		return fmt.Errorf("open document: %w", err)
	}
	path := filepath.Join(own, safeName(name))
	if err := os.WriteFile(path, content, fileMode); err != nil {
		return fmt.Errorf("open document: %w", err)
	}
	viewer := viewerOf(path)
	if err := viewer.Start(); err != nil {
		return fmt.Errorf("open document: %w", err)
	}
	go func() {
		if err := viewer.Wait(); err != nil {
			dispatch(func() { f.failed(name) })
		}
	}()
	return nil
}

// safeName is a name without folders and without what some systems refuse in names.
func safeName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, name)
	if name = strings.Trim(name, ". "); name == "" {
		return "document"
	}
	return name
}

// viewerOf is the system's command that shows a file with the user's program for its kind.
func viewerOf(path string) *exec.Cmd {
	switch runtime.GOOS {
	case "windows":
		return exec.Command("rundll32", "url.dll,FileProtocolHandler", path)
	case "darwin":
		return exec.Command("open", path)
	}
	return exec.Command("xdg-open", path)
}

// clean removes the documents that were opened, and those of runs that were cut short.
func (f *files) clean(now time.Time) {
	if f.folder != "" {
		_ = os.RemoveAll(f.folder)
	}
	left, _ := filepath.Glob(filepath.Join(f.state, openedPattern))
	for _, folder := range left {
		if info, err := os.Stat(folder); err == nil && now.Sub(info.ModTime()) > openedDaysMax*24*time.Hour {
			_ = os.RemoveAll(folder)
		}
	}
}

// save asks for a place and writes a file there, whole or not at all.
func (f *files) save(name string, content []byte, done func(path string, err error)) {
	asked := dialog.NewFileSave(func(target fyne.URIWriteCloser, err error) {
		if err != nil || target == nil {
			done("", err)
			return
		}
		path := target.URI().Path()
		_ = target.Close()
		f.remember(path)
		go func() {
			err := wire.WriteFile(path, content)
			dispatch(func() { done(path, err) })
		}()
	}, f.window)
	asked.SetFileName(name)
	f.show(asked)
}

// choose asks for a file and reads it.
func (f *files) choose(extensions []string, done func(name string, content []byte, err error)) {
	f.choosePath(extensions, func(path string, err error) {
		if err != nil || path == "" {
			done("", nil, err)
			return
		}
		go func() {
			content, err := wire.ReadFile(path, chosenBytesMax)
			dispatch(func() { done(filepath.Base(path), content, err) })
		}()
	})
}

// choosePath asks for a file; the path is empty when the user changed her mind.
func (f *files) choosePath(extensions []string, done func(path string, err error)) {
	asked := dialog.NewFileOpen(func(source fyne.URIReadCloser, err error) {
		if err != nil || source == nil {
			done("", err)
			return
		}
		path := source.URI().Path()
		_ = source.Close()
		f.remember(path)
		done(path, nil)
	}, f.window)
	if len(extensions) > 0 {
		asked.SetFilter(storage.NewExtensionFileFilter(extensions))
	}
	f.show(asked)
}

func (f *files) remember(path string) {
	f.app.Preferences().SetString(preferenceFolder, filepath.Dir(path))
}

// show opens a dialog at the folder of the last one, as large as the window lets it be.
func (f *files) show(asked *dialog.FileDialog) {
	if folder := f.app.Preferences().String(preferenceFolder); folder != "" {
		if place, err := storage.ListerForURI(storage.NewFileURI(folder)); err == nil {
			asked.SetLocation(place)
		}
	}
	size := f.window.Canvas().Size()
	// The toolkit's dialogs have no key to leave them.
	canvas := f.window.Canvas()
	before := canvas.OnTypedKey()
	canvas.SetOnTypedKey(func(event *fyne.KeyEvent) {
		if event.Name == fyne.KeyEscape {
			asked.Dismiss()
		}
	})
	asked.SetOnClosed(func() { canvas.SetOnTypedKey(before) })
	asked.Resize(fyne.NewSize(min(900, size.Width-40), min(620, size.Height-60)))
	asked.Show()
}
