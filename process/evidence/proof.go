package evidence

import (
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"milepost/problem"
	"milepost/process"
)

const (
	longestReason = 500
	longestText   = 5000
	longestURL    = 2000
)

// accepted says which sorts of evidence a kind of marker takes.
var accepted = map[process.MarkerKind][]Sort{
	process.Deliverable: {FileSort, LinkSort, EmailSort, NoteSort},
	process.Confirmed:   {ContactSort, MeetingSort, EmailSort, FileSort, LinkSort},
}

// Accepted lists the sorts of evidence that a marker takes, the most usual first.
func Accepted(k *process.Marker) []Sort { return accepted[k.Kind] }

// checked is the proof of a marker, cleaned, or what is wrong with it.
func (p Proof) checked(k *process.Marker) (Proof, error) {
	if !slices.Contains(accepted[k.Kind], p.Sort) {
		return p, problem.Invalid("sort", "“%s” is not shown by this sort of evidence.", k.Text)
	}
	return p.Complete()
}

// Complete is the proof, cleaned, or what it lacks for its sort. That what it refers to
// is there is checked by whoever reads it.
func (p Proof) Complete() (Proof, error) {
	var err error
	if p.Text, err = line("text", "The text", p.Text, longestText); err != nil {
		return p, err
	}
	if p.How, err = line("how", "How they confirmed it", p.How, longestReason); err != nil {
		return p, err
	}
	p.URL = strings.TrimSpace(p.URL)
	switch p.Sort {
	case FileSort, MeetingSort:
		if p.Ref == "" {
			return p, problem.Invalid("ref", "Choose the %s that shows it.", p.Sort)
		}
	case LinkSort:
		return p, checkURL(p.URL)
	case EmailSort, NoteSort:
		if p.Text == "" {
			return p, problem.Invalid("text", "Write what there is to be seen, so that somebody else could find it.")
		}
	case ContactSort:
		if p.Contact == "" {
			return p, problem.Invalid("contact", "Who of the buyer's confirmed it?")
		}
		if p.On == "" {
			return p, problem.Invalid("on", "On which day did they confirm it?")
		}
		if p.How == "" {
			return p, problem.Invalid("how", "How did they confirm it: in a meeting, by telephone, in writing?")
		}
	}
	return p, nil
}

func checkURL(text string) error {
	u, err := url.Parse(text)
	switch {
	case text == "":
		return problem.Invalid("url", "Paste the link to where it can be seen.")
	case len(text) > longestURL:
		return problem.Invalid("url", "The link has more than %d characters.", longestURL)
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		return problem.Invalid("url", "This is no link. It begins with https:// or http://.")
	}
	return nil
}

func line(field, what, text string, most int) (string, error) {
	text = strings.TrimSpace(text)
	if utf8.RuneCountInString(text) > most {
		return text, problem.Invalid(field, "%s has more than %d characters.", what, most)
	}
	return text, nil
}
