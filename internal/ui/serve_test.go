package ui

import (
	"net/http"
	"os"
	"testing"

	"github.com/a-h/templ"
)

// policy is the Content-Security-Policy of the product, as far as pages meet it.
const policy = "default-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"

// gallerySite serves the gallery as the program would, with the policy in force.
func gallerySite() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/assets/", Assets())
	mux.Handle("/ui", templ.Handler(Page(GalleryFrame(), Gallery())))
	mux.Handle("/ui/panel", templ.Handler(GalleryPanel()))
	rtl := GalleryFrame()
	rtl.Lang = "ar"
	mux.Handle("/rtl", templ.Handler(Page(rtl, Gallery())))
	mux.Handle("/bare", templ.Handler(Bare("Sign in", galleryForms())))
	mux.Handle("/problem", templ.Handler(Bare(ProblemTitle(404), ProblemPage(404, "There is no page at this address.", "It may have moved, or the link may be cut off."))))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		mux.ServeHTTP(w, r)
	})
}

// TestServe keeps the gallery open for a look at it:
// MILEPOST_UI_SERVE=127.0.0.1:8090 go test -run TestServe -timeout 0 ./internal/ui
func TestServe(t *testing.T) {
	address := os.Getenv("MILEPOST_UI_SERVE")
	if address == "" {
		t.Skip("MILEPOST_UI_SERVE is not set")
	}
	t.Fatal(http.ListenAndServe(address, gallerySite()))
}
