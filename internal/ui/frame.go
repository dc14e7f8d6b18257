package ui

import (
	"strings"

	"github.com/a-h/templ"
)

// Product is the name that every page carries.
const Product = "Milepost"

// Frame is what a page carries around its body.
type Frame struct {
	Title         string          // the heading, and the title of the window
	Lead          string          // one sentence under the heading, if any
	Organization  string          // whose data this is
	PersonName    string          // who is signed in
	PersonLinks   []NavItem       // in the person's menu; none means "Your sign-ins"
	Nav           []NavItem       // the way around
	SearchPath    string          // where the search box leads; "" leaves it out
	Commands      []Command       // what the person may do from anywhere
	Crumbs        []Crumb         // the way back up
	Actions       templ.Component // buttons beside the heading
	AsOf          templ.Component // until when this page knows, beside the heading
	Notice        Notice          // what just happened
	Demonstration bool            // says that the data are made up
	Lang          string          // BCP 47; "" means English
}

// NavItem is one link of a navigation, a tab row or a menu.
type NavItem struct {
	Label, Path, Icon string
	Current           bool
	Section           string // a heading, shown where it changes
	Count             int    // what waits there; 0 shows nothing
}

// Crumb is one step of the way from the top to this page.
type Crumb struct{ Label, Path string }

// Notice is a sentence about what just happened.
type Notice struct {
	Tone Tone
	Text string
}

func (f Frame) lang() string {
	if f.Lang == "" {
		return "en"
	}
	return f.Lang
}

// dir is the direction in which the page's language is written.
func (f Frame) dir() string {
	base, _, _ := strings.Cut(f.Lang, "-")
	switch base {
	case "ar", "fa", "he", "ps", "ur", "yi":
		return "rtl"
	}
	return "ltr"
}

func (f Frame) personLinks() []NavItem {
	if f.PersonLinks != nil {
		return f.PersonLinks
	}
	return []NavItem{{Label: "Your sign-ins", Path: "/sign-ins", Icon: "key"}}
}

// opensSection tells whether a heading stands before the i-th item.
func opensSection(items []NavItem, i int) bool {
	return items[i].Section != "" && (i == 0 || items[i-1].Section != items[i].Section)
}

func current(is bool) string {
	if is {
		return "page"
	}
	return ""
}
