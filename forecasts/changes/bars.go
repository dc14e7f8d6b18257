package changes

// Bar is one way in which a forecast changes.
type Bar string

// The bars, in the order in which they are drawn.
const (
	Won            Bar = "won"
	Lost           Bar = "lost"
	NoAction       Bar = "no-action"
	New            Bar = "new"
	NotYet         Bar = "not-yet" // of no deal
	Reopened       Bar = "reopened"
	HandedIn       Bar = "handed-in"
	HandedOut      Bar = "handed-out"
	AmountUp       Bar = "amount-up"
	AmountDown     Bar = "amount-down"
	EvidenceGained Bar = "evidence-gained"
	EvidenceLost   Bar = "evidence-lost"
	OtherNews      Bar = "news"
	Rates          Bar = "rates" // what currencies did
	Time           Bar = "time"
	Model          Bar = "model"
	PulledIn       Bar = "pulled-in"  // moves nothing: see the package
	PushedOut      Bar = "pushed-out" // neither
)

var bars = []Bar{Won, Lost, NoAction, New, NotYet, Reopened, HandedIn, HandedOut, AmountUp, AmountDown,
	EvidenceGained, EvidenceLost, OtherNews, Rates, Time, Model, PulledIn, PushedOut}

// dated tells whether a bar is of close dates, which move nothing.
func (b Bar) dated() bool { return b == PulledIn || b == PushedOut }

var labels = map[Bar]string{
	Won: "Won", Lost: "Lost", NoAction: "No action", New: "New", NotYet: "Not yet created", Reopened: "Opened again",
	HandedIn: "Handed in", HandedOut: "Handed out", AmountUp: "Amount up", AmountDown: "Amount down",
	EvidenceGained: "Evidence gained", EvidenceLost: "Evidence lost", OtherNews: "Other news",
	Rates: "Exchange rates", Time: "Time passing", Model: "Model learned", PulledIn: "Pulled in", PushedOut: "Pushed out"}

// sentences say what stands behind a bar.
var sentences = map[Bar]string{
	Won:            "Won since: what was booked, less what was expected of it before.",
	Lost:           "Lost since: what was expected of them before is gone.",
	NoAction:       "Ended without a decision: what was expected of them before is gone.",
	New:            "Created since: what is expected of them now.",
	Reopened:       "Had ended, and are open again.",
	HandedIn:       "Came to this line from elsewhere.",
	HandedOut:      "Left this line for another.",
	AmountUp:       "Worth more than before.",
	AmountDown:     "Worth less than before.",
	EvidenceGained: "A milestone was claimed or confirmed, a criterion met, a later stage reached.",
	EvidenceLost:   "A milestone was taken back, a criterion is no longer met, the deal went back a stage.",
	OtherNews:      "Activities, competitors, a plan, another owner, a criterion found not to be met, details.",
	Rates:          "What was expected then, at the rates of now instead of those of then: what currencies did, and no deal.",
	Time:           "Days went by: less time is left in the period, and what does not move grows old.",
	Model:          "The same deals, seen with what the deals that ended since have taught.",
	PulledIn:       "The rep moved the close date into the period. The forecast does not read close dates: it moves when evidence does.",
	PushedOut:      "The rep moved the close date out of the period. The forecast does not read close dates: it moves when evidence does.",
}
