package search

import (
	"strconv"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ui"
)

// looks are how a kind is shown.
var looks = map[Kind]struct{ many, icon, path string }{
	Deal:    {"Deals", "briefcase", "/deals/"},
	Account: {"Accounts", "building", "/accounts/"},
	Contact: {"Contacts", "user", "/contacts/"},
	Note:    {"Notes", "note", "/activities/notes/"},
	Person:  {"People", "id", "/people/"},
}

func (f Found) path() string { return looks[f.Kind].path + f.ID }

func (f Found) icon() string { return looks[f.Kind].icon }

// name is what the answer is called.
func (f Found) name() string {
	if f.Title == "" {
		return "Without a title"
	}
	return f.Title
}

// state says how a deal ended, or that someone is not there any more.
func (f Found) state() string {
	switch {
	case f.State == "":
		return ""
	case f.Kind == Deal || f.Kind == Note:
		return deals.Outcome(f.State).Label()
	}
	return "left"
}

func (f Found) tone() ui.Tone {
	if deals.Outcome(f.State) == deals.Won {
		return ui.Good
	}
	return ui.Plain
}

// detail is the quiet line under the name.
func (f Found) detail(v view) []string {
	var list []string
	if f.Detail != "" {
		list = append(list, f.Detail)
	}
	if f.Name != "" {
		list = append(list, f.Name)
	}
	if f.Kind == Note && v.Place != nil {
		list = append(list, calendar.DateOf(f.Day, v.Place).Short())
	}
	return list
}

// shows tells whether the surroundings of what was looked for are worth a line: in a
// note always, else when it is not in the name.
func (f Found) shows() bool { return f.Kind == Note || f.stage == anyhow || f.stage == exact }

func (v view) title() string {
	if v.Query.IsEmpty() {
		return "Search"
	}
	return "Search: " + v.Query.Text
}

func (v view) tabs() []ui.NavItem {
	list := []ui.NavItem{{Label: "All", Path: v.path("", ""), Current: v.Kind == ""}}
	for _, k := range v.Kinds {
		list = append(list, ui.NavItem{Label: looks[k].many, Icon: looks[k].icon, Path: v.path(k, ""), Current: v.Kind == k})
	}
	return list
}

func (v view) count() int {
	n := 0
	for _, g := range v.Groups {
		n += len(g.Found)
	}
	for _, w := range v.Ways {
		n += len(w.List)
	}
	return n
}

// said is the number of suggestions in words, for a screen reader.
func (v view) said() string {
	switch n := v.count(); {
	case v.Query.IsEmpty():
		return ""
	case n == 0:
		return "Nothing found"
	case n == 1:
		return "1 found"
	default:
		return strconv.Itoa(n) + " found"
	}
}

// about is the sentence for a search that found nothing.
func (v view) about() string {
	if v.Kind != "" {
		return "No " + lower(looks[v.Kind].many) + " that you see have all of these words. Try fewer of them, or another spelling."
	}
	return "Nothing that you see has all of these words. Try fewer of them, or another spelling."
}

func lower(text string) string { return string(text[0]|0x20) + text[1:] }
