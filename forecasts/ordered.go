package forecasts

import (
	"bytes"
	"encoding/json"
)

// Ordered is a JSON object whose names keep their order: methods and horizons in
// the order asked for, people and deals sorted. The same bytes come out each time.
type Ordered[T any] []Named[T]

// Named is one member of an Ordered.
type Named[T any] struct {
	Name  string
	Value T
}

// Get finds a member, or gives the zero value.
func (o Ordered[T]) Get(name string) T {
	for i := range o {
		if o[i].Name == name {
			return o[i].Value
		}
	}
	var none T
	return none
}

// MarshalJSON writes the members in order.
func (o Ordered[T]) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	out.WriteByte('{')
	for i := range o {
		if i > 0 {
			out.WriteByte(',')
		}
		name, err := json.Marshal(o[i].Name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(o[i].Value)
		if err != nil {
			return nil, err
		}
		out.Write(name)
		out.WriteByte(':')
		out.Write(value)
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}

// UnmarshalJSON reads the members in the order in which they are written.
func (o *Ordered[T]) UnmarshalJSON(text []byte) error {
	in := json.NewDecoder(bytes.NewReader(text))
	if _, err := in.Token(); err != nil {
		return err
	}
	*o = Ordered[T]{}
	for in.More() {
		name, err := in.Token()
		if err != nil {
			return err
		}
		member := Named[T]{Name: name.(string)}
		if err := in.Decode(&member.Value); err != nil {
			return err
		}
		*o = append(*o, member)
	}
	return nil
}
