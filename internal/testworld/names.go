package testworld

import "milepost/accounts"

// givenNames and familyNames are common in the region, so that together they mean
// nobody.
var (
	givenNames = map[string][]string{
		"Nordics":             {"Astrid", "Henrik", "Kaisa", "Anders", "Solveig", "Mikko", "Frida", "Rasmus", "Liv", "Johan", "Aino", "Torben", "Selma", "Eirik"},
		"Britain and Ireland": {"Fiona", "Gareth", "Amara", "Declan", "Harriet", "Imran", "Siobhan", "Nigel", "Bethan", "Colin", "Meera", "Ruaridh", "Joyce", "Owen"},
		"Benelux":             {"Marieke", "Joost", "Els", "Pieter", "Saskia", "Wout", "Annelies", "Ruben", "Fatima", "Koen", "Hilde", "Thijs", "Noor", "Luc"},
		"Central Europe":      {"Sabine", "Jürgen", "Zuzana", "Tomasz", "Heike", "Ondřej", "Agnieszka", "Matthias", "Eva", "Bernd", "Katalin", "Marek", "Ursula", "Emre"},
		"Southern Europe":     {"Lucía", "Paolo", "Beatriz", "Thierry", "Chiara", "Nuno", "Elena", "Álvaro", "Sylvie", "Marco", "Teresa", "Joan", "Claire", "Dario"},
		"North America":       {"Megan", "Carlos", "Denise", "Tyrone", "Hannah", "Raj", "Monique", "Scott", "Linh", "Travis", "Patricia", "Andre", "Gwen", "Luis"},
	}
	familyNames = map[string][]string{
		"Nordics":             {"Hallberg", "Kjeldsen", "Virtala", "Nordgren", "Moberg", "Rønning", "Saarinen", "Ekdahl", "Brekke", "Toivonen", "Dahlin", "Krogstad", "Lundholm", "Ness"},
		"Britain and Ireland": {"Hartwell", "O'Rourke", "Pritchard", "Okafor", "Whitcombe", "Farrell", "Lockhart", "Bassi", "Tunstall", "McBride", "Ellwood", "Sandhu", "Garrick", "Moyes"},
		"Benelux":             {"Verbeek", "de Wilde", "Claessens", "Hoekstra", "Maes", "van Rijn", "Bakkers", "Dupont", "El Idrissi", "Terlinden", "Peters", "Goossens", "Visser", "Kuipers"},
		"Central Europe":      {"Brandauer", "Kopecký", "Wiśniewska", "Lindner", "Horváth", "Reuter", "Zimmerer", "Malinowski", "Steinbach", "Yıldız", "Kraus", "Svoboda", "Fuchsberger", "Nagy"},
		"Southern Europe":     {"Marchetti", "Vidal", "Figueira", "Lombardo", "Navarro", "Bonnet", "Serrano", "Ricci", "Almeida", "Roussel", "Pereda", "Conti", "Moulin", "Ferrer"},
		"North America":       {"Hargrove", "Delgado", "Nguyen", "Beaulieu", "Whitfield", "Castellanos", "Patel", "Okoye", "Lindqvist", "Barrett", "Fontaine", "Mercer", "Ramirez", "Stroud"},
	}
	tongues = map[string][]string{"Nordics": {"Norwegian", "Swedish", "Finnish", "Danish"}, "Britain and Ireland": {"English"},
		"Benelux": {"Dutch", "French"}, "Central Europe": {"German", "Polish", "Czech"}, "Southern Europe": {"Spanish", "Italian", "French", "Portuguese"},
		"North America": {"English", "English", "French"}}
	countries = map[string][]string{"Nordics": {"Norway", "Sweden", "Finland", "Denmark"}, "Britain and Ireland": {"United Kingdom", "United Kingdom", "Ireland"},
		"Benelux": {"Netherlands", "Belgium", "Luxembourg"}, "Central Europe": {"Germany", "Austria", "Poland", "Czechia"},
		"Southern Europe": {"Spain", "Italy", "France", "Portugal"}, "North America": {"United States", "United States", "Canada"}}
)

// cards are the titles of those who play a part.
var cards = map[accounts.Role][]string{
	accounts.Champion:           {"Head of Quality", "Logistics Manager", "Head of Cold Chain", "Operations Manager", "Supply Chain Lead"},
	accounts.User:               {"Warehouse Supervisor", "Shift Lead", "Cold Store Technician", "Laboratory Manager", "Dispatch Planner"},
	accounts.TechnicalEvaluator: {"IT Manager", "Maintenance Manager", "Automation Engineer", "Validation Specialist"},
	accounts.EconomicBuyer:      {"Managing Director", "Finance Director", "Chief Operating Officer", "Director of Operations"},
	accounts.Legal:              {"Purchasing Manager", "Category Buyer", "Legal Counsel"},
}

// industries go by the trade that ends a name; trades that are not here say it
// themselves.
var industries = map[string]string{
	"Bakery": "Food production", "Fish Smokehouse": "Food production", "Flower Wholesale": "Horticulture", "Creamery": "Dairy",
	"Pharmacy Group": "Pharmacy", "Ice Cream": "Food production", "Butchers": "Food production", "Brewing": "Beverages",
	"Veterinary Supplies": "Animal health", "Chocolate Works": "Food production", "Seafood Export": "Seafood", "Cold Storage": "Warehousing",
	"Dairy Cooperative": "Dairy", "Fresh Logistics": "Logistics", "Laboratory Supplies": "Life science", "Frozen Foods": "Food production",
	"Fruit Terminal": "Logistics", "Catering": "Catering", "Seed and Plant": "Horticulture", "Blood Products": "Life science",
	"Pharma Distribution": "Pharmaceuticals", "Food Group": "Food production", "Retail Logistics": "Retail", "Shipping Lines": "Shipping",
	"Vaccines": "Pharmaceuticals", "Air Cargo": "Air freight", "Beverage Holdings": "Beverages", "Medical Devices": "Medical technology",
	"University Hospital": "Health care", "Regional Health Trust": "Health care", "School Meals Service": "Public catering",
	"Blood Bank": "Health care", "Veterinary Institute": "Research", "City Food Inspection": "Public authority",
	"Disaster Relief Stores": "Civil protection", "Research Institute": "Research", "Grocery Group": "Retail",
}

// headcounts are how many work there, by segment: from, to, and rounded to.
var headcounts = map[string][3]int{"small business": {6, 48, 1}, "mid-market": {60, 480, 10}, "enterprise": {900, 9000, 100}, "public sector": {150, 3200, 50}}
