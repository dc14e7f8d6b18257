package deals

import (
	"fmt"

	"github.com/a-h/templ"

	"milepost/calendar"
	"milepost/internal/ui"
)

// facts are what the page says about a deal beside its figures.
func (v *dealView) facts() []ui.Term {
	terms := []ui.Term{
		{Term: "Account", Detail: some(v.AccountName)},
		{Term: "Owner"},
	}
	if v.Owner != "" {
		terms[1].Detail = ui.PersonName(v.ownerName(v.Owner), "/deals?owner="+string(v.Owner))
	}
	for _, name := range []string{"source", "segment", "product"} {
		terms = append(terms, ui.Term{Term: upperFirst(name), Detail: some(v.Attributes[name])})
	}
	for _, name := range attributeNames(&v.Opportunity) {
		if name != "source" && name != "segment" && name != "product" {
			terms = append(terms, ui.Term{Term: upperFirst(name), Detail: some(v.Attributes[name])})
		}
	}
	terms = append(terms, ui.Term{Term: "Opened", Detail: ui.Date(calendar.DateOf(v.CreatedAt, v.Now.Place))})
	if v.Reopened > 0 {
		terms = append(terms, ui.Term{Term: "Reopened", Detail: ui.Text(times(v.Reopened))})
	}
	if v.ExternalID != "" {
		terms = append(terms, ui.Term{Term: "External id", Detail: ui.Text(v.ExternalID)})
	}
	return terms
}

func some(text string) templ.Component {
	if text == "" {
		return nil
	}
	return ui.Text(text)
}

func times(n int64) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return fmt.Sprintf("%d times", n)
}

// asOfDate is what the date field shows: the day asked for.
func (v *dealView) asOfDate() string {
	if v.AsOf == 0 {
		return ""
	}
	return string(calendar.DateOf(v.AsOf, v.Now.Place))
}

// changes is the table of what is otherwise today than it was.
func (v *dealView) changes() ui.Table {
	t := ui.Table{Caption: "What has changed since", Columns: []ui.Column{{Label: "What"}, {Label: "Then"}, {Label: "Now"}}}
	for _, c := range v.Changed {
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{ui.Text(c.What), orNoneText(c.Then), orNoneText(c.Now)}})
	}
	return t
}

func orNoneText(text string) templ.Component {
	if text == "" {
		return ui.None()
	}
	return ui.Text(text)
}

// deeds lists what may be done to the deal now.
func (v *dealView) deeds() []string {
	if v.IsOpen() {
		return []string{"stage", "amount", "close-date", "owner", "close", "activity", "details"}
	}
	return []string{"reopen", "activity", "details"}
}

func dialogID(name string) string { return "do-" + name }

func deedPath(id ID, name string) string { return "/deals/" + string(id) + "/" + name }
