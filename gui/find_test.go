package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

// walk visits an object and all that it draws, hidden ones left out. visit returns false to go no
// deeper.
func walk(object fyne.CanvasObject, visit func(fyne.CanvasObject) bool) {
	if object == nil || !object.Visible() || !visit(object) {
		return
	}
	switch object := object.(type) {
	case *fyne.Container:
		for _, child := range object.Objects {
			walk(child, visit)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(object).Objects() {
			walk(child, visit)
		}
	}
}

// labelled is a widget that tells its own text: a label, a button.
type labelled interface{ Text() string }

// textsOf lists what can be read, in the order drawn.
func textsOf(object fyne.CanvasObject) (texts []string) {
	walk(object, func(at fyne.CanvasObject) bool {
		switch at := at.(type) {
		case *canvas.Text:
			texts = append(texts, at.Text)
		case labelled:
			texts = append(texts, at.Text())
			return false
		}
		return true
	})
	return texts
}

// findPressable is the innermost object that can be pressed and shows a text, or is named by it.
func findPressable(root fyne.CanvasObject, text string) (found fyne.Tappable) {
	walk(root, func(at fyne.CanvasObject) bool {
		tappable, isTappable := at.(fyne.Tappable)
		if !isTappable {
			return true
		}
		if named, isNamed := at.(interface{ AccessibilityLabel() string }); isNamed {
			if named.AccessibilityLabel() == text {
				found = tappable
			}
		}
		for _, shown := range textsOf(at) {
			if shown == text {
				found = tappable
			}
		}
		return true
	})
	return found
}

// findAll lists the objects of a type in sight.
func findAll[T fyne.CanvasObject](root fyne.CanvasObject) (found []T) {
	walk(root, func(at fyne.CanvasObject) bool {
		if wanted, is := at.(T); is {
			found = append(found, wanted)
		}
		return true
	})
	return found
}
