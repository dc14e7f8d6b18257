package products_test

import (
	"net/http/httptest"
	"testing"
	"time"

	"milepost/bulk"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/internal/testworld"
	"milepost/internal/testworld/browser"
	"milepost/internal/testworld/pagetest"
	"milepost/internal/testworld/testdb"
	"milepost/money"
	"milepost/people"
	"milepost/products"
	"milepost/views"
)

// shop is the small organization, with a catalogue, before a browser.
func shop(t *testing.T) (*house, *browser.Window) {
	d := testdb.Open(t, db.SQLite, ledger.Schema, people.Schema, views.Schema, bulk.Schema, deals.Schema, products.Schema)
	h := &house{t: t, SmallOrganization: testworld.Small(t, d), now: testworld.SmallNow}
	h.site = site(d, h.ID, func() calendar.Instant { h.now++; return h.now })
	h.sell(products.Product{Name: "Platform scale, 3 t", Code: "PS-3", Family: "Scales", Unit: "piece", Prices: []money.Amount{eur(120000), usd(131000)}})
	h.sell(products.Product{Name: "Calibration on site, with certificate", Code: "SV-1", Family: "Services", Unit: "day", Prices: []money.Amount{eur(89050)}})
	server := httptest.NewServer(pagetest.Door(h.site, "/products"))
	t.Cleanup(server.Close)
	return h, browser.Open(t, server.URL)
}

// Products go into a deal by keyboard; the figures of the page follow.
func TestPuttingProductsIntoADealInABrowser(t *testing.T) {
	h, w := shop(t)
	deal := h.mine()
	h.price(h.Dan, deal, nil)
	w.Go("/as/" + string(h.Dan.ID))
	w.Go("/deals/" + string(deal))
	w.See("What are they going to buy?")
	w.Click("#deal-products .card-actions a")
	eventually(t, w, `document.activeElement.name === "product"`)
	w.Fill("#line-product", "Platform scale, 3 t")
	w.Press("\t")
	eventually(t, w, `document.querySelector("#line-price").value === "1200"`)
	w.Fill("#line-quantity", "2.5")
	w.Press("\r")
	eventually(t, w, `document.querySelector("#deal-products").innerText.includes("2.5 piece × EUR 1,200")`)
	eventually(t, w, `document.querySelector("#deal-figures").innerText.includes("EUR 3,000")`)
	eventually(t, w, `document.activeElement.closest(".card-actions") !== null`)
	w.Click("#deal-products .deal-line-does a")
	w.Fill("#line-discount", "10")
	w.Press("\r")
	eventually(t, w, `document.querySelector("#deal-figures").innerText.includes("EUR 2,700")`)
	w.Click("#deal-products .deal-line-does a")
	eventually(t, w, `document.activeElement.name === "product"`)
	w.Press("\x1b")
	eventually(t, w, `!document.querySelector("#deal-products .deal-line-form")`)
	// What the lines say of the deal is shown where its amount is changed.
	eventually(t, w, `document.querySelector("#value-amount").innerText.includes("2,700")`)
	w.Click("#deal-products .deal-line-does button")
	w.See("is out of the deal")
	w.Click("#deal-products .deal-line .button")
	eventually(t, w, `document.querySelector("#deal-products .deal-total") !== null`)
	h.sound()
}

// The pages fit a desk and a phone, by day and by night, can be read and named. With
// MILEPOST_TEST_PICTURES it leaves pictures.
func TestProductPagesInABrowser(t *testing.T) {
	h, w := shop(t)
	deal := h.mine()
	for _, wish := range []products.Wish{{Product: "PS-3", Quantity: "12", Discount: "12.5"}, {Product: "SV-1", Quantity: "1.5"}, {Product: "A weighbridge built to measure, with a very long name indeed", Price: "48000"}} {
		if err := h.put(h.Dan, deal, wish); err != nil {
			t.Fatal(err)
		}
	}
	all, _ := products.Catalogue(t.Context(), h.DB)
	panel := "/products/deals/" + string(deal) + "/panel"
	w.Go("/as/" + string(h.Olga.ID))
	for _, page := range [][2]string{{"products", "/products"}, {"product", "/products/" + string(all[0].ID)}, {"product-edit", "/products/" + string(all[0].ID) + "/edit?field=prices"},
		{"product-new", "/products/new"}, {"paste", "/products/import"}, {"deal", "/deals/" + string(deal)}, {"panel-add", panel + "?add"},
		{"panel-change", panel + "?line=" + string(h.basket(deal).Lines[0].ID)}} {
		for _, size := range [][2]int64{{1360, 900}, {390, 844}} {
			w.Size(size[0], size[1])
			for _, dark := range []bool{false, true} {
				w.Dark(dark)
				w.Go(page[1])
				if page[0] == "deal" {
					w.See("Calibration on site")
				}
				w.Fits()
				w.Readable()
				w.Named()
				w.Picture(page[0] + map[bool]string{true: "-dark", false: ""}[dark] + map[bool]string{true: "-phone", false: ""}[size[0] < 400])
			}
		}
	}
}

func eventually(t *testing.T, w *browser.Window, script string) {
	t.Helper()
	for range 100 {
		if w.Holds(script) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	w.Picture("failed")
	t.Fatalf("never so: %s; the page shows:\n%s", script, w.Words())
}
