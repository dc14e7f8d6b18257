package people

import (
	"context"
	"crypto/subtle"
	"net"
	"net/http"
	"strconv"
	"strings"

	"milepost/internal/ledger"
	"milepost/internal/web"
	"milepost/money"
	"milepost/problem"
)

// setUpForm is the set-up page, with what was typed.
type setUpForm struct {
	Organization string // its name
	Zone         string
	FiscalStart  int
	Currency     string
	Name, Email  string
	Code         string
	NeedsCode    bool
	Imported     []Organization // those that an import has made; only one is set up
	Chosen       string         // its id
	Problem      error
}

func (p pages) setUpPage(w http.ResponseWriter, r *http.Request) error {
	imported, err := Organizations(r.Context(), p.DB.Everywhere())
	if err != nil {
		return err
	}
	needed, err := setUpNeeded(r.Context(), p.DB) // after the list: see setUp
	if err != nil {
		return err
	}
	if !needed {
		return web.Redirect(w, r, "/sign-in", "")
	}
	form := setUpForm{Zone: machineZone(), FiscalStart: 1, Currency: "EUR", NeedsCode: p.fromAfar(r), Imported: imported}
	if len(form.Imported) > 0 {
		form.Chosen = string(form.Imported[0].ID)
	}
	return web.Bare(w, r, http.StatusOK, "Set up Milepost", setUpView(form))
}

func (p pages) setUp(w http.ResponseWriter, r *http.Request) error {
	form := readSetUp(r)
	form.NeedsCode = p.fromAfar(r)
	var err error
	if form.Imported, err = Organizations(r.Context(), p.DB.Everywhere()); err != nil {
		return err
	}
	// Whoever comes too late is told so, and nothing of what is here. This is asked
	// after the list was read: what someone else sets up meanwhile is not on it.
	if needed, err := setUpNeeded(r.Context(), p.DB); err != nil || !needed {
		return orElse(err, errSetUpAlready)
	}
	token, err := p.found(r, form)
	if form.Problem = err; isProblem(err) {
		return web.Bare(w, r, statusOf(err), "Set up Milepost", setUpView(form))
	}
	if err != nil {
		return err
	}
	setCookie(w, r, token)
	return web.Redirect(w, r, "/first-steps", "")
}

func readSetUp(r *http.Request) setUpForm {
	month, _ := strconv.Atoi(r.PostFormValue("fiscal_start"))
	return setUpForm{
		Organization: strings.TrimSpace(r.PostFormValue("organization")), Zone: strings.TrimSpace(r.PostFormValue("time_zone")),
		FiscalStart: month, Currency: r.PostFormValue("currency"),
		Name: r.PostFormValue("name"), Email: r.PostFormValue("email"), Code: r.PostFormValue("code"), Chosen: r.PostFormValue("chosen"),
	}
}

// found checks everything that was typed, says all of what is wrong at once, and
// sets up.
func (p pages) found(r *http.Request, form setUpForm) (token string, err error) {
	if err := p.mustKnowCode(r, form); err != nil {
		return "", err
	}
	f := foundation{Device: deviceOf(r.UserAgent())}
	var wrong [4]error
	f.Organization, wrong[0] = form.organization()
	f.Person.Name, wrong[1] = CleanName("name", form.Name)
	f.Person.Email, wrong[2] = CleanEmail(form.Email)
	if f.Person.Email == "" && wrong[2] == nil {
		wrong[2] = problem.Invalid("email", "With this address you will sign in.")
	}
	f.Hash, wrong[3] = newPassword(r, f.Person)
	if err := join(wrong[:]); err != nil {
		return "", err
	}
	return setUp(r.Context(), p.DB, f, ledger.By{Via: ledger.ViaWeb, At: p.Clock()})
}

// organization is the one that was described, or the one that an import has made.
func (f setUpForm) organization() (Organization, error) {
	for _, o := range f.Imported {
		if string(o.ID) == f.Chosen {
			return o, nil
		}
	}
	if len(f.Imported) > 0 {
		return Organization{}, problem.Invalid("chosen", "Choose the organization that you will administer.")
	}
	o := Organization{Name: f.Organization, TimeZone: f.Zone, FiscalStart: f.FiscalStart, Currency: money.Currency(strings.TrimSpace(f.Currency))}
	if known, err := money.ParseCurrency(f.Currency); err == nil {
		o.Currency = known
	}
	return o, renamed(o.check(), "name", "organization")
}

// renamed moves the sentences about one field to another.
func renamed(err error, from, to string) error {
	var list []error
	for field, sentence := range problem.ByField(err) {
		if field == from {
			field = to
		}
		list = append(list, problem.Invalid(field, "%s", sentence))
	}
	return join(list)
}

// mustKnowCode asks strangers for the code in the program's log.
func (p pages) mustKnowCode(r *http.Request, form setUpForm) error {
	if !form.NeedsCode {
		return nil
	}
	if err := admit(r.Context(), p.DB, "set-up code", addressOf(r), p.Clock()); err != nil {
		return err
	}
	typed := strings.ToUpper(strings.TrimSpace(form.Code))
	if subtle.ConstantTimeCompare([]byte(typed), []byte(SetUpCode())) != 1 {
		return problem.Invalid("code", "This is not the code. It stands in the log of the program, on the machine that runs it.")
	}
	return forgive(context.WithoutCancel(r.Context()), p.DB, "set-up code")
}

// fromAfar tells whether a request comes over a network: not to this machine's own
// address, by way of a proxy, or under another machine's name. The log then shows
// the code.
func (p pages) fromAfar(r *http.Request) bool {
	at, _ := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if at != nil && loopback(at.String()) && loopback(r.Host) && r.Header.Get("X-Forwarded-For") == "" && r.Header.Get("Forwarded") == "" {
		return false
	}
	p.Log.Info("the set-up page was opened over the network; it asks for this code", "code", SetUpCode())
	return true
}

func loopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		host = address
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
