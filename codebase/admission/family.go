package admission

import (
	"slices"

	"github.com/seccoder/seccoder/codebase"
)

// families are CWEs that checkers name for one and the same mistake: a CWE with the
// more general and the more special ones of MITRE's hierarchy (research view 1000), and
// what tools commonly say instead.
var families = [][]codebase.CWE{
	{22, 23, 36, 73},
	{59, 367, 377, 379},
	{74, 77, 78, 88},
	{79, 80, 83, 87, 116},
	{89, 564, 943},
	{90, 943},
	{94, 95, 96},
	{119, 118, 120, 121, 122, 787, 788, 805, 806, 131, 193, 823, 786, 242, 676, 467, 124},
	{119, 118, 125, 126, 127, 129, 788, 786, 193, 823, 805},
	{190, 191, 680, 192, 197, 195, 682, 758},
	{200, 209, 532, 312, 497},
	{276, 732, 269, 250},
	{284, 285, 862, 863, 639, 306},
	{295, 297, 296},
	{310, 326, 327, 328, 916},
	{330, 338, 331},
	{352},
	{400, 770, 789, 409, 1333, 674, 835, 776},
	{401, 404, 772, 775, 771},
	{415, 416, 825, 672, 1341, 590, 762},
	{434},
	{476, 690, 252, 758},
	{502},
	{522, 798, 259, 312, 321},
	{601},
	{611, 776, 827},
	{918},
}

// related lists the CWEs that count as one of those given, them among them.
func related(cwes []codebase.CWE) []codebase.CWE {
	all := slices.Clone(cwes)
	for _, family := range families {
		for _, c := range cwes {
			if slices.Contains(family, c) {
				all = append(all, family...)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
