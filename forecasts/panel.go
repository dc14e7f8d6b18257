package forecasts

import (
	"fmt"
	"net/http"
	"slices"

	"milepost/calendar"
	"milepost/deals"
	"milepost/forecasts/history"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
)

// chance is what one method gives a deal.
type chance struct {
	Method string
	Won    float64
}

// panel is the part of a deal's page that says how likely it is to be won by the end
// of the quarter. A deal that is not open, or not the viewer's to see, has none.
func (p *pages) panel(w http.ResponseWriter, r *http.Request) error {
	v := people.ViewerFrom(r.Context())
	o, now := v.Organization, p.program.Clock()
	if _, err := deals.FindFor(r.Context(), p.program.DB.For(v.Org), v, deals.ID(r.PathValue("id"))); err != nil {
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
	var list []chance
	for m, method := range f.Methods {
		list = append(list, chance{method, f.Odds[m][0][at].Won})
	}
	seen := Outlook{Ended: f.past.Ended(), Reach: f.past.Reach(), Days: f.Horizons[0]}
	return web.Fragment(w, r, dealPanel(list, quarter.Until.AddDays(-1), ui.Odds{TooFew: seen.TooFew(), Cases: seen.Ended}))
}

func chanceTerms(list []chance) []ui.Term {
	var terms []ui.Term
	for _, c := range list {
		terms = append(terms, ui.Term{Term: methodLabel(c.Method), Detail: ui.Odds{P: c.Won}})
	}
	return terms
}
