package deals

import (
	"context"
	"errors"

	"milepost/internal/ledger"
	"milepost/problem"
)

// Description is what a deal is about. It may be mended after the deal has ended.
type Description struct {
	Title   string
	Account string // the account's name
	Source  string
	Segment string
	Product string
}

// Describe records what differs from how the deal is described now. An account of
// a new name is made.
func Describe(ctx context.Context, w *ledger.Writer, o *Opportunity, to Description) ([]Change, error) {
	to, err := to.cleaned()
	if err != nil {
		return nil, err
	}
	var changes []Change
	if to.Title != o.Title {
		changes = append(changes, Change{Kind: Retitled, Fact: Fact{Value: to.Title}})
	}
	account, err := ofAccount(ctx, w, o.Account, to.Account)
	if err != nil {
		return nil, err
	}
	return append(append(changes, account...), to.attributes(o.Attributes)...), nil
}

// ofAccount is the change to the account of a name, if it is another one.
func ofAccount(ctx context.Context, w *ledger.Writer, now AccountID, name string) ([]Change, error) {
	if name == "" {
		if now == "" {
			return nil, nil
		}
		return []Change{{Kind: AccountSet}}, nil
	}
	id, err := EnsureAccount(ctx, w, name)
	if err != nil || id == now {
		return nil, err
	}
	return []Change{{Kind: AccountSet, Fact: Fact{Account: id, Value: name}}}, nil
}

// attributes are the changes of source, segment and product.
func (d Description) attributes(now map[string]string) []Change {
	var changes []Change
	for _, a := range []attribute{{"source", d.Source}, {"segment", d.Segment}, {"product", d.Product}} {
		if now[a.Name] != a.Value {
			changes = append(changes, Change{Kind: AttributeSet, Fact: Fact{Name: a.Name, Value: a.Value}})
		}
	}
	return changes
}

func (d Description) cleaned() (Description, error) {
	wrong := make([]error, 5)
	d.Title, wrong[0] = cleanTitle(d.Title)
	d.Account, wrong[1] = cleanAccount(d.Account)
	d.Source, wrong[2] = oneLine("source", "The source", d.Source, longestLabel)
	d.Segment, wrong[3] = oneLine("segment", "The segment", d.Segment, longestLabel)
	d.Product, wrong[4] = oneLine("product", "The product", d.Product, longestLabel)
	return d, errors.Join(wrong...)
}

func cleanTitle(text string) (string, error) {
	title, err := oneLine("title", "The title", text, longestTitle)
	if title == "" && err == nil {
		err = problem.Invalid("title", "Give the deal a title that others will recognize.")
	}
	return title, err
}

func cleanAccount(text string) (string, error) {
	name, err := oneLine("account", "The account's name", text, longestName)
	if name != "" && AccountKey(name) == "" {
		err = problem.Invalid("account", "The account's name has nothing in it that can be read.")
	}
	return name, err
}
