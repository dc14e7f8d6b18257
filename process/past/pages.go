package past

import (
	"errors"
	"fmt"
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

// usualName is what a process that was found is called unless somebody says otherwise.
const usualName = "As the history has it"

func (x *visit) discover() error { return x.showDiscovery(http.StatusOK, usualName, nil) }

func (x *visit) showDiscovery(status int, name string, refusal error) error {
	found, err := Discover(x.ctx, x.d)
	if err != nil {
		return err
	}
	frame := ui.Frame{Title: "A process from your history", Lead: "What deals reached so far, in the order in which they did.", Crumbs: crumbs()}
	return web.PageWithStatus(x.w, x.r, status, frame, discoveryPage(found, name, refusal))
}

// keep makes a draft of what is found.
func (x *visit) keep() error {
	found, err := Discover(x.ctx, x.d)
	if err != nil {
		return err
	}
	if len(found.Found) == 0 {
		return x.showDiscovery(http.StatusUnprocessableEntity, usualName, problem.Invalid("", "There is nothing in the history to make a process of."))
	}
	name := strings.TrimSpace(x.r.PostFormValue("name"))
	var made process.Process
	err = x.record(func(w *ledger.Writer) (err error) {
		made, _, err = found.Save(x.ctx, w, name, false)
		return err
	})
	if problem.Is(err, problem.KindInvalid) {
		return x.showDiscovery(http.StatusUnprocessableEntity, name, err)
	}
	if err != nil {
		return err
	}
	return web.Redirect(x.w, x.r, path(made.ID), "The draft is yours to change. Say what counts as proof of each milestone, then publish it.")
}

// labelsView is the labels that a process does not know.
type labelsView struct {
	process.Process
	Labels  []Label
	Known   int // labels that it knows
	Refusal error
}

func (x *visit) labels() error { return x.showLabels(http.StatusOK, nil, nil) }

func (x *visit) showLabels(status int, typed url.Values, refusal error) error {
	v := labelsView{Refusal: refusal}
	var err error
	if v.Process, err = process.Find(x.ctx, x.d, x.id()); err != nil {
		return err
	}
	counts, err := labelsOf(x.ctx, x.d)
	if err != nil {
		return err
	}
	v.Labels = unknown(&v.Draft, counts)
	v.Known = len(counts) - len(v.Labels)
	if typed != nil {
		choose(v.Labels, typed)
	}
	frame := ui.Frame{Title: "Labels of the history", Lead: "Which milestone did people mean by each?",
		Crumbs: crumbs(ui.Crumb{Label: v.Name(), Path: path(v.ID)})}
	return web.PageWithStatus(x.w, x.r, status, frame, labelsPage(v))
}

// teach puts the chosen labels into a new draft.
func (x *visit) teach() error {
	if err := x.r.ParseForm(); err != nil {
		return problem.Invalid("", "That was more than a process can hold, and nothing was saved.")
	}
	counts, err := labelsOf(x.ctx, x.d)
	if err != nil {
		return err
	}
	seen, _ := strconv.ParseInt(x.r.PostFormValue("seen"), 10, 64) // 0 is none: nothing is checked against it
	taught := 0
	err = x.record(func(w *ledger.Writer) error {
		p, err := process.Find(x.ctx, w.DB, x.id())
		if err != nil {
			return err
		}
		d := p.Draft.Copy()
		list := unknown(&d, counts)
		choose(list, x.r.PostForm)
		if taught = teach(&d, list); taught == 0 {
			return problem.Invalid("", "Choose a milestone for at least one label. Those that mean nothing here can stay as they are.")
		}
		_, err = process.SaveAct(x.ctx, w, p.ID, seen, d, "said what "+count(taught, "label")+" of the history "+verb(taught))
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
	return web.Redirect(x.w, x.r, path(x.id()), fmt.Sprintf("The draft knows %s more. Publish it, and deals stand where their history says.", count(taught, "label")))
}

func verb(n int) string {
	if n == 1 {
		return "means"
	}
	return "mean"
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return grouped(n) + " " + what + "s"
}

// grouped writes a number with its thousands apart.
func grouped(n int) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
