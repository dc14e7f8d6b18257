package totals

import (
	"math/bits"
	"runtime"
	"sync"

	"milepost/stats/draws"
)

// Ways are a plan's draws item by item: which of them came true in which draw. Any groups
// of the items are then added up without drawing again.
type Ways struct {
	seed   uint64
	draws  uint32
	tables []*table
	came   [][]uint64 // by item, a bit for each draw
}

// Ways draws the items of a plan; what is to come is not in it.
func (p *Plan) Ways() (*Ways, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	w := &Ways{seed: p.Seed, draws: p.Draws, tables: p.tables(), came: make([][]uint64, len(p.Items))}
	source := draws.New(p.Seed)
	shocks, words := p.shocks(source), w.words()
	inParts(len(p.Items), func(from, until int) {
		var won []uint32
		room := make([]uint64, (until-from)*words)
		for i := from; i < until; i++ {
			it := &p.Items[i]
			w.came[i], room = room[:words:words], room[words:]
			if it.Chance == 0 {
				continue
			}
			won, _ = source.HitsShared(streamItem, it.ID, odds(it.Chance), shocks[it.Part], 0, won[:0])
			for _, n := range won {
				w.came[i][n/64] |= 1 << (n % 64)
			}
		}
	})
	return w, nil
}

func (w *Ways) words() int { return int(w.draws+63) / 64 }

// Bytes is how much room they take.
func (w *Ways) Bytes() int { return len(w.came) * w.words() * 8 }

// Sum adds the items up by their groups, with the amounts that are given now: those of the
// plan, in their order, whatever their groups and amounts were then. What comes out is what
// Draw gives.
func (w *Ways) Sum(items []Item, groups int) (wins, amounts [][]int64) {
	counters := func() [][]int64 {
		list := make([][]int64, groups)
		for g := range list {
			list[g] = make([]int64, w.draws)
		}
		return list
	}
	wins, amounts = counters(), counters()
	inParts(w.words(), func(from, until int) {
		var won []uint32
		for i := range items {
			it := &items[i]
			if it.Group == 0 {
				continue
			}
			won = won[:0]
			for k, word := range w.came[i][from:until] {
				for ; word != 0; word &= word - 1 {
					won = append(won, uint32((from+k)*64+bits.TrailingZeros64(word)))
				}
			}
			book(it, won, wins[it.Group-1], amounts[it.Group-1], w.tables, w.seed)
		}
	})
	return wins, amounts
}

// inParts hands out stretches of n things, one worker each.
func inParts(n int, work func(from, until int)) {
	var all sync.WaitGroup
	workers := max(1, runtime.GOMAXPROCS(0))
	for k := range workers {
		all.Go(func() { work(n*k/workers, n*(k+1)/workers) })
	}
	all.Wait()
}
