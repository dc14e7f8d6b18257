package people

import (
	"context"
	"net/http"

	"milepost/internal/slice"
	"milepost/internal/ui"
)

// Authenticator finds out who is asking, from the sign-in cookie.
func Authenticator(p slice.Program) func(*http.Request) (context.Context, error) {
	return func(r *http.Request) (context.Context, error) { return r.Context(), nil }
}

// Frame fills in what every page carries about whoever is asking.
func Frame(ctx context.Context) ui.Frame {
	v := ViewerFrom(ctx)
	if v == nil {
		return ui.Frame{}
	}
	return ui.Frame{Organization: v.Organization.Name, PersonName: v.Name, Demonstration: v.Organization.Demonstration}
}

// SetUpPath tells where everyone is sent while there is no organization.
func SetUpPath(p slice.Program) func(context.Context) string {
	return func(context.Context) string { return "" }
}
