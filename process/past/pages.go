package past

import (
	"fmt"
	"net/http"
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
