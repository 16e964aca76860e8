package exchange

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"dument/app"
	"dument/app/date"
)

// Folder writes the whole ledger in open formats into a folder. It implements app.Exporter.
type Folder struct {
	// Program is the version that the export names as its maker.
	Program string
}

var _ app.Exporter = Folder{}

// Export implements app.Exporter: the folder must not exist, or be empty. It gets its name when all is
// written and on disk, so that a half-made export never looks whole. The names returned are relative to it.
func (f Folder) Export(ctx context.Context, dir string, on date.Date, data app.ExportData) ([]string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, exportProblem(dir, err)
	}
	if err := checkEmpty(dir); err != nil {
		return nil, err
	}
	temporary, err := os.MkdirTemp(filepath.Dir(dir), "."+filepath.Base(dir)+".partial-*")
	if err != nil {
		return nil, exportProblem(dir, err)
	}
	defer os.RemoveAll(temporary)
	made := &exporter{ctx: ctx, dir: temporary, on: on, data: data, program: f.Program, sums: map[string]string{}}
	if err := made.writeAll(); err != nil {
		return nil, exportProblem(dir, err)
	}
	if err := os.Remove(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, exportProblem(dir, err)
	}
	if err := os.Rename(temporary, dir); err != nil {
		return nil, exportProblem(dir, err)
	}
	return made.files, exportProblem(dir, syncFolder(filepath.Dir(dir)))
}

// checkEmpty refuses a folder that holds anything: an export never mixes with what was there.
func checkEmpty(dir string) error {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return exportProblem(dir, err)
	case len(entries) > 0:
		return &app.Error{Code: app.CodeConflict, Field: "dir", Detail: "folder_not_empty", Params: []string{dir},
			Err: &FolderError{Folder: dir}}
	}
	return nil
}

// FolderError says that a folder is not free for an export.
type FolderError struct{ Folder string }

func (e *FolderError) Error() string { return "exchange: folder not empty: " + e.Folder }

// Text says what is wrong, why, and what to do, in "fr" or "en".
func (e *FolderError) Text(language string) string {
	return spell(map[string]wording{"": {
		"dossier déjà occupé\u00a0: {value} contient des fichiers, et un export ne se mélange à rien\u00a0: indiquez un " +
			"dossier vide ou nouveau",
		"folder in use: {value} holds files, and an export mixes with nothing: name an empty or new folder",
	}}, "", language, "", e.Folder, nil)
}

func exportProblem(dir string, err error) error {
	var known *app.Error
	if err == nil || errors.As(err, &known) || errors.Is(err, context.Canceled) {
		return err
	}
	code := app.CodeFile
	if errors.Is(err, syscall.ENOSPC) {
		code = app.CodeDiskFull
	}
	return &app.Error{Code: code, Field: "dir", Params: []string{dir}, Err: err}
}

// syncFolder makes the names in a folder durable, where the system does that.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	defer folder.Close()
	// Windows and some network folders synchronise names by themselves and refuse to be asked.
	if err := folder.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, fs.ErrPermission) {
		return err
	}
	return nil
}

type exporter struct {
	ctx     context.Context
	dir     string
	on      date.Date
	data    app.ExportData
	program string
	files   []string
	sums    map[string]string
}

func (e *exporter) writeAll() error {
	steps := []func() error{e.settings, e.clients, e.invoices, e.payments, e.letters, e.messages, e.journal,
		e.miniDSO, e.schema, e.digests}
	for _, step := range steps {
		if err := e.ctx.Err(); err != nil {
			return err
		}
		if err := step(); err != nil {
			return err
		}
	}
	for _, name := range []string{".", "letters", "proofs"} {
		if err := syncFolder(filepath.Join(e.dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// write makes one file durable and remembers its digest. The name never comes from the data of others.
func (e *exporter) write(name string, content []byte) error {
	path := filepath.Join(e.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	sum := sha256.Sum256(content)
	e.sums[name] = hex.EncodeToString(sum[:])
	e.files = append(e.files, name)
	return nil
}

// digests writes SHA256SUMS in the form that sha256sum -c reads.
func (e *exporter) digests() error {
	names := slices.Sorted(slices.Values(e.files))
	var text strings.Builder
	for _, name := range names {
		fmt.Fprintf(&text, "%s  %s\n", e.sums[name], name)
	}
	return e.write("SHA256SUMS", []byte(text.String()))
}

// documents writes the PDFs of letters and the proofs of their events, once each.
func (e *exporter) documents() error {
	for _, row := range e.data.Letters {
		doc, err := e.data.Document(row.Letter.SHA256)
		if err != nil {
			return err
		}
		if err := e.write("letters/"+fileName(row.Letter.Number)+".pdf", doc.Bytes); err != nil {
			return err
		}
		for _, event := range row.Events {
			name := proofName(event.Proof)
			if event.Proof == "" || e.sums[name] != "" {
				continue
			}
			if doc, err = e.data.Document(event.Proof); err != nil {
				return err
			}
			if err := e.write(name, doc.Bytes); err != nil {
				return err
			}
		}
	}
	return e.attached()
}

// attached writes the documents of invoices, once each, under the invoice's number and their own digest.
func (e *exporter) attached() error {
	for _, info := range e.data.Attached {
		name := "documents/" + fileName(info.Invoice) + "/" + fileName(info.SHA256) + extensions[info.MediaType]
		if e.sums[name] != "" {
			continue
		}
		doc, err := e.data.Document(info.SHA256)
		if err != nil {
			return err
		}
		if err := e.write(name, doc.Bytes); err != nil {
			return err
		}
	}
	return nil
}

// extensions are the endings of the kinds of documents that the ledger tells apart.
var extensions = map[string]string{"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg",
	"application/xml": ".xml"}

// proofName is the place of a proof in the export: its digest, whatever its own name was.
func proofName(digest string) string {
	if digest == "" {
		return ""
	}
	return "proofs/" + fileName(digest)
}

// fileName keeps what is safe in the name of a file on every system.
func fileName(text string) string {
	safe := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9', r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r == '-', r == '_':
			return r
		}
		return '_'
	}, text)
	if safe == "" {
		return "_"
	}
	return safe[:min(len(safe), 120)]
}
