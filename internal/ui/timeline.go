package ui

import (
	"context"
	"io"
	"time"

	"github.com/a-h/templ"

	"milepost/calendar"
)

// Timeline is what happened, in the order given, under the day on which it did.
type Timeline struct {
	Events []Event
	Place  *time.Location  // whose days and hours; UTC when nil
	Today  calendar.Date   // lets the days say "Today" and "Yesterday"; may be ""
	Empty  templ.Component // instead of a timeline without events
	Pages  Pages
}

// Event is one thing that happened.
type Event struct {
	At       calendar.Instant
	Icon     string // of the kind of event
	Tone     Tone
	Actor    string          // who did it; "" when nobody in particular
	Sentence string          // what, in words that follow the actor's name
	Via      string          // how it came to be known, unless on a page: "imported"
	Path     string          // where the sentence leads, if anywhere
	Detail   templ.Component // more, under the sentence
}

type timelineDay struct {
	Name   string
	Date   calendar.Date
	Events []Event
}

// Render writes the timeline, or what is shown instead of an empty one.
func (t Timeline) Render(ctx context.Context, w io.Writer) error {
	if len(t.Events) == 0 && t.Empty != nil {
		return t.Empty.Render(ctx, w)
	}
	return timeline(t).Render(ctx, w)
}

func (t Timeline) days() []timelineDay {
	var days []timelineDay
	for _, e := range t.Events {
		date := calendar.DateOf(e.At, zone(t.Place))
		if len(days) == 0 || days[len(days)-1].Date != date {
			days = append(days, timelineDay{Name: t.dayName(date), Date: date})
		}
		days[len(days)-1].Events = append(days[len(days)-1].Events, e)
	}
	return days
}

func (t Timeline) dayName(date calendar.Date) string {
	if t.Today != "" {
		switch date.DaysUntil(t.Today) {
		case 0:
			return "Today"
		case 1:
			return "Yesterday"
		}
	}
	return date.Time().Format("Monday 2 January 2006")
}

func (t Timeline) hour(e Event) string { return e.At.In(zone(t.Place)).Format("15:04") }
