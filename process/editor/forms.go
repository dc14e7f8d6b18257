package editor

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"milepost/accounts"
	"milepost/problem"
	"milepost/process"
)

// readAct finds out from a form what is to be done.
func readAct(f url.Values) (act, error) {
	a := act{Name: f.Get("act"), At: f.Get("at")}
	text := strings.TrimSpace(f.Get("name"))
	switch name, phase, _ := strings.Cut(a.Name, ":"); name {
	case "up":
		a.apply = func(d *process.Definition) (string, error) { return step(d, a.At, -1) }
	case "down":
		a.apply = func(d *process.Definition) (string, error) { return step(d, a.At, 1) }
	case "remove":
		a.apply = func(d *process.Definition) (string, error) { return remove(d, a.At) }
	case "to":
		a.apply = func(d *process.Definition) (string, error) { return put(d, a.At, phase, 1<<20) }
	case "place":
		at, err := strconv.Atoi(f.Get("place"))
		if err != nil {
			return a, problem.Invalid("", "This is no place in a phase.")
		}
		a.apply = func(d *process.Definition) (string, error) { return put(d, a.At, f.Get("phase"), at) }
	case "edit-process":
		a.apply = func(d *process.Definition) (string, error) { return editProcess(d, f) }
	case "add-phase":
		a.apply = func(d *process.Definition) (string, error) {
			if text == "" {
				return "", problem.Invalid("", "Give the phase a name: it is the stage that people see.")
			}
			d.Phases = append(d.Phases, process.Phase{Name: text})
			return fmt.Sprintf("added the phase “%s”", text), nil
		}
	case "add-milestone":
		a.apply = func(d *process.Definition) (string, error) { return addMilestone(d, a.At, text) }
	case "edit-phase":
		a.apply = func(d *process.Definition) (string, error) {
			i := phaseAt(d, a.At)
			if i < 0 {
				return "", errGone
			}
			d.Phases[i].Name, d.Phases[i].Question = text, f.Get("question")
			return fmt.Sprintf("changed the phase “%s”", text), nil
		}
	case "edit-milestone":
		a.apply = func(d *process.Definition) (string, error) { return editMilestone(d, a.At, f) }
	case "add-criterion":
		a.apply = func(d *process.Definition) (string, error) {
			c, err := readCriterion(f)
			d.Criteria = append(d.Criteria, c)
			return fmt.Sprintf("added the criterion “%s”", c.Question), err
		}
	case "edit-criterion":
		a.apply = func(d *process.Definition) (string, error) { return editCriterion(d, a.At, f) }
	default:
		return a, problem.Invalid("", "This is not something that can be done to a process.")
	}
	return a, nil
}

func editProcess(d *process.Definition, f url.Values) (string, error) {
	days, err := days("stale_after", f.Get("stale_after"))
	d.Name, d.Purpose, d.StaleAfter = f.Get("name"), f.Get("purpose"), days
	return "changed what the process is for", err
}

func addMilestone(d *process.Definition, phase, name string) (string, error) {
	i := phaseAt(d, phase)
	switch {
	case i < 0:
		return "", errGone
	case name == "":
		return "", problem.Invalid("", "Say what must be true of the deal.")
	}
	d.Phases[i].Milestones = append(d.Phases[i].Milestones, process.Milestone{Name: name, Required: true})
	return fmt.Sprintf("added “%s”", name), nil
}

func editMilestone(d *process.Definition, id string, f url.Values) (string, error) {
	phase, place, there := milestoneAt(d, id)
	if !there {
		return "", errGone
	}
	m := &d.Phases[phase].Milestones[place]
	days, err := days("typical_days", f.Get("typical_days"))
	m.Name, m.Required, m.TypicalDays = f.Get("name"), f.Has("required"), days
	m.Coaching, m.Practice = strings.TrimSpace(f.Get("coaching")), strings.TrimSpace(f.Get("practice"))
	m.After = nil
	for _, before := range f["after"] {
		m.After = append(m.After, process.MilestoneID(before))
	}
	m.Markers = readMarkers(f)
	return fmt.Sprintf("changed “%s”", strings.TrimSpace(m.Name)), err
}

// readMarkers reads the markers of a form, in their order. One without words is none;
// "lift" names one that goes a place up.
func readMarkers(f url.Values) []process.Marker {
	var list []process.Marker
	for i := range 100 {
		at := func(field string) string { return fmt.Sprintf("m%d.%s", i, field) }
		if !f.Has(at("kind")) {
			break
		}
		k := process.Marker{ID: process.MarkerID(f.Get(at("id"))), Kind: process.MarkerKind(f.Get(at("kind"))), Text: strings.TrimSpace(f.Get(at("text"))),
			Proof: strings.TrimSpace(f.Get(at("proof"))), Required: f.Has(at("required")), SellerOnly: f.Has(at("seller_only"))}
		for _, role := range f[at("roles")] {
			k.Roles = append(k.Roles, accounts.Role(role))
		}
		if k.Text == "" || f.Has(at("remove")) {
			continue
		}
		list = append(list, k)
		if lift := len(list) - 1; f.Get("lift") == strconv.Itoa(i) && lift > 0 {
			list[lift], list[lift-1] = list[lift-1], list[lift]
		}
	}
	return list
}

func editCriterion(d *process.Definition, id string, f url.Values) (string, error) {
	i := criterionAt(d, id)
	if i < 0 {
		return "", errGone
	}
	c, err := readCriterion(f)
	c.ID, c.Also = d.Criteria[i].ID, d.Criteria[i].Also
	d.Criteria[i] = c
	return fmt.Sprintf("changed the criterion “%s”", c.Question), err
}

func readCriterion(f url.Values) (process.Criterion, error) {
	level, _ := strconv.Atoi(f.Get("level")) // what is no number is refused as a level
	c := process.Criterion{Part: process.Part(f.Get("part")), Question: strings.TrimSpace(f.Get("question")), Verified: strings.TrimSpace(f.Get("verified")), Level: level}
	if c.Question == "" {
		return c, problem.Invalid("question", "A criterion needs its question.")
	}
	return c, nil
}

func days(field, text string) (int, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0, problem.Invalid(field, "“%s” is no number of days.", text)
	}
	return n, nil
}
