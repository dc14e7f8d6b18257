package editor

import (
	"net/http"
	"strconv"

	"milepost/calendar"
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/problem"
	"milepost/process"
)

// versionView is a version as it was published, for ever.
type versionView struct {
	process.Process
	process.Version
	Changes []process.Change
	By      string
	On      calendar.Date
}

func (x *visit) version() error {
	p, err := process.Find(x.ctx, x.d, x.id())
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(x.r.PathValue("n"))
	version, there := p.Numbered(n)
	if err != nil || !there {
		return problem.NotFound("This process has no such version.")
	}
	names, err := x.names()
	if err != nil {
		return err
	}
	v := versionView{Process: p, Version: *version, By: nameOf(names, version.By), On: calendar.DateOf(version.At, x.v.Organization.Place())}
	if before, is := p.Numbered(n - 1); is {
		v.Changes = process.Changes(&before.Definition, version)
	}
	frame := ui.Frame{Title: version.Definition.Name + ", version " + strconv.Itoa(n), Lead: version.Definition.Purpose, Crumbs: crumbsOf(&p)}
	return web.Page(x.w, x.r, frame, versionPage(v))
}

func (x *visit) preview() error {
	p, err := process.Find(x.ctx, x.d, x.id())
	if err != nil {
		return err
	}
	return web.Page(x.w, x.r, ui.Frame{Title: p.Draft.Name, Lead: "As a rep sees it", Crumbs: crumbsOf(&p)}, previewPage(&p))
}

func (x *visit) history() error {
	p, err := process.Find(x.ctx, x.d, x.id())
	if err != nil {
		return err
	}
	v := view{Process: p}
	if v.Steps, err = process.History(x.ctx, x.d, p.ID); err != nil {
		return err
	}
	if v.Names, err = x.names(); err != nil {
		return err
	}
	return web.PageWithStatus(x.w, x.r, http.StatusOK, ui.Frame{Title: "What was done", Crumbs: crumbsOf(&p)}, historyPage(v))
}
