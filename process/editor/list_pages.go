package editor

import (
	"context"
	"fmt"
	"strings"

	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/money"
	"milepost/people"
	"milepost/problem"
	"milepost/process"
)

// listView is all processes, with how many open deals each has.
type listView struct {
	Library process.Library
	Deals   map[string]int
}

func (x *visit) list() error {
	var v listView
	var err error
	if v.Library, err = process.ReadLibrary(x.ctx, x.d); err != nil {
		return err
	}
	if v.Deals, err = openByProcess(x.ctx, x.d); err != nil {
		return fmt.Errorf("counting open deals by process: %w", err)
	}
	frame := ui.Frame{Title: "Process", Lead: "How do you sell, and what has to be shown before a deal moves on?"}
	if len(v.Library) > 0 {
		frame.Actions = ui.LinkButton{Label: "New process", Icon: "plus", Kind: ui.Primary, Path: "/process/new"}
	}
	return web.Page(x.w, x.r, frame, listPage(v))
}

func (x *visit) fresh() error {
	return web.Page(x.w, x.r, ui.Frame{Title: "New process", Lead: "Begin from one that is near to how you sell, and change what does not fit. Nothing is in use before you publish it.", Crumbs: crumbs()},
		freshPage(process.ReadyMadeProcesses(), nil))
}

// begin starts a draft from a ready-made process, or from nothing.
func (x *visit) begin() error {
	from := x.r.PostFormValue("from")
	d := process.Definition{Name: strings.TrimSpace(x.r.PostFormValue("name"))}
	if made, known := process.FindReadyMade(from); known {
		d = made.Definition.Fresh(x.now)
	}
	var made process.Process
	err := x.record(func(w *ledger.Writer) (err error) {
		made, err = process.Begin(x.ctx, w, d)
		return err
	})
	if problem.Is(err, problem.KindInvalid) {
		return web.PageWithStatus(x.w, x.r, 422, ui.Frame{Title: "New process", Crumbs: crumbs()}, freshPage(process.ReadyMadeProcesses(), err))
	}
	if err != nil {
		return err
	}
	return web.Redirect(x.w, x.r, path(made.ID), "The draft is yours to change. Nobody works by it before you publish it.")
}

func (x *visit) retire() error {
	return x.turn(process.Retire, "Retired. New deals do not come under it; those that follow it go on.")
}

func (x *visit) revive() error {
	return x.turn(process.Revive, "Back in use. New deals come under it again.")
}

func (x *visit) turn(turn func(context.Context, *ledger.Writer, process.ID, int64) (process.Process, error), notice string) error {
	err := x.record(func(w *ledger.Writer) error {
		_, err := turn(x.ctx, w, x.id(), x.seen())
		return err
	})
	if err != nil {
		return err
	}
	return web.Redirect(x.w, x.r, path(x.id()), notice)
}

func crumbs(more ...ui.Crumb) []ui.Crumb {
	return append([]ui.Crumb{{Label: "Process", Path: "/process"}}, more...)
}

func crumbsOf(p *process.Process) []ui.Crumb {
	return crumbs(ui.Crumb{Label: p.Name(), Path: path(p.ID)})
}

// stateWords say where a process stands, for a badge.
func stateWords(p *process.Process) (ui.Tone, string) {
	switch p.State {
	case process.Active:
		return ui.Good, "in use"
	case process.Ended:
		return ui.Plain, "retired"
	}
	return ui.Info, "draft"
}

func versionWords(p *process.Process) string {
	switch n := len(p.Versions); {
	case n == 0:
		return "not published"
	case p.Changed:
		return fmt.Sprintf("version %d, and changes in the draft", n)
	default:
		return fmt.Sprintf("version %d", n)
	}
}

// choiceWords say for which new deals a process is chosen.
func choiceWords(c *process.Choice) string {
	if !c.Active {
		return "chosen by hand only"
	}
	var parts []string
	if c.Segment != "" {
		parts = append(parts, "segment “"+c.Segment+"”")
	}
	if c.Product != "" {
		parts = append(parts, "product “"+c.Product+"”")
	}
	in := money.Currency(c.Currency)
	if c.From != 0 {
		parts = append(parts, "from "+money.Amount{Minor: c.From, Currency: in}.String())
	}
	if c.To != 0 {
		parts = append(parts, "below "+money.Amount{Minor: c.To, Currency: in}.String())
	}
	if len(parts) == 0 {
		return "every new deal"
	}
	return "new deals: " + strings.Join(parts, ", ")
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%s %ss", grouped(n), what)
}

// grouped writes a number with its thousands apart.
func grouped(n int) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

func nameOf(names map[people.ID]string, id people.ID) string {
	if names[id] == "" {
		return "somebody"
	}
	return names[id]
}
