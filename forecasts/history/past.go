package history

import (
	"slices"
	"sort"
	"time"

	"milepost/calendar"
	"milepost/forecasts/reference"
	"milepost/money/rates"
)

// Past is what was known of a log as of an instant, and the only thing that a
// method gets to see: there is no way from it to what was recorded later.
type Past struct {
	log    *Log
	asOf   calendar.Instant
	today  Day // the day of the as-of; its midnight is the last snapshot
	step   int // days between snapshots
	tracks *tracks
	ranks  map[Label]int // of milestones, where they stand for stages
}

// Before gives the part of the log that was known as of an instant.
func (l *Log) Before(asOf calendar.Instant) *Past {
	p := &Past{log: l, asOf: asOf, today: dayOf(asOf, l.place), tracks: &l.tracks}
	if l.firstStage >= asOf {
		p.ranks = l.milestoneOrder(asOf)
		stood := l.follow(asOf, &byMilestone{p.ranks, map[Label]*Fact{}})
		p.tracks = &stood
	}
	p.step = stepFor(p.MedianCycle())
	return p
}

// Shares tells whether two pasts are of one log, so that a number means the same deal in
// both.
func (p *Past) Shares(other *Past) bool { return p.log == other.log }

// AsOf is the instant.
func (p *Past) AsOf() calendar.Instant { return p.asOf }

// Reference is the table of assumptions that was in force.
func (p *Past) Reference() reference.Version { return reference.InForce(p.log.assumed, p.asOf) }

// Rates is the book of exchange rates as it was known.
func (p *Past) Rates() rates.Book { return rates.AsOf(p.log.rates, p.asOf, p.log.place) }

// Place is the organization's time zone.
func (p *Past) Place() *time.Location { return p.log.place }

// Name is the text of a label.
func (p *Past) Name(label Label) string { return p.log.names[label] }

// Labelled is the label of a text, 0 where no fact has it.
func (p *Past) Labelled(text string) Label { return Label(max(0, slices.Index(p.log.names, text))) }

// Labels is how many labels there are, for tables indexed by them.
func (p *Past) Labels() int { return len(p.log.names) }

// Deals is how many deals there are to ask for; those not yet created have no
// facts.
func (p *Past) Deals() int { return len(p.log.deals) }

// Created is from when on a deal counts; false for one that does not yet.
func (p *Past) Created(deal int32) (calendar.Instant, bool) {
	at := p.log.deals[deal].created
	return at, at < p.asOf
}

// Describe gives a deal as it stood, open or not, but for its stage.
func (p *Past) Describe(deal int32) OpenDeal { return p.describe(deal) }

// Key is what a deal is known by wherever its history is read: the id in the system that
// it came from, else ours.
func (p *Past) Key(deal int32) string {
	if d := &p.log.deals[deal]; d.external != "" {
		return d.external
	}
	return p.log.deals[deal].id
}

// Facts is the known history of a deal, in the order in which it became known.
func (p *Past) Facts(deal int32) []Fact {
	facts := p.log.of(deal)
	return facts[:sort.Search(len(facts), func(i int) bool { return facts[i].Counts() >= p.asOf })]
}

// Person is the id of the person that a label stands for, or empty.
func (p *Past) Person(label Label) string { return p.log.people[label] }

// Today is the day of the as-of; its midnight is the last snapshot.
func (p *Past) Today() Day { return p.today }

// DayOf is the civil day at an instant.
func (p *Past) DayOf(at calendar.Instant) Day { return dayOf(at, p.log.place) }

// Step is how many days lie between snapshots.
func (p *Past) Step() int { return p.step }

// MilestoneRanks is the typical order of milestones, 1 for the earliest, where they
// stand for stages; nil where there are stages.
func (p *Past) MilestoneRanks() map[Label]int { return p.ranks }

// Midnight is the first instant of a day.
func (p *Past) Midnight(day Day) calendar.Instant { return p.log.days.of(day, p.log.place) }

// AppendStays adds the stretches of a deal at its stages to a list, as far as they
// were known: one that lasted as of then has no end, whatever came of it.
func (p *Past) AppendStays(list []Stay, deal int32) []Stay {
	list = append(list, p.stays(deal)...)
	if n := len(list); n > 0 && list[n-1].ToAt >= p.asOf {
		list[n-1].ToAt, list[n-1].To = never, lastDay
	}
	return list
}

// AppendClosings adds the ends of a deal to a list, as far as they were known: one
// that held as of then was not undone, whatever came of it.
func (p *Past) AppendClosings(list []Closing, deal int32) []Closing {
	list = append(list, p.closings(deal)...)
	if n := len(list); n > 0 && list[n-1].Until >= p.asOf {
		list[n-1].Until, list[n-1].UntilDay = never, lastDay
	}
	return list
}

// stays may reach beyond the as-of, and so is for this package only.
func (p *Past) stays(deal int32) []Stay {
	rows := p.tracks.stays.of(deal)
	n := len(rows)
	for n > 0 && rows[n-1].FromAt >= p.asOf {
		n--
	}
	return rows[:n]
}

// closings may have been undone after the as-of.
func (p *Past) closings(deal int32) []Closing {
	rows := p.tracks.closings.of(deal)
	n := len(rows)
	for n > 0 && rows[n-1].At >= p.asOf {
		n--
	}
	return rows[:n]
}

// End tells how a deal stood as of then, and since when; Open if it was open,
// or not there.
func (p *Past) End(deal int32) (Cause, calendar.Instant) {
	rows := p.closings(deal)
	if n := len(rows); n > 0 && rows[n-1].Until >= p.asOf {
		return rows[n-1].Cause, rows[n-1].At
	}
	return Open, 0
}

// OpenDeal is a deal that was open as of then, and what was known of it.
type OpenDeal struct {
	Deal         int32 // its number in the log
	ID, External string
	Stage, Owner Label
	Currency     Label // 0 where no amount was known
	Amount       int64 // minor units
	CloseDate    int64 // days since 1970-01-01, or NoDate
	Created      calendar.Instant
}

// Open lists the open deals, by external id, then id.
func (p *Past) Open() []OpenDeal {
	var list []OpenDeal
	for i := range p.log.deals {
		if d, open := p.Stood(int32(i)); open {
			list = append(list, d)
		}
	}
	return list
}

// describe gathers what holds of a deal: of each kind the last fact known.
func (p *Past) describe(i int32) OpenDeal {
	d := p.log.deals[i]
	open := OpenDeal{Deal: i, ID: d.id, External: d.external, CloseDate: NoDate, Created: d.created}
	facts := p.Facts(i)
	var last [Reopened + 1]*Fact
	for j := range facts {
		f := &facts[j]
		if f.Kind > Reopened {
			continue
		}
		if before := last[f.Kind]; before == nil || f.After(before) {
			last[f.Kind] = f
		}
	}
	if f := last[Owner]; f != nil {
		open.Owner = f.Label
	}
	if f := last[Amount]; f != nil {
		open.Currency, open.Amount = f.Label, f.Value
	}
	if f := last[CloseDate]; f != nil {
		open.CloseDate = f.Value
	}
	return open
}
