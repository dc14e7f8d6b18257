package forecasts

import (
	"cmp"
	"slices"

	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/stats/proportions"
)

// IdleDeals are the open deals about which nothing was heard for longer than about
// almost any deal that was won in the end.
type IdleDeals struct {
	Longest int // days that nineteen in twenty of the won deals were never quiet beyond
	Won     int // won deals that this was taken from; with fewer than twenty none is idle
	Deals   []IdleDeal
}

// IdleDeal is one of them.
type IdleDeal struct {
	history.OpenDeal
	Quiet int // days since anything was heard of it
}

// quietShare of the won deals were never quiet for longer than an idle deal is; and no
// deal is idle that was heard of within a month.
const (
	quietShare  = .95
	fewestQuiet = 30
)

// Idle finds the idle deals of a past, the quietest first. Something is heard of a deal when
// anything is recorded of it but its close date, which a rep may move for ever.
func Idle(p *history.Past) IdleDeals {
	var longest []int
	for i := range p.Deals() {
		if cause, at := p.End(int32(i)); cause == history.Won && at >= p.Midnight(p.Today()-remembered) {
			longest = append(longest, quietest(p.Facts(int32(i)), at))
		}
	}
	is := IdleDeals{Won: len(longest)}
	if is.Won < fewestEnded {
		return is
	}
	slices.Sort(longest)
	usual, _ := proportions.Quantile(longest, quietShare)
	is.Longest = max(fewestQuiet, usual)
	for _, d := range p.Open() {
		if quiet := daysOf(heard(p.Facts(d.Deal), p.AsOf()), p.AsOf()); quiet > is.Longest {
			is.Deals = append(is.Deals, IdleDeal{d, quiet})
		}
	}
	slices.SortStableFunc(is.Deals, func(a, b IdleDeal) int { return cmp.Compare(b.Quiet, a.Quiet) })
	return is
}

// quietest is the longest stretch of days without a word in the life of a deal.
func quietest(facts []history.Fact, until calendar.Instant) (days int) {
	times := []calendar.Instant{until}
	for i := range facts {
		if f := &facts[i]; f.Kind != history.CloseDate && f.Effective < until {
			times = append(times, f.Effective)
		}
	}
	slices.Sort(times)
	for i := 1; i < len(times); i++ {
		days = max(days, daysOf(times[i-1], times[i]))
	}
	return days
}

// heard is when something was heard of a deal last.
func heard(facts []history.Fact, before calendar.Instant) (last calendar.Instant) {
	for i := range facts {
		if f := &facts[i]; f.Kind != history.CloseDate && f.Effective < before {
			last = max(last, f.Effective)
		}
	}
	return last
}

func daysOf(from, until calendar.Instant) int {
	return int(int64(until-from) / int64(history.DayMillis))
}
