package triad

import (
	"strconv"

	"milepost/accounts"
	"milepost/calendar"
	"milepost/internal/ui"
	"milepost/people"
	"milepost/process"
	"milepost/process/evidence"
)

// PartName is what screens call a part of the triad.
func PartName(p process.Part) string { return partLabels[p] }

var partLabels = map[process.Part]string{process.Functional: "Functional need", process.Financial: "Financial means", process.Political: "Political support"}

// partWords are the parts in a word each, under the drawing.
var partWords = map[process.Part]string{process.Functional: "need", process.Financial: "money", process.Political: "support"}

var stateLabels = map[State]string{Unknown: "not known", Unmet: "not met", Met: "met", Verified: "verified"}

var stateTones = map[State]ui.Tone{Unmet: ui.Bad, Met: ui.Accent, Verified: ui.Good}

// tone is the colour of an answer; an old one has none, and beside it stands that it is
// to be asked again.
func (v *panelView) tone(a *Asked) ui.Tone {
	if a.Stale(v.Now.At) {
		return ui.Plain
	}
	return stateTones[a.State()]
}

func (v *panelView) name(id people.ID) string {
	if name := v.names[id]; name != "" {
		return name
	}
	return "someone"
}

func (v *panelView) contact(id accounts.ContactID) string {
	for _, p := range v.Parties {
		if p.ID == id {
			return p.Name
		}
	}
	return "someone of the buyer's"
}

func (v *panelView) day(at calendar.Instant) string { return calendar.DateOf(at, v.Now.Place).Long() }

// told says who gave an answer, and when.
func (v *panelView) told(a *Assessment) string {
	if a.Sort == evidence.ImportSort {
		text := v.day(a.At) + ", from a history that was brought in"
		if a.Whole {
			text += ", of “" + a.Question + "” as a whole"
		}
		return text
	}
	return v.name(a.By) + ", " + v.day(a.At)
}

// said is what a contact's word is told by: "Ana Silva, in a meeting".
func (v *panelView) said(a *Assessment) string {
	if a.Contact == "" {
		return ""
	}
	return v.contact(a.Contact) + " said so " + a.How
}

// button is what the way to the form is called.
func (v *panelView) button(a *Asked) string {
	switch {
	case a.Stale(v.Now.At):
		return "Ask again"
	case a.State() == Unknown:
		return "Assess"
	}
	return "Change"
}

func levelText(level int) string {
	return "level " + strconv.Itoa(level) + " of " + strconv.Itoa(process.HighestLevel)
}

func levelTone(level int) ui.Tone {
	switch level {
	case process.HighestLevel:
		return ui.Good
	case 0:
		return ui.Plain
	}
	return ui.Accent
}

// lead says by which process the criteria are asked.
func (v *panelView) lead() string {
	if v.Version == nil {
		return ""
	}
	return "By “" + v.Version.Definition.Name + "”, version " + strconv.Itoa(v.Version.Number)
}

func staleTitle(n int) string {
	if n == 1 {
		return "One answer is to be asked again"
	}
	return strconv.Itoa(n) + " answers are to be asked again"
}

func (v *panelView) staleSentence() string {
	return "What was asked more than " + strconv.Itoa(v.Version.Definition.StaleAfter) + " days ago does not count until it is asked again."
}

// hint says what counts as verified.
func (v *panelView) hint(a *Asked) string {
	if a.Verified == "" {
		return ""
	}
	return "Verified means: " + a.Verified
}

func (v *panelView) saveLabel() string {
	if v.conflict() {
		return "Save mine over theirs"
	}
	return "Save"
}

func (v *panelView) leaveLabel() string {
	if v.conflict() {
		return "Leave theirs"
	}
	return "Cancel"
}
