package targets

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"milepost/calendar"
	"milepost/people"
)

// previewView is what would change, line by line, and what has to be chosen first.
type previewView struct {
	question
	Seen      int64
	Lines     []previewLine
	Conflicts []conflictView
	Spread    string
	Season    string
	Taken     *taken // what an import read
}

// previewLine is one person, or team: the months that would change.
type previewLine struct {
	Name          string
	Before, After string // of the months that change
	By            string
	Months        []monthChange
	Bad           bool // it goes down
}

type monthChange struct{ Input, Value, Label, From, To string }

// conflictView is a month that someone else set while the grid was open.
type conflictView struct {
	Input, Label      string
	Was, Mine, Theirs string
	MineText, NowText string // as the input carries them
	Who               string
	At                calendar.Instant
}

func (s *sent) previewOf(sheet *sheet, worked plan, t *taken, head int64) previewView {
	v := previewView{question: s.question, Seen: head, Spread: spreadOf(s.form), Season: sheet.Season.Says, Taken: t}
	for _, group := range byRow(worked.Changes) {
		v.Lines = append(v.Lines, s.previewLine(sheet, group))
	}
	slices.SortStableFunc(v.Lines, func(a, b previewLine) int { return cmp.Compare(people.Key(a.Name), people.Key(b.Name)) })
	for _, c := range worked.Conflicts {
		v.Conflicts = append(v.Conflicts, s.conflict(sheet, c))
	}
	return v
}

// byRow groups changes, which come row by row.
func byRow(changes []changed) [][]changed {
	var groups [][]changed
	for i, c := range changes {
		if i == 0 || changes[i-1].Person != c.Person || changes[i-1].Scope != c.Scope {
			groups = append(groups, nil)
		}
		groups[len(groups)-1] = append(groups[len(groups)-1], c)
	}
	return groups
}

func (k *desk) rowName(person people.ID, scope Scope) string {
	name := k.people[person].Name
	if scope == Team {
		return name + " (team)"
	}
	return name
}

func (s *sent) previewLine(sheet *sheet, group []changed) previewLine {
	m := s.Measure
	l := previewLine{Name: s.rowName(group[0].Person, group[0].Scope)}
	var before, after int64
	none := true // nothing stood in these months
	for _, c := range group {
		before, after, none = before+zero(c.Now), after+zero(c.To), none && c.Now == nil
		l.Months = append(l.Months, monthChange{Input: inputName("m", c.Person, c.Scope, c.Month), Value: inputText(m, c.To),
			Label: c.Month.Time().Format("Jan 2006"), From: said(m, c.Now), To: said(m, c.To)})
	}
	l.Before, l.After, l.By, l.Bad = Text(m, before), Text(m, after), signed(m, after-before, true), after < before
	if none {
		l.Before = "none"
	}
	return l
}

func zero(v *int64) int64 {
	if v == nil {
		return 0
	}
	return *v
}

func (s *sent) conflict(sheet *sheet, c changed) conflictView {
	m := s.Measure
	v := conflictView{Input: inputName("m", c.Person, c.Scope, c.Month),
		Label: s.rowName(c.Person, c.Scope) + ", " + c.Month.Time().Format("January 2006"),
		Was:   said(m, c.From), Mine: said(m, c.To), Theirs: said(m, c.Now),
		MineText: inputText(m, c.To), NowText: inputText(m, c.Now), Who: "Someone", At: c.Other.RecordedAt}
	if who, known := s.people[people.ID(c.Other.Actor)]; known {
		v.Who = who.Name
		if who.ID == s.viewer.ID {
			v.Who = "You, in another window,"
		}
	}
	return v
}

func (v previewView) count() int {
	n := len(v.Conflicts)
	for _, l := range v.Lines {
		n += len(l.Months)
	}
	return n
}

// lead says what the page is about in a sentence.
func (v previewView) lead() string {
	if len(v.Conflicts) > 0 {
		return fmt.Sprintf("Nothing is saved yet. %s set by someone else while you were at it: choose what shall stand.", wasWere(len(v.Conflicts)))
	}
	return "Nothing is saved yet. Look it over, then save it all at once."
}

func wasWere(n int) string {
	if n == 1 {
		return "1 month was"
	}
	return fmt.Sprintf("%d months were", n)
}

// summary names the months of a line: "12 months, Jan to Dec 2027".
func (l previewLine) summary() string {
	first, last := l.Months[0].Label, l.Months[len(l.Months)-1].Label
	if first == last {
		return first
	}
	if year, ok := strings.CutPrefix(last[3:], " "); ok && strings.HasSuffix(first, year) {
		first = first[:3]
	}
	return fmt.Sprintf("%s, %s to %s", plural(len(l.Months), "month"), first, last)
}
