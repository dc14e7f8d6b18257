package accounts

import (
	"net/http"
	"strconv"

	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
	"milepost/problem"
)

// fieldView is one field of a subject, to be read or to be changed.
type fieldView struct {
	*subject
	field
	k         desk
	Typed     string // as it stands in the form
	OwnerName string
	Owners    []ui.Option
	Problem   error
	Clash     *clash
	Focus     bool // the keyboard was here before
	Inline    bool // a part of a page that is there already
}

func (v fieldView) value() string { return *v.at(v.field.Name) }
func (v fieldView) place() string { return "value-" + v.field.Name }
func (v fieldView) editPath() string {
	return v.Path + "/edit?field=" + v.field.Name
}
func (v fieldView) draft() string { return v.Kind + ":" + v.ID + ":" + v.field.Name }

// fieldOf puts together what is shown of a field.
func (k desk) fieldOf(s *subject, name string) (fieldView, error) {
	f, err := fieldNamed(s.fields, name)
	v := fieldView{subject: s, field: f, k: k}
	if err != nil {
		return v, err
	}
	v.Typed = v.value()
	switch f.Type {
	case "account":
		v.Typed = s.accountName
	case "person":
		names, err := k.names()
		if err != nil {
			return v, err
		}
		v.OwnerName = names[people.ID(v.value())]
	}
	return v, nil
}

func (v *fieldView) readOwners() (err error) {
	if v.field.Type == "person" {
		v.Owners, err = v.k.owners(people.ID(v.value()))
	}
	return err
}

// edit shows the form for one field: in its place, or as a page of its own.
func (p pages) edit(find finding) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		s, k, err := find(r)
		if err != nil {
			return err
		}
		v, err := k.fieldOf(s, r.URL.Query().Get("field"))
		if err != nil {
			return err
		}
		if s.Frozen {
			return problem.Conflict("", "Nothing can be changed here any more.")
		}
		return v.show(w, r)
	}
}

func (v fieldView) show(w http.ResponseWriter, r *http.Request) error {
	if err := v.readOwners(); err != nil {
		return err
	}
	status := web.FormStatus(v.Problem)
	if v.Clash != nil {
		status = http.StatusConflict
	}
	if v.Inline = web.WantsPart(r); v.Inline {
		return web.FragmentWithStatus(w, r, status, fieldForm(v))
	}
	frame := ui.Frame{Title: "Change the " + v.ask(), Crumbs: v.crumbs()}
	return web.PageWithStatus(w, r, status, frame, fieldPage(v))
}

func (s *subject) crumbs() []ui.Crumb {
	top := ui.Crumb{Label: "Accounts", Path: "/accounts"}
	if s.Kind == "contact" {
		top = ui.Crumb{Label: "Contacts", Path: "/contacts"}
	}
	return []ui.Crumb{top, {Label: s.Name, Path: s.Path}}
}

// value shows one field as it is: what a form that was left gives way to.
func (p pages) value(find finding) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		s, k, err := find(r)
		if err != nil {
			return err
		}
		v, err := k.fieldOf(s, r.URL.Query().Get("field"))
		if err != nil {
			return err
		}
		if !web.WantsPart(r) {
			return web.Redirect(w, r, s.Path, "")
		}
		v.Focus = true
		return web.FragmentWithStatus(w, r, http.StatusOK, fieldValue(v))
	}
}

// save takes in one field. When someone else changed it since the form was made,
// nothing is written: the person sees both values and chooses.
func (p pages) save(find finding) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		if err := web.ReadForm(w, r, largestForm); err != nil {
			return err
		}
		s, k, err := find(r)
		if err != nil {
			return err
		}
		v, err := k.fieldOf(s, r.PostForm.Get("field"))
		if err != nil {
			return err
		}
		if v.Problem = v.take(r); v.Problem != nil && !web.InForm(v.Problem) {
			return v.Problem
		}
		if v.Problem != nil || v.Clash != nil {
			return v.show(w, r)
		}
		return v.saved(w, r)
	}
}

func (v *fieldView) take(r *http.Request) error {
	typed := r.PostForm.Get("value")
	v.Typed = typed
	version, err := strconv.ParseInt(r.PostForm.Get("version"), 10, 64)
	if err != nil {
		return problem.Invalid("", "The form did not arrive whole. Open it again.")
	}
	value, err := v.k.typed(v.field, typed)
	if err == nil {
		value, err = v.field.cleaned(value)
	}
	if err != nil {
		return err
	}
	err = v.k.record(func(w *ledger.Writer) error {
		inside := v.k
		inside.d = w.DB
		if v.Clash, err = inside.clashIn(v.subject, v.field, version, value); err != nil || v.Clash != nil {
			return err
		}
		return v.set(w, v.field.Name, value, 0)
	})
	return err
}

// saved shows the new value in its place; what the whole page shows, such as the
// name, brings the page anew.
func (v fieldView) saved(w http.ResponseWriter, r *http.Request) error {
	whole := v.field.Name == "name" || v.field.Type == "account" || v.field.Type == "person"
	if whole || !web.WantsPart(r) {
		to := v.Path
		if v.Kind == "account" {
			if _, err := Find(v.k.ctx, v.k.d, v.k.v, ID(v.ID)); problem.Is(err, problem.KindNotFound) {
				to = "/accounts" // given away, out of sight
			}
		}
		return web.Redirect(w, r, to, "The "+v.ask()+" is saved.")
	}
	fresh, err := v.k.fieldOf(v.subject, v.field.Name)
	if err != nil {
		return err
	}
	fresh.Focus = true
	return web.FragmentWithStatus(w, r, http.StatusOK, fieldValue(fresh))
}
