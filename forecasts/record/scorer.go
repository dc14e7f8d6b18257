package record

import (
	"context"
	"encoding/json"
	"fmt"

	"milepost/calendar"
	"milepost/forecasts"
	"milepost/forecasts/history"
	"milepost/internal/db"
	"milepost/people"
)

// scorer scores frozen forecasts against one history.
type scorer struct {
	d     *db.DB
	o     people.Organization
	now   calendar.Instant
	log   *history.Log
	find  *history.Finder
	known int64
}

// score scores horizons of one frozen forecast, all or none: those given, or without any
// those that have ended and are not scored yet; afresh where it is no longer the forecast
// that was scored.
func (s *scorer) score(ctx context.Context, head *forecasts.FrozenHead, horizons []forecasts.Horizon, afresh bool) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("scoring forecasts: %w", err)
	}
	frozen, err := forecasts.FrozenOne(ctx, s.d, s.o.ID, head.Day, head.Method)
	if err != nil {
		return fmt.Errorf("reading the forecast of %s by %s: %w", head.Day, head.Method, err)
	}
	head.AsOf, head.Settings, head.Sequence = frozen.AsOf, frozen.Settings, frozen.Sequence
	switch {
	case afresh:
		horizons, err = endedBy(head, s.o, min(s.now, s.log.Known()))
	case horizons == nil:
		horizons, err = s.open(ctx, head)
	}
	if err != nil || len(horizons) == 0 {
		return err
	}
	list, err := s.judge(&frozen, head, horizons)
	if err != nil {
		return err
	}
	return s.d.InTx(ctx, func(tx *db.DB) error {
		if afresh {
			if err := forget(ctx, tx, head.Day, head.Method); err != nil {
				return fmt.Errorf("taking a score away: %w", err)
			}
		}
		for i := range list {
			if err := keep(ctx, tx, &list[i]); err != nil {
				return fmt.Errorf("keeping a score: %w", err)
			}
		}
		return nil
	})
}

// judge scores a frozen forecast at some horizons.
func (s *scorer) judge(frozen *forecasts.Frozen, head *forecasts.FrozenHead, horizons []forecasts.Horizon) ([]Score, error) {
	kept, err := frozen.Unpack()
	if err != nil {
		return nil, err
	}
	list := make([]Score, len(horizons))
	for i, h := range horizons {
		var details Details
		if list[i], details, err = ScoreOf(s.log, s.find, kept, head, h); err != nil {
			return nil, err
		}
		packed, err := json.Marshal(details)
		if err != nil {
			return nil, err
		}
		list[i].Known, list[i].Sequence, list[i].Packed = s.known, head.Sequence, string(packed)
	}
	return list, nil
}

// open lists the horizons of a frozen forecast that have ended and are not scored yet.
func (s *scorer) open(ctx context.Context, head *forecasts.FrozenHead) ([]forecasts.Horizon, error) {
	ended, err := endedBy(head, s.o, min(s.now, s.log.Known()))
	if err != nil {
		return nil, err
	}
	done, err := scoredOf(ctx, s.d, head.Day, head.Method)
	if err != nil {
		return nil, fmt.Errorf("reading what is scored: %w", err)
	}
	return without(ended, done), nil
}

// again scores once more what ended lately, where the ledger has told something since
// that counts from before the end.
func (s *scorer) again(ctx context.Context, since int64) error {
	if since == 0 {
		return nil // nothing was scored before this run
	}
	earliest, err := s.earliest(ctx, since)
	if err != nil {
		return fmt.Errorf("looking for corrections: %w", err)
	}
	oldest := forecasts.EndOf(s.now, -correctable, s.o.Place())
	list, err := scoredBetween(ctx, s.d, max(earliest, oldest), s.now)
	if err != nil {
		return fmt.Errorf("reading what ended lately: %w", err)
	}
	for i := 0; i < len(list); {
		head := forecasts.FrozenHead{Day: list[i].Day, Method: list[i].Method, Rehearsed: list[i].Rehearsed}
		var horizons []forecasts.Horizon
		for ; i < len(list) && list[i].Day == head.Day && list[i].Method == head.Method; i++ {
			if list[i].Known < s.known {
				horizons = append(horizons, list[i].Horizon)
			}
		}
		if len(horizons) > 0 {
			if err := s.score(ctx, &head, horizons, false); err != nil {
				return err
			}
		}
	}
	return nil
}

// earliest is the first instant of which the ledger has told something else since: what
// counts from before its telling, and an end that was taken back.
func (s *scorer) earliest(ctx context.Context, since int64) (calendar.Instant, error) {
	earliest, err := history.Corrected(ctx, s.d, s.o.ID, since)
	if err != nil {
		return 0, err
	}
	ids, err := history.Ends(ctx, s.d, s.o.ID, since)
	if err != nil {
		return 0, err
	}
	for _, id := range ids {
		if deal, is := s.find.Deal("", id); is {
			earliest = min(earliest, s.log.TakenBack(deal))
		}
	}
	return earliest, nil
}

// without are those of a list that are not in another.
func without(list, gone []forecasts.Horizon) (left []forecasts.Horizon) {
	has := map[forecasts.Horizon]bool{}
	for _, h := range gone {
		has[h] = true
	}
	for _, h := range list {
		if !has[h] {
			left = append(left, h)
		}
	}
	return left
}
