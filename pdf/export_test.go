package pdf

// Box is the rectangle that an operation covers, for the geometry tests.
func Box(fonts *Fonts, op Op) (x0, y0, x1, y1 float64) { return fonts.box(op) }
