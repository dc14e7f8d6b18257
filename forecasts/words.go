package forecasts

import (
	"fmt"

	"github.com/a-h/templ"

	"milepost/internal/ui"
	"milepost/money"
	"milepost/people"
)

// nothing tells whether there is anything to show.
func (s *sheet) nothing() bool {
	return len(s.outlook.Rows) == 0 || s.outlook.Total.Deals+s.outlook.Total.Wins == 0
}

// actions lead from the forecast to what moved it and what could, and to how good it has
// been.
func (s *sheet) actions() templ.Component {
	record := ui.LinkButton{Label: "How good has this been?", Icon: "scale", Path: RecordPath}
	if s.nothing() {
		return record
	}
	if s.viewer.SeesNoDeals() {
		return templ.Join(s.toChanges(), s.toLevers(), record)
	}
	return templ.Join(s.toChanges(), s.toLevers(), ui.LinkButton{Label: "Idle deals", Icon: "hourglass", Path: idlePath}, record)
}

// toLevers leads to what could move the forecast, which is told as of now only.
func (s *sheet) toLevers() templ.Component {
	if s.ask.AsOf != "" {
		return templ.NopComponent
	}
	return ui.LinkButton{Label: "What could move it?", Icon: "adjustments", Path: leversPath(s.ask, s.ask.Person)}
}

// toChanges leads to what moved the forecast.
func (s *sheet) toChanges() templ.Component {
	return ui.LinkButton{Label: "What moved it?", Icon: "arrows-sort", Path: s.changesPath()}
}

func (s *sheet) changesPath() string {
	return "/forecasts/changes?" + s.ask.Query(s.ask.Person).Encode()
}

// empty says what will be here, and how it gets there.
func (s *sheet) empty() ui.EmptyState {
	e := ui.EmptyState{Icon: "chart-line", Title: "Nothing to forecast yet",
		Sentence: "Booked and likely sales appear here as soon as there are deals. Import the history of your deals and the forecast rests on it at once."}
	switch {
	case s.ask.AsOf != "":
		e.Sentence = "On the morning of " + s.ask.AsOf.Long() + " no deal was open here and none had been won in " + s.outlook.Period.Name + ". Choose a later day, or look at today."
		e.Action = ui.LinkButton{Label: "As of now", Path: Asking{Span: s.ask.Span}.path(s.ask.Person), Kind: ui.Primary}
	case s.viewer.Has(people.Operations, people.Administrator):
		e.Action = ui.LinkButton{Label: "Import deals", Path: "/imports", Kind: ui.Primary}
	case !s.viewer.SeesNoDeals():
		e.Sentence = "Booked and likely sales appear here as soon as you have an open deal."
		e.Action = ui.LinkButton{Label: "Go to deals", Path: "/deals", Kind: ui.Primary}
	}
	return e
}

// whyTooFew says what is missing, with the numbers.
func (s *sheet) whyTooFew() string {
	return Basis{s.outlook.Ended, s.outlook.Reach, s.outlook.Days}.Why()
}

// figure is a big figure: money where there is any, else a number of deals.
func (s *sheet) figure(amount money.Amount, deals float64) string {
	if s.hasMoney() {
		return round(amount).String()
	}
	return fmt.Sprintf("%.0f", deals)
}

func (s *sheet) subtitle() string {
	if s.outlook.TooFew() {
		return "What is booked in " + s.outlook.Period.Name
	}
	if s.outlook.Begins > 0 {
		return "What is likely if deals go as they went before"
	}
	return "What is booked, and what is likely on top if deals go as they went before"
}
