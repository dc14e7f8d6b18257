package plans

import (
	"net/http"

	"milepost/calendar"
)

func (x *visit) print() error {
	v, err := x.readPlan(x.id())
	if err != nil {
		return err
	}
	return write(x.w, x.r, http.StatusOK, printed(&v.Plan, &v.book, x.v.Organization.Name, ""))
}

func (x *visit) calendar() error {
	p, o, err := Find(x.ctx, x.d, x.v, x.id())
	if err != nil {
		return err
	}
	b, err := readBook(x.ctx, x.d, &o)
	if err != nil {
		return err
	}
	writeCalendar(x.w, p.Title, p.events(&b, x.v.Organization.Name, "the buyer"), x.now.At)
	return nil
}

func writeCalendar(w http.ResponseWriter, title string, events []event, now calendar.Instant) {
	w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="evaluation-plan.ics"`)
	w.Header().Set("Cache-Control", "no-store")
	w.Write(calendarFile(title, events, now)) // a reader that went away needs no answer
}
