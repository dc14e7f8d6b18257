package accounts

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"milepost/internal/ui"
	"milepost/people"
	"milepost/problem"
)

// shownInBulk is how many accounts of a kind a page of a bulk change lists.
const shownInBulk = 100

// bulkView is what the pages of a bulk change show.
type bulkView struct {
	bulk
	k       desk
	Counts  []pickedCount
	Lists   map[string][]picked // by state, the first of each
	All     map[ID]Account
	Seen    map[ID]Account
	Names   map[people.ID]string
	Owners  []ui.Option
	Again   bool // something else is to be chosen
	Typed   url.Values
	Refusal error
}

func (p pages) bulkView(r *http.Request) (bulkView, error) {
	v := bulkView{k: p.desk(r), Lists: map[string][]picked{}}
	k, id := v.k, r.PathValue("id")
	if !plausible(id) {
		return v, errNoBulk
	}
	var err error
	if v.bulk, err = bulkOf(k.ctx, k.d, k.v.ID, id); err != nil {
		if problem.Is(err, problem.KindNotFound) {
			err = errNoBulk
		}
		return v, err
	}
	if v.Counts, err = pickedCounts(k.ctx, k.d, id); err != nil {
		return v, fmt.Errorf("counting the accounts of a change: %w", err)
	}
	if v.State == bulkRunning || v.State == bulkUndoing {
		return v, nil // how far it is says enough
	}
	var ids []ID
	for _, state := range []string{rowReady, rowRefused, rowChanged, rowRestored, rowKept} {
		if v.Lists[state], err = pickedIn(k.ctx, k.d, id, state, shownInBulk); err != nil {
			return v, fmt.Errorf("listing the accounts of a change: %w", err)
		}
		ids = append(ids, accountsIn(v.Lists[state])...)
	}
	return v, v.read(ids)
}

var errNoBulk = problem.NotFound("There is no such change, or it is not yours. One that was never started is dropped when another begins.")

func (v *bulkView) read(ids []ID) (err error) {
	if v.All, err = several(v.k.ctx, v.k.d, sight{all: true}, ids); err != nil {
		return fmt.Errorf("reading the accounts of a change: %w", err)
	}
	if v.Seen, err = several(v.k.ctx, v.k.d, sightOf(v.k.v), ids); err != nil {
		return fmt.Errorf("reading which accounts of a change are in sight: %w", err)
	}
	v.Names, err = v.k.names()
	return err
}

// in counts the accounts in some states, or all of them.
func (v bulkView) in(states ...string) (n int) {
	for _, c := range v.Counts {
		if len(states) == 0 || slices.Contains(states, c.State) {
			n += c.Accounts
		}
	}
	return n
}

// many is so many accounts, in words.
func many(n int) string { return count(n, "account", "accounts") }

// asks tells whether the page asks what shall change.
func (v bulkView) asks() bool { return v.State == bulkChosen || v.State == bulkPlanned && v.Again }

func (v bulkView) title() string {
	switch {
	case v.asks():
		return "Change " + many(v.in())
	case v.State == bulkPlanned:
		return "Preview"
	case v.State == bulkRunning:
		return "Changing accounts"
	case v.State == bulkUndoing:
		return "Undoing the change"
	case v.State == bulkUndone:
		return "Undone"
	}
	return "Changed"
}

func (v bulkView) lead() string {
	switch {
	case v.asks():
		return "Choose one thing. You see a preview before anything happens."
	case v.State == bulkPlanned:
		return v.does() + ". Nothing has happened yet."
	case v.State == bulkUndone:
		return many(v.in(rowRestored)) + " back as before."
	case v.State == bulkDone:
		return many(v.in(rowChanged)) + " changed: " + lowerFirst(v.does()) + "."
	}
	return v.does() + "."
}

// does says what the change is.
func (v bulkView) does() string {
	switch name := v.Names[people.ID(v.Value)]; {
	case v.What == bulkIndustry:
		return "Industry becomes “" + v.Value + "”"
	case v.Value == nobody:
		return "Nobody looks after them any more"
	case name != "":
		return "Owner becomes " + name
	}
	return "The owner changes"
}

// value is a value as a person reads it.
func (v bulkView) value(text string) templ.Component {
	if v.What == bulkOwner {
		if text == "" {
			return ui.Quiet("Nobody")
		}
		text = orSomeone(v.Names[people.ID(text)])
	}
	return textOrNone(text)
}

func (v bulkView) wrong(what string) string {
	if v.Refusal == nil || v.Typed.Get("what") != what {
		return ""
	}
	found, _ := problem.Of(v.Refusal)
	return found.Sentence
}

func (v bulkView) typed(what string) string {
	if v.Typed.Get("what") == what {
		return v.Typed.Get("value")
	}
	return ""
}

// ownerOptions are those who can look after the accounts; that it be nobody is said.
func (v bulkView) ownerOptions() []ui.Option {
	options := []ui.Option{{Label: "Choose …"}}
	for _, o := range v.Owners {
		if o.Value == "" {
			o.Value = nobody
		}
		options = append(options, o)
	}
	return options
}

func (v bulkView) progress() ui.Progress {
	done, all, label := v.in(rowChanged), v.in(rowReady, rowChanged), "Changing accounts"
	if v.State == bulkUndoing {
		done, all, label = v.in(rowRestored, rowKept), v.in(rowChanged, rowRestored, rowKept), "Bringing accounts back"
	}
	return ui.Progress{Label: label, Value: float64(done), Max: float64(all), Note: fmt.Sprintf("%d of %d", done, all)}
}

// rests tells whether nothing went on for a while: its window was closed.
func (v bulkView) rests() bool { return v.k.now.Sub(v.TouchedAt) >= bulkResting }
