package check

import "slices"

// A Defect is what one or several checkers found at one place: the same CWE on the same
// line of the same file.
type Defect struct {
	// Named is the finding with the worst severity, the first among equals.
	Named
	// Checkers are the names of all that found it, in order.
	Checkers []string
}

// A defectPlace is what the findings of one defect have in common.
type defectPlace struct {
	path string
	line int
	cwe  CWE
}

// Merge puts together findings that are the same defect. Findings without a CWE stay
// alone. It keeps the order.
func Merge(findings []Named) []Defect {
	at := map[defectPlace]int{}
	var defects []Defect
	for _, f := range findings {
		key := defectPlace{f.Path, f.Line, f.CWE}
		i, known := at[key]
		if !known || f.CWE == 0 {
			at[key] = len(defects)
			defects = append(defects, Defect{f, []string{f.Checker}})
			continue
		}
		d := &defects[i]
		if f.Severity > d.Severity {
			d.Named = f
		}
		if !slices.Contains(d.Checkers, f.Checker) {
			d.Checkers = append(d.Checkers, f.Checker)
			slices.Sort(d.Checkers)
		}
	}
	return defects
}

// distinct counts the defects among findings that are not seen yet, and takes them for seen.
func distinct(findings []Named, seen map[defectPlace]bool) int {
	n := 0
	for _, d := range Merge(findings) {
		at := defectPlace{d.Path, d.Line, d.CWE}
		if d.CWE == 0 || !seen[at] {
			n++
		}
		seen[at] = true
	}
	return n
}
