package deals

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
	"milepost/problem"
)

// fieldView is one field of a deal, to be read or to be changed.
type fieldView struct {
	*dealView
	field
	Typed   url.Values // what was typed before a refusal; nil at first
	Owners  []ui.Option
	Refusal error
	Clash   *ui.Clash
	Focus   bool // the keyboard was here before
	Part    bool // a part of a page that is there already
}

// newAttribute is the field by which a deal gets an attribute that it has not had.
var newAttribute = field{Name: "attribute", Label: "Another attribute", Noun: "attribute", Hint: "Whatever tells your deals apart: industry, country, campaign."}

// fieldOf finds a field of a deal by its name in an address.
func (v *dealView) fieldOf(name string) (fieldView, error) {
	if name == newAttribute.Name {
		return fieldView{dealView: v, field: newAttribute}, nil
	}
	f, err := fieldNamed(name)
	return fieldView{dealView: v, field: f}, err
}

// askedField reads the deal and the field that a request names.
func (p *pages) askedField(r *http.Request, name string) (fieldView, []ledger.Entry, error) {
	v := people.ViewerFrom(r.Context())
	view, entries, err := p.load(r.Context(), v, ID(r.PathValue("id")))
	if err != nil {
		return fieldView{}, nil, err
	}
	f, err := view.fieldOf(name)
	return f, entries, err
}

// edit shows the form for one field: in its place, or as a page of its own.
func (p *pages) edit(w http.ResponseWriter, r *http.Request) error {
	v, _, err := p.askedField(r, r.URL.Query().Get("field"))
	if err != nil {
		return err
	}
	if closedTo(&v.Opportunity, v.field.Name) {
		return web.Redirect(w, r, v.page(), "That cannot be changed by hand as the deal stands.")
	}
	return p.showField(w, r, http.StatusOK, v)
}

func (p *pages) showField(w http.ResponseWriter, r *http.Request, status int, v fieldView) (err error) {
	switch v.field.Name {
	case "owner":
		v.Owners, err = p.successorOptions(r.Context(), v.Viewer, v.Now, v.Owner)
		now := ui.Option{Value: string(v.Owner), Label: v.ownerName(v.Owner)}
		if v.Owner == "" {
			now.Label = "Nobody"
		}
		v.Owners = append([]ui.Option{now}, v.Owners...)
	case "stage":
		v.Stages, err = p.stagesOf(r.Context(), v.Viewer.Org, v.Now)
	}
	if err != nil {
		return err
	}
	if v.Part = web.WantsPart(r); v.Part {
		return web.FragmentWithStatus(w, r, status, fieldForm(v))
	}
	frame := ui.Frame{Title: "Change the " + v.Noun, Crumbs: []ui.Crumb{{Label: "Deals", Path: "/deals"}, {Label: v.title(), Path: v.page()}}}
	return web.PageWithStatus(w, r, status, frame, fieldPage(v))
}

// value shows one field as it is: what a form that was left gives way to.
func (p *pages) value(w http.ResponseWriter, r *http.Request) error {
	v, _, err := p.askedField(r, r.URL.Query().Get("field"))
	if err != nil {
		return err
	}
	if !web.WantsPart(r) {
		return web.Redirect(w, r, v.page(), "")
	}
	v.Focus = true
	return web.Fragment(w, r, fieldValue(v))
}

// save takes in one field by its own rule. When someone changed it since the form was
// made, nothing is written: the person sees both values and chooses.
func (p *pages) save(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(w, r, largestForm); err != nil {
		return err
	}
	v, entries, err := p.askedField(r, r.PostForm.Get("field"))
	if err != nil {
		return err
	}
	v.Typed = r.PostForm
	if v.field.Name == newAttribute.Name {
		if v, err = v.named(r.PostForm.Get("name")); err != nil {
			v.Refusal = err
			return p.showField(w, r, http.StatusUnprocessableEntity, v)
		}
	}
	after, err := p.take(r, &v, entries)
	switch {
	case errors.Is(err, errClash):
		return p.showField(w, r, http.StatusConflict, v)
	case problem.Is(err, problem.KindInvalid):
		v.Refusal = err
		return p.showField(w, r, http.StatusUnprocessableEntity, v)
	case err != nil:
		return err
	}
	p.noteStage(v.Viewer.Org, after.Stage)
	return p.saved(w, r, v, after)
}

// named is the field of the attribute that a person names: one that the deal has
// already, however it is spelled, is that one.
func (v fieldView) named(typed string) (fieldView, error) {
	name, err := oneLine("name", "The name", typed, 40)
	switch {
	case err != nil:
		return v, err
	case people.Key(name) == "":
		return v, problem.Invalid("name", "What is it called?")
	case strings.TrimSpace(v.Typed.Get("value")) == "":
		return v, problem.Invalid("value", "What is it for this deal?")
	}
	for _, known := range append(attributeNames(&v.Opportunity), everyDeals...) {
		if people.Key(known) == people.Key(name) {
			name = known
		}
	}
	named, err := v.fieldOf(attributeField(name))
	named.Typed = v.Typed
	return named, err
}

var errClash = problem.Conflict("", "Someone changed this while you were at it.")

// take records what was typed, unless it clashes with what someone else said since.
func (p *pages) take(r *http.Request, v *fieldView, entries []ledger.Entry) (after Opportunity, err error) {
	version, err := strconv.ParseInt(r.PostForm.Get("version"), 10, 64)
	if err != nil {
		return after, problem.Invalid("", "The form did not arrive whole. Open it again.")
	}
	err = ledger.Record(r.Context(), p.DB.For(v.Viewer.Org), by(v.Viewer, v.Now), func(w *ledger.Writer) error {
		v.Clash = nil
		entries, err := ledger.OfOpportunity(r.Context(), w.DB, v.Viewer.Org, string(v.ID))
		if err != nil {
			return err
		}
		clash, err := v.clashIn(entries, version)
		if err != nil {
			return err
		}
		rule := v.field.rule(doing{ctx: r.Context(), w: w, v: v.Viewer, now: v.Now, form: r.PostForm})
		after, err = Edit(r.Context(), w, v.Viewer, v.ID, 0, func(o *Opportunity) ([]Change, error) {
			changes, err := rule(o)
			if err == nil && len(changes) > 0 && clash != nil {
				v.Clash, v.Version, err = clash, o.Version, errClash
			}
			return changes, err
		})
		return err
	})
	return after, err
}

// clashIn looks for what others said of the field after the version that a form was
// made from.
func (v *fieldView) clashIn(entries []ledger.Entry, version int64) (*ui.Clash, error) {
	events, err := Tell(entries, v.Names)
	if err != nil {
		return nil, err
	}
	events = slices.DeleteFunc(events, func(e Event) bool { return e.Sequence <= version || e.About != v.field.Name })
	if len(events) == 0 || events[0].Was == events[len(events)-1].Is {
		return nil, nil
	}
	last := events[len(events)-1]
	return &ui.Clash{By: cmpName(v.Names[people.ID(last.Actor)]), Before: some(events[0].Was), Now: some(last.Is),
		Typed: some(v.typedText()), When: ui.Ago(last.RecordedAt, v.Now.At, v.Now.Place)}, nil
}

// wholePage lists the fields that more of the page depends on than their own place.
var wholePage = []string{"title", "account", "owner", "amount", "close_date", "stage"}

// saved shows the new value in its place, and the history with it.
func (p *pages) saved(w http.ResponseWriter, r *http.Request, v fieldView, after Opportunity) error {
	said := "The " + v.Noun + " is saved."
	attribute, another := strings.CutPrefix(v.field.Name, attributePrefix)
	switch isNew := another && v.Attributes[attribute] == ""; {
	case !v.Viewer.Sees(after.Owner):
		return web.Redirect(w, r, "/deals", "The deal is handed over. It is no longer yours to see.")
	case slices.Contains(wholePage, v.field.Name) || isNew || !web.WantsPart(r):
		return web.Redirect(w, r, v.page()+"?edited="+url.QueryEscape(v.field.Name), said)
	}
	fresh, entries, err := p.askedField(r, v.field.Name)
	if err != nil {
		return err
	}
	if err := fresh.tell(entries); err != nil {
		return err
	}
	if err := p.asides(r.Context(), fresh.dealView); err != nil {
		return err
	}
	fresh.Focus = true
	return web.Fragment(w, r, fieldSaved(fresh))
}
