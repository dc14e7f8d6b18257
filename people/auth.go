package people

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/ui"
	"milepost/problem"
)

// Authenticator finds out who is asking, from the sign-in cookie. Who has no cookie,
// or one that is not good, is nobody; that is no error.
func Authenticator(p slice.Program) func(*http.Request) (context.Context, error) {
	seen := &toucher{program: p}
	return func(r *http.Request) (context.Context, error) {
		ctx := r.Context()
		token := tokenFrom(r)
		if token == "" {
			return ctx, nil
		}
		now := p.Clock()
		who, err := whoAsks(ctx, p.DB.Everywhere(), hashOf(token), now)
		if problem.Is(err, problem.KindNotFound) || err == nil && who.LeftAt != 0 {
			return ctx, nil
		}
		if err != nil {
			return ctx, fmt.Errorf("finding out who is asking: %w", err)
		}
		v, err := who.viewer(ctx, p.DB.For(who.Org), now)
		if err != nil {
			return ctx, err
		}
		seen.touch(ctx, who.SignIn, now)
		return WithViewer(ctx, v), nil
	}
}

// viewer adds roles and the reporting line to what is known of who is asking.
func (a asking) viewer(ctx context.Context, d *db.DB, now calendar.Instant) (*Viewer, error) {
	o := Organization{ID: a.Org, Name: a.Organization, TimeZone: a.TimeZone, FiscalStart: a.FiscalStart,
		Currency: a.Currency, Demonstration: a.Demonstration, CreatedAt: a.CreatedAt}
	v, err := loadViewer(ctx, d, o, Person{ID: a.Person, Name: a.Name, Email: a.Email}, now)
	if err == nil {
		v.SignInID = a.ID
	}
	return v, err
}

// toucher notes that a sign-in is used, which prolongs it: once a minute at most,
// and beside the request, so that no page waits for whoever is writing.
type toucher struct {
	program slice.Program
	under   sync.Map // ids of sign-ins that are being touched
}

func (t *toucher) touch(ctx context.Context, s SignIn, now calendar.Instant) {
	if now.Sub(s.SeenAt) < time.Minute {
		return
	}
	if _, already := t.under.LoadOrStore(s.ID, true); already {
		return
	}
	go func() {
		defer t.under.Delete(s.ID)
		err := touchSignIn(context.WithoutCancel(ctx), t.program.DB.For(s.Org), s.ID, now, now.Add(signInLife))
		if err != nil {
			t.program.Log.Warn("noting that a sign-in is used", "error", err)
		}
	}()
}

// Frame fills in what every page carries about whoever is asking.
func Frame(ctx context.Context) ui.Frame {
	v := ViewerFrom(ctx)
	if v == nil {
		return ui.Frame{}
	}
	return ui.Frame{Organization: v.Organization.Name, PersonName: v.Name, Demonstration: v.Organization.Demonstration,
		PersonLinks: []ui.NavItem{
			{Label: "Your sign-ins", Path: "/sign-ins", Icon: "device-desktop"},
			{Label: "Change your password", Path: "/account", Icon: "key"},
		}}
}

// ByViewer is how what the signed-in person does on a page is recorded.
func ByViewer(v *Viewer, now calendar.Instant) ledger.By {
	return ledger.By{Actor: string(v.ID), Via: ledger.ViaWeb, At: now}
}
