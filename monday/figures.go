package monday

import (
	"math"
	"slices"

	"milepost/forecasts"
	"milepost/money"
	"milepost/targets"
)

// figures is the line of figures of a period, in one measure.
type figures struct {
	Measure  targets.Measure
	Target   *int64
	Booked   int64
	Expected []int64 // on top, by method; nil while it is not known
	Open     int64
	// Converted tells that other currencies are in it.
	Converted bool
}

// gap is what is missing to the target when what is expected comes; negative is more
// than the target. False where there is no target, or nothing to expect by.
func (f *figures) gap(method int) (int64, bool) {
	if f.Target == nil || f.Expected == nil {
		return 0, false
	}
	return *f.Target - f.Booked - f.Expected[method], true
}

// tally adds up what is expected of open deals, by measure.
type tally struct {
	open     money.Totals
	deals    int64
	expected map[money.Currency][]float64
	wins     []float64
	// converted is the currency that others were exchanged into.
	converted money.Currency
	// by prices deals as they are taken in, and priced is what those of a currency come to.
	by     *pricing
	priced map[money.Currency]*priced
}

func newTally(by *pricing) *tally {
	return &tally{open: money.Totals{}, expected: map[money.Currency][]float64{}, by: by}
}

// pricedIn is where deals of a currency are added up that are exchanged.
func (t *tally) pricedIn(from money.Currency) *priced {
	if t.priced == nil {
		t.priced = map[money.Currency]*priced{}
	}
	if t.priced[from] == nil {
		t.priced[from] = &priced{}
	}
	return t.priced[from]
}

// take takes in an open deal and its odds; without odds it only counts as open.
func (t *tally) take(d *deal, won []float64) {
	t.deals++
	a, has := d.amount()
	if has {
		t.open.Add(a)
		if worth, exchanged := t.by.worth(a); exchanged {
			t.pricedIn(a.Currency).add(worth, won, float64(worth))
		}
	}
	if t.wins == nil && won != nil {
		t.wins = make([]float64, len(won))
	}
	for m, p := range won {
		t.wins[m] += p
		if has {
			if t.expected[a.Currency] == nil {
				t.expected[a.Currency] = make([]float64, len(won))
			}
			t.expected[a.Currency][m] += p * float64(a.Minor)
		}
	}
}

// join takes in what another has added up.
func (t *tally) join(other *tally) {
	t.deals += other.deals
	t.open.Join(other.open)
	for from, worth := range other.priced {
		t.pricedIn(from).add(worth.minor, worth.expected, 1)
	}
	if t.wins == nil && other.wins != nil {
		t.wins = make([]float64, len(other.wins))
	}
	for m, sum := range other.wins {
		t.wins[m] += sum
	}
	for currency, sums := range other.expected {
		if t.expected[currency] == nil {
			t.expected[currency] = make([]float64, len(sums))
		}
		for m, sum := range sums {
			t.expected[currency][m] += sum
		}
	}
}

// lines puts target, booked and expected side by side: the organization's currency
// first, then the others in which there is a target or anything is booked or open;
// won deals last, where they have a target or there is no money at all.
func (t *tally) lines(f targets.Figures, own money.Currency, e *expected) []figures {
	measures := f.Measures()
	for currency := range t.open {
		measures = append(measures, targets.Money(currency))
	}
	if len(measures) == 0 {
		measures = []targets.Measure{targets.Wins}
	}
	slices.SortFunc(measures, func(a, b targets.Measure) int {
		return order(a, own) - order(b, own)
	})
	slices.SortStableFunc(measures, func(a, b targets.Measure) int {
		if order(a, own) == 1 && order(b, own) == 1 {
			return int(max(-1, min(1, t.open[b.Currency()]-t.open[a.Currency()])))
		}
		return order(a, own) - order(b, own)
	})
	var list []figures
	for _, m := range slices.Compact(measures) {
		list = append(list, t.line(m, f, e))
	}
	return list
}

func order(m targets.Measure, own money.Currency) int {
	switch m {
	case targets.Money(own):
		return 0
	case targets.Wins:
		return 2
	}
	return 1
}

func (t *tally) line(m targets.Measure, f targets.Figures, e *expected) figures {
	line := figures{Measure: m, Booked: f.In(m), Open: t.deals,
		Converted: m != targets.Wins && (m == targets.Money(f.AddedUp) || m == targets.Money(t.converted))}
	if quota, is := f.Quota[m]; is {
		line.Target = &quota
	}
	floats := t.wins
	if m != targets.Wins {
		line.Open = t.open[m.Currency()]
		floats = t.expected[m.Currency()]
	}
	if e == nil || e.Basis.TooFew() {
		return line
	}
	line.Expected = make([]int64, len(e.Methods))
	for method := range floats {
		line.Expected[method] = int64(math.Round(floats[method]))
	}
	return line
}

// biasesFor is how far off the methods were at this point of the periods before.
func (s *shelf) biasesFor(span string) map[string]bias {
	found := map[string]bias{}
	for _, b := range s.biases {
		if b.Span == span {
			found[b.Method] = b
		}
	}
	return found
}

// biasText says how far off a method was, for a sentence.
func biasText(b bias) string {
	label := "“" + forecasts.MethodLabel(b.Method) + "”"
	off := int(math.Round(100 * math.Abs(b.Bias)))
	switch {
	case off == 0:
		return label + " was right on average"
	case b.Bias > 0:
		return label + " said " + figure(int64(off)) + " % too many"
	}
	return label + " said " + figure(int64(off)) + " % too few"
}
