package views

import (
	"context"

	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

// mostViews is how many views of a list a person may keep: a picker that has to be
// searched helps nobody.
const mostViews = 60

// Save keeps a list as it is under a name, for the person who asks.
func Save(ctx context.Context, w *ledger.Writer, v *people.Viewer, list, name, query string, shared bool) (View, error) {
	if _, err := listNamed(list); err != nil {
		return View{}, err
	}
	name, err := cleanName(name)
	if err != nil {
		return View{}, err
	}
	if query, err = readQuery(query); err != nil {
		return View{}, err
	}
	own, err := ownViews(ctx, w.DB, list, v.ID)
	if err != nil {
		return View{}, err
	}
	if len(own) >= mostViews {
		return View{}, problem.Conflict("name", "You have %d views of this list already. Delete one that you do not need.", mostViews)
	}
	if err := mustBeFree(own, name, ""); err != nil {
		return View{}, err
	}
	made := View{ID: ID(db.NewID(w.By.At)), List: list, Owner: v.ID, OwnerName: v.Name, Name: name, Query: query, CreatedAt: w.By.At}
	if shared {
		made.Shared = 1
	}
	e, err := w.Add(Saved, string(made.ID), "", w.By.At, Fact{List: list, Person: v.ID, Name: name, Query: query, Shared: shared})
	if err != nil {
		return made, err
	}
	return made, insertView(ctx, w.DB, made, e.Sequence)
}

// mustBeFree refuses a name that another of one's views has: they could not be told
// apart.
func mustBeFree(own []View, name string, except ID) error {
	for _, other := range own {
		if other.ID != except && people.Key(other.Name) == people.Key(name) {
			return problem.Conflict("name", "You have a view called “%s” already.", other.Name)
		}
	}
	return nil
}

// change writes a view of one's own anew; an edit that changes nothing is none.
func change(ctx context.Context, w *ledger.Writer, v *people.Viewer, id ID, kind ledger.Kind, edit func(*View) (Fact, error)) (View, error) {
	now, err := ownView(ctx, w.DB, id, v.ID)
	if err != nil {
		return now, notYours(err)
	}
	if (now.DeletedAt != 0) != (kind == Restored) {
		return now, notYours(problem.NotFound(""))
	}
	after := now
	fact, err := edit(&after)
	if err != nil || after == now {
		return after, err
	}
	e, err := w.Add(kind, string(id), "", w.By.At, fact)
	if err != nil {
		return after, err
	}
	return after, updateView(ctx, w.DB, after, e.Sequence)
}

// notYours says the same of a view that is not there and of one that is another's.
func notYours(err error) error {
	if problem.Is(err, problem.KindNotFound) {
		return problem.NotFound("There is no such view, or it is not yours to change.")
	}
	return err
}

// Rename gives a view another name.
func Rename(ctx context.Context, w *ledger.Writer, v *people.Viewer, id ID, name string) (View, error) {
	return change(ctx, w, v, id, Renamed, func(view *View) (f Fact, err error) {
		if f.Name, err = cleanName(name); err != nil {
			return f, err
		}
		own, err := ownViews(ctx, w.DB, view.List, v.ID)
		if err != nil {
			return f, err
		}
		view.Name = f.Name
		return f, mustBeFree(own, f.Name, id)
	})
}

// Rewrite makes a view ask what the list asks now.
func Rewrite(ctx context.Context, w *ledger.Writer, v *people.Viewer, id ID, query string) (View, error) {
	return change(ctx, w, v, id, Rewritten, func(view *View) (f Fact, err error) {
		f.Query, err = readQuery(query)
		view.Query = f.Query
		return f, err
	})
}

// Share lets the team see a view, or no longer.
func Share(ctx context.Context, w *ledger.Writer, v *people.Viewer, id ID, shared bool) (View, error) {
	return change(ctx, w, v, id, SharedSet, func(view *View) (Fact, error) {
		view.Shared = 0
		if shared {
			view.Shared = 1
		}
		return Fact{Shared: shared}, nil
	})
}

// Delete takes a view away; Restore brings it back as it was.
func Delete(ctx context.Context, w *ledger.Writer, v *people.Viewer, id ID) (View, error) {
	return change(ctx, w, v, id, Deleted, func(view *View) (Fact, error) {
		view.DeletedAt = w.By.At
		return Fact{}, nil
	})
}

// Restore brings a deleted view back, unless its name was given away since.
func Restore(ctx context.Context, w *ledger.Writer, v *people.Viewer, id ID) (View, error) {
	return change(ctx, w, v, id, Restored, func(view *View) (Fact, error) {
		view.DeletedAt = 0
		own, err := ownViews(ctx, w.DB, view.List, v.ID)
		if err != nil {
			return Fact{}, err
		}
		return Fact{}, mustBeFree(own, view.Name, id)
	})
}

// MakeDefault makes a view that the person sees what its list opens with, for that
// person; is false ends it.
func MakeDefault(ctx context.Context, w *ledger.Writer, v *people.Viewer, id ID, is bool) (View, error) {
	view, err := Find(ctx, w.DB, v, id, w.By.At)
	if err != nil {
		return view, err
	}
	now, err := defaultOf(ctx, w.DB, v.ID, view.List)
	if err != nil || (now == id) == is {
		return view, err
	}
	fact := Fact{Person: v.ID, List: view.List}
	if !is {
		if _, err := w.Add(DefaultEnded, string(id), "", w.By.At, fact); err != nil {
			return view, err
		}
		return view, deleteDefault(ctx, w.DB, v.ID, view.List)
	}
	if _, err := w.Add(DefaultSet, string(id), "", w.By.At, fact); err != nil {
		return view, err
	}
	return view, upsertDefault(ctx, w.DB, v.ID, view.List, id)
}
