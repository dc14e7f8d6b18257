package testworld

import (
	"fmt"
	"strings"

	"milepost/accounts"
	"milepost/activities"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
)

// noted is the share of deals with which somebody keeps a note.
const noted = .15

// keepNotes writes notes on some deals: mostly one, by the owner, now and then by the
// manager.
func (w *world) keepNotes(p *plan) {
	if p.whale {
		w.noteOnWhale(p)
		return
	}
	if !w.more.is(noted) {
		return
	}
	for _, v := range p.visits {
		if !w.more.is(1 / float64(len(p.visits))) {
			continue
		}
		day := w.time.nextWorking(v.from + int(float64(v.until-v.from)*w.more.Float64()*.8))
		if day < w.time.opening+2 || day >= min(w.time.today, p.closed()) {
			continue
		}
		author := p.ownerThen(day)
		text := fmt.Sprintf(pick(w.more, jottings[v.stage]), w.someoneAt(p, day))
		if v.stage >= evaluation && w.more.is(.14) {
			author = w.cast.managerOf(p.team, day)
			text = pick(w.more, advice)
		}
		w.note(p, w.hour(p, day), author.id, text, false)
	}
}

// note writes a note, and pins it if asked to.
func (w *world) note(p *plan, at calendar.Instant, author people.ID, text string, pinned bool) {
	id := w.more.id(at)
	w.keep(p, at, author, activities.NoteWritten, paper{id, id, deals.Fact{Value: text}})
	if pinned {
		w.keep(p, at, author, activities.NotePinned, paper{w.more.id(at), id, struct{}{}})
	}
}

// keep adds an entry of the deal's folder.
func (w *world) keep(p *plan, at calendar.Instant, by people.ID, kind ledger.Kind, says paper) {
	w.add(happening{recorded: at, effective: at, actor: by, via: ledger.ViaWeb, plan: p, kind: kind, paper: &says})
}

// someoneAt is whom one knows at the account on a day, by name, or else by what they
// do there.
func (w *world) someoneAt(p *plan, day int) string {
	if c := w.anyoneAt(p, day); c != nil {
		return c.Name
	}
	return pick(w.more, []string{"their quality manager", "the head of logistics", "their purchasing"})
}

// anyoneAt is a contact who was written down before a day and does not sign: who
// signs is met when the story says so.
func (w *world) anyoneAt(p *plan, day int) *acquaintance {
	var met []*acquaintance
	for _, c := range p.account.contacts {
		if c.met < day && c.kind != accounts.EconomicBuyer {
			met = append(met, c)
		}
	}
	if len(met) == 0 {
		return nil
	}
	return pick(w.more, met)
}

// noteOnWhale is the long note that everybody reads before they talk about the deal,
// and the manager's question underneath.
func (w *world) noteOnWhale(p *plan) {
	names := make([]any, 3)
	for i := range names {
		names[i] = p.account.contacts[i].Name
	}
	day := w.time.nextWorking(w.time.today - 37)
	w.note(p, w.hour(p, day), p.rep.id, fmt.Sprintf(strings.TrimSpace(whaleNote), names...), true)
	day = w.time.nextWorking(w.time.today - 16)
	w.note(p, w.hour(p, day), w.cast.managerOf(p.team, day).id, whaleQuestion, false)
}
