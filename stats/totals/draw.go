package totals

import (
	"cmp"
	"fmt"
	"slices"

	"milepost/stats/draws"
)

// Plan is what is to be added up.
type Plan struct {
	Tree    Tree
	Groups  int // ways of looking across the parts: by product, by segment, by line
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
	// GroupWins and GroupAmount are by group, the first of which is number 1 of the items,
	// then draw. Whatever groups are asked for, the draws are the same.
	GroupWins, GroupAmount [][]int64
}

// Draw adds the plan up. It gives the same bytes on any number of cores.
func (p *Plan) Draw() (*Drawn, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	d := &Drawn{p.counters(len(p.Tree)), p.counters(len(p.Tree)), p.counters(p.Groups), p.counters(p.Groups)}
	source := draws.New(p.Seed)
	shocks := p.shocks(source)
	tables, order := p.tables(), p.order()
	var failed error
	draws.Split(p.Draws, func(first, count uint32) {
		won := make([]uint32, 0, count)
		for _, i := range order {
			it := &p.Items[i]
			if it.Chance == 0 {
				continue
			}
			won, _ = source.HitsShared(streamItem, it.ID, odds(it.Chance), shocks[it.Part][first:first+count], first, won[:0])
			book(it, won, d.Wins[it.Part], d.Amount[it.Part], tables, p.Seed)
			if it.Group > 0 {
				book(it, won, d.GroupWins[it.Group-1], d.GroupAmount[it.Group-1], tables, p.Seed)
			}
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

// order is that of the parts, so that those counters are at hand that are added to: sums of
// whole numbers do not depend on it.
func (p *Plan) order() []int32 {
	order := make([]int32, len(p.Items))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(p.Items[a].Part, p.Items[b].Part), cmp.Compare(p.Items[a].Group, p.Items[b].Group))
	})
	return order
}

func (p *Plan) counters(n int) [][]int64 {
	list := make([][]int64, n)
	for i := range list {
		list[i] = make([]int64, p.Draws)
	}
	return list
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
		if it.Group < 0 || it.Group > p.Groups {
			return fmt.Errorf("item %d is in the group %d of %d", i, it.Group, p.Groups)
		}
	}
	return nil
}

// book adds an item in the draws in which it came true.
func book(it *Item, won []uint32, wins, amounts []int64, tables []*table, seed uint64) {
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
