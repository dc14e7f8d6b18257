package imports

import (
	"fmt"
	"strings"
	"time"

	"github.com/a-h/templ"

	"milepost/calendar"
	"milepost/internal/ui"
)

// shown is an import as a page shows it.
type shown struct {
	Run
	now        calendar.Instant
	place      *time.Location
	kept       bool // the uploaded file is still here
	hasRejects bool
	seesDeals  bool
}

// canContinue tells whether the import stopped halfway and its file is here.
func (s *shown) canContinue() bool {
	return s.kept && (s.State == Interrupted || s.State == Failed)
}

func (s *shown) lead() string {
	who := s.ActorName
	if who == "" {
		who = "Someone at the command line"
	}
	return who + " started this import on " + s.BeganAt.In(s.place).Format("2 January 2006 at 15:04") + "."
}

// summary is what came of a run, in the terms of an import.
func (r Run) summary() Summary {
	s := Summary{File: r.File, Taken: r.Taken, AlreadyThere: r.AlreadyThere, Rejected: r.Rejected, DealsNew: r.DealsNew,
		DealsChanged: r.DealsChanged, People: r.People, Accounts: r.Accounts, AfterOutcome: r.AfterOutcome,
		BeforeCreation: r.BeforeCreation, Refused: r.Refused, Took: time.Duration(r.TookMs) * time.Millisecond}
	if r.Shared != "" {
		s.SharedNames = strings.Split(r.Shared, "\n")
	}
	return s
}

// tone is how well the import went.
func (r Run) tone() ui.Tone {
	switch {
	case r.State == Failed, r.State == Done && r.summary().NothingTaken():
		return ui.Bad
	case r.State == Interrupted, r.Rejected > 0:
		return ui.Warn
	case r.State == Running:
		return ui.Info
	}
	return ui.Good
}

// word is the state as a badge says it.
func (r Run) word() string {
	switch {
	case r.State == Failed:
		return "not imported"
	case r.State == Done && r.summary().NothingTaken():
		return "nothing taken"
	case r.State == Done && r.Rejected > 0:
		return "done, with rejects"
	}
	return string(r.State)
}

// bar is the progress of a running import.
func (s *shown) bar() ui.Progress {
	p := s.Progress()
	b := ui.Progress{Label: "Reading the file", Value: 100 * p.Part(), Max: 100}
	b.Note = counted(p.Facts, "fact", "facts") + " so far"
	if p.Writing {
		b.Label = "Writing"
		b.Note = grouped(p.Done) + " of " + counted(p.Total, "fact", "facts")
	}
	return b
}

// listing is a page of the list of imports.
type listing struct {
	runs  []Run
	now   calendar.Instant
	place *time.Location
	older string
}

func (l listing) table() ui.Table {
	t := ui.Table{Caption: "Imports, the newest first", Columns: []ui.Column{{Label: "File"}, {Label: "State"}, {Label: "Taken", Numeric: true},
		{Label: "Rejected", Numeric: true}, {Label: "New deals", Numeric: true}, {Label: "By"}, {Label: "When"}},
		Pages: ui.Pages{Older: l.older}}
	for _, r := range l.runs {
		by := ui.Quiet("command line")
		if r.ActorName != "" {
			by = ui.PersonName(r.ActorName, "/people/"+string(r.Actor))
		}
		t.Rows = append(t.Rows, ui.Row{ID: r.ID, Cells: []templ.Component{
			ui.TwoLines(ui.Link("/imports/"+r.ID, r.File), sizeText(r.Size)), ui.Badge(r.tone(), r.word()), ui.Text(grouped(r.Taken)),
			ui.Text(grouped(r.Rejected)), ui.Text(grouped(r.DealsNew)), by, ui.Ago(r.BeganAt, l.now, l.place)}})
	}
	return t
}

func sizeText(n int64) string {
	switch {
	case n == 0:
		return ""
	case n < 1<<20:
		return fmt.Sprintf("%d KB", (n+1023)>>10)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
}

// polling lets a page about a running import renew itself.
func (s *shown) polling() templ.Attributes {
	if s.State != Running {
		return nil
	}
	return templ.Attributes{"hx-get": "/imports/" + s.ID + "/progress", "hx-trigger": "every 1s", "hx-swap": "outerHTML"}
}

type figure struct {
	label string
	n     int64
}

// figures are what came of an import; what did not happen is left out.
func (r Run) figures() []figure {
	all := []figure{{"Facts taken", r.Taken}, {"Lines rejected", r.Rejected}, {"There already", r.AlreadyThere}, {"New deals", r.DealsNew},
		{"Deals changed", r.DealsChanged}, {"New accounts", r.Accounts}, {"New people", r.People}}
	shown := all[:2:2]
	for _, f := range all[2:] {
		if f.n > 0 {
			shown = append(shown, f)
		}
	}
	return shown
}
