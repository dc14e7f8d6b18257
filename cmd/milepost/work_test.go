package main

import (
	"strings"
	"testing"
	"time"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/testworld/browser"
)

// hands is how somebody works with a page: by keys alone, or by tapping on a phone.
type hands struct {
	*browser.Window
	t    *testing.T
	keys bool
}

// to brings the focus to a control: with Tab, as somebody without a mouse does, or by
// touching it.
func (h *hands) to(selector string) {
	h.t.Helper()
	if !h.keys {
		h.Click(selector)
		return
	}
	for range 150 {
		if browser.Ask[bool](h.Window, `document.activeElement?.matches(`+quoted(selector)+`) ?? false`) {
			return
		}
		h.Press("\t")
	}
	h.t.Fatalf("Tab never reaches %s on %s", selector, h.Path())
}

// do presses a control: Enter on it, or a tap.
func (h *hands) do(selector string) {
	h.t.Helper()
	h.to(selector)
	if h.keys {
		h.Press("\r")
	}
}

// write fills in a field.
func (h *hands) write(selector, text string) {
	h.t.Helper()
	if h.keys {
		h.to(selector)
		h.Press(text)
		return
	}
	h.Fill(selector, text)
}

// so waits for something to become so.
func (h *hands) so(script string) {
	h.t.Helper()
	for range 120 {
		if h.Holds(script) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	h.t.Fatalf("this never became so on %s: %s", h.Path(), script)
}

func quoted(text string) string { return "`" + text + "`" }

// A rep opens a deal, logs the first call, says what is next, works on its figures, and
// wins it: once by the keyboard alone, once on a phone.
func TestFromTheFirstCallToWon(t *testing.T) {
	s := newSite(t, 60)
	for name, keys := range map[string]bool{"by keyboard": true, "on a phone": false} {
		t.Run(name, func(t *testing.T) {
			h := &hands{browser.Open(t, s.url), t, keys}
			if !keys {
				h.Size(390, 844)
			}
			s.signIn(t, h.Window, s.truth.Rep)
			h.workADeal("Winch " + name)
			h.seeItWon(s)
		})
	}
}

func (h *hands) workADeal(title string) {
	h.Go("/deals/new")
	h.write("#f-title", title)
	h.write("#f-account", "Quayside Winches")
	h.write("#f-amount", "12.500,00")
	h.do("main form [type=submit], main form .button.primary")
	h.See(title)
	h.See("opened the deal")
	h.Settle()

	h.do(`.page-actions [data-log]`)
	h.so(`document.querySelector("dialog[open] #q-text") !== null`)
	h.write("#q-text", "They want three winches before the season")
	h.do("dialog[open] form .button.primary")
	h.See("Logged.")
	h.See("They want three winches before the season")
	h.so(`document.querySelector("dialog[open]") === null`)
	h.Settle()

	h.write("#step-text", "Send the drawing of the drum")
	h.Set("#step-due", string(calendar.DateOf(tourNow, time.UTC).AddDays(7)))
	h.do("#next-step form .button.primary, #next-step form [type=submit]")
	h.See("Send the drawing of the drum")
	h.Settle()

	h.do(`[data-edit="amount"]`)
	h.so(`document.querySelector("#value-amount input[name=value]") !== null`)
	h.Fill("#value-amount input[name=value]", "14000")
	h.do("#value-amount .button.primary")
	h.See("raised the amount from EUR 12,500 to EUR 14,000")
	h.Settle()

	h.do(`.page-actions [commandfor="do-close"]`)
	h.so(`document.querySelector("#do-close").open`)
	h.to(`#do-close [name=end]`)
	if h.keys {
		h.Press(" ")
	}
	h.write(`#do-close textarea`, "The drum holds twice the rope")
	h.do("#do-close .form-foot .button.primary")
	h.See("won the deal")
}

// seeItWon looks at what was stored, past the page.
func (h *hands) seeItWon(s *site) {
	h.t.Helper()
	id, _, _ := strings.Cut(strings.TrimPrefix(h.Path(), "/deals/"), "?")
	o, err := deals.Find(h.t.Context(), s.db(), s.truth.Organization.ID, deals.ID(id))
	if err != nil {
		h.t.Fatal(err)
	}
	if o.Outcome != deals.Won || o.Amount == nil || o.Amount.Minor != 14_000_00 || o.Activities != 1 {
		h.t.Errorf("stored as %+v", o)
	}
}

// Two people change the same value: the second is told, sees both, loses nothing typed,
// and chooses.
func TestTwoPeopleChangeTheSameValue(t *testing.T) {
	s := newSite(t, 60)
	path := "/deals/" + string(s.truth.Whale)
	whale, err := deals.Find(t.Context(), s.db(), s.truth.Organization.ID, s.truth.Whale)
	if err != nil {
		t.Fatal(err)
	}
	first, second := &hands{browser.Open(t, s.url), t, false}, &hands{browser.Open(t, s.url), t, false}
	s.signIn(t, first.Window, whale.Owner)
	s.signIn(t, second.Window, s.truth.Head)
	for _, h := range []*hands{first, second} {
		h.Go(path)
		h.Click(`[data-edit="source"]`)
		h.so(`document.querySelector("#value-source input[name=value]") !== null`)
	}
	first.Fill("#value-source input[name=value]", "Trade fair in Bergen")
	first.Press("\r")
	first.See("Trade fair in Bergen")
	second.Fill("#value-source input[name=value]", "A friend of the owner")
	second.Press("\r")
	second.See("Trade fair in Bergen")
	second.so(`[...document.querySelectorAll("#value-source *")].some((e) => e.value === "A friend of the owner" || e.innerText?.includes("A friend of the owner"))`)
	second.Picture("conflict")
	stored := func() string {
		o, err := deals.Find(t.Context(), s.db(), s.truth.Organization.ID, s.truth.Whale)
		if err != nil {
			t.Fatal(err)
		}
		return o.Attributes["source"]
	}
	if got := stored(); got != "Trade fair in Bergen" {
		t.Errorf("before the second person chose, the source is %q", got)
	}
	second.Press("\r")
	second.See("A friend of the owner")
	second.so(`document.querySelector("#value-source input[name=value]") === null`)
	if got := stored(); got != "A friend of the owner" {
		t.Errorf("after the second person chose, the source is %q", got)
	}
}
