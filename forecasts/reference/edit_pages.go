package reference

import (
	"errors"
	"strconv"

	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
	"milepost/problem"
)

// mostTyped bounds the form, in bytes.
const mostTyped = 64 << 10

// form is the table as it is being edited.
type form struct {
	Now    Version // the newest table
	Texts  map[string]string
	Rungs  int
	Seen   int // the number of the newest table when the form was made
	From   int // of the table whose figures it began with
	Reason string
	Wrong  error
	Clash  []Version // what was set meanwhile, the oldest first
	Before Version   // what was in force when the form was made
	Names  map[people.ID]string
	Taught *Taught
}

// numbered finds a table by its number; that as shipped has none.
func numbered(versions []Version, number int) (Version, bool) {
	if number == 0 {
		return AsShipped(), true
	}
	for _, v := range versions {
		if v.Number == number {
			return v, true
		}
	}
	return Version{}, false
}

// edit shows the table to be changed, or an earlier one to be taken up again.
func (x *visit) edit() error {
	versions, err := Versions(x.ctx, x.d, x.v.Org)
	if err != nil {
		return err
	}
	now := newest(versions)
	f := form{Now: now, Seen: now.Number, From: now.Number, Texts: now.texts(), Rungs: len(now.Rungs)}
	if text := x.r.URL.Query().Get("from"); text != "" {
		number, err := strconv.Atoi(text)
		earlier, there := numbered(versions, number)
		if err != nil || !there {
			return problem.NotFound("There is no such table of assumptions.")
		}
		f.From, f.Texts, f.Rungs = number, earlier.texts(), len(earlier.Rungs)
		if number != now.Number {
			f.Reason = "Back to " + lowerFirst(Name(number)) + ": "
		}
	}
	return x.showForm(&f)
}

func (x *visit) showForm(f *form) error {
	var err error
	if f.Names, err = x.names(); err != nil {
		return err
	}
	if f.Taught, _, err = x.taught(x.ctx, x.d, x.v.Organization, x.now); err != nil {
		return err
	}
	frame := ui.Frame{Title: "Change the assumptions", Lead: "What do we expect of deals that we know little of?",
		Crumbs: append(crumbs(), ui.Crumb{Label: "Assumptions", Path: Path})}
	return web.PageWithStatus(x.w, x.r, web.FormStatus(f.Wrong), frame, editPage(f))
}

// save puts the table that was typed in force. What is refused is shown again as it was
// typed, beside what was set meanwhile.
func (x *visit) save() error {
	if err := web.ReadForm(x.w, x.r, mostTyped); err != nil {
		return err
	}
	versions, err := Versions(x.ctx, x.d, x.v.Org)
	if err != nil {
		return err
	}
	f := x.typed(versions)
	from, _ := numbered(versions, f.From)
	table, wrong := read(x.r.PostFormValue, f.Rungs, f.Now.Table, from.Table)
	if wrong != nil {
		wrong = errors.Join(wrong, checkReason(f.Reason))
	} else {
		var made Version
		wrong = x.record(func(w *ledger.Writer) (err error) {
			made, err = Replace(x.ctx, w, table, f.Reason, f.Seen)
			return err
		})
		if wrong == nil {
			return web.Redirect(x.w, x.r, Path, "Saved as "+lowerFirst(Name(made.Number))+". Forecasts lean on it from tomorrow on.")
		}
	}
	if !web.InForm(wrong) {
		return wrong
	}
	f.Wrong = wrong
	if problem.Is(wrong, problem.KindConflict) {
		if err := x.clash(f); err != nil {
			return err
		}
	}
	return x.showForm(f)
}

// typed is the form as it was sent.
func (x *visit) typed(versions []Version) *form {
	f := &form{Now: newest(versions), Texts: map[string]string{}, Reason: x.r.PostFormValue("reason")}
	f.Seen, _ = strconv.Atoi(x.r.PostFormValue("seen")) // what is no number is none that is there
	f.From, _ = strconv.Atoi(x.r.PostFormValue("from"))
	for f.Rungs < mostRungs && x.r.PostForm.Has(WonField(f.Rungs)) {
		f.Rungs++
	}
	if f.Rungs == 0 {
		f.Rungs = len(f.Now.Rungs)
	}
	shape := Table{Rungs: make([]Rung, f.Rungs)}
	for _, figure := range shape.figures() {
		f.Texts[figure.field] = x.r.PostFormValue(figure.field)
	}
	return f
}

// clash lists what was set since the form was made, and lets the form be sent once more
// over what its person now sees.
func (x *visit) clash(f *form) error {
	versions, err := Versions(x.ctx, x.d, x.v.Org)
	if err != nil {
		return err
	}
	f.Now = newest(versions)
	f.Before, _ = numbered(versions, f.Seen)
	for _, v := range versions {
		if v.Number > f.Seen {
			f.Clash = append(f.Clash, v)
		}
	}
	f.Seen = f.Now.Number
	return nil
}
