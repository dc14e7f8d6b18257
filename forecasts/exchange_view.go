package forecasts

import (
	"strings"

	"github.com/a-h/templ"

	"milepost/internal/ui"
	"milepost/money"
)

// severalCurrencies tells whether deals are in more than one.
func (s *sheet) severalCurrencies() bool { return len(s.outlook.Others) > 0 }

// usedWords says by which rates amounts are added up; empty where none were needed.
func (s *sheet) usedWords() string {
	used := s.outlook.Used()
	if len(used) == 0 {
		return ""
	}
	var said []string
	for _, r := range used {
		said = append(said, r.Since())
	}
	return "Amounts are added up in " + string(s.outlook.Currency) + ". What is open counts at " + strings.Join(said, ", ") +
		"; what is won counts at the rate of the day on which it was won."
}

// apartWords says which deals are not in the amounts.
func (s *sheet) apartWords() string {
	total := 0
	var said []string
	for _, a := range s.outlook.Apart {
		total += a.Deals
		said = append(said, thousands(a.Deals)+" in "+string(a.Currency))
	}
	is, their := "are", "their days"
	if total == 1 {
		is, their = "is", "its day"
	}
	if len(s.outlook.Used()) == 0 {
		their = "now"
	}
	return count(total, "deal", "deals") + " (" + strings.Join(said, ", ") + ") " + is + " in the numbers and not in the amounts: no rate into " + string(s.outlook.Currency) +
		" is known for " + their + ", and currencies are never added up without one."
}

// inOwn is a cell of a line by currency: what is added up, and under it what it is in the
// line's own currency; that alone where there is no rate.
func (s *sheet) inOwn(l *Line, worth, own money.Amount, deals string) templ.Component {
	switch {
	case own.Currency == s.outlook.Currency:
		return s.amount(worth, deals)
	case s.standsApart(l):
		return ui.TwoLines(ui.MoneyShort(own), deals+", not added up")
	}
	return ui.TwoLines(ui.MoneyShort(worth), ui.ShortAmount(own)+", "+deals)
}

// standsApart tells whether there is no rate for the open deals of a line by currency.
func (s *sheet) standsApart(l *Line) bool {
	return l.Native != nil && l.Native.Open.Currency != s.outlook.Currency && s.outlook.exchange.named(l.Native.Open.Currency) == nil
}
