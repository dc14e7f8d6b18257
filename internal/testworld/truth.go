package testworld

import (
	"time"

	"milepost/calendar"
	"milepost/deals"
	"milepost/money"
	"milepost/people"
)

// Truth is what the company was drawn from, and who is who in it. Effects are in
// logit on the probability of advancing from a stage, each stage anew; paces divide
// into how long a stage takes (2 is twice as fast).
type Truth struct {
	Organization people.Organization
	Opening      calendar.Date // the first day of records
	Today        calendar.Date
	Reps         []RepTruth
	Stall        Stall
	Deals        []DealTruth

	Head, Manager, Rep        people.ID // those whom the demonstration signs in
	Operations, Administrator people.ID
	Observer                  people.ID // finance
	Struggling                people.ID // the rep whose deals stall in Evaluation
	StrongManager             people.ID // whose team wins most
	Replaced, Successor       people.ID // the manager who stepped down a year ago, and who came
	Moved                     people.ID // the rep who changed teams then
	Gone, Heir                people.ID // the rep who left, and who took over
	Whale                     deals.ID  // the very large deal that keeps slipping
}

// StageTruth is one stage of the funnel for a deal without any effect.
type StageTruth struct {
	Name     string
	Advance  float64 // probability of going on to the next stage; from the last: of being won
	NoAction float64 // of those that end here, the share bought by nobody
	Days     float64 // median working days at pace 1 of a visit that goes on
	Spread   float64 // of the logarithm of those days
}

// Stages is the funnel.
var Stages = []StageTruth{
	{"Discovery", .68, .64, 11, .55},
	{"Solution fit", .73, .55, 12, .50},
	{"Evaluation", .71, .48, 22, .55},
	{"Proposal", .75, .36, 13, .50},
	{"Negotiation", .86, .28, 10, .55},
}

// evaluation is the stage at which the stories happen.
const evaluation = 2

// LostDays and NoActionDays stretch the last visit of a deal that ends there:
// who loses learns it a little sooner, who buys nothing fades out.
const (
	LostDays     = .9
	NoActionDays = 2
)

// Level is one value of a characteristic of deals.
type Level struct {
	Name   string
	Share  float64 // of new deals
	Effect float64
	Pace   float64
	Amount float64 // median of what such a deal is worth in EUR; 0 where it does not matter
}

// Segments, Sources and Products are what deals differ by.
var (
	Segments = []Level{
		{"small business", .36, .12, 1.6, 8500},
		{"mid-market", .34, 0, 1, 27000},
		{"enterprise", .18, -.14, .72, 92000},
		{"public sector", .12, -.10, .62, 54000},
	}
	Sources = []Level{
		{"inbound", .34, .02, 1, 0},
		{"outbound", .26, -.28, 1, 0},
		{"partner", .17, .16, 1.05, 0},
		{"event", .13, -.12, 1, 0},
		{"referral", .10, .36, 1.1, 0},
	}
	Products = []Level{
		{"Freight tags", .38, .04, 1.1, .8},
		{"Cold-room monitoring", .34, 0, 1, 1},
		{"Fleet gateway", .18, -.06, .95, 1.25},
		{"Validation service", .10, .05, 1, .7},
	}
)

// Effects that are no level of the above.
const (
	ExistingShare   = .34 // of deals that are with a customer already
	ExistingEffect  = .25
	CompetitorShare = .46 // of deals in which someone else bids
	CompetitorHurts = -.34
	ReopenedShare   = .025 // of deals that nobody bought, reopened some weeks later
	HandedOver      = .015 // of deals, to a colleague when they come to the second stage
	TakenAlong      = .35  // of the deals of a rep who changes teams
	Growth          = .22  // of creations, over the two years
)

// Competitors, by how often they are met.
var Competitors = []Level{{Name: "Aldermark Sensing", Share: .5}, {Name: "Quellmark", Share: .3}, {Name: "Vinterlog", Share: .2}}

// Month is the season: how many deals begin, and how fast work goes.
type Month struct{ Creation, Pace float64 }

// Months holds January to December.
var Months = [12]Month{{1.05, 1}, {1.05, 1}, {1.1, 1.05}, {1, 1}, {1, .95}, {1.05, 1.05},
	{.75, .7}, {.7, .75}, {1.15, 1}, {1.1, 1}, {1.1, 1.05}, {.8, 1}}

// Stall is what happened in the last whole quarter.
type Stall struct {
	Region      string
	From, Until calendar.Date // the first day, and the first day after it
	Creation    float64       // factor on creations
	Evaluation  float64       // factor on the pace of evaluations
}

// RepTruth is what one rep is like.
type RepTruth struct {
	Person     people.ID
	Name       string
	Team       string
	Skill      float64 // effect at every stage
	Evaluation float64 // further effect in Evaluation
	Pace       float64
	Stuck      float64 // factor on the pace of evaluations
	Optimism   float64 // in logit, on what the rep calls
	Activity   float64 // conversations a working day and deal
	Late       float64 // share of facts recorded days after they were true
	Weight     float64 // of new deals
	Overclaims float64 // share of the milestones not reached that are claimed all the same
}

// DealTruth is what one deal was drawn with. Win is its probability of being won as
// it was when it began, in its first owner's hands; Ends is how it ends, told or
// not, before any reopening.
type DealTruth struct {
	ID                                     deals.ID
	Rep                                    people.ID
	Team, Region, Segment, Source, Product string
	Existing, Competitor, Carried          bool
	Created                                calendar.Date
	Win                                    float64
	Ends                                   deals.Outcome
	Amount                                 money.Amount
	Visits                                 []VisitTruth
}

// VisitTruth is one stay of a deal in a stage.
type VisitTruth struct {
	Stage       int
	From, Until calendar.Date
	Rep         people.ID
	GoesOn      bool
}

func newTruth(t timeline) Truth {
	year := calendar.Fiscal{Start: time.January}
	today := t.dates[t.today]
	last := year.Quarter(year.Quarter(today).From.AddDays(-1))
	return Truth{Opening: t.dates[t.opening], Today: today,
		Stall: Stall{Region: "Central Europe", From: last.From, Until: last.Until, Creation: .5, Evaluation: .35}}
}

// PaceOn is how fast a stage went in a region on a day, 0 on weekends.
func (t *Truth) PaceOn(date calendar.Date, region string, stage int) float64 {
	pace := paceOn(date)
	if stage == evaluation && t.Stall.holds(date, region) {
		pace *= t.Stall.Evaluation
	}
	return pace
}

func (s Stall) holds(date calendar.Date, region string) bool {
	return region == s.Region && s.From <= date && date < s.Until
}
