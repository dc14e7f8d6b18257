package deals

import (
	"net/url"
	"strconv"

	"github.com/a-h/templ"

	"milepost/internal/ui"
	"milepost/problem"
)

func (v *dealView) page() string { return v.ID.Path() }

// deedOf are the pages on which a field is changed without a script, where there is
// one that knows more than the field.
var deedOf = map[string]string{"stage": "stage", "amount": "amount", "close_date": "close-date", "owner": "owner",
	"title": "details", "account": "details", "source": "details", "segment": "details", "product": "details"}

// inline is the field for the parts that every page edits with.
func (v fieldView) inline() ui.Inline {
	query := "?field=" + url.QueryEscape(v.field.Name)
	i := ui.Inline{Name: v.field.Name, Place: v.place(), Noun: v.Noun, Frozen: v.AsOf != 0 || closedTo(&v.Opportunity, v.field.Name),
		Edit: v.page() + "/edit" + query, Save: v.page() + "/edit", Value: v.page() + "/value" + query, Page: v.page(),
		Version: strconv.FormatInt(v.Version, 10), Draft: "deal:" + string(v.ID) + ":" + v.field.Name, Focus: v.Focus, Part: v.Part,
		Hint: v.field.Hint, Clash: v.Clash, Shown: v.shown()}
	if deed := deedOf[v.field.Name]; deed != "" {
		i.Plain = deedPath(v.ID, deed)
	}
	for field, sentence := range problem.ByField(v.Refusal) {
		if field == "" {
			i.General = sentence
		} else {
			i.Wrong = sentence
		}
	}
	return i
}

// shown is the field as it is read; nil while nothing is known.
func (v fieldView) shown() templ.Component {
	switch v.field.Name {
	case "account":
		if v.Account == "" || v.AsOf != 0 {
			return some(v.AccountName)
		}
		return ui.Link(v.Account.Path(), v.AccountName)
	case "owner":
		if v.Owner == "" {
			return nil
		}
		return ui.PersonName(v.ownerName(v.Owner), "/deals?owner="+string(v.Owner))
	}
	return some(fieldText(&v.Opportunity, v.field.Name))
}

// input is what the first input holds: what was typed, or how it is.
func (v fieldView) input() string {
	if v.Typed != nil {
		return v.Typed.Get("value")
	}
	switch v.field.Name {
	case "account":
		return v.AccountName
	case "owner":
		return string(v.Owner)
	case "amount":
		return plainAmount(v.Amount)
	case "close_date":
		return string(v.CloseDate)
	}
	return fieldText(&v.Opportunity, v.field.Name)
}

// typedText is what was typed as a person reads it.
func (v fieldView) typedText() string {
	typed := v.Typed.Get("value")
	switch v.field.Name {
	case "owner":
		for _, o := range v.Owners {
			if o.Value == typed {
				return o.Label
			}
		}
		return "someone else"
	case "amount":
		return typed + " " + v.Typed.Get("currency")
	}
	return typed
}

func (v fieldView) inputCurrency() string {
	if v.Typed != nil {
		return v.Typed.Get("currency")
	}
	return deedView{dealView: *v.dealView}.currency()
}

func (v fieldView) stageOptions() []ui.Option { return deedView{dealView: *v.dealView}.stageOptions() }

// value is a field of the deal in its place.
func (v *dealView) value(name string) templ.Component {
	f, err := v.fieldOf(name)
	if err != nil {
		return ui.None()
	}
	if f.Focus = v.edited == name; v.AsOf != 0 {
		f.Focus = false
	}
	if v.AsOf != 0 && f.shown() == nil {
		return ui.None()
	}
	return fieldValue(f)
}
