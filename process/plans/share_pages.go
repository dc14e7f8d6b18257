package plans

import (
	"net/http"
	"strconv"

	"milepost/accounts"
	"milepost/internal/ui"
	"milepost/internal/web"
)

// shareView is the form by which a private link is made.
type shareView struct {
	*planView
	Contact  accounts.ContactID
	Days     int
	Passcode bool
	Amount   bool
	Problem  error
}

func (x *visit) share() error {
	v, err := x.readPlan(x.id())
	if err != nil {
		return err
	}
	return x.showShare(&shareView{planView: v, Days: lives[0], Contact: accounts.ContactID(x.r.URL.Query().Get("contact"))})
}

func (x *visit) showShare(v *shareView) error {
	frame := ui.Frame{Title: "Share the plan", Crumbs: crumbs(&v.Deal, &v.Plan),
		Lead: "The link opens this plan and nothing else, without an account. Each person gets their own, so that it is known who confirmed."}
	return x.page(v.Problem, frame, sharePage(v))
}

// makeLink makes a link, and shows its secrets, this once, on the plan.
func (x *visit) makeLink() error {
	f := x.r.PostForm
	days, _ := strconv.Atoi(f.Get("days"))
	typed := &shareView{Contact: accounts.ContactID(f.Get("contact")), Days: days, Passcode: f.Get("passcode") != "", Amount: f.Get("amount") != ""}
	var made Invitation
	err := x.act(func(p *Pen) (err error) {
		made, err = p.Share(x.ctx, typed.Contact, typed.Days, typed.Passcode, typed.Amount)
		return err
	})
	if web.InForm(err) {
		typed.Problem = err
		if typed.planView, err = x.readPlan(x.id()); err != nil {
			return err
		}
		return x.showShare(typed)
	}
	if err != nil {
		return err
	}
	return x.showPlan(nil, &made)
}

func (x *visit) endLink() error {
	return x.done(x.act(func(p *Pen) error { return p.End(x.ctx, LinkID(x.r.PathValue("link"))) }), "The link is ended. Whoever opens it finds nothing there.")
}

func (x *visit) say() error {
	return x.done(x.act(func(p *Pen) error { return p.Say("", x.r.PostForm.Get("words")) }), "It stands in the plan, where the buyer reads it.")
}

func (x *visit) answer() error {
	accept := x.r.PostForm.Get("accept") != ""
	err := x.act(func(p *Pen) error {
		return p.Answer(x.ctx, RemarkID(x.r.PathValue("remark")), accept, x.r.PostForm.Get("words"))
	})
	return x.done(err, "It is answered.")
}

// contacts are for whom a link can be made.
func (v *shareView) contacts() []ui.Option {
	list := []ui.Option{{Label: "Choose someone"}}
	for _, c := range v.parts {
		if c.Erased == 0 && c.LeftOn == "" {
			list = append(list, ui.Option{Value: string(c.ID), Label: c.Name, Hint: c.Title})
		}
	}
	return list
}

func (v *shareView) lives() []ui.Option {
	var list []ui.Option
	for _, days := range lives {
		list = append(list, ui.Option{Value: strconv.Itoa(days), Label: strconv.Itoa(days) + " days"})
	}
	return list
}

// address is where the browser finds this program.
func address(r *http.Request) string {
	if overTLS(r) {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

func overTLS(r *http.Request) bool {
	return r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https"
}
