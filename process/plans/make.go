package plans

import (
	"context"
	"fmt"

	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

// Make makes a plan for a deal from its process, and puts it in force instead of the one
// that the person saw there, if any: that one stays readable, and its links end.
func Make(ctx context.Context, w *ledger.Writer, v *people.Viewer, deal deals.ID, instead ID) (Plan, error) {
	p, err := takeUp(ctx, w, v, deal)
	if err != nil {
		return Plan{}, err
	}
	if !p.Deal.IsOpen() {
		return Plan{}, problem.Invalid("", "This deal has ended (%s). Reopen it to plan what comes next.", p.Deal.Outcome.Label())
	}
	if before := p.InForce(); before == nil && instead != "" || before != nil && before.ID != instead {
		return Plan{}, problem.Conflict("", "Somebody made a plan for this deal while you were at it. Look at theirs first; yours was not made.")
	}
	if before := p.InForce(); before != nil {
		for _, l := range before.Links {
			if err := p.end(ctx, l.ID); err != nil {
				return Plan{}, err
			}
		}
	}
	content, err := p.suggest(ctx)
	if err != nil {
		return Plan{}, err
	}
	if _, err := p.tell(Made, "", Fact{Fact: deals.Fact{Value: content.Title}, Content: &content}); err != nil {
		return Plan{}, err
	}
	if err := p.putDown(ctx); err != nil {
		return Plan{}, err
	}
	return *p.InForce(), nil
}

// suggest is what a new plan of the deal says.
func (p *Pen) suggest(ctx context.Context) (Content, error) {
	name, err := accountName(ctx, p.w.DB, p.Deal.Account)
	if err != nil {
		return Content{}, err
	}
	c := Content{Title: "Evaluation plan"}
	if name != "" {
		c.Title = fmt.Sprintf("Evaluation plan for %.150s", name)
	}
	parts, err := partsOf(ctx, p.w.DB, &p.Deal)
	if err != nil {
		return c, err
	}
	c.Decision.By = decider(parts)
	if p.Version != nil {
		c.Steps = draw(p.Version, p.Stands, p.Deal.Owner, func() string { return p.w.DB.NewID(p.w.By.At) }, p.Today)
	}
	for _, s := range c.Steps {
		c.Decision.On = max(c.Decision.On, s.Due)
	}
	return c, nil
}
