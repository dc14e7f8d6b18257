package deals

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"

	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/people"
)

// telling is one entry on its way into words.
type telling struct {
	before  *Opportunity
	entry   *ledger.Entry
	fact    *Fact
	names   map[people.ID]string
	account string // the account's name before
}

func (t telling) event() Event {
	e := Event{Entry: *t.entry, Icon: "point"}
	if t.entry.Payload == "" {
		e.Sentence, e.Icon = "recorded something that was erased since", "eye-off"
		return e
	}
	tell, known := tellings[t.entry.Kind]
	if words, said := elsewhere[t.entry.Kind]; !known && said {
		words.tell(t.fact, &e)
		return e
	}
	if !known {
		noun, verb, _ := strings.Cut(string(t.entry.Kind), ".")
		e.Sentence = "recorded: " + strings.ReplaceAll(noun+" "+verb, "_", " ")
		return e
	}
	e.Icon = tell.icon
	tell.words(t, &e)
	if e.Undoes = t.fact.Undoes; e.Undoes != 0 {
		e.Icon, e.Tone, e.Sentence = "arrow-left", "", "took back a change: "+e.Sentence
	}
	return e
}

// tellings says how each kind of entry is told.
var tellings = map[ledger.Kind]struct {
	icon  string
	words func(telling, *Event)
}{
	Created:           {"plus", telling.created},
	Retitled:          {"pencil", telling.retitled},
	AccountSet:        {"building", telling.accountSet},
	OwnerSet:          {"user-check", telling.ownerSet},
	AttributeSet:      {"tag", telling.attributeSet},
	AmountSet:         {"coins", telling.amountSet},
	CloseDateSet:      {"calendar-due", telling.closeDateSet},
	StageSet:          {"stairs-up", telling.stageSet},
	ProcessSet:        {"route", telling.processSet},
	MilestoneRecorded: {"flag", telling.milestoneRecorded},
	CriterionAssessed: {"checklist", telling.criterionAssessed},
	ActivityLogged:    {"message", telling.activityLogged},
	CallGiven:         {"target", telling.callGiven},
	CompetitorNamed:   {"swords", telling.competitorNamed},
	CompetitorDropped: {"swords", telling.competitorDropped},
	ProductAdded:      {"package", telling.productLine},
	ProductChanged:    {"package", telling.productLine},
	ProductRemoved:    {"package", telling.productLine},
	ProductsFollowed:  {"link", telling.productsFollowed},
	Closed:            {"flag-check", telling.closed},
	Reopened:          {"repeat", telling.reopened},
}

func (t telling) created(e *Event) {
	e.Tone, e.Sentence = ui.Accent, "opened the deal"
	if t.fact.Name != "" {
		e.Sentence += ", known as " + quoted(t.fact.Name) + " where it came from"
	}
}

func (t telling) retitled(e *Event) {
	e.Sentence = "renamed it " + fromTo(t.before.Title, t.fact.Value)
}

func (t telling) accountSet(e *Event) {
	switch {
	case t.fact.Value == "" && t.fact.Account != "":
		e.Sentence = "put it with another account"
	case t.fact.Value == "":
		e.Sentence = "took it off the account " + quoted(t.account)
	case t.account == "":
		e.Sentence = "put it with the account " + quoted(t.fact.Value)
	default:
		e.Sentence = "moved it " + fromTo(t.account, t.fact.Value)
	}
}

func (t telling) ownerSet(e *Event) {
	to := t.name(t.fact.Person, t.fact.Value)
	switch {
	case t.fact.Person == "":
		e.Sentence = "left it without an owner"
	case t.before.Owner != "":
		e.Sentence = "handed it over from " + t.name(t.before.Owner, "") + " to " + to
	case string(t.fact.Person) == t.entry.Actor && t.entry.Via != ledger.ViaImport:
		e.Sentence = "took it on"
	default:
		e.Sentence = "gave it to " + to
	}
}

func (t telling) attributeSet(e *Event) {
	before := t.before.Attributes[t.fact.Name]
	switch {
	case t.fact.Value == "":
		e.Sentence = fmt.Sprintf("cleared the %s, which was %s", t.fact.Name, quoted(before))
	case before == "":
		e.Sentence = fmt.Sprintf("noted the %s: %s", t.fact.Name, quoted(t.fact.Value))
	default:
		e.Sentence = fmt.Sprintf("changed the %s %s", t.fact.Name, fromTo(before, t.fact.Value))
	}
}

func (t telling) amountSet(e *Event) {
	from, to := t.before.Amount, t.fact.Amount
	switch {
	case to == nil && from == nil:
		e.Sentence = "left the amount open"
	case to == nil:
		e.Sentence = "took back the amount, which was " + from.String()
	case from == nil:
		e.Sentence = "put the amount at " + to.String()
	case from.Currency != to.Currency || from.Minor == to.Minor:
		e.Sentence = fmt.Sprintf("changed the amount from %s to %s", from, to)
	case to.Minor > from.Minor:
		e.Sentence = fmt.Sprintf("raised the amount from %s to %s", from, to)
	default:
		e.Sentence = fmt.Sprintf("lowered the amount from %s to %s", from, to)
		e.Tone = ui.Warn
	}
}

func (t telling) closeDateSet(e *Event) {
	from, to := t.before.CloseDate, t.fact.Date
	switch {
	case to == "":
		e.Sentence = "took back the expected close"
	case from == "":
		e.Sentence = "expects it to close on " + to.Short()
		if t.entry.Via == ledger.ViaImport {
			e.Sentence = "put the expected close on " + to.Short()
		}
	case to > from:
		e.Tone = ui.Warn
		e.Sentence = fmt.Sprintf("moved the expected close from %s to %s, %s later", from.Short(), to.Short(), days(from.DaysUntil(to)))
	default:
		e.Sentence = fmt.Sprintf("brought the expected close forward from %s to %s", from.Short(), to.Short())
	}
}

func (t telling) stageSet(e *Event) {
	e.Tone = ui.Accent
	if t.before.Stage == "" {
		e.Sentence = "put it in the stage " + quoted(t.fact.Value)
		return
	}
	e.Sentence = "moved the stage " + fromTo(t.before.Stage, t.fact.Value)
}

func (t telling) processSet(e *Event) {
	switch {
	case t.fact.Name == "":
		e.Sentence = "took it off its sales process"
	case t.before.Process == t.fact.Name:
		e.Sentence = fmt.Sprintf("brought it to version %s of the process %s", t.fact.Value, quoted(t.fact.Reason))
	default:
		e.Sentence = fmt.Sprintf("put it under the process %s, version %s", quoted(t.fact.Reason), t.fact.Value)
	}
}

func (t telling) milestoneRecorded(e *Event) {
	e.Sentence = fmt.Sprintf("recorded the milestone %s as %s", quoted(t.fact.Name), t.fact.Value)
	switch t.fact.Value {
	case "achieved":
		e.Tone, e.Icon = ui.Good, "flag-check"
	case "revoked":
		e.Tone = ui.Bad
	}
}

func (t telling) criterionAssessed(e *Event) {
	e.Sentence = fmt.Sprintf("assessed %s as %s", quoted(t.fact.Name), t.fact.Value)
}

func (t telling) activityLogged(e *Event) {
	kind := t.fact.Name
	switch kind {
	case "call":
		e.Icon = "phone"
	case "meeting":
		e.Icon = "users"
	case "e-mail":
		e.Icon, kind = "mail", "message by e-mail"
	case "visit":
		e.Icon = "map-pin"
	case "", "other":
		kind = "activity"
	}
	e.Sentence, e.Detail = "logged "+article(kind), t.fact.Value
}

func (t telling) callGiven(e *Event) {
	e.Sentence = "called it " + quoted(Category(t.fact.Name).said())
	if t.fact.Amount != nil {
		e.Sentence += " at " + t.fact.Amount.String()
	}
}

func (t telling) closed(e *Event) {
	e.Detail = inTheirWords(t.fact.Reason, t.fact.Words)
	switch Outcome(t.fact.Name) {
	case Won:
		e.Tone, e.Sentence, e.Icon = ui.Good, "won the deal", "trophy"
	case Lost:
		e.Tone, e.Sentence, e.Icon = ui.Bad, "lost the deal", "circle-x"
		if t.fact.Value != "" {
			e.Sentence += " to " + quoted(t.fact.Value)
		}
	default:
		e.Tone, e.Sentence, e.Icon = ui.Bad, "closed it without action: the prospect bought from nobody", "hand-stop"
	}
}

func (t telling) reopened(e *Event) {
	e.Sentence, e.Detail, e.Tone = "opened it again", t.fact.Reason, ui.Accent
}

// name is a person's name as it is now, as it was then, or "someone".
func (t telling) name(person people.ID, then string) string {
	return cmp.Or(t.names[person], then, "someone")
}

func quoted(text string) string { return "“" + isolate(text) + "”" }

// isolate keeps a name that is written from right to left from turning the
// sentence around it: Unicode's own marks, since a sentence is plain text.
func isolate(text string) string {
	for _, r := range text {
		if unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko) {
			return "\u2068" + text + "\u2069"
		}
	}
	return text
}

func fromTo(from, to string) string {
	if from == "" {
		return "to " + quoted(to)
	}
	return "from " + quoted(from) + " to " + quoted(to)
}

func days(n int) string {
	if n == 1 {
		return "1 day"
	}
	return fmt.Sprintf("%d days", n)
}

func article(noun string) string {
	if strings.ContainsRune("aeiou", rune(noun[0])) {
		return "an " + noun
	}
	return "a " + noun
}
