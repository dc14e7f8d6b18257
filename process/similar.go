package process

import (
	"slices"

	"milepost/people"
)

// SimilarEnough is what part of their pairs of letters two names have to share to be
// taken for the same.
const SimilarEnough = 0.5

// Similarity is Dice's coefficient over pairs of letters: 1 for the same name, 0 for
// names that share no pair (Dice 1945, Ecology 26:297).
func Similarity(a, b string) float64 {
	x, y := pairs(a), pairs(b)
	if len(x)+len(y) == 0 {
		return 0
	}
	shared := 0
	left := slices.Clone(y)
	for _, pair := range x {
		if i := slices.Index(left, pair); i >= 0 {
			shared++
			left = slices.Delete(left, i, i+1)
		}
	}
	return 2 * float64(shared) / float64(len(x)+len(y))
}

func pairs(name string) []string {
	letters := []rune(people.Key(name))
	var list []string
	for i := 1; i < len(letters); i++ {
		if letters[i-1] != ' ' && letters[i] != ' ' {
			list = append(list, string(letters[i-1:i+1]))
		}
	}
	return list
}

// MostLike finds the milestone whose name, or a label of the same meaning, is most like a
// label; false when none is like it.
func (d *Definition) MostLike(label string) (found MilestoneID, is bool) {
	best := SimilarEnough
	for _, m := range d.Milestones() {
		if s := mostSimilar(label, m.Name, m.Also); s >= best && (!is || s > best) {
			best, found, is = s, m.ID, true
		}
	}
	return found, is
}

// MostLikeCriterion is MostLike for the criteria of the triad.
func (d *Definition) MostLikeCriterion(label string) (found CriterionID, is bool) {
	best := SimilarEnough
	for _, c := range d.Criteria {
		if s := mostSimilar(label, c.Question, c.Also); s >= best && (!is || s > best) {
			best, found, is = s, c.ID, true
		}
	}
	return found, is
}

func mostSimilar(label, name string, also []string) float64 {
	best := Similarity(label, name)
	for _, a := range also {
		best = max(best, Similarity(label, a))
	}
	return best
}
