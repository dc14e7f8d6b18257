package forecasts

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strings"

	"milepost/calendar"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
	"milepost/problem"
)

// leversPage is where one finds what would move the total of a period most.
const leversPage = "/forecasts/levers"

// A page lists so many levers, and so many kinds of them.
const mostLevers, mostSums = 25, 12

// leverSheet is what that page shows to one viewer.
type leverSheet struct {
	sheet
	forecast *Forecast
	rises    []weighed
	falls    []weighed
	sums     []summed
	lines    []people.ID // whom the page may be asked about
	where    map[string]whereabouts
	untold   int  // kinds that too few past deals tell of
	without  int  // deals whose amount is not in the currency
	earlier  bool // it was asked how things stood on an earlier day
}

// levers is the page.
func (p *pages) levers(w http.ResponseWriter, r *http.Request) error {
	v := people.ViewerFrom(r.Context())
	now := p.program.Clock()
	today := calendar.DateOf(now, v.Organization.Place())
	ask, wrong := ReadAsking(r.URL.Query(), v, today)
	if wrong != nil && !Misread(wrong) {
		return wrong
	}
	if ask.AsOf, ask.By = "", ""; problem.ByField(wrong)["as-of"] != "" { // it is about now, whatever day the forecast page showed
		wrong = nil
	}
	if later, err := p.later(w, r, v, ask); later || err != nil {
		return err
	}
	s := leverSheet{sheet: sheet{ask: ask, viewer: v, today: today, wrong: wrong}, earlier: r.URL.Query().Get("as-of") != ""}
	if err := p.pull(r.Context(), &s, now); err != nil {
		return err
	}
	if web.WantsPart(r) {
		return web.Redirect(w, r, leversPath(ask, ask.Person), "")
	}
	return web.PageWithStatus(w, r, s.status(), s.frame(), leversBody(&s))
}

// pull works out what would move the total, and reads what the page says of the deals.
func (p *pages) pull(ctx context.Context, s *leverSheet, now calendar.Instant) error {
	o, d := s.viewer.Organization, p.program.DB.For(s.viewer.Org)
	period := s.ask.Period(s.today, o.Fiscal())
	f, err := p.memory.AskAhead(ctx, d, o, now, true, AheadOf(s.today, period))
	if err != nil {
		return err
	}
	if s.line, err = organigram(ctx, d, s.viewer.Org, f.AsOf); err != nil {
		return err
	}
	s.forecast = f
	s.check(f)
	s.look(f, period)
	s.choose()
	if s.outlook.TooFew() {
		return nil
	}
	levers, learned := f.Levers()
	if !learned {
		return nil
	}
	all, own := s.worth()
	s.weigh(weigh(levers, all), weigh(levers, own))
	var ids []string
	for _, l := range slices.Concat(s.rises, s.falls) {
		ids = append(ids, f.Deals[l.Deal].ID)
	}
	if len(ids) == 0 {
		return nil
	}
	if s.titles, err = titles(ctx, d, s.viewer.Org, ids); err != nil {
		return fmt.Errorf("reading the titles of deals: %w", err)
	}
	s.where, err = locateMany(ctx, d, ids)
	return err
}

// weigh chooses what the page lists: sums of all, single deals of those that the viewer
// sees.
func (s *leverSheet) weigh(all, own []weighed) {
	for _, sum := range sumUp(all) {
		if sum.TooFew() {
			s.untold++
		} else if len(s.sums) < mostSums && sum.Gain > 0 {
			s.sums = append(s.sums, sum)
		}
	}
	s.rises, s.falls = strongest(own, false, mostLevers), strongest(own, true, mostLevers)
}

// worth is what winning each deal adds to the totals that the viewer may read, and to
// those of deals that the viewer sees; NaN for none of it.
func (s *leverSheet) worth() (all, own []float64) {
	line := map[people.ID]bool{s.outlook.Person: true}
	for _, person := range s.line.Chart.Below(s.outlook.Person) {
		line[person] = true
	}
	for i := range s.forecast.Deals {
		d := &s.forecast.Deals[i]
		owner := people.ID(s.forecast.past.Person(d.Owner))
		value := math.NaN()
		if (s.outlook.Person == "" || line[owner]) && (s.viewer.SeesTotalsOfAll() || s.viewer.Sees(owner)) {
			if value = 1; s.hasMoney() {
				worth, counts := s.outlook.Worth(d.Currency, d.Amount)
				if value = float64(worth); !counts {
					value = math.NaN()
					s.without++
				}
			}
		}
		all = append(all, value)
		if !s.viewer.Sees(owner) {
			value = math.NaN()
		}
		own = append(own, value)
	}
	return all, own
}

// choose lists whom the page may be asked about: those down the line who ever owned a
// deal, and those above them.
func (s *leverSheet) choose() {
	owners := s.forecast.owners()
	for person := range s.line.Names {
		if person != s.viewer.ID && !s.viewer.SeesTotalsOfAll() && !s.viewer.IsAbove(person) {
			continue
		}
		sells := func(p people.ID) bool { return owners[string(p)] }
		if sells(person) || slices.ContainsFunc(s.line.Chart.Below(person), sells) {
			s.lines = append(s.lines, person)
		}
	}
	slices.SortFunc(s.lines, func(a, b people.ID) int { return cmp.Or(cmp.Compare(s.name(a), s.name(b)), cmp.Compare(a, b)) })
}

// leversPath is the address of the page.
func leversPath(a Asking, person people.ID) string {
	if q := a.Query(person); len(q) > 0 {
		return leversPage + "?" + q.Encode()
	}
	return leversPage
}

// frame is what stands around the page.
func (s *leverSheet) frame() ui.Frame {
	period := s.outlook.Period
	return ui.Frame{Title: "What moves the " + strings.TrimPrefix(strings.ToLower(s.ask.spanLabel()), "this "),
		Crumbs: append(s.crumbs(), ui.Crumb{Label: "Forecast", Path: s.ask.path(s.ask.Person)}),
		Lead:   fmt.Sprintf("%s, until %s: evidence which, were it shown in a deal, would change the total most.", period.Name, period.Until.AddDays(-1).Long()),
		AsOf:   asOfLine(s.outlook.AsOf, s.viewer.Organization.Place())}
}
