package pdf

import (
	"fmt"

	"github.com/skip2/go-qrcode"
)

// Limits of the EPC code (EPC069-12): level M, version 13 at most.
const codeVersionMax = 13

// code draws a QR code as filled rectangles, one for each horizontal run of dark modules. The white
// around it is the panel's.
func (f *flow) code(page *Page, payload string, x, y, side float64) {
	code, err := qrcode.New(payload, qrcode.Medium)
	if err != nil {
		f.fail(fmt.Errorf("pdf: payment code: %w", err))
		return
	}
	if code.VersionNumber > codeVersionMax {
		f.fail(fmt.Errorf("pdf: payment code: version %d, at most %d", code.VersionNumber, codeVersionMax))
		return
	}
	code.DisableBorder = true
	modules := code.Bitmap()
	module := side / float64(len(modules))
	for i, row := range modules {
		for start := 0; start < len(row); {
			end := start
			for end < len(row) && row[end] == row[start] {
				end++
			}
			if row[start] {
				page.Ops = append(page.Ops, Op{Kind: RectOp, X: x + float64(start)*module, Y: y + float64(i)*module,
					W: float64(end-start) * module, H: module, Colour: Black})
			}
			start = end
		}
	}
}
