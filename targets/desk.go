package targets

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/people"
	"milepost/problem"
)

// pages answers requests.
type pages struct{ slice.Program }

// desk is what every page needs of whoever is asking.
type desk struct {
	viewer *people.Viewer
	access Access
	db     *db.DB // confined to the viewer's organization
	now    calendar.Instant
	people map[people.ID]people.Person
	order  []people.Person // by name
}

func (p *pages) desk(r *http.Request) (*desk, error) {
	v := people.ViewerFrom(r.Context())
	k := &desk{viewer: v, db: p.DB.For(v.Org), now: p.Clock(), people: map[people.ID]people.Person{}}
	var err error
	if k.access, err = AccessOf(r.Context(), k.db, v, k.now); err != nil {
		return nil, err
	}
	if k.order, err = people.Everyone(r.Context(), k.db, v.Org); err != nil {
		return nil, fmt.Errorf("reading people: %w", err)
	}
	for _, person := range k.order {
		k.people[person.ID] = person
	}
	return k, nil
}

func (k *desk) organization() people.Organization { return k.viewer.Organization }

func (k *desk) today() calendar.Date { return calendar.DateOf(k.now, k.organization().Place()) }

func (k *desk) names() map[people.ID]string {
	names := make(map[people.ID]string, len(k.order))
	for _, p := range k.order {
		names[p.ID] = p.Name
	}
	return names
}

// question is which grid is asked for: whose team, which fiscal year, which measure.
type question struct {
	Of      people.ID
	Year    calendar.Period
	Measure Measure
}

func (q question) path(base string) string {
	values := url.Values{"of": {string(q.Of)}, "year": {yearNumber(q.Year)}, "in": {string(q.Measure)}}
	return base + "?" + values.Encode()
}

func yearNumber(year calendar.Period) string { return strings.TrimPrefix(year.Name, "FY ") }

// question reads what is asked for; what is not said is the viewer's team, this
// year, and the organization's currency.
func (k *desk) question(form url.Values) (question, error) {
	q := question{Of: people.ID(form.Get("of")), Year: k.organization().Fiscal().Year(k.today()), Measure: Money(k.organization().Currency)}
	if text := form.Get("year"); text != "" {
		year, err := k.yearNamed(text)
		if err != nil {
			return q, err
		}
		q.Year = year
	}
	if text := form.Get("in"); text != "" {
		var err error
		if q.Measure, err = ParseMeasure(text); err != nil {
			return q, err
		}
	}
	if q.Of == "" {
		q.Of = k.top()
	}
	return q, nil
}

// yearNamed is the fiscal year of a number: FY 2027.
func (k *desk) yearNamed(text string) (calendar.Period, error) {
	fiscal := k.organization().Fiscal()
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil || n < 2000 || n > 2100 {
		return calendar.Period{}, problem.Invalid("year", "“%s” is not a year like 2027.", clip(text))
	}
	year := fiscal.Year(calendar.NewDate(n, fiscal.Start, 1))
	if yearNumber(year) != strconv.Itoa(n) {
		year = fiscal.Year(year.From.AddMonths(-12))
	}
	return year, nil
}

// top is whose team a viewer looks at first: their own; operations begin with the
// head of sales. It is empty when there is no team.
func (k *desk) top() people.ID {
	if k.viewer.Manages() || !k.viewer.SeesEveryDeal() {
		return k.viewer.ID
	}
	if heads := k.heads(); len(heads) > 0 {
		return heads[0]
	}
	return ""
}

// heads lists those who lead and report to nobody, the largest team first.
func (k *desk) heads() []people.ID {
	var heads []people.ID
	for _, p := range k.order {
		if k.access.chart.Manager(p.ID) == "" && len(k.access.chart.Reports(p.ID)) > 0 {
			heads = append(heads, p.ID)
		}
	}
	slices.SortStableFunc(heads, func(a, b people.ID) int {
		return len(k.access.chart.Below(b)) - len(k.access.chart.Below(a))
	})
	return heads
}

// sheet reads a fiscal year, and further months if asked for, as it stands. Seen is
// what the person saw; 0 is everything up to now.
func (k *desk) sheet(ctx context.Context, d *db.DB, q question, seen int64, spread string, further []calendar.Date) (*sheet, error) {
	s := &sheet{Year: q.Year, Measure: q.Measure, Seen: seen, Names: k.names()}
	if seen == 0 {
		head, err := ledger.Head(ctx, d, k.viewer.Org)
		if err != nil {
			return nil, fmt.Errorf("reading the head of the ledger: %w", err)
		}
		s.Seen = head
	}
	span := q.Year
	for _, month := range further {
		span.From, span.Until = min(span.From, month), max(span.Until, month.AddMonths(1))
	}
	var err error
	if s.Book, err = AsOf(ctx, d, k.viewer.Org, span, deals.Ever); err != nil {
		return nil, fmt.Errorf("reading targets: %w", err)
	}
	if spread == bySeason {
		s.Season, err = SeasonOf(ctx, d, k.organization(), q.Measure, k.now)
	}
	return s, err
}

// The ways in which a quarter or a year is spread over its months.
const (
	evenly   = "even"
	bySeason = "season"
)

func spreadOf(form url.Values) string {
	if form.Get("spread") == bySeason {
		return bySeason
	}
	return evenly
}

// above is the way from the top of what the viewer sees down to a person.
func (k *desk) above(person people.ID) []people.ID {
	var list []people.ID
	for at := k.access.chart.Manager(person); at != "" && k.access.MaySee(at) && len(list) < deepest; at = k.access.chart.Manager(at) {
		list = append(list, at)
	}
	slices.Reverse(list)
	return list
}
