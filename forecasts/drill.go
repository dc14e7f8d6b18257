package forecasts

import (
	"github.com/a-h/templ"

	"milepost/deals"
	"milepost/internal/ui"
	"milepost/people"
)

// dealsOf narrows the list of deals to a person's open ones, with those of everyone down
// the line if asked for; nobody's deals are those without an owner.
func dealsOf(person people.ID, line bool) deals.Filter {
	switch {
	case person == "":
		return deals.Filter{Owner: "none"}
	case line:
		return deals.Filter{Owner: string(person) + ".line"}
	}
	return deals.Filter{Owner: string(person)}
}

// withLine tells whether a line stands for a person and everyone below.
func (s *sheet) withLine(l *Line) bool {
	return !l.Itself && l.Person != "" && len(s.line.Chart.Reports(l.Person)) > 0
}

// toDeals leads to the open deals of a line, for who may see them.
func (s *sheet) toDeals(l *Line) templ.Component {
	path := s.openPath(l)
	if path == "" || s.outlook.By != "" {
		return nil
	}
	return ui.LinkButton{Label: "Open deals: " + s.label(l), Icon: "briefcase", IconOnly: true, Small: true, Kind: ui.Ghost, Path: path}
}

// openPath is where the open deals of a line are listed; "" where there are none to see.
func (s *sheet) openPath(l *Line) string {
	switch {
	case l.Deals == 0:
		return ""
	case s.outlook.By != "" && s.mayListLines():
		return s.ask.listing(l.Name)
	case s.outlook.By != "" || !s.viewer.Sees(l.Person) || s.ask.AsOf != "":
		return "" // the list of deals is that of today: in the past it would show others
	}
	return dealsOf(l.Person, s.withLine(l)).Path()
}

// wonPath is where the deals of a line are listed that were won in the period; "" where
// there are none to see, or the list of deals cannot be narrowed to them.
func (s *sheet) wonPath(l *Line) string {
	if l.Wins == 0 || s.ask.AsOf != "" {
		return ""
	}
	var f deals.Filter
	total := l == &s.outlook.Total
	switch {
	case !total && s.outlook.By == "":
		if !s.viewer.Sees(l.Person) {
			return ""
		}
		f = dealsOf(l.Person, s.withLine(l))
	case !s.mayListLines():
		return ""
	case s.outlook.Person != "":
		f = dealsOf(s.outlook.Person, true)
	}
	if !total && s.outlook.By != "" && !ofAttribute(&f, s.outlook.By, l.Name) {
		return ""
	}
	f.Outcome, f.From, f.To = string(deals.Won), s.outlook.Period.From, s.outlook.Period.Until.AddDays(-1)
	return f.Path()
}

// ofAttribute narrows to the deals with a value of an attribute, if the list of deals can.
func ofAttribute(f *deals.Filter, name, value string) bool {
	if value == "" {
		return false
	}
	switch name {
	case "source":
		f.Source = value
	case "segment":
		f.Segment = value
	case "product":
		f.Product = value
	default:
		return false
	}
	return true
}

// linked puts a way to the deals around a figure, where there is one.
func linked(path string, figure templ.Component) templ.Component {
	if path == "" {
		return figure
	}
	return ui.Linked(path, figure)
}
