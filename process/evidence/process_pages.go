package evidence

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/problem"
	"milepost/process"
)

// processView is the choice of the process that a deal follows.
type processView struct {
	*view
	Prospects []prospect
	Chosen    string
	Problem   error
}

func (x *visit) askProcess() error { return x.askProcessAgain("", nil) }

func (x *visit) askProcessAgain(chosen string, refusal error) error {
	v, err := x.read()
	if err != nil {
		return err
	}
	entries, err := ledger.OfOpportunity(x.ctx, x.d, x.v.Org, string(v.Deal.ID))
	if err != nil {
		return err
	}
	p := &processView{view: v, Chosen: chosen, Problem: refusal}
	if p.Prospects, err = v.prospects(entries); err != nil {
		return err
	}
	if chosen == "" {
		p.Chosen = string(v.Process)
	}
	frame := ui.Frame{Title: "Which process does this deal follow?", Crumbs: []ui.Crumb{{Label: "Deals", Path: "/deals"}, {Label: dealName(&v.Deal), Path: deals.MilestonesPath(v.Deal.ID)}}}
	status := http.StatusOK
	if refusal != nil {
		status = web.FormStatus(refusal)
	}
	return web.PageWithStatus(x.w, x.r, status, frame, processPage(p))
}

// mark is what the person saw the deal follow.
func (s *Standing) mark() string { return string(s.Process) + "/" + strconv.Itoa(s.Number) }

// setProcess puts the deal under a process, or takes it off: a choice by hand, which no
// rule changes afterwards.
func (x *visit) setProcess() error {
	form, err := x.form()
	if err != nil {
		return err
	}
	notice := ""
	err = x.record(func(w *ledger.Writer) error {
		p, err := TakeUp(x.ctx, w, x.v, x.deal())
		if err != nil {
			return err
		}
		if err := p.choose(form); err != nil {
			return err
		}
		if err := p.PutDown(x.ctx); err != nil {
			return err
		}
		notice = "The deal follows no process any more. Its stage is moved by hand."
		if p.Version != nil {
			notice = "The deal follows “" + p.Version.Definition.Name + "” now, and is at “" + p.Deal.Stage + "”."
		}
		return nil
	})
	switch {
	case err != nil && web.InForm(err):
		return x.askProcessAgain(form.Get("process"), err)
	case err != nil:
		return err
	}
	return web.Redirect(x.w, x.r, deals.MilestonesPath(x.deal()), notice)
}

// choose puts the deal under what a form says.
func (p *Pen) choose(form url.Values) error {
	if !p.Deal.IsOpen() {
		return problem.Invalid("", "This deal has ended (%s). Reopen it to change its process.", p.Deal.Outcome.Label())
	}
	if form.Get("from") != p.mark() {
		return problem.Conflict("", "Somebody changed the process of this deal while you were at it. Nothing of yours was saved yet: look at what it follows now, then choose again.")
	}
	chosen := form.Get("process")
	if chosen == "none" {
		if p.Process == "" {
			return problem.Invalid("process", "The deal follows no process already.")
		}
		return p.Put(nil, false)
	}
	is, there := p.Library.Process(process.ID(chosen))
	switch {
	case strings.TrimSpace(chosen) == "" || !there || is.State != process.Active || is.Newest() == nil:
		return problem.Invalid("process", "Choose a process that is in use.")
	case is.ID == p.Process && is.Newest().Number == p.Number:
		return problem.Invalid("process", "The deal follows this process already.")
	}
	return p.Put(is.Newest(), false)
}

// options are the processes, each with what becomes of what was earned.
func (p *processView) options() []ui.Option {
	var list []ui.Option
	for _, c := range p.Prospects {
		o := ui.Option{Value: string(c.Process), Label: c.Name, Hint: c.words(p.Version != nil)}
		if c.Process == "" {
			o.Value = "none"
		}
		if c.Current {
			o.Label += " (now)"
		}
		list = append(list, o)
	}
	return list
}

// words say what becomes of what was earned. Follows tells whether the deal follows a
// process now.
func (c *prospect) words(follows bool) string {
	if c.Current {
		return ""
	}
	var parts []string
	switch {
	case c.Process == "":
		parts = append(parts, "The stage stays “"+c.Stage+"”, and is moved by hand from then on.")
	default:
		parts = append(parts, "The deal comes to “"+c.Stage+"”.")
	}
	if len(c.Kept) > 0 {
		parts = append(parts, "These stand there: "+quotedAll(c.Kept)+".")
	}
	switch {
	case len(c.Left) > 0:
		parts = append(parts, "These do not go along: "+quotedAll(c.Left)+". What was shown of them stays readable.")
	case follows && len(c.Kept) == 0:
		parts = append(parts, "Nothing was earned yet that could be lost.")
	}
	return strings.Join(parts, " ")
}
