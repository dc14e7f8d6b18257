package people

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/jobs"
	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/money"
	"milepost/problem"
)

// Resettle records the name, time zone, fiscal year and currency of an organization
// as they are from now on.
func Resettle(ctx context.Context, w *ledger.Writer, o Organization) error {
	o.Name = strings.TrimSpace(o.Name)
	if known, err := money.ParseCurrency(string(o.Currency)); err == nil {
		o.Currency = known
	}
	if err := o.check(); err != nil {
		return err
	}
	before, err := OrganizationOf(ctx, w.DB, w.DB.Org())
	if err != nil {
		return err
	}
	o.ID, o.Demonstration, o.CreatedAt = before.ID, before.Demonstration, before.CreatedAt
	if o == before {
		return nil
	}
	if _, err := w.Add(OrganizationChanged, string(o.ID), "", w.By.At, organizationFact(o)); err != nil {
		return err
	}
	return updateOrganization(ctx, w.DB, o)
}

// organizationForm is the page of settings. Version is the newest entry about the
// organization that the one who edits saw.
type organizationForm struct {
	Organization Organization
	Version      int64
	Problem      error
}

func (p pages) organizationPage(w http.ResponseWriter, r *http.Request) error {
	v := ViewerFrom(r.Context())
	version, err := organizationVersion(r.Context(), p.DB.For(v.Org), v.Org)
	if err != nil {
		return err
	}
	return showOrganization(w, r, organizationForm{v.Organization, version, nil})
}

func showOrganization(w http.ResponseWriter, r *http.Request, form organizationForm) error {
	frame := ui.Frame{Title: "Organization", Lead: "What every page and every forecast counts by."}
	return web.PageWithStatus(w, r, statusOf(form.Problem), frame, organizationView(form))
}

// organizationVersion is the newest entry about the organization itself.
func organizationVersion(ctx context.Context, d *db.DB, org db.Org) (int64, error) {
	entries, err := ledger.OfSubject(ctx, d, org, string(org))
	if err != nil || len(entries) == 0 {
		return 0, err
	}
	return entries[len(entries)-1].Sequence, nil
}

func (p pages) resettle(w http.ResponseWriter, r *http.Request) error {
	v := ViewerFrom(r.Context())
	month, _ := strconv.Atoi(r.PostFormValue("fiscal_start"))
	version, _ := strconv.ParseInt(r.PostFormValue("version"), 10, 64)
	form := organizationForm{Version: version, Organization: Organization{Name: r.PostFormValue("name"), FiscalStart: month,
		TimeZone: strings.TrimSpace(r.PostFormValue("time_zone")), Currency: money.Currency(strings.TrimSpace(r.PostFormValue("currency")))}}
	var newest int64
	err := p.record(r, v, func(lw *ledger.Writer) (err error) {
		if newest, err = organizationVersion(r.Context(), lw.DB, v.Org); err != nil {
			return err
		}
		if newest != form.Version {
			return problem.Conflict("", "Someone changed these settings while you were at it (name %s, time zone %s, currency %s). Nothing of yours was saved yet: look again, then save.",
				v.Organization.Name, v.Organization.TimeZone, v.Organization.Currency)
		}
		return Resettle(r.Context(), lw, form.Organization)
	})
	if form.Problem = err; isProblem(err) {
		form.Version = newest
		return showOrganization(w, r, form)
	}
	if err != nil {
		return err
	}
	return web.Redirect(w, r, "/organization", "Saved.")
}

// jobsPage shows the last run of each job.
func (p pages) jobsPage(w http.ResponseWriter, r *http.Request) error {
	v := ViewerFrom(r.Context())
	runs, err := jobs.Runs(r.Context(), p.DB.For(v.Org), v.Org)
	if err != nil {
		return err
	}
	frame := ui.Frame{Title: "Jobs", Lead: "What Milepost does by itself, when it last did it, and what went wrong."}
	return web.Page(w, r, frame, jobsView(runs, p.Clock(), v))
}

func gallery(w http.ResponseWriter, r *http.Request) error {
	return web.Page(w, r, ui.Frame{Title: "Parts", Lead: "What every page is put together from, in every state that it can be in."}, ui.Gallery())
}

// runState says how a run went.
func runState(run jobs.Run, now calendar.Instant) (ui.Tone, string) {
	switch {
	case run.Problem != "":
		return ui.Bad, "failed"
	case run.EndedAt == 0 && now.Sub(run.BeganAt).Hours() > 1:
		return ui.Warn, "cut off"
	case run.EndedAt == 0:
		return ui.Info, "runs"
	}
	return ui.Good, "done"
}
