package record

import (
	"net/url"
	"slices"
	"strconv"

	"milepost/forecasts"
	"milepost/internal/ui"
)

// asking is what a request to the page asks for.
type asking struct {
	Horizon forecasts.Horizon
	Method  string
	Made    string // then, rehearsed, or empty for both
}

// offered are the horizons to choose from, where they are scored.
var offered = []forecasts.Horizon{7, 14, 30, 60, 90, 180, 365}

// usual is the horizon that is shown unless another is asked for.
const usual forecasts.Horizon = 30

// readAsking reads the address; what is not known there is as if nothing was asked.
func readAsking(q url.Values, scored []forecasts.Horizon) asking {
	a := asking{Method: q.Get("method"), Made: q.Get("made")}
	if a.Made != "then" && a.Made != "rehearsed" {
		a.Made = ""
	}
	days, err := strconv.Atoi(q.Get("days"))
	a.Horizon = forecasts.Horizon(days)
	if err != nil || !slices.Contains(scored, a.Horizon) {
		a.Horizon = usual
		if !slices.Contains(scored, usual) && len(scored) > 0 {
			a.Horizon = scored[0]
		}
	}
	return a
}

// wants tells whether a score is among those asked for.
func (a asking) wants(s Score) bool {
	return a.Made == "" || (a.Made == "rehearsed") == (s.Rehearsed == 1)
}

// filter is the row of choices above the page.
func (v *view) filter() ui.FilterBar {
	days := ui.FormField{Name: "days", Label: "How far ahead", Type: "select", Value: strconv.Itoa(int(v.ask.Horizon)), Short: true}
	for _, h := range v.scored {
		days.Options = append(days.Options, ui.Option{Value: strconv.Itoa(int(h)), Label: plural(int(h), "day", "days")})
	}
	method := ui.FormField{Name: "method", Label: "Look closer at", Type: "select", Value: v.method}
	for _, name := range v.every {
		method.Options = append(method.Options, ui.Option{Value: name, Label: forecasts.MethodLabel(name)})
	}
	made := ui.FormField{Name: "made", Label: "Forecasts", Type: "select", Value: v.ask.Made,
		Options: []ui.Option{{Value: "", Label: "All"}, {Value: "then", Label: "As said then"}, {Value: "rehearsed", Label: "Rehearsed later"}}}
	return ui.FilterBar{Action: Path, Fields: []ui.FormField{days, method, made}}
}
