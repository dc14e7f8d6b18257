package pagetest

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func TestWordsAreWhatAPageSays(t *testing.T) {
	for page, want := range map[string]string{
		"plain":                 "plain",
		"<p>a</p><p>b  c</p>\n": "a b c",
		"<head><title>t</title></head><nav>n</nav><main id=m>Dan&#39;s &lt;b&gt; &amp; co</main>": "Dan's <b> & co",
		"<main><script>let a = 1 < 2</script>said</main>":                                         "said",
	} {
		if got := Words(page); got != want {
			t.Errorf("Words(%q) = %q, want %q", page, got, want)
		}
	}
}

// failing keeps what a helper complains of.
type failing struct {
	testing.TB
	said []string
}

func (f *failing) Helper() {}

func (f *failing) Errorf(format string, args ...any) {
	f.said = append(f.said, fmt.Sprintf(format, args...))
}

func TestADeskComplainsOfWhatIsNotAsItShouldBe(t *testing.T) {
	site := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		who, _ := r.Cookie(personCookie)
		fmt.Fprintf(w, "<main>%s <b>%s</b> %s for %s</main>", r.Method, r.FormValue("name"), r.Header.Get("HX-Request"), who)
	})
	f := &failing{TB: t}
	d := At(f, site, "ann")
	d.Get("/").Is(200).Has("GET", "person=ann").Lacks("POST", "true")
	d.AsPart().Post("/", "name", "x").Has("POST x true")
	d.Get("/").Lacks("true") // the desk itself is as before
	if f.said != nil {
		t.Errorf("complains without cause: %q", f.said)
	}
	d.Get("/").Is(404).Has("POST").Lacks("GET").Hides("Get").Leads()
	if len(f.said) != 5 || !strings.Contains(f.said[1], `"POST"`) {
		t.Errorf("says %d times: %q", len(f.said), f.said)
	}
}
