package testworld

import (
	"cmp"
	"context"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
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
	deed                func(context.Context, *ledger.Writer) error
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

// chunk is how many happenings are written in one transaction.
const chunk = 8000

// write writes what happened, in order. A deal's row is written with the last thing
// that happened to it, so that each is written once.
func (w *world) write(ctx context.Context, d *db.DB) error {
	ids := newChance(w.options.Seed, 4)
	left := map[*plan]int{}
	for i := range w.happenings {
		left[w.happenings[i].plan]++
	}
	told := map[deals.ID][]ledger.Entry{}
	for rest := w.happenings; len(rest) > 0; {
		part := rest[:min(chunk, len(rest))]
		rest = rest[len(part):]
		err := ledger.Record(ctx, d, ledger.By{}, func(l *ledger.Writer) error {
			return writePart(ctx, l, ids, part, left, told)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func writePart(ctx context.Context, l *ledger.Writer, ids chance, part []happening, left map[*plan]int, told map[deals.ID][]ledger.Entry) error {
	var ended []deals.ID
	fresh := map[deals.ID]bool{}
	for i := range part {
		h := &part[i]
		l.By = ledger.By{Actor: string(h.actor), Via: h.via, At: h.recorded}
		if h.deed != nil {
			if err := h.deed(ctx, l); err != nil {
				return err
			}
			continue
		}
		id := h.plan.id
		e, err := h.write(ctx, l, ids)
		if err != nil {
			return err
		}
		told[id] = append(told[id], e)
		if left[h.plan]--; left[h.plan] == 0 {
			ended, fresh[id] = append(ended, id), true
		}
	}
	if err := deals.Rewrite(ctx, l.DB, told, ended, fresh); err != nil {
		return err
	}
	for _, id := range ended {
		delete(told, id)
	}
	return nil
}

// write adds the entry of a fact about a deal. The first to name an account makes it.
func (h *happening) write(ctx context.Context, l *ledger.Writer, ids chance) (ledger.Entry, error) {
	if h.kind == deals.AccountSet {
		if h.plan.account.id == "" {
			h.plan.account.id = deals.AccountID(ids.id(h.recorded))
			made := deals.Account{ID: h.plan.account.id, Name: h.plan.account.name, CreatedAt: h.effective}
			if _, _, err := deals.EnsureAll(ctx, l, []deals.Account{made}); err != nil {
				return ledger.Entry{}, err
			}
		}
		h.fact.Account = h.plan.account.id
	}
	deal := string(h.plan.id)
	return l.AddAs(ledger.Entry{ID: ids.id(h.recorded), RecordedAt: h.recorded, EffectiveAt: h.effective, Kind: h.kind, Subject: deal, Opportunity: deal}, h.fact)
}
