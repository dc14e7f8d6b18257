package evidence

import (
	"context"
	"slices"
	"strings"

	"milepost/accounts"
	"milepost/activities"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/people"
	"milepost/problem"
	"milepost/process"
)

// Referred refuses a proof that refers to something which is not there for the person:
// a file or a meeting of another deal, a contact of another buyer, or one whose word is
// not asked for.
func Referred(ctx context.Context, d *db.DB, v *people.Viewer, o deals.Opportunity, k *process.Marker, p Proof, today calendar.Date) error {
	switch p.Sort {
	case FileSort:
		files, err := activities.FilesFor(ctx, d, v, o)
		if err == nil && p.Ref != "" && !slices.ContainsFunc(files, func(f activities.File) bool { return string(f.ID) == p.Ref }) {
			err = problem.Invalid("ref", "This file is not with the deal any more. Choose another, or attach it anew.")
		}
		return err
	case MeetingSort:
		list, err := activities.MeetingsOf(ctx, d, o.ID)
		if err == nil && p.Ref != "" && !slices.ContainsFunc(list, func(a activities.Activity) bool { return string(a.ID) == p.Ref }) {
			err = problem.Invalid("ref", "This meeting is not logged with the deal any more. Choose another, or log it first.")
		}
		return err
	case ContactSort:
		if p.On != "" && p.On > today {
			return problem.Invalid("on", "This day is still to come. Say when they confirmed it.")
		}
		if p.Contact == "" {
			return nil // refused by the pen, with what is missing
		}
		parties, err := accounts.Parties(ctx, d, v, o)
		if err != nil {
			return err
		}
		return MayConfirm(k, p.Contact, parties)
	}
	return nil
}

// Keeps refuses that a file or a meeting goes while a milestone is shown by it. Of
// confidential evidence nobody learns more than that somebody needs it.
func Keeps(ctx context.Context, tx *db.DB, id activities.ID) error {
	used, err := referring(ctx, tx, string(id))
	switch {
	case err != nil || len(used) == 0:
		return err
	case used[0].Confidential == 1:
		return problem.Invalid("", "This is still needed in the deal. Ask its owner before it goes.")
	}
	return problem.Invalid("", "This is evidence for the milestone “%s”. Withdraw or replace it there first.", used[0].Name)
}

// MayConfirm refuses a contact who is not of the buyer's, or whose part in the deal is
// not one that the marker asks for.
func MayConfirm(k *process.Marker, id accounts.ContactID, parties []accounts.Party) error {
	i := slices.IndexFunc(parties, func(p accounts.Party) bool { return p.ID == id })
	switch {
	case i < 0:
		return problem.Invalid("contact", "Choose someone of the buyer's: who plays a part in this deal, or works at its account.")
	case len(k.Roles) == 0 || slices.Contains(k.Roles, parties[i].Role):
		return nil
	case parties[i].Role == "":
		return problem.Invalid("contact", "%s plays no part in this deal yet, and this takes the word of %s. Note their part under “People” first, if it is theirs to say.", parties[i].Name, roleWords(k.Roles))
	}
	return problem.Invalid("contact", "%s is in this deal as %s, and this takes the word of %s. If their part changed, note it under “People” first.",
		parties[i].Name, roleWords([]accounts.Role{parties[i].Role}), roleWords(k.Roles))
}

// roleWords names roles in running text: "an economic buyer or a champion".
func roleWords(roles []accounts.Role) string {
	words := make([]string, len(roles))
	for i, r := range roles {
		label := strings.ToLower(r.Label())
		article := "a "
		if strings.ContainsRune("aeio", rune(label[0])) {
			article = "an "
		}
		switch r {
		case accounts.Legal:
			article = "" // "legal or procurement"
		case accounts.OtherRole:
			article, label = "", "someone with another part"
		}
		words[i] = article + label
	}
	return strings.Join(words, " or ")
}
