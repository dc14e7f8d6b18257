package history

import "milepost/calendar"

// Settled is what came of deals by an instant, as it is told at a later one: an end that
// was taken back in between is none, and one that was put right is what it was put right
// to. It scores forecasts afterwards; a method may not ask it anything.
type Settled struct {
	log         *Log
	until, told calendar.Instant
}

// Settled tells what came by an instant, as it is told at another, which is not before it.
func (l *Log) Settled(until, told calendar.Instant) Settled { return Settled{l, until, told} }

// end is when a deal ended that stood as ended, and how.
func (s Settled) end(deal int32) (Cause, calendar.Instant) {
	rows := s.log.tracks.closings.of(deal)
	for i := range rows {
		if !(rows[i].At < s.until && s.until <= rows[i].Until) {
			continue
		}
		for ; rows[i].Until < s.told; i++ {
			if i+1 == len(rows) || rows[i+1].At != rows[i].Until { // opened again
				return Open, 0
			}
		}
		return rows[i].Cause, rows[i].At
	}
	return Open, 0
}

// Ended is by which cause a deal stood as ended, Open if by none.
func (s Settled) Ended(deal int32) Cause {
	cause, _ := s.end(deal)
	return cause
}

// Won gives a deal as it stood when it was won, if it stood as won.
func (s Settled) Won(deal int32) (OpenDeal, bool) {
	cause, at := s.end(deal)
	if cause != Won {
		return OpenDeal{}, false
	}
	return (&Past{log: s.log, asOf: at + 1, tracks: &s.log.tracks}).describe(deal), true
}

// WonOfNew lists the deals that came to count from an instant on and stood as won, each
// as it stood when it was won.
func (s Settled) WonOfNew(from calendar.Instant) (list []OpenDeal) {
	for i := range s.log.deals {
		if s.log.deals[i].created < from || s.log.deals[i].created >= s.until {
			continue
		}
		if won, is := s.Won(int32(i)); is {
			list = append(list, won)
		}
	}
	return list
}

// EndedBefore tells by which cause a deal stood as ended as of an instant, as was told then.
func (l *Log) EndedBefore(deal int32, until calendar.Instant) Cause {
	return l.Settled(until, until).Ended(deal)
}

// WonBefore gives a deal as it stood when it was won, if it stood as won as of an instant,
// as was told then.
func (l *Log) WonBefore(deal int32, until calendar.Instant) (OpenDeal, bool) {
	return l.Settled(until, until).Won(deal)
}

// WonOfNew lists the deals that came to count from an instant on and stood as won as of
// another, as was told then.
func (l *Log) WonOfNew(from, until calendar.Instant) []OpenDeal {
	return l.Settled(until, until).WonOfNew(from)
}

// TakenBack is when the first end of a deal began that did not last; never where all did.
func (l *Log) TakenBack(deal int32) calendar.Instant {
	for _, c := range l.tracks.closings.of(deal) {
		if c.Until != never {
			return c.At
		}
	}
	return never
}
