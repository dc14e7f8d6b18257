package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"milepost/internal/ui"
)

// Page renders a page: the caller gives the title and what else is special; the
// organization, the person and the navigation are filled in here. A request by
// htmx for a fragment is answered with the body alone.
func Page(w http.ResponseWriter, r *http.Request, frame ui.Frame, body templ.Component) error {
	return PageWithStatus(w, r, http.StatusOK, frame, body)
}

// PageWithStatus is Page with another status: a form that was refused is 422.
func PageWithStatus(w http.ResponseWriter, r *http.Request, status int, frame ui.Frame, body templ.Component) error {
	h := houseOf(r)
	common := h.Frame(r.Context())
	frame.Organization, frame.PersonName = common.Organization, common.PersonName
	frame.PersonLinks, frame.Demonstration = common.PersonLinks, common.Demonstration
	frame.Nav = h.nav(r)
	if frame.SearchPath == "" && frame.PersonName != "" {
		frame.SearchPath = h.SearchPath
	}
	if frame.SearchPath != "" {
		frame.Commands = h.commands(r, frame.Nav)
	}
	if frame.Notice.Text == "" {
		frame.Notice = takeNotice(w, r)
	}
	return render(w, r, status, ui.Page(frame, body))
}

// Bare renders a page without navigation: sign-in, set-up.
func Bare(w http.ResponseWriter, r *http.Request, status int, title string, body templ.Component) error {
	return render(w, r, status, ui.Bare(title, body))
}

// Fragment renders a part of a page, for htmx.
func Fragment(w http.ResponseWriter, r *http.Request, body templ.Component) error {
	return render(w, r, http.StatusOK, body)
}

// FragmentWithStatus is Fragment with a status, which says whether what was typed was
// taken in.
func FragmentWithStatus(w http.ResponseWriter, r *http.Request, status int, body templ.Component) error {
	return render(w, r, status, body)
}

// render writes nothing until the whole page is made, so that an error in the
// middle becomes an error page.
func render(w http.ResponseWriter, r *http.Request, status int, page templ.Component) error {
	var made bytes.Buffer
	if err := page.Render(r.Context(), &made); err != nil {
		return fmt.Errorf("rendering %s: %w", r.URL.Path, err)
	}
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	body := compress(header, r, made.Bytes())
	w.WriteHeader(status)
	_, err := w.Write(body)
	return ignoreGone(err)
}

// JSON writes an answer for a program.
func JSON(w http.ResponseWriter, r *http.Request, status int, value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("packing the answer to %s: %w", r.URL.Path, err)
	}
	header := w.Header()
	header.Set("Content-Type", "application/json; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	body := compress(header, r, text)
	w.WriteHeader(status)
	_, err = w.Write(body)
	return ignoreGone(err)
}

// Redirect sends the browser on after a form was taken in, with a sentence about
// what happened that the next page shows once.
func Redirect(w http.ResponseWriter, r *http.Request, to string, notice string) error {
	if notice != "" {
		setNotice(w, r, notice)
	}
	if WantsPart(r) {
		w.Header().Set("HX-Redirect", to)
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// nav lists the lines of the navigation that are open to whoever is asking, and
// marks the one that the page belongs to.
func (h *House) nav(r *http.Request) []ui.NavItem {
	var items []ui.NavItem
	best, longest := -1, 0
	for _, m := range h.Menu {
		if h.Decide(r.Context(), m.Rule) != nil {
			continue
		}
		if covers(m.Path, r.URL.Path) && len(m.Path) > longest {
			best, longest = len(items), len(m.Path)
		}
		items = append(items, m.NavItem)
	}
	if best >= 0 {
		items[best].Current = true
	}
	return items
}

// commands lists what whoever is asking may do; keys for a line of the navigation are
// left out where it has no such line.
func (h *House) commands(r *http.Request, nav []ui.NavItem) []ui.Command {
	list := make([]ui.Command, 0, len(h.Commands))
	for _, c := range h.Commands {
		inNav := slices.ContainsFunc(nav, func(item ui.NavItem) bool { return item.Path == c.Path })
		if h.Decide(r.Context(), c.Rule) == nil && (c.Label != "" || inNav) {
			list = append(list, c.Command)
		}
	}
	return list
}

func covers(menu, path string) bool {
	return path == menu || strings.HasPrefix(path, strings.TrimSuffix(menu, "/")+"/")
}

// SortMenu orders the lines of the navigation.
func SortMenu(menu []MenuItem) []MenuItem {
	slices.SortStableFunc(menu, func(a, b MenuItem) int { return a.Order - b.Order })
	return menu
}

func houseOf(r *http.Request) *House {
	h, _ := r.Context().Value(houseKey{}).(*House)
	return h
}
