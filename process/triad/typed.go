package triad

import (
	"net/url"
	"slices"
	"strconv"

	"milepost/accounts"
	"milepost/calendar"
	"milepost/problem"
	"milepost/process"
	"milepost/process/evidence"
)

// typed is an answer as somebody types it.
type typed struct {
	State, Text, URL, Contact, How, On string
	Confidential                       bool
	Seen                               int64
}

func typedIn(form url.Values) typed {
	seen, _ := strconv.ParseInt(form.Get("seen"), 10, 64)
	return typed{State: form.Get("state"), Text: form.Get("text"), URL: form.Get("url"), Contact: form.Get("contact"), How: form.Get("how"),
		On: form.Get("on"), Confidential: form.Get("confidential") != "", Seen: seen}
}

// answer makes what was typed into an answer: whose word it is tells more than a link,
// and a link more than a note.
func (v *panelView) answer(id process.CriterionID, t typed) (Answer, error) {
	a := Answer{Criterion: id, State: State(t.State), Seen: t.Seen}
	if t.On != "" {
		on, err := calendar.ParseDate(t.On)
		if err != nil {
			return a, problem.Invalid("on", "This is not a day in the calendar; write it like 2026-01-31.")
		}
		a.On = on
	}
	a.Proof = evidence.Proof{Text: t.Text, URL: t.URL, Confidential: t.Confidential}
	switch {
	case t.Contact != "":
		if !slices.ContainsFunc(v.Parties, func(p accounts.Party) bool { return string(p.ID) == t.Contact }) {
			return a, problem.Invalid("contact", "Choose someone of the buyer's.")
		}
		a.Proof.Sort, a.Proof.Contact, a.Proof.How, a.Proof.On = evidence.ContactSort, accounts.ContactID(t.Contact), t.How, a.On
		if a.On == "" {
			a.Proof.On = v.Now.Today()
		}
	case t.URL != "":
		a.Proof.Sort = evidence.LinkSort
	case t.Text != "":
		a.Proof.Sort = evidence.NoteSort
	}
	return a, nil
}
