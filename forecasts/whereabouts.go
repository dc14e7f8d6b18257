package forecasts

import (
	"context"
	"fmt"
	"net/url"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/process"
	"milepost/process/evidence"
)

// whereabouts lead from what is said of a deal to where it can be seen and worked on.
type whereabouts struct {
	deal  deals.ID
	owner string
	under *process.Definition // nil while the deal follows no process
}

// locate finds under which process a deal is.
func locate(library process.Library, o *deals.Opportunity) whereabouts {
	w := whereabouts{deal: o.ID, owner: string(o.Owner)}
	if p, is := library.Process(process.ID(o.Process)); is && p.Newest() != nil {
		w.under = &p.Newest().Definition
	}
	return w
}

// locateMany finds under which processes deals are.
func locateMany(ctx context.Context, d *db.DB, ids []string) (map[string]whereabouts, error) {
	library, err := process.ReadLibrary(ctx, d)
	if err != nil {
		return nil, err
	}
	under, err := processesOf(ctx, d, ids)
	if err != nil {
		return nil, fmt.Errorf("reading which processes deals follow: %w", err)
	}
	found := make(map[string]whereabouts, len(ids))
	for _, id := range ids {
		found[id] = locate(library, &deals.Opportunity{ID: deals.ID(id), Process: under[id]})
	}
	return found, nil
}

// of is where that is which a reason is about.
func (w whereabouts) of(group, feature string) string {
	switch {
	case group == milestones:
		return w.milestone(feature)
	case group == criteria:
		return w.criterion(feature)
	case group == "stage" && w.under != nil:
		return deals.MilestonesPath(w.deal)
	case feature == "last contact" || feature == "contacts" || feature == "activity":
		return "/activities?" + url.Values{"deal": {string(w.deal)}}.Encode()
	case feature == "plan":
		return w.anchor("evaluation-plan")
	case feature == "amount":
		return w.anchor("deal-figures")
	case feature == "competitors":
		return w.anchor("competitors")
	case feature == "owner" && w.owner != "":
		return "/deals?" + url.Values{"owner": {w.owner}, "outcome": {"all"}}.Encode()
	case group == "profile":
		return w.anchor("about-deal")
	}
	return w.anchor("deal-history")
}

func (w whereabouts) anchor(id string) string { return w.deal.Path() + "#" + id }

// milestone is the page of a milestone, where the deal's process has it.
func (w whereabouts) milestone(name string) string {
	if w.under != nil {
		if id, has := w.under.Labelled(name); has {
			return evidence.MilestonePath(w.deal, id)
		}
	}
	return deals.MilestonesPath(w.deal)
}

// criterion is where a criterion is answered.
func (w whereabouts) criterion(question string) string {
	if w.under != nil {
		if id, has := w.under.LabelledCriterion(question); has {
			return w.anchor("criterion-" + string(id))
		}
	}
	return w.anchor("triad-panel")
}
