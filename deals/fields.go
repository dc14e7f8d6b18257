package deals

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"milepost/internal/ledger"
	"milepost/problem"
)

// field is something about a deal that is changed where it stands: what it is called,
// and the rule that what was typed goes to.
type field struct {
	Name  string // as in addresses and ids; attributes that not every deal has: attribute.NAME
	Label string
	Noun  string // what it is called in a sentence
	Hint  string
	rule  func(doing) Rule
}

// fields are those that every deal has.
var fields = []field{
	{"title", "Title", "title", "", describeAs("title")},
	{"account", "Account", "account", "A name that is not there yet makes a new account.", describeAs("account")},
	{"owner", "Owner", "owner", "The deal and its history go with it.", typedAs("owner", handOver)},
	{"amount", "Amount", "amount", "Empty when nobody knows yet.", typedAs("amount", changeAmount)},
	{"close_date", "Expected close", "expected close", "Empty when nobody knows yet.", typedAs("close_date", changeCloseDate)},
	{"stage", "Stage", "stage", "", typedAs("stage", moveStage)},
	{"source", "Source", "source", "Where the deal came from.", describeAs("source")},
	{"segment", "Segment", "segment", "", describeAs("segment")},
	{"product", "Product", "product", "", describeAs("product")},
}

const attributePrefix = "attribute."

// everyDeals are the attributes that every deal is asked for.
var everyDeals = []string{"source", "segment", "product"}

// attributeField is the field that an attribute goes by.
func attributeField(name string) string {
	if slices.Contains(everyDeals, name) {
		return name
	}
	return attributePrefix + name
}

// attributeOf is the attribute that a field stands for, if it stands for one.
func attributeOf(field string) (string, bool) {
	if slices.Contains(everyDeals, field) {
		return field, true
	}
	return strings.CutPrefix(field, attributePrefix)
}

// fieldNamed finds a field of a deal; any attribute may be set.
func fieldNamed(name string) (field, error) {
	if i := slices.IndexFunc(fields, func(f field) bool { return f.Name == name }); i >= 0 {
		return fields[i], nil
	}
	attribute, is := attributeOf(name)
	if !is || attribute == "" {
		return field{}, problem.NotFound("There is no such field.")
	}
	return field{Name: name, Label: upperFirst(attribute), Noun: attribute, rule: describeAs(name)}, nil
}

// place is the id of the field's place on a page. Names of attributes may hold
// anything, ids may not.
func (f field) place() string {
	attribute, is := strings.CutPrefix(f.Name, attributePrefix)
	if !is {
		return "value-" + f.Name
	}
	plain := strings.Trim(attribute, "abcdefghijklmnopqrstuvwxyz0123456789") == ""
	if plain {
		return "value-attribute-" + attribute
	}
	sum := fnv.New32a()
	sum.Write([]byte(attribute))
	return fmt.Sprintf("value-attribute-%x", sum.Sum32())
}

// fieldText is what a deal has in a field, as a person reads it, as far as the deal
// itself tells: the names of its account and its owner stand elsewhere.
func fieldText(o *Opportunity, field string) string {
	switch field {
	case "title":
		return o.Title
	case "amount":
		return optional(o.Amount)
	case "close_date":
		return optionalDay(o.CloseDate)
	case "stage":
		return o.Stage
	}
	if attribute, is := attributeOf(field); is {
		return o.Attributes[attribute]
	}
	return ""
}

// typedAs lets a deed's rule read what was typed under the deed's own name.
func typedAs(name string, rule func(doing) Rule) func(doing) Rule {
	return func(d doing) Rule {
		d.form = map[string][]string{name: {d.form.Get("value")}, "currency": {d.form.Get("currency")}}
		return rule(d)
	}
}

func describeAs(name string) func(doing) Rule {
	return func(d doing) Rule {
		return func(o *Opportunity) ([]Change, error) { return DescribeOne(d.ctx, d.w, o, name, d.form.Get("value")) }
	}
}

// fullestDeal is how many attributes a deal may have.
const fullestDeal = 40

// DescribeOne records one thing that a deal is about: its title, its account by name,
// or an attribute.
func DescribeOne(ctx context.Context, w *ledger.Writer, o *Opportunity, field, text string) ([]Change, error) {
	switch field {
	case "title":
		title, err := cleanTitle(text)
		if err != nil || title == o.Title {
			return nil, err
		}
		return []Change{{Kind: Retitled, Fact: Fact{Value: title}}}, nil
	case "account":
		name, err := cleanAccount(text)
		if err != nil {
			return nil, err
		}
		return ofAccount(ctx, w, o.Account, name)
	}
	name, _ := attributeOf(field)
	value, err := oneLine(field, "The "+name, text, longestLabel)
	if err != nil || value == o.Attributes[name] {
		return nil, err
	}
	if o.Attributes[name] == "" && len(o.Attributes) >= fullestDeal {
		return nil, problem.Invalid(field, "This deal has %d attributes already. Clear one that nobody needs, then add this one.", fullestDeal)
	}
	return []Change{{Kind: AttributeSet, Fact: Fact{Name: name, Value: value}}}, nil
}
