package board

import (
	"fmt"
	"math"
	"net/url"
	"strings"

	"milepost/calendar"
	"milepost/money"
	"milepost/money/rates"
)

// name is how the column is headed.
func (c column) name() string { return stageName(c.Stage) }

func stageName(stage string) string {
	if stage == "" {
		return "No stage yet"
	}
	return stage
}

func (c card) name() string {
	if c.Title == "" {
		return "Untitled deal"
	}
	return c.Title
}

func (c card) elementID() string { return "card-" + string(c.ID) }

func (c card) amount() *money.Amount { return c.Amount() }

// age says for how long the deal has stood at its stage, and how often it slipped.
func (c card) age() string {
	text := c.stay()
	if c.Slips > 0 {
		text += ", " + c.slips()
	}
	return text
}

func (c card) stay() string {
	if c.StageSince == 0 {
		return "not moved yet"
	}
	n := calendar.DateOf(c.StageSince, c.Now.Place).DaysUntil(c.Now.Today())
	if n <= 0 {
		return "here since today"
	}
	return "here for " + days(n)
}

// long says why a deal is marked, with the line that it went beyond.
func (c card) long() string {
	where := stageName(c.Stage)
	if c.Limit.Any {
		where = "a stage"
	}
	return fmt.Sprintf("Nine in ten passed %s within %s", where, days(int(math.Ceil(c.Limit.Days))))
}

func (c card) slips() string {
	switch c.Slips {
	case 1:
		return "moved later once"
	case 2:
		return "moved later twice"
	}
	return fmt.Sprintf("moved later %d times", c.Slips)
}

func days(n int) string {
	if n == 1 {
		return "1 day"
	}
	return figure(int64(n)) + " days"
}

func count(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return figure(n) + " " + noun + "s"
}

// figure is a whole number with its thousands parted.
func figure(n int64) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// sums lists what a column comes to, the largest three currencies first.
func (c column) sums() []string {
	if c.Together.Converted {
		return c.Together.Texts()
	}
	list := c.Totals.Amounts()
	var parts []string
	for i, a := range list {
		if i == 3 {
			return append(parts, fmt.Sprintf("%d more currencies", len(list)-3))
		}
		parts = append(parts, a.String())
	}
	return parts
}

// standing says how many of the column stand long, and what long is.
func (c column) standing() string {
	cases := count(int64(c.Limit.Cases), "stay")
	if c.Limit.Any {
		cases += " at any stage"
	}
	return fmt.Sprintf("%s longer than nine in ten: %s, of %s", verb(c.Standing), days(int(math.Ceil(c.Limit.Days))), cases)
}

func verb(n int64) string {
	if n == 1 {
		return "1 stands"
	}
	return figure(n) + " stand"
}

// lead answers the board's question in a sentence.
func (v view) lead() string {
	var all, long int64
	totals, together := money.Totals{}, rates.Together{}
	for _, c := range v.Columns {
		all, long = all+c.Deals, long+c.Standing
		together.Take(c.Together)
		for currency, minor := range c.Totals {
			totals[currency] += minor
		}
	}
	if all == 0 {
		return ""
	}
	parts := append([]string{count(all, "open deal")}, column{Totals: totals, Together: together}.sums()...)
	text := strings.Join(parts, ", ") + "."
	switch {
	case long > 0:
		text += " " + verb(long) + " longer than usual."
	case v.told():
		text += " None stands longer than usual."
	}
	return text
}

func (v view) told() bool {
	for _, c := range v.Columns {
		if c.Told {
			return true
		}
	}
	return false
}

func at(path string, q url.Values) string {
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}
