package deals

import (
	"context"
	"slices"

	"github.com/a-h/templ"

	"milepost/internal/db"
	"milepost/internal/ui"
)

// competitorCondition narrows to deals on which a competitor is named, and to those
// lost to it, however the name was written.
func (q *query) competitorCondition(w *where) {
	if q.filter.Competitor == "" {
		return
	}
	key := CompetitorKey(q.filter.Competitor)
	named := `o.id in (select c.opportunity_id from opportunity_competitors c where c.org_id = $1 and c.name_key = ?)`
	if q.filter.Outcome == "" {
		w.add(named, key)
		return
	}
	w.add(`(`+named+` or o.competitor = ? or o.competitor in (
				select c.name from opportunity_competitors c where c.org_id = $1 and c.name_key = ?))`, key, q.filter.Competitor, key)
}

// competitorOptions offers the competitors that the organization met most, by name.
func competitorOptions(u usual, chosen string) []ui.Option {
	names := slices.Clone(u.competitors[:min(len(u.competitors), 60)])
	if chosen != "" && !slices.Contains(names, chosen) {
		names = append(names, chosen)
	}
	if len(names) == 0 {
		return nil
	}
	slices.SortFunc(names, func(a, b string) int {
		if CompetitorKey(a) < CompetitorKey(b) {
			return -1
		}
		return 1
	})
	options := []ui.Option{{Label: "Any competitor"}}
	for _, name := range names {
		options = append(options, ui.Option{Value: name, Label: name})
	}
	return options
}

// readCompetitors reads who is named on the deals of the page, if it shows that.
func (v *listView) readCompetitors(ctx context.Context, d *db.DB) (err error) {
	if !slices.Contains(v.chosen(), "competitors") {
		return nil
	}
	ids := make([]ID, len(v.Page.Deals))
	for i := range v.Page.Deals {
		ids[i] = v.Page.Deals[i].ID
	}
	v.Rivals, err = competitorsOfDeals(ctx, d, v.Viewer.Org, ids)
	return err
}

func (v listView) competitorsCell(l *Listed) templ.Component {
	return orNoneText(namesText(v.Rivals[l.ID]))
}
