package bulk

import (
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/people"
	"milepost/problem"
)

// List is a list whose records can be changed together: all that this room is told of
// it. Ids are those of its records, as texts.
type List struct {
	Name      string // under which its changes are kept: "deals"
	Title     string // as the navigation has it: "Deals"
	One, Many string // in running text: "deal", "deals"
	Path      string // of the list itself
	Changes   string // under which the pages of its changes are: "/bulk-changes"
	Tick      string // the name of the ticks before its rows
	Choices   []Choice

	// Matching lists what a filter of the list finds, at most so many, as far as the
	// person sees it. A filter that is not understood whole must be refused: it must
	// not change every record.
	Matching func(k Desk, filter url.Values, most int) ([]string, error)
	// Read names some records; those that are not there may be left out.
	Read func(k Desk, ids []string) (map[string]Record, error)
}

// Record is a record as the pages of a change name it.
type Record struct {
	Name  string
	Path  string // of its page; "" when it is not the person's to see
	Fixed bool   // it cannot be chosen, whatever shall change
}

// Choice is something that can be changed of many records.
type Choice struct {
	Name, Title, Icon string // Name is kept with the change: "owner"

	// Ask is how the new value is asked for. It is told what was chosen.
	Ask func(k Desk, ids []string) (Question, error)
	// Ready makes the change ready for a value, or refuses one that no record can have.
	Ready func(k Desk, value string) (Ready, error)
	// Undo gives a record back what it had before, or says why it keeps what it has:
	// Since when something newer was said of the same.
	Undo func(k Desk, w *ledger.Writer, r Row) error

	// Says is what happens, as a sentence without its end: "Owner becomes Eve".
	Says  func(value string, names map[string]string) string
	Names func(k Desk, ids []string) (map[string]string, error) // what values stand for, where they are ids
	Days  bool                                                  // values are days of the calendar
	None  string                                                // what an empty value is called, unless it is a dash
	Moves string                                                // over the table of how many go from where to where; "" has none
}

// Question is the field by which a new value is asked for; its name and its value are
// filled in. Instead is said in its place when there is nothing to ask.
type Question struct {
	Field   ui.FormField
	Beside  templ.Component // what the field needs beside it: names to choose from
	Instead string
}

// Ready is a change made ready for a value.
type Ready struct {
	Value string // as it is kept
	// Look says what would become of some records as they stand. Those that are left
	// out are not the person's to see.
	Look func(k Desk, ids []string) (map[string]Glance, error)
	// Change changes one record, as the person might alone, and gives the sequence of
	// the entry that did it; a refusal is kept beside the record.
	Change func(k Desk, w *ledger.Writer, r Row, now Glance) (version int64, err error)
}

// Glance is what would become of a record: Before becomes After, unless it is refused.
type Glance struct {
	Version       int64
	Before, After string
	Refusal       error
}

// Row is a record of a change, and what becomes of it.
type Row struct {
	ID      string `db:"record_id"`
	Place   int64  `db:"place"`
	State   string `db:"state"`
	Version int64  `db:"version"` // that the preview saw; once changed, the sequence of the change
	Before  string `db:"value_before"`
	After   string `db:"value_after"`
	Reason  string `db:"reason"`
}

// choice is the choice that a change was made of.
func (l *List) choice(name string) (*Choice, error) {
	i := slices.IndexFunc(l.Choices, func(c Choice) bool { return c.Name == name })
	if i < 0 {
		return &Choice{}, problem.Invalid("", "Choose what shall change.")
	}
	return &l.Choices[i], nil
}

func (l *List) path(id string) string { return l.Changes + "/" + id }

// count is so many records, in words.
func (l *List) count(n int64) string {
	if n == 1 {
		return "1 " + l.One
	}
	return ui.Figure(n) + " " + l.Many
}

// PeopleNames are the names of people, for choices whose values are people.
func PeopleNames(k Desk, _ []string) (map[string]string, error) {
	everyone, err := people.Everyone(k.Ctx, k.DB, k.DB.Org())
	names := make(map[string]string, len(everyone))
	for _, p := range everyone {
		names[string(p.ID)] = p.Name
	}
	return names, err
}

// PersonSays is the sentence of a choice whose values are people.
func PersonSays(what string) func(string, map[string]string) string {
	return func(value string, names map[string]string) string {
		if name := names[value]; name != "" {
			return what + " becomes " + name
		}
		return what + " changes"
	}
}

// IsID tells whether a text can be the id of a record.
func IsID(text string) bool {
	for _, r := range text {
		if (r < '0' || r > '9') && (r < 'a' || r > 'f') && r != '-' {
			return false
		}
	}
	return len(text) == 36
}
