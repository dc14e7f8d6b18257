package forecasts

import (
	"sync"
	"weak"
)

// mostDrawn is how many bytes of drawings are kept, of all organizations together.
const mostDrawn = 128 << 20

// shelf bounds what is kept of drawings: those of forecasts that nobody asked for longest
// are let go first. It holds no forecast itself, so that one that is no longer served goes
// with what was drawn of it.
type shelf struct {
	turn sync.Mutex
	most int // bytes; 0 is mostDrawn
	list []shelved
}

// shelved is a forecast whose drawings take so much room, the last that was asked at the
// end of the list.
type shelved struct {
	of    weak.Pointer[Forecast]
	bytes int
}

// put notes that a forecast was asked, and what its drawings take.
func (s *shelf) put(f *Forecast, bytes int) {
	s.turn.Lock()
	defer s.turn.Unlock()
	self, sum := weak.Make(f), bytes
	var list []shelved
	for _, one := range s.list {
		if one.of != self && one.of.Value() != nil {
			list = append(list, one)
			sum += one.bytes
		}
	}
	most := s.most
	if most == 0 {
		most = mostDrawn
	}
	for len(list) > 0 && sum > most {
		if old := list[0].of.Value(); old != nil {
			old.ways.Store(nil)
		}
		sum -= list[0].bytes
		list = list[1:]
	}
	s.list = append(list, shelved{self, bytes})
}
