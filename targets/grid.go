package targets

import (
	"encoding/json"
	"net/url"
	"strconv"

	"milepost/calendar"
	"milepost/people"
)

// gridView is the grid as the page shows it.
type gridView struct {
	question
	Person   people.Person // whose team it is
	Spread   string
	Season   string // what spreading by season rests on, once it was asked for
	Lines    []gridLine
	Sums     []gridSum
	Heads    []gridHead
	Settable bool
	Seen     int64
	Wrong    []string
	Undo     string // the viewer's last save, when it can be undone
	Decimals int
	Empty    bool // nothing is set for anyone
}

// gridHead is the head of a column: the year, a quarter, or a month.
type gridHead struct{ Part, Label, Short string }

// gridLine is one person, or one person's team.
type gridLine struct {
	rowOf
	Name, Note string
	Drill      string // the grid of this person's team
	Path       string // this person's own page
	Settable   bool
	Head       bool   // whose team it is, and not one of the team
	Floor      string // for the page's script: what carries when no team target is set, by month
	Inputs     []gridInput
}

// gridInput is one cell.
type gridInput struct {
	Name, Label, Part, Text, Minor, Error string
	At                                    int // of a month, from 0; of a quarter, from 0
}

// gridSum is a line of sums under the grid.
type gridSum struct {
	Label, Kind string
	Cells       []string
}

// heads are the columns of a fiscal year: the year, and each quarter before its
// months.
func heads(year calendar.Period) []gridHead {
	list := []gridHead{{"y", year.Name, year.Name}}
	for i, month := range Months(year) {
		if i%3 == 0 {
			q := "Q" + strconv.Itoa(i/3+1)
			list = append(list, gridHead{"q", q, q})
		}
		list = append(list, gridHead{"m", month.Time().Format("January 2006"), month.Time().Format("Jan")})
	}
	return list
}

// grid puts the view together: the person's own lines, those of the direct reports,
// and the sums. What was typed and not saved stands over what is kept.
func (k *desk) grid(q question, s *sheet, form url.Values, p plan) gridView {
	g := gridView{question: q, Person: k.people[q.Of], Spread: spreadOf(form), Season: s.Season.Says, Seen: s.Seen,
		Heads: heads(q.Year), Decimals: q.Measure.Currency().Decimals(), Empty: len(s.Book.Measures()) == 0}
	if q.Measure == Wins {
		g.Decimals = 0
	}
	reports := k.access.chart.Reports(q.Of)
	if len(reports) > 0 {
		g.Lines = append(g.Lines, k.line(s, q.Of, Team, form, p))
	}
	g.Lines = append(g.Lines, k.line(s, q.Of, Own, form, p))
	for i := range g.Lines {
		g.Lines[i].Head = true
	}
	for _, person := range k.order {
		if k.access.chart.Manager(person.ID) != q.Of {
			continue
		}
		if len(k.access.chart.Reports(person.ID)) > 0 {
			g.Lines = append(g.Lines, k.line(s, person.ID, Team, form, p))
		}
		g.Lines = append(g.Lines, k.line(s, person.ID, Own, form, p))
	}
	for _, l := range g.Lines {
		g.Settable = g.Settable || l.Settable
		for _, input := range l.Inputs {
			if input.Error != "" {
				g.Wrong = append(g.Wrong, input.Error)
			}
		}
	}
	if len(reports) > 0 {
		g.Sums = k.sums(s, q)
	}
	return g
}

func (k *desk) line(s *sheet, person people.ID, scope Scope, form url.Values, p plan) gridLine {
	l := gridLine{rowOf: rowOf{person, scope}, Name: k.people[person].Name, Settable: k.access.MaySet(person),
		Path: "/targets/people/" + string(person) + "?year=" + yearNumber(s.Year)}
	if scope == Team {
		l.Note = "team"
		l.Drill = question{person, s.Year, s.Measure}.path("/targets")
	} else if len(k.access.chart.Reports(person)) > 0 {
		l.Note = "own deals"
	}
	months := Months(s.Year)
	floor := make([]int64, len(months))
	for i, month := range months {
		carried, _ := s.Book.Carried(k.access.chart, person, s.Measure, month)
		if own := s.Book.Value(Cell{person, Own, month, s.Measure}); own != nil {
			carried -= *own
		}
		floor[i] = carried
	}
	packed, _ := json.Marshal(floor) // numbers always marshal
	l.Floor = string(packed)
	typed := line{sheet: s, rowOf: l.rowOf, form: form, wrong: map[string]string{}, values: map[calendar.Date]*int64{}}
	typed.read(months)
	for i, h := range heads(s.Year) {
		l.Inputs = append(l.Inputs, l.input(&typed, h, i, p))
	}
	return l
}

// input is the cell of a column; the columns of a quarter are four, after the year's.
func (l *gridLine) input(typed *line, h gridHead, column int, p plan) gridInput {
	months := Months(typed.Year)
	in := gridInput{Part: h.Part}
	switch h.Part {
	case "q":
		in.At = (column - 1) / 4
		months = months[3*in.At : 3*in.At+3]
	case "m":
		in.At = (column-1)/4*3 + (column-1)%4 - 1
		months = months[in.At : in.At+1]
	}
	value := sumOf(months, typed.value)
	in.Name = inputName(h.Part, l.Person, l.Scope, months[0])
	in.Text, in.Error = inputText(typed.Measure, value), p.Wrong[in.Name]
	if value != nil {
		in.Minor = strconv.FormatInt(*value, 10)
	}
	if in.Error != "" { // what cannot be read stays as it was typed
		in.Text = typed.form.Get(in.Name)
	}
	in.Label = l.Name + ", " + h.Label
	if l.Note != "" {
		in.Label = l.Name + " (" + l.Note + "), " + h.Label
	}
	return in
}

// sums are the lines under the grid: what the team's people carry together, the
// team's target, and what lies between.
func (k *desk) sums(s *sheet, q question) []gridSum {
	carried := gridSum{Label: "Carried by the team", Kind: "carried"}
	differs := gridSum{Label: "Against the target", Kind: "difference"}
	for column, h := range heads(s.Year) {
		months := Months(s.Year)
		switch h.Part {
		case "q":
			months = months[(column-1)/4*3 : (column-1)/4*3+3]
		case "m":
			at := (column-1)/4*3 + (column-1)%4 - 1
			months = months[at : at+1]
		}
		var sum int64
		set := false
		for _, month := range months {
			value, is := s.Book.Carried(k.access.chart, q.Of, s.Measure, month)
			sum, set = sum+value, set || is
		}
		target, targeted := s.Book.Sum(q.Of, Team, s.Measure, months)
		carried.Cells = append(carried.Cells, textIf(s.Measure, sum, set))
		differs.Cells = append(differs.Cells, signed(s.Measure, sum-target, set && targeted))
	}
	return []gridSum{carried, differs}
}

func textIf(m Measure, value int64, is bool) string {
	if !is {
		return ""
	}
	return Text(m, value)
}

// signed writes a difference with its sign.
func signed(m Measure, value int64, is bool) string {
	switch {
	case !is:
		return ""
	case value > 0:
		return "+" + Text(m, value)
	}
	return Text(m, value)
}
