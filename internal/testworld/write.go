package testworld

import (
	"cmp"
	"context"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
)

// happening is one thing that someone recorded: a fact about a deal, or a deed done
// through another room's own functions.
type happening struct {
	recorded, effective calendar.Instant
	actor               people.ID
	via                 ledger.Via
	plan                *plan
	kind                ledger.Kind
	fact                deals.Fact
	paper               *paper // when it is more than a fact
	deed                func(context.Context, *ledger.Writer) error
	row                 *plan // of a deed: the deal that must have its row before it
	about               []any // of a deed: what it reads from the ledger, where its like are seen only after the transaction
}

// paper is a note, a step or a plan: an entry with an id and a subject of its own.
type paper struct {
	id, subject string
	says        any
}

func before(a, b happening) int { return cmp.Compare(a.recorded, b.recorded) }

// add keeps what was recorded before today's last instant.
func (w *world) add(h happening) {
	if h.recorded < w.options.Now {
		w.happenings = append(w.happenings, h)
	}
}

// happens adds a deed.
func (w *world) happens(at calendar.Instant, actor people.ID, deed func(context.Context, *ledger.Writer) error) {
	w.add(happening{recorded: at, effective: at, actor: actor, via: ledger.ViaWeb, deed: deed})
}

// write adds the entry of a fact about a deal. The first to name an account makes it.
func (h *happening) write(ctx context.Context, l *ledger.Writer, ids, accounts chance) (ledger.Entry, error) {
	if h.kind == deals.AccountSet {
		if h.plan.account.id == "" {
			h.plan.account.id = deals.AccountID(accounts.id(h.recorded))
			made := deals.Account{ID: h.plan.account.id, Name: h.plan.account.name, CreatedAt: h.effective}
			if _, _, err := deals.EnsureAll(ctx, l, []deals.Account{made}); err != nil {
				return ledger.Entry{}, err
			}
		}
		h.fact.Account = h.plan.account.id
	}
	deal := string(h.plan.id)
	e := ledger.Entry{RecordedAt: h.recorded, EffectiveAt: h.effective, Kind: h.kind, Subject: deal, Opportunity: deal}
	if h.paper != nil {
		e.ID, e.Subject = h.paper.id, h.paper.subject
		return l.AddAs(e, h.paper.says)
	}
	e.ID = ids.id(h.recorded)
	return l.AddAs(e, h.fact)
}
