package accounts

import (
	"context"
	"net/http"
	"strings"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/people"
	"milepost/problem"
)

// desk is what a handler works with: who asks, the organization's data, the moment.
type desk struct {
	ctx context.Context
	v   *people.Viewer
	d   *db.DB
	now calendar.Instant
}

func (p pages) desk(r *http.Request) desk {
	v := people.ViewerFrom(r.Context())
	return desk{r.Context(), v, p.DB.For(v.Org), p.Clock()}
}

// record writes what the person does, in one transaction.
func (k desk) record(work func(*ledger.Writer) error) error {
	return ledger.Record(k.ctx, k.d, people.ByViewer(k.v, k.now), work)
}

func (k desk) today() calendar.Date {
	return calendar.DateOf(k.now, k.v.Organization.Place())
}

// names are those of everyone, by id.
func (k desk) names() (map[people.ID]string, error) {
	list, err := peopleNamed(k.ctx, k.d)
	names := make(map[people.ID]string, len(list))
	for _, p := range list {
		names[p.ID] = p.Name
	}
	return names, err
}

// owners are those who may be chosen as an account's owner, in reach of the viewer.
func (k desk) owners(now people.ID) ([]ui.Option, error) {
	within, err := reach(k.ctx, k.d, k.v, k.now)
	if err != nil {
		return nil, err
	}
	list, err := peopleNamed(k.ctx, k.d)
	options := []ui.Option{{Label: "Nobody"}}
	for _, p := range list {
		if p.ID == now || p.Here == 1 && within.Includes(p.ID) {
			options = append(options, ui.Option{Value: string(p.ID), Label: p.Name})
		}
	}
	return options, err
}

// visibleOwners are those whose accounts the viewer can ask the list for.
func (k desk) visibleOwners() ([]ui.Option, error) {
	list, err := peopleNamed(k.ctx, k.d)
	options := []ui.Option{{Label: "Anyone"}, {Value: "me", Label: "Me"}, {Value: "none", Label: "Nobody"}}
	for _, p := range list {
		if p.ID != k.v.ID && k.v.Sees(p.ID) {
			options = append(options, ui.Option{Value: string(p.ID), Label: p.Name})
		}
	}
	return options, err
}

// named finds the account in sight that a typed name means.
func (k desk) named(field, name string) (Account, error) {
	missing := problem.Invalid(field, "There is no account “%s” that you see. Choose one of the names offered, or make the account first.", clip(name))
	if strings.TrimSpace(folded(name)) == "" || len(name) > 1000 {
		return Account{}, missing
	}
	id, err := accountNamed(k.ctx, k.d, name)
	if err == nil {
		var a Account
		if a, err = Find(k.ctx, k.d, k.v, id); err == nil {
			return a, nil
		}
	}
	if problem.Is(err, problem.KindNotFound) {
		err = missing
	}
	return Account{}, err
}
