package targets

import (
	"fmt"
	"net/http"
	"net/url"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/web"
	"milepost/problem"
)

// copyYear proposes last year's targets, changed by a percentage, for everyone in the
// grid whose targets the viewer sets.
func (p *pages) copyYear(w http.ResponseWriter, r *http.Request) error {
	s, err := p.sent(w, r)
	if err != nil {
		return err
	}
	tenths, err := readPercent(s.form.Get("percent"))
	if err != nil {
		return err
	}
	last := calendar.Period{From: s.Year.From.AddMonths(-12), Until: s.Year.From}
	book, err := AsOf(r.Context(), s.db, s.viewer.Org, last, deals.Ever)
	if err != nil {
		return err
	}
	return p.propose(w, r, s, func(row rowOf, month calendar.Date, _ *sheet) *int64 {
		value := book.Value(Cell{row.Person, row.Scope, month.AddMonths(-12), s.Measure})
		if value == nil {
			return nil
		}
		raised := Raise(*value, tenths, s.Measure)
		return &raised
	}, "There is nothing set in the year before, so there is nothing to copy.")
}

// season proposes to spread each year's sum over its months by season.
func (p *pages) season(w http.ResponseWriter, r *http.Request) error {
	s, err := p.sent(w, r)
	if err != nil {
		return err
	}
	s.form.Set("spread", bySeason)
	months := Months(s.Year)
	spread := map[rowOf][]*int64{}
	return p.propose(w, r, s, func(row rowOf, month calendar.Date, sheet *sheet) *int64 {
		if spread[row] == nil {
			spread[row] = sheet.parts(sumOf(months, func(at calendar.Date) *int64 {
				return sheet.Book.Value(Cell{row.Person, row.Scope, at, s.Measure})
			}), months)
		}
		for i := range months {
			if months[i] == month {
				return spread[row][i]
			}
		}
		return nil
	}, "Nothing is set for this year yet. Set each person's year first, then spread it by season.")
}

// propose fills a form as if it had been typed, for every line of the grid that the
// viewer sets, and shows what would change. Where there is nothing to propose, what
// stands stays.
func (p *pages) propose(w http.ResponseWriter, r *http.Request, s *sent, value func(rowOf, calendar.Date, *sheet) *int64, nothing string) error {
	sheet, err := s.sheet(r.Context(), s.db, s.question, 0, spreadOf(s.form), nil)
	if err != nil {
		return err
	}
	s.seen = sheet.Seen
	found := false
	form := url.Values{"spread": {spreadOf(s.form)}}
	for _, l := range s.grid(s.question, sheet, nil, plan{}).Lines {
		for _, month := range Months(s.Year) {
			if v := value(l.rowOf, month, sheet); l.Settable && v != nil {
				form.Set(inputName("m", l.Person, l.Scope, month), inputText(s.Measure, v))
				found = true
			}
		}
	}
	if !found {
		return problem.Invalid("", "%s", nothing)
	}
	s.form = form
	worked, err := sheet.work(form, s.access)
	if err != nil {
		return err
	}
	return p.showPlan(w, r, s, sheet, worked, nil)
}

// readAnswer is what the page's script gets for what was typed or pasted.
type readAnswer struct {
	Rows [][]readCell `json:"rows"`
	Says string       `json:"says,omitempty"`
}

type readCell struct {
	Value *int64 `json:"value"`
	Text  string `json:"text"`
}

// read reads typed or pasted values for the page's script, by the very rules by which
// a saved form is read; with "over" it spreads one value over a quarter or the year.
func (p *pages) read(w http.ResponseWriter, r *http.Request) error {
	s, err := p.sent(w, r)
	if err != nil {
		return err
	}
	values, err := readBlock(s.form.Get("text"), s.Measure)
	if blank(s.form.Get("text")) {
		values, err = [][]*int64{{nil}}, nil
	}
	if err != nil {
		return err
	}
	var answer readAnswer
	if over := s.form.Get("over"); over != "" {
		sheet, err := s.sheet(r.Context(), s.db, s.question, 0, spreadOf(s.form), nil)
		if err != nil {
			return err
		}
		months, err := s.monthsOver(over)
		if err != nil {
			return err
		}
		values, answer.Says = [][]*int64{sheet.parts(values[0][0], months)}, sheet.Season.Says
	}
	for _, row := range values {
		cells := make([]readCell, len(row))
		for i, v := range row {
			cells[i] = readCell{v, inputText(s.Measure, v)}
		}
		answer.Rows = append(answer.Rows, cells)
	}
	return web.JSON(w, r, http.StatusOK, answer)
}

// monthsOver are the months of a quarter ("q0" to "q3") or of the year ("y").
func (s *sent) monthsOver(over string) ([]calendar.Date, error) {
	months := Months(s.Year)
	for q := range 4 {
		if over == fmt.Sprintf("q%d", q) {
			return months[3*q : 3*q+3], nil
		}
	}
	if over == "y" {
		return months, nil
	}
	return nil, problem.Invalid("over", "There is no such quarter.")
}
