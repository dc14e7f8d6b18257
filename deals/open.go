package deals

import (
	"context"
	"errors"
	"strings"

	"milepost/calendar"
	"milepost/internal/ledger"
	"milepost/money"
	"milepost/people"
	"milepost/problem"
)

// NewDeal is what a person says of a deal when opening it, as typed. Only the
// title is needed; what is empty is not known yet.
type NewDeal struct {
	Description
	Amount    string
	Currency  string
	CloseDate string
	Stage     string
}

// OpenDeal records a new deal of an owner within reach.
func OpenDeal(ctx context.Context, w *ledger.Writer, n NewDeal, owner people.Person, reach Reach, now Now) (Opportunity, error) {
	d, badWords := n.cleaned()
	changes := []Change{{Kind: Created, Fact: Fact{Value: d.Title}}}
	owned, badOwner := ownedBy(owner, reach)
	facts, badFacts := n.facts(now.Today())
	if err := errors.Join(badWords, badOwner, badFacts); err != nil {
		return Opportunity{}, err
	}
	account, err := ofAccount(ctx, w, "", d.Account)
	if err != nil {
		return Opportunity{}, err
	}
	for _, more := range [][]Change{account, owned, facts, d.attributes(nil)} {
		changes = append(changes, more...)
	}
	return Open(ctx, w, changes...)
}

// facts are amount, expected close and stage, by the rules that hold for changing
// them.
func (n NewDeal) facts(today calendar.Date) ([]Change, error) {
	empty := &Opportunity{}
	amount, badAmount := amountOf(n.Amount, n.Currency)
	date, badDate := parseDate("close_date", n.CloseDate)
	var changes, more []Change
	var badStage error
	if amount != nil {
		changes, _ = SetAmount(empty, amount)
	}
	if badDate == nil {
		more, badDate = ExpectCloseOn(empty, date, today)
		changes = append(changes, more...)
	}
	if strings.TrimSpace(n.Stage) != "" {
		more, badStage = MoveTo(empty, n.Stage)
		changes = append(changes, more...)
	}
	return changes, errors.Join(badAmount, badDate, badStage)
}

// amountOf reads an amount and its currency from a form.
func amountOf(text, currency string) (*money.Amount, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	in, err := money.ParseCurrency(currency)
	if err != nil {
		return nil, problem.Invalid("currency", "“%s” is not a currency like EUR.", clip(currency))
	}
	return ParseAmount("amount", text, in)
}
