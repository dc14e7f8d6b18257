package editor

// SetAtOnce says from how many deals on a publication goes on behind a page, until the
// test ends.
func SetAtOnce(t interface{ Cleanup(func()) }, n int) {
	was := atOnce
	atOnce = n
	t.Cleanup(func() { atOnce = was })
}
