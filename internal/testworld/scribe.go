package testworld

import (
	"context"
	"errors"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
)

// accountStream is where the ids of accounts are drawn.
const accountStream = 61

// chunk is how many happenings are written at once.
const chunk = 8000

// scribe writes what happened into the ledger, page by page.
type scribe struct {
	ids      chance
	accounts chance        // for accounts, apart: what is told of deals may become more, or less
	left     map[*plan]int // how much is still to be told of a deal
	told     map[deals.ID][]ledger.Entry
	keep     bool // what was told of deals that are still open, for errands to read
	plans    map[deals.ID]*plan
}

// write writes what happened, in order. A deal's row is written with the last thing
// that happened to it, so that most are written once.
func (w *world) write(ctx context.Context, d *db.DB) error {
	s := scribe{ids: newChance(w.options.Seed, 4), accounts: newChance(w.options.Seed, accountStream), left: map[*plan]int{},
		told: map[deals.ID][]ledger.Entry{}, keep: w.options.Furnished, plans: map[deals.ID]*plan{}}
	for _, p := range w.deals {
		s.plans[p.id] = p
	}
	for i := range w.happenings {
		s.left[w.happenings[i].plan]++
	}
	for rest := w.happenings; len(rest) > 0 || len(w.agenda) > 0; {
		tried := false
		err := d.InTx(ctx, func(tx *db.DB) (err error) {
			if tried { // what was told is not told twice
				return errors.New("somebody else writes into the company's database")
			}
			tried = true
			rest, err = w.writeSome(ctx, tx, &s, rest)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// together is how many pages and errands are written in one transaction.
const together = 200

// writeSome writes what comes next, and hands back the rest.
func (w *world) writeSome(ctx context.Context, tx *db.DB, s *scribe, rest []happening) ([]happening, error) {
	before := len(rest)
	for range together {
		switch {
		case len(rest) == 0 && len(w.agenda) == 0, before-len(rest) >= chunk:
			return rest, nil
		case len(w.agenda) > 0 && (len(rest) == 0 || w.agenda[0].at < rest[0].recorded):
			if err := w.send(ctx, tx, s); err != nil {
				return nil, err
			}
		default:
			part := rest[:page(w.upToErrand(rest))]
			rest = rest[len(part):]
			err := ledger.Record(ctx, tx, ledger.By{}, func(l *ledger.Writer) error { return s.writePart(ctx, l, part) })
			if err != nil {
				return nil, err
			}
		}
	}
	return rest, nil
}

// page is how many happenings are written at once: up to the second deed about one
// thing, for a deed reads from the ledger what those before it said.
func page(rest []happening) int {
	about := map[any]bool{}
	for i := range rest[:min(chunk, len(rest))] {
		for _, a := range rest[i].about {
			if about[a] {
				return i
			}
			about[a] = true
		}
	}
	return min(chunk, len(rest))
}

func (s *scribe) writePart(ctx context.Context, l *ledger.Writer, part []happening) error {
	var ended []*plan
	for i := range part {
		h := &part[i]
		l.By = ledger.By{Actor: string(h.actor), Via: h.via, At: h.recorded}
		if h.deed != nil {
			if err := s.do(ctx, l, h); err != nil {
				return err
			}
			continue
		}
		e, err := h.write(ctx, l, s.ids, s.accounts)
		if err != nil {
			return err
		}
		s.told[h.plan.id] = append(s.told[h.plan.id], e)
		if s.left[h.plan]--; s.left[h.plan] == 0 {
			ended = append(ended, h.plan)
		}
	}
	if err := s.rows(ctx, l, ended...); err != nil {
		return err
	}
	for _, p := range ended {
		if !s.keep || !p.goesOn() {
			delete(s.told, p.id)
		}
	}
	return nil
}

// do does a deed; the deal that it names has a row from then on.
func (s *scribe) do(ctx context.Context, l *ledger.Writer, h *happening) error {
	if h.row != nil && !h.row.written {
		if err := s.rows(ctx, l, h.row); err != nil {
			return err
		}
	}
	return h.deed(ctx, l)
}

// rows writes the rows of deals by what was told of them.
func (s *scribe) rows(ctx context.Context, l *ledger.Writer, list ...*plan) error {
	ids, fresh := make([]deals.ID, len(list)), map[deals.ID]bool{}
	for i, p := range list {
		ids[i], fresh[p.id] = p.id, !p.written
	}
	if err := deals.Rewrite(ctx, l.DB, s.told, ids, fresh); err != nil {
		return err
	}
	for _, p := range list {
		p.written = true
	}
	return nil
}
