package people

import (
	"net/http"
	"slices"
	"time"

	"milepost/internal/jobs"
	"milepost/internal/slice"
	"milepost/internal/ui"
	"milepost/internal/web"
)

// Slice is what people brings to the program.
func Slice(p slice.Program) slice.Slice {
	s := pages{p}
	return slice.Slice{
		Name:   "people",
		Schema: Schema,
		Routes: slices.Concat(s.wayIn(), s.inside(), s.administration()),
		Menu: []web.MenuItem{
			{NavItem: ui.NavItem{Label: "People", Path: "/people", Icon: "users", Section: "Organization"}, Rule: SignedIn, Order: 80},
			{NavItem: ui.NavItem{Label: "Settings", Path: "/organization", Icon: "settings", Section: "Organization"}, Rule: Administers, Order: 90},
			{NavItem: ui.NavItem{Label: "Jobs", Path: "/jobs", Icon: "clock", Section: "Organization"}, Rule: Administers, Order: 91},
		},
		Check: checkTables,
		Jobs:  []jobs.Job{{Name: "forget old sign-ins", Every: 24 * time.Hour, Run: forgetOld}},
	}
}

// wayIn lists the routes by which people come in; nobody is signed in there yet.
func (p pages) wayIn() []web.Route {
	return []web.Route{
		{Pattern: "GET /sign-in", Rule: Anyone, Handle: p.signInPage},
		{Pattern: "POST /sign-in", Rule: Anyone, Handle: p.signIn},
		{Pattern: "POST /sign-in/organization", Rule: Anyone, Handle: p.chooseOrganization},
		{Pattern: "POST /sign-out", Rule: Anyone, Handle: p.signOut},
		{Pattern: "GET /welcome/{token}", Rule: Anyone, Handle: p.welcome},
		{Pattern: "POST /welcome/{token}", Rule: Anyone, Handle: p.setPasswordByLink},
		{Pattern: "GET /new-password", Rule: Anyone, Handle: p.newPasswordPage},
		{Pattern: "POST /new-password", Rule: Anyone, Handle: p.askForNewPassword},
		{Pattern: "GET " + setUpPath, Rule: Anyone, Handle: p.setUpPage},
		{Pattern: "POST " + setUpPath, Rule: Anyone, Handle: p.setUp},
	}
}

// inside lists the routes for those who are signed in.
func (p pages) inside() []web.Route {
	return []web.Route{
		{Pattern: "GET /sign-ins", Rule: SignedIn, Handle: p.ownSignIns},
		{Pattern: "POST /sign-ins/{id}/end", Rule: SignedIn, Handle: p.endOwnSignIn},
		{Pattern: "POST /sign-ins/end-others", Rule: SignedIn, Handle: p.endOtherSignIns},
		{Pattern: "GET /account", Rule: SignedIn, Handle: p.accountPage},
		{Pattern: "POST /account", Rule: SignedIn, Handle: p.changePassword},
		{Pattern: "GET /people", Rule: SignedIn, Handle: p.directoryPage},
		{Pattern: "GET /people.csv", Rule: SignedIn, Handle: p.download},
		{Pattern: "GET /people/{id}", Rule: SignedIn, Handle: p.personPage},
		{Pattern: "GET /ui", Rule: SignedIn, Handle: gallery},
	}
}

// administration lists the routes for administrators.
func (p pages) administration() []web.Route {
	return []web.Route{
		{Pattern: "GET /first-steps", Rule: Administers, Handle: firstSteps},
		{Pattern: "GET /people/new", Rule: Administers, Handle: p.newPersonPage},
		{Pattern: "POST /people", Rule: Administers, Handle: p.addPerson},
		{Pattern: "POST /people/{id}", Rule: Administers, Handle: p.describe},
		{Pattern: "POST /people/{id}/manager", Rule: Administers, Handle: p.setManager},
		{Pattern: "POST /people/{id}/team", Rule: Administers, Handle: p.nameTeam},
		{Pattern: "POST /people/{id}/link", Rule: Administers, Handle: p.makeLink},
		{Pattern: "POST /people/{id}/sign-ins/{signin}/end", Rule: Administers, Handle: p.endOfPerson},
		{Pattern: "POST /people/{id}/return", Rule: Administers, Handle: p.bringBack},
		{Pattern: "POST /people/{id}/erase", Rule: Administers, Handle: p.erase},
		{Pattern: "GET /organization", Rule: Administers, Handle: p.organizationPage},
		{Pattern: "POST /organization", Rule: Administers, Handle: p.resettle},
		{Pattern: "GET /jobs", Rule: Administers, Handle: p.jobsPage},
	}
}

func firstSteps(w http.ResponseWriter, r *http.Request) error {
	return web.Page(w, r, ui.Frame{Title: "First steps", Lead: "Milepost is set up. Three things make it yours."}, firstStepsView())
}
