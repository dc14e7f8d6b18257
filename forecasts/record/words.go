package record

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"milepost/forecasts"
	"milepost/internal/ui"
)

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return ui.Figure(int64(n)) + " " + many
}

// percent is a share as people say it.
func percent(share float64) string { return fmt.Sprintf("%.0f %%", 100*share) }

// signed is a share with its sign: too many, or too few.
func signed(share float64) string {
	text := fmt.Sprintf("%+.0f %%", 100*share)
	if text == "-0 %" || text == "+0 %" {
		return "0 %"
	}
	return minus(text)
}

// minus puts the sign for minus in the place of a hyphen.
func minus(text string) string { return strings.Replace(text, "-", "−", 1) }

func named(method string) string { return "“" + forecasts.MethodLabel(method) + "”" }

// headline is the sentence that the page begins with.
func headline(c *Comparison) string {
	switch v, known := c.Judge(); {
	case c.Events() < fewestEvents:
		return fmt.Sprintf("Too early to judge: %d of %s.", c.Events(), plural(fewestEvents, "won deal", "won deals"))
	case len(c.Days) < fewestDays:
		return fmt.Sprintf("Too early to judge: %d of %d days so far apart that their %s do not overlap.", len(c.Days), fewestDays, plural(int(c.Horizon), "day", "days"))
	case !known:
		return "There is nothing to compare with yet: the simple method “" + forecasts.MethodLabel(forecasts.PastYieldName) + "” is not scored on enough of the days chosen."
	case v.Clear():
		return fmt.Sprintf("%s has been best here: its chances missed by %s less than those of %s, and that is more than chance does.", named(v.Best), percent(v.Lead.Mean), named(v.Other))
	case !v.Known:
		return fmt.Sprintf("%s missed least; whether that means anything cannot be said yet.", named(v.Best))
	default:
		return fmt.Sprintf("%s missed least, by %s less than %s; the difference is within what chance does.", named(v.Best), percent(v.Lead.Mean), named(v.Other))
	}
}

// because says what the sentence rests on.
func because(c *Comparison) string {
	v, known := c.Judge()
	switch {
	case c.TooEarly():
		return "Below that, luck decides which method looks best, and the figures below are only a beginning."
	case !known:
		return "It must be scored on most of the days before others can be held against it. Forecasts for earlier days may still be in the making: look again in a while."
	case !v.Known:
		return "The days are too much alike to say how sure that is."
	}
	return fmt.Sprintf("95 %% sure: between %s and %s, allowing for the best having been picked from %d. ", less(v.Lead.Low), less(v.Lead.High), v.Looked)
}

func less(share float64) string {
	if share < 0 {
		return percent(-share) + " more"
	}
	return percent(share) + " less"
}

// rests says how many days and deals a comparison stands on, and how many were rehearsed.
func rests(c *Comparison) string {
	t := Score{}
	if len(c.Rows) > 0 {
		t = Total(c.Rows[0])
	}
	text := fmt.Sprintf("Each method was asked about the same %s on the same %s, so far apart that no outcome counts twice; %s came within the %s. ",
		plural(t.Deals, "chance", "chances"), plural(len(c.Days), "day", "days"), plural(t.WinsCame, "win", "wins"), plural(int(c.Horizon), "day", "days"))
	switch rehearsed := len(c.Days) - c.Then; {
	case len(c.Days) == 0:
		return ""
	case rehearsed == 0:
		text += "All of it was said then."
	case c.Then == 0:
		text += "All of it is rehearsed: made later, from only what had been recorded before each day, as it would have been said."
	default:
		text += fmt.Sprintf("Of the days, %d were said then and %d are rehearsed: made later, from only what had been recorded before each day, as it would have been said.", c.Then, rehearsed)
	}
	return text
}

// driftText says plainly that the world changed, where it did.
func (v *view) driftText() string {
	d := v.drift
	return fmt.Sprintf("On the last %s, %s expected %s than came; before, %s. How deals go has changed, or how they are recorded. The model learns it only as those deals end: read the forecast with that in mind, and look at what changed.",
		plural(d.Recent, "day", "days"), named(v.method), overText(d.Lately), overText(d.Before))
}

func overText(bias float64) string {
	switch {
	case math.Abs(bias) < .005:
		return "as many wins"
	case bias > 0:
		return percent(bias) + " more wins"
	}
	return percent(-bias) + " fewer wins"
}

// measureText is what a range was given for.
func measureText(h Holding) string {
	measure, fresh := strings.CutSuffix(h.Measure, withNew)
	text := "Wins of the company"
	if measure != wins {
		text = measure + " won by the company"
	}
	switch {
	case h.Owners && measure == wins:
		return fmt.Sprintf("Wins of each person with %d open deals or more", fewestOfOne)
	case h.Owners:
		return measure + " won by each such person"
	case fresh:
		return text + ", with deals that did not exist yet"
	}
	return text + ", from deals that were open"
}

// currencyWords say which amounts are scored where deals are in several currencies; empty
// where they are in one.
func (v *view) currencyWords() string {
	seen := map[string]bool{}
	for _, d := range v.details {
		for currency := range d.Money {
			seen[currency] = true
		}
	}
	delete(seen, v.currency)
	if len(seen) == 0 {
		return ""
	}
	others := slices.Sorted(maps.Keys(seen))
	text := others[len(others)-1]
	if n := len(others) - 1; n > 0 {
		text = strings.Join(others[:n], ", ") + " and " + text
	}
	return "Amounts on this page are those of deals in " + v.currency + ". Deals in " + text + " are in the wins, and not in the amounts: each forecast is scored as it was kept, every currency by itself, so that no exchange rate is taken for a hit or a miss. The forecast page adds them up."
}
