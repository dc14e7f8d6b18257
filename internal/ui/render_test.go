package ui

import (
	"strings"
	"testing"

	"github.com/a-h/templ"
	"golang.org/x/net/html"
)

func render(t *testing.T, c templ.Component) string {
	t.Helper()
	var out strings.Builder
	if err := c.Render(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func parse(t *testing.T, text string) *html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

func value(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

// elements lists the elements of a tree in the order of the text.
func elements(root *html.Node) []*html.Node {
	var list []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			list = append(list, n)
		}
	}
	return list
}

// pagesUnderTest are whole pages that have every part in them.
func pagesUnderTest() map[string]templ.Component {
	return map[string]templ.Component{
		"gallery": Page(GalleryFrame(), Gallery()),
		"minimal": Page(Frame{Title: "Empty"}, templ.NopComponent),
		"bare":    Bare("Sign in", galleryForms()),
		"problem": Bare(ProblemTitle(404), ProblemPage(404, "There is no page at this address.", "")),
	}
}

// TestPagesNest holds the tags as they were written against the tree that a browser
// makes of them: a part that is nested wrongly is moved or closed early, and shows.
func TestPagesNest(t *testing.T) {
	for name, page := range pagesUnderTest() {
		text := render(t, page)
		var written []string
		for z := html.NewTokenizer(strings.NewReader(text)); ; {
			kind := z.Next()
			if kind == html.ErrorToken {
				break
			}
			if kind == html.StartTagToken || kind == html.SelfClosingTagToken {
				tag, _ := z.TagName()
				written = append(written, string(tag))
			}
		}
		var parsed []string
		for _, e := range elements(parse(t, text)) {
			parsed = append(parsed, strings.ToLower(e.Data))
		}
		for i := range min(len(written), len(parsed)) {
			if written[i] != parsed[i] {
				t.Fatalf("%s: the %dth tag was written as <%s> and read as <%s>, after %v", name, i, written[i], parsed[i], written[max(0, i-5):i])
			}
		}
		if len(written) != len(parsed) {
			t.Errorf("%s: %d tags were written, %d were read", name, len(written), len(parsed))
		}
	}
}

// TestPolicy finds what the Content-Security-Policy would forbid.
func TestPolicy(t *testing.T) {
	for name, page := range pagesUnderTest() {
		for _, e := range elements(parse(t, render(t, page))) {
			for _, a := range e.Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.HasPrefix(a.Key, "hx-on") {
					t.Errorf("%s: <%s %s>", name, e.Data, a.Key)
				}
				if strings.HasPrefix(strings.TrimSpace(a.Val), "javascript:") {
					t.Errorf("%s: <%s %s=%q>", name, e.Data, a.Key, a.Val)
				}
			}
			_, outside := value(e, "src")
			kind, _ := value(e, "type")
			if e.Data == "style" || e.Data == "script" && !outside && kind != "application/json" {
				t.Errorf("%s: an inline <%s>", name, e.Data)
			}
		}
	}
}

// TestNames finds ids that are empty or used twice, and references that lead nowhere.
func TestNames(t *testing.T) {
	for name, page := range pagesUnderTest() {
		all := elements(parse(t, render(t, page)))
		ids := map[string]bool{}
		for _, e := range all {
			if id, has := value(e, "id"); has && (id == "" || ids[id]) {
				t.Errorf("%s: the id %q of <%s> is empty or used twice", name, id, e.Data)
			} else if has {
				ids[id] = true
			}
		}
		for _, e := range all {
			for _, key := range []string{"for", "aria-describedby", "aria-labelledby", "commandfor", "popovertarget", "data-chart"} {
				refs, _ := value(e, key)
				for _, id := range strings.Fields(refs) {
					if !ids[id] {
						t.Errorf("%s: <%s %s=%q> leads nowhere", name, e.Data, key, id)
					}
				}
			}
		}
	}
}

// TestInputsAreLabelled finds inputs that nobody could name, and buttons without a
// type, which submit a form by surprise.
func TestInputsAreLabelled(t *testing.T) {
	for name, page := range pagesUnderTest() {
		all := elements(parse(t, render(t, page)))
		labelled := map[string]bool{}
		for _, e := range all {
			if id, has := value(e, "for"); has && e.Data == "label" {
				labelled[id] = true
			}
		}
		for _, e := range all {
			kind, _ := value(e, "type")
			spoken, _ := value(e, "aria-label")
			id, _ := value(e, "id")
			switch e.Data {
			case "input", "select", "textarea":
				if kind != "hidden" && !labelled[id] && spoken == "" {
					t.Errorf("%s: <%s id=%q> has no label", name, e.Data, id)
				}
			case "button":
				if kind == "" || words(e) == "" && spoken == "" {
					t.Errorf("%s: a button of type %q says %q", name, kind, words(e)+spoken)
				}
			case "a":
				if href, _ := value(e, "href"); href == "" || words(e) == "" && spoken == "" {
					t.Errorf("%s: a link to %q says %q", name, href, words(e)+spoken)
				}
			}
		}
	}
}

func words(root *html.Node) string {
	var out strings.Builder
	for n := range root.Descendants() {
		if n.Type == html.TextNode {
			out.WriteString(n.Data)
		}
	}
	return strings.TrimSpace(out.String())
}

// TestIconsExist finds signs that are asked for and not in the sheet.
func TestIconsExist(t *testing.T) {
	for name, page := range pagesUnderTest() {
		for _, e := range elements(parse(t, render(t, page))) {
			href, _ := value(e, "href")
			if _, icon, is := strings.Cut(href, "#"); e.Data == "use" && (!is || !iconNames[icon]) {
				t.Errorf("%s: the icon %q is not in the sheet", name, href)
			}
		}
	}
	if text := render(t, Icon(`no"such<icon`)); !strings.Contains(text, `#point"`) {
		t.Errorf("an unknown icon is drawn as %s", text)
	}
}
