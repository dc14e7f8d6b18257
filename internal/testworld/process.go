package testworld

import (
	"fmt"

	"milepost/accounts"
	"milepost/process"
)

// What the company sells by, since it introduced Milepost's processes: one process for
// larger customers, which was revised once, and a leaner one for small businesses.
const (
	adoptedDays = 300 // before today
	revisedDays = 120 // before today, the larger one became version 2
)

// The ids of milestones and markers are the company's own, so that its story can be told
// before the processes are published.
func reached(stage int) process.MilestoneID {
	return process.MilestoneID(fmt.Sprintf("reached-%d", stage))
}

func shows(number int) process.MilestoneID {
	return process.MilestoneID(fmt.Sprintf("shows-%d", number))
}

// kindOf is the kind of a milestone's marker: what names who may confirm it, and what
// turns a deal to another stage, is confirmed by the buyer.
func kindOf(id process.MilestoneID) process.MarkerKind {
	for n := range Milestones {
		if shows(n) == id && len(milestoneProofs[n].roles) == 0 {
			return process.Deliverable
		}
	}
	return process.Confirmed
}

func markerOf(id process.MilestoneID) process.MarkerID { return process.MarkerID("marker-" + id) }

// turning is what brings a deal to a stage, in the buyer's terms.
var turning = []struct {
	name, marker, proof, question string
	days                          int
}{
	1: {"They want to look at a solution", "Their mail that asks for it", "Written by somebody who would use it; our own minutes do not count.", "What made them ask, and what happens if they wait?", 14},
	2: {"They decided how they will choose", "Their criteria, in their words", "A list that they sent or marked up.", "Who wrote the criteria, and whose criteria are missing?", 16},
	3: {"They asked for an offer", "The request, with the date by which they need it", "In writing, with scope and date.", "What will they compare it with?", 28},
	4: {"They named what stands between us and a signature", "Their list of open points", "From whoever signs, or from procurement.", "Which point could stop it, and who can move it?", 18},
}

var milestoneProofs = []struct {
	marker, proof string
	roles         []accounts.Role
}{
	{"Two users say so", "Named people who do the work; when, and how they said it.", []accounts.Role{accounts.User}},
	{"The sponsor's mail", "The sponsor says that it is his or her project.", []accounts.Role{accounts.Champion}},
	{"The requirements, marked up by them", "A document with their changes in it.", nil},
	{"The meeting with the economic buyer", "Date, and what was said about the money.", []accounts.Role{accounts.EconomicBuyer}},
	{"The plan, agreed by them", "Dates on both sides.", nil},
	{"The protocol of the trial", "Signed by the users, faults included.", []accounts.Role{accounts.User, accounts.TechnicalEvaluator}},
	{"The figures, confirmed by their controller", "Their figures, not ours.", []accounts.Role{accounts.EconomicBuyer}},
	{"The day of the presentation", "Who was there, and the questions they asked.", []accounts.Role{accounts.EconomicBuyer}},
	{"The lawyers' remarks", "Their version of the terms.", []accounts.Role{accounts.Legal}},
	{"Their mail that agrees", "From somebody who may agree.", []accounts.Role{accounts.EconomicBuyer, accounts.Legal}},
}

// largeProcess is the company's process for larger customers, in its first or second
// version: the second dropped the brochure, renamed the savings sheet and added the
// questions of the customer's security people.
func largeProcess(version int) process.Definition {
	d := process.Definition{Name: "Cold-chain evaluation", Purpose: "Sales to mid-market, enterprise and public customers, who evaluate before they buy.", StaleAfter: 180}
	for i, s := range Stages {
		p := process.Phase{ID: process.PhaseID(fmt.Sprintf("phase-%d", i)), Name: s.Name}
		if i > 0 {
			p.Milestones = append(p.Milestones, entryMilestone(i))
		}
		for n, m := range Milestones {
			if m.Stage == i {
				p.Milestones = append(p.Milestones, optionalMilestone(n))
			}
		}
		d.Phases = append(d.Phases, p)
	}
	if version == 1 {
		d.Phases[0].Milestones = append(d.Phases[0].Milestones, process.Milestone{ID: "brochure", Name: "Brochure handed over", TypicalDays: 5,
			Markers: []process.Marker{{ID: "marker-brochure", Kind: process.Deliverable, Text: "The mail with the brochure", SellerOnly: true}}})
		business, _, _ := d.Milestone(shows(6))
		business.Name, business.Also = "Savings sheet filled in", []string{Milestones[6].Name}
	} else {
		d.Phases[3].Milestones = append(d.Phases[3].Milestones, process.Milestone{ID: "security", Name: "Security questions answered to their satisfaction", TypicalDays: 20,
			Coaching: "Who on their side can say no for reasons of security?",
			Markers:  []process.Marker{{ID: "marker-security", Kind: process.Deliverable, Text: "Their questionnaire, closed", Proof: "The last mail says that nothing is open."}}})
		business, _, _ := d.Milestone(shows(6))
		business.Also = []string{"Savings sheet filled in"}
	}
	d.Criteria = triadOfTheCompany()
	return d
}

// smallProcess is the leaner one: what brings a deal on, and the little that a small
// business can show.
func smallProcess() process.Definition {
	d := process.Definition{Name: "Small business sale", Purpose: "Sales to small businesses: one or two people decide, often within weeks.", StaleAfter: 240}
	for i, s := range Stages {
		p := process.Phase{ID: process.PhaseID(fmt.Sprintf("phase-%d", i)), Name: s.Name}
		if i > 0 {
			p.Milestones = append(p.Milestones, entryMilestone(i))
		}
		for _, n := range []int{0, 3, 5, 9} {
			if Milestones[n].Stage == i {
				p.Milestones = append(p.Milestones, optionalMilestone(n))
			}
		}
		d.Phases = append(d.Phases, p)
	}
	d.Criteria = triadOfTheCompany()
	return d
}

func entryMilestone(stage int) process.Milestone {
	t := turning[stage]
	return process.Milestone{ID: reached(stage), Name: t.name, Required: true, TypicalDays: t.days, Coaching: t.question,
		Markers: []process.Marker{{ID: markerOf(reached(stage)), Kind: process.Confirmed, Text: t.marker, Proof: t.proof, Required: true}}}
}

func optionalMilestone(number int) process.Milestone {
	m, proof := Milestones[number], milestoneProofs[number]
	kind := kindOf(shows(number))
	return process.Milestone{ID: shows(number), Name: m.Name, TypicalDays: 8 + 4*(number%4), Coaching: "How do you know, and who told you?",
		Markers: []process.Marker{{ID: markerOf(shows(number)), Kind: kind, Text: proof.marker, Proof: proof.proof, Roles: proof.roles}}}
}

// triadOfTheCompany are the criteria by which both processes qualify.
func triadOfTheCompany() []process.Criterion {
	return []process.Criterion{
		{ID: "functional-1", Part: process.Functional, Level: 1, Question: "What goes wrong today, and what does it cost them?", Verified: "They put a figure on it.", Also: []string{Criteria[0].Name}},
		{ID: "functional-2", Part: process.Functional, Level: 2, Question: "Does our solution do what they need, at their site?", Verified: "Shown in a trial or at a customer like them."},
		{ID: "financial-1", Part: process.Financial, Level: 1, Question: "Is there money for it this year?", Verified: "The budget holder says so.", Also: []string{Criteria[1].Name}},
		{ID: "financial-2", Part: process.Financial, Level: 2, Question: "Do their own figures show that it pays?", Verified: "A business case that their controller has seen."},
		{ID: "political-1", Part: process.Political, Level: 1, Question: "Who wins when we win, and says so to others?", Verified: "They spoke for us when we were not there.", Also: []string{Criteria[2].Name}},
		{ID: "political-2", Part: process.Political, Level: 2, Question: "Whom could it hurt, and have we met them?", Verified: "We met whoever is against it."},
	}
}
