package forecasts

import (
	"context"
	"fmt"
	"net/http"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/slice"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
)

type pages struct {
	program  slice.Program
	memory   *Memory
	patience int64 // entries that are read while a person waits for the page
}

// wait is the parameter of a request that has been told that it takes a moment.
const wait = "wait"

// show is the forecast page.
func (p *pages) show(w http.ResponseWriter, r *http.Request) error {
	v := people.ViewerFrom(r.Context())
	now := p.program.Clock()
	today := calendar.DateOf(now, v.Organization.Place())
	ask, wrong := ReadAsking(r.URL.Query(), v, today)
	if wrong != nil && !Misread(wrong) {
		return wrong
	}
	if later, err := p.later(w, r, v, ask); later || err != nil {
		return err
	}
	s := sheet{ask: ask, viewer: v, today: today, wrong: wrong}
	if err := p.fill(r.Context(), &s, now); err != nil {
		return err
	}
	if web.WantsPart(r) {
		return web.Redirect(w, r, ask.path(ask.Person), "")
	}
	return web.PageWithStatus(w, r, s.status(), s.frame(), forecastPage(&s))
}

// later answers at once, with a page that says that it takes a moment and then asks
// again, when so much has to be read that a person would wonder.
func (p *pages) later(w http.ResponseWriter, r *http.Request, v *people.Viewer, ask Asking) (bool, error) {
	if r.URL.Query().Has(wait) {
		return false, nil
	}
	behind, err := p.memory.Behind(r.Context(), p.program.DB.For(v.Org), v.Organization)
	if err != nil || behind <= p.patience {
		return false, err
	}
	q := r.URL.Query()
	q.Set(wait, "1")
	return true, web.Page(w, r, ui.Frame{Title: "Forecast"}, ui.Panel(r.URL.Path+"?"+q.Encode(),
		fmt.Sprintf("Reading what was recorded of your deals, %s entries. This takes a few seconds the first time.", thousands(int(behind)))))
}

// fill looks ahead, and reads what the page needs besides.
func (p *pages) fill(ctx context.Context, s *sheet, now calendar.Instant) error {
	o := s.viewer.Organization
	d := p.program.DB.For(s.viewer.Org)
	day, asOf := s.today, now
	if s.ask.AsOf != "" {
		day, asOf = s.ask.AsOf, s.ask.AsOf.Midnight(o.Place())
	}
	period := s.ask.Period(day, o.Fiscal())
	f, err := p.memory.AskAhead(ctx, d, o, asOf, s.ask.AsOf == "", AheadOf(day, period))
	if err != nil {
		return err
	}
	if s.line, err = organigram(ctx, d, s.viewer.Org, f.AsOf); err != nil {
		return err
	}
	s.check(f)
	s.look(f, period)
	if err := p.draw(ctx, d, s, f); err != nil {
		return err
	}
	return p.nameDeals(ctx, d, s, f)
}

func organigram(ctx context.Context, d *db.DB, org db.Org, at calendar.Instant) (Organigram, error) {
	chart, err := people.ChartAsOf(ctx, d, org, at)
	if err != nil {
		return Organigram{}, fmt.Errorf("reading the reporting line: %w", err)
	}
	everyone, err := people.Everyone(ctx, d, org)
	if err != nil {
		return Organigram{}, fmt.Errorf("reading who works here: %w", err)
	}
	names := make(map[people.ID]string, len(everyone))
	for _, p := range everyone {
		names[p.ID] = p.Name
	}
	return Organigram{chart, names}, nil
}

// nameDeals gathers the deals that the page lists one by one: those that its person
// owned, if the viewer may see them.
func (p *pages) nameDeals(ctx context.Context, d *db.DB, s *sheet, f *Forecast) error {
	person := s.outlook.Person
	if !s.mayList(person) {
		return nil
	}
	s.pick(f)
	ids := make([]string, len(s.deals))
	for i := range s.deals {
		ids[i] = s.deals[i].ID
	}
	var err error
	if s.titles, err = titles(ctx, d, s.viewer.Org, ids); err != nil {
		return fmt.Errorf("reading the titles of deals: %w", err)
	}
	return nil
}

// mayList tells whether deals are listed one by one: those of one value of an attribute
// for whoever sees all deals of the lines, else those of a person without reports.
func (s *sheet) mayList(person people.ID) bool {
	if s.ask.Lists {
		return s.mayListLines()
	}
	return person != "" && s.viewer.Sees(person) && len(s.line.Chart.Reports(person)) == 0
}

// mayListLines tells whether the viewer may see the deals behind the lines of a whole.
func (s *sheet) mayListLines() bool {
	person := s.outlook.Person
	return s.viewer.SeesEveryDeal() || person != "" && s.viewer.Sees(person)
}

// frame is what stands around the page.
func (s *sheet) frame() ui.Frame {
	place := s.viewer.Organization.Place()
	return ui.Frame{Title: s.title(), Crumbs: s.crumbs(),
		Lead: fmt.Sprintf("%s, %s to %s: %s.", s.outlook.Period.Name,
			s.outlook.Period.From.Long(), s.outlook.Period.Until.AddDays(-1).Long(), s.leadWords()),
		AsOf: asOfLine(s.outlook.AsOf, place), Actions: s.actions()}
}
