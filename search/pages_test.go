package search_test

import (
	"context"
	"fmt"
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"milepost/accounts"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
)

func TestThePage(t *testing.T) {
	eachDesk(t, func(t *testing.T, o desk) {
		pages := site(o.DB, o.ID, t.TempDir())
		o.note(o.Dan, "dan open", "<script>alert(1)</script> asks for a *trial* & more")
		o.contact("dan open", accounts.Contact{Name: "Iris <b>Vos</b>", Emails: "iris@harbour.example"})
		// Nobody followed the ledger but who looks: what was just typed is found all the same.
		o.looked(pages)
		o.get(pages, o.Dan, "/search").Is(200).Has("What are you looking for?", `action="/search"`)
		o.get(pages, o.Dan, at("/search", "q", "trial")).Is(200).Has("<mark>trial</mark>", "&lt;script&gt;alert(1)", "Notes").Lacks("<script>alert")
		o.get(pages, o.Dan, at("/search", "q", "scales HARB")).Is(200).Has("<mark>Scales</mark> for the <mark>harbour</mark>", "/deals/"+string(o.Deal("dan open").ID)).Lacks("bakery")
		o.get(pages, o.Dan, at("/search", "q", "iris vos")).Is(200).Has("<mark>Iris</mark> &lt;b&gt;<mark>Vos</mark>").Lacks("<b>Vos")
		o.get(pages, o.Dan, at("/search", "q", "scales", "kind", "deal")).Is(200).Has("won", "lost", "<mark>Scales</mark> for the dairy").Lacks("Belt")
		o.get(pages, o.Dan, at("/search", "q", "zzz", "kind", "deal")).Is(200).Has("No deals that you see")
		o.get(pages, o.Dan, at("/search", "q", "scales", "kind", "nonsense", "after", "!!")).Is(200).Has("<mark>Scales</mark> for the dairy")
		o.get(pages, o.Dan, at("/search", "q", `"><script>x`)).Is(200).Lacks(`"><script>x`)
		o.get(pages, o.Eve, at("/search", "q", "trial")).Is(200).Has("Nothing found").Lacks("asks for")
		o.get(pages, o.Vera, at("/search", "q", "scales")).Is(200).Has("Nothing found").Lacks("harbour")
		o.get(pages, o.Vera, at("/search", "q", "dan", "kind", "deal")).Is(200).Has("<mark>Dan</mark> Alpha").Lacks("Scales")
		o.get(pages, people.Person{}, at("/search", "q", "dan")).Is(303)
		o.get(pages, people.Person{}, at("/search/suggest", "q", "dan")).Is(303)
	})
}

// looked asks for suggestions until what is followed for those who ask has come to its end:
// a page waits for that for a moment only, which on a slow machine is over too soon.
func (o desk) looked(pages http.Handler) {
	o.t.Helper()
	for {
		o.get(pages, o.Dan, at("/search/suggest", "q", "dan")).Is(200)
		behind, err := ledger.Behind(o.t.Context(), o.DB, "search")
		if err != nil {
			o.t.Fatal(err)
		}
		if behind == 0 {
			return
		}
	}
}

func TestSuggestions(t *testing.T) {
	eachDesk(t, func(t *testing.T, o desk) {
		pages := site(o.DB, o.ID, t.TempDir())
		o.looked(pages)
		o.get(pages, o.Dan, at("/search/suggest", "q", "sca")).Is(200).Has(`role="option"`, "<mark>Scales</mark> for the harbour", `data-said="3 found"`, "Everything for").Lacks("<html")
		o.get(pages, o.Dan, "/search/suggest").Is(200).Has("Your latest deals", "Scales for the harbour").Lacks("bakery", "Everything for")
		o.get(pages, o.Dan, at("/search/suggest", "q", "zzzz")).Is(200).Has(`data-said="Nothing found"`)
		o.get(pages, o.Vera, "/search/suggest").Is(200).Lacks("Scales")
		o.get(pages, o.Vera, at("/search/suggest", "q", "finn")).Is(200).Has("Finn").Lacks("Oven")
	})
}

func TestMoreLeadsOn(t *testing.T) {
	eachDesk(t, func(t *testing.T, o desk) {
		pages := site(o.DB, o.ID, t.TempDir())
		o.do(o.Olga, func(ctx context.Context, w *ledger.Writer, _ *people.Viewer) error {
			for i := range 120 {
				if _, err := deals.Open(ctx, w, deals.Change{Kind: deals.Created, Fact: deals.Fact{Value: fmt.Sprintf("Crane %d.", i)}},
					deals.Change{Kind: deals.OwnerSet, Fact: deals.Fact{Person: o.Dan.ID}}); err != nil {
					return err
				}
			}
			return nil
		})
		o.catchUp()
		o.get(pages, o.Dan, at("/search", "q", "crane")).Is(200).Has("All deals that match")
		path, seen := at("/search", "q", "crane", "kind", "deal"), map[string]bool{}
		more := regexp.MustCompile(`<a href="([^"]*)">More deals`)
		for range 10 {
			page := o.get(pages, o.Dan, path).Is(200)
			for _, id := range regexp.MustCompile(`found-row" href="/deals/([^"]*)"`).FindAllStringSubmatch(page.Page(), -1) {
				if seen[id[1]] {
					t.Fatalf("a deal stands on two pages")
				}
				seen[id[1]] = true
			}
			next := more.FindStringSubmatch(page.Page())
			if next == nil {
				break
			}
			path = html.UnescapeString(next[1])
		}
		if len(seen) != 120 {
			t.Errorf("%d of 120 deals are on the pages", len(seen))
		}
	})
}

// Every page brings the palette with what its reader may do.
func TestCommandsOfThePage(t *testing.T) {
	eachDesk(t, func(t *testing.T, o desk) {
		pages := site(o.DB, o.ID, t.TempDir())
		commands := func(p people.Person) string {
			_, after, _ := strings.Cut(o.get(pages, p, "/search").Is(200).Body.String(), `id="palette-commands" type="application/json">`)
			list, _, _ := strings.Cut(after, "</script>")
			return list
		}
		for text, p := range map[string][2]bool{ // whether Dan and Vera have it
			`"path":"/deals/new"`: {true, false}, `"keys":"g d"`: {true, false}, `"keys":"g p"`: {true, true}, `/people/new`: {false, false},
			`/deals/{deal}/stage`: {true, false}, `"keys":"g m"`: {false, false}, // no such page here
		} {
			for i, who := range []people.Person{o.Dan, o.Vera} {
				if got := strings.Contains(commands(who), text); got != p[i] {
					t.Errorf("%s has %s: %v", who.Name, text, got)
				}
			}
		}
		if !strings.Contains(commands(o.Adam), "/people/new") {
			t.Error("who administers cannot add a person from anywhere")
		}
		o.get(pages, people.Person{}, "/sign-in").Is(200).Lacks("palette-commands")
	})
}
