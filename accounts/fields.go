package accounts

import (
	"cmp"
	"strings"

	"milepost/calendar"
	"milepost/problem"
)

// field is something that may be changed about an account or a contact: how it is
// called, how it is asked for, and what it takes in.
type field struct {
	Name, Label, Hint string
	Noun              string // what it is called in a sentence, unless as the label says
	Type              string // of the input; "person" and "account" are chosen from lists
	clean             func(field, text string) (string, error)
}

var accountFields = []field{
	{Name: "name", Label: "Name", clean: nameOf("The account's name")},
	{Name: "parent", Label: "Belongs to", Noun: "account above it", Type: "account", Hint: "The account that this one is a part of."},
	{Name: "owner", Label: "Owner", Type: "person", Hint: "Who looks after the account."},
	{Name: "website", Label: "Website", clean: ParseWebsite},
	{Name: "industry", Label: "Industry", clean: label("The industry")},
	{Name: "size", Label: "Size", Hint: "However you count it: “340 people”, “EUR 80 M”.", clean: label("The size")},
	{Name: "country", Label: "Country", clean: label("The country")},
	{Name: "region", Label: "Region or city", clean: label("The region")},
	{Name: "phone", Label: "Phone", Type: "tel", clean: phones},
	{Name: "about", Label: "About", Noun: "description", Type: "textarea", Hint: "What they do, what matters to them, how they buy.", clean: text("The text")},
}

var contactFields = []field{
	{Name: "name", Label: "Name", clean: nameOf("The name")},
	{Name: "title", Label: "Title", Hint: "What is on the card: “Head of Maintenance”.", clean: label("The title")},
	{Name: "account", Label: "Account", Type: "account"},
	{Name: "emails", Label: "E-mail", Hint: "Several are parted by commas; the first is written to.", clean: emails},
	{Name: "phones", Label: "Phone", Type: "tel", Hint: "Several are parted by commas.", clean: phones},
	{Name: "language", Label: "Speaks", Noun: "language", Hint: "The language to write and call in.", clean: label("The language")},
	{Name: "left_on", Label: "Left the company", Noun: "day of leaving", Type: "date", Hint: "Empty while they are there.", clean: date},
	{Name: "notes", Label: "Notes", Type: "textarea", Hint: "What helps whoever talks to them next.", clean: text("The text")},
}

func fieldNamed(fields []field, name string) (field, error) {
	for _, f := range fields {
		if f.Name == name {
			return f, nil
		}
	}
	return field{}, problem.NotFound("There is no such field.")
}

// ask is how the field's label is put into a sentence.
func (f field) ask() string { return cmp.Or(f.Noun, lowerFirst(f.Label)) }

func nameOf(what string) func(string, string) (string, error) {
	return func(field, text string) (string, error) {
		text, err := line(field, what, text, longestName)
		if err == nil && folded(text) == "" {
			err = problem.Invalid(field, "%s is needed.", what)
		}
		return text, err
	}
}

func label(what string) func(string, string) (string, error) {
	return func(field, text string) (string, error) { return line(field, what, text, longestLabel) }
}

func text(what string) func(string, string) (string, error) {
	return func(field, text string) (string, error) { return paragraphs(field, what, text, longestText) }
}

func emails(field, text string) (string, error) {
	list, err := ParseEmails(field, text)
	return strings.Join(list, parted), err
}

func phones(field, text string) (string, error) {
	list, err := ParsePhones(field, text)
	return strings.Join(list, parted), err
}

func date(field, text string) (string, error) {
	if strings.TrimSpace(text) == "" {
		return "", nil
	}
	d, err := calendar.ParseDate(text)
	if err != nil {
		return "", problem.Invalid(field, "“%s” is not a day in the calendar; write it like 2026-01-31.", clip(text))
	}
	return string(d), nil
}
