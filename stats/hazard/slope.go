package hazard

import "math"

// Slope is by how much the probability to have ended by a cause within a time (see
// Incidence) moves with each linear predictor eta: by interval, then cause. What lies
// behind the last interval counts for that one.
//
// With g_k the share that ends by the cause in step k of those still there, q_k the share
// that does not end at all, S_k the product of q up to k, and R_k what the steps after k
// add for one who has got through k: dF/dh_kc = S_{k-1} (dg_k/dh_kc + R_k dq_k/dh_kc), and
// dh_c/deta_c' = h_c ([c = c'] - h_c'). Accurate to rounding; time in intervals.
func (c Curve) Slope(cause int, time float64) [][Causes]float64 {
	slope := make([][Causes]float64, len(c))
	steps := int(math.Ceil(time))
	stays := make([]float64, steps+1)
	stays[0] = 1
	for k := range steps {
		_, _, q, _ := c.step(k, cause, time)
		stays[k+1] = stays[k] * q
	}
	after := 0.0
	for k := steps - 1; k >= 0; k-- {
		own, all, q, faster := c.step(k, cause, time)
		h := c[min(k, len(c)-1)]
		byHazard := [Causes]float64{}
		for j := range h {
			byHazard[j] = stays[k] * (all - after*faster)
			if j == cause-1 {
				byHazard[j] += stays[k] * own
			}
		}
		at := &slope[min(k, len(c)-1)]
		for j, v := range byHazard {
			for i := range h {
				at[i] -= v * h[j] * h[i]
			}
			at[j] += v * h[j]
		}
		after = own*h[cause-1] + q*after
	}
	return slope
}

// step tells of a step, which is an interval or a part of one: g is own times the cause's
// hazard; all is what g gains with any hazard besides; q is the share that does not end;
// and faster what q loses with any hazard.
func (c Curve) step(k, cause int, time float64) (own, all, q, faster float64) {
	h := c[min(k, len(c)-1)]
	sum := 0.0
	for _, p := range h {
		sum += p
	}
	phi := math.Min(1, time-float64(k))
	if phi == 1 || sum <= 0 {
		return phi, 0, 1 - phi*sum, phi
	}
	rest := math.Log1p(-math.Min(sum, 1-1e-16))
	ends := -math.Expm1(phi * rest)
	faster = phi * math.Exp((phi-1)*rest)
	return ends / sum, h[cause-1] * (faster*sum - ends) / (sum * sum), 1 - ends, faster
}

// AddGradient adds, coefficient by coefficient, by how much something moves of which the
// slope by linear predictor is given, times a weight.
func (m *Model) AddGradient(to []float64, weight float64, levels []uint16, track uint16, slope [][Causes]float64) {
	fixed, _ := m.levels()
	var whole [Causes]float64
	for k, s := range slope {
		for j, v := range s {
			whole[j] += weight * v
			at := fixed
			for i, b := range m.Moving {
				to[(at+int(m.Tracks[track][k*len(m.Moving)+i]))*Causes+j] += weight * v
				at += b.Levels
			}
		}
	}
	for b, level := range levels {
		for j, v := range whole {
			to[(m.first[b]+int(level))*Causes+j] += v
		}
	}
}

// Deviation is the standard deviation of something that moves with the coefficients as a
// gradient says, by the delta method: the root of gradient' covariance gradient, where
// the covariance is one by all coefficients, as Covariance and Sandwich give it.
func (m *Model) Deviation(gradient, covariance []float64) float64 {
	var touched []int
	for i, v := range gradient {
		if v != 0 {
			touched = append(touched, i)
		}
	}
	sum := 0.0
	for _, i := range touched {
		line, part := covariance[i*len(gradient):(i+1)*len(gradient)], 0.0
		for _, j := range touched {
			part += line[j] * gradient[j]
		}
		sum += part * gradient[i]
	}
	return math.Sqrt(math.Max(0, sum))
}
