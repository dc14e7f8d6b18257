package editor

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"milepost/internal/ledger"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
	"milepost/problem"
	"milepost/process"
)

// view is a draft as it is being edited.
type view struct {
	process.Process
	Steps     []process.Step
	Deals     int    // that are open and follow it
	Open      string // what is open for editing: an id, "process"
	Did, At   string // what was just done to what: the keys stay there
	Advice    map[string][]string
	Obstacles []string
	Names     map[people.ID]string
	Typed     url.Values // of an act that was refused
	Refusal   error
	Meant     *process.Definition // the draft, had it not been refused
}

func (x *visit) seen() int64 {
	seen, _ := strconv.ParseInt(x.r.PostFormValue("seen"), 10, 64) // 0 is none: nothing is checked against it
	return seen
}

func (x *visit) edit() error {
	q := x.r.URL.Query()
	return x.showEditor(http.StatusOK, view{Open: q.Get("open"), Did: q.Get("did"), At: q.Get("at")})
}

func (x *visit) showEditor(status int, v view) error {
	var err error
	if v.Process, err = process.Find(x.ctx, x.d, x.id()); err != nil {
		return err
	}
	if v.Steps, err = process.History(x.ctx, x.d, x.id()); err != nil {
		return err
	}
	deals, err := openByProcess(x.ctx, x.d)
	if err != nil {
		return err
	}
	if v.Names, err = x.names(); err != nil {
		return err
	}
	v.Deals = deals[string(v.ID)]
	v.Advice = map[string][]string{}
	for _, a := range v.Draft.Lint() {
		v.Advice[a.Where] = append(v.Advice[a.Where], a.Sentence)
	}
	v.Obstacles = sentences(v.Draft.Obstacles())
	frame := ui.Frame{Title: v.Draft.Name, Lead: v.lead(), Crumbs: crumbs(), Actions: editActions(v)}
	return web.PageWithStatus(x.w, x.r, status, frame, editPage(v))
}

func (v *view) lead() string {
	switch {
	case v.State == process.Drafted:
		return "A draft. Nobody works by it before you publish it."
	case v.Changed:
		return "You are changing the draft. " + count(v.Deals, "open deal") + " go on by version " + strconv.Itoa(len(v.Versions)) + " until you publish."
	}
	return count(v.Deals, "open deal") + " follow version " + strconv.Itoa(len(v.Versions)) + "."
}

// act does one thing to the draft and saves it. What is refused is shown again with
// what was typed, beside how things stand now.
func (x *visit) act() error {
	if err := x.r.ParseForm(); err != nil {
		return problem.Invalid("", "That was more than a process can hold, and nothing was saved.")
	}
	a, err := readAct(x.r.PostForm)
	if err != nil {
		return err
	}
	var words string
	err = x.record(func(w *ledger.Writer) error {
		p, err := process.Find(x.ctx, w.DB, x.id())
		if err != nil {
			return err
		}
		d := p.Draft.Copy()
		if words, err = a.apply(&d); err != nil {
			return err
		}
		_, err = process.SaveAct(x.ctx, w, x.id(), x.seen(), d, words)
		return err
	})
	switch {
	case problem.Is(err, problem.KindNotFound), err != nil && len(sentences(err)) == 0:
		return err
	case err != nil:
		return x.showRefused(a, err)
	}
	back := url.Values{"did": {a.Name}, "at": {a.At}}
	if x.r.PostForm.Has("lift") {
		back.Set("open", a.At)
	}
	return web.Redirect(x.w, x.r, path(x.id())+"?"+back.Encode(), upperFirst(words)+".")
}

func (x *visit) showRefused(a act, refusal error) error {
	v := view{Did: a.Name, At: a.At, Typed: x.r.PostForm, Refusal: refusal}
	if strings.HasPrefix(a.Name, "edit-") {
		v.Open = a.At
	}
	p, err := process.Find(x.ctx, x.d, x.id())
	if err != nil {
		return err
	}
	meant := p.Draft.Copy()
	if _, err := a.apply(&meant); problem.Is(err, problem.KindConflict) { // it is gone
		v.Open = ""
	}
	v.Meant = &meant
	status := http.StatusUnprocessableEntity
	if problem.Is(refusal, problem.KindConflict) {
		status = http.StatusConflict
	}
	return x.showEditor(status, v)
}

// undo takes the newest act back.
func (x *visit) undo() error {
	var undone process.Step
	err := x.record(func(w *ledger.Writer) (err error) {
		_, undone, err = process.Undo(x.ctx, w, x.id(), x.seen())
		return err
	})
	if err != nil {
		return err
	}
	return web.Redirect(x.w, x.r, path(x.id())+"?did=undo", "Undone: "+stepWords(undone)+".")
}

func stepWords(s process.Step) string {
	if s.Words == "" {
		return "an earlier change"
	}
	return s.Words
}

func upperFirst(text string) string {
	for i, r := range text {
		return strings.ToUpper(string(r)) + text[i+len(string(r)):]
	}
	return text
}

// sentences are what a refusal says, each once; none for what is no refusal.
func sentences(err error) []string {
	return sortedFields(problem.ByField(err))
}
