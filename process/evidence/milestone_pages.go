package evidence

import (
	"net/http"
	"net/url"
	"strconv"

	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/internal/web"
	"milepost/problem"
	"milepost/process"
)

// stoneView is a milestone that is open.
type stoneView struct {
	*view
	desk
	*Stone
	Phase    string
	Gone     bool // it is not on the map any more
	InPanel  bool // it is open under the map
	Typed    url.Values
	Problem  error
	Replaces ItemID // the evidence that is to be replaced
	given    []Item // that stands
	ended    []Item
}

// showMilestone opens a milestone, on a page of its own or under the map.
func (x *visit) showMilestone() error {
	s, err := x.open()
	if err != nil {
		return err
	}
	s.InPanel = web.WantsPart(x.r) && x.r.URL.Query().Get("in") == "panel"
	s.Replaces = ItemID(x.r.URL.Query().Get("replace"))
	return x.show(http.StatusOK, s.title(), &s.Deal, milestonePart(s))
}

// open reads a milestone: of the process that the deal follows, or one that it followed.
func (x *visit) open() (*stoneView, error) {
	v, err := x.read()
	if err != nil {
		return nil, err
	}
	s := &stoneView{view: v}
	stone, phase, there := v.Map.Stone(x.milestone())
	if there {
		s.Stone, s.Phase = stone, phase.Name
	} else {
		s.Gone = true
		if s.Stone, there = v.former(x.milestone()); !there {
			return nil, problem.NotFound("This milestone is not part of the process that the deal follows now.")
		}
	}
	s.given, s.ended = v.items(s.ID, true), v.items(s.ID, false)
	s.desk, err = x.desk(v, append(append([]Item(nil), s.given...), s.ended...), s.Shown.Contact)
	return s, err
}

// former finds a milestone that the deal earned under another process.
func (v *view) former(id process.MilestoneID) (*Stone, bool) {
	for _, m := range v.Earlier {
		if m.ID == id {
			return &Stone{Milestone: process.Milestone{ID: id, Name: m.Name}, Shown: m}, true
		}
	}
	return nil, false
}

// act is one act of the person on the milestone, as they saw it. It leads back to where
// they were, with what came of it; a refusal shows the form again with what was typed.
func (x *visit) act(form url.Values, work func(*ledger.Writer, *Pen) error) error {
	seen, err := strconv.ParseInt(form.Get("version"), 10, 64)
	if err != nil {
		return problem.Invalid("", "The form did not arrive whole. Reload the page, and try again.")
	}
	var before string
	var was Milestone
	var pen *Pen
	err = x.record(func(w *ledger.Writer) (err error) {
		pen, err = Act(x.ctx, w, x.v, x.deal(), x.milestone(), seen, func(p *Pen) error {
			before, was = p.Deal.Stage, p.Of(x.milestone())
			return work(w, p)
		})
		return err
	})
	switch {
	case err != nil && web.InForm(err):
		return x.showAgain(form, err)
	case err != nil:
		return err
	}
	to := MilestonePath(x.deal(), x.milestone())
	if form.Get("back") == "deal" {
		to = deals.MilestonesPath(x.deal())
	}
	return web.Redirect(x.w, x.r, to, said(pen, was, before))
}

// said is what came of an act: what the milestone is now, and where the deal.
func said(p *Pen, was Milestone, before string) string {
	is := p.Of(was.ID)
	text := "Noted."
	switch {
	case is.State == Claimed && was.State != Claimed:
		text = "“" + is.Name + "” is claimed."
	case was.Stands() && !is.Stands():
		text = "“" + is.Name + "” does not stand any more."
	case is.State == Rejected && is.Reply != was.Reply:
		text = "Your answer is with the rejection."
	case len(p.Evidence(was.ID)) > 0 && !is.Stands():
		if found, ok := problem.Of(p.lackingNow(was.ID)); ok {
			text = "The evidence is kept. " + found.Sentence
		}
	}
	if p.Deal.Stage != before {
		text += " The deal is now at “" + p.Deal.Stage + "”."
	}
	return text
}

// lackingNow is what is missing before a milestone can be claimed, or nil.
func (p *Pen) lackingNow(id process.MilestoneID) error {
	m, err := p.milestone(id)
	if err != nil {
		return err
	}
	return p.missing(m)
}

// showAgain shows a form that was refused with what was typed. Where somebody else
// worked on the milestone meanwhile, the page shows how it stands now, above what was
// typed, ready to be sent over it.
func (x *visit) showAgain(form url.Values, refusal error) error {
	s, err := x.open()
	if err != nil {
		return err
	}
	s.Typed, s.Problem = form, refusal
	s.Replaces = ItemID(form.Get("replaces"))
	return web.PageWithStatus(x.w, x.r, web.FormStatus(refusal), s.frame(), milestonePart(s))
}

const largestForm = 256 << 10

// form reads a form without a file.
func (x *visit) form() (url.Values, error) {
	if err := web.ReadForm(x.w, x.r, largestForm); err != nil {
		return nil, err
	}
	return x.r.PostForm, nil
}
