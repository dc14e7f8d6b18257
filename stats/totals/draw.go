package totals

import (
	"fmt"
	"math"
	"sort"

	"milepost/stats/draws"
)

// Plan is what is to be added up.
type Plan struct {
	Tree    Tree
	Items   []Item
	New     []Arrivals
	Ratios  []Ratio // how amounts still change; without any they stay
	Learner *Learner
	Seed    uint64
	Draws   uint32
}

// Streams of random numbers.
const (
	streamLevel uint32 = iota + 1
	streamWhole
	streamPart
	streamItem
	streamRatio
	streamNew
)

// Drawn is what the draws came to: by part, then draw. A part's numbers are the sums of
// those below it and its own items, exactly.
type Drawn struct {
	Wins   [][]int64
	Amount [][]int64
}

// Draw adds the plan up. It gives the same bytes on any number of cores.
func (p *Plan) Draw() (*Drawn, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	d := &Drawn{make([][]int64, len(p.Tree)), make([][]int64, len(p.Tree))}
	for g := range p.Tree {
		d.Wins[g], d.Amount[g] = make([]int64, p.Draws), make([]int64, p.Draws)
	}
	source := draws.New(p.Seed)
	shocks := p.shocks(source)
	tables := p.tables()
	var failed error
	draws.Split(p.Draws, func(first, count uint32) {
		won := make([]uint32, 0, count)
		for i := range p.Items {
			it := &p.Items[i]
			if it.Chance == 0 {
				continue
			}
			won, _ = source.HitsShared(streamItem, it.ID, odds(it.Chance), shocks[it.Part][first:first+count], first, won[:0])
			d.book(it, won, tables, p.Seed)
		}
	})
	for i := range p.New {
		if err := p.New[i].draw(source, p.Seed, d); err != nil {
			failed = err
		}
	}
	for g := len(p.Tree) - 1; g > 0; g-- {
		up := p.Tree[g]
		for n := range p.Draws {
			d.Wins[up][n] += d.Wins[g][n]
			d.Amount[up][n] += d.Amount[g][n]
		}
	}
	return d, failed
}

func (p *Plan) check() error {
	if err := p.Tree.check(); err != nil {
		return err
	}
	if p.Learner == nil || p.Draws == 0 {
		return fmt.Errorf("a plan of %d draws has no learner, or no draws", p.Draws)
	}
	for i := range p.Items {
		it := &p.Items[i]
		if err := p.Tree.has(it.Part, it.Chance); err != nil {
			return err
		}
		if it.Amount < 0 || it.Amount > MostAmount || len(p.Ratios) > 0 && (it.Ratio < 0 || it.Ratio >= len(p.Ratios)) {
			return fmt.Errorf("item %d has the amount %d and the ratio %d", i, it.Amount, it.Ratio)
		}
	}
	return nil
}

// book adds an item to its part in the draws in which it came true.
func (d *Drawn) book(it *Item, won []uint32, tables []*table, seed uint64) {
	wins, amounts := d.Wins[it.Part], d.Amount[it.Part]
	for _, n := range won {
		wins[n]++
	}
	if it.Amount == 0 {
		return
	}
	if tables == nil {
		for _, n := range won {
			amounts[n] += it.Amount
		}
		return
	}
	ratio, amount, own := tables[it.Ratio], float64(it.Amount), mixed(it.ID^seed, uint32(streamRatio))
	for _, n := range won {
		amounts[n] += int64(amount*ratio[mixed(own, n)%strips] + .5)
	}
}

func (p *Plan) tables() []*table {
	if len(p.Ratios) == 0 {
		return nil
	}
	normals := normalTable()
	list := make([]*table, len(p.Ratios))
	for i, r := range p.Ratios {
		list[i] = r.table(normals)
	}
	return list
}

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
