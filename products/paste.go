package products

import (
	"slices"
	"strings"

	"milepost/internal/pasted"
	"milepost/money"
	"milepost/people"
	"milepost/problem"
)

// Pasted is one line of a price list that was pasted: what it says, and what taking
// it in would do.
type Pasted struct {
	Number  int // of the line, from 1
	Text    string
	Product Product // as it would be
	Known   bool    // it is in the catalogue already
	Before  string  // the price that there was in this currency, if it becomes another
	Does    Deed
	Why     string // it is refused
}

// Deed is what a pasted line does.
type Deed string

// The deeds.
const (
	Adds    Deed = "new"
	Prices  Deed = "new price"
	Renames Deed = "new name"
	Nothing Deed = "as it is"
	Refused Deed = "refused"
)

// mostPasted is how many lines are taken in at once.
const mostPasted = 5000

// ReadPasted reads lines of name, code, price and currency, as a spreadsheet puts them
// on the clipboard, against the catalogue as it stands. A line with a code is the
// product with that code; one without, the product of that name. Several lines may
// price one product in several currencies.
func ReadPasted(text string, catalogue []Product, usual money.Currency) ([]Pasted, error) {
	known := slices.Clone(catalogue)
	var list []Pasted
	for _, row := range pasted.Rows(text) {
		if len(list) == 0 && isHead(row.Cells) {
			continue
		}
		if len(list) == mostPasted {
			return nil, problem.Invalid("text", "Up to %d lines are taken in at once. Paste the list in parts.", mostPasted)
		}
		p := Pasted{Number: row.Number, Text: row.Text}
		if err := p.read(row.Cells, &known, usual); err != nil {
			refusal, is := problem.Of(err)
			if !is {
				return nil, err
			}
			p.Does, p.Why = Refused, refusal.Sentence
		}
		list = append(list, p)
	}
	if len(list) == 0 {
		return nil, problem.Invalid("text", "There is nothing to read yet. Copy the columns name, code, price and currency from your spreadsheet, and paste them here.")
	}
	return list, nil
}

// isHead tells whether a line names the columns: it speaks of a price and has none.
func isHead(cells []string) bool {
	return len(cells) >= 3 && !strings.ContainsAny(cells[2], "0123456789") && strings.Contains(strings.ToLower(cells[2]), "price")
}

func (p *Pasted) read(cells []string, known *[]Product, usual money.Currency) error {
	for len(cells) > 4 && cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	if len(cells) < 3 || len(cells) > 4 {
		return problem.Invalid("", "This has %s. Name, code, price and currency are wanted, in this order.", count(len(cells), "column", "columns"))
	}
	said := Product{}
	for i, name := range []string{"name", "code"} {
		f, _ := fieldNamed(name) // the names are those of this room
		value, err := f.clean(name, cells[i])
		if err != nil {
			return err
		}
		said.set(name, value) // a name and a code take anything
	}
	price, err := pricedIn(cells, usual)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(*known, func(k Product) bool { return said.is(&k) })
	if at < 0 {
		if i := slices.IndexFunc(*known, func(k Product) bool { return people.Key(k.Name) == people.Key(said.Name) }); i >= 0 {
			return problem.Invalid("", "“%s” is known with the code “%s”. Give one of them another name, or the same code.", said.Name, (*known)[i].Code)
		}
		p.Product, p.Does = said, Adds
		if price != nil {
			p.Product.Prices = []money.Amount{*price}
		}
		*known = append(*known, p.Product)
		return nil
	}
	return p.change(&said, price, at, *known)
}

// change says what a line does to a product that is known already.
func (p *Pasted) change(said *Product, price *money.Amount, at int, known []Product) error {
	k := known[at]
	if k.Retired {
		return problem.Invalid("", "“%s” is retired. Sell it again first, on its own page.", k.Name)
	}
	p.Known, p.Does = true, Nothing
	if k.Name != said.Name {
		if slices.ContainsFunc(known, func(o Product) bool { return people.Key(o.Name) == people.Key(said.Name) && !o.is(&k) }) {
			return problem.Invalid("", "Another product is called “%s” already.", said.Name)
		}
		p.Does, k.Name = Renames, said.Name
	}
	if price != nil {
		before, has := k.PriceIn(price.Currency)
		if !has || before != *price {
			p.Does = Prices
			if has {
				p.Before = before.String()
			}
			k.Prices = slices.DeleteFunc(slices.Clone(k.Prices), func(a money.Amount) bool { return a.Currency == price.Currency })
			k.Prices = append(k.Prices, *price)
			slices.SortFunc(k.Prices, byCurrency)
		}
	}
	known[at], p.Product = k, k
	return nil
}

// is tells whether two products are the same one: by their codes, or, without a code,
// by their names.
func (p *Product) is(o *Product) bool {
	if p.Code == "" || o.Code == "" {
		return people.Key(p.Name) == people.Key(o.Name) && p.Code == o.Code
	}
	return people.Key(p.Code) == people.Key(o.Code)
}

func pricedIn(cells []string, usual money.Currency) (*money.Amount, error) {
	in := usual
	if len(cells) == 4 && cells[3] != "" {
		var err error
		if in, err = money.ParseCurrency(cells[3]); err != nil {
			return nil, problem.Invalid("currency", "“%s” is not a currency like EUR.", clip(cells[3]))
		}
	}
	return ParsePrice("price", cells[2], in)
}
