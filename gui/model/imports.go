package model

import (
	"cmp"
	"path"
	"slices"
	"strconv"
	"strings"

	"dument/app"
	"dument/app/ledger"
	"dument/gui/words"
)

// ImportLine is a row of the preview of a file. Problem says why it is not taken; Warning what to know
// about a row that is.
type ImportLine struct {
	Key, Line, Number, Client, Issued, Due, Amount string
	State                                          Line
	Rejected                                       bool
}

// ImportView is the preview of a file, before anything is written.
type ImportView struct {
	File, About string
	// Understood lists what the columns were understood as, with their own headings where they differ.
	Understood string
	Lines      []ImportLine
	Ready      int
	// Counts are the sentences under the table: ready, duplicates, to correct, guessed types.
	Counts []Line
	// Reasons say what is to correct, line by line, a few of them.
	Reasons []string
	// Button says what will be done, and how many; empty when there is nothing to do.
	Button string
}

// NewImportView writes the preview of a dry run.
func NewImportView(w *words.Words, result app.ImportResult) ImportView {
	rows := len(result.Table.Rows) + len(result.Table.Rejected)
	view := ImportView{File: path.Base(result.File), Ready: result.Added,
		About: w.N("imports.about", rows, importEncoding(w, result.Table))}
	var understood []string
	for _, column := range result.Table.Columns {
		if column.Meaning == "" {
			continue
		}
		meaning := w.T("imports.column." + column.Meaning)
		if Folded(meaning) != Folded(column.Heading) {
			meaning = w.T("imports.column", meaning, column.Heading)
		}
		understood = append(understood, meaning)
	}
	view.Understood = w.T("imports.understood", strings.Join(understood, ", "))
	view.lines(w, result)
	view.counts(w, result)
	if result.Added > 0 {
		view.Button = w.N("imports.enter", result.Added)
	}
	return view
}

func importEncoding(w *words.Words, table app.ImportTable) string {
	if table.Separator == "" {
		return ""
	}
	separator := table.Separator
	if separator == "\t" {
		separator = w.T("imports.tab")
	}
	return w.T("imports.separator", separator)
}

// lines lists what is to correct first, then what is ready, each in the order of the file.
func (v *ImportView) lines(w *words.Words, result app.ImportResult) {
	read := map[int]app.ImportRow{}
	for _, row := range result.Table.Rows {
		read[row.Line] = row
	}
	rejected := slices.Clone(result.Rejected)
	slices.SortStableFunc(rejected, func(x, y app.ImportRejection) int { return cmp.Compare(x.Line, y.Line) })
	for i, rejection := range rejected {
		row := read[rejection.Line]
		line := ImportLine{Key: "r" + strconv.Itoa(i), Line: strconv.Itoa(rejection.Line), Number: row.Number,
			Client: row.ClientName, Rejected: true,
			State: Line{"warn", rejectionText(w, rejection), Warn}}
		if line.Number == "" {
			line.Number = w.T("imports.line.n", line.Line)
		}
		if row.Amount != 0 {
			line.Amount, line.Issued, line.Due = Figure(w, row.Amount), Day(row.Issued), Day(row.Due)
		}
		v.Lines = append(v.Lines, line)
		switch {
		case i < reasonsMax:
			v.Reasons = append(v.Reasons, w.T("imports.reason", line.Line, rejectionText(w, rejection)))
		case i == reasonsMax:
			v.Reasons = append(v.Reasons, w.N("imports.reasons.more", len(rejected)-reasonsMax))
		}
	}
	for i, document := range result.Documents {
		amount := document.Invoice.Amount
		if document.Invoice.Type == ledger.TypeCreditNote {
			amount = -amount
		}
		line := ImportLine{Key: "d" + strconv.Itoa(i), Line: strconv.Itoa(document.Line),
			Number: document.Invoice.Number, Client: document.Client, Issued: Day(document.Invoice.Issued),
			Due: Day(document.Invoice.Due), Amount: Figure(w, amount),
			State: Line{"check", KindName(w, document.Kind), Soft}}
		if len(document.Findings) > 0 {
			line.State = Line{"info", w.T("imports.guessed", KindName(w, document.Kind)), Warn}
		}
		v.Lines = append(v.Lines, line)
	}
}

func rejectionText(w *words.Words, rejection app.ImportRejection) string {
	if text := rejection.Texts[w.Language]; text != "" {
		return capital(text)
	}
	return rejection.Code
}

// reasonsMax bounds the reasons beneath the table; each row of it has its own.
const reasonsMax = 4

func (v *ImportView) counts(w *words.Words, result app.ImportResult) {
	v.Counts = []Line{{"check", w.N("imports.ready", result.Added), OK}}
	if result.Added == 0 {
		v.Counts[0].Tone = Soft
	}
	if result.Duplicates > 0 {
		v.Counts = append(v.Counts, Line{"link", w.N("imports.duplicates", result.Duplicates), Soft})
	}
	if n := len(result.Rejected); n > 0 {
		v.Counts = append(v.Counts, Line{"warn", w.N("imports.rejected", n), Warn})
	}
	guessed := map[string]bool{}
	for _, document := range result.Documents {
		if len(document.Findings) > 0 {
			guessed[document.Client] = true
		}
	}
	if len(guessed) > 0 {
		v.Counts = append(v.Counts, Line{"info", w.N("imports.guesses", len(guessed)), Warn})
	}
}

// PastImport is a file that was imported.
type PastImport struct {
	ID         ledger.BatchID
	File, What string
	// Undoable is false for an import that was taken back.
	Undoable bool
}

// PastImports writes the list of the files imported, the newest first.
func PastImports(w *words.Words, batches []app.Batch) []PastImport {
	past := make([]PastImport, 0, len(batches))
	for _, batch := range batches {
		line := PastImport{ID: batch.ID, File: path.Base(batch.File), Undoable: batch.Undone.IsZero(),
			What: w.N("imports.past", batch.Added, Day(batch.On))}
		if !line.Undoable {
			line.What = w.T("imports.past.undone", Day(batch.Undone))
		}
		past = append(past, line)
	}
	return past
}
