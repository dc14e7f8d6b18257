package deals

import (
	"strings"

	"milepost/internal/ledger"
	"milepost/internal/ui"
)

// words are how an entry of another room is told: the sentence may have a place for
// what the entry names (its fact's Value); what a person wrote stands below (Reason).
type words struct {
	icon, sentence string
	tone           ui.Tone
}

func (w words) tell(fact *Fact, e *Event) {
	e.Icon, e.Tone, e.Detail = w.icon, w.tone, ""
	e.Sentence = strings.ReplaceAll(w.sentence, "{}", quoted(fact.Value))
	if strings.Contains(w.sentence, "{}") {
		e.Detail = fact.Reason
	}
}

// elsewhere says what other rooms record of a deal; their own parts of the page show
// the rest.
var elsewhere = map[ledger.Kind]words{
	"activity.planned": {icon: "calendar", sentence: "planned an activity"},
	ActivityCorrected:  {icon: "pencil", sentence: "corrected an activity"},
	ActivityWithdrawn:  {icon: "x", sentence: "withdrew an activity"},
	"note.written":     {icon: "note", sentence: "wrote a note"},
	"note.pinned":      {icon: "pin", sentence: "pinned a note"},
	"note.unpinned":    {icon: "pin", sentence: "unpinned a note"},
	"note.removed":     {icon: "x", sentence: "removed a note"},
	StepSet:            {icon: "arrow-right", sentence: "set the next step"},
	StepDone:           {icon: "check", sentence: "finished a step"},
	"file.attached":    {icon: "paperclip", sentence: "attached a file"},
	"file.removed":     {icon: "x", sentence: "removed a file"},

	"evidence.given":      {icon: "paperclip", sentence: "gave evidence for {}"},
	"evidence.withdrawn":  {icon: "x", sentence: "withdrew evidence for {}", tone: ui.Warn},
	"milestone.claimed":   {icon: "flag", sentence: "claimed the milestone {}", tone: ui.Accent},
	"milestone.confirmed": {icon: "flag-check", sentence: "confirmed the milestone {}", tone: ui.Good},
	"milestone.rejected":  {icon: "flag", sentence: "rejected the milestone {}", tone: ui.Bad},
	"milestone.answered":  {icon: "message", sentence: "answered the rejection of {}"},
	"milestone.withdrawn": {icon: "x", sentence: "took back the claim of {}", tone: ui.Warn},
	"triad.assessed":      {icon: "checklist", sentence: "assessed {}"},
	"plan.made":           {icon: "route", sentence: "made an evaluation plan"},
	"plan.changed":        {icon: "route", sentence: "changed the evaluation plan"},
	"plan.shared":         {icon: "share", sentence: "shared the evaluation plan with the buyer"},
	"plan.revoked":        {icon: "x", sentence: "ended a link to the evaluation plan"},
	"plan.step_confirmed": {icon: "check", sentence: "confirmed the step {}", tone: ui.Good},
	"plan.step_moved":     {icon: "calendar-due", sentence: "moved the step {}", tone: ui.Warn},
	"plan.commented":      {icon: "message", sentence: "commented on {} in the evaluation plan"},
	"audit.drawn":         {icon: "checklist", sentence: "drew {} for an audit"},
	"audit.passed":        {icon: "check", sentence: "passed the audit of {}", tone: ui.Good},
	"audit.rejected":      {icon: "circle-x", sentence: "rejected {} in an audit", tone: ui.Bad},
}
