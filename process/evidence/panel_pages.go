package evidence

import (
	"fmt"
	"net/http"
	"strings"

	"milepost/calendar"
	"milepost/internal/ui"
	"milepost/process"
)

func (x *visit) panel() error {
	v, err := x.read()
	if err != nil {
		return err
	}
	return x.show(http.StatusOK, "Milestones", &v.Deal, panelPart(v))
}

// offered lists the processes that a deal can be put under.
func (v *view) offered() []process.Process {
	var list []process.Process
	for _, p := range v.Library {
		if p.State == process.Active && p.Newest() != nil {
			list = append(list, p)
		}
	}
	return list
}

// place says where the deal stands, in a sentence.
func (v *view) place() string {
	m := &v.Map
	text := fmt.Sprintf("%d of %s stand", m.Stands, counted(m.Total, "milestone", "milestones"))
	if m.Stands == 1 {
		text = fmt.Sprintf("1 of %s stands", counted(m.Total, "milestone", "milestones"))
	}
	if m.Overdue > 0 {
		text += fmt.Sprintf(", %d overdue", m.Overdue)
	}
	return text + "."
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func (v *view) processName() string {
	text := v.Version.Definition.Name
	if p, there := v.Library.Process(v.Process); there && len(p.Versions) > 1 {
		text += fmt.Sprintf(", version %d", v.Number)
	}
	return text
}

// nextTitle heads what is worth working on.
func (v *view) nextTitle() string {
	return "Toward “" + v.Map.Phases[v.Map.Toward].Name + "”"
}

// blocked says why nothing can be worked on in the phase that comes next, though
// something is missing there; empty when nothing is.
func (v *view) blocked() string {
	for _, s := range v.Map.Phases[v.Map.Toward].Stones {
		if !s.Shown.Stands() && len(s.Waits) > 0 {
			return fmt.Sprintf("“%s” waits for %s.", s.Name, quotedAll(s.Waits))
		}
	}
	return ""
}

func quotedAll(names []string) string {
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = "“" + n + "”"
	}
	return strings.Join(quoted, " and ")
}

// class is how the phase is drawn.
func (s *Stretch) class() string {
	switch {
	case s.Here:
		return "milemap-phase here"
	case s.Reached != 0:
		return "milemap-phase reached"
	}
	return "milemap-phase"
}

// words say in which state a milestone is.
func (s *Stone) words() string {
	switch {
	case s.Shown.State == Missing && s.Overdue:
		return "missing, overdue"
	case s.Shown.State == Missing:
		return "missing"
	case s.Shown.State == Rejected && s.Overdue:
		return "rejected, overdue"
	}
	return string(s.Shown.State)
}

func (s *Stone) sign() string {
	switch {
	case s.Shown.State == Confirmed:
		return "flag-check"
	case s.Shown.State == Claimed:
		return "flag"
	case s.Shown.State == Rejected:
		return "circle-x"
	case s.Overdue:
		return "clock-exclamation"
	}
	return "circle-dashed"
}

func (s *Stone) tone() ui.Tone {
	switch {
	case s.Shown.State == Confirmed:
		return ui.Good
	case s.Shown.State == Claimed:
		return ui.Accent
	case s.Shown.State == Rejected:
		return ui.Bad
	case s.Overdue:
		return ui.Warn
	}
	return ui.Plain
}

// when says since when it stands, or by when it typically does.
func (s *Stone) when(v *view) string {
	day := func(at calendar.Instant) string { return calendar.DateOf(at, v.Now.Place).Short() }
	switch {
	case s.Shown.State == Confirmed && s.Shown.ConfirmedAt != 0:
		return day(s.Shown.ConfirmedAt)
	case s.Shown.Stands():
		return day(s.Shown.Since)
	case s.Due != "" && v.Deal.IsOpen():
		return "typically by " + s.Due.Short()
	case !s.Required:
		return "not required"
	}
	return ""
}
