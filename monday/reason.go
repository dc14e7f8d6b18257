package monday

import (
	"math"
	"strings"

	"github.com/a-h/templ"
)

// deed is a link that does the one thing.
type deed struct{ Label, Path string }

// logPath leads, before the id of a deal, to where something is logged in it.
const logPath = "/activities/new?deal="

// attrs let the quick log open over the page, where there is a script for it.
func (d deed) attrs() templ.Attributes {
	if deal, logs := strings.CutPrefix(d.Path, logPath); logs {
		return templ.Attributes{"data-log": deal}
	}
	return nil
}

// reason is why, in a plain sentence.
func (f *flag) reason(d *deal) string {
	n := int(f.Is)
	switch f.Rule {
	case datePassed:
		return "Was to close on " + d.CloseDate.Short() + ", " + daysText(n) + " ago"
	case noNextStep:
		return "No next step is planned"
	case stuck:
		return "At “" + isolate(d.Stage) + "” for " + daysText(n)
	case silent:
		if d.LastActivity == 0 {
			return "No contact since it was opened " + daysText(n) + " ago"
		}
		return "No contact for " + daysText(n)
	case slipped:
		return "The close moved later " + timesText(d.Slips)
	case jumped:
		if f.Jump.To.Minor < f.Jump.From.Minor {
			return "The amount fell from " + f.Jump.From.String() + " to " + f.Jump.To.String()
		}
		return "The amount rose from " + f.Jump.From.String() + " to " + f.Jump.To.String()
	case theirMoves:
		return "The buyer’s step “" + isolate(d.Plan.Slipping) + "” slipped " + timesText(int64(f.Is))
	case quietPlan:
		return "The evaluation plan has been quiet for " + daysText(n)
	}
	return ""
}

// basis is where the line is and on how much it rests; empty for what needs no line.
func (f *flag) basis() string {
	u := f.Usual
	switch f.Rule {
	case stuck:
		return "Nine in ten passed " + u.where("any stage") + " within " + daysText(upTo(u.Most)) + u.behind()
	case silent:
		return "Nine in ten contacts" + u.at() + " came within " + daysText(upTo(u.Most)) + " of the one before" + u.behind()
	case slipped:
		if u.Most == 0 {
			return "Nine in ten deals won" + u.at() + " never moved later" + u.behind()
		}
		return "Nine in ten deals won" + u.at() + " moved later at most " + timesText(int64(u.Most)) + u.behind()
	case jumped:
		return "Nine in ten changes" + u.at() + " stay within " + timesOver(u.Most) + u.behind()
	case theirMoves:
		if u.Most == 0 {
			return "Nine in ten steps that buyers took never slipped" + u.behind()
		}
		return "Nine in ten steps that buyers took slipped at most " + timesText(int64(u.Most)) + u.behind()
	case quietPlan:
		return "Nine in ten times, something happened in a plan again within " + daysText(upTo(u.Most)) + u.behind()
	}
	return ""
}

// do is the one thing to do about it.
func (f *flag) do(d *deal) deed {
	path := d.ID.Path()
	switch f.Rule {
	case datePassed:
		return deed{"Set a new date", path + "/close-date"}
	case noNextStep:
		return deed{"Plan the next step", path}
	case stuck:
		return deed{"Move it on, or let it go", path + "/stage"}
	case silent:
		return deed{"Log or plan a contact", logPath + string(d.ID)}
	case slipped:
		return deed{"Ask what must happen first", path}
	case theirMoves:
		return deed{"Ask the buyer what holds it up", d.Plan.path()}
	case quietPlan:
		return deed{"Go through the plan with them", d.Plan.path()}
	}
	return deed{"Read what changed", path}
}

// where names the deals of which something is usual.
func (u *usual) where(otherwise string) string {
	switch {
	case u.Stage != "" && u.Segment != "":
		return "“" + isolate(u.Stage) + "” in " + isolate(u.Segment)
	case u.Stage != "":
		return "“" + isolate(u.Stage) + "”"
	case u.Segment != "":
		return "in " + isolate(u.Segment)
	}
	return otherwise
}

// at is where with its preposition; nothing when it is usual of all.
func (u *usual) at() string {
	switch {
	case u.Stage != "":
		return " at " + u.where("")
	case u.Segment != "":
		return " " + u.where("")
	}
	return ""
}

// behind says on how many deals a line rests.
func (u *usual) behind() string { return " (" + count(u.Deals, "deal") + ")" }

// upTo rounds a line up to whole days, so that the sentence promises no more than is so.
func upTo(most float64) int { return int(math.Ceil(most)) }
