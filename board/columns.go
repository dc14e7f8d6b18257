package board

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"milepost/activities"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/money"
	"milepost/money/rates"
	"milepost/people"
)

// shown is how many cards a column begins with; more are fetched when asked for.
const shown = 40

// column is one stage of the board.
type column struct {
	Stage     string // empty for the deals that have none yet
	Deals     int64
	Standing  int64 // longer than nine in ten
	Totals    money.Totals
	Together  rates.Together // the same in one currency, where there are rates
	Cards     []card
	Limit     limit
	Told      bool // Limit is known
	Collapsed bool
}

// card is one deal on the board.
type card struct {
	deals.BoardCard
	Now   deals.Now
	Limit limit
	Long  bool // it stands longer than the limit
	Idle  bool // nothing is planned next, where others plan
}

// desk is whose board it is: the viewer, what it is narrowed to, and what the
// organization's history says.
type desk struct {
	d      *db.DB // confined to the viewer's organization
	v      *people.Viewer
	filter deals.Filter
	now    deals.Now
	board  deals.Board
	stages []string
	limits limits
	rates  *rates.Shelf
	idle   map[deals.ID]bool // of the cards, those for which nothing is planned next
}

func (p *pages) now(v *people.Viewer) deals.Now {
	return deals.Now{At: p.Clock(), Place: v.Organization.Place()}
}

func (p *pages) desk(ctx context.Context, v *people.Viewer, f deals.Filter) (desk, error) {
	d := p.DB.For(v.Org)
	k := desk{d: d, v: v, filter: f, now: p.now(v), rates: &p.rates}
	var err error
	if k.board, err = deals.NewBoard(ctx, d, v, f, k.now); err != nil {
		return k, err
	}
	order, err := p.choices.Stages(ctx, v, k.now)
	if err != nil {
		return k, err
	}
	open, err := deals.OpenStages(ctx, d, v.Org)
	if err != nil {
		return k, fmt.Errorf("listing the stages of open deals: %w", err)
	}
	k.stages = columnsOf(order, open)
	k.limits, err = p.usual.of(ctx, d, v.Org, order, k.now.At)
	return k, err
}

// columnsOf lists the stages of the board: those in use in their order, then those
// that only came up since. A label that says how a deal ended, as other systems keep
// it, is a column only while open deals stand there.
func columnsOf(order, open []string) []string {
	var stages []string
	for _, stage := range order {
		if !ends(stage) || slices.Contains(open, stage) {
			stages = append(stages, stage)
		}
	}
	for _, stage := range open {
		if stage != "" && !slices.Contains(stages, stage) {
			stages = append(stages, stage)
		}
	}
	return stages
}

// ends tells whether a stage is the name of an outcome rather than of a step.
func ends(stage string) bool {
	key := strings.ReplaceAll(people.Key(stage), " ", "")
	return strings.HasPrefix(key, "closed") || slices.Contains([]string{"won", "lost", "noaction"}, key)
}

// firstColumns is the board with the first cards of each column.
func (k *desk) firstColumns(ctx context.Context) ([]column, error) {
	tallies, err := k.tallies(ctx)
	if err != nil {
		return nil, err
	}
	var stages []string
	for _, t := range tallies {
		if !slices.Contains(stages, t.Stage) {
			stages = append(stages, t.Stage)
		}
	}
	cards, err := k.board.First(ctx, stages, shown)
	if err != nil {
		return nil, fmt.Errorf("reading the board: %w", err)
	}
	return k.columns(ctx, tallies, cards)
}

func (k *desk) tallies(ctx context.Context) ([]deals.BoardTally, error) {
	tallies, err := k.board.Tallies(ctx, k.limits.since(k.stages, k.now.At))
	if err != nil {
		return nil, fmt.Errorf("adding the board up: %w", err)
	}
	return tallies, nil
}

// columns puts cards into what the board comes to.
func (k *desk) columns(ctx context.Context, tallies []deals.BoardTally, cards []deals.BoardCard) ([]column, error) {
	if err := k.look(ctx, cards); err != nil {
		return nil, err
	}
	list := make([]column, 0, len(k.stages)+1)
	at := map[string]int{}
	add := func(stage string) {
		c := column{Stage: stage, Totals: money.Totals{}}
		c.Limit, c.Told = k.limits.of(stage)
		at[stage], list = len(list), append(list, c)
	}
	if slices.ContainsFunc(tallies, func(t deals.BoardTally) bool { return t.Stage == "" }) {
		add("")
	}
	for _, stage := range k.stages {
		add(stage)
	}
	for _, t := range tallies {
		if _, known := at[t.Stage]; !known { // it came up a moment ago
			add(t.Stage)
		}
		c := &list[at[t.Stage]]
		c.Deals, c.Standing = c.Deals+t.Deals, c.Standing+t.Standing
		if t.Currency != "" {
			c.Totals.Add(money.Amount{Minor: t.Minor, Currency: t.Currency})
		}
	}
	for _, one := range cards {
		if i, known := at[one.Stage]; known {
			list[i].Cards = append(list[i].Cards, k.card(one))
		}
	}
	return list, k.addUp(ctx, list)
}

// addUp puts what columns come to into one currency, by the rates that hold today.
func (k *desk) addUp(ctx context.Context, list []column) (err error) {
	for i := range list {
		if list[i].Together, err = k.together(ctx, list[i].Totals); err != nil {
			return err
		}
	}
	return nil
}

func (k *desk) together(ctx context.Context, totals money.Totals) (rates.Together, error) {
	return k.rates.Add(ctx, k.d, totals, k.v.Organization.Currency, k.now.Today())
}

func (k *desk) card(one deals.BoardCard) card {
	c := card{BoardCard: one, Now: k.now, Idle: k.idle[one.ID]}
	l, known := k.limits.of(one.Stage)
	if known && one.StageSince != 0 && float64(k.now.At-one.StageSince)/day > l.Days {
		c.Limit, c.Long = l, true
	}
	return c
}

// look finds out for which of the cards nothing is planned next.
func (k *desk) look(ctx context.Context, cards []deals.BoardCard) error {
	ids := make([]deals.ID, len(cards))
	for i := range cards {
		ids[i] = cards[i].ID
	}
	planned, somewhere, err := activities.StepsAhead(ctx, k.d, ids)
	if err != nil {
		return fmt.Errorf("reading what is planned next: %w", err)
	}
	k.idle = map[deals.ID]bool{}
	for _, id := range ids {
		if _, has := planned[id]; !has && somewhere {
			k.idle[id] = true
		}
	}
	return nil
}
