package forecasts

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"milepost/forecasts/history"
	"milepost/forecasts/landmark"
)

// milestones and criteria are the groups of what is evidenced.
const milestones, criteria = "milestones", "triad"

// lackWords says how that stands which is not shown.
func lackWords(group, feature string, from int) string {
	how := [...]string{"not shown yet", "claimed, not confirmed"}
	if group != milestones {
		how = [...]string{"not known yet", "not met"}
	}
	return "“" + strings.TrimRight(feature, "?") + "”, " + how[min(from, 1)]
}

// reasonWords says what is known, as a manager would say it.
func reasonWords(r landmark.Reason) string {
	quoted := "“" + r.Text + "”"
	switch {
	case r.Group == milestones:
		return "“" + r.Feature + "” is " + [...]string{"not shown", "claimed", "confirmed"}[min(r.Level, 2)]
	case r.Group == criteria:
		return "“" + strings.TrimRight(r.Feature, "?") + "”: " + [...]string{"not known", "not met", "met", "verified"}[min(r.Level, int(history.Verified))]
	case r.Feature == "stage" && r.Known:
		return "It is at " + quoted
	case r.Feature == "clock" && r.Known:
		return "It last got further " + ago(r.Number)
	case r.Feature == "age" && r.Known:
		return "It was created " + ago(r.Number)
	case r.Feature == "last contact" && r.Known:
		return "The last activity was " + ago(r.Number)
	case r.Feature == "last contact":
		return "No activity is on record"
	case r.Feature == "contacts":
		return count(int(r.Number), "activity", "activities") + " in 30 days"
	case r.Feature == "activity" && r.Known:
		return "The last activity was of the kind " + quoted
	case r.Feature == "activity":
		return "No activity is on record, of any kind"
	case r.Feature == "amount" && r.Known:
		return fmt.Sprintf("Its amount is %s the usual one", times(r.Number))
	case r.Feature == "amount":
		return "It has no amount"
	case r.Feature == "owner":
		return "How deals of its owner went"
	case r.Feature == "reopened":
		return [...]string{"It was never reopened", "It was reopened"}[min(r.Level, 1)]
	case r.Feature == "competitors":
		return [...]string{"No competitor is named", "A competitor is named", "Several competitors are named"}[min(r.Level, 2)]
	case r.Feature == "plan":
		return [...]string{"No evaluation plan was made", "An evaluation plan was made"}[min(r.Level, 1)]
	case r.Known:
		return initial(r.Feature) + " is " + quoted
	}
	return initial(r.Feature) + " is not known"
}

// initial makes the first letter a capital.
func initial(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

func ago(days float64) string {
	if days < 1 {
		return "today"
	}
	return count(int(days), "day", "days") + " ago"
}

// times says how often something is something else.
func times(ratio float64) string {
	switch {
	case ratio >= .8 && ratio < 1.25:
		return "about"
	case ratio >= 1.25:
		return fmt.Sprintf("%.1f times", ratio)
	}
	return fmt.Sprintf("%.0f %% of", 100*ratio)
}
