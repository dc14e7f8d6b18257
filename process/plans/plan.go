package plans

import (
	"slices"

	"milepost/accounts"
	"milepost/calendar"
	"milepost/deals"
	"milepost/people"
	"milepost/process"
)

// Side says whose turn a step is.
type Side string

// The sides.
const (
	Ours   Side = "ours"
	Theirs Side = "theirs"
)

// Content is what a plan says, as it is written by a person.
type Content struct {
	Title    string   `json:"title"`
	Words    string   `json:"words,omitempty"` // to the prospect, above the steps
	Decision Decision `json:"decision"`
	Steps    []Step   `json:"steps,omitempty"` // of a plan that is made; later ones come one by one
}

// Decision is what the buyer will decide at the end.
type Decision struct {
	What string             `json:"what,omitempty"`
	On   calendar.Date      `json:"on,omitempty"`
	By   accounts.ContactID `json:"by,omitempty"`
}

// Step is one thing that has to happen.
type Step struct {
	ID        StepID              `json:"id"`
	Text      string              `json:"text"`
	Side      Side                `json:"side"`
	Person    people.ID           `json:"person,omitempty"`  // of ours who sees to it
	Contact   accounts.ContactID  `json:"contact,omitempty"` // of theirs who does
	Due       calendar.Date       `json:"due,omitempty"`
	After     []StepID            `json:"after,omitempty"`     // what it waits for
	Milestone process.MilestoneID `json:"milestone,omitempty"` // what it proves
	Course    *Course             `json:"course,omitempty"`    // in rows only, never in entries
}

// Course is how a step went.
type Course struct {
	First       calendar.Date      `json:"first,omitempty"`     // as it was agreed first
	Moves       int                `json:"moves,omitempty"`     // since then
	DoneAt      calendar.Instant   `json:"done_at,omitempty"`   // 0 while it is open
	DoneBy      people.ID          `json:"done_by,omitempty"`   // of ours who said so
	ConfirmedAt calendar.Instant   `json:"confirmed,omitempty"` // by the buyer
	Contact     accounts.ContactID `json:"contact,omitempty"`   // who of the buyer's said so
	Version     int64              `json:"version"`             // sequence of the newest entry about it
}

// Done tells whether the step is done, as either side says.
func (s *Step) Done() bool { return s.Course.DoneAt != 0 }

// Slipped is by how many days the step is later than was agreed first; less than 0 when
// it is earlier.
func (s *Step) Slipped() int {
	if s.Course.First == "" || s.Due == "" {
		return 0
	}
	return s.Course.First.DaysUntil(s.Due)
}

// Overdue tells whether the step should have been done before a day.
func (s *Step) Overdue(today calendar.Date) bool { return !s.Done() && s.Due != "" && s.Due < today }

// Link is a private link to the plan, for one contact.
type Link struct {
	ID      LinkID             `json:"id"`
	Contact accounts.ContactID `json:"contact"`
	Terms
	MadeAt  calendar.Instant `json:"made_at"`
	MadeBy  people.ID        `json:"made_by"`
	EndedAt calendar.Instant `json:"ended_at,omitempty"` // 0 unless it was ended before its time
}

// Good tells whether the link opens the plan.
func (l *Link) Good(now calendar.Instant) bool { return l.EndedAt == 0 && now < l.Expires }

// Remark is something that was said about the plan, or wished for.
type Remark struct {
	ID        RemarkID           `json:"id"`
	At        calendar.Instant   `json:"at"`
	Person    people.ID          `json:"person,omitempty"`  // of ours, or
	Contact   accounts.ContactID `json:"contact,omitempty"` // of theirs
	Step      StepID             `json:"step,omitempty"`
	Words     string             `json:"words,omitempty"`
	Date      calendar.Date      `json:"date,omitempty"`      // wished for the step
	Colleague bool               `json:"colleague,omitempty"` // somebody to be added
	SeenTo    calendar.Instant   `json:"seen_to,omitempty"`   // when the wish was answered
	Accepted  bool               `json:"accepted,omitempty"`
}

// Waits tells whether the remark is a wish that nobody answered yet.
func (r *Remark) Waits() bool { return (r.Date != "" || r.Colleague) && r.SeenTo == 0 }

// Plan is what its entries come to.
type Plan struct {
	ID       ID       `json:"id"`
	Deal     deals.ID `json:"deal"`
	Content           // its steps in the order of their dates
	InForce  bool     `json:"in_force"`
	MadeAt   calendar.Instant
	MadeBy   people.ID
	AgreedAt calendar.Instant // when the first dates were taken down; 0 before
	Links    []Link
	Remarks  []Remark
	Decided  int64            // sequence of the newest entry about title, words and decision
	Heard    calendar.Instant // when the buyer last did something; 0 for never
	Version  int64            // sequence of the newest entry about the plan
}

// Step finds a step.
func (p *Plan) Step(id StepID) (*Step, bool) {
	i := slices.IndexFunc(p.Steps, func(s Step) bool { return s.ID == id })
	if i < 0 {
		return nil, false
	}
	return &p.Steps[i], true
}

// Link finds a private link.
func (p *Plan) Link(id LinkID) (*Link, bool) {
	i := slices.IndexFunc(p.Links, func(l Link) bool { return l.ID == id })
	if i < 0 {
		return nil, false
	}
	return &p.Links[i], true
}

// Remark finds something that was said.
func (p *Plan) Remark(id RemarkID) (*Remark, bool) {
	i := slices.IndexFunc(p.Remarks, func(r Remark) bool { return r.ID == id })
	if i < 0 {
		return nil, false
	}
	return &p.Remarks[i], true
}

// Waiting lists the wishes that nobody answered yet.
func (p *Plan) Waiting() []Remark {
	return slices.DeleteFunc(slices.Clone(p.Remarks), func(r Remark) bool { return !r.Waits() })
}

// Last is the last date in the plan: that of the decision, or of the latest step.
func (p *Plan) Last() calendar.Date {
	last := p.Decision.On
	for _, s := range p.Steps {
		last = max(last, s.Due)
	}
	return last
}
