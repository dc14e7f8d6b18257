package hazard

// With is the model once a few subjects more are known, and others are not any more: one
// Newton step from the optimum, by the curvature of the fit (the influence of single
// observations; Cook & Weisberg 1982, chapter 5). Good while the rows are few among many:
// what it leaves out is of the order of its own square. With the same rows on both sides
// it is the model itself. It fails for rows that do not fit the shape.
func (f *Fit) With(more, fewer *Rows) (*Model, error) {
	score := make([]float64, len(f.Theta))
	for _, part := range []struct {
		rows *Rows
		sign float64
	}{{more, 1}, {fewer, -1}} {
		if part.rows == nil {
			continue
		}
		if err := f.check(part.rows); err != nil {
			return nil, err
		}
		for i := range part.rows.Len() {
			f.slope(part.rows, i, part.sign, score)
		}
	}
	step := make([]float64, len(f.free))
	for i, j := range f.free {
		step[i] = score[j]
	}
	f.factor.Solve(step)
	theta := append([]float64(nil), f.Theta...)
	for i, j := range f.free {
		theta[j] += step[i]
	}
	return New(f.Shape, theta), nil
}

// slope adds the slope of one row's log likelihood by the coefficients: what came less what
// was expected, at every level that it stood at.
func (f *Fit) slope(rows *Rows, i int, sign float64, score []float64) {
	n := len(f.Fixed)
	levels, track := rows.Fixed[i*n:i*n+n], f.Tracks[rows.Track[i]]
	weight := sign
	if rows.Weight != nil {
		weight *= rows.Weight[i]
	}
	curve := f.Append(nil, levels, rows.Track[i])
	for k := range int(rows.Seen[i]) {
		miss := curve[k]
		for c := range miss {
			miss[c] *= -weight
		}
		if k == int(rows.Seen[i])-1 && rows.Cause[i] > 0 {
			miss[rows.Cause[i]-1] += weight
		}
		for b, level := range levels {
			f.addTo(score, f.first[b]+int(level), miss)
		}
		base, _ := f.levels()
		for b, block := range f.Moving {
			f.addTo(score, base+int(track[k*len(f.Moving)+b]), miss)
			base += block.Levels
		}
	}
}

func (f *Fit) addTo(score []float64, level int, miss [Causes]float64) {
	for c, v := range miss {
		score[level*Causes+c] += v
	}
}
