package imports

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"milepost/calendar"
	"milepost/deals"
	"milepost/money"
	"milepost/people"
)

// words are what the format allows where it allows only certain words, and in
// which column they stand.
var words = map[kind][]string{
	milestone: {"claimed", "achieved", "revoked"},
	criterion: {"unknown", "unmet", "met", "verified"},
	call:      {"commit", "best", "pipeline", "omitted"},
	outcome:   {"won", "lost", "no_action"},
}

var kindsByWord = func() map[string]kind {
	known := map[string]kind{}
	for i, word := range kindWords {
		known[word] = kind(i)
	}
	return known
}()

const (
	maxLabel   = 200 // letters of an id, a label, a name of something
	maxAccount = 300
)

// earliest is the first instant that a history may speak of.
var earliest = calendar.NewDate(1900, 1, 1).Midnight(calendar.Instant(0).Time().Location())

// rules are what a line by itself must obey.
type rules struct {
	latest     calendar.Instant
	currencies map[string]money.Currency // those read before, by how they are written
}

// read makes a fact of a record, or says in a sentence why it is none.
func (r *rules) read(rec *record) (f fact, reason string) {
	if rec.wrong != "" {
		return f, rec.wrong
	}
	if rec.count != columns {
		return f, fmt.Sprintf("The line has %s; %d are needed: %s.", count(rec.count, "field", "fields"), columns, header)
	}
	// one string for the line: its fields are cut from it
	var text [columns]string
	for i, field := range rec.fields {
		text[i] = strings.TrimSpace(string(field))
	}
	f = fact{opportunity: text[0], line: rec.line, written: text[1], name: text[3], value: text[4]}
	if f.opportunity == "" || utf8.RuneCountInString(f.opportunity) > maxLabel {
		return f, fmt.Sprintf("The id of the opportunity must have 1 to %d letters.", maxLabel)
	}
	var known bool
	if f.kind, known = kindsByWord[text[2]]; !known {
		return f, fmt.Sprintf("There is no kind %q. The kinds are: %s.", clip(text[2], 40), strings.Join(kindWords[:], ", "))
	}
	if reason := r.instant(&f); reason != "" {
		return f, reason
	}
	return f, r.content(&f)
}

// instant reads when the fact became known.
func (r *rules) instant(f *fact) string {
	at, err := calendar.ParseInstant(f.written)
	switch {
	case err != nil || len(f.written) > 64:
		return fmt.Sprintf("The instant %q is not of the form 2026-01-31T09:30:00Z (with a time zone).", clip(f.written, 40))
	case at < earliest:
		return fmt.Sprintf("The instant %s is before the year 1900.", f.written)
	case at > r.latest:
		return fmt.Sprintf("The instant %s lies in the future. A history tells what has happened.", f.written)
	}
	f.at = at
	return ""
}

// content checks name and value as the kind wants them.
func (r *rules) content(f *fact) string {
	switch f.kind {
	case created:
		return label("title", f.name, 0, maxField)
	case account:
		if deals.AccountKey(f.name) == "" {
			return "The account has no name."
		}
		return label("name of the account", f.name, 1, maxAccount)
	case owner:
		if _, err := people.CleanName("name", f.name); err != nil || people.Key(f.name) == "" {
			return "The owner's name must have 1 to 120 letters."
		}
	case attribute:
		return label("name of the attribute", f.name, 1, maxLabel)
	case amount:
		return r.amount(f)
	case closeDate:
		if _, err := calendar.ParseDate(f.date()); err != nil {
			return fmt.Sprintf("The close date %q does not exist. It is written like 2026-01-31, in the years 1900 to 2999, in the column value.", clip(f.date(), 40))
		}
	case stage:
		return label("stage", f.name, 1, maxLabel)
	case milestone, criterion:
		if reason := oneOf(f.kind, "value", f.value); reason != "" {
			return reason
		}
		return label(f.kind.String(), f.name, 1, maxLabel)
	case activity:
		return label("type of the activity", f.name, 1, maxLabel)
	case call:
		if reason := oneOf(f.kind, "name", f.name); reason != "" || f.value == "" {
			return reason
		}
		return plainNumber(f.value)
	case outcome:
		return oneOf(f.kind, "name", f.name)
	}
	return ""
}

func label(what, text string, least, most int) string {
	letters := utf8.RuneCountInString(text)
	switch {
	case letters < least:
		return fmt.Sprintf("The %s is missing; it stands in the column name.", what)
	case letters > most:
		return fmt.Sprintf("The %s is longer than %d letters.", what, most)
	}
	return ""
}

func oneOf(k kind, column, word string) string {
	if slices.Contains(words[k], word) {
		return ""
	}
	list := words[k]
	return fmt.Sprintf("The %s of a line of kind %s is %s or %s, not %q.", column, k,
		strings.Join(list[:len(list)-1], ", "), list[len(list)-1], clip(word, 40))
}
