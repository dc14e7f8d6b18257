package forecasts

import (
	"fmt"
	"math"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"

	"milepost/calendar"
	"milepost/deals"
	"milepost/forecasts/history"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
	"milepost/process"
)

// chance is what one method gives a deal.
type chance struct {
	Method string
	Won    float64
	Range  Range
}

// panel is the part of a deal's page that says how likely it is to be won by the end
// of the quarter. A deal that is not open, or not the viewer's to see, has none.
func (p *pages) panel(w http.ResponseWriter, r *http.Request) error {
	v := people.ViewerFrom(r.Context())
	o, now := v.Organization, p.program.Clock()
	deal, err := deals.FindFor(r.Context(), p.program.DB.For(v.Org), v, deals.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	today := calendar.DateOf(now, o.Place())
	quarter := o.Fiscal().Quarter(today)
	f, err := p.memory.Ask(r.Context(), p.program.DB.For(v.Org), o, now, true, Horizon(today.DaysUntil(quarter.Until)))
	if err != nil {
		return fmt.Errorf("forecasting a deal: %w", err)
	}
	at := slices.IndexFunc(f.Deals, func(d history.OpenDeal) bool { return d.ID == r.PathValue("id") })
	if at < 0 { // it has ended
		return web.Fragment(w, r, ui.Text(""))
	}
	page := dealChances{until: quarter.Until.AddDays(-1), learning: f.Learning, today: today, asOf: f.AsOf, place: o.Place()}
	for m, method := range f.Methods {
		page.list = append(page.list, chance{Method: method, Won: f.Odds[m][0][at].Won})
	}
	after := o.Fiscal().Quarter(quarter.Until)
	page.list[0], page.list[OfRecord(f.Methods)] = page.list[OfRecord(f.Methods)], page.list[0]
	seen := f.Basis()
	if page.few = (ui.Odds{TooFew: seen.TooFew(), Cases: seen.Ended}); page.few.TooFew {
		page.whyFew = seen.Why()
	} else {
		if page.why, _ = f.Explain(at); page.why != nil {
			page.list[0].Range, page.trace = page.why.Range, f.Trace(at)
			if ahead := AheadOf(today, after); f.past.Reach() >= int(ahead.Ends) { // else nobody has seen yet what becomes of deals in so long a time
				page.after = after.Name + ": " + percent(page.why.between(f, ahead))
			}
			on := func(at calendar.Instant) calendar.Date { return calendar.DateOf(at, o.Place()) }
			if err := asSaid(r.Context(), p.program.DB.For(v.Org), page.trace, on, f.Methods[OfRecord(f.Methods)], quarter.Until, f.Deals[at].External, f.Deals[at].ID); err != nil {
				return err
			}
			library, err := process.ReadLibrary(r.Context(), p.program.DB.For(v.Org))
			if err != nil {
				return err
			}
			page.where = locate(library, &deal)
		}
	}
	return web.Fragment(w, r, dealPanel(&page))
}

// dealChances is what the panel shows.
type dealChances struct {
	list     []chance // the method of record first
	until    calendar.Date
	today    calendar.Date
	few      ui.Odds
	whyFew   string
	learning bool
	why      *Explanation
	trace    []Sighting
	after    string // how likely it is won in the quarter after
	where    whereabouts
	asOf     calendar.Instant
	place    *time.Location
}

// ends are the other ways in which the deal may stand by then.
func (c *dealChances) ends() string {
	o := c.why.Odds
	return fmt.Sprintf("Lost %s, no action %s, still open %s.", percent(o.Lost), percent(o.NoAction), percent(max(0, 1-o.Won-o.Lost-o.NoAction)))
}

// when is when it is won, if it is.
func (c *dealChances) when() string {
	if len(c.why.WinDays) < 3 {
		return ""
	}
	day := func(i int) string { return c.today.AddDays(int(c.why.WinDays[i] + .5)).Short() }
	return "If it is won, then most likely around " + day(1) + "; eight in ten such wins come between " + day(0) + " and " + day(2) + "."
}

func percent(p float64) string { return fmt.Sprintf("%.0f %%", 100*p) }

// points is an effect on a chance: "+9 points".
func points(p float64) string {
	n := int(math.Round(100 * p))
	switch {
	case n == 1 || n == -1:
		return strings.Replace(fmt.Sprintf("%+d point", n), "-", "−", 1)
	case n == 0:
		return "0 points"
	}
	return strings.Replace(fmt.Sprintf("%+d points", n), "-", "−", 1)
}

// reasons are the lines that lead from the average open deal to this one, each to where
// its evidence is.
func (c *dealChances) reasons() ui.Table {
	t := ui.Table{Caption: "Why this chance", Columns: []ui.Column{{Label: "What is known"}, {Label: "Chance", Numeric: true}},
		Foot: []templ.Component{ui.Text("This deal"), ui.Text(percent(c.why.Odds.Won))}}
	add := func(what, by templ.Component) {
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{what, by}})
	}
	add(ui.Text("The average open deal here"), ui.Text(percent(c.why.Base)))
	for _, r := range c.why.Reasons {
		add(ui.Link(c.where.of(r.Group, r.Feature), r.Words), ui.TwoLines(ui.Text(points(r.Points)), r.Range.pointWords()+count(r.Deals, "past deal", "past deals")+" like this"))
	}
	add(ui.Text("Everything else"), ui.Text(points(c.why.Rest)))
	return t
}

// whyWords says how to read the reasons.
func (c *dealChances) whyWords() string {
	words := "What goes with winning here, from past deals; not what brings it about."
	if c.why.Range.Known() {
		words += " The spans hold eight times in ten: they tell how sure one can be of what past deals taught, not of what this one will do."
	}
	return words
}

// missing is the evidence that would tell most.
func (c *dealChances) missing() ui.Table {
	t := ui.Table{Caption: "Which evidence would tell most", Columns: []ui.Column{{Label: "Evidence"}, {Label: "Chance with it", Numeric: true}}}
	for _, m := range c.why.Missing {
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{ui.Link(c.where.of(m.Group, m.Feature), m.Words),
			ui.TwoLines(ui.Text(percent(m.Chance)+", "+points(m.Chance-c.why.Odds.Won)), count(m.Deals, "past deal", "past deals")+" had it")}})
	}
	return t
}

func chanceTerms(list []chance) []ui.Term {
	var terms []ui.Term
	for _, c := range list {
		term := ui.Term{Term: methodLabel(c.Method), Detail: ui.Odds{P: c.Won, Low: c.Range.Low, High: c.Range.High}}
		if c.Range.Known() {
			term.Detail = ui.TwoLines(term.Detail, c.Range.chanceWords())
		}
		terms = append(terms, term)
	}
	return terms
}
