package evidence

import (
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"milepost/activities"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/problem"
	"milepost/process"
)

func (s *stoneView) title() string { return s.Name }

func (s *stoneView) frame() ui.Frame {
	return ui.Frame{Title: s.title(), Crumbs: []ui.Crumb{{Label: "Deals", Path: "/deals"}, {Label: dealName(&s.Deal), Path: deals.MilestonesPath(s.Deal.ID)}}}
}

// version is what the person sees of the milestone, for acts upon it.
func (s *stoneView) version() string { return strconv.FormatInt(s.Shown.Version, 10) }

func (s *stoneView) path(act string) string { return MilestonePath(s.Deal.ID, s.ID) + "/" + act }

// works tells whether anything can be done about the milestone.
func (s *stoneView) works() bool { return !s.Gone && s.Deal.IsOpen() }

func (s *stoneView) day(at calendar.Instant) string {
	return calendar.DateOf(at, s.Now.Place).Short()
}

// story says in sentences how the milestone came to be what it is.
func (s *stoneView) story() []string {
	m := &s.Shown
	var list []string
	switch {
	case m.State == Confirmed && m.Contact != "":
		list = append(list, "Confirmed by "+s.contact(m.Contact)+" on "+s.day(m.ConfirmedAt)+".")
	case m.State == Confirmed && m.ConfirmedBy != "":
		list = append(list, "Confirmed by "+s.name(m.ConfirmedBy)+" on "+s.day(m.ConfirmedAt)+".")
	case m.State == Confirmed:
		list = append(list, "Confirmed on "+s.day(m.ConfirmedAt)+", by the history that was brought in.")
	}
	if m.Stands() && m.ClaimedBy != "" {
		list = append(list, "Claimed by "+s.name(m.ClaimedBy)+" on "+s.day(m.ClaimedAt)+".")
	}
	if m.State == Missing && m.Reason != "" {
		list = append(list, "It stood before: "+m.Reason)
	}
	if m.Stands() && m.Rejections > 0 && m.RejectedAt != 0 {
		list = append(list, "It was rejected before, last on "+s.day(m.RejectedAt)+" by "+s.name(m.RejectedBy)+".")
	}
	if len(s.Waits) > 0 && !m.Stands() {
		list = append(list, "It comes after "+quotedAll(s.Waits)+", which has to stand first.")
	}
	return list
}

// asks heads the question that coaches: whoever answers for the deal asks themselves,
// and others ask them.
func (s *stoneView) asks() string {
	if s.Viewer.ID == s.Deal.Owner || s.Deal.Owner == "" {
		return "Ask yourself"
	}
	return "Ask " + s.name(s.Deal.Owner)
}

// of lists the items of a marker that stand.
func (s *stoneView) of(marker process.MarkerID) []Item {
	return only(s.given, func(i *Item) bool { return i.Marker == marker })
}

// unmarked lists what was given for no marker that is still there: of a history, or a
// buyer's word.
func (s *stoneView) unmarked() []Item {
	return only(s.given, func(i *Item) bool { _, there := s.Milestone.Marker(i.Marker); return !there })
}

func only(list []Item, want func(*Item) bool) []Item {
	var some []Item
	for i := range list {
		if want(&list[i]) {
			some = append(some, list[i])
		}
	}
	return some
}

// refused tells whether a form is the one that was refused, and is to be open.
func (s *stoneView) refused(marker process.MarkerID, sort Sort) bool {
	return s.Typed != nil && s.Typed.Get("marker") == string(marker) && s.Typed.Get("sort") == string(sort)
}

// refusedOf tells whether any form of a marker was refused.
func (s *stoneView) refusedOf(marker process.MarkerID) bool {
	return s.Typed != nil && s.Typed.Get("marker") == string(marker)
}

// typed is what was typed into a form that was refused.
func (s *stoneView) typed(marker process.MarkerID, sort Sort, field string) string {
	if !s.refused(marker, sort) {
		return ""
	}
	return s.Typed.Get(field)
}

func (s *stoneView) wrong(marker process.MarkerID, sort Sort) map[string]string {
	if !s.refused(marker, sort) {
		return nil
	}
	return problem.ByField(s.Problem)
}

// refusal is the sentence on top of the page, for what no form of a marker shows.
func (s *stoneView) refusal() string {
	if s.Problem == nil {
		return ""
	}
	if found, ok := problem.Of(s.Problem); ok {
		return found.Sentence
	}
	return ""
}

// partyOptions offers contacts to confirm: those whose part the marker asks for first.
func (s *stoneView) partyOptions(k *process.Marker) []ui.Option {
	asked, parts, others := "Of the buyer's", "In this deal, with another part", "At the account, without a part in this deal"
	if len(k.Roles) > 0 {
		asked = "Whose word it takes"
	}
	options := []ui.Option{{Label: "Choose someone"}}
	for rank := range 3 {
		for _, p := range s.parties {
			fits := len(k.Roles) == 0 && p.Role != "" || slices.Contains(k.Roles, p.Role)
			o := ui.Option{Value: string(p.ID), Label: p.Name}
			if p.Role != "" {
				o.Label += ", " + p.Role.Label()
			}
			switch {
			case rank == 0 && fits:
				o.Group = asked
			case rank == 1 && !fits && p.Role != "":
				o.Group = parts
			case rank == 2 && p.Role == "":
				o.Group = others
			default:
				continue
			}
			options = append(options, o)
		}
	}
	return options
}

func (s *stoneView) fileOptions() []ui.Option {
	options := []ui.Option{{Label: "None of them"}}
	for _, f := range s.files {
		options = append(options, ui.Option{Value: string(f.ID), Label: f.Name})
	}
	return options
}

func (s *stoneView) meetingOptions() []ui.Option {
	options := []ui.Option{{Label: "Choose a meeting"}}
	for _, a := range s.meetings {
		options = append(options, ui.Option{Value: string(a.ID), Label: s.day(a.At) + ": " + clipped(a.Text, 80)})
	}
	return options
}

func clipped(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most-1]) + "…"
}

func viaWords(v ledger.Via) string {
	switch v {
	case ledger.ViaWeb, "":
		return ""
	case ledger.ViaImport:
		return "imported"
	case ledger.ViaAPI:
		return "API"
	}
	return string(v)
}

// sent are the attributes of the form that gives a sort of evidence: a draft is kept of
// it, and a file shows how far it is while it is sent.
func (s *stoneView) sent(marker process.MarkerID, sort Sort) templ.Attributes {
	attributes := s.drafted(string(marker) + ":" + string(sort))
	if sort == FileSort {
		attributes["data-upload"] = strconv.Itoa(activities.FileLimit)
	}
	return attributes
}
