package activities

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"milepost/bulk"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ui"
	"milepost/people"
	"milepost/problem"
)

var tookPlace = problem.Invalid("", "It took place already.")

func dayWords(value string) string { return calendar.Date(value).Short() }

// amendment is what becomes of an activity in a change of many, or why it stays.
type amendment func(Activity) (Activity, error)

// amendmentTo makes an amendment of what was typed, and says how it is kept.
func amendmentTo(k bulk.Desk, what, typed string) (kept string, to amendment, err error) {
	switch what {
	case manyType:
		return typeTo(typed)
	case manyDay:
		return dayTo(k, typed)
	case manyPerson:
		return personTo(k, typed)
	}
	if typed != "on" {
		err = problem.Invalid(manyOff, "Tick that they do not take place.")
	}
	return "on", plannedOnly(func(a *Activity) { a.State = TakenBack }), err
}

func typeTo(typed string) (string, amendment, error) {
	if !slices.Contains(deals.ActivityTypes, typed) {
		return "", nil, problem.Invalid(manyType, "Say what they are: calls, meetings, e-mails, visits, or something else.")
	}
	return typed, func(a Activity) (Activity, error) { a.Type = typed; return a, nil }, nil
}

// plannedOnly is an amendment of what is still to come.
func plannedOnly(amend func(*Activity)) amendment {
	return func(a Activity) (Activity, error) {
		if a.State != Ahead {
			return a, tookPlace
		}
		amend(&a)
		return a, nil
	}
}

// dayTo moves plans to a day; each keeps its time of day.
func dayTo(k bulk.Desk, typed string) (string, amendment, error) {
	day, err := readDay(manyDay, typed)
	place := k.Viewer.Organization.Place()
	switch {
	case err != nil:
	case day == "":
		err = problem.Invalid(manyDay, "On which day?")
	case day < k.Today():
		err = problem.Invalid(manyDay, "%s has passed. Choose a day that is still to come.", day.Short())
	case day.Midnight(place).Sub(k.Now) > farthestPlan:
		err = problem.Invalid(manyDay, "That is more than three years ahead. Is the year right?")
	}
	return string(day), plannedOnly(func(a *Activity) {
		if calendar.DateOf(a.At, place) != day { // what is on that day already keeps its very instant
			a.At = atTimeOf(day, a.At, k)
		}
	}), err
}

// atTimeOf is a day at the time of day of an instant.
func atTimeOf(day calendar.Date, at calendar.Instant, k bulk.Desk) calendar.Instant {
	clock, on := at.In(k.Viewer.Organization.Place()), day.Time()
	return calendar.InstantOf(time.Date(on.Year(), on.Month(), on.Day(), clock.Hour(), clock.Minute(), clock.Second(), clock.Nanosecond(), clock.Location()))
}

// personTo names someone within reach of whoever asks, as the owner of a deal is, who
// is here; and of each activity, who sees its deal: nobody works on what they do not see.
func personTo(k bulk.Desk, typed string) (string, amendment, error) {
	if typed == "" {
		return "", nil, problem.Invalid(manyPerson, "Choose who does it, or did it.")
	}
	unknown := problem.Invalid(manyPerson, "There is no such person here.")
	if !bulk.IsID(typed) {
		return "", nil, unknown
	}
	person, err := people.PersonOf(k.Ctx, k.DB, k.DB.Org(), people.ID(typed))
	if problem.Is(err, problem.KindNotFound) {
		return "", nil, unknown
	}
	within, bad := reach(k)
	switch {
	case err != nil || bad != nil:
		return "", nil, fmt.Errorf("looking for who does an activity: %w", cmp.Or(err, bad))
	case !within.Includes(person.ID):
		return "", nil, problem.Invalid(manyPerson, "You can name yourself, the people in your line and your own manager. For anyone else, ask operations.")
	case !person.Active():
		return "", nil, problem.Invalid(manyPerson, "%s has left. Choose someone who is here.", person.Name)
	}
	eyes, err := people.LoadViewer(k.Ctx, k.DB, k.DB.Org(), person.ID, k.Now)
	return typed, func(a Activity) (Activity, error) {
		if !eyes.Sees(a.Owner) {
			return a, problem.Invalid("", "%s does not see this deal.", person.Name)
		}
		a.Person = person.ID
		return a, nil
	}, err
}

func reach(k bulk.Desk) (deals.Reach, error) {
	chart, err := people.ChartAsOf(k.Ctx, k.DB, k.DB.Org(), k.Now)
	return deals.ReachOf(k.Viewer, chart), err
}

func askPerson(k bulk.Desk, _ []string) (bulk.Question, error) {
	within, err := reach(k)
	if err != nil {
		return bulk.Question{}, err
	}
	everyone, err := people.Everyone(k.Ctx, k.DB, k.DB.Org())
	field := ui.FormField{Label: "Done by", Type: "select", Options: []ui.Option{{Label: "Choose …"}}, Hint: "Or to be done by. Only someone who sees the deal can be named."}
	for _, p := range everyone {
		if p.Active() && within.Includes(p.ID) {
			field.Options = append(field.Options, ui.Option{Value: string(p.ID), Label: p.Name})
		}
	}
	return bulk.Question{Field: field}, err
}

func askDay(k bulk.Desk, ids []string) (bulk.Question, error) {
	return ifPlanned(k, ids, ui.FormField{Label: "Move to", Type: "date", Hint: "Each keeps its time of day."})
}

func askOff(k bulk.Desk, ids []string) (bulk.Question, error) {
	return ifPlanned(k, ids, ui.FormField{Label: "They do not take place", Type: "checkbox"})
}

// ifPlanned asks only where something is still to come, and says how much is not.
func ifPlanned(k bulk.Desk, ids []string, field ui.FormField) (bulk.Question, error) {
	n, err := countPlanned(k.Ctx, k.DB, ids)
	if stay := int64(len(ids)) - n; n == 0 {
		return bulk.Question{Instead: "All of these took place. This is for what is planned."}, err
	} else if stay > 0 {
		field.Hint += " " + counted(stay, "of these took place and stays.", "of these took place and stay.")
	}
	return bulk.Question{Field: field}, err
}
