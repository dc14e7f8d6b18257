package forecasts

import (
	"fmt"

	"github.com/a-h/templ"

	"milepost/internal/ui"
	"milepost/money"
)

func someDeals(n float64) string { return fmt.Sprintf("%.1f deals", n) }

// said is a figure of the page in words: money, or deals.
func (s *sheet) said(v int64) string {
	if s.hasMoney() {
		return round(money.Amount{Minor: v, Currency: s.outlook.Currency}).String()
	}
	return thousands(int(v))
}

func (s *sheet) goalText(v int64) templ.Component {
	if s.hasMoney() {
		return ui.MoneyShort(money.Amount{Minor: v, Currency: s.outlook.Currency})
	}
	return ui.Text(s.said(v))
}

// median is the total that is as likely exceeded as not.
func (s *sheet) median() string {
	if s.hasMoney() {
		return s.said(s.outlook.Total.Range.Money.Median)
	}
	return s.said(s.outlook.Total.Range.Wins.Median)
}

// rangeWords says how the width of ranges was found.
func (s *sheet) rangeWords() string {
	text := "Thousands of ways how the open deals, and those that do not exist yet, may turn out are drawn; good and bad times move all deals at once, as they did before. “8 in 10” says that the end lies within in eight cases of ten. "
	if s.outlook.Lessons == 0 {
		text += "How wide that must be is assumed so far: no forecast over as many days is over yet that could teach it. "
	} else {
		text += "How wide that must be was learnt from " + count(s.outlook.Lessons, "earlier forecast that is over", "earlier forecasts that are over") + ". "
	}
	if s.outlook.Begins > 0 && s.outlook.Lessons > 0 {
		text += "These looked from their day to about as far as the end of this period, not at a period that was still to begin. "
	}
	return text + "In every way the lines add up to the whole; the median of a whole is not the sum of its parts' medians, and no mistake."
}

// scaled is a figure in the unit of the charts.
func (s *sheet) scaled(minor, wins int64) float64 {
	if s.hasMoney() {
		return money.Amount{Minor: minor, Currency: s.outlook.Currency}.Float()
	}
	return float64(wins)
}

func (s *sheet) mostWords() string {
	i := s.interval(&s.outlook.Total)
	return "8 in 10: " + i.Low + " to " + i.High
}

func (s *sheet) chanceOf(goal int64) string {
	p, _ := s.reach(&s.outlook.Total, goal)
	return percent(p)
}

// newWords says what deals that do not exist yet are expected to bring.
func (s *sheet) newWords() string {
	total := &s.outlook.Total
	if total.NewWins < .05 {
		return fmt.Sprintf("about %.0f of %s", total.ExpectedWins[s.method()], count(total.Deals, "open deal", "open deals"))
	}
	return "and " + s.figure(total.New, total.NewWins) + " of deals still to be created"
}

// leads is where a caution's deals are, for who may see them.
func (s *sheet) leads(c *Caution) (path, label string) {
	switch {
	case c.Deal != "" && s.mayListLines():
		return "/deals/" + c.Deal, "Open the deal"
	case c.Kind == NoNoAction || c.Kind == BulkEnds:
		if !s.viewer.SeesNoDeals() {
			return "/forecasts/idle", "Idle deals"
		}
	}
	return "", ""
}
