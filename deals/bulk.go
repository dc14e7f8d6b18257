package deals

import (
	"net/url"

	"milepost/bulk"
)

// What can be changed of many deals.
const (
	bulkOwner = "owner"
	bulkStage = "stage"
	bulkClose = "close_date"
	bulkShift = "shift" // of the expected close, by days
)

// manyDeals is the list of deals as far as changing many of them goes.
func (p *pages) manyDeals() *bulk.List {
	return &bulk.List{Name: "deals", Title: "Deals", One: "deal", Many: "deals", Path: "/deals", Changes: "/bulk-changes", Tick: "deal",
		Choices: p.bulkChoices(), Matching: matchingDeals, Read: readDeals}
}

// matchingDeals lists what a filter of the list finds.
func matchingDeals(k bulk.Desk, params url.Values, most int) ([]string, error) {
	f, err := ReadFilter(params)
	if err != nil {
		return nil, err // what was not understood must not change every deal
	}
	q, err := ask(k.Ctx, k.DB, k.Viewer, f, nowOf(k))
	if err != nil {
		return nil, err
	}
	return matching(k.Ctx, k.DB, q, most)
}

func nowOf(k bulk.Desk) Now { return Now{k.Now, k.Viewer.Organization.Place()} }

// readDeals names deals; each leads to its page while it is the viewer's to see.
func readDeals(k bulk.Desk, ids []string) (map[string]bulk.Record, error) {
	found, err := several(k.Ctx, k.DB, ids)
	records := make(map[string]bulk.Record, len(found))
	for id, o := range found {
		r := bulk.Record{Name: o.Title}
		if r.Name == "" {
			r.Name = untitled
		}
		if k.Viewer.Sees(o.Owner) {
			r.Path = "/deals/" + id
		}
		records[id] = r
	}
	return records, err
}
