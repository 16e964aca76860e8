package wire

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"syscall"

	"dument/app"
)

// WriteFile gives a file its content whole or not at all, also when the machine stops in between: a
// temporary file beside it is made durable, then takes its name. It replaces what has that name.
func WriteFile(path string, data []byte) error {
	folder := filepath.Dir(path)
	if isLedger(path) {
		return &app.Error{Code: app.CodeRefused, Detail: "would_replace_ledger", Params: []string{path}}
	}
	sweep(folder, filepath.Base(path))
	temporary, err := os.CreateTemp(folder, "."+filepath.Base(path)+".*.partial")
	if err != nil {
		return fileProblem(path, err)
	}
	_, err = temporary.Write(data)
	err = errors.Join(err, temporary.Sync(), temporary.Close())
	if err == nil {
		err = os.Rename(temporary.Name(), path)
	}
	if err != nil {
		_ = os.Remove(temporary.Name())
		return fileProblem(path, err)
	}
	if runtime.GOOS == "windows" {
		return nil // folders are not synchronised there
	}
	parent, err := os.Open(folder)
	if err != nil {
		return fileProblem(path, err)
	}
	defer parent.Close()
	if err := parent.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) {
		return fileProblem(path, err)
	}
	return nil
}

// isLedger recognises a database, ours above all: a letter or a report never takes its place.
func isLedger(path string) bool {
	file, err := os.Open(path)
	if err != nil {
		return false
	}
	defer file.Close()
	head := make([]byte, 16)
	n, _ := file.Read(head)
	return string(head[:n]) == "SQLite format 3\x00"
}

// sweep removes what a killed WriteFile of the same name left behind.
func sweep(folder, name string) {
	left, err := filepath.Glob(filepath.Join(folder, "."+name+".*.partial"))
	if err != nil {
		return // a name with brackets: nothing is swept
	}
	for _, path := range left {
		_ = os.Remove(path)
	}
}

// ReadFile reads a file of the user, which must be an ordinary one of at most so many bytes.
func ReadFile(path string, bytesMax int64) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fileProblem(path, err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, fileProblem(path, err)
	}
	if !info.Mode().IsRegular() {
		return nil, fileProblem(path, errors.New("not an ordinary file"))
	}
	data, err := io.ReadAll(io.LimitReader(file, bytesMax+1))
	if err != nil {
		return nil, fileProblem(path, err)
	}
	if int64(len(data)) > bytesMax {
		return nil, fileProblem(path, fmt.Errorf("more than %d bytes", bytesMax))
	}
	return data, nil
}

// fileProblem classifies an error about a file of the user.
func fileProblem(path string, err error) error {
	code := app.CodeFile
	if errors.Is(err, syscall.ENOSPC) {
		code = app.CodeDiskFull
	}
	return &app.Error{Code: code, Field: "file", Params: []string{path}, Err: err}
}
