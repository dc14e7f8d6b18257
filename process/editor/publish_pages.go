package editor

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
	"milepost/problem"
	"milepost/process"
	"milepost/process/evidence"
)

// publishView is what would become of it.
type publishView struct {
	process.Process
	Next      process.Version // as the answers make it
	Changes   []process.Change
	Questions []question
	Deals     int // that come along
	Yours     int // of them, that the viewer sees
	List      []touchedDeal
	Waiting   int // open deals without a process that may come under it
	Ended     int // deals that have ended, and may be read by it
	Form      url.Values
	Names     map[people.ID]string
	Obstacles []string
	Note      string
	Refusal   error
}

const listed = 50

func (x *visit) publishing() error { return x.showPublishing(http.StatusOK, nil, nil) }

func (x *visit) showPublishing(status int, f url.Values, refusal error) error {
	v := publishView{Refusal: refusal, Note: f.Get("note"), Form: f}
	var err error
	if v.Process, err = process.Find(x.ctx, x.d, x.id()); err != nil {
		return err
	}
	v.Next = process.Version{Process: v.ID, Number: len(v.Versions) + 1, Definition: v.Draft}
	if newest := v.Newest(); newest != nil {
		v.Questions = questions(&newest.Definition, &v.Draft)
		v.Next.Mapping = readMapping(f, v.Questions)
		v.Changes = process.Changes(&newest.Definition, &v.Next)
	}
	v.Obstacles = sentences(v.Draft.Obstacles())
	if err := x.readTouched(&v); err != nil {
		return err
	}
	frame := ui.Frame{Title: "Publish version " + strconv.Itoa(v.Next.Number), Lead: v.lead(), Crumbs: crumbsOf(&v.Process)}
	return web.PageWithStatus(x.w, x.r, status, frame, publishPage(v))
}

// readTouched finds which open deals come along, as far as the viewer may know.
func (x *visit) readTouched(v *publishView) error {
	counts, err := openByProcess(x.ctx, x.d)
	if err != nil {
		return err
	}
	v.Deals = counts[string(v.ID)]
	if v.State == process.Drafted && v.Choice.Active {
		v.Waiting = counts[""]
	}
	if v.Ended, err = endedWithout(x.ctx, x.d, v.ID, v.Next.Number); err != nil {
		return err
	}
	standing, err := standingIn(x.ctx, x.d, v.ID)
	if err != nil {
		return err
	}
	for i := range v.Questions {
		v.Questions[i].Standing = standing[string(v.Questions[i].Milestone.ID)]
	}
	if v.List, err = touchedDeals(x.ctx, x.d, x.v, v.ID, listed); err != nil {
		return err
	}
	if v.Yours, err = seenOf(x.ctx, x.d, x.v, v.ID); err != nil {
		return err
	}
	v.Names, err = x.names()
	return err
}

func (v *publishView) lead() string {
	switch {
	case v.Deals > 0:
		return count(v.Deals, "open deal") + " come along, all of them or none. What they earned, they keep."
	case v.State == process.Drafted && v.Choice.Active:
		return "New deals come under it: " + choiceWords(&v.Choice) + ". Open deals that fit and follow no process come along."
	}
	return "New deals come under it; " + choiceWords(&v.Choice) + "."
}

// publish makes the draft a version and brings the open deals along. With many deals it
// goes on behind a page that tells how far it is.
func (x *visit) publish() error {
	if err := x.r.ParseForm(); err != nil {
		return problem.Invalid("", "That was more than a process can hold, and nothing was published.")
	}
	f, id, seen, by := x.r.PostForm, x.id(), x.seen(), people.ByViewer(x.v, x.now)
	p, err := process.Find(x.ctx, x.d, id)
	if err != nil {
		return err
	}
	mapping := map[process.MilestoneID][]process.MilestoneID{}
	if newest := p.Newest(); newest != nil {
		mapping = readMapping(f, questions(&newest.Definition, &p.Draft))
	}
	if err := errors.Join(seenStill(&p, seen), p.Draft.Obstacles()); err != nil {
		return x.refusePublishing(f, err)
	}
	d, work := x.d, func(ctx context.Context, told func(done, all int)) (came int, err error) {
		err = ledger.Record(ctx, x.d, by, func(w *ledger.Writer) error {
			if came, err = apply(ctx, w, id, seen, mapping, f.Get("note"), told); err != nil || !f.Has("ended") {
				return err
			}
			ended, err := evidence.TakeOnEnded(ctx, w, id, after(came, told))
			came += ended
			return err
		})
		return came, err
	}
	counts, err := openByProcess(x.ctx, d)
	if err != nil {
		return err
	}
	all := counts[string(id)]
	if p.State == process.Drafted && p.Choice.Active {
		all += counts[""]
	}
	if f.Has("ended") {
		ended, err := endedWithout(x.ctx, d, id, len(p.Versions)+1)
		if err != nil {
			return err
		}
		all += ended
	}
	return x.bring(all, "Published: version "+strconv.Itoa(len(p.Versions)+1)+" is in use", work, func(err error) error { return x.refusePublishing(f, err) })
}

func seenStill(p *process.Process, seen int64) error {
	if seen == p.Version {
		return nil
	}
	return problem.Conflict("", "Somebody changed this process while you were at it. Nothing was published: look at what would change now, then publish again.")
}

func (x *visit) refusePublishing(f url.Values, err error) error {
	status := http.StatusUnprocessableEntity
	if problem.Is(err, problem.KindConflict) {
		status = http.StatusConflict
	}
	return x.showPublishing(status, f, err)
}

// progress tells how far a large publication is.
func (x *visit) progress() error {
	p, err := process.Find(x.ctx, x.d, x.id())
	if err != nil {
		return err
	}
	is, there := x.runs.of(runKey{x.v.Org, p.ID})
	part := progressPart(&p, is, there)
	if web.WantsPart(x.r) {
		return web.Fragment(x.w, x.r, part)
	}
	return web.Page(x.w, x.r, ui.Frame{Title: "Bringing deals along", Crumbs: crumbsOf(&p)}, part)
}
