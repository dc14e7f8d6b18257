package editor

import (
	"fmt"
	"strings"

	"github.com/a-h/templ"

	"milepost/internal/ui"
	"milepost/process"
)

func changeTone(kind process.ChangeKind) ui.Tone {
	switch kind {
	case process.Added:
		return ui.Good
	case process.Dropped:
		return ui.Bad
	case process.Split:
		return ui.Warn
	}
	return ui.Info
}

// changeLabel names a change in a word: what goes on in one other milestone is no split.
func changeLabel(c process.Change) string {
	if c.Kind == process.Split && len(c.After) == 1 {
		return "replaced"
	}
	return string(c.Kind)
}

// changeWords say what a change is.
func changeWords(c process.Change) string {
	var after []string
	for _, m := range c.After {
		after = append(after, "“"+m.Name+"”")
	}
	now := strings.Join(after, " and ")
	switch c.Kind {
	case process.Added:
		return now + ", in “" + c.Phase + "”"
	case process.Renamed:
		return "“" + c.Before.Name + "” is now called " + now
	case process.Moved:
		return now + " now stands in “" + c.Phase + "”"
	case process.Split:
		return "“" + c.Before.Name + "” goes on in " + now
	case process.Dropped:
		return "“" + c.Before.Name + "”, of “" + c.Phase + "”"
	}
	return now + ": " + strings.Join(altered(&c.Before, &c.After[0]), ", ")
}

// altered says what of a milestone's rule is different.
func altered(before, now *process.Milestone) []string {
	var list []string
	switch {
	case now.Required && !before.Required:
		list = append(list, "it is required now")
	case before.Required && !now.Required:
		list = append(list, "it is not required any more")
	}
	if len(before.After) != len(now.After) {
		list = append(list, "what has to stand before it")
	}
	for _, k := range before.Markers {
		if _, there := now.Marker(k.ID); !there {
			list = append(list, "without “"+k.Text+"”")
		}
	}
	for _, k := range now.Markers {
		old, there := before.Marker(k.ID)
		switch {
		case !there:
			list = append(list, "with “"+k.Text+"”")
		case old.Required != k.Required && k.Required:
			list = append(list, "“"+k.Text+"” is required now")
		case old.Required != k.Required:
			list = append(list, "“"+k.Text+"” is not required any more")
		}
	}
	if len(list) == 0 {
		return []string{"its markers"}
	}
	return list
}

// words say how far it is; what was worked out is written in one go at the end.
func (r run) words() string {
	words := grouped(r.Done) + " of " + count(r.All, "deal")
	if r.All > 0 && r.Done >= r.All {
		return words + ". Putting them down, all at once."
	}
	return words
}

func questionWords(q question) string {
	words := "Of “" + q.Phase + "”. It is not in the draft any more"
	if q.Renamed != "" {
		words = "Now called “" + q.Renamed + "”"
	}
	if q.Standing > 0 {
		return words + "; it stands in " + count(q.Standing, "open deal") + "."
	}
	return words + "; it stands in no open deal."
}

func mapLabel(i int) string {
	if i == 0 {
		return "In"
	}
	return "and in"
}

func (q question) chosen(i int) string {
	if i < len(q.Chosen) {
		return string(q.Chosen[i])
	}
	return ""
}

// targets are the milestones in which another may go on.
func (v publishView) targets(i int) []ui.Option {
	list := []ui.Option{{Label: "none"}}
	if i > 0 {
		list[0].Label = "nothing else"
	}
	for _, p := range v.Draft.Phases {
		for _, m := range p.Milestones {
			list = append(list, ui.Option{Value: string(m.ID), Label: m.Name, Group: p.Name})
		}
	}
	return list
}

func (v publishView) othersWords() string {
	var parts []string
	if more := v.Yours - len(v.List); more > 0 {
		parts = append(parts, fmt.Sprintf("The first %d of %s that you see.", len(v.List), grouped(v.Yours)))
	}
	if others := v.Deals - v.Yours; others > 0 {
		parts = append(parts, count(others, "deal")+" of others, which you do not see.")
	}
	return strings.Join(parts, " ")
}

func (v publishView) owner(d touchedDeal) templ.Component {
	if d.Owner == "" {
		return ui.None()
	}
	return ui.Text(nameOf(v.Names, d.Owner))
}

func (v publishView) rows() []ui.Row {
	var rows []ui.Row
	for _, d := range v.List {
		rows = append(rows, ui.Row{Cells: []templ.Component{ui.Link(d.ID.Path(), d.Title), ui.Text(d.Stage), v.owner(d)}})
	}
	return rows
}
