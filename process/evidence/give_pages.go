package evidence

import (
	"mime"
	"net/url"

	"milepost/accounts"
	"milepost/activities"
	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/internal/web"
	"milepost/process"
)

// give takes evidence for a marker in: a file, while it arrives, or what a form says.
func (x *visit) give() error {
	if _, err := deals.FindFor(x.ctx, x.d, x.v, x.deal()); err != nil { // before a file is taken in
		return err
	}
	form, upload, err := x.received()
	defer upload.Drop()
	if err != nil {
		if form != nil && form.Get("version") != "" && web.InForm(err) {
			return x.showAgain(form, err)
		}
		return err
	}
	proof := proofOf(form)
	return x.act(form, func(w *ledger.Writer, p *Pen) error {
		marker := process.MarkerID(form.Get("marker"))
		_, k, err := p.marker(x.milestone(), marker)
		if err != nil {
			return err
		}
		if upload != nil && proof.Sort == FileSort {
			proof.Ref, err = p.Attach(x.vault, upload, proof.Confidential)
		} else {
			err = Referred(x.ctx, w.DB, x.v, p.Deal, k, proof, x.now.Today())
		}
		if err != nil {
			return err
		}
		return p.Give(x.milestone(), marker, proof, ItemID(form.Get("replaces")))
	})
}

// received reads the form, and the file that it may bring.
func (x *visit) received() (url.Values, *activities.Upload, error) {
	if kind, _, _ := mime.ParseMediaType(x.r.Header.Get("Content-Type")); kind == "multipart/form-data" {
		return x.vault.Receive(x.v.Org, x.r)
	}
	form, err := x.form()
	return form, nil, err
}

// proofOf is what a form gives as evidence: of each sort only what belongs to it.
func proofOf(form url.Values) Proof {
	p := Proof{Sort: Sort(form.Get("sort")), Confidential: form.Get("confidential") != ""}
	switch p.Sort {
	case FileSort, MeetingSort:
		p.Ref, p.Text = form.Get("ref"), form.Get("text")
	case LinkSort:
		p.URL, p.Text = form.Get("url"), form.Get("text")
	case EmailSort, NoteSort:
		p.Text = form.Get("text")
	case ContactSort:
		p.Contact, p.How = accounts.ContactID(form.Get("contact")), form.Get("how")
		if on, err := calendar.ParseDate(form.Get("on")); err == nil {
			p.On = on
		}
	}
	return p
}

func (x *visit) withdraw() error {
	return x.simply(func(p *Pen, form url.Values) error {
		id := ItemID(form.Get("item"))
		if is, there := p.item(id); there && (is.Milestone != x.milestone() || !is.MaySee(x.v, p.Deal.Owner)) {
			id = ""
		}
		return p.Withdraw(id, form.Get("reason"))
	})
}

func (x *visit) claim() error {
	return x.simply(func(p *Pen, _ url.Values) error { return p.Claim(x.milestone()) })
}

func (x *visit) unclaim() error {
	return x.simply(func(p *Pen, form url.Values) error { return p.Unclaim(x.milestone(), form.Get("reason")) })
}

func (x *visit) answer() error {
	return x.simply(func(p *Pen, form url.Values) error { return p.Answer(x.milestone(), form.Get("answer")) })
}

// simply is an act whose form brings no file.
func (x *visit) simply(work func(*Pen, url.Values) error) error {
	form, err := x.form()
	if err != nil {
		return err
	}
	return x.act(form, func(_ *ledger.Writer, p *Pen) error { return work(p, form) })
}
