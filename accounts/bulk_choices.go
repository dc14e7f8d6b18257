package accounts

import (
	"milepost/bulk"
	"milepost/internal/ui"
	"milepost/people"
	"milepost/problem"
)

// accountChoices are what can be changed of many accounts, and how it is asked for.
var accountChoices = []bulk.Choice{
	{Name: bulkOwner, Title: "Owner", Icon: "user-check", Ask: askAccountOwner, Ready: readyAccounts(bulkOwner, ownerTo), Undo: giveBackAccount(bulkOwner),
		Says: saysOwner, Names: bulk.PeopleNames, None: "Nobody", Moves: "From whom to whom"},
	{Name: bulkIndustry, Title: "Industry", Icon: "building", Ready: readyAccounts(bulkIndustry, industryTo), Undo: giveBackAccount(bulkIndustry),
		Ask:   asks(ui.FormField{Label: "Is in the industry", Hint: "As you call it on the accounts."}),
		Says:  func(value string, _ map[string]string) string { return "Industry becomes “" + value + "”" },
		Moves: "From what to what"},
}

// asks is a choice's question, where it is always the same.
func asks(field ui.FormField) func(bulk.Desk, []string) (bulk.Question, error) {
	return func(bulk.Desk, []string) (bulk.Question, error) { return bulk.Question{Field: field}, nil }
}

func saysOwner(value string, names map[string]string) string {
	if value == nobody {
		return "Nobody looks after them any more"
	}
	return bulk.PersonSays("Owner")(value, names)
}

// askAccountOwner offers those who can look after the accounts; that it be nobody is
// said.
func askAccountOwner(k bulk.Desk, _ []string) (bulk.Question, error) {
	owners, err := deskOf(k).owners("")
	options := []ui.Option{{Label: "Choose …"}}
	for _, o := range owners {
		if o.Value == "" {
			o.Value = nobody
		}
		options = append(options, o)
	}
	return bulk.Question{Field: ui.FormField{Label: "Looked after by", Type: "select", Options: options, Hint: "Deals keep their own owners."}}, err
}

// ownerTo refuses a new owner who is out of reach or has left.
func ownerTo(k desk, typed string) (kept, value string, err error) {
	switch typed {
	case nobody:
		return nobody, "", nil
	case "":
		return "", "", problem.Invalid(bulkOwner, "Choose who shall look after them.")
	}
	if err := k.mayBecome(bulkOwner, typed); err != nil {
		return "", "", err
	}
	p, err := people.PersonOf(k.ctx, k.d, k.d.Org(), people.ID(typed))
	switch {
	case problem.Is(err, problem.KindNotFound):
		err = problem.Invalid(bulkOwner, "There is no such person here.")
	case err == nil && !p.Active():
		err = problem.Invalid(bulkOwner, "%s has left. Choose someone who is here.", p.Name)
	}
	return typed, typed, err
}

func industryTo(_ desk, typed string) (kept, value string, err error) {
	f, err := fieldNamed(accountFields, bulkIndustry)
	if err == nil {
		value, err = f.cleaned(typed)
	}
	if err == nil && value == "" {
		err = problem.Invalid(bulkIndustry, "Say which industry they are in.")
	}
	return value, value, err
}
