package hazard

// Variance is how uncertain a sum of coefficients is, each times its part in c (one for
// every coefficient of Theta): c'Vc with V the covariance of the posterior (Covariance),
// without making V. Coefficients that were not estimated add nothing. Time n^2 for n of
// them.
func (f *Fit) Variance(c []float64) float64 {
	part := make([]float64, len(f.free))
	for i, j := range f.free {
		part[i] = c[j]
	}
	f.factor.Whiten(part)
	return squares(part)
}

// PriorVariance is how uncertain such a sum was before there were rows: +Inf where a
// coefficient in it has no prior.
func (s *Shape) PriorVariance(c []float64) float64 {
	sum, at := 0.0, 0
	for _, b := range s.blocks() {
		for i := range b.Levels * Causes {
			if part := c[at]; part != 0 && b.SD > 0 && !(b.Base && i < Causes) {
				sum += part * part * b.SD * b.SD
			}
			at++
		}
	}
	return sum
}

// First is where the coefficients of a level begin in Theta, one for each cause: fixed
// blocks are counted first, then moving ones.
func (s *Shape) First(block, level int) int {
	at := level
	for i := range block {
		if i < len(s.Fixed) {
			at += s.Fixed[i].Levels
		} else {
			at += s.Moving[i-len(s.Fixed)].Levels
		}
	}
	return at * Causes
}

func squares(list []float64) float64 {
	sum := 0.0
	for _, v := range list {
		sum += v * v
	}
	return sum
}
