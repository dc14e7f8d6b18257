package history

import "milepost/calendar"

// Stay is a stretch of time in which a deal was open at one stage: at a snapshot
// s it was so if FromAt < s <= ToAt. The midnights in it are those of the days
// From to To, both included; there may be none.
type Stay struct {
	FromAt, ToAt calendar.Instant
	Deal         int32
	From, To     Day
	Stage        Label
}

// Closing is a stretch of time in which a deal stood as ended: as of s if
// At < s <= Until, which is when it was reopened or its outcome corrected.
type Closing struct {
	At, Until       calendar.Instant
	AtDay, UntilDay Day
	Cause           Cause
}

// trail holds rows of all deals, grouped by deal as the facts are.
type trail[T any] struct {
	rows  []T
	first []int32
}

func (t *trail[T]) of(deal int32) []T { return t.rows[t.first[deal]:t.first[deal+1]] }

// tracks is every deal's way through its stages to its end. Cut off at T, they
// are the tracks that the facts known as of T make: that is what lets one tracing
// serve all as-ofs.
type tracks struct {
	stays    trail[Stay]
	closings trail[Closing]
}

// staging tells where a deal stands, from its facts in the order in which they
// come to count.
type staging interface {
	start()
	take(*Fact)
	now() Label
}

// byStage takes the stage from stage facts.
type byStage struct{ last *Fact }

func (b *byStage) start() { b.last = nil }

func (b *byStage) take(f *Fact) {
	if f.Kind == Stage && (b.last == nil || f.After(b.last)) {
		b.last = f
	}
}

func (b *byStage) now() Label {
	if b.last == nil {
		return 0
	}
	return b.last.Label
}

// follow traces all deals through the facts that count before an instant.
func (l *Log) follow(until calendar.Instant, where staging) tracks {
	t := tracks{trail[Stay]{first: []int32{0}}, trail[Closing]{first: []int32{0}}}
	for i := range l.deals {
		l.followDeal(int32(i), until, where, &t)
		t.stays.first = append(t.stays.first, int32(len(t.stays.rows)))
		t.closings.first = append(t.closings.first, int32(len(t.closings.rows)))
	}
	return t
}

// state is what a deal is between two instants at which something changes.
type state struct {
	exists bool
	cause  Cause
	stage  Label
}

// followDeal takes facts that come to count at one instant together: nothing can
// be seen between them.
func (l *Log) followDeal(deal int32, until calendar.Instant, where staging, t *tracks) {
	where.start()
	var now state
	var ending *Fact // the last word on whether the deal is open
	since, sinceDay := calendar.Instant(0), Day(0)
	facts := l.of(deal)
	for i := 0; i < len(facts); {
		at := facts[i].Counts()
		if at >= until {
			break
		}
		next := now
		for ; i < len(facts) && facts[i].Counts() == at; i++ {
			f := &facts[i]
			where.take(f)
			next.exists = next.exists || f.Kind == Created
			if (f.Kind == Outcome || f.Kind == Reopened) && (ending == nil || f.After(ending)) {
				ending = f
				next.cause = ends(f)
			}
		}
		next.stage = where.now()
		if next != now {
			day := dayOf(at, l.place)
			t.put(deal, now, since, at, sinceDay, day)
			now, since, sinceDay = next, at, day
		}
	}
	t.put(deal, now, since, never, sinceDay, dayOf(never, l.place))
}

// put writes down a stretch (since, until] of one state.
func (t *tracks) put(deal int32, s state, since, until calendar.Instant, sinceDay, untilDay Day) {
	switch {
	case s.cause != Open:
		// Changes of stage do not end a closing: it is one stretch.
		rows := t.closings.rows
		if n := len(rows); n > int(t.closings.first[len(t.closings.first)-1]) && rows[n-1].Until == since && rows[n-1].Cause == s.cause {
			rows[n-1].Until, rows[n-1].UntilDay = until, untilDay
			return
		}
		t.closings.rows = append(rows, Closing{since, until, sinceDay, untilDay, s.cause})
	case s.exists:
		t.stays.rows = append(t.stays.rows, Stay{since, until, deal, sinceDay + 1, untilDay, s.stage})
	}
}

// ends is the cause that an outcome gives, or Open for a reopening.
func ends(f *Fact) Cause {
	if f.Kind == Reopened || f.Value <= 0 || f.Value >= int64(Causes) {
		return Open
	}
	return Cause(f.Value)
}
