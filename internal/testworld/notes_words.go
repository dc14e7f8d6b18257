package testworld

// jottings are notes by stage, as Markdown; each has a place for somebody's name.
var jottings = [5][]string{
	{"**First picture**\n\n- three cold rooms, one without any record\n- auditors come twice a year\n- loggers are read by hand, half a day a week\n\n%s thinks that a spoiled load a quarter is normal. It is not.",
		"Talked to %s.\n\n> We find out on Monday what went wrong on Saturday.\n\nThat is the sentence to come back to.",
		"%s asked for nothing but a price list. Before sending one:\n\n1. how many rooms and trucks\n2. who looks at the alarms at night\n3. what a lost load costs them"},
	{"What they need, as %s put it:\n\n- alarms on the night shift's phones\n- records that an auditor accepts as they are\n- data in their own warehouse system\n\nThe third is theirs to do; our interface description is with their IT.",
		"Requirements are agreed, except for the *freezer tunnel*. %s will measure how cold it really gets.",
		"%s is careful:\n\n> The last system was switched off after three months, because it cried wolf.\n\nSo: thresholds with them, in the first week."},
	{"**Trial, as agreed with %s**\n\n- 12 sensors, 2 gateways, four weeks\n- success: no missed alarm, fewer than two false ones a week\n- result is confirmed by quality, not by IT\n",
		"Half-way through the trial:\n\n- 2 real alarms, both acted upon within ten minutes\n- 1 false one, a door sensor that was loose\n\n%s shows the chart to everybody who walks past.",
		"Trial runs, but %s says:\n\n> Nobody upstairs has asked about it yet.\n\nThe business case needs a name from finance before we go on.",
		"The others offer the units for nothing in the first year. %s knows what the second year costs; the table with both is in the files."},
	{"Offer, version 2:\n\n- service level as in the trial\n- yearly payment, as finance asked\n- validation as an option\n\n%s will defend the option.",
		"Questions after the offer, from %s:\n\n1. what happens after year three\n2. spare units on site, or within a day\n3. who trains the second shift",
		"%s heard from purchasing:\n\n> Three offers, and yours is not the cheapest.\n\nWe talk about the cost of a lost load, not about sensors."},
	{"Open with %s:\n\n- liability: one sentence, legal to legal\n- delivery in two batches\n- price holds until the end of the month\n",
		"They ask for 8 percent. %s would rather have the second site in the contract at the same price. That is the better trade for both.",
		"Signature is a matter of calendars, says %s.\n\n> He signs on Thursdays.\n"},
}

// advice are notes by managers.
var advice = []string{
	"Good work on the trial. Two questions before the offer goes out:\n\n- who signs, and have *we* met them?\n- what do they do if they do nothing?",
	"From our talk today:\n\n1. ask for the date of the steering meeting\n2. let **them** present the result, not us\n3. no discount before the scope is settled",
	"Read through this one. The users want it; I see nobody who pays for it yet. Let us look at that on Tuesday.",
}

const whaleNote = `
# Where we stand with Halvmark

Everybody who works with the rooms wants this. **Nobody who signs has been in the room.**

## What is shown

- need confirmed by the users, in eleven pilot sites
- requirements agreed in writing, all 214 sites
- trial accepted: 61 real alarms, 4 false ones
- business case confirmed by regional controlling

## What is not

- we have not met whoever decides on the money
- the offer went to the project, not to the board
- terms were never talked about, only price

## People

| who | what they say |
|---|---|
| %s | sells it inside, has no budget of their own |
| %s | runs the pilot sites, would start tomorrow |
| %s | wants fewer alarms on Sundays |

> It is on the list for the board's next meeting.

We have heard that before the end of each of the last quarters. The date moved every time, and each time for a good reason.

## What would change it

1. half an hour with the finance director, with the figures from the pilot
2. the board's own date, in writing, and what it wants to see there
3. if neither comes: a roll-out to forty sites, which regional budgets can carry
`

const whaleQuestion = `Before this goes into anyone's commit again:

- who signs, by name?
- what did the board say **last** time, in whose words?

> If we cannot say, it is a hope with a very large number.`
