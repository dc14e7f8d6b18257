package targets

import (
	"slices"
	"strings"

	"milepost/calendar"
	"milepost/internal/ledger"
	"milepost/money"
	"milepost/people"
	"milepost/problem"
)

// Measure is what a quota is counted in: a currency, or Wins. Quotas of two measures
// are shown side by side and never added.
type Measure string

// Wins counts won deals. No currency and no unit is called so.
const Wins Measure = "#"

// Money is the measure of a currency.
func Money(c money.Currency) Measure { return Measure(c) }

// Currency is the measure's currency; empty for Wins.
func (m Measure) Currency() money.Currency {
	if m == Wins {
		return ""
	}
	return money.Currency(m)
}

// Label is the measure as a person reads it.
func (m Measure) Label() string {
	if m == Wins {
		return "won deals"
	}
	return string(m)
}

// ParseMeasure reads a currency, or "#" for Wins.
func ParseMeasure(text string) (Measure, error) {
	if text = strings.TrimSpace(text); text == string(Wins) {
		return Wins, nil
	}
	c, err := money.ParseCurrency(text)
	if err != nil {
		return "", problem.Invalid("in", "Targets are set in a currency like EUR, or in won deals; %q is neither.", clip(text))
	}
	return Money(c), nil
}

// Scope says for whom a quota counts: the person alone, or the person's whole team.
type Scope string

// The scopes. A manager's team target is set for itself: it may be more or less than
// what the team's people carry, and screens show the difference.
const (
	Own  Scope = "own"
	Team Scope = "team"
)

// The kinds of entry about targets. The subject is the person, for a team target
// the manager of the team; the payload is a Fact.
const (
	QuotaSet      ledger.Kind = "quota.set"
	TeamTargetSet ledger.Kind = "team_target.set"
)

// Kinds lists every kind that is about targets.
var Kinds = []ledger.Kind{QuotaSet, TeamTargetSet}

// Fact is the payload of an entry about targets: what one person's quota is, in one
// measure, in some months, from the entry's effective instant on. Months that it does
// not name stay as they were.
type Fact struct {
	Measure Measure                  `json:"measure"`
	Months  map[calendar.Date]*int64 `json:"months"` // by the month's first day; minor units, or wins; null takes the quota away
	Save    string                   `json:"save"`   // the same for all that was saved at once, and may be undone at once
	How     string                   `json:"how,omitempty"`
}

// Cell is one place in the plan: whose quota, for which month, in which measure.
type Cell struct {
	Person  people.ID
	Scope   Scope
	Month   calendar.Date // its first day
	Measure Measure
}

// Setting says what stands, or shall stand, in a cell.
type Setting struct {
	Cell
	Value *int64           // minor units, or a number of wins; nil takes the quota away
	At    calendar.Instant // from when it is true and known; 0 means now
}

// Largest is the greatest quota for one month, in minor units.
const Largest = money.Largest

// check refuses what cannot be a setting.
func (s Setting) check() error {
	if s.Scope != Own && s.Scope != Team {
		return problem.Invalid("", "A target is a person's own or a team's.")
	}
	if day, err := calendar.ParseDate(string(s.Month)); err != nil || !strings.HasSuffix(string(day), "-01") {
		return problem.Invalid("", "Targets are set by the month; %q is not the first day of one.", clip(string(s.Month)))
	}
	if _, err := ParseMeasure(string(s.Measure)); err != nil {
		return err
	}
	if s.Value != nil && (*s.Value < 0 || *s.Value > Largest) {
		return problem.Invalid("", "A target is zero or more, and at most %s.", Text(s.Measure, Largest))
	}
	return nil
}

// Months lists the months of a period by their first days; a period that begins or
// ends within a month takes in the whole month.
func Months(p calendar.Period) []calendar.Date {
	var list []calendar.Date
	for month := firstOfMonth(p.From); month < p.Until; month = month.AddMonths(1) {
		list = append(list, month)
	}
	return list
}

func firstOfMonth(d calendar.Date) calendar.Date {
	t := d.Time()
	return calendar.NewDate(t.Year(), t.Month(), 1)
}

// Text writes a value for reading, without its measure: "12,500", "12,500.50", "3".
func Text(m Measure, value int64) string {
	if m == Wins {
		return strings.TrimPrefix(money.Amount{Minor: value * 1000}.String(), " ")
	}
	return strings.TrimPrefix(money.Amount{Minor: value, Currency: m.Currency()}.String(), string(m)+" ")
}

// inputText writes a value so that ReadValue reads the same: where a measure has three
// decimals, thousands are not parted, since 1,234 could mean either.
func inputText(m Measure, value *int64) string {
	switch {
	case value == nil:
		return ""
	case m == Wins || m.Currency().Decimals() < 3:
		return Text(m, *value)
	}
	text := money.Amount{Minor: *value, Currency: m.Currency()}.Decimal()
	if _, part, _ := strings.Cut(text, "."); len(part) == 3 {
		text += "0"
	}
	return text
}

// FullText is Text with the measure: "EUR 12,500", "3 won deals".
func FullText(m Measure, value int64) string {
	switch {
	case m != Wins:
		return money.Amount{Minor: value, Currency: m.Currency()}.String()
	case value == 1:
		return "1 won deal"
	}
	return Text(m, value) + " won deals"
}

// sortMeasures puts currencies in the order of the alphabet and Wins last.
func sortMeasures(list []Measure) []Measure {
	slices.SortFunc(list, func(a, b Measure) int {
		if (a == Wins) != (b == Wins) {
			if a == Wins {
				return 1
			}
			return -1
		}
		return strings.Compare(string(a), string(b))
	})
	return slices.Compact(list)
}

func clip(text string) string {
	if runes := []rune(text); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return text
}
