package problem_test

import (
	"errors"
	"fmt"
	"testing"

	"milepost/problem"
)

func TestProblemsAreFoundInsideOtherErrors(t *testing.T) {
	inner := problem.Invalid("amount", "The amount %s is negative.", "-5")
	err := fmt.Errorf("saving the deal: %w", inner)
	p, ok := problem.Of(err)
	if !ok || p.Field != "amount" || p.Sentence != "The amount -5 is negative." {
		t.Errorf("found %v, %v", p, ok)
	}
	if !problem.Is(err, problem.KindInvalid) || problem.Is(err, problem.KindConflict) || problem.Is(errors.New("x"), problem.KindInvalid) {
		t.Error("the kind is wrong")
	}
}

func TestSentencesGoByField(t *testing.T) {
	err := fmt.Errorf("form: %w", errors.Join(
		problem.Invalid("title", "A title is needed."),
		fmt.Errorf("more: %w", problem.Invalid("amount", "Too large.")),
		problem.Invalid("amount", "Also wrong."),
		errors.New("something else")))
	got := problem.ByField(err)
	if len(got) != 2 || got["title"] != "A title is needed." || got["amount"] != "Too large." {
		t.Errorf("by field: %v", got)
	}
}
