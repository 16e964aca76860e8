package gui

import (
	"testing"

	"dument/gui/kit"
	"dument/gui/theme"
)

func TestToDoPictures(t *testing.T) {
	if *shots == "" {
		t.Skip("pictures are drawn with -shots only")
	}
	for _, picture := range []struct {
		name    string
		options testOptions
	}{
		{"todo-fr-light", testOptions{}},
		{"todo-en-dark", testOptions{language: "en", mode: theme.Dark}},
		{"todo-fr-small", testOptions{width: 900, height: 600}},
		{"todo-fr-empty", testOptions{empty: true}},
	} {
		newTestShell(t, picture.options).capture(picture.name)
	}
	for _, picture := range []struct {
		name    string
		options testOptions
	}{
		{"invoices-fr-light", testOptions{}},
		{"invoices-en-dark", testOptions{language: "en", mode: theme.Dark}},
		{"invoices-fr-small", testOptions{width: 900, height: 600}},
		{"invoices-fr-empty", testOptions{empty: true}},
	} {
		ts := newTestShell(t, picture.options)
		ts.goTo(placeInvoices)
		ts.capture(picture.name)
	}
	ts := newTestShell(t, testOptions{})
	find[*invoicesScreen](ts.Shell).open("F2026-0061")
	ts.settle()
	ts.capture("invoice-detail")
	ts.tap("Saisir un règlement")
	ts.capture("invoice-pay")
	ts.tap("Enregistrer le règlement")
	ts.capture("invoice-paid")
	ts.tap("Terminé")
	ts.clock.turn(kit.ToastTime)
	find[*invoicesScreen](ts.Shell).open("F2026-0130")
	ts.settle()
	ts.capture("invoice-partial")
	ts.tap("Avoir…")
	ts.capture("invoice-credit")
	ts.actions.Run("invoice.new")
	ts.write("bra")
	ts.capture("invoice-new-suggest")
	find[*invoicesScreen](ts.Shell).create.submit()
	ts.capture("invoice-new-wrong")
}
