package imports

import (
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"

	"milepost/internal/db"
	"milepost/internal/web"
	"milepost/people"
	"milepost/problem"
)

// maxUpload bounds a file that comes by the browser; larger ones come by the
// command line.
const maxUpload = int64(512) << 20

// upload takes a file in, straight to the data folder, and starts its import.
func (p *pages) upload(w http.ResponseWriter, r *http.Request) error {
	v := people.ViewerFrom(r.Context())
	running, err := p.running(r)
	if err != nil {
		return err
	}
	if running != nil {
		io.Copy(io.Discard, http.MaxBytesReader(w, r.Body, maxUpload)) // a browser hears nothing before it has sent all
		return p.askAgain(w, r, http.StatusConflict, nil)
	}
	run := &Run{ID: db.NewID(p.Clock()), Actor: v.ID, Via: viaWeb}
	if err := p.receive(w, r, run); err != nil {
		os.Remove(p.uploadPath(v.Org, run.ID))
		if _, said := problem.Of(err); said {
			return p.askAgain(w, r, http.StatusUnprocessableEntity, err)
		}
		return err
	}
	if err := p.start(r.Context(), v.Organization, run); err != nil {
		os.Remove(p.uploadPath(v.Org, run.ID))
		if problem.Is(err, problem.KindConflict) {
			return p.askAgain(w, r, http.StatusConflict, nil)
		}
		return err
	}
	return web.Redirect(w, r, "/imports/"+run.ID, "")
}

// receive streams the parts of the form: the file to disk, the rest to the run.
func (p *pages) receive(w http.ResponseWriter, r *http.Request, run *Run) error {
	r.Body = http.MaxBytesReader(w, r.Body, maxUpload+64<<10)
	form, err := r.MultipartReader()
	if err != nil {
		return problem.Invalid("file", "Choose a file first.")
	}
	for {
		part, err := form.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			return tooLarge(err)
		}
		switch part.FormName() {
		case "strict":
			run.Strict = true
		case "file":
			if err := p.keep(people.ViewerFrom(r.Context()).Org, part, run); err != nil {
				return err
			}
		}
	}
	if run.File == "" {
		return problem.Invalid("file", "Choose a file first.")
	}
	if run.Size == 0 {
		return problem.Invalid("file", "The file is empty.")
	}
	return nil
}

func (p *pages) keep(org db.Org, part *multipart.Part, run *Run) error {
	if part.FileName() == "" {
		return nil
	}
	path := p.uploadPath(org, run.ID)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer file.Close()
	run.File = clip(filepath.Base(part.FileName()), 200)
	if run.Size, err = io.Copy(file, part); err != nil {
		return tooLarge(err)
	}
	return file.Close()
}

func tooLarge(err error) error {
	var limit *http.MaxBytesError
	if errors.As(err, &limit) {
		return problem.Invalid("file", "The file is larger than 512 MB. Pack it with gzip, or import it at the command line: milepost import history.")
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return problem.Invalid("file", "The file did not arrive whole. Try again.")
	}
	return err
}

// start takes the organization's place for an import and works in the background:
// the person may leave the page, and finds the progress again.
func (p *pages) start(ctx context.Context, o people.Organization, run *Run) error {
	file, err := os.Open(p.uploadPath(o.ID, run.ID))
	if err != nil {
		return err
	}
	if err := claim(ctx, p.DB.For(o.ID), run, p.Clock()); err != nil {
		file.Close()
		return err
	}
	p.working.Go(func() {
		defer file.Close()
		i := &Import{Program: p.Program, Org: o, Actor: run.Actor, Name: run.File, Strict: run.Strict}
		_, err := conduct(context.WithoutCancel(ctx), i, file, run)
		if err != nil {
			p.Log.Error("an import failed", "organization", o.ID, "file", run.File, "error", err)
		}
		if _, refused := problem.Of(err); err == nil || refused {
			os.Remove(p.uploadPath(o.ID, run.ID))
		}
	})
	return nil
}

// again continues an import that was interrupted, from the file that was kept.
func (p *pages) again(w http.ResponseWriter, r *http.Request) error {
	s, err := p.run(r)
	if err != nil {
		return err
	}
	if !s.canContinue() {
		return problem.Conflict("", "This import cannot be continued: it is under way, or done, or its file is gone. Import the file again; what is there already is not added twice.")
	}
	v := people.ViewerFrom(r.Context())
	run := s.Run
	run.Actor = v.ID
	if err := p.start(r.Context(), v.Organization, &run); err != nil {
		return err
	}
	return web.Redirect(w, r, "/imports/"+run.ID, "The import goes on where it stopped.")
}

// discard removes the file of an import that will not be continued.
func (p *pages) discard(w http.ResponseWriter, r *http.Request) error {
	s, err := p.run(r)
	if err != nil {
		return err
	}
	if s.canContinue() {
		if err := os.Remove(p.uploadPath(people.ViewerFrom(r.Context()).Org, s.ID)); err != nil {
			return err
		}
	}
	return web.Redirect(w, r, "/imports/"+s.ID, "The uploaded file was removed. What it had brought in stays.")
}
