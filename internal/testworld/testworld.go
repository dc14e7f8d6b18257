// Package testworld is a company that never was, whose truth we know. It sells
// sensors that watch over cold chains; it has a head of sales, two directors, six
// teams, and two years of deals that end today. We drew every deal from figures
// that are written down in Truth, so that whoever builds a forecast can compare what
// it says with what is so, and whoever opens Milepost for the first time finds a
// company in which something is going on: a team that is strong, a rep who is
// stuck, a quarter that stalled in one region, and one very large deal that keeps
// slipping.
//
// Nobody in it exists: people, accounts and competitors are invented. It is
// imported by tests and by the demonstration only.
package testworld

import (
	"context"
	"fmt"
	"slices"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/money"
	"milepost/people"
	"milepost/products"
)

// Name is the demonstration company's.
const Name = "Fjordlight Instruments (demonstration)"

const zone = "Europe/Oslo"

// euro is the company's own currency.
const euro = money.Currency("EUR")

// Options say which company is made. The same options make the same company.
type Options struct {
	Now   calendar.Instant // the history ends here
	Seed  uint64
	Deals int // how many; 0 means 4,000

	// Furnished adds contacts with their parts, details of accounts, targets and products; the
	// schemas of accounts, targets and products must be there.
	Furnished bool
}

// Company makes the demonstration company in a database and tells the truth about
// it. The entries are written in the order in which they were recorded.
func Company(ctx context.Context, d *db.DB, o Options) (Truth, error) {
	if o.Deals == 0 {
		o.Deals = 4000
	}
	w, err := newWorld(o)
	if err != nil {
		return Truth{}, err
	}
	d = d.Naming(newChance(o.Seed, nameStream).id)
	w.truth.Organization, err = people.Found(ctx, d.Everywhere(), people.Organization{ID: db.Org(newChance(o.Seed, foundingStream).id(w.time.at(w.time.opening-14, 9*60))), Name: Name, TimeZone: zone,
		FiscalStart: 1, Currency: euro, Demonstration: true, CreatedAt: w.time.at(w.time.opening-14, 9*60)})
	if err != nil {
		return Truth{}, fmt.Errorf("founding the demonstration company: %w", err)
	}
	w.assemble()
	for i, p := range w.draw() {
		p.number = i
		p.open = w.isOpen(p)
		w.tell(p)
	}
	w.furnish()
	slices.SortStableFunc(w.happenings, before)
	if err := w.write(ctx, d.For(w.truth.Organization.ID)); err != nil {
		return Truth{}, fmt.Errorf("writing the demonstration company: %w", err)
	}
	if o.Furnished {
		if err := ledger.Record(ctx, d.For(w.truth.Organization.ID), ledger.By{}, func(l *ledger.Writer) error { return products.Rebuild(ctx, l) }); err != nil {
			return Truth{}, fmt.Errorf("writing the products of the demonstration company: %w", err)
		}
		if err := ledger.Record(ctx, d.For(w.truth.Organization.ID), ledger.By{}, func(l *ledger.Writer) error { return w.settleEvidence(ctx, l) }); err != nil {
			return Truth{}, fmt.Errorf("writing the evidence of the demonstration company: %w", err)
		}
	}
	return w.truth, nil
}

// world is the company in the making.
type world struct {
	options    Options
	truth      Truth
	time       timeline
	cast       *cast
	happenings []happening
	deals      []*plan
	book       *book
	more       chance // of what was added to the story later
	agenda     []errand
	plans      []*agreement
}

func newWorld(o Options) (*world, error) {
	time, err := newTimeline(o.Now)
	if err != nil {
		return nil, err
	}
	w := &world{options: o, time: time}
	w.truth = newTruth(time)
	w.cast = newCast(w)
	w.book, w.more = newBook(o.Seed), newChance(o.Seed, moreStream)
	return w, nil
}
