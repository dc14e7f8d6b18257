package testworld

import (
	"context"
	"strings"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/money"
	"milepost/people"
)

// SmallDeal is a deal of a small organization as it stands at SmallNow.
type SmallDeal struct {
	Key     string
	ID      deals.ID
	Title   string
	Owner   people.ID // empty: of nobody
	Amount  *money.Amount
	Stage   string
	Outcome deals.Outcome // empty while open
}

// What the deals of a small organization come to, for tests of totals.
const (
	SmallOpen      = 8
	SmallOpenEUR   = 89_500_00 // with the deal of nobody, 2,500
	SmallOpenGBP   = 3_000_00
	SmallWonEUR    = 23_000_00 // Dan's 8,000 in April, Finn's 15,000 in May
	SmallDanOpen   = 12_000_00
	SmallBenTeam   = 38_000_00 // open in EUR: Dan 12,000, Eve 20,000, Ben himself 6,000
	SmallCleosTeam = 49_000_00 // open in EUR: Finn 40,000 and 9,000; Gus has no amount
)

// smallDeal is how a deal is told: each change is a day, a kind and a value.
type smallDeal struct {
	key, title, owner, created, amount, stage, closes string
	then                                              [][3]string
}

// smallDeals is the dozen. Accounts are shared where their names are.
var smallDeals = []smallDeal{
	{"dan open", "Scales for the harbour", "Dan", "2026-02-10", "EUR 12000", "Negotiation", "2026-06-15", nil},
	{"dan won", "Scales for the bakery", "Dan", "2026-01-15", "EUR 8000", "Negotiation", "2026-04-30", [][3]string{{"2026-04-10", "won", ""}}},
	{"dan lost", "Scales for the dairy", "Dan", "2026-01-20", "EUR 5000", "Proposal", "2026-04-30", [][3]string{{"2026-04-20", "lost", "Rivalin: Price"}}},
	{"eve open", "Belt for the harbour", "Eve", "2026-03-02", "EUR 20000", "Proposal", "2026-06-30", nil},
	{"eve pounds", "Belt for the island", "Eve", "2026-03-20", "GBP 3000", "Discovery", "2026-07-31", nil},
	{"eve no action", "Belt for the brewery", "Eve", "2025-12-01", "EUR 7000", "Evaluation", "2026-03-31", [][3]string{{"2026-05-04", "no_action", ": Budget frozen"}}},
	{"finn late", "Oven for the mill", "Finn", "2025-12-10", "EUR 40000", "Evaluation", "2026-02-28", [][3]string{{"2026-02-27", "close", "2026-03-31"}, {"2026-04-01", "close", "2026-05-01"}}},
	{"finn won", "Oven for the bakery", "Finn", "2026-02-02", "EUR 15000", "Negotiation", "2026-05-15", [][3]string{{"2026-05-12", "won", ""}}},
	{"finn reopened", "Oven for the school", "Finn", "2026-01-05", "EUR 9000", "Proposal", "2026-06-30", [][3]string{{"2026-03-16", "no_action", ": Sponsor left"}, {"2026-05-06", "reopen", "New sponsor"}}},
	{"gus handed over", "Lift for the depot", "Finn", "2026-04-07", "", "Discovery", "2026-08-31", [][3]string{{"2026-05-11", "owner", "Gus"}}},
	{"ben own", "Lift for the museum", "Ben", "2026-04-14", "EUR 6000", "Proposal", "2026-06-12", nil},
	{"nobody", "Lift for the theatre", "", "2026-05-05", "EUR 2500", "Discovery", "2026-09-30", nil},
}

// make tells one deal, on its days, at ten in the morning.
func (o *SmallOrganization) make(s smallDeal) {
	o.test.Helper()
	owner := o.named(s.owner)
	_, account, _ := strings.Cut(s.title, " for the ")
	deal := SmallDeal{Key: s.key, Title: s.title + " " + o.Mark, Owner: owner.ID, Stage: s.stage, Amount: amountOf(s.amount)}
	o.record(o.ten(s.created), owner.ID, func(ctx context.Context, w *ledger.Writer) error {
		id, err := deals.EnsureAccount(ctx, w, account+" "+o.Mark)
		if err != nil {
			return err
		}
		changes := []deals.Change{{Kind: deals.Created, Fact: deals.Fact{Value: deal.Title}},
			{Kind: deals.AccountSet, Fact: deals.Fact{Account: id, Value: account + " " + o.Mark}},
			{Kind: deals.StageSet, Fact: deals.Fact{Value: s.stage}},
			{Kind: deals.CloseDateSet, Fact: deals.Fact{Date: calendar.Date(s.closes)}},
			{Kind: deals.AttributeSet, Fact: deals.Fact{Name: "segment", Value: "mid-market"}}}
		if s.owner != "" {
			changes = append(changes, deals.Change{Kind: deals.OwnerSet, Fact: deals.Fact{Person: owner.ID}})
		}
		if deal.Amount != nil {
			changes = append(changes, deals.Change{Kind: deals.AmountSet, Fact: deals.Fact{Amount: deal.Amount}})
		}
		opened, err := deals.Open(ctx, w, changes...)
		deal.ID = opened.ID
		return err
	})
	for _, then := range s.then {
		o.Record(o.ten(then[0]), owner, deal.ID, o.change(&deal, then[1], then[2]))
	}
	o.Deals = append(o.Deals, deal)
}

// change is what happens to a deal later; the deal as told keeps up with it.
func (o *SmallOrganization) change(deal *SmallDeal, what, value string) deals.Change {
	switch what {
	case "close":
		return deals.Change{Kind: deals.CloseDateSet, Fact: deals.Fact{Date: calendar.Date(value)}}
	case "owner":
		to := o.named(value)
		deal.Owner = to.ID
		return deals.Change{Kind: deals.OwnerSet, Fact: deals.Fact{Person: to.ID}}
	case "reopen":
		deal.Outcome = ""
		return deals.Change{Kind: deals.Reopened, Fact: deals.Fact{Reason: value}}
	}
	deal.Outcome = deals.Outcome(what)
	competitor, reason, _ := strings.Cut(value, ": ")
	return deals.Change{Kind: deals.Closed, Fact: deals.Fact{Name: what, Value: competitor, Reason: reason}}
}

func (o *SmallOrganization) ten(date string) calendar.Instant {
	return calendar.Date(date).Midnight(o.Place()) + 10*60*60*1000
}

func (o *SmallOrganization) named(name string) people.Person {
	for _, p := range o.Everyone() {
		if name != "" && p.Name == name+" "+o.Mark {
			return p
		}
	}
	return people.Person{}
}

func amountOf(text string) *money.Amount {
	currency, number, ok := strings.Cut(text, " ")
	if !ok {
		return nil
	}
	amount, err := money.Parse(number, money.Currency(currency))
	if err != nil {
		panic(err) // the table above is wrong
	}
	return &amount
}
