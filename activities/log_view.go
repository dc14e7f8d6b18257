package activities

import (
	"strconv"

	"milepost/internal/ui"
	"milepost/people"
)

func idOfPerson(text string) people.ID { return people.ID(text) }

func versionText(n int64) string { return strconv.FormatInt(n, 10) }

func number(text string) int64 {
	n, _ := strconv.ParseInt(text, 10, 64) // 0 when it is none, which is "not seen"
	return n
}

// detailed tells whether the quieter fields hold something, or something wrong.
func (l logView) detailed() bool {
	wrong := l.wrong()
	return l.When != "" || l.Minutes != "" || l.With != "" || l.Outcome != "" ||
		wrong["when"]+wrong["minutes"]+wrong["contacts"]+wrong["outcome"] != ""
}

func (l logView) head() ui.FormHead {
	head := ui.FormHead{Action: "/activities", Problem: l.Problem}
	if l.Editing != nil {
		head.Action = loggedPath(l.Editing.ID) + "/edit"
	}
	head.Attrs = drafted(map[string]any{}, "activity:"+string(l.Deal.ID)+l.editingID())
	return head
}

func (l logView) editingID() string {
	if l.Editing == nil {
		return ""
	}
	return ":" + string(l.Editing.ID)
}

func (l logView) submit() string {
	if l.Editing != nil && !l.Carries {
		return "Save the correction"
	}
	return "Log it"
}

func (l logView) back() string {
	if l.Editing != nil {
		return loggedPath(l.Editing.ID)
	}
	return l.Deal.ID.Path()
}
