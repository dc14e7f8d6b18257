package deals

import (
	"context"
	"encoding/base64"
	"slices"
	"strings"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/money"
	"milepost/people"
)

// Listed is one line of a list of deals.
type Listed struct {
	ID             ID               `db:"id"`
	Title          string           `db:"title"`
	AccountName    string           `db:"account_name"`
	Owner          people.ID        `db:"owner_id"`
	OwnerName      string           `db:"owner_name"`
	AmountMinor    *int64           `db:"amount_minor"`
	Currency       money.Currency   `db:"currency"`
	CloseDate      calendar.Date    `db:"close_date"`
	Stage          string           `db:"stage"`
	StageSince     calendar.Instant `db:"stage_since"`
	CreatedAt      calendar.Instant `db:"created_at"`
	Outcome        Outcome          `db:"outcome"`
	ClosedAt       calendar.Instant `db:"closed_at"`
	Competitor     string           `db:"competitor"`
	Slips          int64            `db:"slips"`
	Source         string           `db:"source"`
	Segment        string           `db:"segment"`
	Product        string           `db:"product"`
	Category       Category         `db:"call_category"`
	LastActivityAt calendar.Instant `db:"last_activity_at"`
	NextStep       string           `db:"next_step"`
	NextDue        calendar.Date    `db:"next_due"`
	Key            *string          `db:"sort_key"` // what the list is sorted by; nil where it is not known
}

// Amount is what the deal is worth, nil when nobody knows.
func (l *Listed) Amount() *money.Amount {
	if l.AmountMinor == nil {
		return nil
	}
	return &money.Amount{Minor: *l.AmountMinor, Currency: l.Currency}
}

// Page is a stretch of a list, and how to go on from it.
type Page struct {
	Deals         []Listed
	Before, After string // cursors; empty where the list ends
}

// pageSize is how many deals a page of the list holds.
const pageSize = 50

// query is a filter made ready to be asked: what it narrows to, and for whom.
type query struct {
	db.Org
	owners    []people.ID
	everyone  bool // no limit by owner
	ownerless bool
	filter    Filter
	from      calendar.Date // of the period, if bounded is set; an empty end is no bound
	until     calendar.Date
	bounded   bool
	quarter   calendar.Period // in which today falls
	now       Now
	order     order
	complete  bool // every deal has a value to be sorted by
}

// ask resolves a filter for a viewer.
func ask(ctx context.Context, d *db.DB, v *people.Viewer, f Filter, now Now) (query, error) {
	q := query{Org: v.Org, filter: f, now: now, order: orderNamed(f), ownerless: f.Owner == "none" && v.SeesEveryDeal()}
	var err error
	q.owners, q.everyone, err = f.owners(v, func() (people.Chart, error) {
		return people.ChartAsOf(ctx, d, v.Org, now.At)
	})
	q.quarter = v.Organization.Fiscal().Quarter(now.Today())
	q.from, q.until, q.bounded = f.span(v.Organization.Fiscal(), now.Today())
	return q, err
}

// order is how a list is sorted. Equal values are told apart by the deal's id, and
// what has no value comes last in both directions.
type order struct {
	name       string
	column     string
	nullable   bool
	number     bool
	flipped    bool // the name counts the other way than the column
	descending bool // as asked for
}

var orders = []order{
	{name: "close", column: "o.close_date", nullable: true},
	{name: "amount", column: "o.amount_minor", nullable: true, number: true}, // minor units, whatever the currency
	{name: "stage-age", column: "o.stage_since", nullable: true, number: true, flipped: true},
	{name: "created", column: "o.created_at", number: true},
	{name: "closed", column: "o.closed_at", nullable: true, number: true},
	{name: "activity", column: "o.last_activity_at", nullable: true, number: true},
	{name: "step", column: "o.next_due", nullable: true},
	{name: "title", column: "o.title_key"},
	{name: "owner", column: "p.name_key", nullable: true},
}

// orderNamed is the order that a filter asks for, or the one in which its outcome
// is best read: what closes next, what ended last, what is newest.
func orderNamed(f Filter) order {
	name, descending := strings.CutPrefix(f.Sort, "-")
	i := slices.IndexFunc(orders, func(o order) bool { return o.name == name })
	if i < 0 {
		name, descending = "close", false
		if f.Outcome != "" {
			name, descending = "closed", true
		}
		if f.Outcome == Everything {
			name = "created"
		}
		i = slices.IndexFunc(orders, func(o order) bool { return o.name == name })
	}
	chosen := orders[i]
	chosen.descending = descending
	return chosen
}

// down tells whether the column is read from its greatest value on.
func (o order) down() bool { return o.descending != o.flipped }

// cursor is a place in a list: just beyond a deal, by what the list is sorted by.
type cursor struct {
	id    string
	value string
	null  bool // the deal has no value: it is among the last
}

func (l *Listed) cursor() string {
	if l.Key == nil {
		return string(l.ID) + ".n"
	}
	return string(l.ID) + ".v" + base64.RawURLEncoding.EncodeToString([]byte(*l.Key))
}

// readCursor reads a place from an address; what is no place is the beginning.
func readCursor(text string) (cursor, bool) {
	id, rest, ok := strings.Cut(text, ".")
	if !ok || len(id) != 36 || rest == "" {
		return cursor{}, false
	}
	if rest == "n" {
		return cursor{id: id, null: true}, true
	}
	value, err := base64.RawURLEncoding.DecodeString(rest[1:])
	if err != nil || rest[0] != 'v' {
		return cursor{}, false
	}
	return cursor{id: id, value: string(value)}, true
}

// pageOf reads a page: the one after a cursor, the one before one, or the first.
func pageOf(ctx context.Context, d *db.DB, q query, after, before string) (Page, error) {
	back, isBack := readCursor(before)
	on, isOn := readCursor(after)
	from, reversed := on, false
	if isBack {
		from, reversed = back, true
	}
	list, err := stretch(ctx, d, q, from, reversed)
	if err != nil {
		return Page{}, err
	}
	more := len(list) > pageSize
	list = list[:min(len(list), pageSize)]
	if reversed {
		slices.Reverse(list)
	}
	page := Page{Deals: list}
	if len(list) > 0 && (reversed && more || !reversed && isOn) {
		page.Before = list[0].cursor()
	}
	if len(list) > 0 && (reversed || more) {
		page.After = list[len(list)-1].cursor()
	}
	return page, nil
}

// stretch reads one deal more than a page holds: first those with a value, then
// those without one, or the other way round when the list is read backwards.
func stretch(ctx context.Context, d *db.DB, q query, from cursor, reversed bool) ([]Listed, error) {
	phases := []bool{false}
	if q.order.nullable && !q.complete {
		phases = []bool{false, true}
	}
	if reversed {
		slices.Reverse(phases)
	}
	var list []Listed
	for _, null := range phases {
		if from.id != "" && from.null != null {
			if null == reversed {
				continue // the cursor is beyond this part
			}
			from = cursor{}
		}
		part, err := listPart(ctx, d, q, from, null, reversed, pageSize+1-len(list))
		if err != nil {
			return nil, err
		}
		if list = append(list, part...); len(list) > pageSize {
			break
		}
		from = cursor{}
	}
	return list, nil
}
