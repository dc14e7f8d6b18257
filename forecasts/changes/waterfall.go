package changes

import (
	"cmp"
	"slices"

	"milepost/people"
)

// Tally is what the deals of a bar add up to.
type Tally struct {
	Bar   Bar
	Deals int
	By    Worth
	// Of bars of close dates: what the deals are worth if they are won, and what is
	// expected of them in the period.
	Whole, Expected Worth
}

// Tallies adds the bars up, in their order; bars without deals are left out.
func (w *Waterfall) Tallies(q *Question) []Tally {
	sums := map[Bar]*Tally{}
	for i := range w.Deals {
		d := &w.Deals[i]
		for _, p := range d.Parts {
			t := sums[p.Bar]
			if t == nil {
				t = &Tally{Bar: p.Bar}
				sums[p.Bar] = t
			}
			t.Deals++
			t.By = t.By.plus(p.By)
			t.Whole = t.Whole.plus(q.worth(1, d.Now.Currency, d.Now.Amount))
			t.Expected = t.Expected.plus(d.Now.Worth)
		}
	}
	if q.Coming.any() {
		sums[NotYet] = &Tally{Bar: NotYet, By: q.Coming.Now.minus(q.Coming.Exchanged)}
	}
	if by := q.Coming.Exchanged.minus(q.Coming.Then); by.moves() {
		if sums[Rates] == nil {
			sums[Rates] = &Tally{Bar: Rates}
		}
		sums[Rates].By = sums[Rates].By.plus(by)
	}
	var list []Tally
	for _, b := range bars {
		if t := sums[b]; t != nil {
			list = append(list, *t)
		}
	}
	return list
}

// share is what one deal adds to a bar.
type share struct {
	*Deal
	By Worth
}

// of lists the deals of a bar: what moved most comes first.
func (w *Waterfall) of(b Bar) []share {
	var list []share
	for i := range w.Deals {
		for _, p := range w.Deals[i].Parts {
			if p.Bar == b {
				list = append(list, share{&w.Deals[i], p.By})
			}
		}
	}
	size := func(s share) (int64, int64) { return max(s.By.Minor, -s.By.Minor), max(s.By.Wins, -s.By.Wins) }
	slices.SortStableFunc(list, func(a, b share) int {
		money, wins := size(a)
		others, theirs := size(b)
		return cmp.Or(cmp.Compare(others, money), cmp.Compare(theirs, wins), cmp.Compare(b.Now.Worth.Minor, a.Now.Worth.Minor))
	})
	return list
}

// total is what all deals together moved, in and out of a bar.
func (d *Deal) total() Worth { return d.Now.minus(d.Then.Worth) }

// row is one person with everyone below, at both ends.
type row struct {
	Person     people.ID
	Itself     bool // the person's own deals only
	Start, End Worth
}

// rows parts a difference by the people who report to a person: what does not pass
// through one of them is the person's own.
func (w *Waterfall) rows(person people.ID, charts [2]people.Chart) []row {
	found := map[people.ID]*row{}
	at := func(owner people.ID, chart people.Chart) *row {
		report, _ := reportOf(chart, person, owner)
		if found[report] == nil {
			found[report] = &row{Person: report, Itself: report == person}
		}
		return found[report]
	}
	for i := range w.Deals {
		d := &w.Deals[i]
		if d.Then.In {
			r := at(d.Then.Owner, charts[0])
			r.Start = r.Start.plus(d.Then.Worth)
		}
		if d.Now.In {
			r := at(d.Now.Owner, charts[1])
			r.End = r.End.plus(d.Now.Worth)
		}
	}
	var list []row
	for _, r := range found {
		list = append(list, *r)
	}
	slices.SortFunc(list, func(a, b row) int {
		x, y := a.End.minus(a.Start), b.End.minus(b.Start)
		return cmp.Or(cmp.Compare(x.Minor, y.Minor), cmp.Compare(x.Wins, y.Wins), cmp.Compare(a.Person, b.Person))
	})
	return list
}

// reportOf is the one among those who report to a person through whom an owner does, or
// the owner; false for who is not of the person's line. Everyone is of the company's.
func reportOf(chart people.Chart, person, owner people.ID) (people.ID, bool) {
	at := owner
	for steps := 0; at != person && steps < 100; steps++ {
		above := chart.Manager(at)
		if above == person {
			break
		}
		if above == "" {
			return "", false
		}
		at = above
	}
	return at, true
}
