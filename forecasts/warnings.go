package forecasts

import "slices"

// Warnings say, in sentences, what of the history the methods could not take as it is.
func (f *Forecast) Warnings() (list []string) {
	for _, fit := range f.fitted {
		if t, learned := fit.(*trained); learned {
			for _, w := range t.model.Warnings {
				if !slices.Contains(list, w) {
					list = append(list, w)
				}
			}
		}
	}
	return list
}

// warnings are those of one method, which may have none.
func warnings(fit Fitted) []string {
	if t, learned := fit.(*trained); learned {
		return t.model.Warnings
	}
	return nil
}
