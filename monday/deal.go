package monday

import (
	"milepost/calendar"
	"milepost/deals"
	"milepost/money"
	"milepost/people"
)

// deal is an open deal as these pages weigh it.
type deal struct {
	ID           deals.ID         `db:"id"`
	Title        string           `db:"title"`
	Account      string           `db:"account"`
	Owner        people.ID        `db:"owner_id"`
	Minor        *int64           `db:"amount_minor"` // nil while no amount is known
	Currency     money.Currency   `db:"currency"`
	CloseDate    calendar.Date    `db:"close_date"`
	Stage        string           `db:"stage"`
	StageSince   calendar.Instant `db:"stage_since"`
	Segment      string           `db:"segment"`
	Source       string           `db:"source"`
	CreatedAt    calendar.Instant `db:"created_at"`
	LastActivity calendar.Instant `db:"last_activity_at"`
	Slips        int64            `db:"slips"`
	Outcome      deals.Outcome    `db:"outcome"`
	Next         *step
	Plan         *planned    // the evaluation plan in force; nil where there is none
	Fell         []rejection // claims that were rejected, and nobody answered
}

// step is the open next step of a deal.
type step struct {
	Deal  deals.ID      `db:"deal_id"`
	Text  string        `db:"text"`
	Due   calendar.Date `db:"due"`
	Owner people.ID     `db:"owner_id"`
}

// amount is the deal's amount; false where none is known.
func (d *deal) amount() (money.Amount, bool) {
	if d.Minor == nil {
		return money.Amount{}, false
	}
	return money.Amount{Minor: *d.Minor, Currency: d.Currency}, true
}

// name is what the deal is called, also when an imported log gave it no title.
func (d *deal) name() string { return titled(d.Title) }

func titled(title string) string {
	if title == "" {
		return "Untitled deal"
	}
	return title
}

// lastContact is when somebody last spoke with the prospect, or else when the deal
// began.
func (d *deal) lastContact() calendar.Instant { return max(d.LastActivity, d.CreatedAt) }
