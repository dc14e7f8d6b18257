package products

import (
	"strings"

	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/people"
)

// eventOf tells one entry about a product.
func eventOf(e *ledger.Entry, named map[people.ID]string) ui.Event {
	shown := ui.Event{At: e.EffectiveAt, Icon: "pencil", Actor: named[people.ID(e.Actor)]}
	var c Change
	switch {
	case e.Kind == ProductAdded:
		shown.Icon, shown.Tone, shown.Sentence = "plus", ui.Accent, "put it into the catalogue"
	case e.Kind != ProductChanged || e.Payload == "" || e.Read(&c) != nil:
		shown.Icon, shown.Sentence = "point", "recorded something that cannot be read any more"
	default:
		shown.Sentence = c.sentence()
	}
	if shown.Actor == "" {
		shown.Sentence = strings.ToUpper(shown.Sentence[:1]) + shown.Sentence[1:]
	}
	return shown
}

func (c *Change) sentence() string {
	f, err := fieldNamed(c.Field)
	from, to := quoted(c.From), quoted(c.To)
	switch {
	case c.Field == "sold" && c.To == "no":
		return "retired it"
	case c.Field == "sold":
		return "took it up again"
	case err != nil:
		return "changed it"
	case c.From == "":
		return "noted the " + f.ask() + ": " + to
	case c.To == "":
		return "cleared the " + f.ask() + ", before that " + from
	}
	return "changed the " + f.ask() + " from " + from + " to " + to
}

// quoted is a value in a sentence; prices stand on one line.
func quoted(text string) string { return "“" + strings.ReplaceAll(text, "\n", ", ") + "”" }
