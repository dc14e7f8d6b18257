package activities

import (
	"encoding/json"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
)

// ID names an activity, a note, a step or a file: the id of its first entry.
type ID string

// State is where an activity stands.
type State string

// The states of an activity.
const (
	Done      State = "done"
	Ahead     State = "planned"
	TakenBack State = "withdrawn"
)

// Activity is something that was done with the prospect, or is planned.
type Activity struct {
	ID           ID               `db:"id"`
	Deal         deals.ID         `db:"deal_id"`
	Owner        people.ID        `db:"owner_id"`  // of the deal, now
	Person       people.ID        `db:"person_id"` // who did it
	Type         string           `db:"type"`
	State        State            `db:"state"`
	At           calendar.Instant `db:"at"` // when it was, or is to be
	Minutes      int64            `db:"minutes"`
	Participants Participants     `db:"participants"`
	Text         string           `db:"text"`
	Outcome      string           `db:"outcome"`
	Via          ledger.Via       `db:"via"`
	RecordedAt   calendar.Instant `db:"recorded_at"`
	Version      int64            `db:"version"` // sequence of the newest entry about it
}

// Participant is who took part: one of ours, by id, or a contact, by name.
type Participant struct {
	Person people.ID `json:"person,omitempty"`
	Name   string    `json:"name,omitempty"`
}

// Participants is a list of who took part, packed.
type Participants string

// Pack makes Participants of a list.
func Pack(list []Participant) Participants {
	if len(list) == 0 {
		return ""
	}
	packed, _ := json.Marshal(list) // texts always marshal
	return Participants(packed)
}

// List unpacks the participants.
func (p Participants) List() []Participant {
	var list []Participant
	if p != "" {
		json.Unmarshal([]byte(p), &list) // was packed by Pack
	}
	return list
}

// Report is the payload of an activity: a deals.Fact (name is the type, value the
// text), so that the deal's own fold counts it, and what this room adds.
type Report struct {
	Type         string            `json:"name,omitempty"`
	Text         string            `json:"value,omitempty"`
	Person       people.ID         `json:"person,omitempty"` // who did it, when not who recorded it; in a correction, when it is someone else now
	Nobody       bool              `json:"nobody,omitempty"` // a correction: it is not known who did it, as before
	Outcome      string            `json:"outcome,omitempty"`
	Minutes      int64             `json:"duration,omitempty"`
	Participants []Participant     `json:"participants,omitempty"`
	At           *calendar.Instant `json:"at,omitempty"`      // of a plan and of a correction
	Planned      ID                `json:"planned,omitempty"` // the plan that was carried out
}

// tell puts a report into an activity.
func (a *Activity) tell(r *Report) {
	a.Type, a.Text, a.Outcome, a.Minutes = r.Type, r.Text, r.Outcome, max(r.Minutes, 0)
	a.Participants = Pack(r.Participants)
	if a.Type == "" {
		a.Type = "other" // erased, or from a system that did not say
	}
	if r.At != nil {
		a.At = *r.At
	}
}

// report is what an activity says, as a correction restates it.
func (a *Activity) report() Report {
	return Report{Type: a.Type, Text: a.Text, Outcome: a.Outcome, Minutes: a.Minutes, Participants: a.Participants.List(), At: &a.At}
}

// mayChange tells whether someone may correct or withdraw an activity: whoever did
// it, and operations, who see to what was imported.
func (a *Activity) mayChange(v *people.Viewer) bool {
	return a.Person == v.ID || v.SeesEveryDeal()
}
