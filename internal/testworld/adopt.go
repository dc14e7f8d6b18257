package testworld

import (
	"context"
	"slices"
	"strconv"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/process"
	"milepost/process/evidence"
	"milepost/process/triad"
)

// processStream is where evidence is drawn, apart from the course of deals.
const processStream = 60

// adoption is how the company's processes came to its deals.
type adoption struct {
	w                *world
	c                chance
	adopted, revised calendar.Instant
	ids              [2]process.ID // of the larger and the leaner process
	order            []*worked
}

// adopt tells of the processes, and of the deals that were worked by them: each turn to
// another stage by the evidence that brought it, each milestone as it was shown.
func (w *world) adopt() {
	a := &adoption{w: w, c: newChance(w.options.Seed, processStream)}
	a.adopted, a.revised = w.time.at(w.time.today-adoptedDays, 7*60), w.time.at(w.time.today-revisedDays, 7*60)
	a.ids = [2]process.ID{process.ID(a.c.id(a.adopted)), process.ID(a.c.id(a.adopted))}
	a.publish()
	deals := map[*plan]*worked{}
	told := w.happenings
	slices.SortStableFunc(told, before)
	w.happenings = make([]happening, 0, len(told)+len(told)/4)
	for _, h := range told {
		if h.plan == nil || h.deed != nil || h.paper != nil {
			w.happenings = append(w.happenings, h)
			continue
		}
		if deals[h.plan] == nil {
			deals[h.plan] = &worked{adoption: a, p: h.plan, shown: map[process.MilestoneID]evidence.State{}}
			a.order = append(a.order, deals[h.plan])
		}
		deals[h.plan].tell(h)
	}
	for _, d := range a.order {
		d.keepUp(w.options.Now)
	}
}

// publish begins both processes, and revises the larger one.
func (a *adoption) publish() {
	operations := a.w.truth.Operations
	a.w.happens(a.adopted, operations, func(ctx context.Context, l *ledger.Writer) error {
		for i, d := range []process.Definition{largeProcess(1), smallProcess()} {
			id := a.ids[i]
			if _, err := process.BeginAs(ctx, l, id, d); err != nil {
				return err
			}
			if _, err := process.Publish(ctx, l, id, 0, nil, "Our first process: what a buyer does, not what we feel."); err != nil {
				return err
			}
			choice := process.Choice{Active: true, Place: 2 - i}
			if i == 1 {
				choice.Segment = Segments[0].Name
			}
			if _, err := process.SetChoice(ctx, l, id, 0, choice); err != nil {
				return err
			}
		}
		return nil
	})
	a.w.happens(a.revised, operations, func(ctx context.Context, l *ledger.Writer) error {
		if _, err := process.SaveDraft(ctx, l, a.ids[0], 0, largeProcess(2)); err != nil {
			return err
		}
		_, err := process.Publish(ctx, l, a.ids[0], 0, nil, "A brochure proves nothing, and security people stopped three deals: now we ask them early.")
		return err
	})
}

// worked is one deal on its way through its process.
type worked struct {
	*adoption
	p           *plan
	open, under bool
	number      int // of the version
	stage       int
	shown       map[process.MilestoneID]evidence.State
	last        calendar.Instant // when the newest thing was told
}

// tell takes in one thing that happened to a deal, and adds what its process brings.
func (d *worked) tell(h happening) {
	d.keepUp(h.recorded)
	if d.keep(h) {
		d.w.happenings = append(d.w.happenings, h)
	}
}

// keepUp brings the deal under its process, and under the revised version, once it is
// time.
func (d *worked) keepUp(now calendar.Instant) {
	if d.open && !d.under && now > d.adopted {
		at := max(d.adopted, d.last)
		d.under, d.number = true, 1
		if d.large() && at >= d.revised {
			d.number = 2
		}
		d.put(at)
		for stage := 1; stage <= d.stage; stage++ {
			d.claim(at, d.owner(at), reached(stage), turning[stage].name, turning[stage].marker)
		}
	}
	if d.open && d.under && d.large() && d.number == 1 && now > d.revised {
		d.number = 2
		d.put(max(d.revised, d.last))
	}
}

// keep takes one happening in; it tells whether the happening itself is told.
func (d *worked) keep(h happening) bool {
	d.last = max(d.last, h.recorded)
	switch h.kind {
	case deals.Created, deals.Reopened:
		d.open = true
	case deals.Closed:
		d.open = false
	case deals.StageSet:
		d.turn(h)
	case deals.MilestoneRecorded:
		if d.under {
			d.show(h)
			return false
		}
		d.remember(h)
	case deals.CriterionAssessed:
		if d.under && d.open && h.fact.Value == string(triad.Verified) {
			d.ask(h)
		}
	}
	return true
}

// turn brings the evidence of a turn to another stage.
func (d *worked) turn(h happening) {
	to := slices.IndexFunc(Stages, func(s StageTruth) bool { return s.Name == h.fact.Value })
	if d.under {
		for stage := d.stage + 1; stage <= to; stage++ {
			d.claim(h.recorded, h.actor, reached(stage), turning[stage].name, turning[stage].marker)
		}
		for stage := d.stage; stage > to; stage-- {
			d.say(h.recorded, h.actor, evidence.Unclaim, reached(stage), turning[stage].name, "It has to be won anew.")
		}
	}
	d.stage = to
}

// remember keeps what was shown before there was a process, which takes it over.
func (d *worked) remember(h happening) {
	n := slices.IndexFunc(Milestones, func(m MilestoneTruth) bool { return m.Name == h.fact.Name })
	d.shown[shows(n)] = map[string]evidence.State{"claimed": evidence.Claimed, "achieved": evidence.Confirmed}[h.fact.Value]
}

// ask tells that the second criterion of a part was answered, once the first is verified.
func (d *worked) ask(h happening) {
	n := slices.IndexFunc(Criteria, func(c CriterionTruth) bool { return c.Name == h.fact.Name })
	second := triadOfTheCompany()[2*n+1]
	fact := triad.Fact{Fact: deals.Fact{Name: string(second.ID), Value: second.Question}, Process: d.ids[0], State: triad.Met}
	if !d.large() {
		fact.Process = d.ids[1]
	}
	switch {
	case d.c.is(.2):
		fact.State = triad.Unmet
	case d.c.is(.4):
		fact.State, fact.Proof = triad.Verified, &evidence.Proof{Sort: evidence.NoteSort, Text: pick(d.c, remarks)}
	}
	d.w.add(happening{recorded: h.recorded, effective: h.recorded, actor: h.actor, via: ledger.ViaWeb, plan: d.p, kind: triad.Assessed,
		paper: &paper{d.c.id(h.recorded), string(d.p.id), fact}})
}

// show tells of a milestone that was reached or taken back while the process holds.
func (d *worked) show(h happening) {
	n := slices.IndexFunc(Milestones, func(m MilestoneTruth) bool { return m.Name == h.fact.Name })
	id := shows(n)
	if !d.open || !d.has(n) {
		return
	}
	at, manager := h.recorded, d.w.cast.managerOf(d.p.team, d.w.time.day(calendar.DateOf(h.recorded, d.w.time.place))).id
	stands := d.shown[id] == evidence.Claimed || d.shown[id] == evidence.Confirmed
	switch h.fact.Value {
	case "claimed", "achieved":
		if !stands {
			d.claim(at, h.actor, id, Milestones[n].Name, milestoneProofs[n].marker)
		}
		if h.fact.Value == "achieved" && d.shown[id] != evidence.Confirmed && manager != h.actor {
			d.say(at, manager, evidence.Confirm, id, Milestones[n].Name, "")
			d.shown[id] = evidence.Confirmed
		}
	case "revoked":
		switch {
		case !stands:
		case d.c.is(.6) && manager != h.actor:
			d.say(at, manager, evidence.Reject, id, Milestones[n].Name, pick(d.c, rejections))
			d.shown[id] = evidence.Rejected
			if d.c.is(.4) {
				d.say(at+calendar.Instant(2*60*60*1000), h.actor, evidence.Answer, id, Milestones[n].Name, pick(d.c, answers))
			}
		default:
			d.say(at, h.actor, evidence.Unclaim, id, Milestones[n].Name, pick(d.c, withdrawals))
			d.shown[id] = evidence.Missing
		}
	}
}

func (d *worked) large() bool { return d.p.segment.Name != Segments[0].Name }

// has tells whether the deal's process has a milestone.
func (d *worked) has(number int) bool {
	return d.large() || slices.Contains([]int{0, 3, 5, 9}, number)
}

func (d *worked) owner(at calendar.Instant) people.ID {
	return d.p.ownerThen(d.w.time.day(calendar.DateOf(at, d.w.time.place))).id
}

// put brings the deal under its version, by the rule that chose it.
func (d *worked) put(at calendar.Instant) {
	which, name := 0, largeProcess(d.number).Name
	if !d.large() {
		which, name = 1, smallProcess().Name
	}
	d.entry(at, "", ledger.ViaJob, deals.ProcessSet, string(d.p.id), d.c.id(at),
		evidence.Fact{Fact: deals.Fact{Name: string(d.ids[which]), Value: strconv.Itoa(d.number), Reason: name}, ByRule: true})
}

// claim gives evidence and claims a milestone with it.
func (d *worked) claim(at calendar.Instant, by people.ID, id process.MilestoneID, name, marker string) {
	item := d.c.id(at)
	proof := evidence.Proof{Sort: evidence.EmailSort, Text: marker + ": " + pick(d.c, places)}
	switch {
	case d.c.is(.25):
		proof = evidence.Proof{Sort: evidence.LinkSort, URL: "https://files.example.com/" + item[:8], Text: marker}
	case kindOf(id) == process.Deliverable && d.c.is(.15):
		proof = evidence.Proof{Sort: evidence.NoteSort, Text: marker + ". " + pick(d.c, remarks)}
	}
	proof.Confidential = d.c.is(.04)
	d.entry(at, by, ledger.ViaWeb, evidence.Given, item, item,
		evidence.Fact{Fact: deals.Fact{Name: string(id), Value: name}, Marker: markerOf(id), Proof: &proof})
	d.say(at, by, evidence.Claim, id, name, "")
	d.shown[id] = evidence.Claimed
}

func (d *worked) say(at calendar.Instant, by people.ID, kind ledger.Kind, id process.MilestoneID, name, reason string) {
	d.entry(at, by, ledger.ViaWeb, kind, string(d.p.id), d.c.id(at),
		evidence.Fact{Fact: deals.Fact{Name: string(id), Value: name, Reason: reason}})
}

func (d *worked) entry(at calendar.Instant, by people.ID, via ledger.Via, kind ledger.Kind, subject, id string, says evidence.Fact) {
	d.w.add(happening{recorded: at, effective: at, actor: by, via: via, plan: d.p, kind: kind, paper: &paper{id, subject, says}})
}

// settleEvidence writes what deals have shown, once all of it is told.
func (w *world) settleEvidence(ctx context.Context, l *ledger.Writer) error {
	if err := evidence.Rebuild(ctx, l); err != nil {
		return err
	}
	return evidence.Skip(ctx, l.DB)
}

var (
	places      = []string{"mail of the same day, folder “Customer”", "mail from their project lead", "mail with the attachment they sent", "their mail, forwarded to the account's folder"}
	remarks     = []string{"Said in the call, and repeated at the end.", "They wrote it on the board themselves.", "Seen with my own eyes at their site.", "Two of them said so, independently."}
	rejections  = []string{"The mail is from our own people.", "This is what we wrote, not what they said.", "The person who says so left in spring.", "The document is of another project.", "Nothing in it says what the milestone says."}
	answers     = []string{"There was a call afterwards; I will add who confirmed it.", "They changed the person; I am meeting the new one on Tuesday.", "True. I took their word for it."}
	withdrawals = []string{"They started over with another team.", "The date they gave has passed without anything.", "It was said, but not meant."}
)
