package totals

import (
	"fmt"

	"milepost/stats/draws"
)

// Arrivals are chances that do not exist yet, as one more item of a plan: how many of
// them will come true is negative binomial, a Poisson number whose rate is unknown
// (Gamma-Poisson; see the package counts), and each is worth one of Amounts, any as likely.
//
// Their number does not share the shocks of the chances that exist: its own size is
// learnt from past periods and holds their scatter.
type Arrivals struct {
	ID         uint64
	Part       int
	Mean, Size float64
	Amounts    []int64
	// Shares are what part of them falls to each group; what is missing to 1, to none.
	Shares []float64
}

func (a *Arrivals) draw(source *draws.Source, seed uint64, d *Drawn) error {
	if a.Part < 0 || a.Part >= len(d.Wins) {
		return fmt.Errorf("there is no part %d", a.Part)
	}
	for _, amount := range a.Amounts {
		if amount < 0 || amount > MostAmount {
			return fmt.Errorf("an arrival is worth %d", amount)
		}
	}
	if len(a.Shares) > len(d.GroupWins) {
		return fmt.Errorf("arrivals are shared among %d groups of %d", len(a.Shares), len(d.GroupWins))
	}
	own := mixed(a.ID^seed, streamNew)
	for n := range d.Wins[a.Part] {
		many, ok := draws.NegativeBinomial(source.Uniform(streamNew, a.ID, uint32(n)), a.Mean, a.Size)
		if !ok {
			return fmt.Errorf("no arrivals have the mean %v and the size %v", a.Mean, a.Size)
		}
		d.Wins[a.Part][n] += int64(many)
		of := mixed(own, uint32(n))
		for k := range many {
			word, amount := mixed(of, uint32(k)), int64(0)
			if len(a.Amounts) > 0 {
				amount = a.Amounts[word%uint64(len(a.Amounts))]
			}
			d.Amount[a.Part][n] += amount
			if g, has := a.group(mixed(word, 0)); has {
				d.GroupWins[g][n]++
				d.GroupAmount[g][n] += amount
			}
		}
	}
	return nil
}

// group is where one of them falls, by a random word.
func (a *Arrivals) group(word uint64) (int, bool) {
	at := float64(word>>11) / (1 << 53)
	for g, share := range a.Shares {
		if at < share {
			return g, true
		}
		at -= share
	}
	return 0, false
}
