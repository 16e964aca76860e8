package pdf

import (
	"fmt"

	"dument/app/letter"
)

// letterhead draws everything above the object: who writes, the registered mention, the window, the
// place and date.
func (f *flow) letterhead() {
	page := f.page()
	f.folds(page)
	page.Ops = append(page.Ops, Op{Kind: RectOp, X: left, Y: 16, W: 11, H: 0.8, Colour: Accent})
	f.name(page)
	f.mention(page)
	f.address(page)
	f.fitted(page, bodyStyle, 7, third, 95, right-third, "creditor.city", f.letter.Place)
}

// fitted draws a text on one line, smaller when it must be.
func (f *flow) fitted(page *Page, s style, least, x, y, width float64, field, text string) {
	size, ok := f.fonts.fit(s, least, width, text)
	if !ok {
		f.fail(refuseWide(field, text))
		return
	}
	s.size = size
	f.put(page, s, x, y, text)
}

// name draws the creditor's block, left of the window.
func (f *flow) name(page *Page) {
	const nameSize, nameLeast, markGap = 20.0, 10.0, 2.2
	sender := f.letter.Sender
	named, mark := style{Serif, nameSize, Ink}, style{Serif, 12, Grey}
	room := headRight - left
	if sender.Mark != "" {
		room -= markGap + f.fonts.Width(mark.face, mark.size, sender.Mark)
	}
	size, ok := f.fonts.fit(named, nameLeast, room, sender.Name)
	if !ok {
		f.fail(refuseWide("creditor.name", sender.Name))
	}
	named.size = size
	f.put(page, named, left, 25.6, sender.Name)
	f.put(page, mark, left+f.fonts.Width(named.face, named.size, sender.Name)+markGap, 25.6, sender.Mark)

	contact := 38.4
	if sender.Trade == "" {
		contact = 32.4
	} else {
		f.fitted(page, style{SerifItalic, 11.5, Accent}, 6.5, left, 31.4, headRight-left, "creditor.activity",
			sender.Trade)
	}
	f.contactLines(page, contact)
}

// contactLines sets address, phone and identifiers on at most five lines, above the mention.
func (f *flow) contactLines(page *Page, baseline float64) {
	const leading, last = 4.0, 54.4
	set := f.fonts.setter(style{Sans, 8, Grey})
	for _, text := range f.letter.Sender.Contact {
		for _, l := range set.lines(plain(text), headRight-left) {
			if baseline > last {
				f.fail(refuseWide("creditor.address", text))
				return
			}
			set.draw(page, l, left, baseline)
			baseline += leading
		}
	}
}

// mention draws what ties the letter to its slip and to the ledger.
func (f *flow) mention(page *Page) {
	const tracking = 0.55
	for i, text := range f.letter.Registered {
		page.Ops = append(page.Ops, Op{Kind: TextOp, X: left, Y: 61 + 4*float64(i), Text: text, Face: SansBold,
			Size: 7.4, Tracking: tracking, Colour: Accent})
	}
	if f.letter.Tracking != "" {
		f.fitted(page, style{Sans, 9.5, Ink}, 6, left, 70, headRight-left, "tracking", f.letter.Tracking)
	}
	f.fitted(page, style{Sans, 8, Grey}, 5.5, left, 78, headRight-left, "debtor.account", f.letter.Reference)
}

// address draws the window's block, centred in height when it has fewer than six lines, shrunk by
// quarters of a point down to 9 when a line exceeds 79 mm.
func (f *flow) address(page *Page) {
	lines := f.letter.Address
	set := style{Sans, 10, Ink}
	for i, text := range lines {
		size, ok := f.fonts.fit(set, 9, addressWidth, text)
		if !ok {
			f.fail(refuseWide(addressField(i), text))
		}
		set.size = size
	}
	top := addressTop + addressLeading/2*float64(addressLines-len(lines))
	for i, text := range lines {
		f.put(page, set, third, top+3.2+addressLeading*float64(i), text)
	}
}

func addressField(line int) string {
	if line == 0 {
		return "debtor.name"
	}
	return fmt.Sprintf("debtor.address[%d]", line-1)
}

// object draws the object, its detail and the salutation, and starts the flow below them.
func (f *flow) object() {
	page := f.page()
	object := f.letter.Object
	f.put(page, sideHeadStyle, left, 107, object.Head)
	f.fitted(page, style{SerifBold, 14, Ink}, 10, textLeft, 107, right-textLeft, "object", object.Title)
	set := f.fonts.setter(style{Serif, 11, Grey})
	baseline := 112.8
	for _, l := range set.lines(plain(object.Detail), textRight-textLeft) {
		set.draw(page, l, textLeft, baseline)
		baseline += bodyLeading
	}
	baseline += 122 - 112.8 - bodyLeading
	body := f.fonts.setter(bodyStyle)
	for _, l := range body.lines(plain(f.letter.Salutation), textRight-textLeft) {
		body.draw(page, l, textLeft, baseline)
		baseline += bodyLeading
	}
	f.y = baseline - bodyAscent
}

// folds marks where the sheet is folded in three.
func (f *flow) folds(page *Page) {
	for _, y := range []float64{foldFirst, foldSecond} {
		f.rule(page, foldLeft, foldRight, y, 0.15, Hairline)
	}
}

// frame draws running heads and footers, once the number of pages is known.
func (f *flow) frame() {
	l := f.letter
	grey := style{Sans, 7.2, Grey}
	for i := range f.pages {
		page := &f.pages[i]
		if i > 0 {
			f.runningHead(page)
		}
		number := fmt.Sprintf("%s %d/%d", l.Labels.Page, i+1, len(f.pages))
		f.rule(page, left, right, 281, 0.12, Hairline)
		room := right - left - f.fonts.Width(grey.face, grey.size, number) - 5
		for j, text := range l.Footer {
			f.fitted(page, grey, 4.75, left, 285.2+3.6*float64(j), room, "creditor.vat_mention", text)
		}
		f.putRight(page, style{Sans, 7.2, Ink}, right, 285.2, number)
	}
}

func (f *flow) runningHead(page *Page) {
	head := style{Sans, 8, Grey}
	size, ok := f.fonts.fit(head, 6, 105, f.letter.Running)
	if !ok {
		f.fail(refuseWide("debtor.name", f.letter.Running))
	}
	head.size = size
	f.putRight(page, head, right, 20, f.letter.Running)
	room := right - left - f.fonts.Width(head.face, head.size, f.letter.Running) - 6
	f.fitted(page, bodyStyle, 5, left, 20, room, "creditor.name", f.letter.Sender.FullName())
	f.rule(page, left, right, 23.5, 0.12, Hairline)
}

// panel draws how to pay: the rows at the left, the code at the right.
func (f *flow) panel(panel letter.Panel) chunk {
	const (
		labelLeft, valueLeft = textLeft, 89.0
		row, extra           = 6.4, 4.5
		firstBaseline        = 5.4
		codeSide, codeTop    = 27.5, 3.1
		noteLeading          = 3.7
	)
	valueRight := right
	if panel.Code != "" {
		valueRight = right - codeSide - 4*codeSide/41 - 0.5 // four modules stay white
	}
	set := f.fonts.setter(style{Sans, 9.6, Ink})
	note := f.fonts.setter(noteStyle)
	type panelRow struct {
		label string
		lines []line
	}
	var rows []panelRow
	height := firstBaseline - row + 2.9
	for _, r := range panel.Rows {
		value := letter.Text{{Text: r.Value, Bold: r.Strong}}
		lines := set.lines(value, valueRight-valueLeft)
		rows = append(rows, panelRow{r.Label, lines})
		height += row + extra*float64(len(lines)-1)
	}
	if panel.Code != "" {
		height = max(height, codeSide+2*codeTop+0.7)
	}
	noteLines := note.lines(panel.Note, right-textLeft)
	total := height + float64(len(noteLines))*noteLeading + 1.6
	return chunk{gap: panelGap, height: total, draw: func(page *Page, top float64) {
		f.rule(page, textLeft, right, top, 0.25, Ink)
		baseline := top + firstBaseline
		for _, r := range rows {
			f.put(page, style{Sans, 7.8, Grey}, labelLeft, baseline, r.label)
			for i, l := range r.lines {
				if i > 0 {
					baseline += extra
				}
				set.draw(page, l, valueLeft, baseline)
			}
			baseline += row
		}
		if panel.Code != "" {
			f.code(page, panel.Code, right-codeSide, top+codeTop, codeSide)
		}
		f.rule(page, textLeft, right, top+height, 0.12, Hairline)
		for i, l := range noteLines {
			note.draw(page, l, textLeft, top+height+3.9+float64(i)*noteLeading)
		}
	}}
}
