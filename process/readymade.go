package process

import (
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"milepost/calendar"
	"milepost/internal/db"
)

// ReadyMade is a process to begin from. It is a proposal: whoever takes it changes what
// does not fit how they sell.
type ReadyMade struct {
	Key        string     `json:"key"`
	About      string     `json:"about"`
	Definition Definition `json:"definition"`
}

//go:embed readymade
var readyMade embed.FS

// ReadyMadeProcesses lists the processes to begin from. Their ids are words, and are
// the same each time; Fresh gives a process ids of its own.
var ReadyMadeProcesses = sync.OnceValue(func() []ReadyMade {
	files, err := readyMade.ReadDir("readymade")
	if err != nil {
		panic(err) // it is built in
	}
	var list []ReadyMade
	for _, file := range files {
		text, err := readyMade.ReadFile("readymade/" + file.Name())
		var r ReadyMade
		if err == nil {
			err = json.Unmarshal(text, &r)
		}
		if err != nil {
			panic(fmt.Sprintf("the ready-made process %s: %v", file.Name(), err))
		}
		list = append(list, r)
	}
	return list
})

// FindReadyMade finds a process to begin from.
func FindReadyMade(key string) (ReadyMade, bool) {
	list := ReadyMadeProcesses()
	i := slices.IndexFunc(list, func(r ReadyMade) bool { return r.Key == key })
	if i < 0 {
		return ReadyMade{}, false
	}
	return list[i], true
}

// Copy is a definition that shares nothing with the one it was made from.
func (d *Definition) Copy() Definition {
	c := *d
	c.Phases, c.Criteria, c.Nothing = slices.Clone(d.Phases), slices.Clone(d.Criteria), slices.Clone(d.Nothing)
	for i := range c.Phases {
		p := &c.Phases[i]
		p.Milestones = slices.Clone(p.Milestones)
		for j := range p.Milestones {
			m := &p.Milestones[j]
			m.Markers, m.After, m.Also = slices.Clone(m.Markers), slices.Clone(m.After), slices.Clone(m.Also)
			for k := range m.Markers {
				m.Markers[k].Roles = slices.Clone(m.Markers[k].Roles)
			}
		}
	}
	for i := range c.Criteria {
		c.Criteria[i].Also = slices.Clone(c.Criteria[i].Also)
	}
	return c
}

// Fresh is a copy in which everything has a new id, so that two processes that were
// made from one do not share milestones.
func (d *Definition) Fresh(now calendar.Instant) Definition {
	c := d.Copy()
	renamed := map[MilestoneID]MilestoneID{}
	for _, m := range c.Milestones() {
		renamed[m.ID] = MilestoneID(db.NewID(now))
	}
	for i := range c.Phases {
		p := &c.Phases[i]
		p.ID = PhaseID(db.NewID(now))
		for j := range p.Milestones {
			m := &p.Milestones[j]
			m.ID = renamed[m.ID]
			for k := range m.Markers {
				m.Markers[k].ID = MarkerID(db.NewID(now))
			}
			for k, before := range m.After {
				m.After[k] = renamed[before]
			}
		}
	}
	for i := range c.Criteria {
		c.Criteria[i].ID = CriterionID(db.NewID(now))
	}
	return c
}
