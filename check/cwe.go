package check

import (
	"fmt"
	"strconv"
	"strings"
)

// A CWE is the number of an entry of MITRE's Common Weakness Enumeration; 0 is none.
type CWE int

// MaxCWE is above every id in use (MITRE's are below 2000) and keeps typing errors out.
const MaxCWE CWE = 99999

// String gives the usual form with at least three digits, as in CWE-089.
func (c CWE) String() string { return fmt.Sprintf("CWE-%03d", int(c)) }

// MarshalText gives the form of String, for JSON.
func (c CWE) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads what ParseCWE does.
func (c *CWE) UnmarshalText(text []byte) (err error) {
	*c, err = ParseCWE(string(text))
	return err
}

// ParseCWE reads "89", "089", "CWE-89", "cwe_089" and "CWE 89", and nothing else.
func ParseCWE(s string) (CWE, error) {
	digits := strings.ToLower(strings.TrimSpace(s))
	if rest, named := strings.CutPrefix(digits, "cwe"); named {
		digits = rest
		if rest != "" && strings.IndexByte("-_ ", rest[0]) >= 0 {
			digits = rest[1:]
		}
	}
	n, err := strconv.ParseUint(digits, 10, 32)
	if err != nil || CWE(n) < 1 || CWE(n) > MaxCWE {
		return 0, fmt.Errorf("%q is not a CWE id (expected a form like CWE-89)", s)
	}
	return CWE(n), nil
}
