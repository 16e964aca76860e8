// Package pdf gives a letter its pages: it places the frozen content of package letter on A4 in
// millimetres, and draws the same pages either as a PDF file or as a picture for the preview.
//
// Layout decides every position once, as a list of primitive operations; Render and Picture only draw
// them. Widths come from the embedded fonts alone, so that both drawings agree to the thousandth of
// an em, on every machine.
package pdf
