package totals

import "math"

// pass makes the whole 1 again, and lets the level move once a period is full.
func (l *Learner) pass(total, weight float64) {
	l.Periods += weight
	l.since += weight
	moved := l.since > 1-1e-9
	if moved {
		l.since--
	}
	for a := range wholes {
		for b := range shares {
			for c := range moves {
				d := &l.joint[a][b][c]
				for x := range d {
					d[x] /= total
				}
				if moved && c > 0 {
					*d = moveKernels[c].forward(d)
				}
			}
		}
	}
	if moved {
		l.forget()
	}
}

// forget lets what is thought of deviations and moves fade towards what was thought at
// first, a little each period (West & Harrison 1997): a company is not what it was
// years ago. The level given them is left alone.
func (l *Learner) forget() {
	total := 0.0
	var factor [len(wholes)][len(shares)][len(moves)]float64
	for a := range wholes {
		for b := range shares {
			for c := range moves {
				mass := 0.0
				for _, m := range l.joint[a][b][c] {
					mass += m
				}
				if mass > 0 {
					factor[a][b][c] = math.Pow(prior(a, b, c)/math.Max(mass, unheard*unheard), 1-l.keeps)
				}
				total += mass * factor[a][b][c]
			}
		}
	}
	for a := range wholes {
		for b := range shares {
			for c := range moves {
				d := &l.joint[a][b][c]
				for x := range d {
					d[x] *= factor[a][b][c] / total
				}
			}
		}
	}
}
