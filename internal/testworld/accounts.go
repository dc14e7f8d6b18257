package testworld

import (
	"strings"

	"milepost/deals"
)

// account is a company that the demonstration sells to; its id is known once it is
// written.
type account struct {
	id       deals.AccountID
	name     string
	first    *plan           // the first deal with it
	contacts []*acquaintance // empty until someone was written down
}

// book hands out accounts: known ones to deals with customers, new ones to others.
type book struct {
	chance
	known map[string][]*account // by region and segment
	taken map[string]bool
}

func newBook(seed uint64) *book {
	return &book{newChance(seed, 3), map[string][]*account{}, map[string]bool{}}
}

func (b *book) assign(p *plan) *account {
	shelf := p.team.region + "/" + p.segment.Name
	if known := b.known[shelf]; p.existing && len(known) > 3 {
		return pick(b.chance, known)
	}
	a := &account{name: b.name(p)}
	b.known[shelf] = append(b.known[shelf], a)
	return a
}

// Stems of two parts give company names that sound right and belong to nobody.
var (
	stems = map[string][2][]string{
		"Nordics": {{"Halv", "Bryg", "Tveit", "Orm", "Skjel", "Vinter", "Lom", "Rauk", "Granv", "Ulst", "Fjell", "Syn"},
			{"mose", "dalen", "viksund", "holmen", "bakkar", "straum", "nesset", "lunden"}},
		"Britain and Ireland": {{"Thorn", "Wex", "Bram", "Caster", "Kil", "Dun", "Hather", "Marl", "Pen", "Ash", "Old", "Glen"},
			{"combe Mill", "wickton", "more Vale", "cross Hill", "dare Bridge", "leigh Cross", "ford Abbey", "garrow"}},
		"Benelux": {{"Van Zuid", "De Bloem", "Ooster", "Water", "Hage", "Linden", "Kasteel", "Molen", "Noorder", "Zand", "Wilgen", "Rijn"},
			{"hoek", "polder", "meersch", "kamp", "velden", "sluis", "daele", "stede"}},
		"Central Europe": {{"Alten", "Bergh", "Dorn", "Eichen", "Falken", "Grau", "Hohen", "Kloster", "Lauter", "Stein", "Wald", "Zell"},
			{"brunnfeld", "auwald", "kirchner", "steinach", "bergau", "rieden", "moosbach", "hagen & Sohn"}},
		"Southern Europe": {{"Monte", "Vila", "Casal", "Font", "Porto", "Serra", "Campo", "Riva", "Torre", "Val", "Pont", "San"},
			{"lariza", "morena Alta", "belmira", "verdosa", "castelha", "roccana", "dolmes", "quintal"}},
		"North America": {{"Maple", "Cedar", "Prairie", "Lake", "Granite", "Summit", "Harbor", "Willow", "Copper", "Falcon", "Stony", "River"},
			{"hollow Point", "brook Crossing", "ridge Landing", "field Junction", "creek Bend", "wood Falls", "mont Valley", "view Forks"}},
	}
	trades = map[string][]string{
		"small business": {"Bakery", "Fish Smokehouse", "Flower Wholesale", "Creamery", "Pharmacy Group", "Ice Cream", "Butchers", "Brewing", "Veterinary Supplies", "Chocolate Works"},
		"mid-market":     {"Seafood Export", "Cold Storage", "Dairy Cooperative", "Fresh Logistics", "Laboratory Supplies", "Frozen Foods", "Fruit Terminal", "Catering", "Seed and Plant", "Blood Products"},
		"enterprise":     {"Pharma Distribution", "Food Group", "Retail Logistics", "Shipping Lines", "Vaccines", "Air Cargo", "Beverage Holdings", "Medical Devices"},
		"public sector":  {"University Hospital", "Regional Health Trust", "School Meals Service", "Blood Bank", "Veterinary Institute", "City Food Inspection", "Disaster Relief Stores", "Research Institute"},
	}
)

func (b *book) name(p *plan) string {
	if p.whale {
		b.taken[whaleAccount] = true
		return whaleAccount
	}
	parts := stems[p.team.region]
	for try := 0; ; try++ {
		words := []string{pick(b.chance, parts[0]) + pick(b.chance, parts[1]), pick(b.chance, trades[p.segment.Name])}
		if try > 20 {
			words = append(words, pick(b.chance, []string{"North", "South", "East", "West", "Central", "Coast", "Islands", "Valley"}))
		}
		name := strings.Join(words, " ")
		if try > 60 {
			name += " " + string(rune('A'+b.IntN(26))) + string(rune('A'+b.IntN(26)))
		}
		if !b.taken[name] {
			b.taken[name] = true
			return name
		}
	}
}
