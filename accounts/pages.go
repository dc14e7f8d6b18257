package accounts

import (
	"milepost/bulk"
	"milepost/internal/slice"
	"milepost/internal/web"
	"milepost/people"
)

// pages serves the pages of this room.
type pages struct{ slice.Program }

func (p pages) routes() []web.Route {
	list := []web.Route{
		{Pattern: "GET /accounts", Handle: p.accountList},
		{Pattern: "GET /accounts.csv", Handle: p.accountsCSV},
		{Pattern: "GET /accounts/new", Handle: p.newAccount},
		{Pattern: "POST /accounts", Handle: p.openAccount},
		{Pattern: "GET /accounts/similar", Handle: p.similarAccounts},
		{Pattern: "GET /accounts/names", Handle: p.accountNames},
		{Pattern: "GET /accounts/{id}", Handle: p.account},
		{Pattern: "GET /accounts/{id}/edit", Handle: p.edit(p.accountSubject)},
		{Pattern: "POST /accounts/{id}/edit", Handle: p.save(p.accountSubject)},
		{Pattern: "GET /accounts/{id}/value", Handle: p.value(p.accountSubject)},
		{Pattern: "GET /accounts/{id}/history", Handle: p.history(p.accountSubject)},
		{Pattern: "POST /accounts/{id}/undo", Handle: p.undo(p.accountSubject)},
		{Pattern: "GET /accounts/{id}/merge", Handle: p.mergePage},
		{Pattern: "POST /accounts/{id}/merge", Handle: p.merge},
		{Pattern: "GET " + DealPanel, Handle: p.dealPanel},
		{Pattern: "POST /accounts/deals/{id}/roles", Handle: p.setRole},
		{Pattern: "GET /contacts", Handle: p.contactList},
		{Pattern: "GET /contacts.csv", Handle: p.contactsCSV},
		{Pattern: "GET /contacts/new", Handle: p.newContact},
		{Pattern: "POST /contacts", Handle: p.addContact},
		{Pattern: "GET /contacts/similar", Handle: p.similarContacts},
		{Pattern: "GET /contacts/{id}", Handle: p.contact},
		{Pattern: "GET /contacts/{id}/edit", Handle: p.edit(p.contactSubject)},
		{Pattern: "POST /contacts/{id}/edit", Handle: p.save(p.contactSubject)},
		{Pattern: "GET /contacts/{id}/value", Handle: p.value(p.contactSubject)},
		{Pattern: "GET /contacts/{id}/history", Handle: p.history(p.contactSubject)},
		{Pattern: "POST /contacts/{id}/undo", Handle: p.undo(p.contactSubject)},
		{Pattern: "GET /contacts/{id}/erase", Handle: p.erasePage},
		{Pattern: "POST /contacts/{id}/erase", Handle: p.erase},
	}
	list = append(list, bulk.Routes(p.Program, manyAccounts)...)
	list = append(list, bulk.Routes(p.Program, manyContacts)...)
	for i := range list {
		list[i].Rule = people.SeesDeals
	}
	return list
}

const largestForm = 256 << 10
