package theme

import (
	"math"
	"strconv"
	"strings"
)

// pathReader turns the "d" of an SVG path into straight segments. It knows the commands that the
// icons use: M L H V C S A Z and their relative forms.
type pathReader struct {
	rest       string
	at, start  point
	control    point // second control point of the curve just drawn, for S
	afterCurve bool
	segments   []segment
}

func (p *pathReader) read() []segment {
	command := byte(0)
	for {
		p.rest = strings.TrimLeft(p.rest, " ,\n")
		if p.rest == "" {
			return p.segments
		}
		if c := p.rest[0]; c >= 'A' && c != 'e' {
			command, p.rest = c, p.rest[1:]
		}
		before := len(p.rest)
		p.run(command)
		switch command { // more numbers after a move are lines
		case 'M':
			command = 'L'
		case 'm':
			command = 'l'
		}
		if len(p.rest) == before && command != 'Z' && command != 'z' {
			return p.segments // neither command nor number: nothing more can be read
		}
	}
}

func (p *pathReader) run(command byte) {
	origin := point{}
	if command >= 'a' {
		origin = p.at
	}
	curve := false
	switch command | 0x20 {
	case 'm':
		p.at = p.point(origin)
		p.start = p.at
	case 'l':
		p.line(p.point(origin))
	case 'h':
		p.line(point{origin.x + p.number(), p.at.y})
	case 'v':
		p.line(point{p.at.x, origin.y + p.number()})
	case 'c':
		first, second := p.point(origin), p.point(origin)
		p.curve(first, second, p.point(origin))
		curve = true
	case 's':
		first := p.at
		if p.afterCurve {
			first = point{2*p.at.x - p.control.x, 2*p.at.y - p.control.y}
		}
		second := p.point(origin)
		p.curve(first, second, p.point(origin))
		curve = true
	case 'a':
		rx, ry := p.number(), p.number()
		p.number() // the icons use circles only: their rotation does not matter
		large, sweep := p.flag(), p.flag()
		p.arc(rx, ry, large, sweep, p.point(origin))
	case 'z':
		p.line(p.start)
	}
	p.afterCurve = curve
}

func (p *pathReader) point(origin point) point {
	x := p.number()
	return point{origin.x + x, origin.y + p.number()}
}

// number reads the next number; SVG lets a sign or a second dot begin a new one.
func (p *pathReader) number() float64 {
	p.rest = strings.TrimLeft(p.rest, " ,\n")
	end, dot := 0, false
	for end < len(p.rest) {
		c := p.rest[end]
		if c == '.' && dot || c == '-' && end > 0 || c != '.' && c != '-' && (c < '0' || c > '9') {
			break
		}
		dot = dot || c == '.'
		end++
	}
	value, err := strconv.ParseFloat(p.rest[:end], 64)
	p.rest = p.rest[end:]
	if err != nil {
		return 0
	}
	return value
}

func (p *pathReader) flag() bool {
	p.rest = strings.TrimLeft(p.rest, " ,\n")
	if p.rest == "" {
		return false
	}
	set := p.rest[0] == '1'
	p.rest = p.rest[1:]
	return set
}

func (p *pathReader) line(to point) {
	p.segments = append(p.segments, segment{p.at, to})
	p.at = to
}

const curvePieces = 10

func (p *pathReader) curve(first, second, to point) {
	from := p.at
	for i := 1; i <= curvePieces; i++ {
		t := float64(i) / curvePieces
		u := 1 - t
		a, b, c, d := u*u*u, 3*u*u*t, 3*u*t*t, t*t*t
		p.line(point{a*from.x + b*first.x + c*second.x + d*to.x, a*from.y + b*first.y + c*second.y + d*to.y})
	}
	p.control = second
}

// arc draws an arc of a circle: the centre lies on the perpendicular in the middle of the chord, on
// the side that the flags say (SVG 1.1, F.6.5, with equal radii).
func (p *pathReader) arc(rx, ry float64, large, sweep bool, to point) {
	from := p.at
	dx, dy := to.x-from.x, to.y-from.y
	chord := math.Hypot(dx, dy)
	radius := math.Max((rx+ry)/2, chord/2)
	if chord == 0 {
		return
	}
	height := math.Sqrt(math.Max(0, radius*radius-chord*chord/4))
	if large == sweep {
		height = -height
	}
	centre := point{(from.x+to.x)/2 - height*dy/chord, (from.y+to.y)/2 + height*dx/chord}
	begin := math.Atan2(from.y-centre.y, from.x-centre.x)
	turn := math.Atan2(to.y-centre.y, to.x-centre.x) - begin
	if sweep && turn < 0 {
		turn += 2 * math.Pi
	} else if !sweep && turn > 0 {
		turn -= 2 * math.Pi
	}
	pieces := max(2, int(math.Ceil(math.Abs(turn)*6)))
	for i := 1; i < pieces; i++ {
		angle := begin + turn*float64(i)/float64(pieces)
		p.line(point{centre.x + radius*math.Cos(angle), centre.y + radius*math.Sin(angle)})
	}
	p.line(to)
}
