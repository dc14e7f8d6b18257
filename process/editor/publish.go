package editor

import (
	"net/url"
	"slices"

	"milepost/people"
	"milepost/process"
)

// question is a milestone of the version in use of which somebody has to say where it
// goes on: it is not in the draft any more, or has another name there.
type question struct {
	Milestone process.Milestone
	Phase     string
	Renamed   string // its name in the draft; empty when it is not there
	Standing  int    // open deals in which it stands
	Chosen    []process.MilestoneID
}

// questions lists them, each with a proposal: itself where it was renamed, the most
// similar of what is new where it was dropped.
func questions(before, draft *process.Definition) []question {
	var list []question
	for _, p := range before.Phases {
		for _, old := range p.Milestones {
			now, _, there := draft.Milestone(old.ID)
			q := question{Milestone: old, Phase: p.Name}
			switch {
			case !there:
				if id, found := mostSimilar(before, draft, old.Name); found {
					q.Chosen = []process.MilestoneID{id}
				}
			case people.Key(now.Name) != people.Key(old.Name):
				q.Renamed, q.Chosen = now.Name, []process.MilestoneID{old.ID}
			default:
				continue
			}
			list = append(list, q)
		}
	}
	return list
}

// mostSimilar finds the milestone of the draft whose name is most like a name, among
// those that the version before did not have.
func mostSimilar(before, draft *process.Definition, name string) (found process.MilestoneID, is bool) {
	best := process.SimilarEnough
	for _, m := range draft.Milestones() {
		if _, _, was := before.Milestone(m.ID); was {
			continue
		}
		if s := process.Similarity(name, m.Name); s >= best && (!is || s > best) {
			best, found, is = s, m.ID, true
		}
	}
	return found, is
}

// readMapping reads the answers to questions. What goes on as itself needs no answer.
func readMapping(f url.Values, list []question) map[process.MilestoneID][]process.MilestoneID {
	mapping := map[process.MilestoneID][]process.MilestoneID{}
	for i := range list {
		q := &list[i]
		answers, given := f["map."+string(q.Milestone.ID)]
		if given {
			q.Chosen = nil
			for _, id := range answers {
				if id != "" && !slices.Contains(q.Chosen, process.MilestoneID(id)) {
					q.Chosen = append(q.Chosen, process.MilestoneID(id))
				}
			}
		}
		if q.Renamed != "" && slices.Equal(q.Chosen, []process.MilestoneID{q.Milestone.ID}) {
			continue
		}
		mapping[q.Milestone.ID] = append([]process.MilestoneID{}, q.Chosen...)
	}
	return mapping
}
