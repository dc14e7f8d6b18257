package people

import (
	"context"

	"milepost/internal/web"
	"milepost/problem"
)

// The rules by which routes are open. Every route names one; Decide is the only
// place that says what a rule means. Which deals a person sees on a page that is
// open to them is Viewer.Visible and Viewer.Sees.
const (
	Anyone      web.Rule = "anyone"       // no sign-in: sign-in itself, set-up, assets
	SignedIn    web.Rule = "signed in"    // everyone in the organization
	SeesDeals   web.Rule = "sees deals"   // reps, managers, operations: each their part
	SeesTotals  web.Rule = "sees totals"  // those, and observers
	Manages     web.Rule = "manages"      // who leads others and sees their deals, and operations
	ImportsData web.Rule = "imports data" // operations and administrators
	Catalogues  web.Rule = "catalogues"   // operations and administrators, who keep what is sold
	SetsRates   web.Rule = "sets rates"   // operations and administrators, who keep what currencies are worth
	Administers web.Rule = "administers"  // administrators

	ReadsAssumptions web.Rule = "reads assumptions" // who leads others, operations, observers: figures of all deals together, that name none
	SetsAssumptions  web.Rule = "sets assumptions"  // operations
)

// Decide tells whether whoever is asking may use a route.
func Decide(ctx context.Context, rule web.Rule) error {
	v := ViewerFrom(ctx)
	if rule == Anyone {
		return nil
	}
	if v == nil {
		return web.ErrSignInFirst
	}
	allowed := false
	switch rule {
	case SignedIn:
		allowed = true
	case SeesDeals:
		allowed = !v.SeesNoDeals()
	case SeesTotals:
		allowed = !v.SeesNoDeals() || v.SeesTotalsOfAll()
	case Manages:
		allowed = v.SeesEveryDeal() || !v.SeesNoDeals() && v.Manages()
	case ImportsData, Catalogues, SetsRates:
		allowed = v.Has(Operations, Administrator)
	case ReadsAssumptions:
		allowed = v.SeesTotalsOfAll() || !v.SeesNoDeals() && v.Manages()
	case SetsAssumptions:
		allowed = v.Has(Operations)
	case Administers:
		allowed = v.Has(Administrator)
	}
	if !allowed {
		return problem.Forbidden("This page is not open to your role. Whoever administers Milepost in your organization can change that.")
	}
	return nil
}
