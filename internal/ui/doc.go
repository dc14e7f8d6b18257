// Package ui holds the parts that every page is put together from, so that pages
// look alike, work by keyboard and at 390 px, and obey the Content-Security-Policy.
//
// A page is a body inside a frame. internal/web fills the frame (organization,
// person, navigation) and renders:
//
//	ui.Page(frame, dealsPage(deals))
//	ui.Bare("Sign in", signInForm(...))       // no navigation: sign-in, set-up
//	ui.Bare(ui.ProblemTitle(404), ui.ProblemPage(404, "…", "…"))
//
// Parts with several settings are structs that are components themselves, made in
// Go or in templ. Parts that enclose others are functions that take children.
//
//	templ dealsPage(deals []Deal) {
//		@ui.Card(ui.CardHead{Title: "Open deals"}) {
//			@dealTable(deals)
//		}
//	}
//
//	func dealTable(deals []Deal) ui.Table {
//		t := ui.Table{Caption: "Open deals", Columns: []ui.Column{
//			{Label: "Deal", Path: "?sort=name"},
//			{Label: "Amount", Numeric: true, Path: "?sort=-amount", Sorted: ui.Descending},
//			{Label: "Close"},
//		}, Empty: ui.EmptyState{Icon: "briefcase", Title: "No deals yet",
//			Sentence: "Deals appear here as soon as one is made or imported.",
//			Action: ui.LinkButton{Label: "Import deals", Path: "/imports", Kind: ui.Primary}}}
//		for _, d := range deals {
//			t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{
//				ui.Link("/deals/"+d.ID, d.Name), ui.Money(d.Amount), ui.Date(d.Close)}})
//		}
//		return t
//	}
//
// A form shows each sentence of a refusal beside its field:
//
//	templ editDeal(form Deal, err error) {
//		{{ wrong := problem.ByField(err) }}
//		@ui.Form(ui.FormHead{Action: "/deals", Submit: "Save deal", Problem: err}) {
//			@ui.FormField{Name: "name", Label: "Name", Value: form.Name, Required: true, Error: wrong["name"]}
//			@ui.FormField{Name: "close", Label: "Expected close", Type: "date", Hint: "When the prospect will decide."}
//		}
//	}
//
// What is not on a page yet is fetched by htmx: Panel leaves a place for a path.
// No part writes an inline style or script, and a page must not either: widths are
// classes or SVG attributes, behaviour is in assets/js. Layout needs no utility
// classes: use Grid, Split, Line and Stack.
//
// Gallery shows every part in every state.
package ui
