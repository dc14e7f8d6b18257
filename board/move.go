package board

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
	"milepost/problem"
)

// answer is what the board's script is told of a move.
type answer struct {
	Said string `json:"said"`           // what happened, for everyone's eyes and ears
	HTML string `json:"html"`           // the card and the columns' figures as they now are
	Undo *undo  `json:"undo,omitempty"` // nil when there is nothing to undo
}

type undo struct {
	Deal    deals.ID `json:"deal"`
	Stage   string   `json:"stage"`
	Version int64    `json:"version"` // of the move, which is what is undone
}

// moveView is the page on which a deal is moved without a script.
type moveView struct {
	desk
	deal    deals.Opportunity
	refusal error
}

func (p *pages) askMove(w http.ResponseWriter, r *http.Request) error {
	return p.askMoveAgain(w, r, http.StatusOK, nil)
}

func (p *pages) askMoveAgain(w http.ResponseWriter, r *http.Request, status int, refusal error) error {
	ctx, v := r.Context(), people.ViewerFrom(r.Context())
	filter, _ := deals.ReadFilter(r.URL.Query())
	k, err := p.desk(ctx, v, filter)
	if err != nil {
		return err
	}
	out := moveView{desk: k, refusal: refusal}
	if out.deal, err = deals.FindFor(ctx, p.DB.For(v.Org), v, deals.ID(r.PathValue("id"))); err != nil {
		return err
	}
	if out.deal.Process != "" && refusal == nil {
		return web.Redirect(w, r, deals.MilestonesPath(out.deal.ID), deals.Led)
	}
	frame := ui.Frame{Title: "Move to another stage", Lead: titleOf(&out.deal), Crumbs: []ui.Crumb{{Label: "Board", Path: k.path()}}}
	return web.PageWithStatus(w, r, status, frame, movePage(out))
}

// largestForm is more than a move needs.
const largestForm = 64 << 10

// move brings a deal to another stage, by the deal's own rule. The filter of the board
// that it was moved on stands in the address.
func (p *pages) move(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(w, r, largestForm); err != nil {
		return err
	}
	ctx, v, id := r.Context(), people.ViewerFrom(r.Context()), deals.ID(r.PathValue("id"))
	version, _ := strconv.ParseInt(r.PostForm.Get("version"), 10, 64)
	stage := strings.TrimSpace(r.PostForm.Get("stage"))
	undoes, _ := strconv.ParseInt(r.PostForm.Get("undoes"), 10, 64)
	var before, after deals.Opportunity
	err := ledger.Record(ctx, p.DB.For(v.Org), people.ByViewer(v, p.Clock()), func(w *ledger.Writer) (err error) {
		if undoes != 0 {
			if before, err = deals.FindFor(ctx, w.DB, v, id); err == nil {
				after, err = deals.Undo(ctx, w, v, p.now(v), id, version, undoes, 0)
			}
			return err
		}
		after, err = deals.Edit(ctx, w, v, id, version, func(o *deals.Opportunity) ([]deals.Change, error) {
			before = *o
			return moveTo(o, stage)
		})
		return err
	})
	if problem.Is(err, problem.KindConflict) {
		err = p.meanwhile(ctx, v, id, version)
	}
	if wantsJSON(r) {
		return p.tell(w, r, &before, &after, err)
	}
	switch {
	case problem.Is(err, problem.KindInvalid):
		return p.askMoveAgain(w, r, http.StatusUnprocessableEntity, err)
	case problem.Is(err, problem.KindConflict):
		return p.askMoveAgain(w, r, http.StatusConflict, err)
	case err != nil:
		return err
	}
	p.hub.wrote(v.Org)
	back := r.URL.Query()
	back.Set("moved", string(id))
	return web.Redirect(w, r, at("/board", back), saidOf(&before, &after))
}

// moveTo is the deal's own rule; a stage that is how deals end asks for more.
func moveTo(o *deals.Opportunity, stage string) ([]deals.Change, error) {
	if ends(stage) && stage != o.Stage {
		return nil, problem.Invalid("stage", "“%s” is how a deal ends. Close the deal to say so, and why.", stage)
	}
	return deals.MoveTo(o, stage)
}

func wantsJSON(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Accept"), "application/json")
}

// meanwhile says what others changed since the version that was moved.
func (p *pages) meanwhile(ctx context.Context, v *people.Viewer, id deals.ID, version int64) error {
	said, err := deals.Meanwhile(ctx, p.DB.For(v.Org), v.Org, id, version)
	if err != nil {
		return fmt.Errorf("telling what changed of deal %s: %w", id, err)
	}
	what := "someone changed the deal"
	if n := len(said); n > 0 {
		what = strings.Join(said[max(0, n-2):], ", and ")
	}
	return problem.Conflict("stage", "Not moved: meanwhile %s. Look at it as it is now, then move it again.", what)
}

// tell answers the board's script: what happened, and how the card stands now. A
// refusal carries the card too, so that it returns to where it belongs.
func (p *pages) tell(w http.ResponseWriter, r *http.Request, before, after *deals.Opportunity, refusal error) error {
	ctx, v, id := r.Context(), people.ViewerFrom(r.Context()), deals.ID(r.PathValue("id"))
	out, status := answer{}, http.StatusOK
	switch {
	case refusal == nil:
		p.hub.wrote(v.Org)
		out.Said = saidOf(before, after)
		if before.Stage != "" && before.Stage != after.Stage {
			out.Undo = &undo{Deal: id, Stage: before.Stage, Version: after.Version}
		}
	case problem.Is(refusal, problem.KindConflict), problem.Is(refusal, problem.KindInvalid):
		found, _ := problem.Of(refusal)
		out.Said, status = found.Sentence, http.StatusConflict
	default:
		return refusal
	}
	filter, _ := deals.ReadFilter(r.URL.Query())
	k, err := p.desk(ctx, v, filter)
	if err != nil {
		return err
	}
	if out.HTML, err = k.changed(ctx, []deals.ID{id}); err != nil {
		return err
	}
	return web.JSON(w, r, status, out)
}

func titleOf(o *deals.Opportunity) string {
	return card{BoardCard: deals.BoardCard{Listed: deals.Listed{Title: o.Title}}}.name()
}

func saidOf(before, after *deals.Opportunity) string {
	if before.Stage == after.Stage {
		return fmt.Sprintf("“%s” stays at %s.", titleOf(after), stageName(after.Stage))
	}
	return fmt.Sprintf("Moved “%s” from %s to %s.", titleOf(after), stageName(before.Stage), after.Stage)
}

// stageOptions offers the columns, and the deal's own stage.
func (m moveView) stageOptions() []ui.Option {
	labels := m.stages
	if !slices.Contains(labels, m.deal.Stage) {
		labels = append([]string{m.deal.Stage}, labels...)
	}
	options := make([]ui.Option, len(labels))
	for i, s := range labels {
		options[i] = ui.Option{Value: s, Label: stageName(s)}
	}
	return options
}
