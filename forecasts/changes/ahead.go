package changes

import "milepost/forecasts/landmark"

// won is the chance of a deal, as far as its story is told, to be won in the period.
func (s *Side) won(story *landmark.Replay) float64 {
	p := story.Won(s.Past.AsOf(), s.Ahead.Ends)
	if s.Ahead.Begins > 0 {
		p -= story.Won(s.Past.AsOf(), s.Ahead.Begins)
	}
	return max(0, p)
}

// begins says when the period does, where that is after the earlier of the two ends.
func (v view) begins() string {
	if v.Period.From > v.Day {
		return v.Period.Name + " begins on " + weekday(v.Period.From)
	}
	return v.Period.Name + " began on " + weekday(v.Period.From)
}

// bookedWords begin the list of what is told: nothing is booked before a period begins.
func (v view) bookedWords() string {
	if v.Period.From > v.Day {
		return "what is "
	}
	return "what is booked, "
}

func (v view) beginsWords() string {
	if v.Period.From > v.Day {
		return "Both figures are of deals that will be won in it, and not before. So a deal that is won, or looks as if it will be won sooner than that, takes away from them."
	}
	return "What was expected before that day was of deals that would be won in it, and not before. A deal that was won before it began counts there, and what was expected of it here is gone."
}

// sentence says what stands behind a bar; some are told otherwise of a period that has not
// begun.
func (v view) sentence(b Bar) string {
	if text, has := sentencesAhead[b]; has && v.Period.From > v.Day {
		return text
	}
	return sentences[b]
}

// sentencesAhead say it of a period that has not begun.
var sentencesAhead = map[Bar]string{
	Won:            "Won since, before the period begins: what was expected of them in it is gone.",
	EvidenceGained: "A milestone was claimed or confirmed, a criterion met, a later stage reached. What will be won sooner for it is less likely to be won in the period.",
	Time:           "Days went by: the period is nearer, and what does not move grows old.",
}
