package audits

import (
	"unicode"
	"unicode/utf8"

	"github.com/a-h/templ"

	"milepost/internal/ui"
	"milepost/people"
)

// badge is a standing in a word; what waits is something to do for the auditor only.
func (s Standing) badge(mine bool) templ.Component {
	switch {
	case s.Waits() && !mine:
		return ui.Badge(ui.Plain, "waits for the auditor")
	case s.Waits():
		return ui.Badge(ui.Accent, string(s))
	case s == Cleared:
		return ui.Badge(ui.Good, string(s))
	case s == Failed:
		return ui.Badge(ui.Bad, string(s))
	}
	return ui.Badge(ui.Plain, string(s))
}

// sentence begins with a capital letter.
func sentence(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return text
	}
	return string(unicode.ToUpper(first)) + text[size:]
}

// auditorText names who audits the deals of an owner.
func (v *queueView) auditorText(owner people.ID) string {
	switch a := v.Line.AuditorOf(owner); {
	case a.Person == v.Viewer.ID:
		return "You"
	case a.Operations:
		return "Operations"
	case a.Nobody():
		return "Nobody: no one is above the owner"
	default:
		return v.name(a.Person)
	}
}
