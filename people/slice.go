package people

import (
	"net/http"

	"milepost/internal/slice"
	"milepost/internal/ui"
	"milepost/internal/web"
)

// Slice is what people brings to the program.
func Slice(p slice.Program) slice.Slice {
	s := pages{p}
	return slice.Slice{Name: "people", Schema: Schema, Routes: append(s.wayIn(), s.inside()...)}
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
		{Pattern: "GET /first-steps", Rule: Administers, Handle: firstSteps},
	}
}

func firstSteps(w http.ResponseWriter, r *http.Request) error {
	return web.Page(w, r, ui.Frame{Title: "First steps", Lead: "Milepost is set up. Three things make it yours."}, firstStepsView())
}
