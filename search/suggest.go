package search

import (
	"context"
	"net/http"
	"slices"

	"milepost/internal/web"
	"milepost/people"
)

// few says how many of each kind are suggested as one types.
var few = map[Kind]int{Deal: 5, Account: 3, Contact: 3, Person: 2, Note: 3}

// latelyFew is how many deals are offered before anything is typed.
const latelyFew = 5

// suggest answers what is being typed with the few best of each kind; before anything
// is typed, with the deals that the person worked on last.
func (p *pages) suggest(w http.ResponseWriter, r *http.Request) error {
	v := people.ViewerFrom(r.Context())
	page := view{Query: Read(r.URL.Query().Get("q"))}
	groups, named, err := p.best(r.Context(), v, page.Query)
	if page.Groups = groups; err == nil && !page.Query.IsEmpty() {
		page.Ways, err = p.ways(r.Context(), v, page.Query, named)
	}
	if err != nil {
		return err
	}
	return web.Fragment(w, r, suggestions(page))
}

// best finds the few best of each kind, and all people whom the query names.
func (p *pages) best(ctx context.Context, v *people.Viewer, q Query) (groups []group, named []Found, err error) {
	d, s := p.DB.For(v.Org), sightOf(v)
	if q.IsEmpty() {
		if v.SeesNoDeals() {
			return nil, nil, nil
		}
		list, err := lately(ctx, d, v.ID, latelyFew)
		return groupsOf(group{Kind: Deal, Found: list}), nil, err
	}
	if _, err := p.keeper.Freshen(ctx, v.Org); err != nil {
		return nil, nil, err
	}
	for _, k := range s.kinds {
		list, _, err := find(ctx, d, s, k, q, start, few[k], window)
		if err != nil {
			return nil, nil, err
		}
		if k == Person {
			named = list
		}
		if list, err = dress(ctx, d, s, list[:min(few[k], len(list))]); err != nil {
			return nil, nil, err
		}
		groups = append(groups, groupsOf(group{Kind: k, Found: list})...)
	}
	return byStage(groups), named, nil
}

func groupsOf(g group) []group {
	if len(g.Found) == 0 {
		return nil
	}
	return []group{g}
}

// byStage puts the kind with the best answer first.
func byStage(groups []group) []group {
	slices.SortStableFunc(groups, func(a, b group) int { return int(a.Found[0].stage - b.Found[0].stage) })
	return groups
}
