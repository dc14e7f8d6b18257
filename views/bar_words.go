package views

import (
	"net/url"

	"github.com/a-h/templ"

	"milepost/problem"
)

// shareHint says who sees a shared view, and what it does not do.
const shareHint = "Your team and everyone below you can open it; each sees only their own part."

func (b Bar) isCurrent(v *View) bool { return b.current != nil && b.current.ID == v.ID }

func sharing(v *View) string {
	if v.Shared == 1 {
		return "shared"
	}
	return ""
}

func currentAttrs(is bool) templ.Attributes {
	if !is {
		return nil
	}
	return templ.Attributes{"aria-current": "page"}
}

func choose(is bool, yes, no string) string {
	if is {
		return yes
	}
	return no
}

// again is a form that was refused, to be filled in once more.
type again struct {
	Title, Action, Submit, Cancel string
	Typed                         url.Values
	Refusal                       error
	New                           bool
}

func (a again) wrong(field string) string { return problem.ByField(a.Refusal)[field] }

// clip keeps a value that is far too long from filling the page with itself.
func clip(text string) string {
	if letters := []rune(text); len(letters) > 200 {
		return string(letters[:200])
	}
	return text
}
