package accounts

import (
	"fmt"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/people"
)

// telling is one entry of this room on its way into words.
type telling struct {
	entry  *ledger.Entry
	names  map[people.ID]string
	titles map[deals.ID]string
	about  string   // the contact's name; "" on its own page, or for the account
	deal   deals.ID // on whose page it is told
}

func (t telling) event() ui.Event {
	e := ui.Event{At: t.entry.EffectiveAt, Icon: "pencil"}
	if t.entry.Payload == "" {
		e.Icon, e.Sentence = "eye-off", "recorded something that was erased since"
	} else {
		t.tell(&e)
	}
	if t.about != "" {
		e.Path = "/contacts/" + t.entry.Subject
	}
	by(&e, t.entry, t.names)
	return e
}

func (t telling) tell(e *ui.Event) {
	switch t.entry.Kind {
	case deals.AccountCreated:
		e.Icon, e.Tone, e.Sentence = "building", ui.Accent, "made the account"
	case AccountChanged:
		t.changed(e, accountFields)
	case ContactChanged:
		t.changed(e, contactFields)
	case ContactAdded:
		e.Icon, e.Tone, e.Sentence = "user-plus", ui.Accent, "added "+orThis(t.about)
	case ContactErased:
		e.Icon, e.Tone, e.Sentence = "eye-off", ui.Warn, "erased the data of this contact"
	case ledger.Erased:
		e.Icon, e.Sentence = "eye-off", "emptied what was recorded of this contact"
	case RoleSet:
		t.role(e)
	case AccountAbsorbed, AccountMerged:
		t.merged(e)
	default:
		e.Icon, e.Sentence = "point", "recorded: "+string(t.entry.Kind)
	}
}

func (t telling) changed(e *ui.Event, fields []field) {
	var c Change
	t.entry.Read(&c) // was read when the row was folded; what cannot be read says nothing
	f, err := fieldNamed(fields, c.Field)
	if err != nil {
		f = field{Name: c.Field, Label: c.Field}
	}
	from, to := c.shown(c.From, c.FromName), c.shown(c.To, c.ToName)
	what := "the " + f.ask()
	if t.about != "" {
		what += " of " + t.about
	}
	switch {
	case c.Field == "left_on" && to != "":
		e.Sentence = fmt.Sprintf("noted that %s left the company on %s", orThis(t.about), calendar.Date(to).Short())
		e.Icon, e.Tone = "logout", ui.Warn
	case c.Field == "left_on":
		e.Sentence = fmt.Sprintf("noted that %s is at the company after all", orThis(t.about))
	case f.Type == "textarea":
		e.Sentence, e.Icon = "changed "+what, "note"
		e.Detail = changedText(from, to)
	case to == "":
		e.Sentence = fmt.Sprintf("cleared %s, which was %s", what, quoted(from))
	case from == "":
		e.Sentence = fmt.Sprintf("noted %s: %s", what, quoted(to))
	default:
		e.Sentence = fmt.Sprintf("changed %s from %s to %s", what, quoted(from), quoted(to))
	}
	if c.Undoes != 0 {
		e.Icon, e.Sentence = "arrow-left", "took back a change: "+e.Sentence
	}
}

func (t telling) role(e *ui.Event) {
	var c RoleChange
	t.entry.Read(&c)
	title := t.titles[c.Deal]
	switch {
	case c.Deal == t.deal:
		title = "this deal"
	case title == "":
		title = "another deal"
	default:
		title = quoted(title)
	}
	e.Icon = "user-star"
	switch {
	case c.To.Role == "":
		e.Sentence = fmt.Sprintf("took %s out of %s", orThis(t.about), title)
	case c.From.Role == "":
		e.Sentence = fmt.Sprintf("put %s into %s: %s", orThis(t.about), title, c.To.words())
	default:
		e.Sentence = fmt.Sprintf("saw %s anew in %s: %s, before that %s", orThis(t.about), title, c.To.words(), c.From.words())
	}
	if c.Undoes != 0 {
		e.Sentence = "took back a change: " + e.Sentence
	}
}

func (t telling) merged(e *ui.Event) {
	var m Merger
	t.entry.Read(&m)
	e.Icon, e.Tone = "git-merge", ui.Accent
	what := fmt.Sprintf("%s and %s", count(m.Deals, "deal", "deals"), count(m.Contacts, "contact", "contacts"))
	if t.entry.Kind == AccountAbsorbed {
		e.Sentence, e.Path = fmt.Sprintf("merged %s into this account, with %s", quoted(m.Name), what), m.Other.Path()+"/history"
		return
	}
	e.Sentence, e.Path = fmt.Sprintf("merged this account into %s, with %s", quoted(m.Name), what), m.Other.Path()
}

func orThis(name string) string {
	if name == "" {
		return "this contact"
	}
	return name
}
