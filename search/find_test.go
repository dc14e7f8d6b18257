package search_test

import (
	"context"
	"strings"
	"testing"

	"milepost/accounts"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/search"
)

func TestEverybodyFindsWhatTheySee(t *testing.T) {
	eachDesk(t, func(t *testing.T, o desk) {
		o.note(o.Dan, "dan open", "Iris asks for a **trial** in June")
		o.contact("dan open", accounts.Contact{Name: "Iris Müller", Title: "Harbour master", Emails: "iris.mueller@harbour.example", Phones: "+31 20 123 4567"})
		o.catchUp()
		for _, p := range []people.Person{o.Dan, o.Ben, o.Ada, o.Olga} {
			o.want(p, "trial", "note Scales for the harbour Alpha")
			o.want(p, "iris", "contact Iris Müller", "note Scales for the harbour Alpha")
			o.want(p, "scales harb", "deal Scales for the harbour Alpha")
		}
		o.want(o.Eve, "trial") // sideways
		o.want(o.Eve, "iris", "contact Iris Müller")
		o.want(o.Eve, "harbour alpha", "account harbour Alpha", "contact Iris Müller", "deal Belt for the harbour Alpha")
		for _, p := range []people.Person{o.Cleo, o.Finn, o.Gus, o.Vera, o.Adam, o.Rita} {
			o.want(p, "trial")
			o.want(p, "iris")
			o.want(p, "harbour")
			o.want(p, "dan alp", "person Dan Alpha")
		}
		o.want(o.Olga, "theatre", "account theatre Alpha", "deal Lift for the theatre Alpha") // of nobody
		o.want(o.Ada, "theatre")
	})
}

func TestWhatIsTyped(t *testing.T) {
	eachDesk(t, func(t *testing.T, o desk) {
		o.contact("dan open", accounts.Contact{Name: "Jörg Weißäcker", Title: "Leiter", Emails: "joerg@weissaecker.example", Phones: "+31 20 123 4567"})
		o.contact("dan open", accounts.Contact{Name: "Siobhán O'Brien"})
		o.note(o.Dan, "dan open", "他们在东京都有办公室。 العقد جاهز الآن 🚢 Vertrag OPP-00123, 𝔇𝔞𝔱𝔢 ½")
		o.catchUp()
		note, jorg, brien := "note Scales for the harbour Alpha", "contact Jörg Weißäcker", "contact Siobhán O'Brien"
		for typed, want := range map[string][]string{
			"jorg": {jorg}, "JÖRG": {jorg}, "joerg": {jorg}, "jö": {jorg}, "weissaecker": {jorg}, "weißäck": {jorg}, "weissack": {jorg},
			"joerg@weissaecker.example": {jorg}, "weissaecker.example": {jorg}, "jorg weiss": {jorg}, "weissacker jorg": {jorg}, "weiss jorg": nil, "jorg xyz": nil,
			"+31 20 123 4567": {jorg}, "0201234567": {jorg}, "020 123 4567": {jorg}, "+31201234567": {jorg}, "0031201234567": {jorg}, "1234567": {jorg}, "020 123": {jorg}, "0201234568": nil,
			"obrien": {brien}, "o'brien": {brien}, "O’Brien": {brien}, "brien": {brien}, "siobhan": {brien},
			"东京": {note}, "京都": {note}, "东京都": {note}, "都": {note}, "东都": nil, "العقد": {note}, "جاهز": {note}, "🚢": {note}, "🚀": nil,
			"opp-00123": {note}, "opp00123": {note}, "OPP 001": {note}, "date": {note}, "vertr": {note},
			"": nil, "*": nil, "\"": nil, "'": nil, "  ": nil, "-": nil, "\x00": nil, "\xff\xfe": nil, "’": nil,
		} {
			o.want(o.Dan, typed, want...)
		}
	})
}

// Whatever is typed is words to look for: no sign means anything to a database.
func TestHostileQueries(t *testing.T) {
	eachDesk(t, func(t *testing.T, o desk) {
		o.catchUp()
		for _, typed := range []string{`harb* OR NEAR(a b)`, `"harbour`, `harbour"`, `harb' | 'x`, `title:harbour`, `{a b}: harbour`, `^harbour`, `-harbour`, `(harbour`, `harbour)`,
			`harbour & !x`, `harbour:*`, `harbour <-> x`, `\`, `\'`, `$1`, `%`, `_`, `'; drop table search_entries; --`, "harb\x00our", "harbour\u202e", "a AND b", "NOT", "AND OR NOT",
			strings.Repeat("x", 10_000), strings.Repeat("x ", 5_000), strings.Repeat("*", 10_000), strings.Repeat("ä", 10_000), strings.Repeat("京", 10_000), strings.Repeat("🚢", 1_000),
			strings.Repeat("\x00", 1_000), strings.Repeat("\u0301", 1_000), "a\u0301\u0301\u0301", "d%org", "d@" + string(o.Finn.ID), "d!x", "d^x~"} {
			o.finds(o.Dan, typed)
			if _, err := search.Best(t.Context(), o.DB, o.Viewer(o.Dan), typed); err != nil {
				t.Errorf("%.40q: %v", typed, err)
			}
		}
		o.want(o.Dan, `"scales" AND* (harbour)`)
		o.want(o.Dan, `"scales* (harbour)`, "deal Scales for the harbour Alpha")
		o.want(o.Dan, "scales\u202e harbour", "deal Scales for the harbour Alpha")
	})
}

func TestBetterAnswersComeFirst(t *testing.T) {
	eachDesk(t, func(t *testing.T, o desk) {
		open := func(owner people.Person, title, product string) {
			o.do(o.Olga, func(ctx context.Context, w *ledger.Writer, _ *people.Viewer) error {
				_, err := deals.Open(ctx, w, deals.Change{Kind: deals.Created, Fact: deals.Fact{Value: title}},
					deals.Change{Kind: deals.OwnerSet, Fact: deals.Fact{Person: owner.ID, Value: owner.Name}},
					deals.Change{Kind: deals.AttributeSet, Fact: deals.Fact{Name: "product", Value: product}})
				return err
			})
		}
		open(o.Dan, "Gate", "")
		open(o.Ben, "Gateway, large", "")
		open(o.Dan, "A gate for the lock", "")
		open(o.Eve, "Gate for the canal", "")
		open(o.Dan, "Something else", "Gate 7")
		open(o.Ben, "Something of Ben", "Gate 7")
		o.catchUp()
		found, err := search.Best(t.Context(), o.DB, o.Viewer(o.Ben), "gate")
		if err != nil {
			t.Fatal(err)
		}
		var titles []string
		for _, f := range found {
			titles = append(titles, f.Title)
		}
		want := "Gate | Gateway, large | Gate for the canal | A gate for the lock | Something of Ben"
		if got := strings.Join(titles, " | "); got != want {
			t.Errorf("the order is\n%s, want\n%s", got, want)
		}
	})
}

// Of one's own deals that answer equally well the open ones come first, then what was
// touched last; and what others own takes nobody's place, however much newer it is.
func TestTheOrderAmongEquals(t *testing.T) {
	eachDesk(t, func(t *testing.T, o desk) {
		o.do(o.Olga, func(ctx context.Context, w *ledger.Writer, _ *people.Viewer) error {
			open := func(owner people.Person, title string, more ...deals.Change) {
				changes := append([]deals.Change{{Kind: deals.Created, Fact: deals.Fact{Value: title}}, {Kind: deals.OwnerSet, Fact: deals.Fact{Person: owner.ID}}}, more...)
				if _, err := deals.Open(ctx, w, changes...); err != nil {
					t.Fatal(err)
				}
			}
			open(o.Dan, "Old crate")
			open(o.Dan, "New crate")
			open(o.Dan, "Won crate", deals.Change{Kind: deals.Closed, Fact: deals.Fact{Name: string(deals.Won)}})
			for range 60 {
				open(o.Eve, "Eves crate")
			}
			return nil
		})
		o.catchUp()
		found, err := search.Best(t.Context(), o.DB, o.Viewer(o.Dan), "crate")
		var titles []string
		for _, f := range found {
			titles = append(titles, f.Title)
		}
		if got := strings.Join(titles, " | "); err != nil || got != "New crate | Old crate | Won crate" {
			t.Errorf("the order is %s (%v)", got, err)
		}
	})
}

func TestPagesGoOnToTheEnd(t *testing.T) {
	eachDesk(t, func(t *testing.T, o desk) {
		o.do(o.Olga, func(ctx context.Context, w *ledger.Writer, _ *people.Viewer) error {
			for i := range 40 {
				title, product := "Pump station", ""
				if i%3 == 0 {
					title, product = "Other", "pump"
				}
				if _, err := deals.Open(ctx, w, deals.Change{Kind: deals.Created, Fact: deals.Fact{Value: title}},
					deals.Change{Kind: deals.OwnerSet, Fact: deals.Fact{Person: o.Dan.ID}},
					deals.Change{Kind: deals.AttributeSet, Fact: deals.Fact{Name: "product", Value: product}}); err != nil {
					return err
				}
			}
			return nil
		})
		o.catchUp()
		found, err := search.Everything(t.Context(), o.DB, o.Viewer(o.Dan), "pump")
		seen := map[string]bool{}
		for _, f := range found {
			seen[f.ID] = true
		}
		if err != nil || len(found) != 40 || len(seen) != 40 {
			t.Errorf("%d answers, %d different ones (%v)", len(found), len(seen), err)
		}
	})
}
