package storage

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"dument/app/ledger"
)

// Heads keeps the end of each ledger's journal outside the ledger. A copy may lag behind its ledger
// (the program was killed between the two writes), but is never ahead of it: a head that the journal
// does not contain means that entries are missing.
type Heads struct {
	folder string
}

// NewHeads keeps heads in a folder of the state directory.
func NewHeads(stateDir string) *Heads { return &Heads{folder: filepath.Join(stateDir, "heads")} }

// Load reads the head kept for a ledger; none is kept on a computer that never wrote it.
func (h *Heads) Load(ledgerID string) (head ledger.Head, found bool, err error) {
	text, err := os.ReadFile(h.file(ledgerID))
	if errors.Is(err, fs.ErrNotExist) {
		return ledger.Head{}, false, nil
	}
	if err != nil {
		return ledger.Head{}, false, err
	}
	if json.Unmarshal(text, &head) != nil || head.Ledger != ledgerID || head.Seq < 1 {
		return ledger.Head{}, false, nil // unreadable: as if never kept
	}
	return head, true, nil
}

// Save replaces the kept head, whole or not at all.
func (h *Heads) Save(head ledger.Head) error {
	text, err := json.Marshal(head)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(h.folder, 0o700); err != nil {
		return err
	}
	temporary, err := os.CreateTemp(h.folder, ".head-*")
	if err != nil {
		return err
	}
	_, err = temporary.Write(append(text, '\n'))
	err = errors.Join(err, temporary.Sync(), temporary.Close())
	if err == nil {
		err = os.Rename(temporary.Name(), h.file(head.Ledger))
	}
	if err != nil {
		_ = os.Remove(temporary.Name())
	}
	return err
}

func (h *Heads) file(ledgerID string) string { return filepath.Join(h.folder, ledgerID+".json") }
