package deals

// productLine tells what became of a product in the deal.
func (t telling) productLine(e *Event) {
	switch e.Detail = t.fact.Value; t.entry.Kind {
	case ProductAdded:
		e.Sentence = "added the product " + quoted(t.fact.Name)
	case ProductChanged:
		e.Sentence = "changed the product " + quoted(t.fact.Name)
	default:
		e.Sentence = "took out the product " + quoted(t.fact.Name)
	}
}

// productsFollowed tells that the amount begins, or ceases, to be what the products
// come to.
func (t telling) productsFollowed(e *Event) {
	e.Sentence = "let the amount follow the products"
	if t.fact.Name != "on" {
		e.Sentence = "let the amount stand by itself, apart from the products"
	}
}
