package imports

import (
	"github.com/a-h/templ"

	"milepost/internal/ui"
)

// formatRow is a line of the table that explains the format.
type formatRow struct{ kind, says, name, value string }

var formatRows = []formatRow{
	{"created", "The deal came into being.", "its title", ""},
	{"account", "Whom it is sold to, from then on.", "the company", ""},
	{"owner", "Who works on it, from then on.", "the person", ""},
	{"attribute", "Something worth knowing about it.", "which: segment, source, product, country …", "its value"},
	{"amount", "What it is worth, as seen then.", "the currency, or a unit like MW", "a plain number: 15000.50"},
	{"close_date", "When it was expected to close, as seen then.", "", "the date: 2026-01-31"},
	{"stage", "The stage that it entered.", "the stage", ""},
	{"milestone", "Something became true of it.", "the milestone", "claimed, achieved or revoked"},
	{"criterion", "A criterion was assessed.", "the criterion", "unknown, unmet, met or verified"},
	{"activity", "Someone did something.", "call, meeting, e-mail …", "what was said"},
	{"call", "What was promised for the forecast.", "commit, best, pipeline or omitted", "an amount, or nothing"},
	{"outcome", "How it ended.", "won, lost or no_action", "to whom it was lost, or why it ended"},
}

func formatTable() ui.Table {
	t := ui.Table{Caption: "What a line can say", Columns: []ui.Column{{Label: "kind"}, {Label: "What it says"}, {Label: "name"}, {Label: "value"}}}
	for _, f := range formatRows {
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{kindWord(f.kind), ui.Text(f.says), textOrNone(f.name), textOrNone(f.value)}})
	}
	return t
}

func textOrNone(text string) templ.Component {
	if text == "" {
		return ui.None()
	}
	return ui.Text(text)
}

// exampleText is a history of three deals, one of each outcome.
const exampleText = header + `
D-1001,2026-01-12T09:00:00Z,created,Warehouse control for Northwind,
D-1001,2026-01-12T09:00:00Z,account,Northwind Foods,
D-1001,2026-01-12T09:00:00Z,owner,Kim Park,
D-1001,2026-01-12T09:00:00Z,attribute,source,referral
D-1001,2026-01-12T09:00:00Z,amount,EUR,48000
D-1001,2026-01-12T09:00:00Z,close_date,,2026-03-31
D-1001,2026-01-12T09:00:00Z,stage,qualified,
D-1001,2026-01-20T14:30:00Z,activity,meeting,"Saw the warehouse; the manager said ""before summer"""
D-1001,2026-02-03T10:00:00Z,milestone,Economic buyer met,achieved
D-1001,2026-02-10T08:15:00Z,amount,EUR,52500
D-1001,2026-02-10T08:15:00Z,stage,proposal,
D-1001,2026-03-02T08:00:00Z,call,commit,52500
D-1001,2026-03-18T16:00:00Z,outcome,won,fastest to install
D-1002,2026-01-15T11:00:00Z,created,Route planning for Contoso,
D-1002,2026-01-15T11:00:00Z,account,Contoso Logistics,
D-1002,2026-01-15T11:00:00Z,owner,Lee Chan,
D-1002,2026-01-15T11:00:00Z,amount,EUR,21000
D-1002,2026-01-28T09:00:00Z,criterion,budget,met
D-1002,2026-02-20T12:00:00Z,outcome,lost,Acme
D-1003,2026-02-01T10:00:00Z,created,Cold chain pilot for Fabrikam,
D-1003,2026-02-01T10:00:00Z,account,Fabrikam,
D-1003,2026-02-01T10:00:00Z,owner,Kim Park,
D-1003,2026-05-04T10:00:00Z,outcome,no_action,budget frozen
`
