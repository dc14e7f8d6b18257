package imports

// Progress tells how far an import is.
type Progress struct {
	Writing     bool  // the file has been read to its end; facts are being written
	Read, Size  int64 // bytes of the file; Size is 0 when nobody knows
	Facts       int64 // read so far
	Done, Total int64 // facts dealt with while writing, of all
}

// Part is how much of the work is done, between 0 and 1, as far as one can tell:
// reading takes about a fifth of the time.
func (p Progress) Part() float64 {
	if p.Writing {
		return 0.2 + 0.8*float64(p.Done)/float64(max(p.Total, 1))
	}
	if p.Size == 0 {
		return 0
	}
	return 0.2 * float64(p.Read) / float64(p.Size)
}
