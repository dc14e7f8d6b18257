package audits

import (
	"errors"
	"net/http"

	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/problem"
	"milepost/process"
	"milepost/process/evidence"
)

// auditView is the page of one audit.
type auditView struct {
	queueView
	Audit
	Deal      deals.Opportunity
	Shown     evidence.Milestone
	Def       *process.Milestone // nil when the process has it no more
	Standing  Standing
	Because   string
	Items     []evidence.Item // those that the viewer may see
	Hidden    int             // confidential ones that the viewer may not
	MayJudge  bool
	MayAnswer bool
	Files     map[string]string
	Contacts  map[string]string
	Problem   error
	Of        string // the form that was refused
	Typed     string
}

// readAudit reads an audit of a deal that the viewer sees.
func (x *visit) readAudit() (view auditView, err error) {
	if view.Audit, err = find(x.ctx, x.d, x.id()); err != nil {
		return view, hidden(err)
	}
	if view.Deal, err = deals.FindFor(x.ctx, x.d, x.v, view.Audit.Deal); err != nil {
		return view, hidden(err)
	}
	library, err := process.ReadLibrary(x.ctx, x.d)
	if err != nil {
		return view, err
	}
	standing, err := evidence.Read(x.ctx, x.d, library, view.Deal.ID)
	if err != nil {
		return view, err
	}
	if version, there := library.Version(standing.Process, standing.Number); there {
		view.Def, _, _ = version.Definition.Milestone(view.Milestone)
	}
	view.Shown = standing.Of(view.Milestone)
	view.Standing, view.Because = view.Stands(&view.Shown)
	for _, i := range standing.Evidence(view.Milestone) {
		if i.MaySee(x.v, view.Deal.Owner) {
			view.Items = append(view.Items, i)
		} else {
			view.Hidden++
		}
	}
	if view.queueView, err = x.readPeople(); err != nil {
		return view, err
	}
	view.MayJudge = view.Standing.Waits() && view.Line.MayJudge(x.v, view.Deal.Owner)
	view.MayAnswer = view.Standing == Failed && view.Deal.Owner == x.v.ID && view.Shown.State == evidence.Rejected && view.Shown.RejectedAt == view.JudgedAt
	return view, x.readNames(&view)
}

// readNames finds what the files and contacts are called that the evidence names.
func (x *visit) readNames(view *auditView) (err error) {
	var files, contacts []string
	for _, i := range view.Items {
		if i.Sort == evidence.FileSort {
			files = append(files, i.Ref)
		}
		if i.Contact != "" {
			contacts = append(contacts, string(i.Contact))
		}
	}
	if view.Files, err = namesOf(x.ctx, x.d, "files", files); err != nil {
		return err
	}
	view.Contacts, err = namesOf(x.ctx, x.d, "contacts", contacts)
	return err
}

func (x *visit) audit() error {
	view, err := x.readAudit()
	if err != nil {
		return err
	}
	return x.show(view, http.StatusOK)
}

func (x *visit) show(view auditView, status int) error {
	return web.PageWithStatus(x.w, x.r, status, ui.Frame{Title: view.Name, Lead: view.owner(), Crumbs: []ui.Crumb{{Label: "Audits", Path: "/audits"}}}, auditPage(view))
}

func (x *visit) pass() error {
	return x.decide("pass", "", "Passed.", func(w *ledger.Writer) error { return Pass(x.ctx, w, x.v, x.id(), x.seen()) })
}

func (x *visit) reject() error {
	reason := x.r.PostFormValue("reason")
	return x.decide("reject", reason, "Rejected. The claim fell.", func(w *ledger.Writer) error {
		return Reject(x.ctx, w, x.v, x.id(), x.seen(), reason)
	})
}

// decide judges, and goes on with the next audit.
func (x *visit) decide(form, typed, done string, work func(*ledger.Writer) error) error {
	if err := x.record(work); err != nil {
		return x.refused(form, typed, err)
	}
	queue, err := x.readQueue()
	if err != nil {
		return err
	}
	if next := queue.next(x.id()); next != "" {
		return web.Redirect(x.w, x.r, auditPath(next), done+" Here is the next one.")
	}
	return web.Redirect(x.w, x.r, "/audits", done+" That was the last one.")
}

func (x *visit) answer() error {
	text := x.r.PostFormValue("answer")
	err := x.record(func(w *ledger.Writer) error { return Reply(x.ctx, w, x.v, x.id(), x.seen(), text) })
	if err != nil {
		return x.refused("answer", text, err)
	}
	return web.Redirect(x.w, x.r, auditPath(x.id()), "Your answer is with the auditor.")
}

// refused shows the page again, as things are now, with what was typed and why it was
// not taken in.
func (x *visit) refused(form, typed string, refusal error) error {
	p, is := problem.Of(refusal)
	if !is || p.Kind != problem.KindInvalid && p.Kind != problem.KindConflict {
		return refusal
	}
	view, err := x.readAudit()
	if err != nil {
		return errors.Join(refusal, err)
	}
	view.Problem, view.Of, view.Typed = refusal, form, typed
	status := http.StatusUnprocessableEntity
	if p.Kind == problem.KindConflict {
		status = http.StatusConflict
	}
	return x.show(view, status)
}

// owner says whose claim it is.
func (v *auditView) owner() string {
	if v.Deal.Owner == v.Viewer.ID {
		return "Your claim, in “" + v.Deal.Title + "”."
	}
	return "Claimed by " + v.name(v.Deal.Owner) + ", in “" + v.Deal.Title + "”."
}
