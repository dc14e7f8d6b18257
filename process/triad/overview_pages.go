package triad

import (
	"fmt"
	"slices"

	"milepost/deals"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
	"milepost/process"
)

// overviewView is where open deals stand.
type overviewView struct {
	Asking asking
	Now    deals.Now
	Groups []*group // the first is the sum of the others
	Deals  []dealLine
	More   bool
	Behind int64 // entries that are not followed yet
	names  map[people.ID]string
	viewer *people.Viewer
}

// dealLine is a deal of the list, and what is missing in it.
type dealLine struct {
	listed
	Sentence string
}

// dealsShown is how many deals a page of the list holds.
const dealsShown = 50

func (x *visit) overview() error {
	a, err := x.asking()
	if err != nil {
		return err
	}
	v := overviewView{Asking: a, Now: x.now, viewer: x.v}
	if v.Behind, err = x.keeper.Freshen(x.ctx, x.v.Org); err != nil {
		return err
	}
	chart, err := people.ChartAsOf(x.ctx, x.d, x.v.Org, x.now.At)
	if err != nil {
		return fmt.Errorf("reading the reporting line: %w", err)
	}
	if v.names, err = x.names(); err != nil {
		return err
	}
	owners, all := a.owners(x.v, chart)
	tallies, err := talliesOf(x.ctx, x.d, owners, all, x.now.At)
	if err != nil {
		return err
	}
	v.Groups = grouped(&a, x.v, chart, tallies)
	slices.SortStableFunc(v.Groups[1:], func(p, q *group) int { return q.Stale - p.Stale })
	if err := x.list(&v, owners, all); err != nil {
		return err
	}
	return web.Page(x.w, x.r, v.frame(), overview(&v))
}

// list reads a page of deals, those with old answers first.
func (x *visit) list(v *overviewView, owners []people.ID, all bool) error {
	list, err := listOf(x.ctx, x.d, &v.Asking, owners, all, x.now.At, dealsShown+1)
	if err != nil {
		return err
	}
	if v.More = len(list) > dealsShown; v.More {
		list = list[:dealsShown]
	}
	library, err := process.ReadLibrary(x.ctx, x.d)
	if err != nil || len(list) == 0 {
		return err
	}
	var ids []deals.ID
	for _, l := range list {
		ids = append(ids, l.ID)
	}
	triads, err := OfMany(x.ctx, x.d, library, ids)
	if err != nil {
		return err
	}
	for _, l := range list {
		q := triads[l.ID].At(x.now.At)
		line := dealLine{listed: l, Sentence: q.lacks()}
		if triads[l.ID].Process == "" {
			line.Sentence = "It follows no sales process."
		}
		v.Deals = append(v.Deals, line)
	}
	return nil
}

func (v *overviewView) frame() ui.Frame {
	f := ui.Frame{Title: "Qualification", Lead: "Where open deals stand by need, money and support. A deal is as far as the weakest of the three."}
	if v.Asking.Person != "" && v.Asking.Person != v.viewer.ID {
		f.Title, f.Crumbs = v.name(v.Asking.Person), []ui.Crumb{{Label: "Qualification", Path: "/triad"}}
	}
	return f
}
