package hazard

// Covariance is how uncertain the coefficients are, as the model itself has it: the
// inverse of minus the second derivative of the log posterior, by coefficient, row after
// row; 0 for coefficients that were not estimated.
func (f *Fit) Covariance() []float64 { return f.spread(f.factor.Inverse()) }

// Sandwich is how uncertain they are when the rows of one cluster (a deal) go together: V
// B V with V the covariance and B the sum over clusters of the outer product of the
// cluster's summed weighted scores (Liang & Zeger 1986), without a small-sample factor.
// The rows of a cluster stand together; cluster tells of each row which one it is of.
func (f *Fit) Sandwich(rows *Rows, cluster []int32) []float64 {
	return f.around(f.between(rows, cluster))
}

// Errors is by how much the coefficients may be off where the priors tell the truth, too: V
// (B + P) V, with P their precision. An estimate is off by V (score - P (truth - mean of the
// prior)), and the second part varies by P, or by P times the design effect where P was made
// with one. Without it, what is held by its prior for want of rows would look sure. Where rows
// are independent, B + P is about the inverse of V, and this is the covariance.
func (f *Fit) Errors(rows *Rows, cluster []int32) []float64 {
	between := f.between(rows, cluster)
	_, precision := f.prior()
	effect := make([]float64, 0, len(precision))
	for b, block := range f.blocks() {
		times := 1.0
		if block.Most > 0 {
			times = f.effects[b]
		}
		for range block.Levels * Causes {
			effect = append(effect, times)
		}
	}
	for i, j := range f.free {
		between[i*len(f.free)+i] += precision[j] * effect[j]
	}
	return f.around(between)
}

// around is V B V.
func (f *Fit) around(between []float64) []float64 {
	inverse := f.factor.Inverse()
	return f.spread(product(product(inverse, between, len(f.free)), inverse, len(f.free)))
}

// between is how the slope of the log likelihood varies from cluster to cluster, summed.
func (f *Fit) between(rows *Rows, cluster []int32) []float64 {
	n := len(f.free)
	place := make([]int, len(f.Theta)) // among the free ones, from 1
	for i, j := range f.free {
		place[j] = i + 1
	}
	between := make([]float64, n*n)
	sum, has := make([]float64, n), make([]bool, n)
	var touched []int
	for i := range rows.Len() {
		f.eachScore(rows, i, func(coefficient int, v float64) {
			at := place[coefficient] - 1
			if at < 0 {
				return
			}
			if !has[at] {
				has[at] = true
				touched = append(touched, at)
			}
			sum[at] += v
		})
		if i+1 < rows.Len() && cluster[i+1] == cluster[i] {
			continue
		}
		for _, a := range touched {
			for _, b := range touched {
				between[a*n+b] += sum[a] * sum[b]
			}
		}
		for _, a := range touched {
			sum[a], has[a] = 0, false
		}
		touched = touched[:0]
	}
	return between
}

// eachScore visits what one row adds to the slope, coefficient by coefficient.
func (f *Fit) eachScore(rows *Rows, i int, visit func(coefficient int, v float64)) {
	weight, blocks := 1.0, len(f.Fixed)
	if rows.Weight != nil {
		weight = rows.Weight[i]
	}
	levels, track := rows.Fixed[i*blocks:(i+1)*blocks], rows.Track[i]
	fixed, _ := f.levels()
	var whole [Causes]float64
	for k, h := range f.Append(nil, levels, track)[:rows.Seen[i]] {
		for c := range h {
			v := -weight * h[c]
			if k == int(rows.Seen[i])-1 && int(rows.Cause[i]) == c+1 {
				v += weight
			}
			whole[c] += v
			at := fixed
			for j, b := range f.Moving {
				visit((at+int(f.Tracks[track][k*len(f.Moving)+j]))*Causes+c, v)
				at += b.Levels
			}
		}
	}
	for b, level := range levels {
		for c, v := range whole {
			visit((f.first[b]+int(level))*Causes+c, v)
		}
	}
}

// spread puts a matrix by the free coefficients into one by all.
func (f *Fit) spread(matrix []float64) []float64 {
	n, all := len(f.free), len(f.Theta)
	whole := make([]float64, all*all)
	for a, i := range f.free {
		for b, j := range f.free {
			whole[i*all+j] = matrix[a*n+b]
		}
	}
	return whole
}

// product is that of two square matrices.
func product(a, b []float64, n int) []float64 {
	out := make([]float64, n*n)
	for i := range n {
		line := out[i*n : (i+1)*n]
		for k, v := range a[i*n : (i+1)*n] {
			if v == 0 {
				continue
			}
			for j, w := range b[k*n : (k+1)*n] {
				line[j] += v * w
			}
		}
	}
	return out
}
