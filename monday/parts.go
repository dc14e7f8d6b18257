package monday

import "milepost/deals"

// part is one bar of a bridge.
type part string

// The parts, in the order in which they are shown.
const (
	partNew       part = "new"
	partReopened  part = "reopened"
	partHandedIn  part = "handed-in"
	partMovedIn   part = "moved-in"
	partUp        part = "up"
	partDown      part = "down"
	partMovedOut  part = "moved-out"
	partHandedOut part = "handed-out"
	partWon       part = "won"
	partLost      part = "lost"
	partNoAction  part = "no-action"
	// Moves between stages add nothing; they are counted.
	partForward part = "forward"
	partBack    part = "back"
)

var parts = []part{partNew, partReopened, partHandedIn, partMovedIn, partUp, partDown, partMovedOut, partHandedOut,
	partWon, partLost, partNoAction}

// exit says why a deal is no longer in the pipeline.
func (s *scope) exit(now *position) part {
	switch {
	case now.Outcome == deals.Won:
		return partWon
	case now.Outcome == deals.Lost:
		return partLost
	case now.Outcome == deals.NoAction:
		return partNoAction
	case !s.Of(now.Owner):
		return partHandedOut
	}
	return partMovedOut
}

// entry says why a deal is in the pipeline that was not.
func (s *scope) entry(then *position) part {
	switch {
	case !then.Exists:
		return partNew
	case then.Outcome != "":
		return partReopened
	case !s.Of(then.Owner):
		return partHandedIn
	}
	return partMovedIn
}
