package bulk

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/problem"
)

// view is what the pages of a change show.
type view struct {
	change
	list    *List
	choice  *Choice // what was chosen to change; empty before
	k       Desk
	Counts  []tally
	Lists   map[string][]Row // by state, the first of each
	Records map[string]Record
	Names   map[string]string // what values stand for
	Asked   []asked
	Again   bool // something else is to be chosen
	Typed   url.Values
	Refusal error
}

// asked is a choice as the page offers it.
type asked struct {
	*Choice
	Question
}

var errNone = problem.NotFound("There is no such change, or it is not yours. One that was never started is dropped when another begins.")

func (p pages) view(r *http.Request) (view, error) {
	v := view{list: p.list, choice: &Choice{}, k: p.desk(r), Lists: map[string][]Row{}}
	k, id := v.k, r.PathValue("id")
	if !IsID(id) {
		return v, errNone
	}
	var err error
	if v.change, err = changeOf(k.Ctx, k.DB, p.list.Name, k.Viewer.ID, id); err != nil {
		if problem.Is(err, problem.KindNotFound) {
			err = errNone
		}
		return v, err
	}
	if v.What != "" {
		if v.choice, err = p.list.choice(v.What); err != nil {
			return v, err
		}
	}
	if v.Counts, err = tallies(k.Ctx, k.DB, id); err != nil {
		return v, fmt.Errorf("counting the records of a change: %w", err)
	}
	if v.State == chosen {
		return v, nil
	}
	return v, v.read()
}

// read reads the first records of each state, and what they are called.
func (v *view) read() (err error) {
	var ids []string
	values := []string{v.Value}
	for _, state := range []string{rowReady, rowRefused, rowChanged, rowRestored, rowKept} {
		if v.goesOn() {
			break // how far it is says enough
		}
		if v.Lists[state], err = rowsIn(v.k.Ctx, v.k.DB, v.ID, state, shown); err != nil {
			return fmt.Errorf("listing the records of a change: %w", err)
		}
		for _, r := range v.Lists[state] {
			ids, values = append(ids, r.ID), append(values, r.Before, r.After)
		}
	}
	for _, c := range v.Counts[:min(len(v.Counts), shown)] {
		values = append(values, c.Before, c.After)
	}
	if v.Records, err = v.list.Read(v.k, ids); err != nil {
		return fmt.Errorf("reading the records of a change: %w", err)
	}
	if v.choice.Names != nil {
		slices.Sort(values)
		v.Names, err = v.choice.Names(v.k, slices.Compact(values))
	}
	return err
}

func (v view) show(w http.ResponseWriter, r *http.Request, status int) error {
	if v.asks() {
		ids, err := everyID(v.k.Ctx, v.k.DB, v.ID)
		if err != nil {
			return err
		}
		for i := range v.list.Choices {
			c := &v.list.Choices[i]
			q, err := c.Ask(v.k, ids)
			if err != nil {
				return fmt.Errorf("asking for what %s shall change: %w", v.list.Many, err)
			}
			v.Asked = append(v.Asked, asked{c, q})
		}
	}
	frame := ui.Frame{Title: v.title(), Lead: v.lead(), Crumbs: v.list.crumbs()}
	return web.PageWithStatus(w, r, status, frame, body(v))
}

func (l *List) crumbs() []ui.Crumb { return []ui.Crumb{{Label: l.Title, Path: l.Path}} }

// in counts the records in some states, or all of them.
func (v view) in(states ...string) (n int64) {
	for _, c := range v.Counts {
		if len(states) == 0 || slices.Contains(states, c.State) {
			n += c.Records
		}
	}
	return n
}

// asks tells whether the page asks what shall change.
func (v view) asks() bool { return v.State == chosen || v.State == planned && v.Again }

func (v view) wrong(what string) string {
	if v.Refusal == nil || v.Typed.Get("what") != what {
		return ""
	}
	found, _ := problem.Of(v.Refusal)
	return found.Sentence
}

func (v view) typed(what string) string {
	text := []rune(v.Typed.Get("value"))
	if v.Typed.Get("what") != what {
		return ""
	}
	return string(text[:min(len(text), 200)])
}

// field is a choice's field, filled in.
func (v view) field(a asked) ui.FormField {
	f := a.Field
	f.Name, f.ID, f.Value, f.Error, f.Required = "value", "bulk-"+a.Name, v.typed(a.Name), v.wrong(a.Name), true
	return f
}

// rests tells whether nothing went on for a while: its window was closed.
func (v view) rests() bool { return v.k.Now.Sub(v.TouchedAt) >= resting }
