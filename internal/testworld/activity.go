package testworld

import "milepost/deals"

var types = []string{"call", "e-mail", "meeting"}

// converse tells of the conversations of a visit. Where nothing will come of it,
// the prospect answers less and less.
func (t *teller) converse(v visit) {
	owner := v.rep.rep
	for day := v.from + 1; day <= min(v.until, t.w.time.today); day++ {
		rate := owner.Activity * t.w.time.paces[day]
		if v.ends == deals.NoAction && day-v.from > (v.until-v.from)*2/5 {
			rate *= .05
		}
		if rate == 0 || !t.p.is(rate) {
			continue
		}
		kind := types[t.p.of(.42, .36, .22)]
		t.say(day, t.late(), deals.ActivityLogged, deals.Fact{Name: kind, Value: t.words(kind, v.stage)})
	}
	if v.stage == evaluation && t.p.competitor != "" && t.p.is(.75) {
		t.say(t.within(v, 0, .7), 0, deals.CompetitorNamed, deals.Fact{Value: t.p.competitor})
	}
}

// words are what is said of a conversation: something that was not said yet of the
// same deal, as long as there is anything.
func (t *teller) words(kind string, stage int) string {
	list := conversations[kind][stage]
	for start, i := t.p.IntN(len(list)), 0; i < len(list); i++ {
		if text := list[(start+i)%len(list)]; !t.said[text] {
			t.said[text] = true
			return text
		}
	}
	return pick(t.p.chance, quiet[kind])
}
