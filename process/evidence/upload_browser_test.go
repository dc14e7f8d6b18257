package evidence_test

import (
	"os"
	"path/filepath"
	"testing"
)

// A file that is given as evidence shows how far it is while it is sent; what is refused
// is said where it was typed, and the form works on.
func TestSendingAFileAsEvidence(t *testing.T) {
	w, o := window(t)
	folder := t.TempDir()
	mail, empty := filepath.Join(folder, "mail.txt"), filepath.Join(folder, "empty.txt")
	o.must(os.WriteFile(mail, []byte("They need scales."), 0o600))
	o.must(os.WriteFile(empty, nil, 0o600))
	w.Go("/as/" + string(o.Dan.ID))
	w.Go(o.path("dan open", "need"))
	form := `form[data-upload]`
	watch := `!!new MutationObserver(() => { if (document.querySelector("[data-progress]")?.hidden === false) sessionStorage.bar = "seen" }).observe(document.body, {attributes: true, subtree: true}) || true`
	open := `(document.querySelector("form[data-upload]").closest("details").open = true)`
	if !w.Holds(watch) || !w.Holds(open) {
		t.Fatal("the form cannot be opened")
	}
	w.Upload(form+` input[type=file]`, empty)
	w.Click(form + ` button[type=submit]`)
	w.See("The file is empty")
	if !w.Holds(`sessionStorage.bar === "seen"`) {
		t.Error("no bar was shown")
	}
	w.Upload(form+` input[type=file]`, mail)
	w.Click(form + ` button[type=submit]`)
	w.See("“The need is agreed” is claimed.")
	w.See("mail.txt")
}
