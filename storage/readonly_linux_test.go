package storage_test

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"dument/storage"
)

// A program without rights is another process: the one that tests is often root, whom no mode stops.
func TestAReadOnlyLedgerIsReadAndCopied(t *testing.T) {
	nobody := &syscall.Credential{Uid: 65534, Gid: 65534, NoSetGroups: true}
	if os.Getuid() != 0 {
		nobody = nil
	}
	for name, forbid := range map[string]func(folder, path string) error{
		"file 0400": func(_, path string) error { return os.Chmod(path, 0o400) },
		"folder 0500": func(folder, path string) error {
			return errors.Join(os.Remove(path+"-journal"), os.Chmod(folder, 0o500))
		},
	} {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			folder, state, binary := filepath.Join(root, "ledger"), filepath.Join(root, "state"), filepath.Join(root, "test")
			path := filepath.Join(folder, "x.dument")
			createdLedger(t, path, testOptions(t))
			content := readFile(t, os.Args[0])
			if err := errors.Join(os.WriteFile(binary, content, 0o755), os.Mkdir(state, 0o700)); err != nil {
				t.Fatal(err)
			}
			if nobody != nil {
				for _, file := range []string{folder, path, path + "-journal", state} {
					if err := os.Chown(file, 65534, 65534); err != nil {
						t.Fatal(err)
					}
				}
				for open := root; len(open) > len(os.TempDir()); open = filepath.Dir(open) {
					if err := os.Chmod(open, 0o755); err != nil {
						t.Fatal(err)
					}
				}
			}
			if err := forbid(folder, path); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = os.Chmod(folder, 0o700) })
			before := snapshot(t, path)
			other := prepareChild(t, binary, "open", path, storage.Options{StateDir: state})
			other.SysProcAttr = &syscall.SysProcAttr{Credential: nobody}
			if err := other.Start(); err != nil {
				t.Fatal(err)
			}
			for _, want := range []string{"read-only true, 1 invoices", "ledger_read_only", "copied"} {
				if got := other.line(t); got != want {
					t.Errorf("%q, want %q", got, want)
				}
			}
			other.end(t)
			if after := snapshot(t, path); after != before {
				t.Errorf("%s before, %s after", before, after)
			}
		})
	}
}
