package audits

import (
	"cmp"

	"github.com/a-h/templ"

	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/problem"
	"milepost/process"
	"milepost/process/evidence"
)

// of lists the items that were given for a marker.
func (v *auditView) of(marker process.MarkerID) []evidence.Item {
	var list []evidence.Item
	for _, i := range v.Items {
		if i.Marker == marker {
			list = append(list, i)
		}
	}
	return list
}

// loose lists the items that belong to no marker of the version of now.
func (v *auditView) loose() []evidence.Item {
	var list []evidence.Item
	for _, i := range v.Items {
		known := false
		if v.Def != nil {
			_, known = v.Def.Marker(i.Marker)
		}
		if !known {
			list = append(list, i)
		}
	}
	return list
}

func (v *auditView) fileName(i evidence.Item) string { return cmp.Or(v.Files[i.Ref], "A file") }

func (v *auditView) contactName(i evidence.Item) string {
	return cmp.Or(v.Contacts[string(i.Contact)], "Somebody of the buyer's")
}

// given says who gave an item.
func (v *auditView) given(i evidence.Item) string {
	switch {
	case i.Via == ledger.ViaBuyerLink:
		return "By the buyer,"
	case v.names[i.GivenBy] == "":
		return "Given"
	}
	return "Given by " + v.names[i.GivenBy] + ","
}

func (v *auditView) markerHint() string {
	if v.Def == nil {
		return "The sales process has this milestone no more"
	}
	if len(v.Def.RequiredMarkers()) == 0 && len(v.Def.Markers) > 1 {
		return "Any one of these shows the milestone"
	}
	return ""
}

// terms are what is known of the audit.
func (v *auditView) terms() []ui.Term {
	list := []ui.Term{{Term: "Drawn because", Detail: ui.Text(v.Why)}, {Term: "Deal", Detail: ui.Link(v.Deal.ID.Path(), v.Deal.Title)}}
	var worth templ.Component
	if v.Deal.Amount != nil {
		worth = ui.Money(*v.Deal.Amount)
	}
	list = append(list, ui.Term{Term: "Value", Detail: worth}, ui.Term{Term: "Stage", Detail: ui.Text(v.Deal.Stage)},
		ui.Term{Term: "Claimed", Detail: ui.Ago(v.ClaimedAt, v.Now.At, v.Now.Place)}, ui.Term{Term: "Auditor", Detail: ui.Text(v.auditorText(v.Deal.Owner))})
	if v.Result != Unjudged {
		list = append(list, ui.Term{Term: sentence(string(v.Result)) + " by", Detail: ui.Text(v.name(v.JudgedBy))})
	}
	if v.Words != "" {
		list = append(list, ui.Term{Term: "Rejected because", Detail: ui.Text(v.Words)})
	}
	if v.Shown.Reply != "" && v.Result != Unjudged {
		list = append(list, ui.Term{Term: "The rep's answer", Detail: ui.Text(v.Shown.Reply)})
	}
	if v.Because != "" && v.Standing != Closed {
		list = append(list, ui.Term{Term: "Then", Detail: ui.Text(v.Because)})
	}
	return list
}

// waitsFor says for whom an audit waits that is not the viewer's to judge.
func (v *auditView) waitsFor() string {
	switch a := v.Line.AuditorOf(v.Deal.Owner); {
	case a.Nobody():
		return "Nobody is above the owner, and nobody else works in operations: nobody can audit this claim."
	case a.Operations:
		return "Operations will look at it, for nobody is above the owner."
	case v.Deal.Owner == v.Viewer.ID:
		return v.name(a.Person) + " will look at it. Nobody audits their own deals."
	default:
		return v.name(a.Person) + " will look at it."
	}
}

func (v *auditView) rejectLabel() string {
	if v.Standing == Answered {
		return "It still does not hold"
	}
	return "It does not hold: reject"
}

// refusal is why a form was not taken in.
func (v *auditView) refusal(form string) error {
	if v.Of == form {
		return v.Problem
	}
	return nil
}

func (v *auditView) wrong(form, field string) string { return problem.ByField(v.refusal(form))[field] }

func (v *auditView) typed(form string) string {
	if v.Of == form {
		return v.Typed
	}
	return ""
}
