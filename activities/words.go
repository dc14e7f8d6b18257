package activities

import (
	"fmt"
	"strings"

	"milepost/internal/ui"
)

// typeWords are how the types of activity are shown.
var typeWords = map[string]struct{ label, icon, did string }{
	"call":    {"Call", "phone", "made a call"},
	"meeting": {"Meeting", "users", "held a meeting"},
	"e-mail":  {"E-mail", "mail", "wrote an e-mail"},
	"visit":   {"Visit", "map-pin", "paid a visit"},
	"other":   {"Other", "message", "logged something else"},
}

// label is the type as a list shows it; other systems have types of their own.
func (a Activity) label() string {
	if w, known := typeWords[a.Type]; known {
		return w.label
	}
	return a.Type
}

func (a Activity) icon() string {
	if w, known := typeWords[a.Type]; known {
		return w.icon
	}
	return "message"
}

// sentence is what someone did, in words that follow a name.
func (a Activity) sentence(s staff) string {
	text := "logged “" + a.Type + "”"
	if w, known := typeWords[a.Type]; known {
		text = w.did
	}
	if took := s.took(a); len(took) > 0 {
		text += " with " + listing(took)
	}
	if a.Minutes > 0 {
		text += ", " + lengthText(a.Minutes)
	}
	return text
}

// listing joins names as a sentence does.
func listing(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

func lengthText(minutes int64) string {
	switch {
	case minutes < 60:
		return fmt.Sprintf("%d min", minutes)
	case minutes%60 == 0:
		return fmt.Sprintf("%d h", minutes/60)
	}
	return fmt.Sprintf("%d h %d min", minutes/60, minutes%60)
}

// title names an activity: "Call with Iris".
func (a Activity) title(s staff) string {
	text := a.label()
	if took := s.took(a); len(took) > 0 {
		text += " with " + listing(took)
	}
	return clip(text, 120)
}

// event is an activity in a timeline.
func (a Activity) event(s staff) ui.Event {
	e := ui.Event{At: a.At, Icon: a.icon(), Actor: s.names[a.Person], Sentence: a.sentence(s), Path: loggedPath(a.ID)}
	if e.Actor == "" {
		e.Sentence = a.label()
	}
	if a.Via != "web" && a.Via != "" {
		e.Via = map[bool]string{true: "imported", false: string(a.Via)}[a.Via == "import"]
	}
	if a.Text != "" || a.Outcome != "" {
		e.Detail = whatWasSaid(a)
	}
	return e
}

func counted(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
