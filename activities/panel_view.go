package activities

import (
	"strings"

	"milepost/calendar"
	"milepost/deals"
)

func panelPath(deal deals.ID) string { return strings.ReplaceAll(DealPanel, "{id}", string(deal)) }
func nextPath(deal deals.ID) string  { return "/activities/deals/" + string(deal) + "/next" }
func notesPath(deal deals.ID) string { return "/activities/deals/" + string(deal) + "/notes" }
func filesPath(deal deals.ID) string { return "/activities/deals/" + string(deal) + "/files" }
func stepPath(id ID) string          { return "/activities/steps/" + string(id) + "/done" }
func notePath(id ID) string          { return "/activities/notes/" + string(id) }

// noStep says aloud that nothing is next.
func (v *panelView) noStep() string {
	if v.Next && v.Last != nil && v.Of == "" {
		return "And now?"
	}
	return "No next step: what will you do next?"
}

func (v *panelView) doneText() string {
	if v.Of == "done" {
		return v.Text
	}
	return ""
}

func (v *panelView) stepText() string {
	switch {
	case v.Of == "step":
		return v.Text
	case v.Open != nil:
		return v.Open.Text
	}
	return ""
}

func (v *panelView) stepDue() string {
	switch {
	case v.Of == "step":
		return v.Due
	case v.Open != nil && !v.Open.Overdue(v.Now.Today()):
		return string(v.Open.Due)
	}
	return string(tomorrow(v.Now.Today()))
}

func (v *panelView) stepOwner() string {
	switch {
	case v.Of == "step":
		return v.Owner
	case v.Open != nil:
		return string(v.Open.Owner)
	}
	return string(v.Deal.Owner)
}

func (v *panelView) noteTyped() string {
	if v.Of == "note" {
		return v.Text
	}
	return ""
}

// logView is the panel's form as logFields takes it.
func (v *panelView) logView() logView {
	l := logView{typed: typed{Type: "call"}, Deal: v.Deal, Now: v.Now, staff: v.staff}
	if v.Of == "log" {
		l.typed, l.Problem = v.Typed, v.Problem
	}
	return l
}

func (v *panelView) activityCount() string {
	if v.Counts.Done == 0 {
		return ""
	}
	return counted(v.Counts.Done, "in all", "in all")
}

func (v *panelView) noteCount() string {
	if v.Counts.Notes < 2 {
		return ""
	}
	return counted(v.Counts.Notes, "note", "notes")
}

// byline says who wrote a note, and when it was changed since.
func byline(n Note, s staff, now deals.Now) string {
	text := s.name(n.Author) + ", " + calendar.DateOf(n.WrittenAt, now.Place).Short()
	if n.Versions > 1 {
		text += "; changed by " + s.name(n.ChangedBy) + " on " + calendar.DateOf(n.ChangedAt, now.Place).Short()
	}
	return text
}

func (v noteView) byline() string { return byline(v.Note, v.staff, v.Now) }

func (v noteView) formTitle() string {
	if v.Theirs != nil {
		return "Your text"
	}
	return v.Deal.Title
}

func versionTitle(v noteView, i int) string {
	if i == 0 {
		return "As it stands"
	}
	return "Before"
}
