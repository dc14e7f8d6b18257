package search

import (
	"context"
	"slices"
	"strings"

	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
	"milepost/views"
)

// commands are the common things that people do, and the keys that lead to the lines
// of the navigation. What only a deal has is offered on the page of a deal.
var commands = []web.Command{
	{Command: ui.Command{Label: "New deal", Path: "/deals/new", Icon: "plus", Keys: "n"}, Rule: people.SeesDeals},
	{Command: ui.Command{Label: "Log an activity", Path: "/activities/new", Icon: "activity", Keys: "a", Mark: "log"}, Rule: people.SeesDeals},
	{Command: ui.Command{Label: "New account", Path: "/accounts/new", Icon: "building"}, Rule: people.SeesDeals},
	{Command: ui.Command{Label: "New contact", Path: "/contacts/new", Icon: "user"}, Rule: people.SeesDeals},
	{Command: ui.Command{Label: "Move this deal to another stage", Path: "/deals/{deal}/stage", Icon: "stairs-up"}, Rule: people.SeesDeals},
	{Command: ui.Command{Label: "Change the amount of this deal", Path: "/deals/{deal}/amount", Icon: "coins"}, Rule: people.SeesDeals},
	{Command: ui.Command{Label: "Move the close date of this deal", Path: "/deals/{deal}/close-date", Icon: "calendar-due"}, Rule: people.SeesDeals},
	{Command: ui.Command{Label: "Hand this deal over", Path: "/deals/{deal}/owner", Icon: "user-check"}, Rule: people.SeesDeals},
	{Command: ui.Command{Label: "Close this deal", Path: "/deals/{deal}/close", Icon: "flag-check"}, Rule: people.SeesDeals},
	{Command: ui.Command{Label: "Add a person", Path: "/people/new", Icon: "user-plus"}, Rule: people.Administers},
	{Command: ui.Command{Path: "/deals", Keys: "g d"}, Rule: people.SeesDeals},
	{Command: ui.Command{Path: "/board", Keys: "g b"}, Rule: people.SeesDeals},
	{Command: ui.Command{Path: "/accounts", Keys: "g a"}, Rule: people.SeesDeals},
	{Command: ui.Command{Path: "/contacts", Keys: "g c"}, Rule: people.SeesDeals},
	{Command: ui.Command{Path: "/monday", Keys: "g m"}, Rule: people.SignedIn},
	{Command: ui.Command{Path: "/day", Keys: "g y"}, Rule: people.SignedIn},
	{Command: ui.Command{Path: "/forecasts", Keys: "g f"}, Rule: people.SeesTotals},
	{Command: ui.Command{Path: "/targets", Keys: "g t"}, Rule: people.SeesTotals},
	{Command: ui.Command{Path: "/people", Keys: "g p"}, Rule: people.SignedIn},
}

// way is a page that has a name of someone's, which no navigation lists: a view that
// was saved, somebody's forecast.
type way struct{ Label, Detail, Icon, Path string }

// waysOf says under what the ways of a sort stand.
type waysOf struct {
	Head string
	List []way
}

// fewWays is how many of each sort are suggested.
const fewWays = 5

// ways finds the saved views and the forecasts that what is typed names; named are the
// people whom it names.
func (p *pages) ways(ctx context.Context, v *people.Viewer, q Query, named []Found) ([]waysOf, error) {
	kept, err := p.savedViews(ctx, v, q)
	if err != nil {
		return nil, err
	}
	expected, err := p.forecasts(ctx, v, q, named)
	var all []waysOf
	for _, sort := range []waysOf{{"Saved views", kept}, {"Forecasts", expected}} {
		if len(sort.List) > 0 {
			sort.List = sort.List[:min(fewWays, len(sort.List))]
			all = append(all, sort)
		}
	}
	return all, err
}

// savedViews are found by their names, and all of them by "saved view".
func (p *pages) savedViews(ctx context.Context, v *people.Viewer, q Query) ([]way, error) {
	if v.SeesNoDeals() {
		return nil, nil
	}
	list, err := views.Named(ctx, p.DB.For(v.Org), v, p.Clock(), func(name string) bool { return q.isIn("saved view " + name) })
	found := make([]way, len(list))
	for i, x := range list {
		found[i] = way{Label: x.Name, Detail: strings.ToUpper(x.List[:1]) + x.List[1:], Icon: "bookmark", Path: x.Path()}
		if x.Owner != v.ID {
			found[i].Detail += ", shared by " + x.OwnerName
		}
	}
	return found, err
}

// forecasts are those of the people whom one finds, by their names or those of their
// teams, with or without the word "forecast" before.
func (p *pages) forecasts(ctx context.Context, v *people.Viewer, q Query, list []Found) ([]way, error) {
	if people.Decide(ctx, people.SeesTotals) != nil {
		return nil, nil
	}
	d, s := p.DB.For(v.Org), sightOf(v)
	if first, rest, more := strings.Cut(q.Text, " "); more && Read(first).isIn("forecast") {
		named, _, err := find(ctx, d, s, Person, Read(rest), start, few[Person], window)
		if err != nil {
			return nil, err
		}
		list = append(named, list...)
	}
	list = slices.DeleteFunc(slices.Clone(list), func(f Found) bool {
		id := people.ID(f.ID)
		return id != v.ID && !v.SeesTotalsOfAll() && !v.IsAbove(id)
	})
	list, err := dress(ctx, d, s, list[:min(fewWays, len(list))])
	var found []way
	for _, f := range list {
		found = append(found, way{Label: "Forecast of " + f.name(), Detail: f.Detail, Icon: "chart-line", Path: "/forecasts?person=" + f.ID})
	}
	return found, err
}
