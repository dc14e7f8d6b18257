package testworld

// What people write when they log a conversation: a few variants per type and
// stage, short, as people write.
var conversations = map[string][5][]string{
	"call": {
		{"They lose a load a month to broken cooling and want to know where it happens.", "First talk with logistics. The auditors asked for continuous records.",
			"Asked who signs for this. Will find out before Thursday.", "Current loggers are read by hand, two people half a day a week."},
		{"Went through the list of rooms and routes. Two gateways fewer than we thought.", "They need alarms on the night shift's phones, not by e-mail.",
			"IT wants the data in their own warehouse system. Sent the interface description.", "Quality manager joined. She decides what counts as proof."},
		{"Trial units arrived. Installing on Monday with their technician.", "Two alarms in the first week, both real. They noticed.",
			"Trial is late: their technician is on another site.", "Compared our readings with their reference thermometer: within a tenth of a degree."},
		{"They have our offer. Finance asked for a yearly payment instead.", "Questions on the service level. Answered all but one.",
			"Purchasing compares three offers by the end of the month.", "They ask what happens after year three. Told them."},
		{"Legal has two remarks on liability. Ours can live with one.", "They ask for 8 percent. Offered a longer term instead.",
			"Signature waits for the managing director, who is back next week.", "Agreed on delivery in two batches."},
	},
	"meeting": {
		{"Site visit. Three cold rooms, one without any record at all.", "Met operations and quality together. They do not agree on what the problem is.",
			"Walked the loading dock with the shift lead. Doors open for forty minutes."},
		{"Workshop on requirements. They wrote the list, we only asked.", "Met the economic buyer for the first time. Wants the figure for spoiled goods.",
			"Showed alarms on a phone to two shift leads. They liked the silence button."},
		{"Review of the trial with the users. They want to keep the units.", "Steering meeting. Evaluation plan is two weeks behind on their side.",
			"Went through the business case line by line with their controller."},
		{"Presented the offer to the economic buyer and the head of quality.", "Went through the offer with purchasing. Roll-out plan was liked.",
			"They asked us to leave out the validation service. Kept it as an option."},
		{"Met purchasing and legal. Open points on one page now.", "Agreed on price for volume. Legal text follows.",
			"Managing director came in for ten minutes and asked the right questions."},
	},
	"e-mail": {
		{"Sent the two-page introduction and three dates.", "Thanked for the visit, with what we understood. Asked to correct it.", "Sent the checklist for the first walk-through."},
		{"Sent the requirements as we noted them, for confirmation.", "Sent a drawing of sensor positions for the two halls.", "Answered questions of their IT on data storage."},
		{"Sent the evaluation plan with dates and names on both sides.", "Weekly trial report sent. No open alarms.", "Asked who confirms the result of the trial."},
		{"Sent the offer, version two, with the option marked.", "Sent two references, a dairy and a hospital.", "Sent the calculation of savings with their own figures."},
		{"Sent the contract with the agreed changes marked.", "Confirmed the delivery dates in writing.", "Asked for the order number."},
	},
}

// quiet is what is written when there is little to say.
var quiet = map[string][]string{
	"call": {"Short call. The next step stands.", "Not reached, tried again in the afternoon.", "Rang to ask about the open points. Two are closed.",
		"Their side is busy until Friday. New date agreed.", "Confirmed who comes to the next meeting.", "Asked what is in the way. Nothing new, they say."},
	"meeting": {"Half an hour on the open points; the list is shorter now.", "Weekly meeting with their project lead.", "Meeting cut short, continued by phone.",
		"Went through dates on both sides.", "Their project lead brought the people from the second site.", "Agreed on who does what until the next meeting."},
	"e-mail": {"Sent the minutes and the open points.", "Reminded them of the date agreed.", "Sent the document that they asked for.", "Answered two questions from their IT.",
		"Asked for a word on the open point.", "Sent the new dates for confirmation."},
}

// reopenings are why a deal is open again, sizes what a title says of how much is bought.
var (
	reopenings = []string{"Budget released for the new year.", "A spoiled load changed their mind.", "New head of quality took it up again.", "Audit finding: they need records by summer."}
	sizes      = []string{"pilot", "first site", "two sites", "whole fleet", "extension", "replacement", "new hall", "group agreement", "second phase", "laboratory"}
)
