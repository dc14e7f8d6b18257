package deals

import "github.com/a-h/templ"

func (v listView) groupTitle() string {
	if v.Filter.Group == "" {
		return "Group"
	}
	return "By " + v.grouping().label
}

// usual is the address of the list with the columns that nobody chose.
func (v listView) usual() string {
	f := v.Filter
	f.Columns = ""
	return f.Path()
}

func currentPage(is bool) templ.Attributes {
	if !is {
		return nil
	}
	return templ.Attributes{"aria-current": "page"}
}
