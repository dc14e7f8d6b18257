package products_test

import (
	"net/http"
	"strings"
	"testing"

	"milepost/money"
	"milepost/products"
)

const pastedList = "Name\tCode\tUnit price\tCurrency\n" +
	"Gateway\tGW-1\t1,250.00\tEUR\n" + // a new price
	"Gateway\tGW-1\t1310\tUSD\n" + // one in a further currency
	"Tag\tT-1\t4.50\tEUR\n" + // new
	"Tag\tT-1\t5\tUSD\n" + // of the line above
	"Tag\tT-2\t4.50\tEUR\n" + // the name is taken
	"Box\t\tten\tEUR\n" +
	"Box\t\n" +
	"\"Service, yearly\"\t\t300\t\n" +
	"Old box\tOB\t7\tEUR\n"

func TestAPriceListIsPasted(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.sell(products.Product{Name: "Gateway", Code: "GW-1", Prices: []money.Amount{eur(120000)}})
		old := h.sell(products.Product{Name: "Old box", Code: "OB"})
		olga := h.as(h.Olga)
		olga.Post("/products/"+string(old.ID)+"/edit", "field", "sold", "value", "no", "version", number(old.Version)).Is(http.StatusSeeOther)
		olga.Get("/products/import").Is(200).Has("Look at it")
		olga.Post("/products/import", "text", pastedList).Is(200).Has("2 new products, 3 changes, 4 lines refused", "before: EUR 1,200",
			"“Tag” is known with the code “T-1”", "“ten” is not an amount", "This has 2 columns", "“Old box” is retired", "Service, yearly")
		if all, _ := products.Catalogue(t.Context(), h.DB); len(all) != 2 {
			t.Errorf("looking at it left %+v", all)
		}
		olga.Post("/products/import", "text", pastedList, "save", "yes").Is(http.StatusSeeOther)
		all, err := products.Catalogue(t.Context(), h.DB)
		if err != nil || len(all) != 4 {
			t.Fatalf("the catalogue is %+v, %v", all, err)
		}
		h.as(h.Dan).Get("/products").Is(200).Has("EUR 1,250", "USD 1,310", "Tag", "USD 5", "Service, yearly").Lacks("Old box", "/products/new")
		olga.Post("/products/import", "text", pastedList).Has("0 new products, 0 changes").Lacks("Take in")
		olga.Post("/products/import", "text", " ").Is(422).Has("nothing to read yet")
		h.sound()
	})
}

func TestAProductIsKeptByOperations(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		olga, adam := h.as(h.Olga), h.as(h.Adam)
		olga.Post("/products", "name", " Gate  way ", "code", "GW", "family", "Hardware", "unit", "piece", "prices", "EUR 1200\nUSD 1310").Is(http.StatusSeeOther)
		adam.Post("/products", "name", "gate way", "prices", "").Is(409).Has("a product of this name already")
		adam.Post("/products", "name", "Other", "code", "gw").Is(409).Has("“Gate way” has this code already")
		olga.Post("/products", "name", "", "prices", "1200").Is(422).Has("Say the currency")
		h.as(h.Dan).Post("/products", "name", "Mine").Is(403)
		h.as(h.Dan).Get("/products/new").Is(403)
		all, _ := products.Catalogue(t.Context(), h.DB)
		p, path := all[0], "/products/"+string(all[0].ID)
		h.as(h.Dan).Get(path).Is(200).Has("Gate way", "EUR 1,200", "put it into the catalogue").Lacks("Change name", "Retire")
		h.as(h.Dan).Post(path+"/edit", "field", "name", "value", "Mine", "version", number(p.Version)).Is(403)
		olga.AsPart().Get(path + "/edit?field=prices").Is(200).Has("EUR 1200\nUSD 1310")
		adam.AsPart().Post(path+"/edit", "field", "prices", "value", "EUR 1300", "version", number(p.Version)).Is(200).Has("EUR 1,300")
		olga.AsPart().Post(path+"/edit", "field", "prices", "value", "EUR 1400", "version", number(p.Version)).Is(409).
			Has("Adam Alpha changed this", "EUR 1200, USD 1310", "You typed EUR 1400", "Save mine")
		olga.AsPart().Post(path+"/edit", "field", "code", "value", "GW-2", "version", number(p.Version)).Is(200).Has("GW-2")
		olga.Post(path+"/edit", "field", "sold", "value", "no", "version", number(p.Version)).Is(http.StatusSeeOther)
		olga.Get(path).Is(200).Has("not sold any more", "Sell it again", "retired it", "changed the list prices from “EUR 1200, USD 1310” to “EUR 1300”")
		olga.Get("/products").Lacks(path)
		olga.Get("/products?state=all").Has("Gate way", "retired")
		olga.Get("/products/none").Is(404)
		h.sound()
	})
}

// What is in a form or a list is text, never a tag.
func TestNamesAreText(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		nasty := `<b>"x"</b>`
		p := h.sell(products.Product{Name: nasty, Code: nasty, Family: nasty, Unit: nasty, Prices: []money.Amount{eur(1)}})
		deal := h.mine()
		if err := h.put(h.Dan, deal, products.Wish{Product: nasty}); err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{"/products", "/products/" + string(p.ID), "/deals/" + string(deal), "/products/deals/" + string(deal) + "/panel?add"} {
			if body := h.as(h.Olga).Get(path).Is(200).Body.String(); strings.Contains(body, "<b>") {
				t.Errorf("%s shows a tag", path)
			}
		}
	})
}
