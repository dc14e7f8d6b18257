package audits

import (
	"milepost/money"
	"milepost/process/evidence"
)

// item is an audit in a list: where it is, and what there is to say to that.
type item struct {
	Listed
	Standing Standing
	Because  string
}

func itemOf(l Listed) item {
	standing, because := l.Stands(l.milestone())
	return item{l, standing, because}
}

// milestone is what the row says of the milestone as it is now.
func (l *Listed) milestone() *evidence.Milestone {
	return &evidence.Milestone{ID: l.Milestone, State: l.State, ClaimedAt: l.Claimed, Contact: l.Contact, RejectedAt: l.RejectedAt,
		Reason: l.Reason, Reply: l.Reply, Version: l.Seen}
}

// amount is what the deal is worth; nil while nobody knows.
func (l *Listed) amount() *money.Amount { return amountOf(l.Minor, l.Currency) }
