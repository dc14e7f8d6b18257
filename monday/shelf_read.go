package monday

import (
	"context"
	"fmt"
	"slices"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/people"
	"milepost/process/audits"
	"milepost/targets"
)

func (s *shelf) readAll(ctx context.Context, d *db.DB, now calendar.Instant) error {
	list, err := openDeals(ctx, d)
	if err != nil {
		return fmt.Errorf("reading open deals: %w", err)
	}
	steps, err := openSteps(ctx, d)
	if err != nil {
		return fmt.Errorf("reading next steps: %w", err)
	}
	s.open, s.weeks = make(map[string]*deal, len(list)), map[calendar.Instant]*week{}
	s.attained, s.memo = map[attainedKey]targets.Attained{}, memo{}
	s.owned, s.planned = map[people.ID]map[string]*deal{}, 0
	s.portfolios.dropAll()
	for i := range list {
		s.put(&list[i])
	}
	s.lay(steps)
	if err := s.readProcess(ctx, d, nil); err != nil {
		return err
	}
	s.median = medians(s.open)
	return s.readPeople(ctx, d, now)
}

// put places a deal where it is found by its id and by its owner; one that has ended
// is taken away.
func (s *shelf) put(d *deal) {
	id := string(d.ID)
	if old := s.open[id]; old != nil {
		if old.Next != nil {
			s.planned--
		}
		s.portfolios.drop(old.Owner)
		delete(s.owned[old.Owner], id)
		delete(s.open, id)
	}
	if d.Outcome != "" {
		return
	}
	s.open[id] = d
	s.portfolios.drop(d.Owner)
	if s.owned[d.Owner] == nil {
		s.owned[d.Owner] = map[string]*deal{}
	}
	s.owned[d.Owner][id] = d
}

// lay puts next steps with their deals.
func (s *shelf) lay(steps []step) {
	for i := range steps {
		if d := s.open[string(steps[i].Deal)]; d != nil {
			if d.Next == nil {
				s.planned++
			}
			d.Next = &steps[i]
		}
	}
	if steps := s.planned > 0; steps != s.steps { // deals without one are missed from now on, or no more
		s.steps = steps
		s.portfolios.dropAll()
	}
}

func (s *shelf) readPeople(ctx context.Context, d *db.DB, now calendar.Instant) error {
	everyone, err := people.RosterAsOf(ctx, d, d.Org(), now)
	if err != nil {
		return fmt.Errorf("reading who works here: %w", err)
	}
	chart, err := people.ChartAsOf(ctx, d, d.Org(), now)
	if err != nil {
		return fmt.Errorf("reading the reporting line: %w", err)
	}
	s.people = roster{Names: map[people.ID]string{}, Here: map[people.ID]bool{}, Sells: map[people.ID]bool{}, Chart: chart}
	for _, m := range everyone.Members {
		s.people.Names[m.ID], s.people.Here[m.ID] = m.Name, m.Active()
		s.people.Sells[m.ID] = m.Active() && (m.Imported || slices.Contains(m.Roles, people.Rep) || slices.Contains(m.Roles, people.Manager))
	}
	s.line = audits.LineOf(everyone.Members)
	s.findStalls()
	return nil
}

func (s *shelf) readStages(ctx context.Context, d *db.DB, now calendar.Instant) error {
	stages, err := deals.StagesInUse(ctx, d, d.Org())
	if err != nil {
		return fmt.Errorf("reading the stages: %w", err)
	}
	s.stages, s.stagesAt, s.median = map[string]int{}, now, medians(s.open)
	for i, stage := range stages {
		s.stages[stage] = i
	}
	s.portfolios.dropAll()
	return nil
}

// order is where a stage comes among the others, or -1.
func (s *shelf) order(stage string) int {
	if at, known := s.stages[stage]; known {
		return at
	}
	return -1
}

func (s *shelf) readUsual(ctx context.Context, d *db.DB, at standing) error {
	list, err := usualOf(ctx, d)
	if err != nil {
		return fmt.Errorf("reading what is usual: %w", err)
	}
	s.usual = newUsuals(list, at.Reckoned)
	if s.biases, err = biasesOf(ctx, d); err != nil {
		return fmt.Errorf("reading past biases: %w", err)
	}
	quarters, err := temposOf(ctx, d)
	if err != nil {
		return fmt.Errorf("reading how quarters moved: %w", err)
	}
	s.tempos = newTempoBook(quarters)
	s.portfolios.dropAll()
	s.findStalls()
	return nil
}
