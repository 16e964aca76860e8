package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"dument/gui/theme"
)

// Stack puts objects one under the other, as wide as itself, with gap pixels between. Unlike Fyne's
// box it gives each its width before it asks for its height, so that paragraphs wrap in one pass.
func Stack(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(stackLayout{gap}, objects...)
}

type stackLayout struct{ gap float32 }

func (s stackLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	var spring, used float32
	for _, object := range objects {
		if shown(object) {
			object.Resize(fyne.NewSize(size.Width, object.Size().Height))
			used += object.MinSize().Height + s.gap
			if isSpring(object) {
				spring++
			}
		}
	}
	share := float32(0)
	if spring > 0 {
		share = max(0, (size.Height-used+s.gap)/spring)
	}
	y := float32(0)
	for _, object := range objects {
		if !shown(object) {
			continue
		}
		height := object.MinSize().Height
		if isSpring(object) {
			height += share
		}
		put(object, 0, y, size.Width, height)
		y += height + s.gap
	}
}

func (s stackLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	count := 0
	for _, object := range objects {
		if shown(object) {
			least := object.MinSize()
			size.Width = max(size.Width, least.Width)
			size.Height += least.Height
			count++
		}
	}
	size.Height += s.gap * float32(max(0, count-1))
	return size
}

// Row puts objects side by side, in the middle of its height, with gap pixels between. A Spring and a
// cut label or a paragraph share what is left over.
func Row(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(rowLayout{gap}, objects...)
}

type rowLayout struct{ gap float32 }

func stretches(object fyne.CanvasObject) bool {
	if label, isLabel := object.(*Label); isLabel {
		return label.overflow != Whole
	}
	return isSpring(object)
}

func (r rowLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	var fixed, stretching float32
	count := 0
	for _, object := range objects {
		if !shown(object) {
			continue
		}
		count++
		if stretches(object) {
			stretching++
		} else {
			fixed += object.MinSize().Width
		}
	}
	share := float32(0)
	if stretching > 0 {
		share = max(0, (size.Width-fixed-r.gap*float32(count-1))/stretching)
	}
	largest := largestText(objects)
	x := float32(0)
	for _, object := range objects {
		if !shown(object) {
			continue
		}
		width := share
		if !stretches(object) {
			width = object.MinSize().Width
		}
		object.Resize(fyne.NewSize(width, object.Size().Height))
		height := min(size.Height, object.MinSize().Height)
		put(object, x, (size.Height-height)/2+baselineShift(object, largest), width, height)
		x += width + r.gap
	}
}

// largestText is the size of the largest label on one line.
func largestText(objects []fyne.CanvasObject) float32 {
	largest := float32(0)
	for _, object := range objects {
		if label, isLabel := object.(*Label); isLabel && shown(object) && label.overflow != Wrap {
			largest = max(largest, label.style.size())
		}
	}
	return largest
}

// baselineShift lowers a smaller label onto the baseline of the largest: in the program's font the
// baseline lies 0.388 of the size below the middle of the line.
func baselineShift(object fyne.CanvasObject, largest float32) float32 {
	label, isLabel := object.(*Label)
	if !isLabel || label.overflow == Wrap {
		return 0
	}
	return (largest - label.style.size()) * .388
}

func (r rowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	count := 0
	for _, object := range objects {
		if shown(object) {
			least := object.MinSize()
			size.Width += least.Width
			size.Height = max(size.Height, least.Height)
			count++
		}
	}
	size.Width += r.gap * float32(max(0, count-1))
	return size
}

// Spring takes what is left over in a Stack or a Row.
func Spring() fyne.CanvasObject { return &spring{} }

type spring struct{ canvas.Rectangle }

// MinSize implements fyne.CanvasObject.
func (s *spring) MinSize() fyne.Size { return fyne.Size{} }

func isSpring(object fyne.CanvasObject) bool { _, is := object.(*spring); return is }

// Gap is an empty place of the given height and width.
func Gap(size float32) fyne.CanvasObject {
	gap := canvas.NewRectangle(theme.Color(theme.None))
	gap.SetMinSize(fyne.NewSquareSize(size))
	return gap
}

// Frame puts objects at the four edges and gives the rest to the middle one, without the padding of
// Fyne's border layout. Any of the four may be nil; a hidden one takes no place.
func Frame(top, right, bottom, left, middle fyne.CanvasObject) *fyne.Container {
	layout := &frameLayout{top, right, bottom, left, middle}
	var objects []fyne.CanvasObject
	for _, object := range []fyne.CanvasObject{middle, left, right, top, bottom} {
		if object != nil {
			objects = append(objects, object)
		}
	}
	return container.New(layout, objects...)
}

type frameLayout struct{ top, right, bottom, left, middle fyne.CanvasObject }

func (f *frameLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	top, right, bottom, left := float32(0), size.Width, size.Height, float32(0)
	if shown(f.top) {
		f.top.Resize(fyne.NewSize(size.Width, f.top.Size().Height))
		top = f.top.MinSize().Height
		put(f.top, 0, 0, size.Width, top)
	}
	if shown(f.bottom) {
		f.bottom.Resize(fyne.NewSize(size.Width, f.bottom.Size().Height))
		height := f.bottom.MinSize().Height
		bottom -= height
		put(f.bottom, 0, bottom, size.Width, height)
	}
	if shown(f.left) {
		left = f.left.MinSize().Width
		put(f.left, 0, top, left, bottom-top)
	}
	if shown(f.right) {
		width := f.right.MinSize().Width
		right -= width
		put(f.right, right, top, width, bottom-top)
	}
	if shown(f.middle) {
		put(f.middle, left, top, max(0, right-left), max(0, bottom-top))
	}
}

func (f *frameLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, beside := range []fyne.CanvasObject{f.left, f.middle, f.right} {
		if shown(beside) {
			least := beside.MinSize()
			size = fyne.NewSize(size.Width+least.Width, max(size.Height, least.Height))
		}
	}
	for _, above := range []fyne.CanvasObject{f.top, f.bottom} {
		if shown(above) {
			least := above.MinSize()
			size = fyne.NewSize(max(size.Width, least.Width), size.Height+least.Height)
		}
	}
	return size
}

// Inset leaves margins around an object.
func Inset(object fyne.CanvasObject, top, right, bottom, left float32) *fyne.Container {
	return container.New(insetLayout{top, right, bottom, left}, object)
}

// Margin leaves the same margin on all sides.
func Margin(object fyne.CanvasObject, margin float32) *fyne.Container {
	return Inset(object, margin, margin, margin, margin)
}

type insetLayout struct{ top, right, bottom, left float32 }

func (i insetLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, object := range objects {
		put(object, i.left, i.top, size.Width-i.left-i.right, size.Height-i.top-i.bottom)
	}
}

func (i insetLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, object := range objects {
		// The width comes from Layout; a paragraph that has one answers with its true height.
		size = size.Max(object.MinSize())
	}
	return size.AddWidthHeight(i.left+i.right, i.top+i.bottom)
}

// Fixed gives an object a width or a height of its own; 0 leaves that of the object.
func Fixed(width, height float32, object fyne.CanvasObject) *fyne.Container {
	return container.New(fixedLayout{width, height}, object)
}

type fixedLayout struct{ width, height float32 }

func (f fixedLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, object := range objects {
		put(object, 0, 0, size.Width, size.Height)
	}
}

func (f fixedLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, object := range objects {
		size = size.Max(object.MinSize())
	}
	if f.width > 0 {
		size.Width = f.width
	}
	if f.height > 0 {
		size.Height = f.height
	}
	return size
}
