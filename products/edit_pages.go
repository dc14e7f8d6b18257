package products

import (
	"net/http"
	"strconv"

	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/problem"
)

// fieldView is one field of a product, to be read or to be changed.
type fieldView struct {
	*Product
	field
	Keeps   bool
	Typed   string
	Problem error
	Clash   *clash
	Focus   bool // the keyboard was here before
	Inline  bool // a part of a page that is there already
}

func (v fieldView) path() string     { return "/products/" + string(v.ID) }
func (v fieldView) place() string    { return "value-" + v.field.Name }
func (v fieldView) editPath() string { return v.path() + "/edit?field=" + v.field.Name }
func (v fieldView) now() string      { return v.value(v.field.Name) }

func (v *productView) field(name string) fieldView {
	f, _ := fieldNamed(name) // the names are those of this room
	return fieldView{Product: &v.Product, field: f, Keeps: v.Keeps}
}

// fieldOf reads the field that a request is about.
func (k desk) fieldOf(r *http.Request, name string) (fieldView, error) {
	found, err := productOf(k.ctx, k.d, ID(r.PathValue("id")))
	if err != nil {
		return fieldView{}, err
	}
	f, err := fieldNamed(name)
	v := fieldView{Product: &found, field: f, Keeps: k.keeps(), Inline: web.WantsPart(r)}
	v.Typed = v.now()
	return v, err
}

// edit shows the form for one field: in its place, or as a page of its own.
func (p pages) edit(w http.ResponseWriter, r *http.Request) error {
	v, err := p.desk(r).fieldOf(r, r.URL.Query().Get("field"))
	if err != nil {
		return err
	}
	return v.show(w, r)
}

func (v fieldView) show(w http.ResponseWriter, r *http.Request) error {
	status := web.FormStatus(v.Problem)
	if v.Clash != nil {
		status = http.StatusConflict
	}
	if v.Inline {
		return fragment(w, r, status, fieldForm(v))
	}
	frame := ui.Frame{Title: "Change the " + v.ask(), Crumbs: []ui.Crumb{{Label: "Products", Path: "/products"}, {Label: v.Product.Name, Path: v.path()}}}
	return web.PageWithStatus(w, r, status, frame, fieldPage(v))
}

// value shows one field as it is: what a form that was left gives way to.
func (p pages) value(w http.ResponseWriter, r *http.Request) error {
	v, err := p.desk(r).fieldOf(r, r.URL.Query().Get("field"))
	if err != nil {
		return err
	}
	if !v.Inline {
		return web.Redirect(w, r, v.path(), "")
	}
	v.Focus = true
	return fragment(w, r, http.StatusOK, fieldValue(v))
}

// save takes in one field. When someone else changed it since the form was made,
// nothing is written: the person sees both values and chooses.
func (p pages) save(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(w, r, largestForm); err != nil {
		return err
	}
	k := p.desk(r)
	v, err := k.fieldOf(r, r.PostForm.Get("field"))
	if err != nil {
		return err
	}
	v.Typed = r.PostForm.Get("value")
	if v.Problem = v.take(k, r); v.Problem != nil && !web.InForm(v.Problem) {
		return v.Problem
	}
	if v.Problem != nil || v.Clash != nil {
		return v.show(w, r)
	}
	if v.field.Name == "sold" {
		return web.Redirect(w, r, v.path(), soldSentence(v.Typed))
	}
	if v.field.Name == "name" || !v.Inline {
		return web.Redirect(w, r, v.path(), "The "+v.ask()+" is saved.")
	}
	fresh, err := k.fieldOf(r, v.field.Name)
	if err != nil {
		return err
	}
	fresh.Focus = true
	return fragment(w, r, http.StatusOK, fieldValue(fresh))
}

func soldSentence(sold string) string {
	if sold == "no" {
		return "Retired. Deals keep it where it is; new ones are not offered it."
	}
	return "It is sold again."
}

func (v *fieldView) take(k desk, r *http.Request) error {
	version, err := strconv.ParseInt(r.PostForm.Get("version"), 10, 64)
	if err != nil {
		return problem.Invalid("", "The form did not arrive whole. Open it again.")
	}
	value, err := v.clean(v.field.Name, v.Typed)
	if err != nil {
		return renamed(err, v.field.Name)
	}
	return k.record(func(w *ledger.Writer) error {
		inside := k
		inside.d = w.DB
		if v.Clash, err = inside.clashIn(v.ID, v.field.Name, version, value); err != nil || v.Clash != nil {
			return err
		}
		_, err := Set(k.ctx, w, v.ID, v.field.Name, value)
		return err
	})
}

// renamed keeps a refusal beside the field that is edited.
func renamed(err error, field string) error {
	if p, is := problem.Of(err); is && p.Field != field {
		return problem.Invalid(field, "%s", p.Sentence)
	}
	return err
}
