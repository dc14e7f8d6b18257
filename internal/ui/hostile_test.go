package ui

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"milepost/money"
	"milepost/problem"
)

// TestHostileText puts markup into every text of every part: none of it may become
// an element, and all of it must still be read.
func TestHostileText(t *testing.T) {
	const bad = `"'><script>alert(1)</script><img src=x onerror=alert(2)>`
	cell := Text(bad)
	nav := []NavItem{{Label: bad, Path: "/" + bad, Icon: bad, Section: bad, Count: 1}}
	parts := map[string]templ.Component{
		"page": Page(Frame{Title: bad, Lead: bad, Organization: bad, PersonName: bad, Nav: nav, PersonLinks: nav, Lang: bad,
			Crumbs: []Crumb{{bad, bad}}, Notice: Notice{Tone(bad), bad}, AsOf: cell}, cell),
		"bare": Bare(bad, cell),
		"table": Table{Caption: bad, Columns: []Column{{Label: bad, Path: bad}, {Label: bad}}, Rows: []Row{{ID: bad, Cells: []templ.Component{cell, cell}}},
			Pages: Pages{Newer: bad, NewerLabel: bad, Count: bad}},
		"form":     FormField{Name: bad, Label: bad, Value: bad, Hint: bad, Error: bad, Placeholder: bad, Prefix: bad, Suffix: bad},
		"select":   FormField{Name: "s", Label: bad, Type: "select", Options: []Option{{bad, bad, bad, bad, false}}},
		"radio":    FormField{Name: "r", Label: bad, Type: "radio", Options: []Option{{bad, bad, bad, bad, false}}},
		"area":     FormField{Name: "a", Label: bad, Type: "textarea", Value: bad},
		"timeline": Timeline{Events: []Event{{Icon: bad, Tone: Tone(bad), Actor: bad, Sentence: bad, Via: bad, Path: bad}}},
		"chart": Chart{Title: bad, Summary: bad, Unit: bad, Categories: []string{bad}, Notes: []string{bad}, Series: []Series{{Name: bad, Values: []float64{1}}},
			Marks: []Mark{{Label: bad}}},
		"stat": Stat{Label: bad, Value: bad, Caption: bad, Change: bad}, "empty": EmptyState{Title: bad, Sentence: bad},
		"problem": ProblemPage(500, bad, bad), "person": PersonName(bad, bad), "badge": Badge(Tone(bad), bad), "panel": Panel(bad, bad),
		"money": Money(money.Amount{Minor: 1, Currency: bad}), "dialog": Dialog(bad, bad), "tabs": Tabs(bad, nav), "progress": Progress{Label: bad, Note: bad},
	}
	for name, part := range parts {
		text := render(t, part)
		for _, e := range elements(parse(t, text)) {
			src, _ := value(e, "src")
			_, trap := value(e, "onerror")
			kind, _ := value(e, "type")
			if trap || src == "x" || e.Data == "script" && kind != "application/json" && !strings.HasPrefix(src, "/assets/") {
				t.Errorf("%s: the text became <%s>", name, e.Data)
			}
		}
		if !strings.Contains(text, "alert(1)") {
			t.Errorf("%s: the text is not shown", name)
		}
	}
}

func TestScriptLinksAreDefused(t *testing.T) {
	for name, part := range map[string]templ.Component{"link": Link("javascript:alert(1)", "x"), "button": LinkButton{Label: "x", Path: "javascript:alert(1)"},
		"form": Form(FormHead{Action: "javascript:alert(1)"}), "nav": Tabs("x", []NavItem{{Label: "x", Path: "javascript:alert(1)"}})} {
		if text := render(t, part); strings.Contains(text, "javascript:") {
			t.Errorf("%s: %s", name, text)
		}
	}
}

func TestFieldSaysWhatIsWrong(t *testing.T) {
	text := render(t, FormField{Name: "amount", Label: "Amount", Hint: "Without cents.", Error: "Too large."})
	for _, want := range []string{`<label for="f-amount"`, `aria-describedby="f-amount-hint f-amount-error"`, `aria-invalid="true"`,
		`id="f-amount-hint"`, `id="f-amount-error"`} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in %s", want, text)
		}
	}
	for err, want := range map[error]string{problem.Invalid("", "The period is closed."): "The period is closed.",
		problem.Invalid("name", "No name."): "One answer needs another look."} {
		if got := (FormHead{Problem: err}).general(); got != want {
			t.Errorf("%v: %q", err, got)
		}
	}
}

func TestChartGaps(t *testing.T) {
	text := render(t, Chart{Title: "Gaps", Categories: []string{"a", "b"}, Series: []Series{{Name: "s", Values: []float64{math.NaN(), math.Inf(1)}}, {Name: "t", Values: []float64{1}}}})
	if !strings.Contains(text, `"values":[null,null]`) {
		t.Errorf("a gap is not null in %s", text)
	}
	empty := Chart{Title: "None", Series: []Series{{Name: "s", Values: []float64{math.NaN()}}}, Empty: Text("too few to say")}
	if got := render(t, empty); got != "<bdi>too few to say</bdi>" {
		t.Errorf("an empty chart is %s", got)
	}
}

func TestFaintStepsStandByThemselves(t *testing.T) {
	w := Waterfall{Start: 1000, Changes: []Change{{Label: "New", By: 50}, {Label: "Won", By: -40, Aside: true}, {Label: "Lost", By: -30}}, Up: "Came", Down: "Went", Aside: "Won"}
	c, want := w.Chart(), map[string]float64{"Came": 50, "Won": -40, "Went": -30}
	if !slices.Equal(c.Categories, []string{"New", "Won", "Lost"}) || len(c.Series) != 3 {
		t.Errorf("the ends are among %q", c.Categories)
	}
	for _, s := range c.Series {
		at := slices.IndexFunc(s.Values, func(v float64) bool { return !math.IsNaN(v) })
		if at < 0 || s.Values[at] != want[s.Name] {
			t.Errorf("%s: %v", s.Name, s.Values)
		}
	}
	w.Changes[0].By = 200
	if c := w.Chart(); len(c.Categories) != 5 {
		t.Errorf("the ends are missing beside a step that can be seen: %q", c.Categories)
	}
}

func TestWaterfall(t *testing.T) {
	c := Waterfall{Title: "Change", From: "Monday", To: "Today", Start: 10, Changes: []Change{{Label: "New", By: 5, Path: "/new"}, {Label: "Lost", By: -3}}}.Chart()
	if !slices.Equal(c.Links, []string{"", "/new", "", ""}) {
		t.Errorf("the bars lead to %q", c.Links)
	}
	if page := render(t, c); strings.Count(page, `<a href="/new">New</a>`) != 1 {
		t.Errorf("the table under the bars does not lead where they do: %s", page)
	}
	want := map[string][]float64{"Below": {0, 10, 12, 0}, "Total": {10, 0, 0, 12}, "Up": {0, 5, 0, 0}, "Down": {0, 0, 3, 0}}
	for _, s := range c.Series {
		for i, v := range s.Values {
			if math.IsNaN(v) {
				v = 0
			}
			if v != want[s.Name][i] {
				t.Errorf("%s: step %d is %v", s.Name, i, v)
			}
		}
	}
}
