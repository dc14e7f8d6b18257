package targets

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
)

// winRow is a stretch of knowledge in which a deal counted as won. As of T an entry
// is known when it was recorded before T and true before T, so all that can change a
// win is the later of those two instants passing; between two such moments the
// answer stands, whatever T is.
type winRow struct {
	Deal       string           `db:"opportunity_id"`
	KnownFrom  calendar.Instant `db:"known_from"`
	KnownUntil calendar.Instant `db:"known_until"`
	WonAt      calendar.Instant `db:"won_at"`
	Owner      people.ID        `db:"owner_id"` // at the moment of winning; empty when the deal never had one
	Currency   string           `db:"currency"` // empty while the deal has no amount
	Minor      int64            `db:"amount_minor"`
}

// winKinds are the kinds of entry on which a win depends.
var winKinds = []ledger.Kind{deals.OwnerSet, deals.AmountSet, deals.Closed, deals.Reopened}

// known is the instant after which an entry counts.
func known(e *ledger.Entry) calendar.Instant { return max(e.RecordedAt, e.EffectiveAt) }

// winsOf replays the entries of one deal at each moment at which something became
// known, and gives the stretches in which it counted as won.
func winsOf(entries []ledger.Entry) ([]winRow, error) {
	entries = slices.DeleteFunc(slices.Clone(entries), func(e ledger.Entry) bool { return !slices.Contains(winKinds, e.Kind) })
	var rows []winRow
	for _, at := range moments(entries) {
		row, won, err := winAt(entries, at)
		if err != nil {
			return nil, err
		}
		if last := len(rows) - 1; last >= 0 && rows[last].KnownUntil == deals.Ever {
			if won && rows[last].sameWin(row) {
				continue
			}
			rows[last].KnownUntil = at
		}
		if won {
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// moments are the instants at which something became known, from the first at which
// the deal had an outcome.
func moments(entries []ledger.Entry) []calendar.Instant {
	first := deals.Ever
	for i := range entries {
		if entries[i].Kind == deals.Closed {
			first = min(first, known(&entries[i]))
		}
	}
	var list []calendar.Instant
	for i := range entries {
		if at := known(&entries[i]); at >= first {
			list = append(list, at)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// winAt is the win as it is known right after an instant.
func winAt(entries []ledger.Entry, at calendar.Instant) (winRow, bool, error) {
	deal, _, err := deals.Fold(entries, at+1)
	if err != nil || deal.Outcome != deals.Won {
		return winRow{}, false, err
	}
	row := winRow{Deal: entries[0].Opportunity, KnownFrom: at, KnownUntil: deals.Ever, WonAt: deal.ClosedAt}
	row.Owner, err = ownerAt(entries, at, deal.ClosedAt)
	if deal.Amount != nil {
		row.Currency, row.Minor = string(deal.Amount.Currency), deal.Amount.Minor
	}
	return row, true, err
}

// ownerAt is who owned a deal at the moment of winning, as known right after an
// instant. A deal that had no owner then counts for the first that it got.
func ownerAt(entries []ledger.Entry, at, won calendar.Instant) (people.ID, error) {
	var owners []*ledger.Entry
	for i := range entries {
		if e := &entries[i]; e.Kind == deals.OwnerSet && known(e) <= at {
			owners = append(owners, e)
		}
	}
	slices.SortFunc(owners, func(a, b *ledger.Entry) int {
		return cmp.Or(cmp.Compare(a.EffectiveAt, b.EffectiveAt), cmp.Compare(a.Sequence, b.Sequence))
	})
	var owner people.ID
	for _, e := range owners {
		if e.EffectiveAt > won && owner != "" {
			break
		}
		var fact deals.Fact
		if err := e.Read(&fact); err != nil {
			return "", err
		}
		owner = fact.Person
	}
	return owner, nil
}

func (r winRow) sameWin(o winRow) bool {
	return r.WonAt == o.WonAt && r.Owner == o.Owner && r.Currency == o.Currency && r.Minor == o.Minor
}

// winsReader is the name of the bookmark by which wins follow the ledger.
const winsReader = "targets.wins"

// atOnce is how many entries are followed in one transaction.
const atOnce = 5000

// CatchUp brings the table of wins to the end of the ledger, in batches between which
// others write. Attainment does so itself when a little that concerns it was recorded
// since; a job does so every minute, so that only an import leaves much to do.
func CatchUp(ctx context.Context, d *db.DB) error {
	for {
		n, err := ledger.Follow(ctx, d, winsReader, atOnce, follow(ctx))
		if err != nil {
			return fmt.Errorf("following the ledger for wins: %w", err)
		}
		if n < atOnce {
			return nil
		}
	}
}

// soonDone is how many entries are followed while a page waits: most of a second. Only
// tests set it, that need not record so many then.
var soonDone int64 = 4 * atOnce

// catchUpSoon takes in what was recorded since, unless that is so much that a page
// should not wait for it; then it tells how many entries there are. It writes nothing
// when nothing of concern was recorded.
func catchUpSoon(ctx context.Context, d *db.DB) (behind int64, err error) {
	taken, err := bookmarked(ctx, d)
	if err != nil {
		return 0, err
	}
	head, err := ledger.Head(ctx, d, d.Org())
	if err != nil || head == taken {
		return 0, err
	}
	if head-taken > soonDone {
		return head - taken, nil
	}
	if any, err := concerned(ctx, d, taken, head); err != nil || !any {
		return 0, err
	}
	return 0, CatchUp(ctx, d)
}

func follow(ctx context.Context) func(*db.DB, []ledger.Entry) error {
	return func(tx *db.DB, entries []ledger.Entry) error {
		touched, err := touchedDeals(ctx, tx, entries)
		if err != nil || len(touched) == 0 {
			return err
		}
		all, err := winEntries(ctx, tx, touched)
		if err != nil {
			return err
		}
		var rows []winRow
		for from := 0; from < len(all); {
			until := from
			for until < len(all) && all[until].Opportunity == all[from].Opportunity {
				until++
			}
			of, err := winsOf(all[from:until])
			if err != nil {
				return err
			}
			rows, from = append(rows, of...), until
		}
		return replaceWins(ctx, tx, touched, rows)
	}
}

// touchedDeals are those whose wins the entries may change: the deals that were
// closed, and those that had been won before.
func touchedDeals(ctx context.Context, tx *db.DB, entries []ledger.Entry) ([]string, error) {
	closed, others := map[string]bool{}, map[string]bool{}
	for i := range entries {
		switch e := &entries[i]; {
		case e.Kind == deals.Closed:
			closed[e.Opportunity] = true
		case slices.Contains(winKinds, e.Kind):
			others[e.Opportunity] = true
		}
	}
	list := make([]string, 0, len(others))
	for id := range others {
		if !closed[id] {
			list = append(list, id)
		}
	}
	known, err := dealsWithWins(ctx, tx, list)
	for id := range closed {
		known = append(known, id)
	}
	slices.Sort(known)
	return known, err
}
