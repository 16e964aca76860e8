package wire

import (
	"bytes"
	"fmt"
	"image/png"
	"sync"

	"dument/app"
	"dument/app/letter"
	"dument/pdf"
)

// printer implements app.Printer. The fonts are parsed at the first letter, once.
type printer struct {
	once  sync.Once
	fonts *pdf.Fonts
	err   error
}

func (p *printer) load() (*pdf.Fonts, error) {
	p.once.Do(func() { p.fonts, p.err = pdf.LoadFonts() })
	if p.err != nil {
		return nil, &app.Error{Code: app.CodeInternal, Err: fmt.Errorf("fonts: %w", p.err)}
	}
	return p.fonts, nil
}

// PDF implements app.Printer.
func (p *printer) PDF(content letter.Letter) (file []byte, pages int, err error) {
	fonts, err := p.load()
	if err != nil {
		return nil, 0, err
	}
	laid, err := pdf.Layout(content, fonts)
	if err != nil {
		return nil, 0, err
	}
	file, err = pdf.Render(laid, pdf.MetaOf(content), fonts)
	return file, len(laid), err
}

// Pictures implements app.Printer.
func (p *printer) Pictures(content letter.Letter, dotsPerInch int, marks app.Marks) ([][]byte, error) {
	fonts, err := p.load()
	if err != nil {
		return nil, err
	}
	laid, err := pdf.Layout(content, fonts)
	if err != nil {
		return nil, err
	}
	pictures := make([][]byte, 0, len(laid))
	encoder := png.Encoder{CompressionLevel: png.BestSpeed} // shown at once, never kept
	for i, page := range laid {
		drawn, err := pdf.Picture(page, fonts, dotsPerInch)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			pdf.Overlay(drawn, dotsPerInch, marks.Window, marks.Folds)
		}
		var file bytes.Buffer
		if err := encoder.Encode(&file, drawn); err != nil {
			return nil, fmt.Errorf("picture: %w", err)
		}
		pictures = append(pictures, file.Bytes())
	}
	return pictures, nil
}
