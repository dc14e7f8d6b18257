package people

import (
	"context"
	"slices"

	"milepost/internal/db"
	"milepost/problem"
)

// Viewer is the person who is asking: what every page and every query decides
// access by. It is made once a request, from the roles and the reporting line as
// they are now.
type Viewer struct {
	Org          db.Org
	ID           ID
	Name         string
	Email        string
	Roles        []Role
	Organization Organization
	SignInID     string      // of the device that is signed in
	below        map[ID]bool // everyone down the reporting line, also who left; not the viewer
	belowIDs     []ID
}

// Has tells whether the viewer has one of some roles.
func (v *Viewer) Has(roles ...Role) bool {
	return slices.ContainsFunc(roles, func(r Role) bool { return slices.Contains(v.Roles, r) })
}

// SeesEveryDeal is so for operations, who run the process for everyone.
func (v *Viewer) SeesEveryDeal() bool { return v.Has(Operations) }

// SeesNoDeals is so for those who work with totals or resources only.
func (v *Viewer) SeesNoDeals() bool { return !v.Has(Rep, Manager, Operations) }

// SeesTotalsOfAll is so for those who may read the organization's totals.
func (v *Viewer) SeesTotalsOfAll() bool { return v.Has(Operations, Observer) }

// Manages tells whether anyone reports to the viewer, directly or further down.
func (v *Viewer) Manages() bool { return len(v.belowIDs) > 0 }

// IsAbove tells whether a person reports to the viewer, directly or further down.
func (v *Viewer) IsAbove(person ID) bool { return v.below[person] }

// Sees tells whether the viewer may see the deals that a person owns: their own,
// those down the reporting line, and for operations all. Nobody sees sideways, or
// up. Someone who left counts where they reported last. A deal without an owner is
// seen by operations only.
func (v *Viewer) Sees(owner ID) bool {
	if v.SeesEveryDeal() {
		return true
	}
	return !v.SeesNoDeals() && owner != "" && (owner == v.ID || v.below[owner])
}

// Visible lists the owners whose deals the viewer may see; all is true when there
// is no limit and the list is not used.
func (v *Viewer) Visible() (owners []ID, all bool) {
	switch {
	case v.SeesEveryDeal():
		return nil, true
	case v.SeesNoDeals():
		return nil, false
	}
	return append([]ID{v.ID}, v.belowIDs...), false
}

// MustSee refuses, in words that do not tell whether the deal exists.
func (v *Viewer) MustSee(owner ID) error {
	if v.Sees(owner) {
		return nil
	}
	return problem.NotFound("There is no such deal, or it is not yours to see.")
}

type viewerKey struct{}

// WithViewer puts the signed-in person into the context.
func WithViewer(ctx context.Context, v *Viewer) context.Context {
	return context.WithValue(ctx, viewerKey{}, v)
}

// ViewerFrom is the signed-in person, or nil.
func ViewerFrom(ctx context.Context) *Viewer {
	v, _ := ctx.Value(viewerKey{}).(*Viewer)
	return v
}
