package forecasts

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"milepost/calls"
	"milepost/internal/db"
	"milepost/money"
	"milepost/people"
)

// voiced is what somebody called for the period, all currencies in that of the outlook, at the
// rates of the as-of; and as it was given, where it was not given in that.
type voiced struct {
	calls.Correction
	given []money.Amount
}

// hear adds a call in a currency. Calls in several go wrong together: their scatter is the
// mean of both, by what they come to; and as much is known of them as of the lesser known.
func (h *voiced) hear(c *calls.Correction, x *exchange) {
	quote := x.named(c.Currency)
	if len(h.given) > 0 || c.Currency != x.to {
		if len(h.given) == 0 && h.Currency != "" {
			h.given = append(h.given, h.CommitAmount())
		}
		h.given = append(h.given, c.CommitAmount())
	}
	if quote == nil { // it is shown, and not added up
		return
	}
	in := *c
	in.Currency = x.to
	in.Commit, _ = quote.Minor(c.Commit)
	in.Best, _ = quote.Minor(c.Best)
	in.Final, _ = quote.Minor(c.Final)
	if h.Currency == "" {
		h.Correction = in
		return
	}
	if both := h.Final + in.Final; both > 0 {
		h.Scatter = (h.Scatter*float64(h.Final) + in.Scatter*float64(in.Final)) / float64(both)
	}
	h.Ratio.Periods = min(h.Ratio.Periods, in.Ratio.Periods)
	h.Commit, h.Best, h.Final = h.Commit+in.Commit, h.Best+in.Best, h.Final+in.Final
}

// givenWords says in what a call was given, where that is not the outlook's currency alone.
func (h *voiced) givenWords() string {
	var list []string
	for _, a := range h.given {
		list = append(list, a.String())
	}
	if len(list) == 0 {
		return ""
	}
	return "given " + strings.Join(list, " and ")
}

// listen reads what people called for the period, takes the bias out of it, and exchanges
// what was called in other currencies.
func (s *sheet) listen(ctx context.Context, d *db.DB) error {
	s.calls = map[people.ID]*voiced{}
	if !s.hasMoney() || s.outlook.By != "" {
		return nil
	}
	o, asOf := s.viewer.Organization, s.outlook.AsOf+1
	list, err := calls.Called(ctx, d, o, s.outlook.Period, asOf)
	if err != nil {
		return fmt.Errorf("reading calls: %w", err)
	}
	for _, currency := range list {
		found, err := calls.Corrected(ctx, d, o, s.outlook.Period, currency, asOf)
		if errors.Is(err, calls.ErrCounting) {
			s.calls = map[people.ID]*voiced{}
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading calls in %s: %w", currency, err)
		}
		s.note(found, currency)
	}
	return nil
}

// note takes in what the people of the sheet called in a currency, as far as the viewer sees
// them.
func (s *sheet) note(found map[calls.Key]calls.Correction, currency money.Currency) {
	one := func(person people.ID) {
		scope := calls.Own
		if len(s.line.Chart.Reports(person)) > 0 {
			scope = calls.Team
		}
		call, has := found[calls.KeyOf(person, scope, s.outlook.Period, currency)]
		if !has || !s.viewer.Sees(person) {
			return
		}
		if s.calls[person] == nil {
			s.calls[person] = &voiced{}
		}
		s.calls[person].hear(&call, s.outlook.exchange)
	}
	for _, l := range s.outlook.Rows {
		if !l.Itself {
			one(l.Person)
		}
	}
	if s.outlook.Person != "" {
		one(s.outlook.Person)
	}
}

// exchangedCalls says how calls in other currencies were counted; empty where there are none.
func (s *sheet) exchangedCalls() string {
	for _, call := range s.calls {
		if len(call.given) > 0 {
			return "What was called in another currency is counted in " + string(s.outlook.Currency) + " at the rate that was known at the instant of the forecast; a call without a rate is shown, and not added up."
		}
	}
	return ""
}
