package audits

import (
	"milepost/process/evidence"
)

// Standing is where an audit is.
type Standing string

// The standings. An audit that nobody judged closes by itself when there is nothing left
// to judge; that follows from the milestone as it is, so it is true at once.
const (
	Waiting  Standing = "to do"
	Answered Standing = "answered" // rejected, and the rep says something to it
	Failed   Standing = "rejected"
	Cleared  Standing = "passed"
	Closed   Standing = "closed by itself"
)

// Waits tells whether the auditor has something to do.
func (s Standing) Waits() bool { return s == Waiting || s == Answered }

// Stands is where an audit is, given its milestone as it is now, and a sentence where
// that needs one.
func (a *Audit) Stands(m *evidence.Milestone) (Standing, string) {
	switch {
	case a.Result == DidPass && a.Turned == 1:
		return Cleared, "It was rejected first, and passed after the answer."
	case a.Result == DidPass:
		return Cleared, ""
	case a.Result == DidReject && m.State == evidence.Rejected && m.RejectedAt == a.JudgedAt && m.Reply != "":
		return Answered, ""
	case a.Result == DidReject:
		return Failed, ""
	case m.State == evidence.Claimed && m.ClaimedAt == a.ClaimedAt:
		return Waiting, ""
	}
	return Closed, closedBecause(m)
}

// closedBecause says why there is nothing left to judge.
func closedBecause(m *evidence.Milestone) string {
	switch {
	case m.State == evidence.Confirmed && m.Contact != "":
		return "The buyer confirmed it meanwhile."
	case m.State == evidence.Confirmed:
		return "It was confirmed meanwhile."
	case m.State == evidence.Rejected:
		return "It was rejected meanwhile, outside this audit."
	case m.State == evidence.Claimed:
		return "The claim fell, and was made anew since."
	case m.Version == 0:
		return "The sales process changed, and the milestone is not part of it any more."
	case m.Reason != "":
		return "The claim was taken back: " + m.Reason
	}
	return "The claim was taken back."
}
