package calls

import (
	"fmt"
	"math"
	"strings"

	"github.com/a-h/templ"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ui"
	"milepost/money"
)

func (l line) amount(minor int64) money.Amount { return money.Amount{Minor: minor, Currency: l.In} }

// figureOr shows an amount without its currency, which stands above the table, or that
// there is none.
func figureOr(is bool, a money.Amount) templ.Component {
	if !is {
		return ui.None()
	}
	return figure(bare(a))
}

// bare is an amount without its currency.
func bare(a money.Amount) string {
	return strings.TrimSpace(strings.TrimPrefix(a.String(), string(a.Currency)))
}

// stats are the figures of a line, as a row of big ones.
func (l line) stats(s *sheet, whose string) []ui.Stat {
	list := []ui.Stat{l.callStat(whose)}
	if l.Scope == Team {
		list = append(list, l.belowStat(s))
	}
	list = append(list, ui.Stat{Label: "Booked", Value: l.amount(l.Booked).String(), Caption: "won in " + s.period.Name})
	if s.due != nil {
		list = append(list, ui.Stat{Label: "Open, due in the period", Value: l.amount(l.Due).String(), Caption: l.dueText()})
	}
	target := ui.Stat{Label: "Target", Value: "none set", Path: "/targets"}
	if l.Target != nil {
		target.Value = l.amount(*l.Target).String()
		if l.Call != nil {
			target.Caption = l.gapText()
		}
	}
	list = append(list, target)
	if l.Past != nil {
		list = append(list, ui.Stat{Label: "Called for " + s.past.Name, Value: l.Past.CommitAmount().String(), Caption: "with as many days left"})
	}
	return list
}

func (l line) callStat(whose string) ui.Stat {
	st := ui.Stat{Label: whose, Value: "not called yet"}
	if l.Call != nil {
		st.Value = l.Call.CommitAmount().String()
		st.Caption = "best case " + l.Call.BestAmount().String()
		st.Change, st.Tone = l.movedText()
	}
	return st
}

func (l line) belowStat(s *sheet) ui.Stat {
	st := ui.Stat{Label: "Their calls together", Value: "nothing yet"}
	if l.Below.Any {
		st.Value = l.amount(l.Below.Commit).String()
		st.Caption = "best case " + l.amount(l.Below.Best).String()
	}
	if awaited := l.Below.Called + len(l.Below.Missing); awaited > 0 {
		st.Change = fmt.Sprintf("%d of %d have called", l.Below.Called, awaited)
	}
	return st
}

// dueText says what the owners call the deals that are due.
func (l line) dueText() string {
	parts := []string{count(l.Open, "deal")}
	for _, c := range deals.Categories[:2] {
		if minor := l.ByCall[c]; minor > 0 {
			parts = append(parts, strings.ToLower(c.Label())+" "+l.amount(minor).String())
		}
	}
	return strings.Join(parts, "; ")
}

// gapText says how far a call is from the target.
func (l line) gapText() string {
	switch gap := *l.Target - l.Call.Commit; {
	case gap > 0:
		return "the call is " + l.amount(gap).String() + " below"
	case gap < 0:
		return "the call is " + l.amount(-gap).String() + " above"
	}
	return "the call is just that"
}

// movedText says how a call moved since the last Monday.
func (l line) movedText() (string, ui.Tone) {
	switch {
	case l.Moved == nil:
		return "new since Monday", ui.Plain
	case *l.Moved > 0:
		return l.amount(*l.Moved).String() + " more since Monday", ui.Good
	case *l.Moved < 0:
		return l.amount(-*l.Moved).String() + " less since Monday", ui.Bad
	}
	return "unchanged since Monday", ui.Plain
}

// signed is an amount with its sign, for a column of movements.
func signed(a money.Amount) string {
	switch {
	case a.Minor > 0:
		return "+" + bare(a)
	case a.Minor < 0:
		return "−" + bare(money.Amount{Minor: -a.Minor, Currency: a.Currency})
	}
	return "0"
}

// biasText says how much too high or too low calls were.
func biasText(s Standing) string {
	switch {
	case math.IsNaN(s.Bias):
		return "nothing was won"
	case math.Abs(s.Bias) < .005:
		return "level"
	case s.Bias > 0:
		return fmt.Sprintf("%.0f\u00a0%% too high", 100*s.Bias)
	}
	return fmt.Sprintf("%.0f\u00a0%% too low", -100*s.Bias)
}

func offText(s Standing) string {
	if math.IsNaN(s.Off) {
		return ""
	}
	return fmt.Sprintf("%.0f\u00a0%%", 100*s.Off)
}

// leadText names a lead.
func leadText(lead int) string {
	if lead == 0 {
		return "the last call"
	}
	return fmt.Sprintf("%d days before", lead)
}

func count(n int64, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// daysLeft says where in a period a day is.
func daysLeft(p calendar.Period, day calendar.Date) string {
	switch left := day.DaysUntil(p.Until); {
	case left <= 0:
		return p.Name + " is over."
	case day < p.From:
		return p.Name + " begins in " + count(int64(day.DaysUntil(p.From)), "day") + "."
	case left == 1:
		return "The last day of " + p.Name + "."
	default:
		return p.Name + " has " + count(int64(left), "day") + " left."
	}
}

func upperFirst(text string) string { return strings.ToUpper(text[:1]) + text[1:] }
