package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"dument/gui/theme"
)

// ClaimHeads are the words above the columns of a claim; an empty Label shows no head.
type ClaimHeads struct{ Label, Days, Rate, Amount string }

// ClaimRow is a line of a claim as written. A line without days and rate is a sum of its own (the
// principal, the fixed indemnity) and stands in ink; the others are the periods of interest.
type ClaimRow struct{ Label, Days, Rate, Amount string }

// ClaimTable shows what a claim is made of: its lines, its total, and a caption beneath (the sum per
// day and the articles).
type ClaimTable struct {
	widget.BaseWidget
	column *fyne.Container
}

// NewClaimTable makes an empty table.
func NewClaimTable() *ClaimTable {
	t := &ClaimTable{column: Stack(0)}
	t.ExtendBaseWidget(t)
	return t
}

// Set writes the whole claim.
func (t *ClaimTable) Set(heads ClaimHeads, rows []ClaimRow, totalLabel, total, caption string) {
	t.column.Objects = nil
	if heads.Label != "" {
		style := Caption
		t.column.Add(claimLine(24, NewCutLabel(heads.Label, style), NewLabel(heads.Days, style.Right()),
			NewLabel(heads.Rate, style.Right()), NewLabel(heads.Amount, style.Right())))
		t.column.Add(NewDivider(theme.Rule))
	}
	for _, row := range rows {
		label := Small
		if row.Days == "" && row.Rate == "" {
			label = Plain
		}
		t.column.Add(claimLine(22, NewCutLabel(row.Label, label), NewLabel(row.Days, Small.Right()),
			NewLabel(row.Rate, Small.Right()), NewLabel(row.Amount, Plain.Right())))
	}
	t.column.Add(Inset(NewDivider(theme.Edge), 3, 0, 0, 0))
	t.column.Add(Fixed(0, 28, Row(8, NewCutLabel(totalLabel, Bold), NewLabel(total, Amount))))
	if caption != "" {
		t.column.Add(NewParagraph(caption, Caption))
	}
	t.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (t *ClaimTable) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.column) }

func claimLine(height float32, label, days, rate, amount fyne.CanvasObject) *fyne.Container {
	return container.New(claimLayout{height}, label, days, rate, amount)
}

// claimLayout aligns days, rate and amount at the right; the label takes the rest.
type claimLayout struct{ height float32 }

func (c claimLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	label, days, rate, amount := objects[0], objects[1], objects[2], objects[3]
	const amountWidth, rateWidth, daysWidth = 84, 58, 40
	right := size.Width
	put(amount, right-amountWidth, 0, amountWidth, size.Height)
	limit := right - max(amountWidth, amount.MinSize().Width+8)
	if rate.MinSize().Width > 0 || days.MinSize().Width > 0 {
		put(rate, right-amountWidth-rateWidth, 0, rateWidth, size.Height)
		put(days, right-amountWidth-rateWidth-daysWidth, 0, daysWidth, size.Height)
		limit = right - amountWidth - rateWidth - daysWidth
	}
	put(label, 0, 0, max(0, limit), size.Height)
}

func (c claimLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(240, c.height) }

// Pair is a line with a label at the left and a value at the right: a deadline, a total.
func Pair(label, value string, labelStyle, valueStyle Style) *fyne.Container {
	return Fixed(0, 22, Row(8, NewCutLabel(label, labelStyle), NewLabel(value, valueStyle.Right())))
}
