package calls

import (
	"milepost/people"
	"milepost/problem"
)

// Who gives and sees calls. A call is one's own word: a rep calls their own deals, whoever
// leads others calls the team's and, where they sell too, their own. Nobody calls for
// somebody else, operations neither. A call is seen by whoever gave it, by those above
// them, and by operations; nobody sees sideways, or up.

var errNotYours = problem.NotFound("There is no such call, or it is not yours to see.")

// MayGive tells whether a viewer gives calls of a scope.
func MayGive(v *people.Viewer, scope Scope) bool {
	if !v.Has(people.Rep, people.Manager) {
		return false
	}
	return scope == Own || scope == Team && v.Manages()
}

// mustGive refuses in words that say whose call it is.
func mustGive(v *people.Viewer, scope Scope) error {
	switch {
	case MayGive(v, scope):
		return nil
	case scope == Team && v.Has(people.Rep, people.Manager):
		return problem.Forbidden("Nobody reports to you, so there is no team to call for. Call your own deals.")
	}
	return problem.Forbidden("Calls are given by those who sell and those who lead them, each for themselves.")
}

// expectedToCall tells whether a call is awaited of someone in the line.
func expectedToCall(m people.Member) bool {
	for _, role := range m.Roles {
		if role == people.Rep || role == people.Manager {
			return m.Active()
		}
	}
	return false
}
