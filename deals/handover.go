package deals

import (
	"context"

	"milepost/internal/db"
	"milepost/people"
	"milepost/problem"
)

// Reach is to whom someone may hand deals over. Operations reach everyone; everyone
// else reaches those down the line, themselves, and the person they report to: a
// deal goes down or up the line, and never sideways without whoever answers for
// both ends.
type Reach struct {
	everyone bool
	people   map[people.ID]bool
}

// ReachOf is the reach of a viewer, from the reporting line as it is.
func ReachOf(v *people.Viewer, chart people.Chart) Reach {
	r := Reach{everyone: v.SeesEveryDeal(), people: map[people.ID]bool{v.ID: true}}
	if manager := chart.Manager(v.ID); manager != "" {
		r.people[manager] = true
	}
	owners, _ := v.Visible()
	for _, id := range owners {
		r.people[id] = true
	}
	return r
}

// Includes tells whether a person is within reach.
func (r Reach) Includes(person people.ID) bool { return r.everyone || r.people[person] }

// HandOver makes someone else the owner.
func HandOver(o *Opportunity, to people.Person, reach Reach) ([]Change, error) {
	if err := mustBeOpen(o, "owner", "its owner"); err != nil {
		return nil, err
	}
	if o.Owner == to.ID {
		return nil, nil
	}
	return ownedBy(to, reach)
}

// heir reads who shall own a deal, and refuses who cannot: what nobody could work on
// would be lost from sight.
func heir(ctx context.Context, d *db.DB, org db.Org, id people.ID, field string) (people.Person, error) {
	p, err := people.PersonOf(ctx, d, org, id)
	if problem.Is(err, problem.KindNotFound) {
		return p, problem.Invalid(field, "Choose someone from the list.")
	}
	if err != nil {
		return p, err
	}
	if !p.Active() {
		return p, problem.Invalid(field, "%s has left. Choose someone who is here.", p.Name)
	}
	can, err := canOwn(ctx, d, org, id)
	if err == nil && !can {
		err = problem.Invalid(field, "%s has no role in which to work on deals.", p.Name)
	}
	return p, err
}

func ownedBy(to people.Person, reach Reach) ([]Change, error) {
	switch {
	case !reach.Includes(to.ID):
		return nil, problem.Invalid("owner", "You can hand a deal to the people in your line and to your own manager. For anyone else, ask your manager or operations.")
	case !to.Active():
		return nil, problem.Invalid("owner", "%s has left. Choose someone who is here.", to.Name)
	}
	return []Change{{Kind: OwnerSet, Fact: Fact{Person: to.ID}}}, nil
}
