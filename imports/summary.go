package imports

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// String is the summary in lines for a terminal.
func (s Summary) String() string {
	var text strings.Builder
	say := func(form string, args ...any) { fmt.Fprintf(&text, "  "+form+"\n", args...) }
	fmt.Fprintf(&text, "%s: %s\n", s.File, s.Headline())
	if made := s.made(); made != "" {
		say("%s", made)
	}
	for _, note := range s.Notes() {
		say("%s", note)
	}
	if s.Rejects != "" {
		say("The rejected lines, with the reasons: %s", s.Rejects)
	}
	say("It took %s.", tookText(s.Took))
	return text.String()
}

// Headline is what came of the file, in one sentence.
func (s Summary) Headline() string {
	lines := counted(s.Rejected, "line was rejected", "lines were rejected")
	switch {
	case s.Refused:
		return "nothing was taken, because " + counted(s.Rejected, "line is bad.", "lines are bad.")
	case s.Taken == 0 && s.AlreadyThere == 0:
		return "nothing was taken; " + lines + "."
	case s.Taken == 0 && s.Rejected == 0:
		return "all " + counted(s.AlreadyThere, "fact was", "facts were") + " there already; nothing was added."
	}
	parts := []string{counted(s.Taken, "fact was taken", "facts were taken")}
	if s.AlreadyThere > 0 {
		parts = append(parts, counted(s.AlreadyThere, "was there already", "were there already"))
	}
	if s.Rejected > 0 {
		parts = append(parts, lines)
	}
	return strings.Join(parts, ", ") + "."
}

// made says what is new beside the facts: "2 new deals, 1 new person."
func (s Summary) made() string {
	var parts []string
	add := func(n int64, one, many string) {
		if n > 0 {
			parts = append(parts, counted(n, one, many))
		}
	}
	add(s.DealsNew, "new deal", "new deals")
	add(s.DealsChanged, "deal changed", "deals changed")
	add(s.Accounts, "new account", "new accounts")
	add(s.People, "new person", "new people")
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, ", ") + "."
}

// Notes are what somebody should know who relies on the data.
func (s Summary) Notes() []string {
	var notes []string
	if s.AfterOutcome > 0 {
		notes = append(notes, counted(s.AfterOutcome, "fact is", "facts are")+" dated after the outcome of the deal; the outcome stands.")
	}
	if s.BeforeCreation > 0 {
		notes = append(notes, counted(s.BeforeCreation, "fact is", "facts are")+" dated before the deal was created.")
	}
	if len(s.SharedNames) > 0 {
		notes = append(notes, "Several people share a name; the one who joined first was meant: "+strings.Join(s.SharedNames, ", ")+".")
	}
	return notes
}

// counted is a number, with its thousands parted, and its noun.
func counted(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return grouped(n) + " " + many
}

func grouped(n int64) string {
	text := strconv.FormatInt(n, 10)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

func tookText(took time.Duration) string {
	switch {
	case took < time.Second:
		return "less than a second"
	case took < 10*time.Second:
		return fmt.Sprintf("%.1f seconds", took.Seconds())
	}
	return took.Round(time.Second).String()
}
