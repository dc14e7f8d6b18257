package totals

import (
	"math"
	"sort"

	"milepost/stats/draws"
)

// shocks are what the odds of each part are multiplied by in each draw. One set of
// values of what is unknown is taken for all parts of a draw.
func (p *Plan) shocks(source *draws.Source) [][]float64 {
	mass, atoms := p.Learner.atoms()
	mean, _, _, _, wide := p.Learner.Level()
	variance := p.variances()
	extra := math.Sqrt(wide[0]*wide[0]-1) * spread(variance[0])
	list := make([][]float64, len(p.Tree))
	for g := range list {
		list[g] = make([]float64, p.Draws)
	}
	for n := range p.Draws {
		u := source.Uniform(streamLevel, 0, n) * mass[len(mass)-1]
		at := atoms[sort.SearchFloat64s(mass, u)]
		level := at.level + step*(source.Uniform(streamLevel, 1, n)-.5)
		whole := level + at.whole*normal(source, streamWhole, 0, n)
		list[0][n] = mean + wide[0]*(whole-mean) + extra*normal(source, streamWhole, 1, n)
		for g := 1; g < len(list); g++ {
			sd := math.Hypot(wide[1]*at.share, math.Sqrt(wide[1]*wide[1]-1)*spread(variance[g]))
			list[g][n] = list[p.Tree[g]][n] + sd*normal(source, streamPart, uint64(g), n)
		}
	}
	for g := range list {
		for n, x := range list[g] {
			list[g][n] = math.Exp(math.Min(math.Max(x, -20), 20))
		}
	}
	return list
}

func normal(source *draws.Source, stream uint32, item uint64, draw uint32) float64 {
	z, _ := draws.Normal(source.Uniform(stream, item, draw)) // defined: never an end
	return z
}

// variances are those of the counts of each part, as if chances were independent.
func (p *Plan) variances() []float64 {
	v := make([]float64, len(p.Tree))
	for i := range p.Items {
		c := p.Items[i].Chance
		v[p.Items[i].Part] += c * (1 - c)
	}
	for g := len(p.Tree) - 1; g > 0; g-- {
		v[p.Tree[g]] += v[g]
	}
	return v
}

// atom is one set of values of what is unknown.
type atom struct{ level, whole, share float64 }

// atoms are all of them, with their probabilities added up.
func (l *Learner) atoms() (upTo []float64, list []atom) {
	sum := 0.0
	for a, whole := range wholes {
		for b, share := range shares {
			for c := range moves {
				for x, m := range l.joint[a][b][c] {
					if m > 0 {
						sum += m
						upTo, list = append(upTo, sum), append(list, atom{place(x), whole, share})
					}
				}
			}
		}
	}
	return upTo, list
}
