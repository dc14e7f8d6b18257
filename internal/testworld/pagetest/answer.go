package pagetest

import (
	"html"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

// Answer is what came back.
type Answer struct {
	*httptest.ResponseRecorder
	t testing.TB
}

// Is fails unless the answer has a status.
func (a Answer) Is(status int) Answer {
	a.t.Helper()
	if a.Code != status {
		a.t.Errorf("status %d, want %d; the page says: %.800s", a.Code, status, a.Words())
	}
	return a
}

// Has fails unless the page shows some texts, in what it says or in how it is made.
func (a Answer) Has(texts ...string) Answer {
	a.t.Helper()
	page, words := a.Page(), a.Words()
	for _, text := range texts {
		if !strings.Contains(page, text) && !strings.Contains(words, text) {
			a.t.Errorf("the page does not show %q; it shows: %.2500s", text, words)
		}
	}
	return a
}

// Lacks fails when one of some texts stands in the page as it was sent.
func (a Answer) Lacks(texts ...string) Answer {
	a.t.Helper()
	for _, text := range texts {
		if strings.Contains(a.Page(), text) {
			a.t.Errorf("the page shows %q, which it must not", text)
		}
	}
	return a
}

// Hides is Lacks for what nobody may read in any writing: capitals do not count.
func (a Answer) Hides(texts ...string) Answer {
	a.t.Helper()
	page := strings.ToLower(a.Page())
	for _, text := range texts {
		if strings.Contains(page, strings.ToLower(text)) {
			a.t.Errorf("the page shows %q, which must be hidden", text)
		}
	}
	return a
}

// Leads is where the answer sends the browser; it fails when it sends it nowhere.
func (a Answer) Leads() string {
	a.t.Helper()
	a.Is(http.StatusSeeOther)
	return a.Header().Get("Location")
}

// Page is the answer as it was sent.
func (a Answer) Page() string { return a.Body.String() }

// Words is what the page says.
func (a Answer) Words() string { return Words(a.Page()) }

var tags = regexp.MustCompile(`(?s)<(script|style|head)\b.*?</(script|style|head)>|<[^>]*>`)

// Words is what a page says from its main part on, without its tags.
func Words(page string) string {
	if i := strings.Index(page, "<main"); i >= 0 {
		page = page[i:]
	}
	return strings.Join(strings.Fields(html.UnescapeString(tags.ReplaceAllString(page, " "))), " ")
}

// Find is what the first group of a pattern holds, as a browser reads it; it fails when the page has nothing
// like it.
func (a Answer) Find(pattern *regexp.Regexp) string {
	a.t.Helper()
	found := pattern.FindStringSubmatch(a.Page())
	if found == nil {
		a.t.Fatalf("nothing like %s is in the page, which shows: %.2000s", pattern, a.Words())
	}
	return html.UnescapeString(found[1])
}
