package deals

import (
	"context"
	"net/url"

	"github.com/a-h/templ"

	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/money"
	"milepost/people"
	"milepost/problem"
)

// deed is one thing that a person may do to a deal: a small form, in a dialog of
// the deal's page and on a page of its own, and the rule that its answers go to.
type deed struct {
	name   string // the last step of its address
	label  string // of the button that opens it
	title  string
	submit string
	icon   string
	fields func(deedView) templ.Component
	rule   func(doing) Rule
	done   func(*Opportunity) string // what the next page says
}

// doing is what a rule needs of the request in which it is applied.
type doing struct {
	ctx  context.Context
	w    *ledger.Writer
	v    *people.Viewer
	now  Now
	form url.Values

	usual usual // what the organization usually says
}

var deeds = allDeeds()

func deedNamed(name string) deed {
	for _, d := range deeds {
		if d.name == name {
			return d
		}
	}
	panic("deals: there is no deed " + name)
}

func allDeeds() []deed {
	return append([]deed{
		{"stage", "Move stage", "Move to another stage", "Move", "stairs-up", stageFields, moveStage,
			func(o *Opportunity) string { return "The deal is now at “" + o.Stage + "”." }},
		{"amount", "Amount …", "Change the amount", "Save amount", "coins", amountFields, changeAmount,
			func(o *Opportunity) string { return "The amount is saved." }},
		{"close-date", "Expected close …", "Change the expected close", "Save date", "calendar-due", closeDateFields, changeCloseDate,
			func(o *Opportunity) string { return "The expected close is saved." }},
		{"owner", "Hand over …", "Hand the deal over", "Hand over", "user-check", ownerFields, handOver,
			func(o *Opportunity) string { return "The deal is handed over." }},
		{"close", "Close", "How did it end?", "Close deal", "flag-check", closeFields, closeDeal, closedSentence},
		{"reopen", "Reopen", "Open the deal again", "Reopen", "repeat", reopenFields, reopen,
			func(o *Opportunity) string { return "The deal is open again." }},
		{"activity", "Log activity", "Log an activity", "Log", "message", activityFields, logActivity,
			func(o *Opportunity) string { return "Logged." }},
		{"details", "Edit details …", "What the deal is about", "Save", "pencil", detailFields, describe,
			func(o *Opportunity) string { return "Saved." }},
	}, competitorDeeds()...)
}

func moveStage(d doing) Rule {
	stage := d.form.Get("stage")
	if typed := d.form.Get("new_stage"); typed != "" {
		stage = typed
	}
	return func(o *Opportunity) ([]Change, error) { return MoveTo(o, stage) }
}

func changeAmount(d doing) Rule {
	return func(o *Opportunity) ([]Change, error) {
		amount, err := amountOf(d.form.Get("amount"), d.form.Get("currency"))
		if err != nil {
			return nil, err
		}
		return SetAmount(o, amount)
	}
}

func changeCloseDate(d doing) Rule {
	return func(o *Opportunity) ([]Change, error) {
		date, err := parseDate("close_date", d.form.Get("close_date"))
		if err != nil {
			return nil, err
		}
		return ExpectCloseOn(o, date, d.now.Today())
	}
}

func handOver(d doing) Rule {
	return func(o *Opportunity) ([]Change, error) {
		to, reach, err := successor(d.ctx, d, "owner")
		if err != nil {
			return nil, err
		}
		return HandOver(o, to, reach)
	}
}

// successor reads whom a form names as owner, and whom the viewer may name.
func successor(ctx context.Context, d doing, field string) (people.Person, Reach, error) {
	to := people.ID(d.form.Get(field))
	var chart people.Chart
	if !d.v.Sees(to) { // then only one's own manager is within reach, whom the chart knows
		var err error
		if chart, err = people.ChartAsOf(ctx, d.w.DB, d.v.Org, d.now.At); err != nil {
			return people.Person{}, Reach{}, err
		}
	}
	reach := ReachOf(d.v, chart)
	if to == "" {
		return people.Person{}, reach, problem.Invalid(field, "Choose who takes the deal over.")
	}
	person, err := heir(ctx, d.w.DB, d.v.Org, to, field)
	return person, reach, err
}

func closedSentence(o *Opportunity) string {
	if o.Outcome == Won {
		return "Won. Well done!"
	}
	return "The deal is closed: " + stateText(o) + "."
}

func reopen(d doing) Rule {
	return func(o *Opportunity) ([]Change, error) { return Reopen(o, d.form.Get("reason")) }
}

func logActivity(d doing) Rule {
	return func(*Opportunity) ([]Change, error) {
		on, err := parseDate("date", d.form.Get("date"))
		if err != nil {
			return nil, err
		}
		return LogActivity(Activity{Type: d.form.Get("type"), Text: d.form.Get("text"), On: on}, d.now)
	}
}

func describe(d doing) Rule {
	return func(o *Opportunity) ([]Change, error) {
		f := d.form
		return Describe(d.ctx, d.w, o, Description{Title: f.Get("title"), Account: f.Get("account"), Source: f.Get("source"),
			Segment: f.Get("segment"), Product: f.Get("product")})
	}
}

// deedView is a deed's form as a page shows it.
type deedView struct {
	dealView
	deed
	Typed      url.Values // what was typed before a refusal; nil at first
	Refusal    error
	Meanwhile  []Event // what others changed since the version that was edited
	Successors []ui.Option
	Page       bool // on a page of its own
}

func newDeedView(v dealView, name string) deedView {
	return deedView{dealView: v, deed: deedNamed(name)}
}

// field fills in what every field of a deed has: what was typed, or else how it is
// now; what was wrong with it; how it is now, when someone changed it meanwhile.
func (v deedView) field(f ui.FormField, now string) ui.FormField {
	f.ID = v.deed.name + "-" + f.Name
	if !v.Page {
		f.ID = "dialog-" + f.ID
	}
	f.Value = now
	if v.Typed != nil {
		f.Value = v.Typed.Get(f.Name)
		f.Error = problem.ByField(v.Refusal)[f.Name]
		if len(v.Meanwhile) > 0 && f.Value != now && now != "" {
			f.Hint = "It is now: " + now
		}
	}
	return f
}

// currency is the one in which the deal's amount is, or else the organization's.
func (v deedView) currency() string {
	if v.Amount != nil {
		return string(v.Amount.Currency)
	}
	return string(v.Viewer.Organization.Currency)
}

func plainAmount(a *money.Amount) string {
	if a == nil {
		return ""
	}
	return a.Decimal()
}
