package activities

import (
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/internal/web"
	"milepost/people"
	"milepost/problem"
)

func (x *visit) setNext() error {
	deal := deals.ID(x.r.PathValue("id"))
	state := panelState{Of: "step", Text: x.r.PostFormValue("step"), Due: x.r.PostFormValue("due"), Owner: x.r.PostFormValue("owner")}
	due, bad := readDay("due", state.Due)
	if bad == nil {
		bad = x.record(func(w *ledger.Writer) error {
			_, err := SetNext(x.ctx, w, x.v, deal, Intention{Text: state.Text, Due: due, Owner: people.ID(state.Owner)}, x.now.Today())
			return err
		})
	} else if _, err := deals.FindFor(x.ctx, x.d, x.v, deal); err != nil {
		return err
	}
	if bad != nil {
		state.Problem, state.Next = bad, true
		return x.showPanel(deal, state)
	}
	return x.showPanel(deal, panelState{Said: "The next step is set."})
}

// finishNext ends a step and asks for the one after it.
func (x *visit) finishNext() error {
	dropped := x.r.PostFormValue("dropped") != ""
	var step Step
	err := x.record(func(w *ledger.Writer) (err error) {
		step, err = FinishNext(x.ctx, w, x.v, x.id(), dropped, x.r.PostFormValue("result"))
		return err
	})
	state := panelState{Of: "done", Text: x.r.PostFormValue("result"), Problem: err, Next: true}
	switch {
	case err != nil && (step.Deal == "" || !web.InForm(err)):
		return err
	case problem.Is(err, problem.KindConflict):
	case err == nil && dropped:
		state = panelState{Said: "Dropped. What is next instead?", Next: true}
	case err == nil:
		state = panelState{Said: "Done. What is next?", Next: true}
	}
	return x.showPanel(step.Deal, state)
}

// tomorrow is the day that a form for the next step offers: the next working day.
func tomorrow(today calendar.Date) calendar.Date {
	day := today.AddDays(1)
	for day.Time().Weekday() == 0 || day.Time().Weekday() == 6 {
		day = day.AddDays(1)
	}
	return day
}
