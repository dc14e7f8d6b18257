package testworld

import "milepost/deals"

// knewUs is why customers buy again; nobody else says it.
const knewUs = "They knew us already"

// WinReasons, LossReasons and NoActionReasons are why deals end, as reps record it:
// mostly what the closing form offers, and one reason that this company came to give
// of its own.
var (
	WinReasons = []Level{{Name: "We fitted what they needed", Share: .31}, {Name: "The figures added up for them", Share: .26},
		{Name: knewUs, Share: .19}, {Name: "Someone inside carried it", Share: .16}, {Name: "We could deliver soonest", Share: .08}}
	LossReasons = []Level{{Name: "Price", Share: .28}, {Name: "Outsold", Share: .18},
		{Name: "Something they needed was missing", Share: .17}, {Name: "They stayed with whom they have", Share: .16},
		{Name: "We came too late", Share: .09}, {Name: "Trial did not convince the users", Share: .12}}
	NoActionReasons = []Level{{Name: "No money for it", Share: .25}, {Name: "Something else came first", Share: .24},
		{Name: "Whoever wanted it left", Share: .14}, {Name: "It does not hurt enough", Share: .2}, {Name: "They fell silent", Share: .17}}
)

// parting is what prospects say when a deal ends, by the reason that it ended for. Who
// falls silent says nothing.
var parting = map[string][]string{
	"We fitted what they needed":        {"It was the only list in which nothing was crossed out.", "The alarm on the night shift's phones decided it.", "Quality signed the day after the trial."},
	"The figures added up for them":     {"Two spoiled loads less, and it has paid for itself.", "Our controller found your figures too careful. She liked that.", "It costs less than the two people who read the loggers."},
	knewUs:                              {"The first site has run for a year, and nobody rang us about it.", "We did not want to learn a second system.", "You came when it broke. That was enough."},
	"Someone inside carried it":         {"The head of quality put it on every agenda until it was done.", "Without the shift lead this would still be lying about."},
	"We could deliver soonest":          {"The auditors come in six weeks. You could, the others could not."},
	"Price":                             {"You were the better ones, and a third dearer.", "Purchasing stopped reading after the last page.", "They offered the gateways for nothing with a three-year term."},
	"Outsold":                           {"They had sat with our managing director twice before we saw your offer.", "The others reached the one who signs; you convinced the ones who use it.", "They wrote the requirements with us. Yours was the second offer.", "We never understood what it would have saved us. They worked it out with us."},
	"Something they needed was missing": {"It does not talk to our warehouse system, and ours will not change.", "We needed the certificate for frozen goods by now.", "Without readings every minute our auditors do not accept it."},
	"They stayed with whom they have":   {"What we have is not good, but we know it.", "They halved the yearly price when they heard of you."},
	"We came too late":                  {"Had you called in spring, we would have looked at it.", "The list of bidders was closed when your letter came."},
	"Trial did not convince the users":  {"The second hall never had a signal, and after that nobody opened the page.", "Three false alarms in one night, and the shift switched it off."},
	"No money for it":                   {"Everything above ten thousand is frozen until the new year.", "The roof of the second hall has eaten the budget."},
	"Something else came first":         {"The new warehouse system takes everyone until autumn.", "We are moving. Ask again when the doors are hung."},
	"Whoever wanted it left":            {"It was her project. Her successor has other plans."},
	"It does not hurt enough":           {"One load a year. The insurance pays for it.", "The auditors let us off with a remark."},
}

// farewell is why a deal ended, and what was said then. It draws from a chance of its
// own, so that no other part of the story depends on what people say.
func (t *teller) farewell(v visit) deals.Fact {
	fact := deals.Fact{Name: string(v.ends)}
	c := newChance(t.w.options.Seed, farewells+uint64(t.p.number)<<16+uint64(v.from))
	said := .5
	switch v.ends {
	case deals.Won:
		if fact.Reason = c.level(WinReasons).Name; fact.Reason == knewUs && !t.p.existing {
			fact.Reason = WinReasons[0].Name
		}
		said = .3 // who has won has other things to do
	case deals.Lost:
		if fact.Value = t.p.competitor; fact.Value == "" {
			fact.Value = t.p.level(Competitors).Name
		}
		fact.Reason = t.p.level(LossReasons).Name
	case deals.NoAction:
		fact.Reason = t.p.level(NoActionReasons).Name
	}
	if texts := parting[fact.Reason]; len(texts) > 0 && c.is(said) {
		fact.Words = pick(c, texts)
	}
	return fact
}

// farewells is the first of the streams of chance from which endings are drawn.
const farewells = 1 << 40
