package gui

import "testing"

// TestEveryActionIsInOrder: no shortcut twice, no action without a title in either language.
func TestEveryActionIsInOrder(t *testing.T) {
	for _, language := range []string{"fr", "en"} {
		shell := newTestShell(t, testOptions{language: language})
		for _, problem := range shell.actions.Problems(shell.Words.Known) {
			t.Errorf("%s: %s", language, problem)
		}
	}
}
