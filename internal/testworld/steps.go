package testworld

import (
	"fmt"

	"milepost/accounts"
	"milepost/activities"
	"milepost/deals"
)

// diligence is how often a rep says what comes next in an open deal, and how often
// what was to be done by a day is done by then.
func diligence(m *member) (says, keeps float64) {
	if m.name == strugglingName {
		return .34, .45
	}
	if m.team == teamOfStory {
		return .98, .97 // a team in which this is asked for: who does not, is seen
	}
	return .95 - .8*m.rep.Late, .92 - m.rep.Late
}

// keepSteps sets the next step of an open deal, often after one that was done, and
// plans a conversation now and then.
func (w *world) keepSteps(p *plan) {
	if !w.isOpen(p) {
		return
	}
	owner := p.ownerThen(w.time.today)
	says, keeps := diligence(owner)
	if !p.whale && !w.more.is(says) {
		return
	}
	due := w.working(w.time.today, w.more.between(0, 11))
	if p.whale || !w.more.is(keeps) {
		due = w.working(w.time.today, -w.more.between(1, 8))
	}
	set := w.working(min(due, w.time.today), -w.more.between(1, 7))
	set = max(set, w.working(p.created, 1))
	at := w.hour(p, min(set, w.time.today))
	if set >= w.time.today { // a new deal: its owner says so in the evening of the first day
		set = p.created
		at = w.time.at(set, w.more.between(20*60+5, 20*60+40)+p.team.offset)
	}
	w.doneBefore(p, set)
	text := fmt.Sprintf(pick(w.more, intentions[w.stageNow(p)]), w.someoneAt(p, set))
	doer := owner
	if p.whale {
		text = "Ask who signs at Halvmark, and for half an hour with them"
	} else if w.more.is(.05) {
		doer = w.cast.managerOf(w.cast.teamOn(owner, set), set)
	}
	w.keep(p, at, p.ownerThen(set).id, activities.StepSet,
		paper{w.more.id(at), string(p.id), deals.Fact{Value: text, Person: doer.id, Date: w.time.dates[due]}})
	if w.more.is(.22) {
		w.planAhead(p, set)
	}
}

// doneBefore is the step that was done before the next one was set.
func (w *world) doneBefore(p *plan, next int) {
	set := w.working(next, -w.more.between(4, 12))
	if set <= p.created || p.ownerThen(set) != p.ownerThen(next) || !w.more.is(.6) {
		return
	}
	at, done := w.hour(p, set), w.time.at(next, 8*60+4+p.team.offset)
	id := w.more.id(at)
	owner := p.ownerThen(set).id
	text := fmt.Sprintf(pick(w.more, intentions[w.stageNow(p)]), w.someoneAt(p, set))
	w.keep(p, at, owner, activities.StepSet, paper{id, string(p.id), deals.Fact{Value: text, Person: owner, Date: w.time.dates[next]}})
	w.keep(p, done, owner, activities.StepDone, paper{w.more.id(done), id, deals.Fact{Name: string(activities.StepFinished), Value: pick(w.more, results)}})
}

// planAhead puts a call, a meeting or a visit into the coming days.
func (w *world) planAhead(p *plan, day int) {
	owner := p.ownerThen(day)
	kind := []string{"call", "meeting", "visit"}[w.more.of(.45, .3, .25)]
	ahead := w.working(w.time.today, w.more.between(1, 8))
	when := w.time.at(ahead, w.more.between(2*8, 2*16)*30+p.team.offset)
	says := activities.Report{Type: kind, Text: pick(w.more, appointments[kind]), Minutes: map[string]int64{"call": 30, "meeting": 60, "visit": 120}[kind],
		At: &when, Participants: []activities.Participant{{Person: owner.id}}}
	for _, c := range p.account.contacts {
		if c.met < day && c.kind != accounts.EconomicBuyer && len(says.Participants) < 3 {
			says.Participants = append(says.Participants, activities.Participant{Name: c.Name})
		}
	}
	at := w.hour(p, day)
	w.keep(p, at, owner.id, activities.Planned, paper{w.more.id(at), string(p.id), says})
}

// working is the day so many working days after another, or before it.
func (w *world) working(day, days int) int {
	step := 1
	if days < 0 {
		step = -1
	}
	for days != 0 || !w.time.works(day) {
		if day += step; w.time.works(day) && days != 0 {
			days -= step
		}
	}
	return day
}

// intentions are next steps by stage; each has a place for somebody's name.
var intentions = [5][]string{
	{"Ask %s who signs for a thing like this", "Send %s the checklist for the first walk-through", "Call %s about the last audit", "Set a date for the site visit with %s", "Hear from %s what a lost load costs"},
	{"Go through the requirements with %s", "Get the list of rooms and routes from %s", "Show the alarms on a phone to %s", "Send the interface description to %s", "Agree with %s on who evaluates"},
	{"Agree on the evaluation plan with %s", "Go through the first trial report with %s", "Business case: get the figure for spoiled goods from %s", "Ask %s who confirms the result of the trial", "Install the missing sensors with %s"},
	{"Present the offer, with %s in the room", "Answer the questions on the service level for %s", "Ask %s for the date of the decision", "Send %s two references", "Meet the economic buyer; %s opens the door"},
	{"Settle the two remarks on liability with %s", "Agree with %s on delivery in two batches", "Get the date of signature from %s", "Send %s the contract with the changes marked", "Get the order number from %s"},
}

// results are what came of a step that was done.
var results = []string{"Done, and a date for the next one.", "They need a week more.", "Yes, with one question left.", "Sent; read the same day.",
	"Done by phone.", "Half of it; the rest is with their IT.", "Done. They were glad that we asked.", ""}

// appointments are what planned conversations are about.
var appointments = map[string][]string{
	"call":    {"Open points before the next meeting", "Result of the trial so far", "Who has to be there on the day of the decision", "Questions on the offer"},
	"meeting": {"Evaluation plan, date by date", "Offer, with purchasing", "Business case with their controller", "Requirements, second round"},
	"visit":   {"Walk through the cold rooms with the shift lead", "Install two more sensors", "Trial review on site", "Loading dock at six in the morning"},
}
