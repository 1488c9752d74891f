package eval

import "slices"

// A DifferenceColumn is a rate that two methods differ in, as all tables call it.
type DifferenceColumn struct {
	Name string
	Of   func(Differences) Estimate
}

var differenceColumns = []DifferenceColumn{
	{"security rate", func(d Differences) Estimate { return d.SecurityRate }},
	{"CodeQL-like", func(d Differences) Estimate { return d.QueryRate }},
	{"func-sec@1", func(d Differences) Estimate { return d.FuncSecRate }},
	{"pass@1", func(d Differences) Estimate { return d.FunctionalRate }},
	{"valid", func(d Differences) Estimate { return d.ValidRate }},
}

// DifferenceColumns are the columns of a table with a row for each of the groups: those
// that something is known of in any of them, in the order in which they are shown.
func DifferenceColumns(rows []GroupDifferences) []DifferenceColumn {
	return slices.DeleteFunc(slices.Clone(differenceColumns), func(c DifferenceColumn) bool {
		return !slices.ContainsFunc(rows, func(g GroupDifferences) bool { return c.Of(g.Differences).Known() })
	})
}

// DifferenceColumnOf is the column of a name, if methods are compared in what it stands for.
func DifferenceColumnOf(name string) (DifferenceColumn, bool) {
	i := slices.IndexFunc(differenceColumns, func(c DifferenceColumn) bool { return c.Name == name })
	if i < 0 {
		return DifferenceColumn{}, false
	}
	return differenceColumns[i], true
}
