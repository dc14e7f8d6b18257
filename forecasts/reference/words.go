package reference

import (
	"fmt"
	"math"

	"milepost/internal/ui"
)

// A figure and its unit are not parted at the end of a line.
const space = "\u00a0"

// percent writes a share.
func percent(p float64) string { return fmt.Sprintf("%.0f"+space+"%%", 100*p) }

// times writes log-odds as how many times as likely.
func times(odds float64) string { return plain(odds) + space + "times" }

func plain(odds float64) string { return trim(fmt.Sprintf("%.2f", math.Exp(odds))) }

// span writes days in the unit that people would use.
func span(days float64) string {
	switch {
	case days < 1.5:
		return "1" + space + "day"
	case days < 365:
		return fmt.Sprintf("%.0f"+space+"days", days)
	case days < 3*365:
		return fmt.Sprintf("%.0f"+space+"months", days/30.44)
	}
	return fmt.Sprintf("%.1f"+space+"years", days/365.25)
}

// alike is from how many deals on something that still is mostly assumption is so because
// it cannot be told apart: it nearly always goes with something else.
const alike = 100

// weight says how far own deals have taken over.
func weight(moved float64, deals int) string {
	switch {
	case moved < .5 && deals >= alike:
		return "cannot be told from what goes with it"
	case moved < .25:
		return "mostly assumption"
	case moved < .5:
		return "more assumption than own deals"
	case moved < .75:
		return "more own deals than assumption"
	}
	return "mostly your own deals"
}

// where says on which rung a stage stands, or between which two.
func where(height float64, rungs int) string {
	at := height*float64(rungs-1) + 1
	if near := math.Round(at); math.Abs(at-near) < .1 {
		return fmt.Sprintf("rung %.0f of %d", near, rungs)
	}
	return fmt.Sprintf("between rungs %.0f and %.0f of %d", math.Floor(at), math.Ceil(at), rungs)
}

// count writes a number with what it counts.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return ui.Figure(int64(n)) + " " + many
}
