package plans

import (
	"fmt"
	"strconv"

	"milepost/calendar"
)

// Health says how a plan goes.
type Health string

// The states of a plan.
const (
	OnTrack  Health = "on track"
	Slipping Health = "slipping"
	Stalled  Health = "stalled"
	Finished Health = "done"
)

// What still counts as on track, in days.
const (
	lateEnd    = 7  // the end may be later than was agreed first
	longestGap = 14 // a step may be late before the plan counts as stalled
)

// HealthOf judges a plan by its dates, with the reason: stalled when a step is late by
// more than two weeks, slipping when any is late or the end has moved by more than a
// week since it was agreed, on track otherwise.
func HealthOf(p *Plan, today calendar.Date) (Health, string) {
	var open, late int
	var worst *Step
	for i := range p.Steps {
		s := &p.Steps[i]
		if s.Done() {
			continue
		}
		open++
		if s.Overdue(today) {
			late++
			if worst == nil || s.Due < worst.Due {
				worst = s
			}
		}
	}
	if open == 0 && len(p.Steps) > 0 {
		return Finished, "Every step is done."
	}
	if worst != nil {
		days := worst.Due.DaysUntil(today)
		if days > longestGap {
			return Stalled, fmt.Sprintf("“%s” is %s late%s.", worst.Text, inDays(days), others(late-1))
		}
		return Slipping, fmt.Sprintf("“%s” is %s late%s.", worst.Text, inDays(days), others(late-1))
	}
	if first, now := p.ends(); first != "" && first.DaysUntil(now) > lateEnd {
		return Slipping, fmt.Sprintf("The last step is %s later than was agreed first.", inDays(first.DaysUntil(now)))
	}
	if p.AgreedAt == 0 {
		return OnTrack, "Nothing is late. It is not agreed with the prospect yet."
	}
	return OnTrack, "Nothing is late, and the end is where it was agreed."
}

// ends is when the last step was to be done as agreed first, and when it is now.
func (p *Plan) ends() (first, now calendar.Date) {
	for _, s := range p.Steps {
		first, now = max(first, s.Course.First), max(now, s.Due)
	}
	return first, now
}

func inDays(n int) string {
	if n == 1 {
		return "1 day"
	}
	return strconv.Itoa(n) + " days"
}

func others(n int) string {
	switch n {
	case 0:
		return ""
	case 1:
		return ", and another step is late"
	}
	return ", and " + strconv.Itoa(n) + " others are late"
}
