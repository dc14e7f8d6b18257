package deals

import (
	"errors"
	"slices"

	"milepost/calendar"
	"milepost/problem"
)

// ActivityTypes lists what a person may log, in the order in which screens show it.
var ActivityTypes = []string{"call", "meeting", "e-mail", "visit", "other"}

// Activity is something that was done with the prospect.
type Activity struct {
	Type string        // one of ActivityTypes
	Text string        // what was said, what came of it
	On   calendar.Date // empty means today
}

// LogActivity records an activity; a deal that has ended may have some too.
func LogActivity(a Activity, now Now) ([]Change, error) {
	var badType error
	if !slices.Contains(ActivityTypes, a.Type) {
		badType = problem.Invalid("type", "Say what it was: a call, a meeting, an e-mail, a visit, or something else.")
	}
	text, badText := paragraphs("text", "The text", a.Text, longestActivity)
	if badText == nil && text == "" {
		badText = problem.Invalid("text", "Say in a few words what came of it.")
	}
	at, badDay := now.on("date", a.On)
	if err := errors.Join(badType, badText, badDay); err != nil {
		return nil, err
	}
	return []Change{{Kind: ActivityLogged, From: at, Fact: Fact{Name: a.Type, Value: text}}}, nil
}
