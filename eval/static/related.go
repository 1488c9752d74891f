package static

import (
	"slices"

	"github.com/seccoder/seccoder/check"
)

// kin are sets of CWEs that name the same mistake more or less exactly, or from another
// side: checkers, and the authors of benchmarks, choose among them. After MITRE's
// hierarchy (view 1000) and the tags of CodeQL's queries.
var kin = [][]check.CWE{
	{22, 23, 36, 73, 99, 641},
	{77, 78, 88},
	{79, 80, 116},
	{89, 564},
	{94, 95, 96},
	{93, 113},
	{119, 120, 121, 122, 124, 131, 170, 193, 242, 676, 680, 785, 787, 788, 805, 806},
	{119, 125, 126, 127, 129, 786, 788, 805, 823},
	{128, 190, 191, 192, 197, 680, 681},
	{200, 209, 215, 489, 497},
	{252, 253, 273, 391, 703, 754, 755},
	{250, 269, 273},
	{259, 321, 522, 798},
	{276, 277, 732},
	{295, 297, 322},
	{311, 312, 319, 532},
	{326, 327, 328, 780, 916},
	{329, 1204},
	{759, 760},
	{330, 331, 335, 337, 338, 339},
	{345, 347},
	{377, 378, 379, 367},
	{400, 730, 770, 776, 1333},
	{415, 416, 672, 825},
	{467, 468},
	{476, 690},
	{611, 776, 827},
	{614, 1004},
}

// unvalidated are the weaknesses by which input that was not validated (CWE-20) does its
// harm.
var unvalidated = []check.CWE{
	22, 73, 77, 78, 79, 80, 88, 89, 90, 94, 95, 113, 116, 117, 129, 134, 502, 601, 611, 643, 776, 918, 943, 1333,
}

// Related reports whether a finding of the CWE found answers a question for the CWE
// asked: it is the same one, or another name for its mistake. For CWE-20 every injection
// counts.
func Related(asked, found check.CWE) bool {
	if found == 0 {
		return false
	}
	if asked == found || asked == 20 && slices.Contains(unvalidated, found) {
		return true
	}
	for _, set := range kin {
		if slices.Contains(set, asked) && slices.Contains(set, found) {
			return true
		}
	}
	return false
}
