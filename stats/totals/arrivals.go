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
	// Many is how many come true in each draw, where that was drawn before (Count).
	Many []int64
	// Like are the groups, from 1, of others before them, 0 for none: each is in the group of
	// one of those, any as likely. However the others are grouped, the draws are the same.
	Like []int
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
	for _, g := range a.Like {
		if g < 0 || g > len(d.GroupWins) {
			return fmt.Errorf("an arrival is like those in the group %d of %d", g, len(d.GroupWins))
		}
	}
	if a.Many != nil && len(a.Many) != len(d.Wins[a.Part]) {
		return fmt.Errorf("%d draws of arrivals were made, not %d", len(a.Many), len(d.Wins[a.Part]))
	}
	own, counts := mixed(a.ID^seed, streamNew), a.Many
	if counts == nil {
		var err error
		if counts, err = a.count(source, len(d.Wins[a.Part])); err != nil {
			return err
		}
	}
	for n, many := range counts {
		d.Wins[a.Part][n] += many
		of := mixed(own, uint32(n))
		for k := range many {
			word, amount := mixed(of, uint32(k)), int64(0)
			if len(a.Amounts) > 0 {
				amount = a.Amounts[word%uint64(len(a.Amounts))]
			}
			d.Amount[a.Part][n] += amount
			if g := a.group(mixed(word, 0)); g > 0 {
				d.GroupWins[g-1][n]++
				d.GroupAmount[g-1][n] += amount
			}
		}
	}
	return nil
}

// Count draws how many of them come true.
func (a *Arrivals) Count(seed uint64, many uint32) ([]int64, error) {
	return a.count(draws.New(seed), int(many))
}

func (a *Arrivals) count(source *draws.Source, n int) ([]int64, error) {
	counts := make([]int64, n)
	for i := range counts {
		many, ok := draws.NegativeBinomial(source.Uniform(streamNew, a.ID, uint32(i)), a.Mean, a.Size)
		if !ok {
			return nil, fmt.Errorf("no arrivals have the mean %v and the size %v", a.Mean, a.Size)
		}
		counts[i] = int64(many)
	}
	return counts, nil
}

// group is where one of them falls, by a random word.
func (a *Arrivals) group(word uint64) int {
	if len(a.Like) == 0 {
		return 0
	}
	return a.Like[word%uint64(len(a.Like))]
}
