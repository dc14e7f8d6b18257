package hazard

// fold puts what the groups of one track came to where its moving levels are, and makes
// room for the next.
func (a *adder) fold(track uint16) {
	blocks := len(a.m.Moving)
	first := make([]int, blocks)
	at := a.fixed
	for j, b := range a.m.Moving {
		first[j] = at
		at += b.Levels
	}
	for k := range a.intervals {
		levels := a.m.Tracks[track][k*blocks : (k+1)*blocks]
		for j, level := range levels {
			one := first[j] + int(level)
			add(a.sums.score[one*Causes:], a.score[k*Causes:(k+1)*Causes])
			for g := j; g < blocks; g++ {
				add(a.curve[(one*a.levels+first[g]+int(levels[g]))*pairs:], a.moving[k*pairs:(k+1)*pairs])
			}
			for f, met := range a.touched {
				if met {
					add(a.curve[(f*a.levels+one)*pairs:], a.mixed[(f*a.intervals+k)*pairs:][:pairs])
				}
			}
		}
	}
	for f, met := range a.touched {
		if met {
			clear(a.mixed[f*a.intervals*pairs : (f+1)*a.intervals*pairs])
		}
	}
	clear(a.score)
	clear(a.moving)
	clear(a.touched)
}

func add(to, what []float64) {
	for i, v := range what {
		to[i] += v
	}
}
