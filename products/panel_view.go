package products

import (
	"cmp"
	"fmt"

	"github.com/a-h/templ"

	"milepost/internal/ui"
	"milepost/money"
	"milepost/problem"
)

// inPanel are the attributes of a link or a form that shows the panel anew.
func inPanel(verb, path string) templ.Attributes {
	return templ.Attributes{verb: path, "hx-target": "#deal-products", "hx-swap": "outerHTML"}
}

func leaving(path string) templ.Attributes {
	attrs := inPanel("hx-get", path)
	attrs["data-draft-leave"] = true
	return attrs
}

func (v *panelView) addAttrs() templ.Attributes {
	attrs := inPanel("hx-get", v.path()+"?add")
	if v.Focus {
		attrs["data-focus"] = true
	}
	return attrs
}

// act is where the deal's products are told to do something as a whole.
func (v *panelView) act(name string) string {
	return "/products/deals/" + string(v.Deal.ID) + "/" + name
}

func (v *panelView) removePath(l Line) string { return v.linesPath() + "/" + string(l.ID) + "/remove" }

// openThere tells whether the line that is being changed is still in the deal.
func (v *panelView) openThere() bool { return v.Open != "" && v.Basket.find(v.Open) >= 0 }

// general is what a refusal says when no form is open that could show it.
func (v *panelView) general() string {
	p, _ := problem.Of(v.Problem)
	return p.Sentence
}

func (v *panelView) nothing() string {
	if v.Deal.IsOpen() {
		return "What are they going to buy? Add the products, and the amount adds itself up."
	}
	return "Nobody said which products were in this deal."
}

func (v *panelView) agrees() bool { return v.Deal.Amount != nil && *v.Deal.Amount == v.Total }

func (v *panelView) ended() string {
	if v.agrees() {
		return "The deal has ended, with the amount that the products come to."
	}
	return "The deal has ended. Reopen it to change its products."
}

func (v *panelView) strayTitle() string {
	return fmt.Sprintf("The deal is in %s, and its products are priced in %s", v.Deal.Amount.Currency, v.Total.Currency)
}

// difference says how far the deal's amount is from its products.
func (v *panelView) difference() string {
	if v.Deal.Amount == nil {
		return "The deal has no amount; its products come to " + v.Total.String()
	}
	apart, word := v.Deal.Amount.Minor-v.Total.Minor, "more"
	if apart < 0 {
		apart, word = -apart, "less"
	}
	return fmt.Sprintf("The deal’s amount is %s: %s %s than its products", v.Deal.Amount, money.Amount{Minor: apart, Currency: v.Total.Currency}, word)
}

// amountText is how many at what price.
func (l Line) amountText() string {
	text := l.Quantity.String()
	if l.Unit != "" {
		text += " " + l.Unit
	}
	return text + " × " + l.Price.String()
}

// wishFor is what the form of a line shows: what was typed, or how it is.
func (v *panelView) wishFor(l Line) Wish {
	if v.Problem != nil {
		return v.Typed
	}
	return Wish{l.Name, l.Quantity.typed(), typedPrice(l.Price), l.Discount.typed()}
}

// typedWords is what the person typed of a line that someone else changed.
func (v *panelView) typedWords() string {
	w := v.Typed
	if w == (Wish{}) {
		return "that it goes out of the deal"
	}
	text := fmt.Sprintf("%s: %s × %s %s", w.Product, cmp.Or(w.Quantity, "1"), v.currency(), cmp.Or(w.Price, "list price"))
	if w.Discount != "" {
		text += ", " + w.Discount + " % off"
	}
	return text
}

// offered is what stands beside a product in the list of what is sold.
func (v *panelView) offered(p Product) string {
	text := p.Code
	if price, has := p.PriceIn(v.currency()); has {
		if text != "" {
			text += ", "
		}
		text += price.String()
	}
	return text
}

// productAttrs let one choose from what is sold, or write anything. What was chosen
// brings its list price.
func (v *panelView) productAttrs(wrong map[string]string) templ.Attributes {
	attrs := templ.Attributes{"list": "sold", "dir": "auto", "hx-get": v.act("price"), "hx-trigger": "change", "hx-target": "#line-price-field", "hx-swap": "outerHTML"}
	if len(wrong) == 0 {
		attrs["data-focus"] = true
	}
	return attrs
}

func (v *panelView) priceField(value, wrong string) templ.Component {
	return priceField(ui.FormField{Name: "price", ID: "line-price", Label: "Unit price", Value: value, InputMode: "decimal", Autocomplete: "off",
		Prefix: string(v.currency()), Placeholder: "list price", Error: wrong, Short: true})
}

func (v *panelView) saveLabel() string {
	if v.Clash != nil {
		return "Save mine"
	}
	return "Save"
}

func (v *panelView) leaveLabel() string {
	if v.Clash != nil {
		return "Leave theirs"
	}
	return "Cancel"
}
