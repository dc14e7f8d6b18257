package forecasts

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"milepost/calendar"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
)

// modelPath is where one sees what the forecast has learned from, and lets it learn anew.
const modelPath = "/forecasts/model"

// modelView is what that page shows.
type modelView struct {
	Fitting
	place *time.Location
	who   string // asked for the last one; empty where it came by itself
	may   bool
}

// model is the page, and the part of it that asks again while the model is fitted.
func (p *pages) model(w http.ResponseWriter, r *http.Request) error {
	v, d := people.ViewerFrom(r.Context()), p.program.DB.For(people.ViewerFrom(r.Context()).Org)
	is, err := p.memory.Fitting(r.Context(), d, v.Organization, p.program.Clock())
	if err != nil {
		return err
	}
	view := modelView{Fitting: is, place: v.Organization.Place(), may: people.Decide(r.Context(), people.Manages) == nil}
	if is.Run.By != "" {
		everyone, err := people.Everyone(r.Context(), d, v.Org)
		if err != nil {
			return fmt.Errorf("reading who works here: %w", err)
		}
		for _, person := range everyone {
			if person.ID == is.Run.By {
				view.who = person.Name
			}
		}
	}
	if web.WantsPart(r) {
		return web.Fragment(w, r, modelPart(&view))
	}
	return web.Page(w, r, ui.Frame{Title: "What the forecast has learned from", Crumbs: []ui.Crumb{{Label: "Forecast", Path: "/forecasts"}},
		Lead: "The model learns anew each night from every past deal. Here you see how far it is, and can let it learn now."}, modelPart(&view))
}

// refit lets it learn now; where it does already, the page shows that.
func (p *pages) refit(w http.ResponseWriter, r *http.Request) error {
	v := people.ViewerFrom(r.Context())
	began, err := p.memory.StartRefit(r.Context(), p.program.DB.For(v.Org), v.Organization, p.program.Clock(), v.ID)
	if err != nil {
		return err
	}
	said := "The model is being fitted"
	if !began {
		said = "The model is being fitted already"
	}
	return web.Redirect(w, r, modelPath, said)
}

// stopRefit calls it off.
func (p *pages) stopRefit(w http.ResponseWriter, r *http.Request) error {
	p.memory.StopRefit(people.ViewerFrom(r.Context()).Org)
	return web.Redirect(w, r, modelPath, "Called off: the forecast stays as it was")
}

// running tells whether a fit is under way.
func (v *modelView) running() bool { return v.Run.Began != 0 && !v.Run.Over }

// polling lets the part ask again while it changes.
func (v *modelView) polling() templ.Attributes {
	if !v.running() {
		return nil
	}
	return templ.Attributes{"hx-get": modelPath, "hx-trigger": "load delay:1s", "hx-swap": "outerHTML"}
}

// usual is about how many steps a fit takes.
const usual = 16

// done is how far it is, of a hundred: the days of past deals are about half of the work.
func (v *modelView) done() string {
	share := 0.0
	if v.Run.Of > 0 {
		share = 50 * float64(v.Run.Deals) / float64(v.Run.Of)
	}
	if v.Run.Steps > 0 {
		share = 50 + 50*min(float64(v.Run.Steps)/usual, .95)
	}
	return strconv.Itoa(int(share))
}

// words say how far it is.
func (v *modelView) words() string {
	switch r := v.Run; {
	case r.Of == 0:
		return "It begins in a moment."
	case r.Steps == 0:
		return fmt.Sprintf("Reading the days of past deals: %s of %s.", thousands(r.Deals), count(r.Of, "deal", "deals"))
	default:
		return fmt.Sprintf("Fitting %s: step %d, mostly of about %d.", count(r.Rows, "day of a deal", "days of deals"), r.Steps, usual)
	}
}

// since says what ended after the model was fitted.
func (v *modelView) since() string {
	if !v.News.Any() {
		return "none"
	}
	text := count(v.News.Ended, "deal", "deals")
	if v.News.Reopened > 0 {
		text += ", and " + count(v.News.Reopened, "opened again", "opened again")
	}
	return text
}

func (v *modelView) terms() []ui.Term {
	stands := "As fitted"
	if v.News.Any() {
		stands = "Provisional: moved by one step for what ended since, until the next fit"
	}
	return []ui.Term{{Term: "Fitted on what was known until", Detail: ui.Instant(v.At, v.place)}, {Term: "Deals that had ended by then", Detail: ui.Text(thousands(v.Ended))},
		{Term: "Ended since", Detail: ui.Text(v.since())}, {Term: "State", Detail: ui.Text(stands)}}
}

// fittedWords say up to when the model behind a forecast learned, and what it knows of since.
func (f *Forecast) fittedWords() string {
	if f.taught == nil {
		return ""
	}
	text := "It was last fitted on what was known until " + f.taught.at.Moment(f.past.Place()) + ", when " + count(f.taught.ended, "deal", "deals") + " had ended."
	if f.news.Any() {
		text += " It is provisional: of " + count(f.news.Ended+f.news.Reopened, "deal that ended or was opened again", "deals that ended or were opened again") + " since it knows by one step."
	}
	return text
}

// began says who began the last fit.
func (v *modelView) began() string {
	if v.who == "" {
		return "It began by itself."
	}
	return v.who + " began it."
}

// atZero tells whether nothing has learned yet.
func (v *modelView) atZero() bool { return v.At == calendar.Instant(0) }
