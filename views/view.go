package views

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"milepost/calendar"
	"milepost/people"
	"milepost/problem"
)

// ID names a view.
type ID string

// View is a list as someone had it, under a name.
type View struct {
	ID        ID               `db:"id"`
	List      string           `db:"list"`
	Owner     people.ID        `db:"owner_id"`
	OwnerName string           `db:"owner_name"`
	Name      string           `db:"name"`
	Query     string           `db:"query"`
	Shared    int64            `db:"shared"` // 1 when the team sees it
	CreatedAt calendar.Instant `db:"created_at"`
	DeletedAt calendar.Instant `db:"deleted_at"` // 0 while it is there
}

// list is one of the lists that views are of: where it is, and what it shows when
// nothing is asked.
type list struct{ path, whole string }

var lists = map[string]list{
	"deals":      {"/deals", "All open deals"},
	"accounts":   {"/accounts", "All accounts"},
	"contacts":   {"/contacts", "All contacts"},
	"activities": {"/activities", "Last 30 days"},
}

func listNamed(name string) (list, error) {
	found, ok := lists[name]
	if !ok {
		return found, problem.Invalid("list", "There is no list “%.40s” to keep a view of.", name)
	}
	return found, nil
}

// The parameters of an address that say where one is, not what one looks at.
const (
	viewParam    = "view"    // the view that is open, or "none" for the plain list
	deletedParam = "deleted" // the view that was deleted a moment ago
	plain        = "none"
)

var passing = []string{viewParam, deletedParam, "after", "before", chooseParam}

// longestQuery bounds what a view holds; no list of ours comes near it.
const longestQuery = 2000

// CleanQuery is what a view keeps of an address: what was asked, without the place
// in the list, in one order, so that two that ask the same are the same text.
func CleanQuery(q url.Values) string {
	kept := url.Values{}
	for name, values := range q {
		for _, value := range values {
			if value != "" {
				kept.Add(name, value)
			}
		}
	}
	for _, name := range passing {
		kept.Del(name)
	}
	return kept.Encode()
}

// readQuery takes in the question of a form.
func readQuery(text string) (string, error) {
	q, err := url.ParseQuery(strings.TrimPrefix(text, "?"))
	if err != nil || !utf8.ValidString(text) {
		return "", problem.Invalid("query", "This is not the address of a list. Open the list as you want it, and save it from there.")
	}
	clean := CleanQuery(q)
	if len(clean) > longestQuery {
		return "", problem.Invalid("query", "This asks for more than a view can keep. Use fewer filters.")
	}
	return clean, nil
}

// longestName is how many letters the name of a view may have.
const longestName = 60

func cleanName(text string) (string, error) {
	text = strings.Join(strings.Fields(strings.ToValidUTF8(text, "")), " ")
	switch {
	case text == "":
		return "", problem.Invalid("name", "What do you want to find it by?")
	case utf8.RuneCountInString(text) > longestName:
		return "", problem.Invalid("name", "This name is too long: up to %d letters.", longestName)
	}
	return text, nil
}

// Path is the address of the list as the view has it.
func (v *View) Path() string {
	path := lists[v.List].path + "?"
	if v.Query != "" {
		path += v.Query + "&"
	}
	return path + viewParam + "=" + string(v.ID)
}

// Reaches tells whether what someone shares is there for another: for those below
// the sharer, for the sharer's own team (who reports to the same manager), and for
// that manager.
func Reaches(chart people.Chart, sharer, other people.ID) bool {
	if sharer == other {
		return true
	}
	manager := chart.Manager(sharer)
	if manager != "" && (manager == other || chart.Manager(other) == manager) {
		return true
	}
	seen := map[people.ID]bool{}
	for above := chart.Manager(other); above != "" && !seen[above]; above = chart.Manager(above) {
		if above == sharer {
			return true
		}
		seen[above] = true
	}
	return false
}
