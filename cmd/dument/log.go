package main

import (
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"

	"dument/app"
)

// Files of the state folder. The log holds codes and counts only: no name, no address, no amount.
const (
	logName      = "dument.log"
	crashName    = "crash.log"
	logBytesMax  = 1 << 20
	fileMode     = 0o600
	folderMode   = 0o700
	oldLogSuffix = ".1"
)

// startLog sends the log and the trace of a crash to the state folder. A log that cannot be written keeps
// nobody from working.
func startLog(folder string) (closeAll func()) {
	path := filepath.Join(folder, logName)
	if info, err := os.Stat(path); err == nil && info.Size() > logBytesMax {
		_ = os.Rename(path, path+oldLogSuffix)
	}
	var output io.Writer = io.Discard
	file, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, fileMode)
	if err == nil {
		output = file
	}
	slog.SetDefault(slog.New(slog.NewTextHandler(output, nil)))
	crash, err := os.OpenFile(filepath.Join(folder, crashName), os.O_CREATE|os.O_APPEND|os.O_WRONLY, fileMode)
	if err == nil {
		_ = debug.SetCrashOutput(crash, debug.CrashOptions{})
		_ = crash.Close() // the runtime keeps its own handle
	}
	return func() {
		if file != nil {
			_ = file.Close()
		}
	}
}

// logError notes the class of an error: its parameters may hold names.
func logError(doing string, err error) {
	problem := app.AsError(err)
	slog.Error(doing, "code", string(problem.Code), "detail", problem.Detail, "op", problem.Op)
}
