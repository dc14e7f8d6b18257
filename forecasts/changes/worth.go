package changes

import (
	"math"

	"milepost/forecasts"
	"milepost/forecasts/history"
)

// at are the rates by which amounts of an end are counted: each end at its own, as the page
// of the forecast said it. What the difference of the rates makes is a bar of its own.
func (q *Question) at(s *Side) *forecasts.Outlook {
	if s == &q.Then && q.Before != nil {
		return q.Before
	}
	return q.Outlook
}

// worth is what an amount is worth at the rates of the second end.
func (q *Question) worth(chance float64, currency history.Label, amount int64) Worth {
	return q.worthAt(q.Outlook, chance, currency, amount)
}

// worthAt is rounded once, here: everything else adds and subtracts.
func (q *Question) worthAt(rates *forecasts.Outlook, chance float64, currency history.Label, amount int64) Worth {
	w := Worth{Wins: int64(math.Round(chance * oneWin))}
	w.Minor = int64(math.Round(chance * float64(q.value(rates, currency, amount))))
	return w
}

// value is what an amount of an open deal counts as.
func (q *Question) value(rates *forecasts.Outlook, currency history.Label, amount int64) int64 {
	switch {
	case rates != nil:
		value, _ := rates.Worth(currency, amount)
		return value
	case q.counts(currency):
		return amount
	}
	return 0
}

// booked is what a won deal counts as: what it came to on the day on which it was won, by
// the rates that were known at an end.
func (q *Question) booked(rates *forecasts.Outlook, win *history.Win) Worth {
	w := q.worthAt(rates, 1, win.Currency, win.Amount)
	if rates != nil {
		w.Minor, _ = rates.Booked(win)
	}
	return w
}

// counts tells whether an amount is in the currency, where nothing is exchanged.
func (q *Question) counts(currency history.Label) bool {
	return currency != 0 && q.Now.Past.Name(currency) == string(q.Currency)
}

// whole is what the amount of a deal then counted as, if it was open or booked.
func (q *Question) whole(d *Deal) int64 {
	rates, then := q.at(&q.Then), &d.Then
	if rates != nil && then.At != 0 {
		value, _ := rates.Booked(&history.Win{Deal: d.Number, Currency: then.Currency, Amount: then.Amount, At: then.At})
		return value
	}
	return q.value(rates, then.Currency, then.Amount)
}

// exchangedWhole is what it counts as at the rates of now: those of the second end, or of the
// day on which the deal was won.
func (q *Question) exchangedWhole(d *Deal) int64 {
	then, at := &d.Then, d.Then.At
	if d.Now.Standing == Booked {
		at = d.Now.At
	}
	if q.Outlook == nil || at == 0 {
		return q.value(q.Outlook, then.Currency, then.Amount)
	}
	value, _ := q.Outlook.Booked(&history.Win{Deal: d.Number, Currency: then.Currency, Amount: then.Amount, At: at})
	return value
}

// exchanged is what was expected or booked of a deal then, at the rates of now.
func (q *Question) exchanged(d *Deal) Worth {
	worth := d.Then.Worth
	if d.Then.In && (d.Then.Standing == Open || d.Then.Standing == Booked) {
		worth.Minor = int64(math.Round(d.Then.Chance * float64(q.exchangedWhole(d))))
	}
	return worth
}

// converted puts into the bar of rates what these alone moved of a deal that counts now, and
// gives what it was worth then without that.
func (r *reckoning) converted(d *Deal) Worth {
	level := r.exchanged(d)
	if by := level.minus(d.Then.Worth); by.moves() {
		d.add(Rates, by)
	}
	return level
}
