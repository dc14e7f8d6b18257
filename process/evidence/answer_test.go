package evidence_test

import (
	"testing"

	"milepost/process/evidence"
)

// What was rejected may pass once the rep answered, and counts as the rep's claim still.
func TestRejectedPassesAfterAnAnswer(t *testing.T) {
	eachDesk(t, func(t *testing.T, o *desk) {
		pass := func(p *evidence.Pen) error { return p.Pass("need") }
		o.must(o.mail(o.Dan, "dan open", "need", "need-mail"))
		o.must(o.act(o.Ben, "dan open", "need", func(p *evidence.Pen) error { return p.Reject("need", "An old mail") }))
		if err := o.act(o.Ben, "dan open", "need", pass); err == nil {
			t.Error("a rejection was taken back though nobody answered it")
		}
		o.must(o.act(o.Dan, "dan open", "need", func(p *evidence.Pen) error { return p.Answer("need", "It is from this May.") }))
		o.must(o.act(o.Ben, "dan open", "need", pass))
		m := o.standing("dan open").Of("need")
		if m.State != evidence.Confirmed || m.ConfirmedBy != o.Ben.ID || m.ClaimedBy != o.Dan.ID || m.Rejections != 1 {
			t.Errorf("after the answer and the pass: %+v", m)
		}
	})
}
