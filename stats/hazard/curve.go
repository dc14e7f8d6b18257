package hazard

import "math"

// Model is a shape with its coefficients.
type Model struct {
	Shape
	Theta []float64 // by level (fixed blocks first), then cause

	moving []float64 // exp of the moving part, by track, interval, cause
	first  []int     // the first level of each fixed block
}

// Curve is how a subject goes on: by interval, then cause, the probability to end in it
// given that it had not before.
type Curve [][Causes]float64

// New is a model with given coefficients, or with the prior's means for nil.
func New(s Shape, theta []float64) *Model {
	if theta == nil {
		theta, _ = s.prior()
	}
	m := &Model{Shape: s, Theta: theta}
	at := 0
	for _, b := range s.Fixed {
		m.first = append(m.first, at)
		at += b.Levels
	}
	m.moving = make([]float64, len(s.Tracks)*s.Intervals*Causes)
	for t, track := range s.Tracks {
		for k := range s.Intervals {
			for c := range Causes {
				eta, base := 0.0, at
				for j, b := range s.Moving {
					eta += theta[(base+int(track[k*len(s.Moving)+j]))*Causes+c]
					base += b.Levels
				}
				m.moving[(t*s.Intervals+k)*Causes+c] = math.Exp(eta)
			}
		}
	}
	return m
}

// still is exp of the fixed part.
func (m *Model) still(levels []uint16) (e [Causes]float64) {
	for f, level := range levels {
		at := (m.first[f] + int(level)) * Causes
		for c := range e {
			e[c] += m.Theta[at+c]
		}
	}
	for c := range e {
		e[c] = math.Exp(e[c])
	}
	return e
}

// Append adds the hazards of a subject to a curve, interval by interval.
func (m *Model) Append(curve Curve, levels []uint16, track uint16) Curve {
	e := m.still(levels)
	moving := m.moving[int(track)*m.Intervals*Causes:]
	for k := range m.Intervals {
		var h [Causes]float64
		sum := 1.0
		for c := range h {
			h[c] = e[c] * moving[k*Causes+c]
			sum += h[c]
		}
		for c := range h {
			h[c] /= sum
		}
		curve = append(curve, h)
	}
	return curve
}

// Incidence is the probability to have ended by each cause when so many intervals are
// over, the last of them in part: 2.5 is two intervals and half of the third. What is
// missing to 1 is that it has not ended. Within an interval the hazards' ratio is
// constant (S(phi) = S (1-H)^phi). What lies behind the last interval goes on as that
// one did.
func (c Curve) Incidence(time float64) (f [Causes]float64) {
	stays := 1.0
	for k := 0; time > 0; k++ {
		h := c[min(k, len(c)-1)]
		all := 0.0
		for _, p := range h {
			all += p
		}
		if all <= 0 {
			time--
			continue
		}
		ends := all
		if time < 1 {
			ends = -math.Expm1(time * math.Log1p(-min(all, 1-1e-16)))
		}
		for cause, p := range h {
			f[cause] += stays * p / all * ends
		}
		stays *= 1 - ends
		time--
	}
	return f
}
