package record

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"milepost/calendar"
	"milepost/forecasts"
	"milepost/internal/db"
	"milepost/internal/slice"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
)

type pages struct{ slice.Program }

// view is what the page shows.
type view struct {
	ask        asking
	outdated   int // days whose rehearsed forecasts are being made again
	scored     []forecasts.Horizon
	every      []string // methods that are scored
	method     string   // looked at closer
	compared   *Comparison
	own        []Score // of the method, on its days
	leant      string  // on which tables of assumptions it leaned on them
	details    []Details
	calibrated []Calibration // by method compared
	drift      Drift
	drifts     bool // whether anything can be said of it
	leads      map[int][]Quarter
	currency   string
}

func (p *pages) show(w http.ResponseWriter, r *http.Request) error {
	viewer := people.ViewerFrom(r.Context())
	d, now := p.DB.For(viewer.Org), p.Clock()
	v, err := look(r.Context(), d, viewer.Organization, now, func(scored []forecasts.Horizon) asking { return readAsking(r.URL.Query(), scored) })
	if err != nil {
		return err
	}
	frame := ui.Frame{Title: "Forecast record", Lead: "What was said, held against what came. Totals of the whole company; no person's, and no deal.", Crumbs: crumbs(viewer)}
	return web.Page(w, r, frame, recordPage(v))
}

func crumbs(v *people.Viewer) []ui.Crumb {
	if v.SeesNoDeals() && !v.SeesTotalsOfAll() {
		return nil
	}
	return []ui.Crumb{{Label: "Forecast", Path: "/forecasts"}}
}

// look reads and works out what the page shows.
func look(ctx context.Context, d *db.DB, o people.Organization, now calendar.Instant, ask func([]forecasts.Horizon) asking) (*view, error) {
	v := &view{}
	var err error
	if v.outdated, err = forecasts.Outdated(ctx, d); err != nil {
		return nil, fmt.Errorf("counting outdated forecasts: %w", err)
	}
	all, err := horizonsScored(ctx, d)
	if err != nil {
		return nil, fmt.Errorf("reading which horizons are scored: %w", err)
	}
	for _, h := range offered {
		if slices.Contains(all, h) {
			v.scored = append(v.scored, h)
		}
	}
	v.ask = ask(v.scored)
	list, err := scoresAt(ctx, d, v.ask.Horizon)
	if err != nil {
		return nil, fmt.Errorf("reading scores: %w", err)
	}
	list = slices.DeleteFunc(list, func(s Score) bool { return !v.ask.wants(s) })
	v.compared = Compare(list, v.ask.Horizon)
	v.choose(list)
	if err := v.closer(ctx, d, list, o); err != nil {
		return nil, err
	}
	v.leads, err = quartersAt(ctx, d, o, now, v.ask.wants)
	return v, err
}

// choose settles which method is looked at closer: the one asked for, else the one of
// record among those compared.
func (v *view) choose(list []Score) {
	counts := map[string]int{}
	for _, s := range list {
		counts[s.Method]++
	}
	v.every = inOrder(counts)
	v.method = v.ask.Method
	if !slices.Contains(v.every, v.method) && len(v.every) > 0 {
		of := v.compared.Methods
		if len(of) == 0 {
			of = v.every
		}
		v.method = of[forecasts.OfRecord(of)]
	}
}

// closer gathers what is shown of one method: on the days compared, or where it is not
// compared on days of its own.
func (v *view) closer(ctx context.Context, d *db.DB, list []Score, o people.Organization) error {
	c, days := v.compared, v.compared.Days
	if c.place(v.method) < 0 {
		c = Compare(slices.DeleteFunc(slices.Clone(list), func(s Score) bool { return s.Method != v.method }), v.ask.Horizon)
	}
	if at := c.place(v.method); at >= 0 {
		v.own = c.Rows[at]
	}
	v.drift, v.drifts = DriftOf(v.own)
	heads, err := forecasts.FrozenHeadsOn(ctx, d, o.ID, v.method, c.Days)
	if err != nil {
		return fmt.Errorf("reading what forecasts leaned on: %w", err)
	}
	if v.leant, err = leantOn(v.method, heads); err != nil {
		return err
	}
	byDay, err := detailsAt(ctx, d, v.ask.Horizon, slices.Concat(days, c.Days))
	if err != nil {
		return fmt.Errorf("reading the details of scores: %w", err)
	}
	v.calibrate(byDay)
	for _, s := range v.own {
		v.details = append(v.details, byDay[s.Day][s.Method])
	}
	v.currency = currencyOf(v.details, string(o.Currency))
	return nil
}

// currencyOf is the organization's currency if anything was expected in it, else the one
// of most days.
func currencyOf(days []Details, own string) string {
	counts := map[string]int{}
	for _, d := range days {
		for currency := range d.Money {
			counts[currency]++
		}
	}
	best := ""
	for currency, n := range counts {
		if n > counts[best] || n == counts[best] && currency < best {
			best = currency
		}
	}
	if counts[own] > 0 || best == "" {
		return own
	}
	return best
}
