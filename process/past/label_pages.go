package past

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/problem"
	"milepost/process"
)

// labelsView is the labels that a process does not know.
type labelsView struct {
	process.Process
	Labels  []Label
	Silent  []Label // that mean nothing here, as somebody said
	Refusal error
}

func (x *visit) labels() error { return x.showLabels(http.StatusOK, nil, nil) }

func (x *visit) showLabels(status int, typed url.Values, refusal error) error {
	v := labelsView{Refusal: refusal}
	var err error
	if v.Process, err = process.Find(x.ctx, x.d, x.id()); err != nil {
		return err
	}
	all, err := labelsOf(x.ctx, x.d)
	if err != nil {
		return err
	}
	v.Labels, v.Silent = unknown(&v.Draft, all)
	if typed != nil {
		choose(v.Labels, typed)
	}
	frame := ui.Frame{Title: "Labels of the history", Lead: "What did people mean by each?",
		Crumbs: crumbs(ui.Crumb{Label: v.Name(), Path: path(v.ID)})}
	return web.PageWithStatus(x.w, x.r, status, frame, labelsPage(v))
}

// teach puts what was said of the labels into the draft.
func (x *visit) teach() error {
	if err := x.r.ParseForm(); err != nil {
		return problem.Invalid("", "That was more than a process can hold, and nothing was saved.")
	}
	all, err := labelsOf(x.ctx, x.d)
	if err != nil {
		return err
	}
	seen, _ := strconv.ParseInt(x.r.PostFormValue("seen"), 10, 64) // 0 is none: nothing is checked against it
	var said said
	err = x.record(func(w *ledger.Writer) error {
		p, err := process.Find(x.ctx, w.DB, x.id())
		if err != nil {
			return err
		}
		d := p.Draft.Copy()
		list, silent := unknown(&d, all)
		choose(list, x.r.PostForm)
		said.again = askAgain(&d, silent, x.r.PostForm)
		if said.taught, said.silenced = teach(&d, list); said.words() == "" {
			return problem.Invalid("", "Say what at least one label means, or that it means nothing here.")
		}
		_, err = process.SaveAct(x.ctx, w, p.ID, seen, d, "said "+said.words())
		return err
	})
	var refused *problem.Problem
	switch {
	case problem.Is(err, problem.KindNotFound), err != nil && !errors.As(err, &refused):
		return err
	case problem.Is(err, problem.KindConflict):
		return x.showLabels(http.StatusConflict, x.r.PostForm, err)
	case err != nil:
		return x.showLabels(http.StatusUnprocessableEntity, x.r.PostForm, err)
	}
	return web.Redirect(x.w, x.r, said.next(x.id()), said.notice())
}

// said is what somebody said of labels, at once.
type said struct{ taught, silenced, again int }

func (s said) words() string {
	var parts []string
	if s.taught > 0 {
		parts = append(parts, "what "+count(s.taught, "label")+" of the history "+verb(s.taught))
	}
	if s.silenced > 0 {
		parts = append(parts, "that "+count(s.silenced, "label")+" "+verb(s.silenced)+" nothing here")
	}
	if s.again > 0 {
		parts = append(parts, "that "+count(s.again, "label")+" may mean something after all")
	}
	return strings.Join(parts, ", and ")
}

func (s said) notice() string {
	if s.taught == 0 {
		return "Saved: you said " + s.words() + "."
	}
	return "The draft knows " + count(s.taught, "label") + " more. Publish it, and deals stand where their history says."
}

// next is the process once labels mean something, and else the labels again.
func (s said) next(id process.ID) string {
	if s.taught == 0 {
		return path(id) + "/labels"
	}
	return path(id)
}
