package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"dument/app/date"
	"dument/app/ledger"
)

// AttachProof keeps a document of a letter's life that came after its event was noted: the receipt of
// the post office, the acknowledgment, the envelope that came back. The same bytes are kept once.
func (a *App) AttachProof(ctx context.Context, on date.Date, number, name string,
	data []byte) (info DocumentInfo, err error) {
	if len(data) == 0 || len(data) > maxDocumentBytes {
		return info, invalid("file", "document_size", name, "25")
	}
	sum := sha256.Sum256(data)
	info = DocumentInfo{SHA256: hex.EncodeToString(sum[:]), MediaType: mediaType(data), Name: name,
		Size: int64(len(data))}
	err = a.update(ctx, "attach proof", func(w Writer) error {
		made, err := findLetter(w, number)
		if err != nil {
			return err
		}
		of := Attachment{Kind: "letter", ID: int64(made.ID)}
		kept, err := w.Documents(of)
		if err != nil {
			return err
		}
		for _, known := range kept {
			if known.SHA256 == info.SHA256 {
				return nil
			}
		}
		return w.Record(ledger.EntryDocument, on, func(int64) (any, error) {
			return map[string]string{"letter": made.Number, "sha256": info.SHA256},
				w.AddDocument(Document{DocumentInfo: info, Bytes: data}, of)
		})
	})
	return info, err
}

// LetterDocuments lists the documents of a letter: its own bytes first, then the proofs.
func (a *App) LetterDocuments(ctx context.Context, number string) (list []DocumentInfo, err error) {
	err = a.Store.View(ctx, func(r Reader) error {
		made, err := findLetter(r, number)
		if err != nil {
			return err
		}
		list, err = r.Documents(Attachment{Kind: "letter", ID: int64(made.ID)})
		return err
	})
	return list, wrap("list proofs", err)
}

// Document returns a document of the ledger by its SHA-256.
func (a *App) Document(ctx context.Context, sha256 string) (doc Document, err error) {
	err = a.Store.View(ctx, func(r Reader) error {
		doc, err = r.Document(sha256)
		return err
	})
	return doc, wrap("read document", err)
}
