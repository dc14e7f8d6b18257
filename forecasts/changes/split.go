package changes

import (
	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/people"
)

// complete says how a deal stood at the end at which it did not count.
func (r *reckoning) complete(d *Deal, s *Side, state *State) {
	created, exists := s.Past.Created(d.Number)
	if state.Standing != Absent || !exists || created >= s.Past.AsOf() {
		return
	}
	was := s.Past.Describe(d.Number)
	owner := people.ID(s.Past.Person(was.Owner))
	*state = State{Standing: Open, In: s.In(owner), Owner: owner, Currency: was.Currency, Amount: was.Amount, Close: was.CloseDate}
	switch cause, _ := s.Past.End(d.Number); cause {
	case history.Won:
		state.Standing = Elsewhere
	case history.Lost:
		state.Standing = Gone
	case history.NoAction:
		state.Standing = Idle
	}
}

// split puts the difference that a deal makes into bars.
func (r *reckoning) split(d *Deal) {
	then, now := &d.Then, &d.Now
	switch {
	case now.In && now.Standing == Booked && then.Standing == Booked && then.In:
		if level := r.converted(d); level != now.Worth {
			d.add(amountBar(level.Minor, now.Minor), now.minus(level))
		}
	case now.In && now.Standing == Booked && then.Standing != Booked:
		d.add(Won, now.minus(r.converted(d)))
	case then.In && !now.In:
		r.whole(d, HandedOut)
	case !then.In && now.In && then.Standing != Absent:
		r.whole(d, HandedIn)
	case now.Standing == Gone:
		r.whole(d, Lost)
	case now.Standing == Idle:
		r.whole(d, NoAction)
	case now.Standing == Elsewhere:
		r.whole(d, Won)
	case then.Standing == Absent:
		r.whole(d, New)
	case then.Standing == Open && r.models():
		r.retell(d)
		r.redate(d)
	default:
		r.whole(d, Reopened)
	}
}

// whole puts all of a deal's difference into one bar.
func (r *reckoning) whole(d *Deal, b Bar) { d.add(b, d.Now.minus(d.Then.Worth)) }

// add puts something into a bar of the deal.
func (d *Deal) add(b Bar, by Worth) {
	for i := range d.Parts {
		if p := &d.Parts[i]; p.Bar == b {
			p.By = p.By.plus(by)
			return
		}
	}
	d.Parts = append(d.Parts, Part{b, by})
}

func amountBar(then, now int64) Bar {
	switch {
	case now > then:
		return AmountUp
	case now < then:
		return AmountDown
	}
	return OtherNews
}

// retell tells the story of a deal that was open at both ends, and notes what it was worth
// after each piece: what exchange rates did; the amount; what evidence was gained; what was lost; all other news, each
// as if it had come at once; then the days go by; and in the end the model of then gives way
// to that of now. What the last step leads to is what the deal is worth now: the parts add up.
func (r *reckoning) retell(d *Deal) {
	since, until := r.Then.Past.AsOf(), r.Now.Past.AsOf()
	told := r.newsOf(d)
	story := r.then.Replay(d.Number, d.Then.Stage, since)
	level, currency, amount := r.converted(d), d.Then.Currency, d.Then.Amount
	reach := func(b Bar, next Worth, news bool) {
		if by := next.minus(level); news || by.moves() {
			d.add(b, by)
			level = next
		}
	}
	for _, piece := range told.pieces() {
		if piece.empty() {
			continue
		}
		for _, f := range piece.facts {
			story.Tell(f)
		}
		if piece.moves {
			story.MoveTo(d.Now.Stage)
		}
		if piece.priced {
			currency, amount = d.Now.Currency, d.Now.Amount
		}
		reach(piece.bar, r.worth(r.Then.won(story), currency, amount), true)
	}
	reach(Time, r.worth(r.Now.won(story), currency, amount), false)
	d.Rests = story.Rests(until)
	reach(Model, d.Now.Worth, false)
}

// redate notes that the close date was moved into the period, or out of it.
func (r *reckoning) redate(d *Deal) {
	first, last := daysOf(r.Period.From), daysOf(r.Period.Until)
	was, is := d.Then.Close >= first && d.Then.Close < last, d.Now.Close >= first && d.Now.Close < last
	switch {
	case is && !was:
		d.add(PulledIn, Worth{})
	case was && !is:
		d.add(PushedOut, Worth{})
	}
}

// daysOf counts a date as facts do.
func daysOf(date calendar.Date) int64 { return int64(calendar.Date("1970-01-01").DaysUntil(date)) }
