package targets

import (
	"context"
	"fmt"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/people"
)

// Season is how an organization's sales spread over the calendar's months, from its
// own past.
type Season struct {
	Weights [12]int64 // January first; all alike when there is too little history
	Says    string    // what the weights rest on, or why they are even
	TooFew  bool
}

const (
	mostYears  = 3   // further back was another company
	fewestWins = 100 // fewer make a season of chance
)

// SeasonOf takes the share of each calendar month in what was won over the last whole
// years of twelve months, up to three, before the month of asOf. Each year counts
// alike, so that a year of growth does not pass for a season.
func SeasonOf(ctx context.Context, d *db.DB, o people.Organization, m Measure, asOf calendar.Instant) (Season, error) {
	d = d.For(o.ID)
	behind, err := catchUpSoon(ctx, d)
	if err == nil && behind > 0 {
		err = CatchUp(ctx, d) // a season of half the wins would be set as everyone's target
	}
	if err != nil {
		return Season{}, err
	}
	end := firstOfMonth(calendar.DateOf(asOf, o.Place()))
	var months []monthWon
	for back := range 12 * mostYears {
		month := end.AddMonths(-1 - back)
		rows, err := wonBetween(ctx, d, o.ID, month.Midnight(o.Place()), month.AddMonths(1).Midnight(o.Place()), asOf)
		if err != nil {
			return Season{}, fmt.Errorf("adding up a month for the season: %w", err)
		}
		months = append(months, sumMonth(rows, m, month))
	}
	first, err := firstWin(ctx, d, o.ID, asOf)
	if err != nil {
		return Season{}, err
	}
	return seasonFrom(months, calendar.DateOf(first, o.Place()), m), nil
}

// monthWon is what one month brought in a measure, and by how many deals.
type monthWon struct {
	Month calendar.Date
	Value int64
	Wins  int64
}

func sumMonth(rows []wonRow, m Measure, month calendar.Date) monthWon {
	sum := monthWon{Month: month}
	for _, r := range rows {
		switch {
		case m == Wins:
			sum.Value, sum.Wins = sum.Value+r.Wins, sum.Wins+r.Wins
		case r.Currency == string(m):
			sum.Value, sum.Wins = sum.Value+r.Minor, sum.Wins+r.Wins
		}
	}
	return sum
}

// seasonFrom weighs the months; they come newest first. A year counts when the first
// win of all lies before its second month, so that a month without a win is a quiet
// month and not one before the beginning.
func seasonFrom(months []monthWon, firstWin calendar.Date, m Measure) Season {
	const whole = 100_000 // of one year's shares
	var s Season
	var wins int64
	years, began := 0, ""
	for year := 0; (year+1)*12 <= len(months); year++ {
		of := months[year*12 : (year+1)*12]
		var sum, count int64
		for _, month := range of {
			sum, count = sum+month.Value, count+month.Wins
		}
		if opening := of[11].Month; sum == 0 || firstWin >= opening.AddMonths(1) {
			break
		}
		shares := make([]int64, 12)
		for i, month := range of {
			shares[i] = month.Value
		}
		for i, share := range apportion(whole, shares) {
			s.Weights[of[i].Month.Time().Month()-1] += share
		}
		years, wins, began = years+1, wins+count, of[11].Month.Time().Format("January 2006")
	}
	if years == 0 || wins < fewestWins {
		return evenSeason(years, wins, m)
	}
	s.Says = fmt.Sprintf("By season: the share of each month in what was won from %s to %s (%s, %d won deals%s).",
		began, months[0].Month.Time().Format("January 2006"), plural(years, "year"), wins, inMeasure(m))
	if years == 1 {
		s.Says += " One year is little to go by: look at each month before you save."
	}
	return s
}

func evenSeason(years int, wins int64, m Measure) Season {
	s := Season{TooFew: true}
	copy(s.Weights[:], Even(12))
	s.Says = fmt.Sprintf("Spread evenly: a season needs at least one whole year and %d won deals%s, and there are %s with %d.",
		fewestWins, inMeasure(m), plural(years, "whole year"), wins)
	return s
}

func inMeasure(m Measure) string {
	if m == Wins {
		return ""
	}
	return " in " + string(m)
}

// weightsFor are the season's weights of some months, or even ones.
func (s Season) weightsFor(months []calendar.Date) []int64 {
	weights := make([]int64, len(months))
	for i, month := range months {
		weights[i] = s.Weights[month.Time().Month()-1]
	}
	return weights
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
