package forecasts

import (
	"fmt"
	"net/http"

	"github.com/a-h/templ"

	"milepost/internal/ui"
	"milepost/people"
)

// sweep is what the page of idle deals shows.
type sweep struct {
	viewer *people.Viewer
	list   []IdleDeal
	more   int
	is     IdleDeals
	titles map[string]string
	owners map[string]string // names, by deal
	stage  func(*IdleDeal) string
	amount func(*IdleDeal) string
	reason string
	err    error
}

func (s *sweep) frame() ui.Frame {
	return ui.Frame{Title: "Idle deals", Crumbs: []ui.Crumb{{Label: "Forecast", Path: "/forecasts"}},
		Lead: "Open deals that nothing was heard of for longer than of almost any deal that was won. Which of them are dead?"}
}

func (p *pages) sweep(r *http.Request) (*sweep, error) {
	ctx, v := r.Context(), people.ViewerFrom(r.Context())
	d := p.program.DB.For(v.Org)
	f, err := p.memory.Ask(ctx, d, v.Organization, p.program.Clock(), true, 30)
	if err != nil {
		return nil, fmt.Errorf("looking for idle deals: %w", err)
	}
	s := &sweep{viewer: v, is: Idle(f.past), reason: "It went quiet"}
	var ids []string
	for _, idle := range s.is.Deals {
		if !v.Sees(people.ID(f.past.Person(idle.Owner))) {
			continue
		}
		if len(s.list) == mostIdle {
			s.more++
			continue
		}
		s.list, ids = append(s.list, idle), append(ids, idle.ID)
	}
	s.stage = func(i *IdleDeal) string { return f.Name(i.Stage) }
	s.amount = func(i *IdleDeal) string {
		if amount, has := f.Money(&i.OpenDeal); has {
			return ui.ShortAmount(amount)
		}
		return ""
	}
	line, err := organigram(ctx, d, v.Org, f.AsOf)
	if err != nil {
		return nil, err
	}
	s.owners = map[string]string{}
	for i := range s.list {
		s.owners[s.list[i].ID] = line.Names[people.ID(f.past.Person(s.list[i].Owner))]
	}
	if s.titles, err = titles(ctx, d, v.Org, ids); err != nil {
		return nil, fmt.Errorf("reading the titles of idle deals: %w", err)
	}
	return s, nil
}

// place says how a deal stands, in a few words.
func (s *sweep) place(i *IdleDeal) string {
	text := s.stage(i)
	if amount := s.amount(i); amount != "" {
		if text != "" {
			text += ", "
		}
		text += amount
	}
	return text
}

func (s *sweep) title(i *IdleDeal) string {
	if title := s.titles[i.ID]; title != "" {
		return title
	}
	return i.External
}

func (s *sweep) options() (list []ui.Option) {
	for i := range s.list {
		list = append(list, ui.Option{Value: s.list[i].ID, Label: s.title(&s.list[i]) + ": " + count(s.list[i].Quiet, "day", "days") + " quiet"})
	}
	return list
}

func (s *sweep) rows() (list []ui.Row) {
	for i := range s.list {
		d := &s.list[i]
		list = append(list, ui.Row{ID: d.ID, Cells: []templ.Component{ui.TwoLines(ui.Link("/deals/"+d.ID, s.title(d)), s.place(d)), ui.Text(s.owners[d.ID]), ui.Text(count(d.Quiet, "day", "days"))}})
	}
	return list
}

func (s *sweep) howLong() string {
	return fmt.Sprintf("Of %d deals that were won, nineteen in twenty were never quiet for longer than %d days. These are. Call once more, or end them: what stays open is counted in every forecast.", s.is.Won, s.is.Longest)
}

func (s *sweep) whyNone() string {
	if s.is.Won < fewestEnded {
		return fmt.Sprintf("How long a deal may be quiet is learnt from deals that were won: %d so far, %d are needed.", s.is.Won, fewestEnded)
	}
	return fmt.Sprintf("Of every open deal that you see something was heard within %d days: nineteen in twenty of the deals that were won were never quiet for longer.", s.is.Longest)
}
