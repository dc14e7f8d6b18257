package monday

import (
	"net/http/httptest"
	"testing"

	"milepost/internal/testworld/browser"
	"milepost/internal/testworld/pagetest"
	"milepost/people"
)

// The pages fit a desk and a phone, by day and by night, with a real company's deals in
// them. With MILEPOST_TEST_PICTURES it leaves pictures.
func TestPagesInBrowser(t *testing.T) {
	s, truth := company(t, 1500)
	server := httptest.NewServer(pagetest.Door(s, "/day"))
	t.Cleanup(server.Close)
	w := browser.Open(t, server.URL)
	for _, look := range []struct {
		name string
		who  people.ID
		path string
	}{
		{"head", truth.Head, "/monday"},
		{"manager", truth.Manager, "/monday"},
		{"changes", truth.Manager, "/monday/changes?part=new"},
		{"rep", truth.Rep, "/day"},
		{"operations", truth.Operations, "/monday?period=year"},
		{"observer", truth.Observer, "/monday"},
		{"administrator", truth.Administrator, "/monday"},
	} {
		w.Go("/as/" + string(look.who))
		for _, size := range [][2]int64{{1360, 900}, {390, 844}} {
			w.Size(size[0], size[1])
			for _, dark := range []bool{false, true} {
				w.Dark(dark)
				w.Go(look.path)
				w.Settle()
				w.Fits()
				w.Readable()
				w.Named()
				w.Picture(look.name + map[bool]string{true: "-dark", false: ""}[dark] + map[bool]string{true: "-phone", false: ""}[size[0] < 400])
			}
		}
	}
}
