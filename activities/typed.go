package activities

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"milepost/calendar"
	"milepost/deals"
	"milepost/people"
	"milepost/problem"
)

// typed is a form about an activity, as it was typed.
type typed struct {
	Key, Type, Text, Outcome, When, Minutes, With string
}

func readTyped(r *http.Request) typed {
	return typed{Key: r.PostFormValue("key"), Type: r.PostFormValue("type"), Text: r.PostFormValue("text"),
		Outcome: r.PostFormValue("outcome"), When: r.PostFormValue("when"), Minutes: r.PostFormValue("minutes"),
		With: r.PostFormValue("with")}
}

const whenForm = "2006-01-02T15:04"

// typedOf is a form that says what an activity says.
func typedOf(a Activity, s staff, place *time.Location) typed {
	t := typed{Type: a.Type, Text: a.Text, Outcome: a.Outcome, When: a.At.In(place).Format(whenForm), With: strings.Join(s.took(a), ", ")}
	if a.Minutes > 0 {
		t.Minutes = strconv.FormatInt(a.Minutes, 10)
	}
	return t
}

// said reads the form. Names of ours become people; others stay names of contacts.
func (t typed) said(now deals.Now, s staff) (Said, error) {
	at, badTime := readWhen(t.When, now.Place)
	minutes, badLength := readMinutes(t.Minutes)
	return Said{Key: t.Key, Type: t.Type, Text: t.Text, Outcome: t.Outcome, At: at, Minutes: minutes,
		Participants: s.participants(t.With)}, joined(badTime, badLength)
}

func readWhen(text string, place *time.Location) (calendar.Instant, error) {
	if text = strings.TrimSpace(text); text == "" {
		return 0, nil
	}
	for _, form := range []string{whenForm, whenForm + ":05", "2006-01-02 15:04"} {
		if t, err := time.ParseInLocation(form, text, place); err == nil {
			return calendar.InstantOf(t), nil
		}
	}
	if day, err := calendar.ParseDate(text); err == nil {
		return day.Midnight(place).Add(12 * time.Hour), nil
	}
	return 0, problem.Invalid("when", "“%s” is not a day and time; write it like 2026-01-31T14:30.", clip(text, 40))
}

func readMinutes(text string) (int64, error) {
	if text = strings.TrimSpace(text); text == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return 0, problem.Invalid("minutes", "“%s” is not a number of minutes like 30.", clip(text, 40))
	}
	return n, nil
}

// participants reads names that are parted by commas or lines.
func (s staff) participants(text string) []Participant {
	var list []Participant
	for _, name := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		list = append(list, s.participant(name))
	}
	return list
}

func (s staff) participant(name string) Participant {
	key := people.Key(name)
	for _, p := range s.everyone {
		if p.Active() && people.Key(p.Name) == key {
			return Participant{Person: p.ID}
		}
	}
	return Participant{Name: name}
}

// took lists the names of who took part.
func (s staff) took(a Activity) []string {
	var list []string
	for _, p := range a.Participants.List() {
		if p.Person != "" {
			list = append(list, s.name(p.Person))
		} else {
			list = append(list, p.Name)
		}
	}
	return list
}
