package activities

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/problem"
)

// attachFile takes a file in while it arrives, without ever holding it in memory.
func (x *visit) attachFile() error {
	deal := deals.ID(x.r.PathValue("id"))
	if _, err := deals.FindFor(x.ctx, x.d, x.v, deal); err != nil { // before 25 MB are taken in
		return err
	}
	name, c, err := x.receive()
	if err == nil {
		defer c.drop()
		err = x.record(func(w *ledger.Writer) error {
			_, err := x.vault.attach(x.ctx, w, x.v, deal, name, c)
			return err
		})
	}
	if err != nil {
		return x.showPanel(deal, panelState{Of: "file", Problem: err})
	}
	return x.showPanel(deal, panelState{Said: "“" + cleanFileName(name) + "” is attached."})
}

// receive reads the file of a form.
func (x *visit) receive() (string, *content, error) {
	reader, err := x.r.MultipartReader()
	if err != nil {
		return "", nil, problem.Invalid("file", "No file came. Choose one, then attach it.")
	}
	for {
		part, err := reader.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return "", nil, problem.Invalid("file", "No file came. Choose one, then attach it.")
		case err != nil:
			return "", nil, problem.Invalid("file", "The file did not arrive whole. Nothing was kept; try again.")
		case part.FormName() != "file":
			continue
		}
		return x.receivePart(part)
	}
}

func (x *visit) receivePart(part *multipart.Part) (string, *content, error) {
	name := rawFileName(part)
	if name == "" {
		return "", nil, problem.Invalid("file", "Choose a file first, then attach it.")
	}
	c, err := x.vault.receive(x.v.Org, part)
	if err != nil {
		// A browser hears an answer only when all that it sends is taken; what is
		// beyond reason is cut off.
		io.Copy(io.Discard, io.LimitReader(part, 8*x.vault.limit))
	}
	return name, c, err
}

// rawFileName is the name as it was sent; Part.FileName would cut at a slash, and an
// empty base must be told from no file.
func rawFileName(part *multipart.Part) string {
	_, params, err := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
	if err != nil {
		return part.FileName()
	}
	return params["filename"]
}

// download hands a file out, to be saved and never to be shown: what a page of ours
// shows would act with our address.
func (x *visit) download() error {
	file, err := fileTable.one(x.ctx, x.d, x.id(), noFile)
	if err != nil {
		return err
	}
	deal, err := deals.FindFor(x.ctx, x.d, x.v, file.Deal)
	if err != nil {
		return hidden(err, noFile)
	}
	if !file.maySee(x.v, deal.Owner) {
		return problem.NotFound(noFile)
	}
	if file.RemovedAt != 0 {
		return problem.NotFound("This file was removed.")
	}
	stored, err := x.vault.open(x.v.Org, file.Hash)
	if errors.Is(err, fs.ErrNotExist) {
		x.Log.Error("the content of a file is missing", "file", file.ID, "hash", file.Hash)
		return problem.NotFound("The content of this file is not in the data folder. It may have been left out of a backup; tell whoever runs Milepost for you.")
	}
	if err != nil {
		return fmt.Errorf("opening a file: %w", err)
	}
	defer stored.Close()
	header := x.w.Header()
	header.Set("Content-Type", servedAs(file.Type))
	header.Set("Content-Disposition", disposition(file.Name))
	header.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	header.Set("Cache-Control", "private, no-cache")
	header.Set("ETag", `"`+file.Hash+`"`)
	http.ServeContent(x.w, x.r, "", calendar.Instant(file.AttachedAt).Time(), stored)
	return nil
}

// servedAs is the type under which a content is handed out: what a browser might run
// is only bytes.
func servedAs(kind string) string {
	switch {
	case strings.HasPrefix(kind, "image/") && kind != "image/svg+xml", strings.HasPrefix(kind, "audio/"),
		strings.HasPrefix(kind, "video/"), kind == "application/pdf", kind == "application/zip":
		return kind
	}
	return "application/octet-stream"
}

// disposition says that a file is to be saved, and under which name (RFC 6266).
func disposition(name string) string {
	plain := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || r == '"' || r == '\\' || r == '%' {
			return '_'
		}
		return r
	}, name)
	return fmt.Sprintf(`attachment; filename="%s"; filename*=UTF-8''%s`, plain, strings.ReplaceAll(url.QueryEscape(name), "+", "%20"))
}

func (x *visit) removeFile() error {
	var file File
	err := x.record(func(w *ledger.Writer) (err error) {
		if file, err = RemoveFile(x.ctx, w, x.v, x.id()); err != nil {
			return err
		}
		return x.mayGo(w, x.id())
	})
	if problem.Is(err, problem.KindInvalid) {
		return x.showPanel(file.Deal, panelState{Of: "file", Problem: err})
	}
	if err != nil {
		return err
	}
	if err := x.vault.forget(x.ctx, x.d, file.Hash, x.now.At); err != nil {
		x.Log.Error("erasing the content of a removed file", "file", file.ID, "error", err) // the sweep does it later
	}
	return x.showPanel(file.Deal, panelState{Said: "“" + file.Name + "” was removed."})
}
