package forecasts

import (
	"context"
	"net/http"

	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/internal/web"
	"milepost/people"
	"milepost/problem"
)

// idlePath is the page of idle deals.
const idlePath = "/forecasts/idle"

const (
	mostIdle     = 200      // are shown, and ended at once
	mostIdleForm = 64 << 10 // bytes
)

// idle is the page of deals that nothing was heard of for longer than of almost any that
// was won: what was never ended as no action stays in every forecast.
func (p *pages) idle(w http.ResponseWriter, r *http.Request) error {
	s, err := p.sweep(r)
	if err != nil {
		return err
	}
	return web.Page(w, r, s.frame(), idlePage(s))
}

// endIdle ends the ticked ones as no action, all or none; one that ended, or of which
// something was heard meanwhile, is left as it is.
func (p *pages) endIdle(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(w, r, mostIdleForm); err != nil {
		return err
	}
	s, err := p.sweep(r)
	if err != nil {
		return err
	}
	s.reason = r.PostForm.Get("reason")
	ended, left, err := p.endTicked(r.Context(), s, r.PostForm["deal"])
	if web.InForm(err) {
		s.err = err
		return web.PageWithStatus(w, r, web.FormStatus(err), s.frame(), idlePage(s))
	}
	if err != nil {
		return err
	}
	words := count(ended, "deal was ended as no action.", "deals were ended as no action.")
	if left > 0 {
		words += " " + count(left, "was", "were") + " left: something was heard of it meanwhile."
	}
	return web.Redirect(w, r, idlePath, words)
}

func (p *pages) endTicked(ctx context.Context, s *sweep, ticked []string) (ended, left int, err error) {
	if len(ticked) == 0 {
		return 0, 0, problem.Invalid("deal", "Tick the deals that are dead first.")
	}
	idle := map[string]bool{}
	for i := range s.list {
		idle[s.list[i].ID] = true
	}
	now := deals.Now{At: p.program.Clock(), Place: s.viewer.Organization.Place()}
	err = ledger.Record(ctx, p.program.DB.For(s.viewer.Org), people.ByViewer(s.viewer, now.At), func(w *ledger.Writer) error {
		ended, left = 0, 0
		for _, id := range ticked {
			if !idle[id] {
				left++
				continue
			}
			_, err := deals.Edit(ctx, w, s.viewer, deals.ID(id), 0, func(o *deals.Opportunity) ([]deals.Change, error) {
				return deals.Close(o, deals.Closing{Outcome: deals.NoAction, Reason: s.reason}, now)
			})
			if err != nil {
				return err
			}
			ended++
		}
		return nil
	})
	return ended, left, err
}
