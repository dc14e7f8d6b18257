package forecasts

import "fmt"

// leadWords say what the page tells of its period.
func (s *sheet) leadWords() string {
	if s.outlook.Begins > 0 {
		return "what is likely to be won in it, and not before"
	}
	return "what is booked, and what is likely to come on top"
}

// beginsWords say in how many days a period begins that has not.
func (s *sheet) beginsWords() string {
	return "in " + count(int(s.outlook.Begins), "day", "days") + "; what is won before does not count here"
}

// byWhen is when a deal must be won to count.
func (s *sheet) byWhen() string {
	last := s.outlook.Period.Until.AddDays(-1).Long()
	if s.outlook.Begins > 0 {
		return "from " + s.outlook.Period.From.Long() + " to " + last
	}
	return "by " + last
}

func (s *sheet) fanSubtitle() string {
	if s.outlook.Begins > 0 {
		return "How far it may go, from the day on which it begins"
	}
	return "What is booked, and how far it may go"
}

// yieldWords say how past yield comes to its chances.
func (s *sheet) yieldWords() string {
	days := count(int(s.outlook.Days), "day", "days")
	if s.outlook.Begins > 0 {
		return fmt.Sprintf("Take every day in the past on which a deal stood at the same stage. In how many of those cases was it won within the next %s, less those within the first %s? That share is the deal's chance.", days, count(int(s.outlook.Begins), "day", "days"))
	}
	return fmt.Sprintf("Take every day in the past on which a deal stood at the same stage. In how many of those cases was it won within the next %s? That share is the deal's chance.", days)
}

// fitsWords say when a win by the rate of the stage counts.
func (s *sheet) fitsWords() string {
	if s.outlook.Begins > 0 {
		return "leads into the period"
	}
	return "still fits in before the period ends"
}
