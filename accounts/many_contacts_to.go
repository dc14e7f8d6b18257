package accounts

import (
	"strings"

	"milepost/bulk"
	"milepost/calendar"
	"milepost/internal/ui"
	"milepost/problem"
)

func dayOf(value string) string { return calendar.Date(value).Short() }

// askAccount asks for an account by its name, and offers those in sight.
func askAccount(bulk.Desk, []string) (bulk.Question, error) {
	field := accountInput(ui.FormField{Label: "Move to", Autocomplete: "off",
		Hint: "Contacts are seen with their account: whoever sees the new one sees them. Their parts in deals stay."})
	return bulk.Question{Field: field, Beside: offeredAccounts()}, nil
}

// accountTo finds the account that a typed name, or an id that was kept, means; it must
// be in sight.
func accountTo(k desk, typed string) (kept, value string, err error) {
	if strings.TrimSpace(typed) == "" {
		return "", "", problem.Invalid(bulkAccount, "To which account?")
	}
	if bulk.IsID(typed) {
		a, err := Find(k.ctx, k.d, k.v, ID(typed))
		if problem.Is(err, problem.KindNotFound) || err == nil && a.MergedInto != "" {
			err = problem.Invalid(bulkAccount, "There is no such account any more that you see. Choose another one.")
		}
		return typed, typed, err
	}
	a, err := k.named(bulkAccount, typed)
	return string(a.ID), string(a.ID), err
}

// leftTo is the day on which they left; one that is still to come is no leaving yet.
func leftTo(k desk, typed string) (kept, value string, err error) {
	value, err = date(bulkLeft, typed)
	switch {
	case err != nil:
	case value == "":
		err = problem.Invalid(bulkLeft, "On which day did they leave?")
	case calendar.Date(value) > k.today():
		err = problem.Invalid(bulkLeft, "%s is still to come. Say it once they have left.", dayOf(value))
	}
	return value, value, err
}

func languageTo(_ desk, typed string) (kept, value string, err error) {
	f, err := fieldNamed(contactFields, bulkLanguage)
	if err == nil {
		value, err = f.cleaned(typed)
	}
	if err == nil && value == "" {
		err = problem.Invalid(bulkLanguage, "Which language do they speak?")
	}
	return value, value, err
}

// accountNamesOf names accounts by their ids.
func accountNamesOf(k bulk.Desk, ids []string) (map[string]string, error) {
	found, err := several(k.Ctx, k.DB, sight{all: true}, ids)
	names := make(map[string]string, len(found))
	for id, a := range found {
		names[id] = a.Name
	}
	return names, err
}
