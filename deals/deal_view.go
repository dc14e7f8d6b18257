package deals

import (
	"fmt"
	"slices"

	"github.com/a-h/templ"

	"milepost/calendar"
	"milepost/internal/ui"
)

// facts are what the page says about a deal beside its figures.
func (v *dealView) facts() []ui.Term {
	var terms []ui.Term
	for _, name := range []string{"title", "account", "owner", "source", "segment", "product"} {
		terms = append(terms, ui.Term{Term: upperFirst(name), Detail: v.value(name)})
	}
	for _, name := range attributeNames(&v.Opportunity) {
		if !slices.Contains(everyDeals, name) {
			terms = append(terms, ui.Term{Term: upperFirst(name), Detail: v.value(attributeField(name))})
		}
	}
	if v.AsOf == 0 {
		terms = append(terms, ui.Term{Term: newAttribute.Label, Detail: v.value(newAttribute.Name)})
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
	switch {
	case v.IsOpen() && v.Process != "":
		return []string{"amount", "close-date", "owner", "close", "activity", "details"}
	case v.IsOpen():
		return []string{"stage", "amount", "close-date", "owner", "close", "activity", "details"}
	}
	return []string{"reopen", "activity", "details"}
}

// dialogs lists the deeds that open on the deal's page; the others have pages of their
// own, for what is changed where it stands when there is a script.
func (v *dealView) dialogs() []string {
	if v.IsOpen() {
		return []string{"close"}
	}
	return []string{"reopen"}
}

func dialogID(name string) string { return "do-" + name }

func deedPath(id ID, name string) string { return id.Path() + "/" + name }
