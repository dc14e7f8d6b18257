package testworld

import (
	"context"

	"milepost/accounts"
	"milepost/internal/ledger"
)

// recent is for how many days after its end the parts in a deal are still told:
// before that, nobody wrote them down.
const recent = 120

// matters tells whether who plays which part in a deal was written down.
func (w *world) matters(p *plan) bool {
	return p.created < w.time.today && p.closed() > w.time.today-recent
}

// isOpen tells whether a deal is still to end.
func (w *world) isOpen(p *plan) bool { return p.created < w.time.today && p.closed() > w.time.today }

// stageNow is the stage in which a deal is, or ended.
func (w *world) stageNow(p *plan) int {
	stage := 0
	for _, v := range p.visits {
		if v.from <= w.time.today {
			stage = v.stage
		}
	}
	return stage
}

// known is how often someone of a part is known in a deal, by its stage.
var known = map[accounts.Role][5]float64{
	accounts.Champion:           {.55, .75, .85, .9, .95},
	accounts.User:               {.5, .7, .85, .85, .85},
	accounts.TechnicalEvaluator: {.2, .5, .75, .8, .8},
	accounts.EconomicBuyer:      {.2, .5, .72, .85, .92},
	accounts.Legal:              {0, 0, .15, .5, .85},
}

// standing draws where a contact stands in a deal; nowhere, when nobody asked.
func (w *world) standing(p *plan, c *acquaintance) accounts.Standing {
	s := accounts.Standing{Role: c.kind}
	chance := known[c.kind][w.stageNow(p)]
	if c.kind == accounts.EconomicBuyer && p.owner().name == strugglingName {
		chance *= .25
	}
	if !w.matters(p) || !p.whale && !w.more.is(chance) {
		return accounts.Standing{}
	}
	switch c.kind {
	case accounts.Champion:
		s.Influence, s.Attitude = pick(w.more, []string{"medium", "high", "high"}), "for"
	case accounts.EconomicBuyer:
		s.Influence, s.Attitude = "high", pick(w.more, []string{"", "for", "neutral", "neutral"})
	case accounts.User:
		s.Influence, s.Attitude = pick(w.more, []string{"low", "low", "medium"}), pick(w.more, []string{"for", "for", "neutral"})
	default:
		s.Influence, s.Attitude = pick(w.more, []string{"", "medium"}), pick(w.more, []string{"", "neutral", "neutral", "against"})
		if c.kind == accounts.TechnicalEvaluator && s.Attitude == "against" && w.more.is(.5) {
			s.Role = accounts.Blocker
		}
	}
	if p.whale {
		s.Influence = "medium"
	}
	return s
}

// giveParts tells which parts are learned later in a deal: at the second deal of an
// account, and of those whom one does not meet in the first days.
func (w *world) giveParts() {
	for _, p := range w.deals {
		if !w.matters(p) {
			continue
		}
		for _, c := range p.account.contacts {
			if len(c.Involved) > 0 && c.Involved[0].Deal == p.id {
				continue
			}
			if p.account.first == p && (c.kind == accounts.Champion || c.kind == accounts.User) && !p.whale {
				continue // was asked about, and not known
			}
			if s := w.standing(p, c); s.Role != "" {
				w.givePart(p, c, s)
			}
		}
	}
}

func (w *world) givePart(p *plan, c *acquaintance, s accounts.Standing) {
	learned := max(p.created+1, c.met+1) + w.more.IntN(max(1, (min(p.closed(), w.time.today)-p.created)*2/3))
	day := w.time.nextWorking(learned)
	if day >= min(p.closed(), w.time.today) {
		return
	}
	at := w.hour(p, day)
	w.add(happening{recorded: at, effective: at, actor: p.ownerThen(day).id, via: ledger.ViaWeb, row: p, about: []any{c},
		deed: func(ctx context.Context, l *ledger.Writer) error {
			_, err := accounts.SetRole(ctx, l, c.ID, p.id, s, 0)
			return err
		}})
}
