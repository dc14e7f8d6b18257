package forecasts

import (
	"context"
	"fmt"

	"milepost/internal/db"
	"milepost/people"
	"milepost/targets"
)

// draw adds the ranges to a sheet, and what stands beside them: targets, and what people
// called.
func (p *pages) draw(ctx context.Context, d *db.DB, s *sheet, f *Forecast) error {
	err := f.Draw(s.outlook)
	if err == nil {
		s.fan, err = f.Fan(s.outlook)
	}
	if err != nil {
		return fmt.Errorf("adding up a forecast: %w", err)
	}
	before, err := organigram(ctx, d, s.viewer.Org, min(s.outlook.Period.From.Midnight(s.viewer.Organization.Place()), s.outlook.AsOf)+1)
	if err != nil {
		return err
	}
	s.cautions = f.cautions(s.outlook, before)
	if !f.Learning && s.outlook.Hidden == 0 {
		_, mark, err := f.Document(s.outlook)
		if err != nil {
			return err
		}
		s.id = mark.ID()
	}
	s.lookBack(f)
	if err := s.aim(ctx, d); err != nil {
		return err
	}
	return s.listen(ctx, d)
}

// measure is what the page counts in.
func (s *sheet) measure() targets.Measure {
	if s.hasMoney() {
		return targets.Money(s.outlook.Currency)
	}
	return targets.Wins
}

// aim reads the targets of the people that the sheet shows, as far as the viewer sees them.
func (s *sheet) aim(ctx context.Context, d *db.DB) error {
	all, err := targets.Attainment(ctx, d, s.viewer.Organization, s.outlook.Period, s.outlook.AsOf+1)
	if err != nil {
		return fmt.Errorf("reading targets: %w", err)
	}
	if s.hasMoney() {
		if all, err = targets.AddUp(ctx, d, s.viewer.Organization, all, s.outlook.Currency); err != nil {
			return fmt.Errorf("adding targets up: %w", err)
		}
	}
	s.target = map[people.ID]int64{}
	quota := func(person people.ID, f targets.Figures) {
		if value, set := f.Quota[s.measure()]; set && s.viewer.Sees(person) {
			s.target[person] = value
		}
	}
	if s.outlook.By == "" {
		for _, l := range s.outlook.Rows {
			if l.Itself {
				continue // what someone is to bring alone is on the page of targets
			}
			quota(l.Person, all.Of(l.Person))
		}
	}
	if s.outlook.Person != "" {
		quota(s.outlook.Person, all.Of(s.outlook.Person))
	} else if value, set := all.Whole.Quota[s.measure()]; set && s.viewer.SeesTotalsOfAll() {
		s.whole = &value
	}
	return nil
}

// goal is the target of the whole sheet.
func (s *sheet) goal() (int64, bool) {
	if s.whole != nil {
		return *s.whole, true
	}
	value, set := s.target[s.outlook.Person]
	return value, set
}

// reach is the chance of a line to reach a target.
func (s *sheet) reach(l *Line, target int64) (float64, bool) {
	return l.Range.Reach(target, s.hasMoney())
}

// called is the call that stands for a line, if there is one.
func (s *sheet) called(l *Line) (voiced, bool) {
	person := l.Person
	if l == &s.outlook.Total {
		person = s.outlook.Person
	} else if l.Itself && len(s.outlook.Rows) > 1 {
		return voiced{}, false
	}
	call, has := s.calls[person]
	if !has {
		return voiced{}, false
	}
	return *call, true
}
